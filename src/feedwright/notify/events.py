"""Events: what a publication changed, as facts. Pure.

What is announced is the difference of the ledger before and after, never the absence of a record.
`feed.updated` speaks of feeds and of the entries that stand in them; `entry.*` speak of the site,
not of a feed's window.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedwright.model import (
    Article,
    Document,
    Entry,
    Feed,
    Kept,
    LedgerLine,
    Member,
    Person,
    Streamed,
)
from feedwright.text.characters import shorten
from feedwright.text.dates import rfc3339

FEED_UPDATED = "feed.updated"
ENTRY_PUBLISHED = "entry.published"
ENTRY_UPDATED = "entry.updated"
ENTRY_REMOVED = "entry.removed"
TEST = "webhook.test"

LISTED = 50
"""So many entries stand in each list of a message; the counts tell of the others."""
LONGEST_TITLE = 500
LONGEST_SUMMARY = 2_000
MOST_LABELS = 50

Facts = dict[str, object]
"""A part of a payload: what JSON can hold. docs/notification.md has the form."""


class Changes(NamedTuple):
    """What a publication changed on the site, by id."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to announce."""
        return bool(self.added or self.updated or self.removed)


class FeedChange(NamedTuple):
    """What changed in one feed."""

    name: str
    facts: Facts
    """As it stands in `data.feeds`."""
    topics: tuple[str, ...]
    """Addresses of its documents: what hubs are told."""


class EntryChange(NamedTuple):
    """One article that was published, updated or removed."""

    type: str
    id: str
    facts: Facts
    """As it stands in `data.entry`."""
    feeds: tuple[str, ...] | None
    """Feeds to which it belongs; None when that is not on record any more."""


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


def feed_changes(
    changed: Changes,
    feeds: Sequence[tuple[Feed, Sequence[Member]]],
    articles: Mapping[str, Article],
    gone: Sequence[LedgerLine],
    documents: Sequence[tuple[Document | Streamed | Kept, str]],
    *,
    counts_only: bool,
) -> tuple[FeedChange, ...]:
    """Return what changed in each feed; a feed none of whose entries changed is not among them.

    `feeds` pairs each feed with what stands in it; `articles` has by id what changed; `documents`
    are (document, address). `counts_only`: the first publication, and the one after an import.
    """
    if not changed.any:
        return ()
    by_feed: dict[str, list[Facts]] = {}
    for document, address in documents:
        facts: Facts = {
            "url": address,
            "media_type": document.media_type,
            "sha256": document.sha256,
        }
        by_feed.setdefault(document.feed, []).append(facts)
    added, updated = frozenset(changed.added), frozenset(changed.updated)
    found = []
    for feed, members in feeds:
        lists = (
            [articles[each.id] for each in members if each.id in added],
            [articles[each.id] for each in members if each.id in updated],
            [line for line in gone if feed.name in line.feeds],
        )
        if any(lists):
            shown = by_feed.get(feed.name, [])
            facts = _feed(feed.name, shown, *lists, counts_only=counts_only)
            topics = tuple(str(each["url"]) for each in shown)
            found.append(FeedChange(feed.name, facts, topics))
    return tuple(found)


def _feed(
    name: str,
    documents: list[Facts],
    added: Sequence[Article],
    updated: Sequence[Article],
    removed: Sequence[LedgerLine],
    *,
    counts_only: bool,
) -> Facts:
    counts = {"added": len(added), "updated": len(updated), "removed": len(removed)}
    facts: Facts = {"name": name, "documents": documents, "counts": counts}
    if not counts_only:
        facts["entries"] = {
            "added": [_listed(article) for article in added[:LISTED]],
            "updated": [_listed(article) for article in updated[:LISTED]],
            "removed": [_removed(line) for line in removed[:LISTED]],
        }
        if max(counts.values()) > LISTED:
            facts["truncated"] = True
    return facts


def entry_changes(
    changed: Changes,
    articles: Sequence[Article],
    gone: Sequence[LedgerLine],
    entry_of: Callable[[Article], Entry | None],
    feeds_of: Callable[[Article], tuple[str, ...]],
    wanted: Collection[str],
) -> Iterator[EntryChange]:
    """Return one change for each article and each event type that is wanted.

    `entry_of` gives None for an article that cannot be shown; it is then told by its own words.
    """
    types = dict.fromkeys(changed.added, ENTRY_PUBLISHED)
    types |= dict.fromkeys(changed.updated, ENTRY_UPDATED)
    if ENTRY_PUBLISHED in wanted or ENTRY_UPDATED in wanted:
        for article in articles:
            kind = types.get(article.id, "")
            if kind in wanted:
                feeds = feeds_of(article)
                facts = _published(article, entry_of(article), feeds)
                yield EntryChange(kind, article.id, facts, feeds)
    if ENTRY_REMOVED in wanted:
        for line in gone:
            yield EntryChange(ENTRY_REMOVED, line.id, _removed(line), line.feeds or None)


# ---------------------------------------------------------------- facts of entries


def _listed(article: Article) -> Facts:
    return {
        "id": article.id,
        "url": article.permalink,
        "title": shorten(article.title, LONGEST_TITLE),
        "published": rfc3339(article.published),
        "updated": rfc3339(article.updated),
    }


def _removed(line: LedgerLine) -> Facts:
    return {
        "id": line.id,
        "url": line.url,
        "title": shorten(line.title, LONGEST_TITLE),
        "when": rfc3339(line.when or line.at),
    }


def _published(article: Article, entry: Entry | None, feeds: Sequence[str]) -> Facts:
    candidate = article.candidate
    summary = entry.summary if entry else candidate.summary
    authors = entry.authors if entry else ()
    return {
        "id": article.id,
        "url": article.permalink,
        "title": shorten(article.title, LONGEST_TITLE),
        "summary": shorten(summary, LONGEST_SUMMARY),
        "published": rfc3339(article.published),
        "updated": rfc3339(article.updated),
        "authors": [_person(each) for each in authors[:MOST_LABELS]],
        "categories": _labels(candidate.categories),
        "tags": _labels(candidate.tags),
        "feeds": list(feeds[:MOST_LABELS]),
    }


def _person(person: Person) -> Facts:
    given = {"name": shorten(person.name, 200), "email": person.email, "url": person.url}
    return {name: value for name, value in given.items() if value}


def _labels(labels: Sequence[str]) -> list[str]:
    return [shorten(each, 100) for each in labels[:MOST_LABELS]]
