"""Leases: what workers take, and what they write down of it.

Nobody else gets what is leased before the lease ends; when the worker is killed, it comes back by
itself, with the same id and the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from sqlite3 import Connection

from feedwright.model import Attempt, Decision, DeliveryState, Due
from feedwright.store import delivery_rows as rows
from feedwright.store.deliveries import Deliveries, disable_endpoint, enable_endpoint
from feedwright.store.delivery_rows import milliseconds

LENGTH = timedelta(seconds=60)
MOST_BYTES = 8_000_000
"""Of the bodies that are taken at once."""
TEST = "webhook.test"
"""The type of the one message that goes to a disabled endpoint, too, and may enable it."""


class Leases:
    """The leases of one worker, on the deliveries of its thread."""

    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries
        self._database = deliveries.connection

    def lease(
        self,
        wanted: Mapping[str, int],
        now: datetime,
        *,
        length: timedelta = LENGTH,
        most_bytes: int = MOST_BYTES,
    ) -> list[Due]:
        """Take deliveries that are due, for each endpoint at most so many as `wanted` says.

        Endpoints that are disabled or paused get nothing. Bodies are at most about `most_bytes`
        altogether.
        """
        if not self._anything(wanted, now):
            return []
        taken: list[Due] = []
        size = 0
        with self._deliveries.writing() as database:
            lease = _next_lease(database)
            resting = _resting(database, now)
            for name, most in wanted.items():
                if name in resting or size > most_bytes:
                    continue
                found = database.execute(
                    rows.DUE + " WHERE endpoint = ? AND state = 'pending'"
                    " AND due <= ? ORDER BY due, number LIMIT ?",
                    (name, milliseconds(now), most),
                )
                for row in found:
                    each = rows.due(row, lease, now + length)
                    taken.append(each)
                    size += len(each.message.body)
                    if size > most_bytes:
                        break
            _take(database, taken)
        return taken

    def lease_one(self, delivery: int, now: datetime, *, length: timedelta = LENGTH) -> Due | None:
        """Take one delivery, also when its endpoint is disabled; None when it cannot be had."""
        with self._deliveries.writing() as database:
            row = database.execute(
                rows.DUE + " WHERE number = ? AND state = 'pending' AND until <= ?",
                (delivery, milliseconds(now)),
            ).fetchone()
            if row is None:
                return None
            taken = rows.due(row, _next_lease(database), now + length)
            _take(database, [taken])
        return taken

    def hand_back(self, leased: Iterable[Due], now: datetime) -> None:
        """Give leases back that were not used; the deliveries are due again at once."""
        with self._deliveries.writing() as database:
            database.executemany(
                "UPDATE delivery SET until = 0, due = ?"
                " WHERE number = ? AND lease = ? AND state = 'pending'",
                [(milliseconds(now), each.delivery, each.lease) for each in leased],
            )

    def record(self, results: Sequence[tuple[Due, Attempt, Decision]]) -> None:
        """Write down attempts and what follows from them, in one transaction.

        A success stands, whoever holds the delivery now. Anything else changes the delivery only
        while the lease is still its last.
        """
        with self._deliveries.writing() as database:
            for due, attempt, decision in results:
                _record(database, due, attempt, decision)

    def _anything(self, names: Iterable[str], now: datetime) -> bool:
        """Return whether a lease would find something: looking takes no lock."""
        resting = _resting(self._database, now)
        return any(
            self._database.execute(
                "SELECT 1 FROM delivery WHERE endpoint = ? AND state = 'pending' AND due <= ?"
                " LIMIT 1",
                (name, milliseconds(now)),
            ).fetchone()
            for name in names
            if name not in resting
        )


def _resting(database: Connection, now: datetime) -> frozenset[str]:
    found = database.execute(
        "SELECT name FROM endpoint WHERE disabled <> '' OR pause_until > ?", (milliseconds(now),)
    )
    return frozenset(row[0] for row in found)


def _next_lease(database: Connection) -> int:
    row = database.execute(
        "UPDATE counter SET value = value + 1 WHERE name = 'lease' RETURNING value"
    ).fetchone()
    return int(row[0])


def _take(database: Connection, taken: Iterable[Due]) -> None:
    database.executemany(
        "UPDATE delivery SET lease = ?, until = ?, due = ? WHERE number = ?",
        [
            (each.lease, milliseconds(each.until), milliseconds(each.until), each.delivery)
            for each in taken
        ],
    )


def _record(database: Connection, due: Due, attempt: Attempt, decision: Decision) -> None:
    at = milliseconds(attempt.at)
    delivered = decision.state is DeliveryState.DELIVERED
    ended = None if decision.state is DeliveryState.PENDING else at
    kept = database.execute(
        "UPDATE delivery SET attempts = attempts + 1, last_at = ?, last_status = ?, last_error = ?"
        " WHERE number = ?",
        (at, attempt.status, attempt.error, due.delivery),
    ).rowcount
    if not kept:
        return
    database.execute(
        "INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?)",
        (due.delivery, at, attempt.status, attempt.seconds, attempt.answer, attempt.error),
    )
    database.execute(
        "UPDATE delivery SET state = :state, due = :due, tries = :tries, until = 0,"
        " finished = :ended"
        " WHERE number = :number AND (:delivered OR (lease = :lease AND state = 'pending'))",
        {
            "state": decision.state,
            "due": milliseconds(decision.due),
            "tries": decision.tries,
            "ended": ended,
            "number": due.delivery,
            "lease": due.lease,
            "delivered": delivered,
        },
    )
    name = due.message.endpoint
    if attempt.refused:
        return
    _tell_endpoint(database, name, at, decision, delivered=delivered)
    if decision.disable:
        disable_endpoint(database, name, decision.disable, at)
    elif delivered and due.message.type == TEST:
        enable_endpoint(database, name)


def _tell_endpoint(
    database: Connection, name: str, at: int, decision: Decision, *, delivered: bool
) -> None:
    since, pause = decision.failing_since, decision.pause_until
    database.execute(
        "INSERT INTO endpoint (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (name,)
    )
    database.execute(
        "UPDATE endpoint SET successes = successes + :good, failures = failures + :bad,"
        " last_success = CASE WHEN :good THEN :at ELSE last_success END,"
        " last_failure = CASE WHEN :bad THEN :at ELSE last_failure END,"
        " failing_since = :since, pause_until = max(pause_until, :pause) WHERE name = :name",
        {
            "good": delivered,
            "bad": not delivered,
            "at": at,
            "since": milliseconds(since) if since else None,
            "pause": milliseconds(pause) if pause else 0,
            "name": name,
        },
    )
