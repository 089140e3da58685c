"""Trying an endpoint: one signed message now, also to one that is disabled."""

import time
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urljoin

from feedwright.announce import renderers_of
from feedwright.deliver import working
from feedwright.endpoints import WEBHOOK, endpoints_of, note_next_sending
from feedwright.errors import ConfigurationError, TemplateError
from feedwright.model import Attempt, DeliveryState, Endpoint, Message, Problem, Severity
from feedwright.notify.messages import next_sequence, place_of, trial_ping, trial_post
from feedwright.render.formats import FORMATS
from feedwright.sending import Log, clock
from feedwright.site import Site
from feedwright.store.deliveries import Deliveries, add, open_deliveries
from feedwright.store.delivery_rows import Shown
from feedwright.store.outbox import keep_sequence, last_sequence

_LOOK_AGAIN = 0.1


class Tested(NamedTuple):
    """What came of a test."""

    endpoint: str
    delivery: int
    is_delivered: bool
    was_disabled: str
    waiting: int
    """Messages that are due now that it is enabled."""
    attempt: Attempt | None

    def as_json(self) -> dict[str, object]:
        """Return it for `--json`."""
        attempt = self.attempt
        return {
            "endpoint": self.endpoint,
            "delivery": self.delivery,
            "delivered": self.is_delivered,
            "enabled": self.is_delivered and bool(self.was_disabled),
            "waiting": self.waiting,
            "status": attempt.status if attempt else None,
            "seconds": attempt.seconds if attempt else None,
            "answer": attempt.answer if attempt else "",
            "error": attempt.error if attempt else "",
        }

    def as_text(self) -> str:
        """Return it for people."""
        attempt = self.attempt
        if attempt is None:
            return f"{self.endpoint}: not sent"
        if not self.is_delivered:
            lines = [f"{self.endpoint}: not delivered: {attempt.error} ({attempt.seconds:.2f} s)"]
        else:
            lines = [f"{self.endpoint}: delivered ({attempt.status}, {attempt.seconds:.2f} s)"]
        if attempt.answer.strip():
            lines.append(f"  it said: {attempt.answer.strip()}")
        if self.was_disabled and not self.is_delivered:
            lines.append("  it stays disabled")
        elif self.was_disabled:
            lines.append(f"  it is enabled again; messages that waited for it: {self.waiting}")
        if self.waiting:
            lines.append("  the next build sends them, or: feedwright deliver")
        return "\n".join(lines)


def try_endpoint(site: Site, name: str, tell: Log) -> Tested:
    """Send a test message and wait for what comes of it. One that fails is not sent again.

    Raises ConfigurationError when there is no such endpoint, or a variable of it is not set.
    """
    endpoint = _endpoint(site, name)
    site.make_state_folder()
    with open_deliveries(site.outbox_path) as deliveries:
        deliveries.meet(endpoints_of(site))
        state = deliveries.endpoints().get(name)
        number = _add(site, deliveries, endpoint)
        with working(site, deliveries, tell) as worker:
            worker.one(number)
        shown = _awaited(deliveries, number, endpoint.timeout)
        was_disabled = state.disabled if state else ""
        waiting = 0
        if shown.listed.state is not DeliveryState.DELIVERED:
            deliveries.discard([number], clock())
        elif was_disabled:
            waiting = deliveries.hasten(name, clock())
            tell("enabled", clock(), {"endpoint": name, "text": f"{name}: enabled"})
    note_next_sending(site, clock())
    delivered = shown.listed.state is DeliveryState.DELIVERED
    last = shown.attempts[-1] if shown.attempts else None
    return Tested(name, number, delivered, was_disabled, waiting, last)


def _endpoint(site: Site, name: str) -> Endpoint:
    endpoints = {each.name: each for each in endpoints_of(site)}
    if name not in endpoints:
        names = ", ".join(endpoints) or "none is configured"
        raise _mistake(f'no webhook is called "{name}"', f"there are: {names}")
    if endpoints[name].disabled:
        raise _mistake(f"{name}: {endpoints[name].disabled}", "set it in this environment, too")
    return endpoints[name]


def _mistake(what: str, cure: str) -> ConfigurationError:
    return ConfigurationError((Problem(Severity.ERROR, "usage", "feedwright", 0, "", what, cure),))


def _add(site: Site, deliveries: Deliveries, endpoint: Endpoint) -> int:
    now = clock()
    with deliveries.writing() as database:
        sequence = next_sequence(now, last_sequence(database))
        keep_sequence(database, sequence)
        message = _message(site, endpoint, now, sequence)
        add(database, [message], at=now, publication=None)
    number = deliveries.number_of(message.id)
    assert number is not None
    return number


def _message(site: Site, endpoint: Endpoint, now: datetime, sequence: int) -> Message:
    place = place_of(site.config.site)
    if endpoint.kind != WEBHOOK:
        return trial_ping(place, endpoint.url, _any_topic(site), now, sequence)
    webhook = next(each for each in site.config.notify.webhooks if each.name == endpoint.name)
    post = trial_post(place, webhook, renderers_of(site)[webhook.name], now, sequence)
    if post.problem:
        raise TemplateError(post.problem)
    return post.message


def _any_topic(site: Site) -> str:
    spec = next((each for each in site.config.feeds if not each.per), site.config.feeds[0])
    folder = spec.path + "/" if spec.path and not spec.per else ""
    return urljoin(site.config.site.feeds_url, folder + FORMATS[spec.formats[0]].file_name)


def _awaited(deliveries: Deliveries, number: int, timeout: float) -> Shown:
    """Return the delivery once it was tried; another worker may have been quicker than ours."""
    until = time.monotonic() + timeout + 5
    while True:
        shown = deliveries.show(number, clock())
        assert shown is not None
        if shown.attempts or time.monotonic() > until:
            return shown
        time.sleep(_LOOK_AGAIN)
