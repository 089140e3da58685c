"""What several commands share: opening the site, the clock, printing."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.errors import ConfigurationError
from feedwright.model import Problem, Severity
from feedwright.text.patterns import lazy

if TYPE_CHECKING:
    from feedwright.site import Site


_CONTROLS = lazy("[\x00-\x1f\x7f-\x9f]")

MANY_WARNINGS = 10
"""So many warnings of one kind are printed by a build."""


def open_site(arguments: argparse.Namespace) -> "Site":
    """Read the configuration that `-c` names. The one door of the environment."""
    from feedwright.site import Site  # noqa: PLC0415 - heavy, and `--help` does not need it

    return Site(Path(arguments.config), os.environ)


def clock() -> datetime:
    """Return the time of this run, in whole seconds. The one door of the clock."""
    return datetime.now(UTC).replace(microsecond=0)


def exact_clock() -> datetime:
    """Return the real time with its fractions, by which messages are sent."""
    return datetime.now(UTC)


def add_now(parser: argparse.ArgumentParser) -> None:
    """Add `--now`, the time of the run."""
    parser.add_argument(
        "--now", metavar="ISO", type=instant, help="run as if it were this time (RFC 3339)"
    )


def instant(text: str) -> datetime:
    """Read the value of `--now`; a time without zone is UTC."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'cannot read "{text}"; write 2026-01-31T12:00:00Z'
        ) from None
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value.astimezone(UTC).replace(microsecond=0)


def add_allowances(parser: argparse.ArgumentParser) -> None:
    """Add what allows a build that would be refused otherwise."""
    parser.add_argument(
        "--allow-mass-removal",
        action="store_true",
        help="publish even if more articles leave than publish.max_removed allows",
    )
    parser.add_argument(
        "--adopt", action="store_true", help="replace files in feeds/ that are not Feedwright's"
    )


def add_json(parser: argparse.ArgumentParser, help_text: str = "print JSON") -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help=help_text)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems to stderr: all errors, and of each kind of warning the first ones."""
    warnings: dict[str, int] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            sys.stderr.write(f"{visible(str(problem))}\n")
            continue
        warnings[problem.name] = warnings.get(problem.name, 0) + 1
        if warnings[problem.name] <= MANY_WARNINGS:
            sys.stderr.write(f"warning: {visible(str(problem))}\n")
    for name, number in warnings.items():
        if number > MANY_WARNINGS:
            sys.stderr.write(
                f"warning: {number - MANY_WARNINGS} more of this kind, {name}; "
                "`feedwright check` has them all\n"
            )


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem as an object for `--json`."""
    return {**problem._asdict(), "severity": str(problem.severity)}


def print_json(value: object, indent: int | None = 2) -> None:
    """Print a value as JSON; letters that the output cannot take are escaped as JSON does it."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    print(json.dumps(value, ensure_ascii=encoding != "utf8", indent=indent, default=str))


def visible(text: str) -> str:
    """Keep a text on its line: file names may hold line ends and commands to the terminal."""
    return _CONTROLS.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def usage_error(what: str, cure: str) -> ConfigurationError:
    """Return the error for a wrong command line (exit code 2)."""
    return ConfigurationError((Problem(Severity.ERROR, "usage", "feedwright", 0, "", what, cure),))


def progress(text: str) -> None:
    """Show on the terminal what the run is doing, on one line that is overwritten."""
    sys.stderr.write(f"\r\x1b[K{text}" if text else "\r\x1b[K")
    sys.stderr.flush()
