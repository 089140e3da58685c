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
    from feedwright.build import survey  # noqa: PLC0415 - heavy; `--help` needs none
    from feedwright.listing import record  # noqa: PLC0415

    found = survey(common.open_site(chosen), chosen.now or common.clock())
    for article in found.articles:
        if chosen.json:
            print(json.dumps(record(article, found.entry(article)), ensure_ascii=False))
        else:
            day = f"{article.published:%Y-%m-%d}"
            print(f"{day}  {article.state:<7}  {article.path}  {article.title}")
    return 0
