"""Signatures by Standard Webhooks 1.0: who gets a message can tell that it is ours. Pure.

The signature covers id, time and body, joined by full stops. While a secret is being replaced, a
message carries a signature for each of the two.
"""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

PREFIX = "whsec_"


def headers(message_id: str, body: bytes, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """Return the headers of one attempt. Without a secret there is no signature."""
    timestamp = str(int(now.timestamp()))
    found = {"webhook-id": message_id, "webhook-timestamp": timestamp}
    if secrets:
        signed = f"{message_id}.{timestamp}.".encode() + body
        found["webhook-signature"] = " ".join(_signature(secret, signed) for secret in secrets)
    return found


def _signature(secret: str, signed: bytes) -> str:
    digest = hmac.digest(_key(secret), signed, sha256)
    return "v1," + base64.b64encode(digest).decode("ascii")


def _key(secret: str) -> bytes:
    """Read `whsec_` and base64; the configuration has checked it."""
    return base64.b64decode(secret.removeprefix(PREFIX) + "==")
