"""Signatures are verified by the reference library, not by ours."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from feedwright.notify.signing import headers

SECRET = "whsec_" + base64.b64encode(b"a" * 24).decode()
OTHER = "whsec_" + base64.b64encode(bytes(range(64))).decode()
BODY = '{"type":"feed.updated","data":"Übersee"}'.encode()


def test_the_reference_library_verifies_a_message():
    found = headers("msg_1", BODY, [SECRET], datetime.now(UTC))
    assert Webhook(SECRET).verify(BODY, found)["type"] == "feed.updated"


def test_while_rotating_both_secrets_verify():
    found = headers("msg_1", BODY, [SECRET, OTHER], datetime.now(UTC))
    assert found["webhook-signature"].count("v1,") == 2
    for secret in (SECRET, OTHER):
        Webhook(secret).verify(BODY, found)


def test_another_body_id_or_secret_does_not_verify():
    found = headers("msg_1", BODY, [SECRET], datetime.now(UTC))
    wrong = [
        (SECRET, BODY + b" ", found),
        (SECRET, BODY, found | {"webhook-id": "msg_2"}),
        (OTHER, BODY, found),
    ]
    for secret, body, given_headers in wrong:
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body, given_headers, json_parse=False)


def test_each_attempt_has_a_fresh_timestamp_and_the_same_id():
    now = datetime.now(UTC)
    first = headers("msg_1", BODY, [SECRET], now)
    second = headers("msg_1", BODY, [SECRET], now + timedelta(seconds=3))
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 3
    assert first["webhook-signature"] != second["webhook-signature"]


def test_without_a_secret_there_is_no_signature():
    assert set(headers("msg_1", BODY, [], datetime.now(UTC))) == {
        "webhook-id",
        "webhook-timestamp",
    }


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300), st.binary(min_size=24, max_size=64))
def test_any_body_under_any_secret_verifies(text, key):
    body = text.encode("utf-8", "replace")
    secret = "whsec_" + base64.b64encode(key).decode()
    found = headers("msg_1", body, [secret], datetime.now(UTC))
    Webhook(secret).verify(body, found, json_parse=False)
