"""What is known of sending without the rooms that send: who is told, and what came of it."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from feedwright.config.schema import Config

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


def tell_failed(failed: Mapping[str, str], tell: Log) -> None:
    """Tell of messages that could not be rendered, by endpoint."""
    for name, reason in failed.items():
        text = f"{name}: a message could not be made and waits: {reason}, then: "
        text += f"feedwright deliveries retry --endpoint {name}"
        facts = {"endpoint": name, "reason": reason, "text": text, "notice": True}
        tell("refused", clock(), facts)
