"""Finding out what should stand in `feeds/`, without writing anything.

content/ -> sources -> normalize -> ledger -> select -> render -> gate
gather                  identify  compose
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from feedwright import unchanged
from feedwright.compose import Composition, compose
from feedwright.errors import ContentUnavailableError
from feedwright.identify import Identified, identify, worth_telling
from feedwright.ledger.lines import dump
from feedwright.ledger.values import Resolution
from feedwright.model import Article, FeedLine, LedgerLine, Problem
from feedwright.notify.events import Changes, changes
from feedwright.site import Site


class Survey(NamedTuple):
    """What lies in `content/`, what the ledger says of it, and what should stand in `feeds/`."""

    identified: Identified
    composition: Composition
    listing: unchanged.Listing
    started_ns: int

    @property
    def site(self) -> Site:
        """The site that was surveyed."""
        return self.identified.site

    @property
    def resolution(self) -> Resolution:
        """What the ledger says of each article."""
        return self.identified.resolution

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, by path and line."""
        return worth_telling(self.site, (*self.identified.problems, *self.composition.problems))

    @property
    def due(self) -> datetime | None:
        """The next moment when time alone changes something."""
        moments = (self.resolution.next_due, self.composition.due)
        return min((moment for moment in moments if moment is not None), default=None)

    @property
    def live(self) -> tuple[Article, ...]:
        """The articles that are fit to publish."""
        held = self.composition.held
        return tuple(each for each in self.resolution.articles if each.id not in held)

    @property
    def changes(self) -> Changes:
        """What a publication would change on the site."""
        return changes(self.identified.ledger.articles, self._live_lines(), self.identified.gone)

    def new_lines(self) -> bytes:
        """Return the bytes that a publication adds to the ledger. What is held gets no line."""
        lines: list[LedgerLine | FeedLine] = [
            *self._live_lines(),
            *self.identified.gone,
            *self.composition.feed_lines,
        ]
        return b"".join(map(dump, lines))

    def _live_lines(self) -> list[LedgerLine]:
        held = self.composition.held
        return [line for line in self.resolution.lines if line.id not in held]


def survey(
    site: Site, now: datetime, progress: Callable[[str], None] | None = None, jobs: int = 0
) -> Survey:
    """Find out what should stand in `feeds/` at `now`. Writes nothing."""
    say = progress or (lambda text: None)
    started_ns = time.time_ns()
    listing = _listing(site)
    say("reading content")
    identified = identify(site, now, jobs)
    say("rendering feeds")
    composition = compose(
        site.config,
        identified.gathered,
        identified.resolution.articles,
        identified.ledger,
        identified.all_gone,
        now,
        str(site.root),
    )
    say("")
    return Survey(identified, composition, listing, started_ns)


def _listing(site: Site) -> unchanged.Listing:
    try:
        return unchanged.Listing(site.content_folders)
    except OSError as error:
        name = str(error.filename).removeprefix(f"{site.root}/")
        what = f"cannot be read ({error.strerror}); nothing was changed; mend that"
        if isinstance(error, FileNotFoundError):
            what = "the content folder is missing; create it"
        raise ContentUnavailableError(f"{name}: {what}, or correct content.path") from error
