"""Opening SQLite files of ours; SQLite's errors become our own here."""

import os
import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from feedwright.errors import DamagedOutboxError, WriteError

_NO_MIGRATIONS: Mapping[int, str] = {}
_FOR_READING = ("mode=ro", "mode=ro&immutable=1")
"""Who has the file open now has its log beside it, which is read as well. Without a log, and
without the right to make one, SQLite reads only what is immutable; with the right, it leaves an
empty one behind."""


class NewerVersionError(sqlite3.DatabaseError):
    """The file has tables that only a newer Feedwright knows."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's refusals into WriteError (full disk, read-only) or DamagedOutboxError.

    The latter also for a file of a newer version.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise WriteError(
            f"{path}: cannot be written ({error}); free space or mend permissions, "
            "the next run continues"
        ) from error
    except NewerVersionError as error:
        raise DamagedOutboxError(
            f"{path}: was written by a newer Feedwright ({error}); "
            "use that one, or move the file away: at most unsent messages are lost"
        ) from error
    except sqlite3.DatabaseError as error:
        raise DamagedOutboxError(
            f"{path}: is damaged ({error}); move it away, at most unsent messages are lost"
        ) from error


def is_there(path: Path) -> bool:
    """Tell whether there is a file at `path`; raises WriteError where nobody may look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be read ({error.strerror}); give the user of this run the right to "
            "read the folder, or set `state` to a folder of its own"
        ) from error
    return True


def connect(
    path: Path,
    schema: str,
    version: int,
    *,
    durable: bool,
    migrations: Mapping[int, str] = _NO_MIGRATIONS,
) -> sqlite3.Connection:
    """Open `path`, and lay out its tables when it is new.

    `durable`: write-ahead log with full synchronisation, for what must not be lost. `migrations`
    has for an older version the statements that lead to the next one. A file of any other version
    raises sqlite3.DatabaseError. Where nobody may write (another user, a read-only file system)
    an existing file is opened for reading.
    """
    if is_there(path) and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return _for_reading(path, version)
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        if durable:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=FULL")
        else:
            database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA foreign_keys=ON")
        if _version(database) != version:
            _lay_out(database, schema, version, migrations)
    except sqlite3.Error:
        database.close()
        raise
    return database


def look_at(
    path: Path, version: int, *, migrations: Mapping[int, str] = _NO_MIGRATIONS
) -> sqlite3.Connection | None:
    """Open an existing file for reading, also an older one, and leave it as it is.

    None when nothing is in it yet. A file of any other version raises sqlite3.DatabaseError.
    """
    database = _for_reading(
        path, version, {0, *migrations}, _FOR_READING if _has_log(path) else _FOR_READING[1:]
    )
    if _version(database):
        return database
    database.close()
    return None


def refuse_to_write(path: Path) -> None:
    """Raise the WriteError of who writes to a file, or makes one, without the right to."""
    what = (
        "attempt to write a readonly database" if is_there(path) else "unable to open database file"
    )
    with translated(path):
        raise sqlite3.OperationalError(what)


def _has_log(path: Path) -> bool:
    """Tell whether there is a log: a run is at work, or was killed."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _for_reading(
    path: Path,
    version: int,
    older: Container[int] = (),
    ways: Sequence[str] = _FOR_READING,
) -> sqlite3.Connection:
    for how in ways:
        database = sqlite3.connect(f"file:{quote(str(path))}?{how}", uri=True, isolation_level=None)
        try:
            found = _version(database)
            database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError:
            database.close()
            if "immutable" in how:
                raise
        except sqlite3.Error:
            database.close()
            raise
        else:
            break
    if found != version and found not in older:
        database.close()
        raise _other_version(found, version)
    return database


def _other_version(found: int, version: int) -> sqlite3.DatabaseError:
    kind = NewerVersionError if found > version else sqlite3.DatabaseError
    return kind(f"version {found}, not {version}")


def _version(database: sqlite3.Connection) -> int:
    (found,) = database.execute("PRAGMA user_version").fetchone()
    return int(found)


def _lay_out(
    database: sqlite3.Connection, schema: str, version: int, migrations: Mapping[int, str]
) -> None:
    """Bring the tables to `version` in one transaction; another process may do so at once."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        found = _version(database)
        scripts = [schema] if found == 0 else []
        if found:
            while found in migrations and found < version:
                scripts.append(migrations[found])
                found += 1
            if found != version:
                raise _other_version(found, version)
        for script in scripts:
            for statement in script.split(";\n"):
                database.execute(statement)
        database.execute(f"PRAGMA user_version={version}")
