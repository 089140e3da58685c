"""`feedwright watch`: build when content or configuration changes, and when something is due."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.cli import common, log
from feedwright.cli.build import publish
from feedwright.errors import FeedwrightError

if TYPE_CHECKING:
    from feedwright.site import Site

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

    log.add_log(parser)


def run(chosen: argparse.Namespace) -> int:
    """Watch until interrupted."""
    from feedwright.build import Options  # noqa: PLC0415 - heavy; `--help` needs none
    from feedwright.operations.watching import watch  # noqa: PLC0415 - heavy

    sites: list[Site] = []

    def build() -> float | None:
        try:
            sites[:] = [common.open_site(chosen)]
            options = Options(wait_lock=True, tell=log.log_of(chosen.log, notices_only=True))
            outcome = publish(sites[0], options, common.clock())
        except FeedwrightError as error:
            sys.stderr.write(f"{error}\n")
            return None
        return min(
            (moment.timestamp() for moment in (outcome.due, outcome.sent.next) if moment),
            default=None,
        )

    def folders() -> tuple[str, ...]:
        return sites[0].content_folders if sites else ()

    def files() -> tuple[Path, ...]:
        site = sites[0] if sites else None
        beside = (site.authors_path, site.tags_path, site.ledger_path) if site else ()
        return (Path(chosen.config), *(path for path in beside if path is not None))

    sys.stderr.write("watching; end with Ctrl-C\n")
    watch(folders, build, files, chosen.interval)
