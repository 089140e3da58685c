"""What lies in the content folders, as the last run saw it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from feedwright.model import Problem
from feedwright.store.index.schema import coded, dump, load, text


class FileRow(NamedTuple):
    """A source file as it was read."""

    path: str
    digest: bytes
    """Of all bytes that reading it depended on."""
    section: str
    """The folder that holds it among other articles."""
    problems: tuple[Problem, ...]


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

    def put(self, rows: Iterable[FileRow]) -> None:
        """Write down what was read."""
        self._database.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)",
            (
                (row.path, row.digest, row.section, dump(row.problems) if row.problems else None)
                for row in rows
            ),
        )

    def drop(self, paths: Iterable[str]) -> None:
        """Forget source files."""
        self._database.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in paths))

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
