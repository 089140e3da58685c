"""A clock that was ahead and has been set back: what waits for a time that will not come soon."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from sqlite3 import Connection

from feedwright.store.delivery_rows import milliseconds

_AHEAD = timedelta(minutes=1)
_LONGEST_LEASE = timedelta(minutes=10)
_UNDER_WAY = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=28)
"""Longer than any delay of the schedule, and than any pause that is granted."""

Held = tuple[int, int]
"""A delivery, and its last lease."""


def put_off(database: Connection, now: datetime) -> tuple[list[Held], list[str]]:
    """Return the deliveries and the endpoints that something later than now speaks of.

    That is what was written down later than now, what is leased for longer than any lease lasts,
    and what is due later than any answer could have asked for.
    """
    ahead = milliseconds(now + _AHEAD)
    longest = milliseconds(now + _LONGEST_WAIT)
    deliveries = database.execute(
        "SELECT number, lease FROM delivery WHERE state = 'pending' AND due > ?"
        " AND (created > ? OR last_at > ? OR until > ? OR due > ?)",
        (ahead, ahead, ahead, milliseconds(now + _LONGEST_LEASE), longest),
    ).fetchall()
    endpoints = database.execute(
        "SELECT name FROM endpoint WHERE pause_until > ? OR last_failure > ? OR last_success > ?",
        (longest, ahead, ahead),
    ).fetchall()
    return deliveries, [name for (name,) in endpoints]


def set_right(
    database: Connection, deliveries: Iterable[Held], endpoints: Iterable[str], now: datetime
) -> None:
    """Make deliveries due now, and endpoints free, inside a transaction of the caller's.

    What is leased is due after a minute, since it may be under way.
    """
    at, soon = milliseconds(now), milliseconds(now + _UNDER_WAY)
    database.executemany(
        "UPDATE delivery SET due = CASE WHEN until > :now THEN :soon ELSE :now END,"
        " until = CASE WHEN until > :now THEN :soon ELSE 0 END, since = min(since, :now),"
        " created = min(created, :now), last_at = min(last_at, :now)"
        " WHERE number = :number AND lease = :lease AND state = 'pending'",
        [
            {"now": at, "soon": soon, "number": number, "lease": lease}
            for number, lease in deliveries
        ],
    )
    database.executemany(
        "UPDATE endpoint SET pause_until = 0, failing_since = min(failing_since, :now),"
        " last_failure = min(last_failure, :now), last_success = min(last_success, :now)"
        " WHERE name = :name",
        [{"now": at, "name": name} for name in endpoints],
    )
