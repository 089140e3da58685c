"""RSS 2.0 (https://www.rssboard.org/rss-specification) with the modules that readers know."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from lxml.etree import QName, _Element

from feedwright.model import Entry, Feed, Fragment
from feedwright.render import elements, podcast
from feedwright.render.elements import add
from feedwright.render.frame import Frame, archive_links, document_address, is_archive, xml_head
from feedwright.render.namespaces import XML_LANG, name
from feedwright.render.wire import (
    GENERATOR,
    content_html,
    labels,
    legal,
    real_email,
    title_of,
    type_of,
)
from feedwright.text.dates import rfc3339

if TYPE_CHECKING:
    from feedwright.render.feedgen_door import FeedGenerator

FILE_NAME = "rss.xml"
MEDIA_TYPE = "application/rss+xml"

_IMAGE_ENDINGS = (".gif", ".jpeg", ".jpg", ".png")


def entry(entry: Entry, full: bool) -> Fragment:  # noqa: FBT001  # the signature of all formats
    """Write an `<item>`: with its content when it is `full`, else with its summary alone."""
    from feedwright.render import feedgen_door  # noqa: PLC0415 - heavy; most come from stencils

    item = feedgen_door.new_entry(lambda element: _extend_item(element, entry))
    item.title(title_of(entry))
    item.id(legal(entry.guid or entry.id))
    item.link(href=legal(entry.permalink))
    # The summary is text, `description` is HTML.
    if entry.summary:
        item.description(escape(legal(entry.summary), quote=False), isSummary=True)
    content = content_html(entry) if full else ""
    if content:
        item.content(content)
    item.published(entry.published)
    item.category([{"term": label} for label in labels(entry)])
    if entry.enclosures:
        first = entry.enclosures[0]
        item.enclosure(legal(first.url), first.length, legal(type_of(first.media_type)))
    if entry.comments:
        item.comments(legal(entry.comments))
    return Fragment(entry.id, feedgen_door.rss_item(item), _prefixes(entry), legal(entry.guid))


def _prefixes(entry: Entry) -> frozenset[str]:
    parts = {
        "atom": elements.is_edited(entry),
        "content": entry.content,
        "dc": entry.authors or entry.language or entry.rights,
        "media": entry.image or entry.enclosures[1:],
    }
    return elements.prefixes_of(parts) | podcast.episode_prefixes(entry.episode)


def _extend_item(item: _Element, entry: Entry) -> None:
    """Add what feedgen cannot say of an item.

    `<author>` is never written: it wants an email, and validators take it for the same as
    `dc:creator`, which every reader shows right.
    """
    if entry.language:
        item.set(XML_LANG, legal(entry.language))
    for author in entry.authors:
        if legal(author.name):
            add(item, name("dc", "creator"), author.name)
    if entry.language:
        add(item, name("dc", "language"), entry.language)
    if entry.rights:
        add(item, name("dc", "rights"), entry.rights)
    if elements.is_edited(entry):
        add(item, name("atom", "updated"), rfc3339(entry.updated))
    if entry.image:
        elements.media_image(item, entry.image)
    for enclosure in entry.enclosures[1:]:
        elements.media_enclosure(item, enclosure)
    if entry.episode:
        podcast.extend_item(item, entry.episode)


def frame(feed: Feed, prefixes: Iterable[str]) -> Frame:
    """Write the channel: what stands around its items."""
    from feedwright.render import feedgen_door  # noqa: PLC0415 - heavy; most come from stencils

    needed = {*prefixes, *podcast.channel_prefixes(feed.podcast)}
    if is_archive(feed):
        needed.add("fh")
    head, tail = feedgen_door.rss_envelope(channel(feed, needed))
    return Frame(xml_head(feed) + head, b"", tail)


def channel(feed: Feed, prefixes: Iterable[str]) -> "FeedGenerator":
    """Return the feed as feedgen's object, without entries."""
    from feedwright.render import feedgen_door  # noqa: PLC0415 - heavy; most come from stencils

    title = legal(feed.title)
    made = feedgen_door.new_feed(prefixes, lambda element: _extend_channel(element, feed))
    made.title(title)
    made.link(href=document_address(feed, FILE_NAME), rel="self", type=MEDIA_TYPE)
    made.link(href=feed.home, rel="alternate")  # the last link is the channel's <link>
    made.description(legal(feed.description) or title)
    made.language(feed.language or None)
    made.rights(legal(feed.rights) or None)
    made.generator(GENERATOR)
    made.lastBuildDate(feed.updated)
    if real_email(feed.author.email):
        made.managingEditor(f"{feed.author.email} ({_in_brackets(feed.author.name)})")
    image = next(
        (url for url in (feed.logo, feed.icon) if url.lower().endswith(_IMAGE_ENDINGS)), ""
    )
    if image:
        made.image(image, title=title, link=feed.home)
    return made


def _extend_channel(channel: _Element, feed: Feed) -> None:
    for number, (rel, href) in enumerate(_links(feed)):
        add(channel, name("atom", "link"), rel=rel, href=href)
        channel.insert(_place_of_self(channel) + 1 + number, channel[-1])
    if is_archive(feed):
        add(channel, name("fh", "archive"))
    if feed.podcast:
        podcast.extend_channel(channel, feed.podcast, legal(feed.title))


def _links(feed: Feed) -> list[tuple[str, str]]:
    """Return the links beside `rel=self` and `<link>`."""
    archives = archive_links(feed, FILE_NAME)
    return [("hub", hub) for hub in feed.hubs] + archives


def _place_of_self(channel: _Element) -> int:
    return next(
        place for place, child in enumerate(channel) if QName(child).text == name("atom", "link")
    )


def _in_brackets(text: str) -> str:
    """Fit a name into `email (Name)`: its own brackets would end it (RFC 5322, section 3.2.2)."""
    return legal(text).replace("(", "[").replace(")", "]").replace("\\", "")


def mark(entry_id: str) -> bytes:
    """Return the bytes by which the id of an entry stands in a document."""
    return f'<guid isPermaLink="false">{escape(entry_id, quote=False)}</guid>'.encode()
