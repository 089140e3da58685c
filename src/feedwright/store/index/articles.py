"""Articles, and candidates that became none: what the last run made of each."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from feedwright.model import Article, Candidate
from feedwright.packing import (
    pack_article,
    pack_candidate,
    unpack_article,
    unpack_candidate,
)
from feedwright.store.index.schema import coded, dump, load, seconds

LIVE = 1
KEPT_OUT = 2
"""Live, but held by the gate: it has its permalink, and stands in no feed."""
_MOST_RECENT = 10_000


class Stored(NamedTuple):
    """An article, or a candidate that became none, with its number in the index."""

    number: int
    what: Article | Candidate
    settled: bool
    """Whether it is live, known to the ledger as it is, and nothing is wrong with it."""

    @property
    def candidate(self) -> Candidate:
        """What was read of it."""
        return self.what.candidate if isinstance(self.what, Article) else self.what


class ArticleRow(NamedTuple):
    """What is written down of a candidate."""

    what: Article | Candidate
    live: bool
    settled: bool
    due: datetime | None
    """When time alone next changes a settled article."""


class Articles:
    """Articles and candidates of all source files."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._recent: dict[str, Article] = {}
        """Live ones that were written just now: a first build renders many of them."""

    def put(self, rows: Iterable[ArticleRow]) -> None:
        """Write down candidates and what became of them."""
        self._database.executemany(
            "INSERT INTO article (path, part, id, permalink, rank, updated, language, live,"
            " settled, due, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            map(self._row, rows),
        )

    def _row(self, row: ArticleRow) -> tuple[object, ...]:
        if row.live and isinstance(row.what, Article) and len(self._recent) < _MOST_RECENT:
            self._recent[row.what.id] = row.what
        return _row(row)

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget some of them."""
        self._recent.clear()
        self._database.executemany(
            "DELETE FROM article WHERE number = ?", ((number,) for number in numbers)
        )

    def hold(self, ids: Iterable[str]) -> None:
        """Let articles stand in no feed: the gate holds them."""
        self._database.executemany(
            "UPDATE article SET live = ?, settled = 0 WHERE id = ? AND live > 0",
            ((KEPT_OUT, each) for each in ids),
        )

    # ------------------------------------------------------------ looking up

    def at_path(self, path: str) -> list[Stored]:
        """Return all that a file holds."""
        return self._stored("WHERE path = ? ORDER BY part", path)

    def with_permalink(self, permalink: str) -> list[Stored]:
        """Return what has a permalink."""
        return self._stored("WHERE permalink = ?", permalink)

    def unsettled(self) -> list[Stored]:
        """Return what every run has to look at again: waiting, held, with something wrong."""
        return self._stored("WHERE settled = 0")

    def due(self, now: datetime) -> list[Stored]:
        """Return the settled articles that time alone has changed by now."""
        return self._stored("WHERE due IS NOT NULL AND due <= ?", now.timestamp())

    def live(self, article_id: str) -> Article:
        """Return a live article; raises KeyError when there is none of that id."""
        if article_id in self._recent:
            return self._recent[article_id]
        row = self._database.execute(
            "SELECT data FROM article WHERE id = ? AND live > 0", (article_id,)
        ).fetchone()
        if row is None:
            raise KeyError(article_id)
        return unpack_article(load(row[0]))

    def all_live(self) -> Iterator[Article]:
        """Yield the articles that stand in feeds."""
        for (data,) in self._database.execute("SELECT data FROM article WHERE live = 1"):
            yield unpack_article(load(data))

    def permalink(self, path: str) -> str | None:
        """Return the permalink of the article that a file holds, of several that of the last."""
        row = self._database.execute(
            "SELECT permalink FROM article WHERE path = ? AND live > 0 ORDER BY part DESC LIMIT 1",
            (path,),
        ).fetchone()
        return row[0] if row else None

    def permalinks(self) -> Iterator[tuple[str, str]]:
        """Yield path and permalink of every live article, in the order of path and part."""
        yield from self._database.execute(
            "SELECT path, permalink FROM article WHERE live > 0 ORDER BY path, part"
        )

    def next_due(self, now: datetime) -> datetime | None:
        """Return when time alone next changes a settled article."""
        (moment,) = self._database.execute(
            "SELECT MIN(due) FROM article WHERE due IS NOT NULL AND due > ?", (now.timestamp(),)
        ).fetchone()
        return None if moment is None else datetime.fromtimestamp(moment, UTC)

    def _stored(self, where: str, *values: object) -> list[Stored]:
        found = self._database.execute(
            f"SELECT number, id, data, settled FROM article {where}",  # noqa: S608 - ours alone
            values,
        )
        return [
            Stored(
                number,
                unpack_article(load(data)) if article_id else unpack_candidate(load(data)),
                bool(settled),
            )
            for number, article_id, data, settled in found
        ]


def _row(row: ArticleRow) -> tuple[object, ...]:
    what = row.what
    if isinstance(what, Article):
        candidate, packed = what.candidate, pack_article(what)
        facts = (what.id, what.permalink, -seconds(what.published), seconds(what.updated))
    else:
        candidate, packed = what, pack_candidate(what)
        facts = ("", "", 0, 0)
    return (
        candidate.path,
        coded(candidate.part),
        *facts,
        candidate.language,
        LIVE if row.live else 0,
        row.settled,
        row.due.timestamp() if row.due else None,
        dump(packed),
    )
