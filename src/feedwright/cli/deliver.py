"""`feedwright deliver`: send what is due."""

import argparse
import signal
import sys
import threading
import time
from types import FrameType

from feedwright.cli import common, log

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
        stop = Stop()
        _stop_on_signals(stop)
        follow(lambda: common.open_site(chosen), stop, teller)
        return 0
    sent = deliver(common.open_site(chosen), release=chosen.drain, tell=teller)
    if sent.attempts or sys.stdout.isatty():
        print(f"{sent.summary}{sent.advice}")
    return 0


class Stop(threading.Event):
    """An event for signal handlers: it takes no lock, which what they interrupt may hold."""

    _asked = False

    def set(self) -> None:
        """Ask for the end."""
        self._asked = True

    def is_set(self) -> bool:
        """Whether the end was asked for."""
        return self._asked

    def wait(self, timeout: float | None = None) -> bool:
        """Sleep until then, or for so many seconds; return whether the end was asked for."""
        until = None if timeout is None else time.monotonic() + timeout
        while not self._asked and (until is None or time.monotonic() < until):
            time.sleep(_NAP)
        return self._asked


_NAP = 0.1


def _stop_on_signals(stop: threading.Event) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
