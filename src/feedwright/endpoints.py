"""The endpoints of a site: whom its messages go to, signed how, and what waits for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from feedwright import __version__, unchanged
from feedwright.model import Endpoint, Message
from feedwright.notify import signing
from feedwright.site import Site
from feedwright.store.database import is_there
from feedwright.store.deliveries import Deliveries, open_deliveries

WEBHOOK = "webhook"
WEBSUB = "websub"
_AGENT = f"Feedwright/{__version__}"


def endpoints_of(site: Site) -> tuple[Endpoint, ...]:
    """Return every configured endpoint: webhooks by their names, hubs by their addresses."""
    notify = site.config.notify
    webhooks = (
        Endpoint(
            name=each.name,
            kind=WEBHOOK,
            url=each.url,
            secrets=each.secret,
            allow_http=each.allow_http,
            allow_private=each.allow_private,
            proxy=each.proxy,
            timeout=each.timeout.total_seconds(),
            disabled=each.disabled,
        )
        for each in notify.webhooks
    )
    hubs = (
        Endpoint(
            name=each.url,
            kind=WEBSUB,
            url=each.url,
            allow_http=each.allow_http,
            allow_private=each.allow_private,
        )
        for each in notify.websub.hubs
    )
    return (*webhooks, *hubs)


def usable_names(site: Site) -> frozenset[str]:
    """Return the names of the endpoints that the configuration lets work."""
    return frozenset(each.name for each in endpoints_of(site) if not each.disabled)


def headers_for(endpoint: Endpoint, message: Message, now: datetime) -> dict[str, str]:
    """Return the headers of one attempt; signatures are fresh each time."""
    headers = {
        "Content-Type": message.content_type,
        "User-Agent": _AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
    }
    if endpoint.kind == WEBHOOK:
        headers |= signing.headers(message.id, message.body, endpoint.secrets, now)
    return headers


@contextmanager
def next_sending(site: Site, now: datetime) -> Iterator[float | None]:
    """Give the next moment (seconds since 1970) at which a build sends a message; None: never.

    While it is given, nobody changes deliveries: what is written down meanwhile stays true.
    """
    if not is_there(site.outbox_path):
        yield None
        return
    with open_deliveries(site.outbox_path) as deliveries, deliveries.writing():
        due = _next(site, deliveries, now)
        yield due.timestamp() if due else None


def note_next_sending(site: Site, now: datetime) -> datetime | None:
    """Write the next moment down where an unchanged site looks for it, and return it."""
    with next_sending(site, now) as due:
        unchanged.renew_pending(str(site.state_folder), due)
    return datetime.fromtimestamp(due, now.tzinfo) if due is not None else None


def _next(site: Site, deliveries: Deliveries, now: datetime) -> datetime | None:
    if not site.config.notify.send_within:
        return None  # all sending is left to `deliver`
    return deliveries.next_due(usable_names(site), now)
