"""Which article belongs to which feed, in what order; and which feeds an article left."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from feedwright.model import Member, Tombstone
from feedwright.store.index.schema import COUNT_LABELS, TRIGGERS, coded, instant, seconds, text


class MemberRow(NamedTuple):
    """That an article belongs to a feed, whatever the feed's limit."""

    spec: str
    """Name of the feed spec."""
    key: str
    """Of the label; empty without `per`."""
    published: datetime
    id: str
    label: str
    """As the article writes it."""


class RemovalRow(NamedTuple):
    """That an article left a feed; `feed` is empty where no feed held it."""

    feed: str
    moment: datetime
    id: str


_MEMBER = "SELECT id, rank, updated, language FROM article"
_JOINED = (
    "SELECT member.id, member.rank, article.updated, article.language FROM member"
    " JOIN article ON article.id = member.id AND article.live > 0"
)


class Members:
    """The feeds of articles."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def put(self, rows: Iterable[MemberRow]) -> None:
        """Let articles belong to feeds."""
        self._database.executemany(
            "INSERT INTO member VALUES (?, ?, ?, ?, ?)",
            (
                (row.spec, coded(row.key), -seconds(row.published), row.id, coded(row.label))
                for row in rows
            ),
        )

    def replace(self, rows: Iterable[MemberRow]) -> None:
        """Let articles belong to these feeds alone."""
        for name, _ in TRIGGERS:  # labels are counted at once
            self._database.execute(f"DROP TRIGGER {name}")
        self._database.execute("DELETE FROM member")
        self._database.execute("DELETE FROM label")
        self.put(rows)
        self._database.execute(COUNT_LABELS)
        for _, statement in TRIGGERS:
            self._database.execute(statement)

    def drop(self, ids: Iterable[str]) -> None:
        """Let articles belong to no feed."""
        self._database.executemany("DELETE FROM member WHERE id = ?", ((each,) for each in ids))

    def labels(self, spec: str, after: datetime | None) -> list[tuple[str, str, int]]:
        """Return key, label as written, and how many articles published after `after` write it."""
        if after is None:
            found = self._database.execute(
                "SELECT key, label, number FROM label WHERE spec = ?", (spec,)
            )
        else:
            found = self._database.execute(
                "SELECT key, label, COUNT(*) FROM member WHERE spec = ? AND rank < ?"
                " GROUP BY key, label",
                (spec, _rank_below(after)),
            )
        return [(text(key), text(label), number) for key, label, number in found]

    def of_label(self, spec: str, key: str, after: datetime | None, limit: int) -> list[Member]:
        """Return the newest members of a feed published after `after`; `limit` 0: all of them."""
        found = self._database.execute(
            f"{_JOINED} WHERE spec = ? AND key = ? AND member.rank < ?"
            " ORDER BY member.rank, member.id LIMIT ?",
            (spec, coded(key), _rank_below(after), limit or -1),
        )
        return _members(found)

    def of_all(self, after: datetime | None, limit: int) -> list[Member]:
        """Return the newest of all articles published after `after`; `limit` 0: all of them."""
        found = self._database.execute(
            f"{_MEMBER} WHERE live = 1 AND rank < ? ORDER BY rank, id LIMIT ?",
            (_rank_below(after), limit or -1),
        )
        return _members(found)

    # ------------------------------------------------------------ what left

    def remove(self, rows: Iterable[RemovalRow]) -> None:
        """Write down that articles left feeds."""
        self._database.executemany(
            "INSERT OR REPLACE INTO removal VALUES (?, ?, ?)",
            ((coded(row.feed), seconds(row.moment), coded(row.id)) for row in rows),
        )

    def forget_removal(self, ids: Iterable[str]) -> None:
        """Forget that articles left: they are back, or it is written anew."""
        self._database.executemany(
            "DELETE FROM removal WHERE id = ?", ((coded(each),) for each in ids)
        )

    def last_removal(self, feed: str) -> datetime | None:
        """Return when an article last left a feed."""
        (moment,) = self._database.execute(
            "SELECT MAX(moment) FROM removal WHERE feed = ?", (coded(feed),)
        ).fetchone()
        return None if moment is None else instant(moment)

    def tombstones(self, feed: str, after: datetime, limit: int) -> tuple[Tombstone, ...]:
        """Return what left a feed after `after`, the newest first."""
        found = self._database.execute(
            "SELECT id, moment FROM removal WHERE feed = ? AND moment > ?"
            " ORDER BY moment DESC, id LIMIT ?",
            (coded(feed), seconds(after), limit),
        )
        return tuple(Tombstone(text(each), instant(moment)) for each, moment in found)

    def first_removal(self, after: datetime) -> datetime | None:
        """Return when the first article left that left after `after`."""
        (moment,) = self._database.execute(
            "SELECT MIN(moment) FROM removal WHERE moment > ?", (seconds(after),)
        ).fetchone()
        return None if moment is None else instant(moment)


def _members(found: Iterable[tuple[str, int, int, str]]) -> list[Member]:
    return [
        Member(each, instant(-rank), instant(updated), language)
        for each, rank, updated, language in found
    ]


def _rank_below(after: datetime | None) -> int:
    """Ranks are negative seconds: what was published later has a smaller one."""
    return 1 << 62 if after is None else -seconds(after)
