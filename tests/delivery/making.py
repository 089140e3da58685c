"""Endpoints, messages and senders for tests."""

from datetime import UTC, datetime

from feedwright.delivery.sender import Sender
from feedwright.model import Attempt, Due, Endpoint, Message

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PATIENT = 15.0
"""Seconds in which a receiver that means well has answered, however busy the machine is."""
TIMEOUTS = (0.6, 8.0)
"""Who never answers is left soon; on a busy machine the first may be too short to get so far."""
GRACE = 20.0
"""Seconds over the timeout: who is not left by then would keep us for a minute, or for ever."""


def clock() -> datetime:
    return datetime.now(UTC)


def endpoint(url: str = "https://example.org/hook", name: str = "news", **rest) -> Endpoint:
    return Endpoint(
        name,
        "webhook",
        url,
        **{"allow_http": True, "allow_private": True, "timeout": PATIENT, **rest},
    )


def message(
    number: int | str = 1, to: str = "news", *, group: str = "", due: datetime = NOW, **rest
) -> Message:
    return Message(
        id=f"msg_{number}",
        type=rest.pop("type", "feed.updated"),
        endpoint=to,
        group=group,
        body=rest.pop("body", b'{"type":"feed.updated"}'),
        content_type="application/json",
        data="{}",
        due=due,
        **rest,
    )


def sender(**rest) -> Sender:
    return Sender(lambda endpoint, message, now: {"webhook-id": message.id}, clock, **rest)


def due(attempts: int = 0, tries: int = 0, since: datetime = NOW) -> Due:
    return Due(1, message(), attempts, tries, since, since, 1, since)


def failed(at: datetime = NOW, status: int | None = 500, **rest) -> Attempt:
    return Attempt(at, status, 0.1, **rest)
