"""`feedwright check`: every problem, without writing anything."""

import argparse
from typing import TYPE_CHECKING

from feedwright.cli import common
from feedwright.model import Severity

if TYPE_CHECKING:
    from feedwright.operations.checking import Checked

HELP = "lint configuration, content and documents without writing"
EXAMPLE = "feedwright check --json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of check."""
    common.add_now(parser)
    common.add_allowances(parser)
    common.add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Print every problem, what is left out and what a build would refuse; its exit code."""
    from feedwright.operations.checking import check  # noqa: PLC0415 - heavy; `--help` needs none

    checked = check(
        common.open_site(chosen),
        chosen.now or common.clock(),
        allow_mass_removal=chosen.allow_mass_removal,
        adopt=chosen.adopt,
    )
    if chosen.json:
        common.print_json(
            {
                "problems": [common.problem_json(each) for each in checked.problems],
                "left_out": [each._asdict() for each in checked.left_out],
                "refused": list(checked.refused),
            }
        )
    else:
        _print(checked)
    return checked.code


def _print(checked: "Checked") -> None:
    for problem in checked.problems:
        mark = "" if problem.severity is Severity.ERROR else "warning: "
        print(common.visible(f"{mark}{problem} [{problem.name}]"))
    for each in checked.left_out:
        print(common.visible(f"left out: {each.path}: {each.reason}"))
    for reason in checked.refused:
        for line in reason.splitlines():
            print(common.visible(f"refused: {line}"))
    print("; ".join(_summary(checked)))


def _summary(checked: "Checked") -> list[str]:
    parts = []
    if checked.live is not None:
        errors, left_out = checked.errors, len(checked.left_out)
        counts = (
            (errors, "error"),
            (len(checked.problems) - errors, "warning"),
            (left_out, "left out"),
        )
        told = [
            f"{number} {word}{'s' if number != 1 and word != 'left out' else ''}"
            for number, word in counts
            if number
        ]
        articles = "1 article is" if checked.live == 1 else f"{checked.live} articles are"
        parts = [f"{articles} fit to publish", ", ".join(told) or "no problems"]
    return [*parts, "the next build will be refused"] if checked.refused else parts
