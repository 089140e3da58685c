"""`feedwright check`: every problem, without writing anything."""

import argparse
from collections.abc import Sequence

from feedwright.cli import common
from feedwright.errors import PUBLISHED, PUBLISHED_WITH_HELD
from feedwright.model import LeftOut, Problem, Severity

HELP = "lint configuration, content and documents without writing"
EXAMPLE = "feedwright check --json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of check."""
    common.add_now(parser)
    common.add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Print every problem and what is left out; 1 when an article is held."""
    from feedwright.announce import renderers_of  # noqa: PLC0415 - heavy
    from feedwright.survey import survey  # noqa: PLC0415 - heavy; `--help` needs none

    site = common.open_site(chosen)
    renderers_of(site)
    found = survey(site, chosen.now or common.clock())
    errors = [each for each in found.problems if each.severity is Severity.ERROR]
    if chosen.json:
        common.print_json(
            {
                "problems": [common.problem_json(each) for each in found.problems],
                "left_out": [each._asdict() for each in found.identified.gathered.left_out],
            }
        )
    else:
        _print(found.problems, found.identified.gathered.left_out, len(found.live))
    return PUBLISHED_WITH_HELD if errors else PUBLISHED


def _print(problems: Sequence[Problem], left_out: Sequence[LeftOut], live: int) -> None:
    for problem in problems:
        mark = "" if problem.severity is Severity.ERROR else "warning: "
        print(common.visible(f"{mark}{problem} [{problem.name}]"))
    for each in left_out:
        print(common.visible(f"left out: {each.path}: {each.reason}"))
    errors = sum(each.severity is Severity.ERROR for each in problems)
    counts = ((errors, "error"), (len(problems) - errors, "warning"), (len(left_out), "left out"))
    told = [
        f"{number} {word}{'s' if number != 1 and word != 'left out' else ''}"
        for number, word in counts
        if number
    ]
    articles = "1 article is" if live == 1 else f"{live} articles are"
    print("; ".join([f"{articles} fit to publish", ", ".join(told) or "no problems"]))
