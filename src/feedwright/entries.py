"""Where articles become entries, and entries bytes: each once for all feeds, linted once.

An entry that the gate refuses, or whose file vanished, is held and named.
"""

from collections.abc import Iterable, Mapping, Sequence

from feedwright.config.schema import Config, FeedSpec
from feedwright.gather import Gathered
from feedwright.model import Article, Entry, Feed, Fragment, Problem, Severity
from feedwright.normalize.body import BodyTools, render_body
from feedwright.normalize.entry import entry_of
from feedwright.normalize.links import names_of
from feedwright.publish.gate import lint_entry
from feedwright.render.formats import FORMATS
from feedwright.sources.files import Measurer


class Entries:
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
        used = {name for spec in config.feeds for name in spec.formats}
        self._formats = [name for name in FORMATS if name in used]
        self._permalinks = {article.path: article.permalink for article in articles}
        self._names: Mapping[str, str] | None = None
        self._entries: dict[str, Entry] = {}
        self._fragments: dict[tuple[str, str, bool], Fragment] = {}

    def refuse(self, articles: Iterable[Article]) -> bool:
        """Render and lint what is not yet; return whether any article had to be held."""
        before = len(self.held)
        for article in articles:
            if article.id in self._entries or article.id in self.held:
                continue
            entry = self._render(article)
            if entry is not None:
                self._entries[article.id] = entry
                self._lint(article)
        return len(self.held) > before

    def entry(self, article: Article) -> Entry:
        """Return the entry of an article that was not refused."""
        return self._entries[article.id]

    def peek(self, article: Article) -> Entry | None:
        """Return the entry of any article, also of one that stands in no feed, without linting it.

        None when its file changed or vanished during the build.
        """
        known = self._entries.get(article.id)
        if known is None:
            made = self._make(article)
            return made[0] if made is not None else None
        return known

    def fragment(self, article: Article, format_name: str, *, full: bool) -> Fragment:
        """Return the bytes of an entry in one format."""
        key = (article.id, format_name, full)
        found = self._fragments.get(key)
        if found is None:
            found = FORMATS[format_name].entry(self._entries[article.id], full)
            self._fragments[key] = found
        return found

    def fit(
        self, feed: Feed, spec: FeedSpec, chosen: Sequence[Article]
    ) -> tuple[tuple[Article, ...], frozenset[str]]:
        """Return the articles that fit `max_bytes`, and the ids of those shown in full.

        `feed` is what stands around them. Too much is first reduced to summaries: what takes half
        of the room by itself, so that it costs no other entry its text, then the oldest. Then the
        oldest are dropped.
        """
        articles = list(chosen)
        full = {article.id for article in articles} if spec.content == "full" else set()
        if not spec.max_bytes:
            return tuple(articles), frozenset(full)
        sizes = {article.id: self._size(article, spec, full=bool(full)) for article in articles}
        total = self._around(feed, articles) + sum(sizes.values())
        oldest_first = articles[::-1]
        for article in sorted(oldest_first, key=lambda e: 2 * sizes[e.id] <= spec.max_bytes):
            if total <= spec.max_bytes:
                break
            if article.id in full:
                short = self._size(article, spec, full=False)
                full.discard(article.id)
                total -= sizes[article.id] - short
                sizes[article.id] = short
        while total > spec.max_bytes and len(articles) > 1:
            total -= sizes[articles.pop().id]
        self._notice(feed.name, spec, len(chosen), len(articles), len(full))
        return tuple(articles), frozenset(full)

    def _notice(self, name: str, spec: FeedSpec, wanted: int, shown: int, full: int) -> None:
        if shown < wanted:
            what = f"only {shown} of {wanted} entries fit into {spec.max_bytes} bytes"
        elif spec.content == "full" and full < wanted:
            what = (
                f"{wanted - full} of {wanted} entries are shown by their summaries, to fit into "
                f"{spec.max_bytes} bytes"
            )
        else:
            return
        cure = "raise max_bytes, lower limit, or set content: summary"
        field = f"feeds: {name}"
        self.problems.append(
            Problem(Severity.WARNING, "feed-cut", "config.yaml", 0, field, what, cure)
        )

    def _around(self, feed: Feed, articles: Sequence[Article]) -> int:
        """Return the bytes of the longest envelope, with the prefixes that these articles need."""
        longest = 0
        for name in feed.formats:
            fragments = [self.fragment(article, name, full=True) for article in articles]
            prefixes = frozenset[str]().union(*(each.prefixes for each in fragments))
            frame = FORMATS[name].frame(feed, prefixes)
            longest = max(longest, len(frame.head) + len(frame.tail))
        return longest

    def _size(self, article: Article, spec: FeedSpec, *, full: bool) -> int:
        """Return the bytes of an entry, and of what joins it to the next, where it is longest."""
        return 1 + max(len(self.fragment(article, name, full=full).data) for name in spec.formats)

    def _render(self, article: Article) -> Entry | None:
        made = self._make(article)
        if made is None:
            self._hold(article, "its file changed or vanished during the build")
            return None
        self.problems += made[1]
        return made[0]

    def _make(self, article: Article) -> tuple[Entry, tuple[Problem, ...]] | None:
        raw = self.gathered.library.raw(article.candidate)
        if raw is None:
            return None
        site = self.config.site
        tools = BodyTools(self._permalinks.get, site.url, self._permalink_of_name, site.title)
        body = render_body(raw, article.candidate, article.permalink, tools)
        return entry_of(article, body, self.gathered.rules, self.measurer.measure)

    def _permalink_of_name(self, name: str) -> str | None:
        if self._names is None:  # most sites never ask
            self._names = names_of(self._permalinks)
        return self._names.get(name)

    def _lint(self, article: Article) -> None:
        told: set[str] = set()
        for name in self._formats:
            fragment = self.fragment(article, name, full=True)
            for problem in lint_entry(name, fragment, article.path):
                if problem.severity is Severity.ERROR:
                    self._hold(article, problem.what)
                if problem.name not in told:  # once for the article, not for every format
                    told.add(problem.name)
                    self.problems.append(_placed(problem, article))

    def _hold(self, article: Article, why: str) -> None:
        self.held.setdefault(article.id, why)


_WIRE_WORDS = {
    "guid": "id",
    "link": "permalink",
    "url": "permalink",
    "pubdate": "published",
    "date_published": "published",
    "date_modified": "updated",
    "creator": "authors",
    "author": "authors",
    "category": "tags",
    "description": "summary",
    "enclosure": "enclosures",
    "attachments": "enclosures",
}
"""Words of the formats, to the canonical fields that people wrote."""


def _placed(problem: Problem, article: Article) -> Problem:
    """Give a problem of the gate the line of the field that it speaks of."""
    words = {word.rpartition(":")[2].lower() for word in problem.field.split()}
    fields = words | {_WIRE_WORDS[word] for word in words & _WIRE_WORDS.keys()}
    for origin in article.candidate.origins:
        if origin.line and origin.field in fields:
            return problem._replace(line=origin.line)
    return problem
