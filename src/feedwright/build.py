"""The order of the work, once, as a readable list.

    content/ -> sources -> normalize -> ledger -> select -> render -> gate -> publish -> notify
                gather                  identify  compose                     build

`survey` finds out what should stand in `feeds/` and writes nothing; `build` makes it so, in an
order that survives being killed between any two steps (docs/architecture.md).
"""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from feedwright import unchanged
from feedwright.announce import Announcement, is_anybody_told, renderers_of
from feedwright.compose import Composition, compose
from feedwright.deliver import Log, Sent, clock, nobody, send_due, tell_failed
from feedwright.endpoints import next_sending
from feedwright.errors import (
    PUBLISHED,
    PUBLISHED_WITH_HELD,
    ContentUnavailableError,
    MassRemovalError,
    RefusedError,
)
from feedwright.identify import Identified, identify, worth_telling
from feedwright.ledger import file as ledger_file
from feedwright.ledger.lines import dump
from feedwright.ledger.values import Ledger, Resolution
from feedwright.model import Article, FeedLine, LedgerLine, Problem, Severity, State
from feedwright.notify.bodies import Renderer
from feedwright.notify.events import Changes, changes
from feedwright.publish.plan import Plan, compare
from feedwright.publish.write import names_in, read_existing, stage, swap, sweep
from feedwright.render.formats import FORMATS
from feedwright.render.frame import is_archive_name
from feedwright.site import Site
from feedwright.store.index import Index
from feedwright.store.lock import locked
from feedwright.store.outbox import Outbox, Prepared

FEW_ARTICLES = 10
"""A site of at most so many articles may lose any share of them at once."""
PAGES = ("index.html", "opml.xml", "style.css")


class Options(NamedTuple):
    """What the command line asks of a build."""

    dry_run: bool = False
    hold: bool = False
    notify: bool = True
    jobs: int = 0
    allow_mass_removal: bool = False
    adopt: bool = False
    wait_lock: bool = False
    remember: bool = True
    """False when the run's time is not the real one."""
    progress: Callable[[str], None] | None = None
    tell: Log = nobody
    """Hears of each message that is sent."""


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


class Outcome(NamedTuple):
    """What a build did."""

    code: int
    plan: Plan
    changes: Changes
    problems: tuple[Problem, ...]
    new_problems: tuple[Problem, ...]
    """Those that the last run did not have."""
    due: datetime | None
    sent: Sent = Sent()
    """What was sent, once all was published."""
    held: int = 0
    """Messages that wait for `deliver --drain`."""

    @property
    def summary(self) -> str:
        """One line for people: what was published."""
        written = sum(step.verb != "remove" for step in self.plan.steps)
        removed = len(self.plan.steps) - written
        added, updated, gone = map(len, self.changes)
        parts = [
            f"{number} {word}"
            for number, word in ((added, "added"), (updated, "updated"), (gone, "removed"))
            if number
        ]
        articles = ", ".join(parts) or "none changed"
        files = f"{written} written" + (f", {removed} removed" if removed else "")
        return f"published: articles: {articles}; files in feeds/: {files}"


def build(site: Site, options: Options, now: datetime) -> Outcome:
    """Publish what changed, then tell of it. The steps are those of docs/architecture.md."""
    if options.dry_run:
        return _foresee(survey(site, now, options.progress, options.jobs), options)
    renderers = renderers_of(site)
    try:
        with locked(site.state_folder, wait=options.wait_lock):
            outcome = _publish(site, options, renderers, now)
    except RefusedError:
        with suppress(RefusedError):
            send_due(site, options.tell)  # what was published before is told all the same
        raise
    return outcome._replace(sent=send_due(site, options.tell))


def _publish(
    site: Site, options: Options, renderers: Mapping[str, Renderer], now: datetime
) -> Outcome:
    outbox = Outbox(site.outbox_path)
    roll_forward(site, outbox, now)
    found = survey(site, now, options.progress, options.jobs)
    _refuse_mass_removal(found, options)
    plan = plan_of(found, options)
    changed = _changes(found)
    lines = _new_lines(found)
    held = 0
    if plan.steps or lines:
        stage(site.feeds_folder, plan.steps)
        announcement = _announcement(found, outbox, changed, renderers, options)
        prepared = outbox.prepare(
            now,
            hold=options.hold,
            ledger_offset=found.identified.ledger.whole,
            ledger_lines=lines,
            steps=[(step.path, step.old, step.new) for step in plan.steps],
            tell=announcement.tell if announcement else None,
            told_at=clock(),
        )
        _make_visible(site, outbox, prepared, now)
        if announcement:
            tell_failed(announcement.failed, options.tell)
            held = announcement.number if options.hold else 0
    return _remember(found, options, plan, changed)._replace(held=held)


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


def roll_forward(site: Site, outbox: Outbox, now: datetime) -> None:
    """Finish the publication that a killed run left prepared."""
    prepared = outbox.unfinished()
    if prepared is not None:
        _make_visible(site, outbox, prepared, now)


def _make_visible(site: Site, outbox: Outbox, prepared: Prepared, now: datetime) -> None:
    ledger_file.append(site.ledger_path, prepared.ledger_offset, prepared.ledger_lines)
    swap(site.feeds_folder, prepared.steps)
    outbox.finish(prepared.number, keep=site.config.notify.keep_attempts, now=now)


