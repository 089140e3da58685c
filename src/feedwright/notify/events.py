"""Events: what a publication changed, as facts. Pure.

What is announced is the difference of the ledger before and after, never the absence of a record.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from feedwright.model import Article, Document, Feed, LedgerLine
from feedwright.text.dates import rfc3339


class Changes(NamedTuple):
    """What a publication changed on the site, by id."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to announce."""
        return bool(self.added or self.updated or self.removed)


def changes(
    before: Mapping[str, LedgerLine],
    live_lines: Sequence[LedgerLine],
    gone_lines: Sequence[LedgerLine],
) -> Changes:
    """Compare the ledger before with the lines that a publication adds to it."""
    added, updated = [], []
    for line in live_lines:
        old = before.get(line.id)
        if old is None or old.state != line.state:
            added.append(line.id)
        elif old.updated != line.updated:
            updated.append(line.id)
    return Changes(tuple(added), tuple(updated), tuple(line.id for line in gone_lines))


def feed_updated(
    changed: Changes,
    feeds: Sequence[tuple[Feed, Sequence[Article]]],
    gone: Sequence[LedgerLine],
    documents: Sequence[tuple[Document, str, str]],
    now: datetime,
    *,
    counts_only: bool,
) -> dict[str, object] | None:
    """Return the event of a publication, or None when no feed's entries changed.

    `feeds` pairs each feed with the articles in it; `documents` are (document, address, hex
    sha256). `counts_only`: the first publication, and the one after an import.
    """
    told = []
    for feed, articles in feeds:
        inside = {article.id: article for article in articles}
        lists = {
            "added": [_entry(inside[each]) for each in changed.added if each in inside],
            "updated": [_entry(inside[each]) for each in changed.updated if each in inside],
            "removed": [_removed(line) for line in gone if feed.name in line.feeds],
        }
        if not any(lists.values()):
            continue
        entry: dict[str, object] = {
            "name": feed.name,
            "documents": [
                {"url": address, "media_type": document.media_type, "sha256": digest}
                for document, address, digest in documents
                if document.feed == feed.name
            ],
            "counts": {name: len(items) for name, items in lists.items()},
        }
        if not counts_only:
            entry["entries"] = lists
        told.append(entry)
    if not told:
        return None
    return {"type": "feed.updated", "data": {"timestamp": rfc3339(now), "feeds": told}}


def _entry(article: Article) -> dict[str, str]:
    return {
        "id": article.id,
        "url": article.permalink,
        "title": article.title,
        "published": rfc3339(article.published),
        "updated": rfc3339(article.updated),
    }


def _removed(line: LedgerLine) -> dict[str, str]:
    when = line.when or line.at
    return {"id": line.id, "url": line.url, "title": line.title, "when": rfc3339(when)}
