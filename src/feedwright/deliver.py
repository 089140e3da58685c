"""notify -> deliver: sending what the outbox holds, and telling what came of it.

Here the worker of `delivery` gets endpoints, signatures, clock and chance. requests is imported
only when there is something to send.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedwright.endpoints import endpoints_of, headers_for, note_next_sending, usable_names
from feedwright.errors import FeedwrightError, WriteError
from feedwright.metrics import write_metrics
from feedwright.model import Attempt, Decision, DeliveryState, Due
from feedwright.sending import Log, Sent, clock, nobody
from feedwright.site import Site
from feedwright.store.database import is_there
from feedwright.store.deliveries import Deliveries, open_deliveries
from feedwright.text.dates import rfc3339

if TYPE_CHECKING:
    from feedwright.delivery.worker import Worker

_WRITE_AGAIN = 10.0
"""Seconds until a service tries once more to write what could not be written."""


def send_due(site: Site, tell: Log = nobody) -> Sent:
    """Send what is due for as long as a build may (`notify.send_within`)."""
    within = site.config.notify.send_within
    if not within or not endpoints_of(site) or not is_there(site.outbox_path):
        return Sent()
    with open_deliveries(site.outbox_path) as deliveries:
        sent = _send(site, deliveries, tell, clock() + within)
    return sent._replace(next=_aftermath(site, tell))


def deliver(site: Site, *, release: bool, tell: Log) -> Sent:
    """Send all that is due, and with `release` what `build --hold` kept."""
    if not is_there(site.outbox_path):
        return Sent()
    with open_deliveries(site.outbox_path) as deliveries:
        if release:
            deliveries.release_held(clock())
        sent = _send(site, deliveries, tell, None)
    return sent._replace(next=_aftermath(site, tell))


def _send(site: Site, deliveries: Deliveries, tell: Log, until: datetime | None) -> Sent:
    deliveries.meet(endpoints_of(site))
    deliveries.set_right(clock())
    due = deliveries.next_due(usable_names(site), clock())
    sent = Sent()
    if due is not None and due <= clock():
        with working(site, deliveries, tell) as worker:
            sent = Sent(*worker.drain(until))
    _tidy(site, deliveries)
    return sent


def follow(open_site: Callable[[], Site], stop: threading.Event, tell: Log) -> None:
    """Send whatever becomes due until `stop` is set; read the configuration anew when it changes.

    A changed configuration that cannot be used is told once, and the old one stays. A disk that is
    full or cannot be written from some time on is told once, and tried again.
    """
    site = open_site()
    site.make_state_folder()
    with open_deliveries(site.outbox_path) as deliveries:
        _tidy(site, deliveries)  # raises where nothing will ever be written
    told = ""
    while not stop.is_set():
        try:
            site = _follow(site, open_site, stop, tell)
        except WriteError as error:
            if str(error) != told:
                told = str(error)
                tell("problem", clock(), {"text": told, "error": told, "notice": True})
            stop.wait(_WRITE_AGAIN)
        else:
            told = ""


def _follow(site: Site, open_site: Callable[[], Site], stop: threading.Event, tell: Log) -> Site:
    """Do so until something has changed; return the site as it is then."""
    site.make_state_folder()
    look = _Look(site, open_site, stop, tell)
    with (
        open_deliveries(site.outbox_path) as deliveries,
        working(site, deliveries, tell) as worker,
    ):
        worker.follow(look, tick=lambda: look.look(deliveries))
        _tidy(site, deliveries)
    _aftermath(site, tell)
    return look.changed or site


class _Look(threading.Event):
    """Ends one round of `follow`: when it is to stop, or when the configuration has changed."""

    def __init__(
        self, site: Site, open_site: Callable[[], Site], stop: threading.Event, tell: Log
    ) -> None:
        super().__init__()
        self.changed: Site | None = None
        self._site = site
        self._open_site = open_site
        self._stop = stop
        self._tell = tell
        self._seen = site.config_bytes
        self._outbox = _identity(site.outbox_path)

    def is_set(self) -> bool:
        return super().is_set() or self._stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        return self._stop.wait(timeout) or self.is_set()

    def look(self, deliveries: Deliveries) -> None:
        """Look after the house every now and then."""
        _tidy(self._site, deliveries)
        _aftermath(self._site, self._tell)
        if _identity(self._site.outbox_path) != self._outbox:
            self.set()  # the state folder was deleted or restored: open it anew
            return
        try:
            source = self._site.config_path.read_bytes()
            if source == self._seen:
                return
            self._seen = source
            self.changed = self._open_site()
        except (OSError, FeedwrightError) as error:
            text = f"the configuration has changed and cannot be used: {error}"
            self._tell("problem", clock(), {"text": text, "error": str(error), "notice": True})
            return
        self._tell("reloaded", clock(), {"text": "the configuration has changed: read anew"})
        self.set()


@contextmanager
def working(site: Site, deliveries: Deliveries, tell: Log) -> Iterator["Worker"]:
    """Give a worker with its connections, which are closed at the end."""
    from feedwright.delivery.sender import Sender  # noqa: PLC0415 - requests is heavy
    from feedwright.delivery.worker import Worker  # noqa: PLC0415 - heavy

    def heard(due: Due, attempt: Attempt, decision: Decision) -> None:
        for name, facts in told_of(due, attempt, decision):
            tell(name, attempt.at, facts)

    with closing(Sender(headers_for, clock)) as sender:
        from random import SystemRandom  # noqa: PLC0415 - most runs send nothing

        chance = SystemRandom()
        yield Worker(deliveries, endpoints_of(site), sender.send, clock, chance.random, tell=heard)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _tidy(site: Site, deliveries: Deliveries) -> None:
    deliveries.prune(site.config.notify.keep_attempts, clock(), usable=usable_names(site))


def _aftermath(site: Site, tell: Log) -> datetime | None:
    """Write down what others want to know; return when something is due next."""
    try:
        write_metrics(site, clock())
    except WriteError as error:
        tell("problem", clock(), {"text": str(error), "error": str(error), "notice": True})
    return note_next_sending(site, clock())


def told_of(
    due: Due, attempt: Attempt, decision: Decision
) -> Iterator[tuple[str, dict[str, object]]]:
    """Return what the log tells of an attempt: it, and what it means for its endpoint."""
    message = due.message
    again = decision.due if decision.state is DeliveryState.PENDING else None
    facts: dict[str, object] = {
        "endpoint": message.endpoint,
        "delivery": due.delivery,
        "message_id": message.id,
        "type": message.type,
        "attempt": due.attempts + 1,
        "status": attempt.status,
        "seconds": attempt.seconds,
        "error": attempt.error,
        "state": str(decision.state),
        "due": rfc3339(again) if again else None,
    }
    what = attempt.error or f"{attempt.status}"
    text = f"{message.endpoint}: {message.type} {message.id}: {decision.state} ({what}"
    text += f", {attempt.seconds:.2f} s)" + (f"; next try {rfc3339(again)}" if again else "")
    given_up = decision.state in {DeliveryState.DEAD, DeliveryState.REFUSED}
    if given_up:
        text += f"; see: feedwright deliveries show {due.delivery}"
    yield "attempt", {**facts, "text": text, "notice": given_up}
    if decision.disable:
        yield (
            "disabled",
            {
                "endpoint": message.endpoint,
                "reason": decision.disable,
                "text": f"{message.endpoint}: disabled: {decision.disable}; its messages wait; "
                f"`feedwright webhook test {message.endpoint}` enables it",
                "notice": True,
            },
        )
    if decision.pause_until:
        until = rfc3339(decision.pause_until)
        yield (
            "paused",
            {
                "endpoint": message.endpoint,
                "until": until,
                "text": f"{message.endpoint}: asked for a pause until {until}",
            },
        )
