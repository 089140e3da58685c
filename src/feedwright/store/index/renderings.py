"""Entries and documents that were rendered, and what they were made of."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from feedwright.model import Entry, Fragment, Problem
from feedwright.store.index.schema import coded, dump, load, text

PATH, NAME, FILE = "path", "name", "file"
"""What an entry asked for: the permalink of a path, of a name, the size of a local file."""

_MOST_EXTENTS = 10_000
_ROOM = 16_000_000
"""Bytes of fragments that stay in memory."""


class Extent(NamedTuple):
    """How much room a fragment takes in a document."""

    length: int
    """In bytes."""
    prefixes: frozenset[str]


class FeedRow(NamedTuple):
    """A feed as it was last rendered."""

    recipe: bytes
    """Digest of all that it was made of."""
    shown: int
    """How many of its articles fitted."""
    problems: tuple[Problem, ...]


class DocumentRow(NamedTuple):
    """A document as it was last published."""

    path: str
    recipe: bytes
    sha256: str
    stat: str
    """Of the file below `feeds/`."""


class Renderings:
    """What was rendered."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._extents: dict[tuple[str, str, bool], Extent] = {}
        """Of fragments that were kept just now: a first build asks for each several times."""
        self._recent: dict[tuple[str, str, bool], Fragment] = {}
        """Fragments that were kept just now, while there is room."""
        self._room = _ROOM

    # ------------------------------------------------------------ entries

    def put_entry(
        self,
        entry: Entry,
        problems: Collection[Problem],
        asked: Collection[tuple[str, str]],
    ) -> bytes:
        """Keep an entry with the problems that go with it, and what was asked for it.

        Returns its digest: another one, and it may be another entry.
        """
        data = dump(entry)
        digest = blake2b(data, digest_size=16).digest()
        self._database.execute(
            "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)",
            (entry.id, digest, data, dump(tuple(problems)) if problems else None),
        )
        if asked:
            self._database.executemany(
                "INSERT OR IGNORE INTO asked VALUES (?, ?, ?)",
                [(kind, coded(name), entry.id) for kind, name in asked],
            )
        return digest

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry; None when it is not kept."""
        row = self._database.execute("SELECT data FROM entry WHERE id = ?", (entry_id,)).fetchone()
        return load(row[0]) if row else None

    def digests(self) -> dict[str, bytes]:
        """Return the digest of every entry that is kept."""
        return dict(self._database.execute("SELECT id, digest FROM entry"))

    def problems(self) -> list[Problem]:
        """Return the problems of all entries that are kept."""
        found = self._database.execute(
            "SELECT problems FROM entry WHERE problems IS NOT NULL ORDER BY id"
        )
        return [problem for (data,) in found for problem in load(data)]

    def drop_entries(self, ids: Iterable[str]) -> None:
        """Forget entries and all that was made of them."""
        rows = [(each,) for each in ids]
        if rows:
            self._extents.clear()
            self._recent.clear()
        for statement in (
            "DELETE FROM entry WHERE id = ?",
            "DELETE FROM fragment WHERE id = ?",
            "DELETE FROM asked WHERE id = ?",
        ):
            self._database.executemany(statement, rows)

    def who_asked(self, kind: str, name: str) -> list[str]:
        """Return the ids of the entries that asked for something."""
        found = self._database.execute(
            "SELECT id FROM asked WHERE kind = ? AND name = ?", (kind, coded(name))
        )
        return [each for (each,) in found]

    # ------------------------------------------------------------ fragments

    def put_fragment(self, fragment: Fragment, format_name: str, *, full: bool) -> None:
        """Keep the bytes of an entry in one format."""
        article_id, data, prefixes, guid = fragment
        if len(self._extents) == _MOST_EXTENTS:
            self._extents.clear()
        self._extents[article_id, format_name, full] = Extent(len(data), prefixes)
        if self._room > len(data):
            self._room -= len(data)
            self._recent[article_id, format_name, full] = fragment
        else:
            self._recent.pop((article_id, format_name, full), None)
        row = (article_id, format_name, full, " ".join(sorted(prefixes)), guid, data)
        self._database.execute("INSERT OR REPLACE INTO fragment VALUES (?, ?, ?, ?, ?, ?)", row)

    def fragment(self, entry_id: str, format_name: str, *, full: bool) -> Fragment | None:
        """Return the bytes of an entry in one format; None when they are not kept."""
        found = self._recent.get((entry_id, format_name, full))
        if found is not None:
            return found
        row = self._database.execute(
            "SELECT data, prefixes, guid FROM fragment WHERE id = ? AND format = ? AND full = ?",
            (entry_id, format_name, full),
        ).fetchone()
        return Fragment(entry_id, row[0], frozenset(row[1].split()), row[2]) if row else None

    def extent(self, entry_id: str, format_name: str, *, full: bool) -> Extent | None:
        """Return what is known of a fragment without reading its bytes; None when not kept."""
        found = self._extents.get((entry_id, format_name, full))
        if found is not None:
            return found
        row = self._database.execute(
            "SELECT length(data), prefixes FROM fragment WHERE id = ? AND format = ? AND full = ?",
            (entry_id, format_name, full),
        ).fetchone()
        return Extent(row[0], frozenset(row[1].split())) if row else None

    # ------------------------------------------------------------ local files

    def put_measured(self, lengths: Mapping[str, int]) -> None:
        """Keep the sizes of local files, in bytes; -1 where there was none."""
        if lengths:
            self._database.executemany(
                "INSERT OR REPLACE INTO measured VALUES (?, ?)",
                [(coded(path), length) for path, length in lengths.items()],
            )

    def measured(self) -> dict[str, int]:
        """Return the size of every local file that was asked for."""
        found = self._database.execute("SELECT path, length FROM measured")
        return {text(path): length for path, length in found}

    def drop_measured(self) -> None:
        """Forget the local files that no entry asks for."""
        self._database.execute(
            "DELETE FROM measured WHERE path NOT IN (SELECT name FROM asked WHERE kind = ?)",
            (FILE,),
        )

    # ------------------------------------------------------------ feeds and documents

    def feed(self, name: str) -> FeedRow | None:
        """Return a feed as it was last rendered."""
        row = self._database.execute(
            "SELECT recipe, shown, problems FROM feed WHERE name = ?", (coded(name),)
        ).fetchone()
        return FeedRow(row[0], row[1], load(row[2])) if row else None

    def put_feed(self, name: str, row: FeedRow) -> None:
        """Keep what a feed was made of."""
        self._database.execute(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?)",
            (coded(name), row.recipe, row.shown, dump(row.problems)),
        )

    def documents(self) -> dict[str, DocumentRow]:
        """Return all documents of feeds by path, as they were last published."""
        found = self._database.execute("SELECT path, recipe, sha256, stat FROM document")
        return {text(path): DocumentRow(text(path), *rest) for path, *rest in found}

    def put_documents(self, rows: Iterable[DocumentRow], gone: Iterable[str]) -> None:
        """Keep documents that were published, and forget others."""
        self._database.executemany(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)",
            ((coded(row.path), row.recipe, row.sha256, row.stat) for row in rows),
        )
        self._database.executemany(
            "DELETE FROM document WHERE path = ?", ((coded(path),) for path in gone)
        )
