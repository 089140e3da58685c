"""Deliveries: one message to one endpoint each, kept until it is delivered or given up. Durable.

`add`, `pending` and `release` work inside the transactions of a publication, so that what becomes
visible and what is told of it are one. `Deliveries` is for people; what workers do is in `leases`.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection, OperationalError

from feedwright.model import DeliveryState, Endpoint, Message
from feedwright.store import clock
from feedwright.store import delivery_rows as rows
from feedwright.store.database import is_there, translated
from feedwright.store.delivery_rows import (
    Count,
    EndpointState,
    Listed,
    Shown,
    Untried,
    milliseconds,
)
from feedwright.store.schema import look_at_outbox, open_empty, open_outbox


def add(
    connection: Connection,
    messages: Iterable[Message],
    *,
    at: datetime,
    publication: int | None,
    replaces: Iterable[int] = (),
) -> None:
    """Add messages inside a transaction of the caller's.

    With a `publication` they wait until `release`; without one they can be sent at once.
    `replaces` are deliveries of `pending` that these messages have taken in. A message whose id is
    there already is the same message, and is not added again.
    """
    connection.executemany(
        "DELETE FROM delivery WHERE number = ? AND lease = 0", [(each,) for each in replaces]
    )
    created = milliseconds(at)
    connection.executemany(
        "INSERT INTO delivery (message, publication, type, endpoint, coalesce, state, hold,"
        " created, since, due, content_type, body, data)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message) DO NOTHING",
        (
            (
                each.id,
                publication,
                each.type,
                each.endpoint,
                each.group,
                "waiting" if each.hold or publication is not None else "pending",
                each.hold,
                created,
                created,
                milliseconds(each.due),
                each.content_type,
                each.body,
                each.data,
            )
            for each in messages
        ),
    )


def pending(connection: Connection, group: str, *, hold: bool) -> tuple[Untried, ...]:
    """Return what a new message of the group may take in: never leased, and held as it is."""
    if not group:
        return ()
    found = connection.execute(
        rows.MESSAGES + " WHERE coalesce = ? AND hold = ?"
        " AND lease = 0 AND state IN ('pending', 'waiting') ORDER BY number",
        (group, hold),
    )
    return tuple(Untried(row[0], rows.message(row)) for row in found)


def refuse(connection: Connection, why: Mapping[str, str], *, at: datetime) -> None:
    """Keep messages from being sent, each by its id with the reason, until they are retried."""
    connection.executemany(
        "UPDATE delivery SET state = 'refused', last_error = ?, finished = ? WHERE message = ?",
        [(reason, milliseconds(at), message) for message, reason in why.items()],
    )


def release(connection: Connection, publication: int) -> None:
    """Let the messages of a publication go, since it is visible; held ones go on waiting."""
    connection.execute(
        "UPDATE delivery SET state = 'pending'"
        " WHERE publication = ? AND state = 'waiting' AND hold = 0",
        (publication,),
    )


def _open_to_read(path: Path) -> Connection:
    if not is_there(path):
        return open_empty()
    try:
        return open_outbox(path)
    except OperationalError:  # there is no room for the files beside it
        return look_at_outbox(path)


@contextmanager
def open_deliveries(path: Path, *, create: bool = True) -> "Iterator[Deliveries]":
    """Open the deliveries of an outbox.

    Without `create`, for who only reads: a missing file is like an empty one, and one on a full
    disk is read as it is.

    Raises WriteError or FeedwrightError, here and in each method.
    """
    with translated(path):
        connection = open_outbox(path) if create else _open_to_read(path)
        with closing(connection):
            yield Deliveries(connection)


class Deliveries:
    """The deliveries of one site, for one thread."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        """For reading; what is written goes through `writing`."""

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction, for `add`; commit it at the end."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection

    def next_due(self, names: Iterable[str], now: datetime) -> datetime | None:
        """Return when something is due next for one of the endpoints, else None.

        What is leased counts as due at the end of its lease.
        """
        found = []
        states = self.endpoints()
        for name in names:
            state = states.get(name, EndpointState(name))
            (due,) = self.connection.execute(
                "SELECT min(due) FROM delivery WHERE endpoint = ? AND state = 'pending'", (name,)
            ).fetchone()
            if due is not None and not state.disabled:
                found.append(max(rows.instant(due), state.pause_until or rows.instant(due)))
        return min(found, default=None)

    def endpoints(self) -> dict[str, EndpointState]:
        """Return what is known of each endpoint that was ever used."""
        found = self.connection.execute(rows.ENDPOINTS)
        return {row[0]: rows.endpoint_state(row) for row in found}

    def meet(self, endpoints: Iterable[Endpoint]) -> None:
        """Compare the configured endpoints with those known: another address is another receiver.

        It starts enabled, without a pause and without a past. One whose address is not known now,
        since a variable is not set, is not met.
        """
        known = dict(self.connection.execute("SELECT name, address FROM endpoint"))
        met = [
            (each.name, hashlib.sha256(each.url.encode()).hexdigest())
            for each in endpoints
            if not each.disabled
        ]
        changed = [(name, address) for name, address in met if known.get(name) != address]
        if not changed:
            return
        with self.writing() as database:
            database.executemany(
                "INSERT INTO endpoint (name, address) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                " SET address = excluded.address, disabled = '', disabled_at = NULL,"
                " pause_until = 0, failing_since = NULL, last_failure = NULL",
                changed,
            )

    def set_right(self, now: datetime) -> None:
        """Undo what a clock that was ahead, and has been set back, has put off for too long."""
        put_off, endpoints = clock.put_off(self.connection, now)
        if put_off or endpoints:
            with self.writing() as database:
                clock.set_right(database, put_off, endpoints, now)

    def release_held(self, now: datetime) -> int:
        """Let held messages of finished publications go; return how many there were."""
        with self.writing() as database:
            return database.execute(
                "UPDATE delivery SET state = 'pending', hold = 0, due = max(due, ?)"
                " WHERE state = 'waiting' AND hold = 1 AND NOT EXISTS (SELECT 1 FROM publication"
                " WHERE number = delivery.publication AND state = 'prepared')",
                (milliseconds(now),),
            ).rowcount

    def disable(self, name: str, reason: str, now: datetime) -> None:
        """Send nothing more to an endpoint; its messages wait."""
        with self.writing() as database:
            disable_endpoint(database, name, reason, milliseconds(now))

    def hasten(self, name: str, now: datetime) -> int:
        """Make everything due that waits for its next try at an endpoint; return how much."""
        at = milliseconds(now)
        with self.writing() as database:
            return database.execute(
                "UPDATE delivery SET due = min(due, ?)"
                " WHERE endpoint = ? AND state = 'pending' AND until <= ?",
                (at, name, at),
            ).rowcount

    def enable(self, name: str) -> None:
        """Send to an endpoint again, at once."""
        with self.writing() as database:
            enable_endpoint(database, name)

    def find(
        self,
        now: datetime,
        *,
        usable: Collection[str] | None = None,
        endpoint: str = "",
        states: Collection[DeliveryState] = (),
        since: datetime | None = None,
        limit: int = 0,
    ) -> Iterator[Listed]:
        """Return deliveries, the newest first.

        `usable` are the endpoints that the configuration lets work (None: all); what is for others
        is shown as waiting. `since` speaks of when they were created; `limit` 0 is all.
        """
        stopped = self._stopped()
        found = self.connection.execute(
            rows.LISTED + " WHERE (? = '' OR endpoint = ?) AND created >= ? ORDER BY number DESC",
            (endpoint, endpoint, milliseconds(since) if since else 0),
        )
        number = 0
        for row in found:
            out = row[3] in stopped or (usable is not None and row[3] not in usable)
            each = rows.listed(row, stopped=out, now=now)
            if states and each.state not in states:
                continue
            yield each
            number += 1
            if number == limit:
                return

    def show(
        self, delivery: int, now: datetime, *, usable: Collection[str] | None = None
    ) -> Shown | None:
        """Return all that is known of a delivery, or None when there is none of that number."""
        row = self.connection.execute(rows.LISTED + " WHERE number = ?", (delivery,)).fetchone()
        if row is None:
            return None
        message = self.connection.execute(
            rows.MESSAGES + " WHERE number = ?", (delivery,)
        ).fetchone()
        attempts = self.connection.execute(
            rows.ATTEMPTS + " WHERE delivery = ? ORDER BY at, rowid",
            (delivery,),
        )
        out = row[3] in self._stopped() or (usable is not None and row[3] not in usable)
        return Shown(
            rows.listed(row, stopped=out, now=now),
            rows.message(message),
            tuple(map(rows.attempt, attempts)),
        )

    def number_of(self, message_id: str) -> int | None:
        """Return the number of the delivery of a message."""
        row = self.connection.execute(
            "SELECT number FROM delivery WHERE message = ?", (message_id,)
        ).fetchone()
        return row[0] if row else None

    def endpoint_of(self, delivery: int) -> str | None:
        """Return the endpoint of a delivery, or None when there is none of that number."""
        row = self.connection.execute(
            "SELECT endpoint FROM delivery WHERE number = ?", (delivery,)
        ).fetchone()
        return row[0] if row else None

    def held(self) -> dict[str, int]:
        """Return how many held messages there are for each endpoint."""
        return dict(
            self.connection.execute(
                "SELECT endpoint, count(*) FROM delivery WHERE state = 'waiting' AND hold = 1"
                " GROUP BY endpoint"
            ).fetchall()
        )

    def fill(self, delivery: int, body: bytes, content_type: str) -> None:
        """Give a body to a message that could not be rendered. A body that was sent stays."""
        with self.writing() as database:
            database.execute(
                "UPDATE delivery SET body = ?, content_type = ?"
                " WHERE number = ? AND body = x'' AND lease = 0",
                (body, content_type, delivery),
            )

    def retry(self, deliveries: Iterable[int], now: datetime) -> int:
        """Make deliveries due, whatever became of them, and start their schedule anew.

        Those that a worker holds at this moment are left alone, and so are those of a publication
        that is not finished. Returns how many are due now.
        """
        at = milliseconds(now)
        with self.writing() as database:
            return database.executemany(
                "UPDATE delivery SET state = 'pending', hold = 0, due = ?, since = ?, tries = 0,"
                " until = 0, finished = NULL WHERE number = ? AND until <= ?"
                " AND NOT EXISTS (SELECT 1 FROM publication"
                " WHERE number = delivery.publication AND state = 'prepared')",
                [(at, at, each, at) for each in deliveries],
            ).rowcount

    def discard(self, deliveries: Iterable[int], now: datetime) -> int:
        """Give deliveries up that are not delivered; return how many."""
        with self.writing() as database:
            return database.executemany(
                "UPDATE delivery SET state = 'discarded', finished = ?"
                " WHERE number = ? AND state NOT IN ('delivered', 'discarded')",
                [(milliseconds(now), each) for each in deliveries],
            ).rowcount

    def counts(
        self, *, usable: Collection[str] | None = None
    ) -> dict[tuple[str, DeliveryState], Count]:
        """Return for each endpoint and state how many deliveries there are and the oldest's age."""
        stopped = self._stopped()
        counted: dict[tuple[str, DeliveryState], Count] = {}
        for name, stored, number, oldest in self.connection.execute(
            "SELECT endpoint, state, count(*), min(created) FROM delivery GROUP BY endpoint, state"
        ):
            state = DeliveryState(stored)
            out = name in stopped or (usable is not None and name not in usable)
            if state is DeliveryState.PENDING and out:
                state = DeliveryState.WAITING
            other = counted.get((name, state), Count(0, rows.instant(oldest)))
            counted[name, state] = Count(
                other.number + number, min(other.oldest, rows.instant(oldest))
            )
        return counted

    def prune(
        self, keep: timedelta, now: datetime, *, usable: Collection[str] | None = None
    ) -> None:
        """Forget what ended longer than `keep` ago, with its attempts.

        What has waited so long for an endpoint that is disabled, or not configured any more, is
        dead: nothing grows for ever, and nothing vanishes without having been listed.
        """
        at, before = milliseconds(now), milliseconds(now - keep)
        with self.writing() as database:
            stopped = self._stopped()
            waiting = database.execute(
                "SELECT DISTINCT endpoint FROM delivery WHERE state = 'pending'"
            ).fetchall()
            out = [
                name
                for (name,) in waiting
                if name in stopped or (usable is not None and name not in usable)
            ]
            database.executemany(
                "UPDATE delivery SET state = 'dead', finished = ?,"
                " last_error = 'its endpoint was disabled for too long'"
                " WHERE endpoint = ? AND state = 'pending' AND since < ? AND until <= ?",
                [(at, name, before, at) for name in out],
            )
            database.execute("DELETE FROM delivery WHERE finished < ?", (before,))

    def _stopped(self) -> frozenset[str]:
        found = self.connection.execute("SELECT name FROM endpoint WHERE disabled <> ''")
        return frozenset(row[0] for row in found)


def disable_endpoint(database: Connection, name: str, reason: str, at: int) -> None:
    """Disable inside a transaction of the caller's; the first reason stays."""
    database.execute(
        "INSERT INTO endpoint (name, disabled, disabled_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET disabled = excluded.disabled,"
        " disabled_at = excluded.disabled_at WHERE disabled = ''",
        (name, reason, at),
    )


def enable_endpoint(database: Connection, name: str) -> None:
    """Enable inside a transaction of the caller's."""
    database.execute(
        "UPDATE endpoint SET disabled = '', disabled_at = NULL, pause_until = 0,"
        " failing_since = NULL WHERE name = ?",
        (name,),
    )
