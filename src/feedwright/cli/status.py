"""`feedwright status`: what is published, what is pending, what is due next."""

import argparse

from feedwright.cli import common

NAME = "status"
HELP = "show what is published, pending and due, and the link lines for your pages"
EXAMPLE = "feedwright status"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of status."""
    common.add_now(parser)
    common.add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Print the state of the site."""
    from feedwright.build import survey  # noqa: PLC0415 - heavy; `--help` needs none
    from feedwright.operations.status import status  # noqa: PLC0415

    state = status(survey(common.open_site(chosen), chosen.now or common.clock()), common.clock())
    if chosen.json:
        common.print_json(state.as_json())
    else:
        print(state.as_text())
    return 0
