"""The outbox: publications under way and the events that they announce. Durable.

A publication is *prepared* in one transaction before anything becomes visible, and *ready* when
everything is. One found prepared is rolled forward by the next run, never back.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from feedwright.store import deliveries
from feedwright.store.database import translated
from feedwright.store.schema import open_outbox


class Prepared(NamedTuple):
    """A publication that was prepared and perhaps not finished."""

    number: int
    ledger_offset: int
    ledger_lines: bytes
    steps: tuple[tuple[str, str], ...]
    """Path below `feeds/` and the new sha256, empty for a removal; in their order."""


class Publication(NamedTuple):
    """A finished publication, for `status`."""

    at: datetime
    documents: int


class Outbox:
    """The publications of one site."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        with (
            translated(self._path),
            closing(open_outbox(self._path)) as database,
        ):
            yield database

    def unfinished(self) -> Prepared | None:
        """Return the publication that a killed run left prepared, if there is one."""
        if not self._path.exists():
            return None
        with self._open() as database:
            row = database.execute(
                "SELECT number, ledger_offset, ledger_lines FROM publication"
                " WHERE state = 'prepared' ORDER BY number LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            steps = database.execute(
                "SELECT path, new FROM step WHERE publication = ? ORDER BY position", (row[0],)
            ).fetchall()
        return Prepared(row[0], row[1], bytes(row[2]), tuple(steps))

    def prepare(
        self,
        at: datetime,
        *,
        hold: bool,
        ledger_offset: int,
        ledger_lines: bytes,
        steps: Iterable[tuple[str, str, str]],
        events: Sequence[Mapping[str, object]],
    ) -> Prepared:
        """Record in one transaction all that a publication is about to make visible.

        `steps` are (path, old sha256, new sha256); `events` have `type` and `data`.
        """
        steps = list(steps)
        with self._open() as database, database:
            database.execute("BEGIN IMMEDIATE")
            number = database.execute(
                "INSERT INTO publication (state, at, hold, ledger_offset, ledger_lines)"
                " VALUES ('prepared', ?, ?, ?, ?)",
                (at.isoformat(), hold, ledger_offset, ledger_lines),
            ).lastrowid
            assert number is not None
            database.executemany(
                "INSERT INTO step VALUES (?, ?, ?, ?, ?)",
                [(number, position, *step) for position, step in enumerate(steps)],
            )
            database.executemany(
                "INSERT INTO event VALUES (?, ?, ?)",
                [
                    (number, event["type"], json.dumps(event["data"], ensure_ascii=False))
                    for event in events
                ],
            )
        visible = tuple((path, new) for path, _, new in steps)
        return Prepared(number, ledger_offset, ledger_lines, visible)

    def finish(self, number: int, *, keep: timedelta, now: datetime) -> None:
        """Mark a publication *ready* and let its messages go, but for those that are held.

        Forgets its bytes, and publications older than `keep`.
        """
        with self._open() as database, database:
            database.execute("BEGIN IMMEDIATE")
            database.execute(
                "UPDATE publication SET state = 'ready', ledger_lines = x'' WHERE number = ?",
                (number,),
            )
            deliveries.release(database, number)
            database.execute(
                "DELETE FROM publication WHERE state = 'ready' AND at < ? AND number <> ?",
                ((now - keep).isoformat(), number),
            )

    def last(self) -> Publication | None:
        """Return the newest finished publication."""
        if not self._path.exists():
            return None
        with self._open() as database:
            row = database.execute(
                "SELECT at, (SELECT count(*) FROM step WHERE publication = number)"
                " FROM publication WHERE state = 'ready' ORDER BY number DESC LIMIT 1"
            ).fetchone()
        return Publication(datetime.fromisoformat(row[0]), row[1]) if row else None
