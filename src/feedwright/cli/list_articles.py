"""`feedwright list`: every article as normalized."""

import argparse

from feedwright.cli import common

HELP = "list every article as normalized, one per line"
EXAMPLE = "feedwright list --json | jq -r 'select(.state == \"draft\") | .path'"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of list."""
    common.add_now(parser)
    common.add_json(parser, "print JSON lines: one object for each article")


def run(chosen: argparse.Namespace) -> int:
    """Print the articles, the newest first."""
    from feedwright.operations.listing import local_day, records  # noqa: PLC0415 - heavy
    from feedwright.survey.identify import identify  # noqa: PLC0415 - heavy; `--help` needs none

    found = identify(common.open_site(chosen), chosen.now or common.clock())
    for record in records(found):
        if chosen.json:
            common.print_json(record, indent=None)
        else:
            day = local_day(found, record)
            about = record.get("title") or record.get("reason")
            line = f"{day:<10}  {record['state']:<7}  {record['path']}  {about}"
            print(common.visible(line))
    return 0
