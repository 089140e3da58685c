"""`feedwright deliver`: send what is due."""

import argparse
import signal
import sys
import threading
from types import FrameType

from feedwright.cli import common, log

NAME = "deliver"
HELP = "send the messages that are due"
EXAMPLE = "feedwright deliver --drain"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of deliver."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--drain", action="store_true", help="send also what `build --hold` kept, then end"
    )
    how.add_argument(
        "--follow", action="store_true", help="go on until SIGTERM: send whatever becomes due"
    )
    log.add_log(parser)


def run(chosen: argparse.Namespace) -> int:
    """Send; what cannot be delivered now is no failure of the command."""
    from feedwright.deliver import deliver, follow  # noqa: PLC0415 - heavy; `--help` needs none

    teller = log.log_of(chosen.log, notices_only=not chosen.follow)
    if chosen.follow:
        stop = threading.Event()
        _stop_on_signals(stop)
        follow(lambda: common.open_site(chosen), stop, teller)
        return 0
    sent = deliver(common.open_site(chosen), release=chosen.drain, tell=teller)
    if sent.attempts or sys.stdout.isatty():
        print(f"{sent.summary}{sent.advice}")
    return 0


def _stop_on_signals(stop: threading.Event) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
