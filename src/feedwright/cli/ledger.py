"""`feedwright ledger`: adopt the ids of an existing feed; tidy."""

import argparse

from feedwright.cli import common

HELP = "adopt the ids of an existing feed, or tidy the ledger"
EXAMPLE = "feedwright ledger import https://example.org/old/feed.xml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of ledger."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    take = commands.add_parser(
        "import",
        help="adopt the ids of an existing RSS, Atom or JSON feed",
        description="Adopt the ids of an existing feed, so that a migration repeats nothing. "
        "Entries are matched by link, then by title and day; what does not match is printed.",
        epilog="example: feedwright ledger import old/feed.xml",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    take.add_argument("feed", metavar="FEED", help="a file or an address")
    take.add_argument("--dry-run", action="store_true", help="print the matches, change nothing")
    common.add_now(take)
    common.add_json(take)
    take.set_defaults(ledger_run=_import)
    tidy = commands.add_parser(
        "compact",
        help="rewrite the ledger without lines that say nothing any more",
        description="Rewrite the ledger without lines that say nothing any more. "
        "It means the same, and still merges with any branch.",
        epilog="example: feedwright ledger compact",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    tidy.set_defaults(ledger_run=_compact)


def run(chosen: argparse.Namespace) -> int:
    """Run the chosen subcommand."""
    code: int = chosen.ledger_run(chosen)
    return code


def _import(chosen: argparse.Namespace) -> int:
    from feedwright.operations.migration import import_feed  # noqa: PLC0415 - heavy; `--help` needs none

    report = import_feed(
        common.open_site(chosen), chosen.feed, chosen.now or common.clock(), dry_run=chosen.dry_run
    )
    if chosen.json:
        common.print_json(report.as_json())
    else:
        print(report.as_text())
    return 0


def _compact(chosen: argparse.Namespace) -> int:
    from feedwright.operations.migration import compact  # noqa: PLC0415 - heavy; `--help` needs none

    before, after = compact(common.open_site(chosen))
    print(f"{before} lines before, {after} now")
    return 0