def _foresee(found: Survey, options: Options) -> Outcome:
    return Outcome(
        _code(found),
        plan_of(found, options),
        _changes(found),
        found.problems,
        found.problems,
        found.due,
    )


def plan_of(found: Survey, options: Options) -> Plan:
    """Compare what should stand in `feeds/` with what does."""
    folder = found.site.feeds_folder
    ours = _our_paths(folder, found.identified.ledger)
    documents = found.composition.documents
    on_disk = read_existing(folder, ours | {document.path for document in documents})
    sweep_paths = [document.path for document in documents]
    if not options.dry_run:
        sweep(folder, sweep_paths)
    return compare(documents, on_disk, ours, adopt=options.adopt)


def _our_paths(folder: Path, ledger: Ledger) -> frozenset[str]:
    """Return the paths below `feeds/` that the ledger says are ours, archive documents too."""
    if not ledger.feed_paths:
        return frozenset()
    prefixes = [path + "/" if path else "" for path in ledger.feed_paths]
    names = [form.file_name for form in FORMATS.values()]
    return (
        frozenset(PAGES)
        | {prefix + name for prefix in prefixes for name in names}
        | {
            prefix + name
            for prefix in prefixes
            for name in names_in(folder / prefix)
            if is_archive_name(name)
        }
    )


def _new_lines(found: Survey) -> bytes:
    """Return the bytes that this publication adds to the ledger. What is held gets no line."""
    held = found.composition.held
    kept = [line for line in found.resolution.lines if line.id not in held]
    lines: list[LedgerLine | FeedLine] = [
        *kept,
        *found.identified.gone,
        *found.composition.feed_lines,
    ]
    return b"".join(map(dump, lines))


def _changes(found: Survey) -> Changes:
    held = found.composition.held
    kept = [line for line in found.resolution.lines if line.id not in held]
    return changes(found.identified.ledger.articles, kept, found.identified.gone)


def _announcement(
    found: Survey,
    outbox: Outbox,
    changed: Changes,
    renderers: Mapping[str, Renderer],
    options: Options,
) -> Announcement | None:
    """Return what makes the messages of this publication; None when nobody is to be told."""
    if not options.notify or not changed.any or not is_anybody_told(found.site.config):
        return None
    return Announcement(
        found.identified,
        found.composition,
        changed,
        renderers,
        hold=options.hold,
        after_import=outbox.follows_import(),
        due=clock(),
    )


def _refuse_mass_removal(found: Survey, options: Options) -> None:
    allowed = found.site.config.publish.max_removed
    live = sum(line.state is State.LIVE for line in found.identified.ledger.articles.values())
    leaving = [line for line in found.identified.gone if not _expired(line, found.identified.now)]
    if options.allow_mass_removal or live <= FEW_ARTICLES:
        return
    most = allowed.number if allowed.number is not None else int((allowed.share or 0) * live)
    if len(leaving) > most:
        raise MassRemovalError(
            f"{len(leaving)} of {live} published articles would leave at once "
            f"(the first is {leaving[0].path}), more than publish.max_removed allows; "
            "if that is meant, run `feedwright build --allow-mass-removal`, else restore them"
        )


def _expired(line: LedgerLine, now: datetime) -> bool:
    return line.when is not None and line.when < now


def _listing(site: Site) -> unchanged.Listing:
    try:
        return unchanged.Listing(site.content_folders)
    except OSError as error:
        raise ContentUnavailableError(
            f"{error.filename}: cannot be read ({error.strerror}); "
            "nothing was changed; mend it, or correct content.path"
        ) from error


def _code(found: Survey) -> int:
    errors = any(each.severity is Severity.ERROR for each in found.problems)
    return PUBLISHED_WITH_HELD if errors else PUBLISHED


def _remember(found: Survey, options: Options, plan: Plan, changed: Changes) -> Outcome:
    """Write the caches: which problems were told, and what an unchanged site looks like."""
    site = found.site
    index = Index(site.state_folder / "index.sqlite")
    told = index.told()
    texts = frozenset(map(str, found.problems))
    if texts != told:
        index.tell(texts)
    code = _code(found)
    if options.remember:
        documents = [site.feeds_folder / each.path for each in found.composition.documents]
        watched = unchanged.Watched(
            config=os.path.abspath(site.config_path),
            config_bytes=site.config_bytes,
            variables=site.variables,
            folders=site.content_folders,
            inputs=[*found.composition.measured, *_author_files(site)],
            ours=[str(site.ledger_path), *map(str, documents)],
        )
        with next_sending(site, clock()) as pending:
            unchanged.remember(
                str(site.state_folder),
                watched,
                found.listing,
                started_ns=found.started_ns,
                due=found.due.timestamp() if found.due else None,
                code=code,
                pending=pending,
            )
    else:
        unchanged.forget(str(site.state_folder))
    new = tuple(each for each in found.problems if str(each) not in told)
    return Outcome(code, plan, changed, found.problems, new, found.due)


def _author_files(site: Site) -> list[str]:
    path = site.authors_path
    return [str(path), *map(str, sorted(path.glob("**/*")))] if path.is_dir() else [str(path)]
