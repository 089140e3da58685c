"""What a build asks of sending. Where nobody is told, nothing that sends is imported or opened."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from feedwright.config.schema import Config
from feedwright.site import Site

Log = Callable[[str, datetime, Mapping[str, object]], None]
"""Takes the name of what happened, when, and its facts; `text` among them is for people, `notice`
says that somebody should look at it."""


class Sent(NamedTuple):
    """What a round of sending did."""

    attempts: int = 0
    delivered: int = 0
    next: datetime | None = None
    """The next moment at which a build would send something."""

    @property
    def summary(self) -> str:
        """One line for people."""
        if not self.attempts:
            return "nothing is due"
        failed = self.attempts - self.delivered
        return f"{self.delivered} delivered" + (f", {failed} failed" if failed else "")

    @property
    def advice(self) -> str:
        """What to do next; empty when all went well."""
        return "; `feedwright status` says why" if self.attempts > self.delivered else ""


def clock() -> datetime:
    """Return the real time: signatures and leases go by nothing else."""
    return datetime.fromtimestamp(time.time(), UTC)


def nobody(name: str, at: datetime, facts: Mapping[str, object]) -> None:
    """Keep no log."""


def is_anybody_told(config: Config) -> bool:
    """Whether there is an endpoint at all."""
    return bool(config.notify.webhooks or config.notify.websub.hubs)


def send_due(site: Site, tell: Log = nobody) -> Sent:
    """Send what is due for as long as a build may (`notify.send_within`)."""
    if not is_anybody_told(site.config):
        return Sent()
    from feedwright import deliver  # noqa: PLC0415 - only where there is somebody to tell

    return deliver.send_due(site, tell)


@contextmanager
def next_sending(site: Site, now: datetime) -> Iterator[float | None]:
    """Give the next moment (seconds since 1970) at which a build sends a message; None: never.

    While it is given, nobody changes deliveries: what is written down meanwhile stays true.
    """
    if not is_anybody_told(site.config):
        yield None
        return
    from feedwright import endpoints  # noqa: PLC0415 - only where there is somebody to tell

    with endpoints.next_sending(site, now) as due:
        yield due
