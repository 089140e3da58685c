"""`feedwright list`: every article as normalized."""

import argparse
import json

from feedwright.cli import common

NAME = "list"
HELP = "list every article as normalized, one per line"
EXAMPLE = "feedwright list --json | jq -r 'select(.state == \"draft\") | .path'"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of list."""
    common.add_now(parser)
    common.add_json(parser, "print JSON lines: one object for each article")


def run(chosen: argparse.Namespace) -> int:
    """Print the articles, the newest first."""
    from feedwright.identify import identify  # noqa: PLC0415 - heavy; `--help` needs none
    from feedwright.operations.listing import local_day, records  # noqa: PLC0415

    found = identify(common.open_site(chosen), chosen.now or common.clock())
    for record in records(found):
        if chosen.json:
            print(json.dumps(record, ensure_ascii=False))
        else:
            day = local_day(found, record)
            about = record.get("title") or record.get("reason")
            print(f"{day:<10}  {record['state']:<7}  {record['path']}  {about}")
    return 0
