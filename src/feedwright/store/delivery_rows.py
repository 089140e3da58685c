"""Rows of deliveries as values, and the other way round."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from feedwright.model import Attempt, DeliveryState, Due, Message

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Untried(NamedTuple):
    """A delivery that was never leased, so that a newer message may take it in."""

    delivery: int
    message: Message


class Listed(NamedTuple):
    """A delivery, for people."""

    delivery: int
    message_id: str
    type: str
    endpoint: str
    state: DeliveryState
    attempts: int
    due: datetime | None
    """When it is tried next; None when that depends on somebody, or never comes."""
    last_status: int | None
    last_error: str
    created: datetime
    last_at: datetime | None
    under_way: bool
    """Whether a worker holds it."""


class Shown(NamedTuple):
    """A delivery with all that is known of it."""

    listed: Listed
    message: Message
    attempts: tuple[Attempt, ...]


class EndpointState(NamedTuple):
    """What is known of an endpoint from its answers."""

    name: str
    disabled: str = ""
    """Why it gets nothing more, empty when it does."""
    disabled_at: datetime | None = None
    pause_until: datetime | None = None
    failing_since: datetime | None = None
    """Since when it has had nothing but failures."""
    last_failure: datetime | None = None
    last_success: datetime | None = None
    successes: int = 0
    failures: int = 0


class Count(NamedTuple):
    """How many deliveries of one endpoint are in one state."""

    number: int
    oldest: datetime


def milliseconds(instant: datetime) -> int:
    """Return whole milliseconds since 1970."""
    return (instant - _EPOCH) // _MILLISECOND


def instant(value: int) -> datetime:
    """Return the instant of whole milliseconds since 1970."""
    return _EPOCH + value * _MILLISECOND


def instant_or_none(value: int | None) -> datetime | None:
    """Return the instant, or None where there is none."""
    return None if value is None else instant(value)


MESSAGES = (
    "SELECT number, message, type, endpoint, coalesce, body, content_type, data, due, hold"
    " FROM delivery"
)


def message(row: Sequence[Any]) -> Message:
    """Return the message of a row of `MESSAGES`."""
    return Message(
        id=row[1],
        type=row[2],
        endpoint=row[3],
        group=row[4],
        body=row[5],
        content_type=row[6],
        data=row[7],
        due=instant(row[8]),
        hold=bool(row[9]),
    )


DUE = (
    "SELECT number, message, type, endpoint, coalesce, body, content_type, data, due, hold,"
    " attempts, tries, created, since FROM delivery"
)


def due(row: Sequence[Any], lease: int, until: datetime) -> Due:
    """Return the lease of a row of `DUE`."""
    return Due(
        delivery=row[0],
        message=message(row),
        attempts=row[10],
        tries=row[11],
        created=instant(row[12]),
        since=instant(row[13]),
        lease=lease,
        until=until,
    )


LISTED = (
    "SELECT number, message, type, endpoint, state, attempts, due, last_status, last_error,"
    " created, last_at, until FROM delivery"
)


def listed(row: Sequence[Any], *, stopped: bool, now: datetime) -> Listed:
    """Return a row of `LISTED`; `stopped`: its endpoint gets nothing now."""
    state = DeliveryState(row[4])
    if state is DeliveryState.PENDING and stopped:
        state = DeliveryState.WAITING
    return Listed(
        delivery=row[0],
        message_id=row[1],
        type=row[2],
        endpoint=row[3],
        state=state,
        attempts=row[5],
        due=instant(row[6]) if state is DeliveryState.PENDING else None,
        last_status=row[7],
        last_error=row[8],
        created=instant(row[9]),
        last_at=instant_or_none(row[10]),
        under_way=row[11] > milliseconds(now),
    )


ATTEMPTS = "SELECT at, status, seconds, answer, error FROM attempt"


def attempt(row: Sequence[Any]) -> Attempt:
    """Return a row of `ATTEMPTS`."""
    return Attempt(instant(row[0]), row[1], row[2], row[3], row[4])


ENDPOINTS = (
    "SELECT name, disabled, disabled_at, pause_until, failing_since, last_failure, last_success,"
    " successes, failures FROM endpoint"
)


def endpoint_state(row: Sequence[Any]) -> EndpointState:
    """Return a row of `ENDPOINTS`."""
    return EndpointState(
        row[0],
        row[1],
        instant_or_none(row[2]),
        instant(row[3]) if row[3] else None,
        instant_or_none(row[4]),
        instant_or_none(row[5]),
        instant_or_none(row[6]),
        row[7],
        row[8],
    )
