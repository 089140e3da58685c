"""What lies in the content folders, as the last run saw it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedwright.model import Problem
from feedwright.store.index.schema import coded, dump, load, text

_LONGEST_HANDLE = 200
"""Bytes. A whole line may stand where a handle could."""


class FileRow(NamedTuple):
    """A source file as it was read."""

    path: str
    digest: bytes
    """Of all bytes that reading it depended on."""
    section: str
    """The folder that holds it among other articles."""
    problems: tuple[Problem, ...]
    people: tuple[str, ...] = ()
    """Handles of the authors file that its articles asked for, there or not."""


class Files:
    """Folders, as rows of a listing, and source files."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._folders: dict[str, bytes] | None = None

    def folders(self) -> dict[str, bytes]:
        """Return the packed rows of every folder as the last run listed it; they are read once."""
        if self._folders is None:
            found = self._database.execute("SELECT path, rows FROM folder")
            self._folders = {text(path): rows for path, rows in found}
        return self._folders

    def list_folders(self, folders: Mapping[str, bytes], gone: Iterable[str] = ()) -> None:
        """Write down folders that are new or changed, and forget those that are gone."""
        self._folders = None
        self._database.executemany(
            "INSERT OR REPLACE INTO folder VALUES (?, ?)",
            ((coded(path), rows) for path, rows in folders.items()),
        )
        self._database.executemany("DELETE FROM folder WHERE path = ?", ((coded(p),) for p in gone))

    def put(self, rows: Sequence[FileRow]) -> None:
        """Write down what was read; what was known of these files is dropped before."""
        self._database.executemany(
            "INSERT OR IGNORE INTO naming VALUES (?, ?)",
            ((_handle(each), row.path) for row in rows for each in row.people),
        )
        self._database.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)",
            (
                (row.path, row.digest, row.section, dump(row.problems) if row.problems else None)
                for row in rows
            ),
        )

    def drop(self, paths: Iterable[str]) -> None:
        """Forget source files."""
        rows = [(path,) for path in paths]
        self._database.executemany("DELETE FROM file WHERE path = ?", rows)
        self._database.executemany("DELETE FROM naming WHERE path = ?", rows)

    def naming(self, handles: Iterable[str]) -> set[str]:
        """Return the paths of the source files whose articles asked for any of these people."""
        found: set[str] = set()
        for handle in handles:
            rows = self._database.execute(
                "SELECT path FROM naming WHERE handle = ?", (_handle(handle),)
            )
            found.update(path for (path,) in rows)
        return found

    def digest(self, path: str) -> bytes | None:
        """Return the digest of a source file; None when it is not known."""
        row = self._database.execute("SELECT digest FROM file WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def number(self) -> int:
        """Return how many source files there are."""
        (number,) = self._database.execute("SELECT COUNT(*) FROM file").fetchone()
        return int(number)

    def sections(self) -> Iterator[str]:
        """Yield every folder that holds source files."""
        # Each step is a search: their number counts, not that of the files.
        (last,) = self._database.execute("SELECT MIN(section) FROM file").fetchone()
        while last is not None:
            yield last
            (last,) = self._database.execute(
                "SELECT MIN(section) FROM file WHERE section > ?", (last,)
            ).fetchone()

    def in_section(self, section: str) -> list[str]:
        """Return the paths of the source files that a folder holds."""
        found = self._database.execute("SELECT path FROM file WHERE section = ?", (section,))
        return [path for (path,) in found]

    def below(self, prefix: str) -> list[str]:
        """Return the paths of the source files that begin so."""
        found = self._database.execute(
            "SELECT path FROM file WHERE path >= ? AND path < ?", (prefix, prefix + "\U0010ffff")
        )
        return [path for (path,) in found]

    def problems(self) -> list[Problem]:
        """Return what is wrong with all source files, in the order of their paths."""
        found = self._database.execute(
            "SELECT problems FROM file WHERE problems IS NOT NULL ORDER BY path"
        )
        return [problem for (data,) in found for problem in load(data)]


def _handle(text: str) -> bytes:
    """Return what a handle is looked up by; long ones that begin alike are taken for one."""
    return coded(text)[:_LONGEST_HANDLE]
