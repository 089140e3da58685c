"""Finding out what should stand in `feeds/`, without writing anything there.

content/ -> sources -> normalize -> ledger -> select -> render -> gate
gather                  identify  catalogue  compose

What an earlier run wrote into the index is not found out again: only what changed is read, and
only what that concerns is resolved and rendered. In doubt everything is.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

from feedwright import program, unchanged
from feedwright.errors import ContentUnavailableError
from feedwright.ledger import file as ledger_file
from feedwright.ledger.lines import dump
from feedwright.ledger.values import Ledger, Resolution
from feedwright.model import Article, FeedLine, LedgerLine, Problem
from feedwright.notify.events import Changes, changes
from feedwright.render.stencils import MEMORY
from feedwright.site import Site
from feedwright.store.index.opening import Index
from feedwright.survey.catalogue import forget_configuration, write_articles, write_lines
from feedwright.survey.changed import World, changed
from feedwright.survey.compose import Composition, compose
from feedwright.survey.documents import published_rows
from feedwright.survey.identify import Identified, identify, identify_changed, worth_telling
from feedwright.survey.key import Keys, keys_of
from feedwright.survey.listed import rows_to_keep

Say = Callable[[str], None]


class Survey(NamedTuple):
    """What lies in `content/`, what the ledger says of it, and what should stand in `feeds/`."""

    identified: Identified
    composition: Composition
    listing: unchanged.Listing
    started_ns: int
    keys: Keys
    memory: Index
    """What the next run will know."""
    due: datetime | None
    """The next moment when time alone changes something."""

    @property
    def site(self) -> Site:
        """The site that was surveyed."""
        return self.identified.site

    @property
    def resolution(self) -> Resolution:
        """What the ledger says of each article that was looked at."""
        return self.identified.resolution

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, by path and line."""
        return worth_telling(self.site, (*self.identified.problems, *self.composition.problems))

    @property
    def live(self) -> tuple[Article, ...]:
        """The articles that are fit to publish, of those that were looked at."""
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
        written = BytesIO()  # joined at once, they would be in memory twice
        written.writelines(map(dump, lines))
        return written.getvalue()

    def _live_lines(self) -> list[LedgerLine]:
        held = self.composition.held
        return [line for line in self.resolution.lines if line.id not in held]

    def keep(self, *, ledger_grew: bool) -> None:
        """Let the next run know all this, now that it is published."""
        try:
            self._write(ledger_grew=ledger_grew)
        except sqlite3.Error:
            self.memory.abandon()
        else:
            self.memory.commit()

    def _write(self, *, ledger_grew: bool) -> None:
        site, index, composition = self.site, self.memory, self.composition
        write_lines(index, (*self._live_lines(), *self.identified.gone))
        wanted = {each.path for each in composition.all_documents}
        rows = published_rows(composition.documents, composition.recipes, str(site.feeds_folder))
        index.renderings.put_documents(rows, index.renderings.documents().keys() - wanted)
        listed = rows_to_keep(self.listing, self.started_ns)
        before = index.files.folders()
        index.files.list_folders(
            {path: rows for path, rows in listed.items() if before.get(path) != rows},
            before.keys() - listed.keys(),
        )
        if MEMORY.grew or index.is_new:
            index.put("stencils", MEMORY.kept())
        index.put("ledger", self._ledger_now(grew=ledger_grew))
        gathered = self.identified.gathered
        mark = ledger_file.mark(site.ledger_path)
        world = World(
            self.keys,
            gathered.dialects,
            mark,
            self.listing.links,
            gathered.context,
            gathered.overview,
        )
        index.put("world", world)

    def _ledger_now(self, *, grew: bool) -> Ledger:
        """Return what the ledger says after this run, but for its articles: they are lines."""
        before, lines = self.identified.ledger, self.composition.feed_lines
        whole = os.path.getsize(self.site.ledger_path) if grew else before.whole
        return Ledger(
            {},
            {**before.feeds, **{(line.feed, line.label): line for line in lines}},
            before.feed_paths | {line.path for line in lines},
            before.lines_read,
            whole,
        )


