"""ledger -> select -> render -> gate: articles become feeds, feeds become documents.

An entry is rendered once for all feeds, and linted once. One that the gate refuses is held and
named; the feeds are then chosen again without it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from feedwright import select
from feedwright.config.schema import Config, FeedSpec
from feedwright.errors import GateError
from feedwright.gather import Gathered
from feedwright.ledger.feeds import resolve_feeds
from feedwright.ledger.lines import Ledger
from feedwright.model import (
    Article,
    Document,
    Entry,
    Feed,
    FeedLine,
    Fragment,
    LedgerLine,
    Person,
    Problem,
    Severity,
    State,
    Tombstone,
)
from feedwright.normalize.body import BodyTools, render_body
from feedwright.normalize.entry import entry_of
from feedwright.publish.gate import lint_document, lint_entry
from feedwright.render.formats import FORMATS
from feedwright.render.opml import opml
from feedwright.render.page import FeedSummary, index_page, style_sheet
from feedwright.sources.files import Measurer
from feedwright.text.languages import direction

TOMBSTONES = 20
TOMBSTONE_LIFE = timedelta(days=30)
NEWEST = 15


class Chosen(NamedTuple):
    """A feed and the articles that stand in it, the newest first."""

    spec: FeedSpec
    label: str
    line: FeedLine
    articles: tuple[Article, ...]

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
    bench = _Bench(config, gathered, articles, Measurer(root, config.content))
    ordered = sorted(articles, key=select.order_key)
    chosen, lines = _choose(config, ordered, ledger, now)
    while bench.refuse({article.id: article for each in chosen for article in each.articles}):
        ordered = [article for article in ordered if article.id not in bench.held]
        chosen, lines = _choose(config, ordered, ledger, now)
    documents: list[Document] = []
    feeds: list[tuple[Feed, tuple[Article, ...]]] = []
    for each in chosen:
        articles_in, full = bench.fit(each)
        feed = _feed(config, each, articles_in, gone, now)
        feeds.append((feed, articles_in))
        for name in each.spec.formats:
            fragments = [bench.fragment(a, name, full=a.id in full) for a in articles_in]
            documents.append(
                Document(
                    path=_join(each.line.path, FORMATS[name].file_name),
                    media_type=FORMATS[name].media_type,
                    data=FORMATS[name].document(feed, fragments),
                    feed=feed.name,
                )
            )
    documents += _for_people(config, feeds, ordered, bench)
    _lint(documents)
    return Composition(
        tuple(documents),
        tuple(feeds),
        lines,
        bench.held,
        tuple(bench.problems),
        _due(chosen, gone, now),
        bench.measurer.used,
    )


def feed_name(spec: FeedSpec, line: FeedLine) -> str:
    """Return the name of a feed as in events and titles: `main`, `category/sea`."""
    if not spec.per:
        return spec.name
    before, _, after = spec.path.partition("{slug}")
    slug = line.path.removeprefix(before)
    return f"{spec.name}/{slug.removesuffix(after) if after else slug}"


def _choose(
    config: Config, ordered: Sequence[Article], ledger: Ledger, now: datetime
) -> tuple[list[Chosen], tuple[FeedLine, ...]]:
    wanted = [
        (spec, label)
        for spec in config.feeds
        for label in (select.all_labels(spec, ordered, now) if spec.per else ("",))
    ]
    places, lines = resolve_feeds(wanted, config.feeds, ledger, now, config.site.feeds_url)
    chosen = [
        Chosen(spec, label, line, select.select(spec, label, ordered, now))
        for (spec, label), line in places
    ]
    return chosen, lines


class _Bench:
    """Renders entries, each once, and remembers what the gate said of them."""

    def __init__(
        self,
        config: Config,
        gathered: Gathered,
        articles: Sequence[Article],
        measurer: Measurer,
    ) -> None:
        self.config = config
        self.gathered = gathered
        self.measurer = measurer
        self.held: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._permalinks = {article.path: article.permalink for article in articles}
        self._entries: dict[str, Entry] = {}
        self._fragments: dict[tuple[str, str, bool], Fragment] = {}

    def refuse(self, articles: Mapping[str, Article]) -> bool:
        """Render and lint what is not yet; return whether any article had to be held."""
        before = len(self.held)
        for article in articles.values():
            if article.id in self._entries or article.id in self.held:
                continue
            entry = self._entry(article)
            if entry is not None:
                self._entries[article.id] = entry
                self._lint(article)
        return len(self.held) > before

    def entry(self, article: Article) -> Entry:
        return self._entries[article.id]

    def fragment(self, article: Article, name: str, *, full: bool) -> Fragment:
        key = (article.id, name, full)
        found = self._fragments.get(key)
        if found is None:
            found = FORMATS[name].entry(self._entries[article.id], full)
            self._fragments[key] = found
        return found

    def fit(self, chosen: Chosen) -> tuple[tuple[Article, ...], frozenset[str]]:
        """Return the articles that fit `max_bytes`, and the ids of those shown in full.

        Too much is first reduced to summaries, the oldest first; then the oldest are dropped.
        """
        spec = chosen.spec
        articles = list(chosen.articles)
        full = {article.id for article in articles} if spec.content == "full" else set()
        if not spec.max_bytes:
            return tuple(articles), frozenset(full)
        sizes = {article.id: self._size(article, spec, full=bool(full)) for article in articles}
        total = sum(sizes.values())
        for article in reversed(articles):
            if total <= spec.max_bytes:
                break
            if article.id in full:
                short = self._size(article, spec, full=False)
                if short < sizes[article.id]:
                    full.discard(article.id)
                    total -= sizes[article.id] - short
                    sizes[article.id] = short
        while total > spec.max_bytes and len(articles) > 1:
            total -= sizes[articles.pop().id]
        self._notice(chosen, len(full), len(articles))
        return tuple(articles), frozenset(full)

    def _notice(self, chosen: Chosen, full: int, shown: int) -> None:
        wanted = len(chosen.articles)
        if shown < wanted:
            what = f"only {shown} of {wanted} entries fit into {chosen.spec.max_bytes} bytes"
        elif chosen.spec.content == "full" and full < wanted:
            what = (
                f"{wanted - full} of {wanted} entries are shown by their summaries, to fit into "
                f"{chosen.spec.max_bytes} bytes"
            )
        else:
            return
        self.problems.append(
            Problem(
                Severity.WARNING,
                "feed-cut",
                "config.yaml",
                0,
                f"feeds: {chosen.name}",
                what,
                "raise max_bytes, lower limit, or set content: summary",
            )
        )

    def _size(self, article: Article, spec: FeedSpec, *, full: bool) -> int:
        return max(len(self.fragment(article, name, full=full).data) for name in spec.formats)

    def _entry(self, article: Article) -> Entry | None:
        raw = self.gathered.library.raw(article.candidate)
        if raw is None:
            self._hold(article, "its file vanished during the build")
            return None
        tools = BodyTools(self._permalinks.get)
        body = render_body(raw, article.candidate, article.permalink, tools)
        entry, problems = entry_of(article, body, self.gathered.rules, self.measurer.measure)
        self.problems += problems
        return entry

    def _lint(self, article: Article) -> None:
        for name in {name for spec in self.config.feeds for name in spec.formats}:
            fragment = self.fragment(article, name, full=True)
            for problem in lint_entry(name, fragment, article.path):
                self.problems.append(problem)
                if problem.severity is Severity.ERROR:
                    self._hold(article, problem.what)

    def _hold(self, article: Article, why: str) -> None:
        self.held.setdefault(article.id, why)


def _feed(
    config: Config,
    chosen: Chosen,
    articles: Sequence[Article],
    gone: Collection[LedgerLine],
    now: datetime,
) -> Feed:
    spec, site = chosen.spec, config.site
    label = chosen.label
    language = spec.language or (label if spec.per == "language" else "") or site.language
    default = f"{site.title}: {label}" if spec.per else _title_of(config, spec)
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
        home=spec.home.replace("{label}", label) or site.url,
        base=site.feeds_url + (chosen.line.path + "/" if chosen.line.path else ""),
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


def _due(
    chosen: Sequence[Chosen], gone: Collection[LedgerLine], now: datetime
) -> datetime | None:
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
    bench: _Bench,
) -> list[Document]:
    summaries = [FeedSummary(feed, len(articles)) for feed, articles in feeds]
    newest = []
    shown = {article.id for _, articles in feeds for article in articles}
    for article in ordered:
        if article.id in shown and article.state is State.LIVE:
            newest.append(bench.entry(article))
            if len(newest) == NEWEST:
                break
    return [
        Document("index.html", "text/html", index_page(config.site, summaries, newest)),
        Document("opml.xml", "text/x-opml", opml(config.site, [feed for feed, _ in feeds])),
        Document("style.css", "text/css", style_sheet()),
    ]


def _lint(documents: Sequence[Document]) -> None:
    problems = [
        problem
        for document in documents
        for problem in lint_document(document)
        if problem.severity is Severity.ERROR
    ]
    if problems:
        raise GateError("\n".join(map(str, problems)))


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
