"""Messages: which endpoint is told what, as bytes with a stable id. Pure.

An id is a digest of site, sequence, endpoint, type and entry: no randomness, and no clock but the
sequence, so that the same event never has two.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import NamedTuple, cast

from feedwright.config.schema import Site, Webhook
from feedwright.errors import TemplateError
from feedwright.model import Message
from feedwright.notify import websub
from feedwright.notify.bodies import Body, Renderer, Telling
from feedwright.notify.bodies.telling import Place
from feedwright.notify.events import FEED_UPDATED, TEST, EntryChange, Facts, FeedChange
from feedwright.notify.merging import merged
from feedwright.notify.payload import Event, dumps, entry_data, feed_data


class Publication(NamedTuple):
    """What is told of one publication."""

    site: Place
    at: datetime
    sequence: int
    """Rises from publication to publication: milliseconds since 1970."""
    feeds: tuple[FeedChange, ...]
    entries: tuple[EntryChange, ...]
    """Empty for the first publication and the one after an import."""
    hold: bool


class Post(NamedTuple):
    """A message, and how to render it anew when it takes up an older one."""

    message: Message
    event: Event
    problem: str = ""
    """Why it has no body: the template failed."""


def place_of(site: Site) -> Place:
    """Return what messages say of the site."""
    return Place(site.title, site.url, site.feeds_url)


def next_sequence(now: datetime, last: int) -> int:
    """Return the sequence of a publication: its time in milliseconds, later than `last`."""
    return max(int(now.timestamp() * 1000), last + 1)


def wanted_types(webhooks: Iterable[Webhook]) -> frozenset[str]:
    """Return the types of events that some webhook asks for."""
    return frozenset(each for webhook in webhooks for each in webhook.events)


def posts(
    publication: Publication,
    webhooks: Sequence[Webhook],
    hubs: Sequence[str],
    renderers: Mapping[str, Renderer],
) -> Iterator[Post]:
    """Return what each endpoint is told of a publication; `renderers` are by webhook."""
    for webhook in webhooks:
        make = _Maker(publication.site, publication.hold, webhook, renderers[webhook.name])
        feeds = [each for each in publication.feeds if _fits(webhook, each.name)]
        if feeds and FEED_UPDATED in webhook.events:
            data = feed_data(publication.sequence, [each.facts for each in feeds])
            yield make.post(Event(FEED_UPDATED, publication.at, data), "")
        for change in publication.entries:
            if change.type in webhook.events and _concerns(webhook, change):
                data = entry_data(publication.sequence, change.facts)
                yield make.post(Event(change.type, publication.at, data), change.id)
    for hub in hubs:
        for feed in publication.feeds:
            for topic in feed.topics:
                yield _ping(publication, hub, topic)


def trial_post(
    site: Place, webhook: Webhook, renderer: Renderer, now: datetime, sequence: int
) -> Post:
    """Return the message of `webhook test`."""
    data: Facts = {
        "sequence": sequence,
        "endpoint": webhook.name,
        "message": "This is a test: the endpoint is set up.",
    }
    return _Maker(site, hold=False, webhook=webhook, renderer=renderer).post(
        Event(TEST, now, data), ""
    )


def trial_ping(site: Place, hub: str, topic: str, now: datetime, sequence: int) -> Message:
    """Return the message of `webhook test` for a hub: a ping for one document."""
    publication = Publication(site, now, sequence, (), (), hold=False)
    ping = _ping(publication, hub, topic).message
    return ping._replace(id=_id(site.url, sequence, hub, TEST, ""), type=TEST, group="")


def absorbed(
    post: Post, older: Iterable[Message], webhook: Webhook, renderer: Renderer, site: Place
) -> Post:
    """Return the message with what older messages of its group, never tried, would have told.

    `older` in the order of their age, the oldest first.
    """
    data: Facts | None = None
    for message in older:
        found = cast("Facts", json.loads(message.data))
        data = found if data is None else merged(post.event.type, data, found)
    if data is None or post.event.type != FEED_UPDATED:
        return post
    event = post.event._replace(data=merged(post.event.type, data, post.event.data))
    maker = _Maker(site, post.message.hold, webhook, renderer)
    return maker.filled(post.message, event)


# ---------------------------------------------------------------- making one


class _Maker(NamedTuple):
    """Makes the messages of one webhook."""

    site: Place
    hold: bool
    webhook: Webhook
    renderer: Renderer

    def post(self, event: Event, entry: str) -> Post:
        name = self.webhook.name
        message = Message(
            id=_id(self.site.url, event.data["sequence"], name, event.type, entry),
            type=event.type,
            endpoint=name,
            group=self._group(event.type, entry),
            body=b"",
            content_type="application/json",
            data="",
            due=event.at,
            hold=self.hold,
        )
        return self.filled(message, event)

    def filled(self, message: Message, event: Event) -> Post:
        """Give a message its bytes. A template that fails leaves it without, and says why."""
        data = dumps(event.data)
        try:
            body = self.renderer(Telling(event, self.site))
        except TemplateError as error:
            return Post(message._replace(data=data), event, str(error))
        return Post(
            message._replace(body=body.data, content_type=body.content_type, data=data), event
        )

    def _group(self, kind: str, entry: str) -> str:
        if kind == TEST:
            return ""
        told = entry or ",".join(sorted(self.webhook.feeds))
        return _group(self.webhook.name, kind, told, hold=self.hold)


def _ping(publication: Publication, hub: str, topic: str) -> Post:
    body = Body(websub.ping(topic), websub.CONTENT_TYPE)
    data: Facts = {"sequence": publication.sequence, "topic": topic}
    message = Message(
        id=_id(publication.site.url, publication.sequence, hub, websub.TYPE, topic),
        type=websub.TYPE,
        endpoint=hub,
        group=_group(hub, websub.TYPE, topic, hold=publication.hold),
        body=body.data,
        content_type=body.content_type,
        data=dumps(data),
        due=publication.at,
        hold=publication.hold,
    )
    return Post(message, Event(websub.TYPE, publication.at, data))


def _fits(webhook: Webhook, name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in webhook.feeds)


def _concerns(webhook: Webhook, change: EntryChange) -> bool:
    """Tell whether an endpoint hears of an entry; `*` hears of all, whatever feed they are in."""
    if change.feeds is None or "*" in webhook.feeds:
        return True
    return any(_fits(webhook, name) for name in change.feeds)


def _group(endpoint: str, kind: str, told: str, *, hold: bool) -> str:
    """Held messages never collapse into others: those would be sent too early, or too late."""
    return "\n".join((endpoint, kind, told, "hold" if hold else ""))


def _id(*parts: object) -> str:
    digest = sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"msg_{digest[:32]}"
