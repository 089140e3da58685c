"""`feedwright init`: a new site that builds, or a configuration for an existing one."""

import argparse

from feedwright.cli import common

HELP = "make a new site that builds, or a configuration for an existing one"
EXAMPLE = 'feedwright init blog --title "My blog" --url https://example.org/'


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument and options of init."""
    parser.add_argument("folder", metavar="DIR", nargs="?", default=".", help="default: here")
    parser.add_argument(
        "--from", dest="source", metavar="SITE", help="write a config.yaml that fits this site"
    )
    parser.add_argument("--title", help="title of the site (default: the name of the folder)")
    parser.add_argument("--url", help="home page of the site (default: https://example.org/)")


def run(chosen: argparse.Namespace) -> int:
    """Write the files of a new site, or what fits an existing one; existing files are kept."""
    if chosen.source:
        from feedwright.operations.recognize.start import start_from  # noqa: PLC0415 - heavy

        told = start_from(chosen.folder, chosen.source, chosen.title, chosen.url, common.clock())
    else:
        from feedwright.operations.starter import start  # noqa: PLC0415 - `--help` does not need it

        told = start(chosen.folder, chosen.title, chosen.url, common.clock())
    for line in told:
        print(line)
    return 0
