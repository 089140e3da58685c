"""`feedwright build`: the pipeline."""

import argparse
import sys

from feedwright.cli import common

NAME = "build"
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
    add(
        "--allow-mass-removal",
        action="store_true",
        help="publish even if more articles leave than publish.max_removed allows",
    )
    add("--adopt", action="store_true", help="replace files in feeds/ that are not Feedwright's")
    add("--wait-lock", action="store_true", help="wait while another build is running")


def run(chosen: argparse.Namespace) -> int:
    """Build, print what is new, return the exit code."""
    from feedwright.build import Options, build  # noqa: PLC0415 - heavy; `--help` needs none

    options = Options(
        dry_run=chosen.dry_run,
        hold=chosen.hold,
        notify=not chosen.no_notify,
        jobs=chosen.jobs,
        allow_mass_removal=chosen.allow_mass_removal,
        adopt=chosen.adopt,
        wait_lock=chosen.wait_lock,
        progress=common.progress if sys.stderr.isatty() else None,
    )
    outcome = build(common.open_site(chosen), options, chosen.now or common.clock())
    common.print_problems(outcome.new_problems)
    for step in outcome.plan.steps:
        if chosen.dry_run:
            print(f"{step.verb} feeds/{step.path}")
    if not chosen.dry_run and (outcome.plan.steps or outcome.changes.any):
        print(outcome.summary)
    elif not outcome.new_problems and outcome.code and sys.stderr.isatty():
        sys.stderr.write("nothing changed; some articles are held: `feedwright check` says why\n")
    return outcome.code


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of processes; write 1 or more')
    return int(text)
