"""`feedwright build`: the pipeline."""

import argparse
import gc
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from feedwright import unchanged
from feedwright.cli import common, log

if TYPE_CHECKING:
    from feedwright.build import Options, Outcome
    from feedwright.site import Site

_SELDOM = (50_000, 20, 100)
"""How many new objects let Python look for garbage: a build keeps nearly all that it makes, and to
look through that again and again costs a tenth of reading ten thousand articles."""

HELP = "read content/, publish what changed to feeds/"
EXAMPLE = "feedwright build --dry-run"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of a build."""
    add = parser.add_argument
    add("--dry-run", action="store_true", help="print the plan, change nothing")
    add("--hold", action="store_true", help="keep messages for a later `deliver --drain`")
    add("--no-notify", action="store_true", help="make no events for what this run publishes")
    common.add_now(parser)
    add("--jobs", metavar="N", type=_jobs, default=0, help="processes (default: one per core)")
    common.add_allowances(parser)
    log.add_log(parser)
    add("--wait-lock", action="store_true", help="wait while another build is running")


def run(chosen: argparse.Namespace) -> int:
    """Build, print what is new, return the exit code."""
    seen = _first_look(chosen)
    if seen is not None and seen.code is not None and seen.is_message_due:
        return _send(chosen, seen.code)
    gc.set_threshold(*_SELDOM)
    from feedwright.build import Options  # noqa: PLC0415 - heavy; `--help` needs none

    options = Options(
        dry_run=chosen.dry_run,
        hold=chosen.hold,
        notify=not chosen.no_notify,
        jobs=chosen.jobs,
        allow_mass_removal=chosen.allow_mass_removal,
        adopt=chosen.adopt,
        wait_lock=chosen.wait_lock,
        remember=chosen.now is None,
        tell=log.log_of(chosen.log, notices_only=True),
        seen=seen,
    )
    return publish(common.open_site(chosen), options, chosen.now or common.clock()).code


def _first_look(chosen: argparse.Namespace) -> unchanged.Look | None:
    if chosen.dry_run or chosen.adopt or chosen.allow_mass_removal or chosen.now is not None:
        return None
    seen: unchanged.Look | None = chosen.seen
    return seen or unchanged.look(chosen.config, common.exact_clock().timestamp())


def _send(chosen: argparse.Namespace, code: int) -> int:
    """Send what is due, where nothing else is to do: no content is read for it."""
    from feedwright.deliver import send_due  # noqa: PLC0415 - heavy; seldom needed

    send_due(common.open_site(chosen), log.log_of(chosen.log, notices_only=True))
    return code


def publish(site: "Site", options: "Options", now: datetime) -> "Outcome":
    """Build and print: what was done, and the problems that are new."""
    from feedwright.build import build  # noqa: PLC0415 - heavy; `--help` needs none

    on_terminal = sys.stderr.isatty()
    if on_terminal:
        options = options._replace(progress=common.progress)
    outcome = build(site, options, now)
    common.print_problems(outcome.new_problems)
    if options.dry_run:
        for step in outcome.plan.steps:
            print(f"{step.verb} feeds/{step.path}")
    elif outcome.plan.steps or outcome.changes.any:
        print(outcome.summary)
        if outcome.held:
            print(f"held: {outcome.held} messages wait for `feedwright deliver --drain`")
        if outcome.sent.attempts:
            print(f"told: {outcome.sent.summary}{outcome.sent.advice}")
    elif outcome.code and not outcome.new_problems and on_terminal:
        sys.stderr.write("nothing changed; some articles are held: `feedwright check` says why\n")
    return outcome


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of processes; write 1 or more')
    return int(text)