def survey(site: Site, now: datetime, progress: Say | None = None, jobs: int = 0) -> Survey:
    """Look at everything, and find out what should stand in `feeds/` at `now`. Writes nothing."""
    run = _Run(site, now, progress or _silent, jobs)
    found = run.from_nothing(Index.new(None))
    found.memory.abandon()
    return found


def survey_changes(
    site: Site,
    now: datetime,
    progress: Say | None = None,
    jobs: int = 0,
    seen: unchanged.Look | None = None,
) -> Survey:
    """Find out what should stand in `feeds/` at `now` from what changed since the last run.

    `seen` is a first look at the site, which is not done twice. The index of what was found is
    open: `keep` it when all is published, or abandon it.
    """
    run = _Run(site, now, progress or _silent, jobs, seen)
    path = site.state_folder / "index.sqlite"
    with suppress(sqlite3.Error):  # it is damaged, though nobody touched it
        found = run.from_known(Index.known(path, program.digest()))
        if found is not None:
            return found
    try:
        return run.from_nothing(Index.new(path, program.digest()))
    except sqlite3.Error:  # the cache cannot be written: its disk is full
        return run.from_nothing(Index.new(None))


def _silent(_text: str) -> None:
    """Show no progress."""


class _Run:
    """One survey, in either way."""

    def __init__(
        self,
        site: Site,
        now: datetime,
        say: Say,
        jobs: int,
        seen: unchanged.Look | None = None,
    ) -> None:
        self._site = site
        self._now = now
        self._say = say
        self._jobs = jobs
        self._keys = keys_of(site)
        self._started_ns = time.time_ns()
        listing = seen.listing if seen is not None else None
        if seen is not None and listing is not None and listing.tops == site.content_folders:
            self._started_ns, self._listing = seen.started_ns, listing
        else:
            self._listing = _listing(site)

    def from_nothing(self, index: Index) -> Survey:
        """Look at everything."""
        with abandoned_on_failure(index):
            self._say("reading content")
            return self._composed(identify(self._site, self._now, self._jobs), index)

    def from_known(self, index: Index | None) -> Survey | None:
        """Look at what changed; None when everything has to be looked at."""
        if index is None:
            return None
        with abandoned_on_failure(index):
            self._say("reading what changed")
            MEMORY.recall(index.get("stencils") or {})
            news = changed(self._site, self._keys, index, self._listing)
            found = identify_changed(self._site, self._now, news, index) if news else None
            if news is not None and found is not None:
                forget_configuration(index, self._site.config, news)
                return self._composed(found, index)
        index.abandon()
        return None

    def _composed(self, found: Identified, index: Index) -> Survey:
        self._say("rendering feeds")
        write_articles(index, found)
        composition = compose(
            found.site.config,
            found.gathered,
            index,
            found.ledger,
            found.now,
            str(found.site.root),
        )
        settled = index.articles.next_due(found.now)
        moments = (found.resolution.next_due, composition.due, settled)
        due = min((moment for moment in moments if moment is not None), default=None)
        self._say("")
        return Survey(found, composition, self._listing, self._started_ns, self._keys, index, due)


@contextmanager
def abandoned_on_failure(index: Index) -> Iterator[None]:
    """Leave everything as an earlier run left it, should this one fail."""
    try:
        yield
    except BaseException:
        index.abandon()
        raise


def _listing(site: Site) -> unchanged.Listing:
    try:
        return unchanged.Listing(site.content_folders)
    except OSError as error:
        name = str(error.filename).removeprefix(f"{site.root}/")
        what = f"cannot be read ({error.strerror}); nothing was changed; mend that"
        if isinstance(error, FileNotFoundError):
            what = "the content folder is missing; create it"
        raise ContentUnavailableError(f"{name}: {what}, or correct content.path") from error
