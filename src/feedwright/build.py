"""The order of the work, once, as a readable list.

    content/ -> sources -> normalize -> ledger -> select -> render -> gate   (survey)
                gather                  identify  compose

    plan -> publish -> notify -> deliver
    planning           announce  deliver

`survey` finds out what should stand in `feeds/` and writes nothing; `build` makes it so, in an
order that survives being killed between any two steps (docs/architecture.md).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from feedwright import unchanged
from feedwright.errors import PUBLISHED, PUBLISHED_WITH_HELD, RefusedError
from feedwright.ledger import file as ledger_file
from feedwright.model import Problem, Severity
from feedwright.notify.events import Changes
from feedwright.planning import plan_of, refuse_mass_removal
from feedwright.publish.plan import Plan
from feedwright.publish.write import stage, swap
from feedwright.remember import remember_config, remember_problems, remember_unchanged
from feedwright.sending import Log, Sent, clock, is_anybody_told, nobody, tell_failed
from feedwright.site import Site
from feedwright.store.lock import locked
from feedwright.store.outbox import Outbox, Prepared
from feedwright.survey.run import Survey, abandoned_on_failure, survey, survey_changes

if TYPE_CHECKING:
    from feedwright.announce import Announcement
    from feedwright.notify.bodies import Renderer


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
    seen: unchanged.Look | None = None
    """What a first look found."""


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
    renderers = _renderers(site)
    try:
        with locked(site.state_folder, wait=options.wait_lock):
            outcome = _publish(site, options, renderers, now)
    except RefusedError:
        with suppress(RefusedError):
            _send_due(site, options.tell)  # what was published before is told all the same
        raise
    return outcome._replace(sent=_send_due(site, options.tell))


def _send_due(site: Site, tell: Log) -> Sent:
    if not is_anybody_told(site.config):
        return Sent()
    from feedwright.deliver import send_due  # noqa: PLC0415 - most sites tell nobody

    return send_due(site, tell)


def _renderers(site: Site) -> "Mapping[str, Renderer]":
    if not site.config.notify.webhooks:
        return {}
    from feedwright.announce import renderers_of  # noqa: PLC0415 - most sites have no webhooks

    return renderers_of(site)


def _publish(
    site: Site, options: Options, renderers: "Mapping[str, Renderer]", now: datetime
) -> Outcome:
    outbox = Outbox(site.outbox_path)
    roll_forward(site, outbox, now)
    found = survey_changes(site, now, options.progress, options.jobs, options.seen)
    with abandoned_on_failure(found.memory):
        return _publish_found(site, options, renderers, now, outbox, found)


def _publish_found(
    site: Site,
    options: Options,
    renderers: "Mapping[str, Renderer]",
    now: datetime,
    outbox: Outbox,
    found: Survey,
) -> Outcome:
    if not options.allow_mass_removal:
        refuse_mass_removal(found)
    plan = plan_of(found, adopt=options.adopt)
    changed = found.changes
    lines = found.new_lines()
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
    found.keep(ledger_grew=bool(lines))
    return _remember(found, options, plan, changed)._replace(held=held)


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
    from feedwright.foresee import foresee  # noqa: PLC0415 - for `--dry-run` alone

    plan, refused = foresee(
        found, allow_mass_removal=options.allow_mass_removal, adopt=options.adopt
    )
    if refused:
        raise refused[0]
    return Outcome(_code(found), plan, found.changes, found.problems, found.problems, found.due)


def _announcement(
    found: Survey,
    outbox: Outbox,
    changed: Changes,
    renderers: "Mapping[str, Renderer]",
    options: Options,
) -> "Announcement | None":
    """Return what makes the messages of this publication; None when nobody is to be told."""
    if not options.notify or not changed.any or not is_anybody_told(found.site.config):
        return None
    from feedwright.announce import Announcement  # noqa: PLC0415 - most sites tell nobody

    return Announcement(
        found.identified,
        found.composition,
        changed,
        renderers,
        hold=options.hold,
        after_import=outbox.follows_import(),
        due=clock(),
    )


def _code(found: Survey) -> int:
    errors = any(each.severity is Severity.ERROR for each in found.problems)
    return PUBLISHED_WITH_HELD if errors else PUBLISHED


def _remember(found: Survey, options: Options, plan: Plan, changed: Changes) -> Outcome:
    new = remember_problems(found)
    remember_config(found.site)
    if options.remember:
        remember_unchanged(found, _code(found))
    else:
        unchanged.forget(str(found.site.state_folder))
    return Outcome(_code(found), plan, changed, found.problems, new, found.due)
