"""What went wrong in an exchange, in words for people; never with addresses or secrets."""

import http.client
import re
import socket
import ssl
from urllib.parse import unquote

import urllib3.exceptions

from feedwright.delivery.connections import CONNECT, AnswerTooLongError

KEPT = 200
"""Bytes of an answer that are kept."""
_TELLING = 8
"""A part of an address that is shorter is no secret: it could be guessed."""


def most_of(address: str) -> int:
    """Return how much of an answer `shown` must see, so that it finds what repeats the address."""
    return KEPT + 3 * len(address)


def shown(answer: bytes, address: str) -> str:
    """Return the beginning of an answer for people: no control characters, and not our address.

    The address of a chat service is a secret, and an error page likes to repeat it: as a whole, a
    part of it, or with its slashes and ampersands escaped.
    """
    text = answer.decode("utf-8", "replace")
    for each in _secrets_of(address):
        text = text.replace(each, "…")
    text = text.encode()[:KEPT].decode("utf-8", "ignore")
    return "".join(each if each.isprintable() or each in "\n\t" else "\ufffd" for each in text)


def _secrets_of(address: str) -> list[str]:
    """Return what of an address must not be shown, the longest first."""
    target = address.partition("://")[2].partition("/")[2]
    parts = [each for each in re.split(r"[/?&=;#]", target) if len(each) >= _TELLING]
    whole = [target] if len(target) > 3 else []
    found = {*whole, *parts, *map(unquote, parts)}
    return sorted(found, key=lambda each: (-len(each), each))


def root_of(error: BaseException) -> BaseException:
    """Return what is at the bottom of the errors that requests and urllib3 wrap in each other."""
    for _ in range(10):
        inner = [getattr(error, "reason", None), *error.args, error.__cause__]
        below = next((each for each in inner if isinstance(each, BaseException)), None)
        if below is None:
            return error
        error = below
    return error


_STAGES = {
    "name": "the name was not resolved",
    "connect": "no connection",
    "tls": "no TLS connection",
}


def in_words(error: BaseException, stage: str, timeout: float) -> str:
    """Say what went wrong; never with a text of urllib3's, which has addresses."""
    root = root_of(error)
    match root:
        case TimeoutError() | urllib3.exceptions.TimeoutError():
            what, seconds = _STAGES.get(stage), min(CONNECT, timeout)
            return f"{what} within {seconds:g} s" if what else f"no answer within {timeout:g} s"
        case socket.gaierror():
            return f"the name cannot be resolved ({root.strerror})"
        case ssl.SSLCertVerificationError():
            return f"the certificate is not valid ({root.verify_message})"
        case AnswerTooLongError() | http.client.LineTooLong():
            return "the head of the answer is too long"
        case http.client.RemoteDisconnected() | ssl.SSLEOFError() | ConnectionResetError():
            return "the connection was closed without an answer"
        case ssl.SSLError():
            return f"no TLS ({(root.reason or 'the handshake failed').lower().replace('_', ' ')})"
        case ConnectionRefusedError():
            return "the connection was refused"
        case http.client.HTTPException() if type(root) is http.client.HTTPException:
            return "the head of the answer is too long"  # too many headers, or interim answers
        case http.client.HTTPException() | urllib3.exceptions.InvalidHeader():
            return "the answer is not HTTP"
        case OSError() if root.strerror:
            return root.strerror[:1].lower() + root.strerror[1:]
        case _:
            return f"the exchange failed ({type(root).__name__})"


def status_in_words(status: int) -> str:
    """Say what a status means; nothing for a success. The receiver's own phrase is not repeated."""
    if 200 <= status < 300:
        return ""
    phrase = http.client.responses.get(status, "")
    text = f"answered {status} {phrase}".rstrip()
    if 300 <= status < 400:
        return f"{text}: redirects are not followed; correct the address"
    return text
