"""The ledger as the last run left it: a line for each id, to be looked up by what it says."""

import sqlite3
from collections.abc import Iterable

from feedwright.model import LedgerLine, State
from feedwright.packing import pack_line, unpack_line
from feedwright.store.index.schema import coded, dump, key, load

Row = tuple[LedgerLine, str]
"""A line, and the declared value of which its id was made; empty when of none."""


class Lines:
    """Lines about articles."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def put(self, rows: Iterable[Row]) -> None:
        """Write down what the ledger says of an id now."""
        self._database.executemany(
            "INSERT OR REPLACE INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    coded(line.id),
                    line.path,
                    key(line.hash),
                    key(line.title),
                    key(line.slug) if line.slug else None,
                    key(value) if value else None,
                    line.state is State.LIVE,
                    dump(pack_line(line)),
                )
                for line, value in rows
            ),
        )

    def number_live(self) -> int:
        """Return how many articles are published."""
        (number,) = self._database.execute("SELECT COUNT(*) FROM line WHERE live = 1").fetchone()
        return int(number)

    # ------------------------------------------------------------ looking up

    def with_id(self, article_id: str) -> list[LedgerLine]:
        """Return the line of an id, if there is one."""
        return self._found("id = ?", coded(article_id))

    def with_id_from(self, start: str) -> list[LedgerLine]:
        """Return the lines whose ids begin so."""
        return self._found("id >= ? AND id < ?", coded(start), coded(start) + b"\xff")

    def at_path(self, path: str) -> list[LedgerLine]:
        """Return the lines about a file."""
        return self._found("path = ?", path)

    def with_hash(self, words: str) -> list[LedgerLine]:
        """Return the lines with a hash, and perhaps others."""
        return self._found("hash = ?", key(words))

    def with_title(self, title: str) -> list[LedgerLine]:
        """Return the lines with a title, and perhaps others."""
        return self._found("title = ?", key(title))

    def with_slug(self, slug: str) -> list[LedgerLine]:
        """Return the lines with a declared slug, and perhaps others."""
        return self._found("slug = ?", key(slug))

    def with_value(self, value: str) -> list[LedgerLine]:
        """Return the lines whose ids were made of a declared value, and perhaps others."""
        return self._found("value = ?", key(value))

    def _found(self, where: str, *values: object) -> list[LedgerLine]:
        found = self._database.execute(
            f"SELECT data FROM line WHERE {where}",  # noqa: S608 - ours alone
            values,
        )
        return [unpack_line(load(data)) for (data,) in found]
