"""Where articles become entries, and entries bytes: each once for all feeds, linted once.

What was rendered before stands in the index, and is rendered again only when something that it was
made of has changed. An entry that the gate refuses, or whose file vanished, is held and named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from feedwright.config.schema import Config, FeedSpec
from feedwright.model import Article, Entry, Feed, Fragment, Member, Problem, Severity
from feedwright.normalize.body import BodyTools, render_body
from feedwright.normalize.entry import entry_of
from feedwright.normalize.links import ends_of, names_of
from feedwright.publish.gate import lint_entry
from feedwright.render.formats import FORMATS
from feedwright.sources.files import Measured, Measurer
from feedwright.store.index.opening import Index
from feedwright.store.index.renderings import FILE, NAME, PATH, Extent
from feedwright.survey.gather import Gathered


class Entries:
    """Renders entries, each once, and remembers what the gate said of them."""

    def __init__(
        self, config: Config, gathered: Gathered, index: Index, measurer: Measurer
    ) -> None:
        self.config = config
        self.gathered = gathered
        self.index = index
        self.measurer = measurer
        self.held: dict[str, str] = {}
        self.problems: list[Problem] = []
        """Of entries that are held; those of others are kept with them."""
        used = {name for spec in config.feeds for name in spec.formats}
        self._formats = [name for name in FORMATS if name in used]
        self._names: Mapping[str, str] | None = None
        self._ends: Mapping[str, str] | None = None
        self._lengths_of_held: dict[str, int] = {}
        self._forget_where_files_changed()
        self.digests = index.renderings.digests()
        """Of each entry that is rendered, by id."""

    def _forget_where_files_changed(self) -> None:
        """Forget the entries that name local files which have another size now."""
        kept = self.index.renderings
        for path, length in kept.measured().items():
            found = self.measurer.look(path)
            if length != (found.length if found else -1):
                kept.drop_entries(kept.who_asked(FILE, path))

    def refuse(self, members: Iterable[Member]) -> bool:
        """Render and lint what is not yet; return whether any article had to be held."""
        before = len(self.held)
        for member in members:
            if member.id not in self.digests and member.id not in self.held:
                self._render(self.index.articles.live(member.id))
        return len(self.held) > before

    def entry(self, member: Member) -> Entry:
        """Return the entry of an article that was not refused."""
        found = self.index.renderings.entry(member.id)
        assert found is not None
        return found

    def peek(self, article: Article) -> Entry | None:
        """Return the entry of any article, also of one that stands in no feed, without linting it.

        None when its file changed or vanished during the build.
        """
        known = self.index.renderings.entry(article.id)
        if known is None:
            made = self._make(article, _Asked(self.index, self._permalink_of_name, self.measurer))
            return made[0] if made is not None else None
        return known

    def fragment(self, member: Member, format_name: str, *, full: bool) -> Fragment:
        """Return the bytes of an entry in one format."""
        found = self.index.renderings.fragment(member.id, format_name, full=full)
        if found is None:
            found = FORMATS[format_name].entry(self.entry(member), full)
            self.index.renderings.put_fragment(found, format_name, full=full)
        return found

    def measured(self) -> tuple[str, ...]:
        """Return the absolute paths of all local files that were asked for, there or not."""
        return tuple(sorted(self.index.renderings.measured().keys() | self._lengths_of_held))

    def forget_others(self, members: Iterable[Member]) -> None:
        """Forget the entries of all but these articles."""
        shown = {member.id for member in members}
        self.index.renderings.drop_entries(self.digests.keys() - shown)
        self.index.renderings.drop_measured()

    def fit(
        self, feed: Feed, spec: FeedSpec, chosen: Sequence[Member]
    ) -> tuple[tuple[Member, ...], frozenset[str], tuple[Problem, ...]]:
        """Return the articles that fit `max_bytes`, and the ids of those shown in full.

        `feed` is what stands around them. Too much is first reduced to summaries: what takes half
        of the room by itself, so that it costs no other entry its text, then the oldest. Then the
        oldest are dropped.
        """
        articles = list(chosen)
        full = {article.id for article in articles} if spec.content == "full" else set()
        if not spec.max_bytes:
            return tuple(articles), frozenset(full), ()
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
        problems = self._notice(feed.name, spec, len(chosen), len(articles), len(full))
        return tuple(articles), frozenset(full), problems

    def _notice(
        self, name: str, spec: FeedSpec, wanted: int, shown: int, full: int
    ) -> tuple[Problem, ...]:
        if shown < wanted:
            what = f"only {shown} of {wanted} entries fit into {spec.max_bytes} bytes"
        elif spec.content == "full" and full < wanted:
            what = (
                f"{wanted - full} of {wanted} entries are shown by their summaries, to fit into "
                f"{spec.max_bytes} bytes"
            )
        else:
            return ()
        cure = "raise max_bytes, lower limit, or set content: summary"
        field = f"feeds: {name}"
        return (Problem(Severity.WARNING, "feed-cut", "config.yaml", 0, field, what, cure),)

    def _around(self, feed: Feed, articles: Sequence[Member]) -> int:
        """Return the bytes of the longest envelope, with the prefixes that these articles need."""
        longest = 0
        for name in feed.formats:
            prefixes = frozenset[str]().union(
                *{self._extent(article, name, full=True).prefixes for article in articles}
            )
            frame = FORMATS[name].frame(feed, prefixes)
            longest = max(longest, len(frame.head) + len(frame.tail))
        return longest

    def _size(self, article: Member, spec: FeedSpec, *, full: bool) -> int:
        """Return the bytes of an entry, and of what joins it to the next, where it is longest."""
        return 1 + max(self._extent(article, name, full=full).length for name in spec.formats)

    def _extent(self, member: Member, format_name: str, *, full: bool) -> Extent:
        found = self.index.renderings.extent(member.id, format_name, full=full)
        if found is None:
            made = self.fragment(member, format_name, full=full)
            found = Extent(len(made.data), made.prefixes)
        return found

    def _render(self, article: Article) -> None:
        """Make an entry of an article, lint it, and keep it; or hold the article."""
        asked = _Asked(self.index, self._permalink_of_name, self.measurer)
        made = self._make(article, asked)
        if made is None:
            self.held[article.id] = "its file changed or vanished during the build"
            return
        entry, problems = made
        try:
            fragments = {name: FORMATS[name].entry(entry, True) for name in self._formats}  # noqa: FBT003
        except ValueError as error:  # feedgen's: the others are to be published all the same
            what = f"cannot be written as an entry ({error})"
            self.held[article.id] = what
            cure = "look for characters and addresses that are out of the ordinary"
            self.problems.append(
                Problem(Severity.ERROR, "unwritable", article.path, 0, "", what, cure)
            )
            return
        told = self._lint(article, fragments)
        if article.id in self.held:
            self.problems += (*problems, *told)
            self._lengths_of_held |= asked.lengths
            return
        kept = self.index.renderings
        self.digests[article.id] = kept.put_entry(entry, (*problems, *told), asked.names())
        kept.put_measured(asked.lengths)
        for name, fragment in fragments.items():
            kept.put_fragment(fragment, name, full=True)

    def _make(self, article: Article, asked: "_Asked") -> tuple[Entry, tuple[Problem, ...]] | None:
        raw = self.gathered.library.raw(article.candidate)
        if raw is None:
            return None
        site = self.config.site
        tools = BodyTools(
            asked.permalink_of_path,
            site.url,
            asked.permalink_of_name,
            site.title,
            self.config.content.vault,
            asked.measure,
        )
        body = render_body(raw, article.candidate, article.permalink, tools)
        return entry_of(article, body, self.gathered.rules, asked.measure)

    def _permalink_of_name(self, name: str) -> str | None:
        if "/" in name:  # few sites ask, and there are many more of these
            if self._ends is None:
                self._ends = ends_of(dict(self.index.articles.permalinks()))
            return self._ends.get(name)
        if self._names is None:  # most sites never ask
            self._names = names_of(dict(self.index.articles.permalinks()))
        return self._names.get(name)

    def _lint(self, article: Article, fragments: Mapping[str, Fragment]) -> list[Problem]:
        told: dict[str, Problem] = {}
        for name, fragment in fragments.items():
            for problem in lint_entry(name, fragment, article.path):
                if problem.severity is Severity.ERROR:
                    self.held.setdefault(article.id, problem.what)
                # Once for the article, not for every format.
                told.setdefault(problem.name, _placed(problem, article))
        return list(told.values())


class _Asked:
    """Answers what an entry asks of others, and remembers what was asked."""

    def __init__(
        self, index: Index, of_name: Callable[[str], str | None], measurer: Measurer
    ) -> None:
        self._index = index
        self._of_name = of_name
        self._measurer = measurer
        self._asked: set[tuple[str, str]] = set()
        self.lengths: dict[str, int] = {}
        """Sizes of local files by path, in bytes; -1 where there is none."""

    def names(self) -> list[tuple[str, str]]:
        """Return what was asked for, by kind and name."""
        return [*self._asked, *((FILE, path) for path in self.lengths)]

    def permalink_of_path(self, path: str) -> str | None:
        self._asked.add((PATH, path))
        return self._index.articles.permalink(path)

    def permalink_of_name(self, name: str) -> str | None:
        self._asked.add((NAME, name))
        return self._of_name(name)

    def measure(self, path: str, reference: str) -> Measured | None:
        found = self._measurer.measure(path, reference)
        self.lengths |= self._measurer.lengths(path, reference)
        return found


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
