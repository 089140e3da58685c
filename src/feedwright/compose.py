"""ledger -> select -> render -> gate: articles become feeds, feeds become documents.

The index knows the articles and what was rendered of them. An entry is rendered once for all feeds,
and linted once; one that the gate refuses is held and named, and the feeds are chosen again without
it. A feed that is made of the same as before keeps its documents.
"""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b, sha256
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
    Fragment,
    Kept,
    Member,
    Person,
    Problem,
    Severity,
    Streamed,
)
from feedwright.publish.gate import lint_document, lint_streamed
from feedwright.render.formats import FORMATS
from feedwright.render.opml import opml
from feedwright.render.page import FeedSummary, index_page, style_sheet
from feedwright.sources.files import Measurer
from feedwright.store.index.opening import Index
from feedwright.store.index.renderings import DocumentRow, FeedRow
from feedwright.text.labels import label_key
from feedwright.text.languages import direction
from feedwright.text.urls import encode

TOMBSTONES = 20
TOMBSTONE_LIFE = timedelta(days=30)
NEWEST = 15
MANY = 1_000
"""A feed of more entries is streamed: never are all of them in memory."""


class Chosen(NamedTuple):
    """A feed and the articles that stand in it, the newest first."""

    spec: FeedSpec
    label: str
    line: FeedLine
    articles: tuple[Member, ...]
    pages: tuple[tuple[Member, ...], ...]
    """Of its archive documents (RFC 5005), the oldest page first; empty without `archive`."""

    @property
    def name(self) -> str:
        """`main`, of a `per` feed `category/sea`."""
        return feed_name(self.spec, self.line)


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
    while entries.refuse(article for each in chosen for article in _all_of(each)):
        index.articles.hold(entries.held)
        index.members.drop(entries.held)
        chosen, lines = _choose(config, index, ledger, now)
    entries.forget_others(article for each in chosen for article in _all_of(each))
    kitchen = _Kitchen(config, entries, index, now, os.path.join(root, "feeds"))
    for each in chosen:
        kitchen.make(each)
    pages = _for_people(config, kitchen.feeds, entries)
    _lint((*kitchen.documents, *pages))
    return Composition(
        (*kitchen.documents, *pages),
        tuple(kitchen.kept),
        tuple(kitchen.feeds),
        lines,
        entries.held,
        (*index.renderings.problems(), *entries.problems, *kitchen.problems),
        _due(chosen, index, now),
        entries.measured(),
        {(each.spec.name, label_key(each.label)): each.name for each in chosen},
        entries.peek,
        kitchen.recipes,
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


def _all_of(chosen: Chosen) -> Iterator[Member]:
    yield from chosen.articles
    for page in chosen.pages:
        yield from page


class _Kitchen:
    """Makes the documents of feeds, or keeps those that are made of the same."""

    def __init__(
        self, config: Config, entries: Entries, index: Index, now: datetime, folder: str
    ) -> None:
        self._config = config
        self._entries = entries
        self._index = index
        self._now = now
        self._folder = folder
        self._published = index.renderings.documents()
        self.documents: list[Document | Streamed] = []
        self.kept: list[Kept] = []
        self.feeds: list[tuple[Feed, tuple[Member, ...]]] = []
        self.problems: list[Problem] = []
        self.recipes: dict[str, bytes] = {}

    def make(self, chosen: Chosen) -> None:
        """Make the documents of a feed."""
        feed = _feed(self._config, chosen, chosen.articles, self._index, self._now)
        recipe = self._recipe(feed, chosen)
        known = self._index.renderings.feed(feed.name)
        kept = self._kept(feed, chosen, recipe)
        if known is not None and known.recipe == recipe and kept:
            shown = chosen.articles[: known.shown]
            self.kept += kept
            self.problems += known.problems
            feed = self._shown(feed, chosen, shown)
        else:
            shown, full, problems = self._entries.fit(feed, chosen.spec, chosen.articles)
            self.problems += problems
            feed = self._shown(feed, chosen, shown)
            made = (*self._made(feed, shown, full), *self._archive(feed, chosen))
            self.documents += made
            self._index.renderings.put_feed(feed.name, FeedRow(recipe, len(shown), problems))
            self.recipes |= {document.path: recipe for document in made}
        self.feeds.append((feed, shown))

    def _recipe(self, feed: Feed, chosen: Chosen) -> bytes:
        """Return a digest of all that the documents of a feed are made of."""
        digest = blake2b(repr((feed, chosen.spec)).encode("utf-8", "surrogatepass"), digest_size=16)
        for article in _all_of(chosen):
            digest.update(self._entries.digests[article.id])
        digest.update(repr([len(page) for page in chosen.pages]).encode())
        return digest.digest()

    def _kept(self, feed: Feed, chosen: Chosen, recipe: bytes) -> list[Kept]:
        """Return the documents of a feed if all stand there as they were published."""
        kept = []
        for each in (feed, *(page for page, _ in self._archive_feeds(feed, chosen))):
            for name in feed.formats:
                form = FORMATS[name]
                path = form.path(each)
                row = self._published.get(path)
                if row is None or row.recipe != recipe or row.stat != self._stat(path):
                    return []
                kept.append(Kept(path, form.media_type, row.sha256, feed.name))
        return kept

    def _stat(self, path: str) -> str:
        return document_stat(os.path.join(self._folder, path))

    def _shown(self, feed: Feed, chosen: Chosen, shown: Sequence[Member]) -> Feed:
        if len(shown) == len(chosen.articles):
            return feed
        return _feed(self._config, chosen, shown, self._index, self._now)

    def _made(
        self, feed: Feed, articles: Sequence[Member], full: Collection[str]
    ) -> Iterator[Document | Streamed]:
        for name in feed.formats:
            if len(articles) > MANY:
                yield self._streamed(feed, name, articles, full)
                continue
            form = FORMATS[name]
            fragments = [
                self._entries.fragment(each, name, full=each.id in full) for each in articles
            ]
            data = form.document(feed, fragments)
            yield Document(form.path(feed), form.media_type, data, feed.name)

    def _streamed(
        self, feed: Feed, name: str, articles: Sequence[Member], full: Collection[str]
    ) -> Streamed:
        """Make a document that is never whole in memory."""
        form = FORMATS[name]

        def fragments() -> Iterator[Fragment]:
            for each in articles:
                yield self._entries.fragment(each, name, full=each.id in full)

        prefixes = frozenset[str]().union(*{each.prefixes for each in fragments()})
        frame = form.frame(feed, prefixes)
        digest = sha256()
        for piece in frame.stream(fragments()):
            digest.update(piece)
        return Streamed(
            form.path(feed),
            form.media_type,
            digest.hexdigest(),
            lambda: frame.stream(fragments()),
            frame.join(()),
            feed.name,
        )

    def _archive(self, feed: Feed, chosen: Chosen) -> Iterator[Document | Streamed]:
        for page, articles in self._archive_feeds(feed, chosen):
            whole = chosen.spec.content == "full"
            full = {each.id for each in articles} if whole else set[str]()
            yield from self._made(page, articles, full)

    def _archive_feeds(
        self, feed: Feed, chosen: Chosen
    ) -> Iterator[tuple[Feed, tuple[Member, ...]]]:
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
            yield page, articles


def document_stat(path: str) -> str:
    """Return what changes when somebody else writes a document; empty when it is not there."""
    try:
        seen = os.stat(path)
    except OSError:
        return ""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"


def published_rows(found: Composition, folder: str) -> list[DocumentRow]:
    """Return what the index keeps of the documents of feeds, once they lie in `folder`."""
    return [
        DocumentRow(
            each.path,
            found.recipes[each.path],
            each.sha256,
            document_stat(os.path.join(folder, each.path)),
        )
        for each in found.documents
        if each.path in found.recipes
    ]


def _feed(
    config: Config,
    chosen: Chosen,
    articles: Sequence[Member],
    index: Index,
    now: datetime,
) -> Feed:
    spec, site, label = chosen.spec, config.site, chosen.line.label
    language = spec.language or (label if spec.per == "language" else "") or site.language
    default = f"{site.title}: {label}" if spec.per else _title_of(config, spec)
    slug = chosen.name.removeprefix(spec.name + "/")
    home = spec.home.replace("{slug}", slug).replace("{label}", quote(label, safe=""))
    moments = [article.updated for article in articles]
    removal = index.members.last_removal(chosen.name)
    if removal is not None:
        moments.append(removal)
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
        tombstones=index.members.tombstones(chosen.name, now - TOMBSTONE_LIFE, TOMBSTONES),
        podcast=spec.podcast,
        archive=Archive(len(chosen.pages), None, None) if chosen.pages else None,
    )


def _title_of(config: Config, spec: FeedSpec) -> str:
    if len([each for each in config.feeds if not each.per]) == 1 or not spec.path:
        return config.site.title
    return f"{config.site.title}: {spec.name}"


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
        for problem in (
            lint_streamed(document) if isinstance(document, Streamed) else lint_document(document)
        )
        if problem.severity is Severity.ERROR
    ]
    if problems:
        raise GateError("\n".join(map(str, problems)))
