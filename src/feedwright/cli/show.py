"""`feedwright show`: one article, and where each of its fields came from."""

import argparse

from feedwright.cli import common
from feedwright.errors import PUBLISHED_WITH_HELD

HELP = "show an article as normalized, with where each field came from"
EXAMPLE = "feedwright show content/posts/harbour.md"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument and options of show."""
    parser.add_argument("article", metavar="ARTICLE", help="its path, id, permalink or slug")
    common.add_now(parser)
    common.add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Print one article; exit code 1 when it is held, 2 when there is none of that name."""
    from feedwright.operations import listing  # noqa: PLC0415 - heavy
    from feedwright.survey.run import survey  # noqa: PLC0415 - heavy; `--help` needs none

    found = survey(common.open_site(chosen), chosen.now or common.clock())
    name = listing.name_of(found.identified, chosen.article)
    article = listing.find(found.identified, name)
    if article is None and (problems := listing.problems_at(found, name)):
        if chosen.json:
            problem_rows = [common.problem_json(each) for each in problems]
            common.print_json({"state": "held", "problems": problem_rows})
        else:
            print("\n".join(["state       held", *(f"error       {each}" for each in problems)]))
        return PUBLISHED_WITH_HELD
    if article is None:
        raise common.usage_error(
            f'no article has the path, id, permalink or slug "{chosen.article}"',
            "`feedwright list` names them all",
        )
    shown = listing.explain(found, article)
    if chosen.json:
        common.print_json(shown.as_json())
    else:
        print(shown.as_text())
    return 0
