"""`feedwright watch`: build when content or configuration changes, and when something is due."""

import argparse
import sys

from feedwright.cli import common

NAME = "watch"
HELP = "build whenever content or configuration changes, or time makes something due"
EXAMPLE = "feedwright watch"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of watch."""
    parser.add_argument(
        "--interval",
        metavar="SECONDS",
        type=float,
        default=1.0,
        help="how often to look (default: 1; longer by itself when looking takes long)",
    )


def run(chosen: argparse.Namespace) -> int:
    """Watch until interrupted."""
    from feedwright.watching import watch  # noqa: PLC0415 - heavy; `--help` needs none

    def once() -> int:
        from feedwright.cli.main import run as run_command  # noqa: PLC0415 - they know each other

        return run_command(["-c", chosen.config, "build", "--wait-lock"])

    sys.stderr.write("watching; end with Ctrl-C\n")
    return watch(lambda: common.open_site(chosen), once, chosen.config, chosen.interval)
