"""The values of this room: what the ledger says, and what a run makes of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from feedwright.config.schema import FeedSpec
from feedwright.model import Article, Candidate, FeedLine, LedgerLine, Problem, State

Place = tuple[str, str]
"""Path and part: where an article lies."""


class Ledger(NamedTuple):
    """What all lines together say: one line for each id, one for each feed."""

    articles: Mapping[str, LedgerLine]
    """By id."""
    feeds: Mapping[tuple[str, str], FeedLine]
    """By name of the feed spec and label."""
    feed_paths: frozenset[str]
    """Every folder below `feeds/` that was ever a feed's; empty is `feeds/` itself."""
    lines_read: int
    whole: int
    """Bytes up to the end of the last whole line: where the next line belongs."""

    def feed_names(self, specs: Iterable[FeedSpec]) -> tuple[tuple[str, str], ...]:
        """Return name (`main`, `category/sea`) and folder of each known feed of the specs."""
        known = {spec.name: spec for spec in specs}
        return tuple(
            (feed_name(known[line.feed], line), line.path)
            for _, line in sorted(self.feeds.items())
            if line.feed in known
        )


EMPTY = Ledger({}, {}, frozenset(), 0, 0)


def feed_name(spec: FeedSpec, line: FeedLine) -> str:
    """Return the name of a feed as in events and tombstones: `main`, `category/sea`."""
    if not spec.per:
        return spec.name
    before, _, after = spec.path.partition("{slug}")
    slug = line.path.removeprefix(before)
    return f"{spec.name}/{slug.removesuffix(after) if after else slug}"


class ResolveTools(NamedTuple):
    """What resolving needs from other rooms."""

    permalink_of: Callable[[Candidate, datetime], str]
    """Absolute, encoded permalink of a candidate that was published at an instant."""
    host: str
    """Host of the site: the authority of `tag:` ids (RFC 4151)."""


class Sketch(NamedTuple):
    """A candidate on its way to an article: all but the id of a new one."""

    candidate: Candidate
    row: LedgerLine | None
    """What the ledger knows of it."""
    state: State
    published: datetime
    inferred: bool
    """`published` is the first sight."""
    permalink: str


class Held(NamedTuple):
    """An article that a problem keeps out until it is mended."""

    id: str
    """Empty when it was never published."""
    path: str
    reason: str
    part: str = ""


class Resolution(NamedTuple):
    """What a run makes of its candidates and the ledger."""

    articles: tuple[Article, ...]
    """Live, by path."""
    others: tuple[Article, ...]
    """Draft, future or expired, by path. The id of one that was never published is a guess."""
    held: tuple[Held, ...]
    gone: tuple[LedgerLine, ...]
    """New gone lines; `feeds` is still empty, since only the documents know who held them."""
    lines: tuple[LedgerLine, ...]
    """New or changed live lines."""
    problems: tuple[Problem, ...]
    next_due: datetime | None
    """When time alone next changes something: a publication, an expiry, a declared `updated`."""
