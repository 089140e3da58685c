"""ledger -> select -> render -> gate: articles become feeds, feeds become documents.

An entry is rendered once for all feeds, and linted once. One that the gate refuses is held and
named; the feeds are then chosen again without it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote

from feedwright import select
from feedwright.config.schema import Config, FeedSpec
from feedwright.entries import Entries
from feedwright.errors import GateError
from feedwright.gather import Gathered
from feedwright.ledger.feeds import feed_name, resolve_feeds
from feedwright.ledger.values import Ledger
from feedwright.model import (
    Archive,
    Article,
    Document,
    Entry,
    Feed,
    FeedLine,
    LedgerLine,
    Person,
    Problem,
    Severity,
    Tombstone,
)
from feedwright.publish.gate import lint_document
from feedwright.render.formats import FORMATS
from feedwright.render.opml import opml
from feedwright.render.page import FeedSummary, index_page, style_sheet
from feedwright.sources.files import Measurer
from feedwright.text.labels import label_key
from feedwright.text.languages import direction
from feedwright.text.urls import encode

TOMBSTONES = 20
TOMBSTONE_LIFE = timedelta(days=30)
NEWEST = 15


class Chosen(NamedTuple):
    """A feed and the articles that stand in it, the newest first."""

    spec: FeedSpec
    label: str
    line: FeedLine
    articles: tuple[Article, ...]
    pages: tuple[tuple[Article, ...], ...]
    """Of its archive documents (RFC 5005), the oldest page first; empty without `archive`."""

    @property
    def name(self) -> str:
        """`main`, of a `per` feed `category/sea`."""
        return feed_name(self.spec, self.line)


class Composition(NamedTuple):
    """All that should stand in `feeds/`."""

    documents: tuple[Document, ...]
    feeds: tuple[tuple[Feed, tuple[Article, ...]], ...]
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


def compose(
    config: Config,
    gathered: Gathered,
    articles: Sequence[Article],
    ledger: Ledger,
    gone: Collection[LedgerLine],
    now: datetime,
    root: str,
) -> Composition:
    """Choose, render and lint everything. `gone` are all gone lines, old and new.

    Raises GateError when the envelope of a feed is not valid.
    """
    entries = Entries(config, gathered, articles, Measurer(root, config.content))
    ordered = sorted(articles, key=select.order_key)
    chosen, lines = _choose(config, ordered, ledger, now)
    while entries.refuse(article for each in chosen for article in _all_of(each)):
        ordered = [article for article in ordered if article.id not in entries.held]
        chosen, lines = _choose(config, ordered, ledger, now)
    documents: list[Document] = []
    feeds: list[tuple[Feed, tuple[Article, ...]]] = []
    for each in chosen:
        feed = _feed(config, each, each.articles, gone, now)
        shown, full = entries.fit(feed, each.spec, each.articles)
        if len(shown) < len(each.articles):
            feed = _feed(config, each, shown, gone, now)
        feeds.append((feed, shown))
        documents += _documents(entries, feed, shown, full)
        documents += _archive(entries, feed, each)
    documents += _for_people(config, feeds, ordered, entries)
    _lint(documents)
    return Composition(
        tuple(documents),
        tuple(feeds),
        lines,
        entries.held,
        tuple(entries.problems),
        _due(chosen, gone, now),
        tuple(sorted(entries.measurer.used)),
        {(each.spec.name, label_key(each.label)): each.name for each in chosen},
        entries.peek,
    )


def _choose(
    config: Config, ordered: Sequence[Article], ledger: Ledger, now: datetime
) -> tuple[list[Chosen], tuple[FeedLine, ...]]:
    site = config.site
    wanted = [
        (spec, label)
        for spec in config.feeds
        for label in (select.all_labels(spec, ordered, now, site) if spec.per else ("",))
    ]
    placed = resolve_feeds(wanted, config.feeds, ledger, now, site.feeds_url)
    by_label = {spec.name: select.by_label(spec, ordered, now, site) for spec in config.feeds}
    chosen = []
    for (spec, label), line in placed.places:
        members = by_label[spec.name].get(label_key(label), ())
        newest = tuple(members[: spec.limit or None])
        chosen.append(Chosen(spec, label, line, newest, _pages(spec, members)))
    return chosen, placed.lines


def _pages(spec: FeedSpec, members: Sequence[Article]) -> tuple[tuple[Article, ...], ...]:
    """Cut all articles of a feed into full pages, from the oldest on: they hardly ever change."""
    if not spec.archive or not spec.limit:
        return ()
    oldest_first = members[::-1]
    whole = len(members) // spec.limit if len(members) > spec.limit else 0
    return tuple(
        tuple(oldest_first[page * spec.limit : (page + 1) * spec.limit][::-1])
        for page in range(whole)
    )


def _all_of(chosen: Chosen) -> Iterator[Article]:
    yield from chosen.articles
    for page in chosen.pages:
        yield from page


def _documents(
    entries: Entries, feed: Feed, articles: Sequence[Article], full: Collection[str]
) -> Iterator[Document]:
    for name in feed.formats:
        form = FORMATS[name]
        fragments = [entries.fragment(each, name, full=each.id in full) for each in articles]
        data = form.document(feed, fragments)
        yield Document(form.path(feed), form.media_type, data, feed.name)


def _archive(entries: Entries, feed: Feed, chosen: Chosen) -> Iterator[Document]:
    last = len(chosen.pages)
    for number, articles in enumerate(chosen.pages, 1):
        page = feed._replace(
            updated=max(article.updated for article in articles),
            tombstones=(),
            archive=Archive(
                previous=number - 1 if number > 1 else None,
                next=number + 1 if number < last else None,
                number=number,
            ),
        )
        full = {each.id for each in articles} if chosen.spec.content == "full" else set()
        yield from _documents(entries, page, articles, full)


def _feed(
    config: Config,
    chosen: Chosen,
    articles: Sequence[Article],
    gone: Collection[LedgerLine],
    now: datetime,
) -> Feed:
    spec, site, label = chosen.spec, config.site, chosen.line.label
    language = spec.language or (label if spec.per == "language" else "") or site.language
    default = f"{site.title}: {label}" if spec.per else _title_of(config, spec)
    slug = chosen.name.removeprefix(spec.name + "/")
    home = spec.home.replace("{slug}", slug).replace("{label}", quote(label, safe=""))
    removed = [line for line in gone if chosen.name in line.feeds and line.when is not None]
    moments = [article.updated for article in articles]
    moments += [line.when for line in removed if line.when is not None]
    author = site.author
    return Feed(
        name=chosen.name,
        path=chosen.line.path,
        id=chosen.line.id,
        title=spec.title.replace("{label}", label) or default,
        description=spec.description.replace("{label}", label) or site.description or site.title,
        language=language,
        direction=direction(language),
        home=encode(home) or site.url,
        base=encode(site.feeds_url + (chosen.line.path + "/" if chosen.line.path else "")),
        formats=spec.formats,
        updated=max(moments, default=chosen.line.first),
        author=Person(
            author.name,
            author.email if site.publish_emails else "",
            author.url,
        )
        if author
        else Person(site.title),
        rights=site.rights,
        icon=site.icon,
        logo=site.logo,
        hubs=tuple(hub.url for hub in config.notify.websub.hubs),
        style=site.feeds_url + "style.css",
        tombstones=_tombstones(removed, now),
        podcast=spec.podcast,
        archive=Archive(len(chosen.pages), None, None) if chosen.pages else None,
    )


def _title_of(config: Config, spec: FeedSpec) -> str:
    if len([each for each in config.feeds if not each.per]) == 1 or not spec.path:
        return config.site.title
    return f"{config.site.title}: {spec.name}"


def _tombstones(removed: Sequence[LedgerLine], now: datetime) -> tuple[Tombstone, ...]:
    fresh = [
        Tombstone(line.id, line.when)
        for line in removed
        if line.when is not None and line.when > now - TOMBSTONE_LIFE
    ]
    fresh.sort(key=lambda each: (-each.when.timestamp(), each.id))
    return tuple(fresh[:TOMBSTONES])


def _due(chosen: Sequence[Chosen], gone: Collection[LedgerLine], now: datetime) -> datetime | None:
    moments = [
        moment
        for each in chosen
        for article in each.articles
        if (moment := select.next_leave(each.spec, article)) is not None
    ]
    moments += [line.when + TOMBSTONE_LIFE for line in gone if line.when is not None]
    return min((moment for moment in moments if moment > now), default=None)


def _for_people(
    config: Config,
    feeds: Sequence[tuple[Feed, tuple[Article, ...]]],
    ordered: Sequence[Article],
    entries: Entries,
) -> list[Document]:
    summaries = [
        FeedSummary(feed, len(articles), _languages(config, articles)) for feed, articles in feeds
    ]
    newest = []
    shown = {article.id for _, articles in feeds for article in articles}
    for article in ordered:
        if article.id in shown:
            newest.append(entries.entry(article))
            if len(newest) == NEWEST:
                break
    return [
        Document("index.html", "text/html", index_page(config.site, summaries, newest)),
        Document("opml.xml", "text/x-opml", opml(config.site, [feed for feed, _ in feeds])),
        Document("style.css", "text/css", style_sheet()),
    ]


def _languages(config: Config, articles: Sequence[Article]) -> tuple[str, ...]:
    counts = Counter(each.candidate.language or config.site.language for each in articles)
    return tuple(tag for tag, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _lint(documents: Sequence[Document]) -> None:
    problems = [
        problem
        for document in documents
        for problem in lint_document(document)
        if problem.severity is Severity.ERROR
    ]
    if problems:
        raise GateError("\n".join(map(str, problems)))
