"""Opening and closing the index: known, or new from nothing; trusted by the stat of its file.

A run works in one transaction and commits when what it found is published. A new index is a file
of its own until then, so that a killed run leaves the old one, which the next run takes or not.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from feedwright.store.index.articles import Articles
from feedwright.store.index.files import Files
from feedwright.store.index.lines import Lines
from feedwright.store.index.members import Members
from feedwright.store.index.renderings import Renderings
from feedwright.store.index.schema import (
    COUNT_LABELS,
    INDEXES,
    INDEXES_OF_LINES,
    TABLES,
    TRIGGERS,
    dump,
    load,
)
from feedwright.store.marks import is_ours, write_mark


class Index:
    """An open index. Close it by `commit` or `abandon`."""

    def __init__(
        self, database: sqlite3.Connection, path: Path | None, stamp: str, *, is_new: bool
    ) -> None:
        """Take a database in a transaction; without `path` it lies in memory."""
        self._database = database
        self._path = path
        self._stamp = stamp
        self.is_new = is_new
        """Nothing of an earlier run is in it."""
        self.files = Files(database)
        self.articles = Articles(database)
        self.lines = Lines(database)
        self.members = Members(database)
        self.renderings = Renderings(database)

    @classmethod
    def known(cls, path: Path, stamp: str) -> "Index | None":
        """Open the index of an earlier run; None when there is none that can be trusted.

        `stamp` stands for the program: what another one wrote is not opened.
        """
        if not is_ours(path, stamp):
            return None
        try:
            database = sqlite3.connect(path, isolation_level=None)
        except sqlite3.Error:
            return None
        try:
            database.execute("PRAGMA synchronous=NORMAL")
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            database.close()
            return None
        return cls(database, path, stamp, is_new=False)

    @classmethod
    def new(cls, path: Path | None, stamp: str = "") -> "Index":
        """Begin an index from nothing, that shall lie at `path`, or in memory.

        Raises sqlite3.Error when its file cannot be written.
        """
        target = ":memory:"
        if path is not None:
            target = str(_new(path))
            with suppress(FileNotFoundError):
                os.unlink(target)
        database = sqlite3.connect(target, isolation_level=None)
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("PRAGMA synchronous=OFF")
        database.execute("BEGIN")
        index = cls(database, path, stamp, is_new=True)
        index._make(TABLES)
        return index

    def get(self, name: str) -> Any:
        """Return a value of the whole site; None when there is none."""
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return load(row[0]) if row else None

    def put(self, name: str, value: object) -> None:
        """Keep a value of the whole site."""
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, dump(value)))

    def filled(self) -> None:
        """Tell that the articles are in: from now on they are looked up."""
        if self.is_new:
            self._make(INDEXES)
            self._database.execute(COUNT_LABELS)
            for _, statement in TRIGGERS:
                self._database.execute(statement)

    def commit(self) -> None:
        """Let the next run know what this one did. A cache that cannot be written is no error."""
        try:
            if self.is_new:
                self._make(INDEXES_OF_LINES)
            self._database.execute("COMMIT")
            self._database.close()
            if self._path is not None:
                if self.is_new:
                    _replace(_new(self._path), self._path)
                write_mark(self._path, self._stamp)
        except (OSError, sqlite3.Error):
            self.abandon()

    def _make(self, statements: str) -> None:
        for statement in statements.split(";\n"):
            self._database.execute(statement)

    def abandon(self) -> None:
        """Leave everything as an earlier run left it."""
        self._database.close()  # which rolls back
        if self._path is not None and self.is_new:
            with suppress(OSError):
                os.unlink(_new(self._path))


def _replace(new: Path, path: Path) -> None:
    descriptor = os.open(new, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    with suppress(FileNotFoundError):
        os.unlink(f"{path}-journal")  # of the file that goes
    os.replace(new, path)


def _new(path: Path) -> Path:
    return path.with_name(path.name + ".new")
