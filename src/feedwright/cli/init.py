"""`feedwright init`: a new site that builds."""

import argparse

from feedwright.cli import common

NAME = "init"
HELP = "make a new site that builds"
EXAMPLE = 'feedwright init blog --title "My blog" --url https://example.org/'


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument and options of init."""
    parser.add_argument("folder", metavar="DIR", nargs="?", default=".", help="default: here")
    parser.add_argument("--title", help="title of the site (default: the name of the folder)")
    parser.add_argument("--url", help="home page of the site (default: https://example.org/)")


def run(chosen: argparse.Namespace) -> int:
    """Write the files of a new site; existing files are kept."""
    from feedwright.operations.starter import start  # noqa: PLC0415 - `--help` does not need it

    for line in start(chosen.folder, chosen.title, chosen.url, common.clock()):
        print(line)
    return 0
