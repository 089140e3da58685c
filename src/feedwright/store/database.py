"""Opening SQLite files of ours; SQLite's errors become our own here."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feedwright.errors import FeedwrightError, WriteError


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's refusals into WriteError (full disk, read-only) or a plain message."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise WriteError(
            f"{path}: cannot be written ({error}); free space or mend permissions, "
            "the next run continues"
        ) from error
    except sqlite3.DatabaseError as error:
        raise FeedwrightError(
            f"{path}: is damaged ({error}); move it away, at most unsent messages are lost"
        ) from error


def connect(path: Path, schema: str, version: int, *, durable: bool) -> sqlite3.Connection:
    """Open `path`, and lay out its tables when it is new.

    `durable`: write-ahead log with full synchronisation, for what must not be lost. A file of
    another version raises sqlite3.DatabaseError.
    """
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        if durable:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=FULL")
        else:
            database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA foreign_keys=ON")
        (found,) = database.execute("PRAGMA user_version").fetchone()
        if found == 0:
            database.executescript(f"BEGIN; {schema}; PRAGMA user_version={version}; COMMIT")
        elif found != version:
            raise sqlite3.DatabaseError(f"version {found}, not {version}")
    except sqlite3.Error:
        database.close()
        raise
    return database
