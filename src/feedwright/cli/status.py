"""`feedwright status`: what is published, what is pending, what is due next."""

import argparse

from feedwright.cli import common
from feedwright.errors import FeedwrightError

HELP = "show what is published, pending and due, and the link lines for your pages"
EXAMPLE = "feedwright status"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of status."""
    common.add_now(parser)
    common.add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Print the state of the site."""
    from feedwright.operations.delivery_status import delivery_status  # noqa: PLC0415 - heavy
    from feedwright.operations.status import status  # noqa: PLC0415 - heavy
    from feedwright.survey.run import survey  # noqa: PLC0415 - heavy; `--help` needs none

    site = common.open_site(chosen)
    try:
        found = survey(site, chosen.now or common.clock())
    except FeedwrightError:
        if not chosen.json:  # whatever is wrong with the content, this can be told
            print("\n".join(delivery_status(site, common.clock()).lines()))
        raise
    state = status(found, common.clock())
    if chosen.json:
        common.print_json(state.as_json())
    else:
        print(state.as_text())
    return 0
