"""The index: a cache that may be deleted at will. Deleting it costs time, never correctness."""

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

from feedwright.store.database import connect

_VERSION = 1
_SCHEMA = "CREATE TABLE told (problem TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"


class Index:
    """What earlier runs found out about one site."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def told(self) -> frozenset[str]:
        """Return the problems that the last run found, so that only new ones are printed."""
        if not os.path.exists(self._path):  # nor where nobody may look
            return frozenset()
        try:
            with closing(self._open()) as database:
                rows = database.execute("SELECT problem FROM told").fetchall()
        except sqlite3.DatabaseError:
            return frozenset()
        return frozenset(row[0] for row in rows)

    def tell(self, problems: Collection[str]) -> None:
        """Remember the problems of this run. A cache that cannot be written is no error."""
        for _ in range(2):
            try:
                with closing(self._open()) as database, database:
                    database.execute("BEGIN IMMEDIATE")
                    database.execute("DELETE FROM told")
                    database.executemany(
                        "INSERT OR IGNORE INTO told VALUES (?)", [(each,) for each in problems]
                    )
            except sqlite3.DatabaseError:
                # Damaged, or of another version: a cache is made anew.
                with suppress(OSError):
                    self._path.unlink(missing_ok=True)
            else:
                return

    def _open(self) -> sqlite3.Connection:
        return connect(self._path, _SCHEMA, _VERSION, durable=False)
