"""ledger -> select -> render -> gate: articles become feeds, feeds become documents.

The index knows the articles and what was rendered of them. An entry is rendered once for all feeds,
and linted once; one that the gate refuses is held and named, and the feeds are chosen again without
it. A feed that is made of the same as before keeps its documents.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from feedwright import select
from feedwright.config.schema import Config, FeedSpec
from feedwright.errors import GateError
from feedwright.ledger.feeds import resolve_feeds
from feedwright.ledger.values import Ledger
from feedwright.model import (
    Article,
    Document,
    Entry,
    Feed,
    FeedLine,
    Kept,
    Member,
    Problem,
    Severity,
    Streamed,
)
from feedwright.publish.gate import lint_document
from feedwright.render.opml import opml
from feedwright.render.page import FeedSummary, index_page, style_sheet
from feedwright.sources.files import Measurer
from feedwright.store.index.opening import Index
from feedwright.survey.documents import TOMBSTONE_LIFE, Chosen, Documents
from feedwright.survey.entries import Entries
from feedwright.survey.gather import Gathered
from feedwright.text.labels import label_key

NEWEST = 15


class Composition(NamedTuple):
    """All that should stand in `feeds/`."""

    documents: tuple[Document | Streamed, ...]
    kept: tuple[Kept, ...]
    """Documents that stand there already."""
    feeds: tuple[tuple[Feed, tuple[Member, ...]], ...]
    feed_lines: tuple[FeedLine, ...]
    """New ones, for the ledger."""
    held: Mapping[str, str]
    """Ids of articles that the gate refused, and why."""
    problems: tuple[Problem, ...]
    due: datetime | None
    """The next moment when time alone changes a document."""
    measured: tuple[str, ...]
    """Absolute paths of local files whose size went into a document."""
    names: Mapping[tuple[str, str], str]
    """Name of the feed of each feed spec and `label_key`."""
    entry: Callable[[Article], Entry | None]
    """The entry of any article, also of one that stands in no feed."""
    recipes: Mapping[str, bytes]
    """Of each document of a feed, by path: the digest of all that it is made of."""

    @property
    def all_documents(self) -> tuple[Document | Streamed | Kept, ...]:
        """Those that were made and those that are kept."""
        return (*self.documents, *self.kept)


def compose(
    config: Config,
    gathered: Gathered,
    index: Index,
    ledger: Ledger,
    now: datetime,
    root: str,
) -> Composition:
    """Choose, render and lint everything. The index knows all articles, and learns the entries.

    Raises GateError when the envelope of a feed is not valid.
    """
    entries = Entries(config, gathered, index, Measurer(root, config.content))
    chosen, lines = _choose(config, index, ledger, now)
    while entries.refuse(article for each in chosen for article in each.everything):
        index.articles.hold(entries.held)
        index.members.drop(entries.held)
        chosen, lines = _choose(config, index, ledger, now)
    entries.forget_others(article for each in chosen for article in each.everything)
    made = Documents(config, entries, index, now, os.path.join(root, "feeds"))
    for each in chosen:
        made.make(each)
    pages = _for_people(config, made.feeds, entries)
    _lint((*made.documents, *pages))
    return Composition(
        (*made.documents, *pages),
        tuple(made.kept),
        tuple(made.feeds),
        lines,
        entries.held,
        (*index.renderings.problems(), *entries.problems, *made.problems),
        _due(chosen, index, now),
        entries.measured(),
        {(each.spec.name, label_key(each.label)): each.name for each in chosen},
        entries.peek,
        made.recipes,
    )


def _choose(
    config: Config, index: Index, ledger: Ledger, now: datetime
) -> tuple[list[Chosen], tuple[FeedLine, ...]]:
    wanted = [
        (spec, label)
        for spec in config.feeds
        for label in (_labels(spec, index, now) if spec.per else ("",))
    ]
    placed = resolve_feeds(wanted, config.feeds, ledger, now, config.site.feeds_url)
    chosen = []
    for (spec, label), line in placed.places:
        members = _members(spec, label, index, now)
        newest = tuple(members[: spec.limit or None])
        chosen.append(Chosen(spec, label, line, newest, _pages(spec, members)))
    return chosen, placed.lines


def _labels(spec: FeedSpec, index: Index, now: datetime) -> Iterator[str]:
    """Yield the labels for which a `per` spec has articles, in a fixed order."""
    spellings: dict[str, list[tuple[str, int]]] = {}
    for key, label, number in index.members.labels(spec.name, select.oldest(spec, now)):
        spellings.setdefault(key, []).append((label, number))
    for key in sorted(spellings):
        yield select.spelling(spellings[key])


def _members(spec: FeedSpec, label: str, index: Index, now: datetime) -> list[Member]:
    """Return the articles of a feed, as many as it shows; with an archive all of them."""
    limit = 0 if spec.archive else spec.limit
    after = select.oldest(spec, now)
    if select.takes_all(spec):
        return index.members.of_all(after, limit)
    return index.members.of_label(spec.name, label_key(label) if spec.per else "", after, limit)


def _pages(spec: FeedSpec, members: Sequence[Member]) -> tuple[tuple[Member, ...], ...]:
    """Cut all articles of a feed into full pages, from the oldest on: they hardly ever change."""
    if not spec.archive or not spec.limit:
        return ()
    oldest_first = members[::-1]
    whole = len(members) // spec.limit if len(members) > spec.limit else 0
    return tuple(
        tuple(oldest_first[page * spec.limit : (page + 1) * spec.limit][::-1])
        for page in range(whole)
    )


def _due(chosen: Sequence[Chosen], index: Index, now: datetime) -> datetime | None:
    moments = [
        moment
        for each in chosen
        if each.spec.where.newer_than is not None
        for article in each.articles
        if (moment := select.next_leave(each.spec, article.published)) is not None
    ]
    removal = index.members.first_removal(now - TOMBSTONE_LIFE)
    if removal is not None:
        moments.append(removal + TOMBSTONE_LIFE)
    return min((moment for moment in moments if moment > now), default=None)


def _for_people(
    config: Config,
    feeds: Sequence[tuple[Feed, tuple[Member, ...]]],
    entries: Entries,
) -> list[Document]:
    summaries = [
        FeedSummary(feed, len(articles), _languages(config, articles)) for feed, articles in feeds
    ]
    shown = {each for _, articles in feeds for each in articles[:NEWEST]}
    newest = sorted(shown, key=lambda each: each.id)
    newest.sort(key=lambda each: each.published, reverse=True)
    page = index_page(config.site, summaries, [entries.entry(each) for each in newest[:NEWEST]])
    return [
        Document("index.html", "text/html", page),
        Document("opml.xml", "text/x-opml", opml(config.site, [feed for feed, _ in feeds])),
        Document("style.css", "text/css", style_sheet()),
    ]


def _languages(config: Config, articles: Sequence[Member]) -> tuple[str, ...]:
    counts = Counter(each.language or config.site.language for each in articles)
    return tuple(tag for tag, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _lint(documents: Sequence[Document | Streamed]) -> None:
    problems = [
        problem
        for document in documents
        for problem in lint_document(document)
        if problem.severity is Severity.ERROR
    ]
    if problems:
        raise GateError("\n".join(map(str, problems)))
