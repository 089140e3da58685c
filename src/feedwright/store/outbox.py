"""The outbox: publications under way and the events that they announce. Durable.

A publication is *prepared* in one transaction before anything becomes visible, and *ready* when
everything is. One found prepared is rolled forward by the next run, never back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection, OperationalError
from typing import NamedTuple

from feedwright.model import Message
from feedwright.store import deliveries
from feedwright.store.database import is_there, translated
from feedwright.store.schema import look_at_outbox, open_outbox

_PIECE = 1 << 20
"""Bytes that are written at a time."""
_MANY_PAGES = 1_000
"""Free ones, of 4 KiB, that are worth rewriting the file."""


class Prepared(NamedTuple):
    """A publication that was prepared and perhaps not finished."""

    number: int
    ledger_offset: int
    ledger_lines: bytes
    steps: tuple[tuple[str, str], ...]
    """Path below `feeds/` and the new sha256, empty for a removal; in their order."""


class Told(NamedTuple):
    """What is told of a publication."""

    sequence: int
    events: tuple[tuple[str, str], ...]
    """Type, and data as JSON."""
    messages: tuple[Message, ...]
    failed: Mapping[str, str]
    """Ids of messages that could not be rendered, and why."""


Tell = Callable[[int, Callable[[Message], Sequence[Message]]], Told]
"""Given the last sequence, and a function that takes out what a message may take in (never tried,
the oldest first), returns what is told."""


class Publication(NamedTuple):
    """A finished publication, for `status`."""

    at: datetime
    documents: int


class Outbox:
    """The publications of one site."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def _open(self, *, look_only: bool = False) -> Iterator[Connection]:
        opened = look_at_outbox if look_only else open_outbox
        with translated(self._path), closing(opened(self._path)) as database:
            yield database

    def unfinished(self, *, look_only: bool = False) -> Prepared | None:
        """Return the publication that a killed run left prepared, if there is one.

        With `look_only` nothing is written, and SQLite leaves no log of its own behind.
        """
        if not is_there(self._path):
            return None
        with self._open(look_only=look_only) as database:
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
        tell: Tell | None = None,
        told_at: datetime | None = None,
    ) -> Prepared:
        """Record in one transaction all that a publication is about to make visible.

        `steps` are (path, old sha256, new sha256). `tell` makes the messages, which can be sent
        from `finish` on; `told_at` is the real time, where `at` is not.
        """
        steps = list(steps)
        with self._open() as database, database:
            database.execute("BEGIN IMMEDIATE")
            number = database.execute(
                "INSERT INTO publication (state, at, hold, ledger_offset, ledger_lines)"
                " VALUES ('prepared', ?, ?, ?, zeroblob(?))",
                (at.isoformat(), hold, ledger_offset, len(ledger_lines)),
            ).lastrowid
            assert number is not None
            _write_lines(database, number, ledger_lines)
            database.executemany(
                "INSERT INTO step VALUES (?, ?, ?, ?, ?)",
                [(number, position, *step) for position, step in enumerate(steps)],
            )
            _forget_import(database)
            if tell is not None:
                _tell(database, number, tell, told_at or at)
        visible = tuple((path, new) for path, _, new in steps)
        return Prepared(number, ledger_offset, ledger_lines, visible)

    def finish(self, number: int, *, keep: timedelta, now: datetime) -> None:
        """Mark a publication *ready* and let its messages go, but for those that are held.

        Forgets its bytes, and publications older than `keep`.
        """
        with self._open() as database:
            with database:
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
            _give_back_room(database)

    def note_import(self) -> None:
        """Remember that ids were adopted, until the next publication."""
        with self._open() as database, database:
            database.execute("INSERT OR REPLACE INTO counter VALUES ('imports', 1)")

    def follows_import(self) -> bool:
        """Tell whether ids were adopted since the last publication."""
        if not is_there(self._path):
            return False
        with self._open() as database:
            return bool(_counter(database, "imports"))

    def last(self) -> Publication | None:
        """Return the newest finished publication."""
        if not is_there(self._path):
            return None
        with self._open(look_only=True) as database:
            row = database.execute(
                "SELECT at, (SELECT count(*) FROM step WHERE publication = number)"
                " FROM publication WHERE state = 'ready' ORDER BY number DESC LIMIT 1"
            ).fetchone()
        return Publication(datetime.fromisoformat(row[0]), row[1]) if row else None


def last_sequence(database: Connection) -> int:
    """Return the last sequence that a payload had; 0 when none is known."""
    return _counter(database, "sequence")


def keep_sequence(database: Connection, sequence: int) -> None:
    """Remember a sequence, inside a transaction of the caller's."""
    database.execute("INSERT OR REPLACE INTO counter VALUES ('sequence', ?)", (sequence,))


def _write_lines(database: Connection, publication: int, lines: bytes) -> None:
    """Fill in the lines piece by piece: a value that is bound whole is copied whole, twice."""
    if lines:
        whole = memoryview(lines)
        with database.blobopen("publication", "ledger_lines", publication) as blob:
            for start in range(0, len(lines), _PIECE):
                blob.write(whole[start : start + _PIECE])


def _give_back_room(database: Connection) -> None:
    """Make the file small again after a large publication, such as the first one."""
    (free,) = database.execute("PRAGMA freelist_count").fetchone()
    if free > _MANY_PAGES:
        with suppress(OperationalError):  # somebody delivers meanwhile: another time, then
            database.execute("VACUUM")


def _tell(database: Connection, publication: int, tell: Tell, at: datetime) -> None:
    replaced: list[int] = []

    def older(message: Message) -> list[Message]:
        found = deliveries.pending(database, message.group, hold=message.hold)
        replaced.extend(each.delivery for each in found)
        return [each.message for each in found]

    told = tell(last_sequence(database), older)
    database.executemany(
        "INSERT INTO event VALUES (?, ?, ?)", [(publication, *event) for event in told.events]
    )
    deliveries.add(database, told.messages, at=at, publication=publication, replaces=replaced)
    deliveries.refuse(database, told.failed, at=at)
    if told.messages:
        keep_sequence(database, told.sequence)


def _counter(database: Connection, name: str) -> int:
    row = database.execute("SELECT value FROM counter WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def _forget_import(database: Connection) -> None:
    database.execute("DELETE FROM counter WHERE name = 'imports'")
