"""Atom 1.0 (RFC 4287) with paged archives (RFC 5005) and tombstones (RFC 6721)."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from lxml.etree import SubElement, _Element

from feedwright.model import Enclosure, Entry, Feed, Fragment, Person
from feedwright.render import elements
from feedwright.render.elements import add
from feedwright.render.frame import (
    Frame,
    archive_links,
    document_address,
    is_archive,
    xml_head,
)
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

FILE_NAME = "atom.xml"
MEDIA_TYPE = "application/atom+xml"


def entry(entry: Entry, full: bool) -> Fragment:  # noqa: FBT001  # the signature of all formats
    """Write an `<entry>`: with its content when it is `full`, else with its summary alone."""
    from feedwright.render import feedgen_door  # noqa: PLC0415 - heavy; most come from stencils

    made = feedgen_door.new_entry(lambda element: _extend_entry(element, entry))
    made.id(legal(entry.id))
    made.title(title_of(entry))
    made.updated(entry.updated)
    made.published(entry.published)
    made.author([person(author) for author in entry.authors])
    made.link(href=legal(entry.permalink))
    if entry.summary:
        made.summary(legal(entry.summary), type="text")
    content = content_html(entry) if full else ""
    if content:
        made.content(content, type="html")
    made.category([{"term": label, "label": label} for label in labels(entry)])
    made.rights(legal(entry.rights) or None)
    return Fragment(entry.id, feedgen_door.atom_entry(made), _prefixes(entry))


def _prefixes(entry: Entry) -> frozenset[str]:
    return elements.prefixes_of({"media": entry.image})


def person(author: Person) -> dict[str, str]:
    """Return a person construct (section 3.2) as feedgen wants it."""
    made = {"name": legal(author.name)}
    if author.url:
        made["uri"] = legal(author.url)
    if real_email(author.email):
        made["email"] = author.email
    return made


def _extend_entry(element: _Element, entry: Entry) -> None:
    """Add what feedgen cannot say, or says wrong: of an entry's link it keeps only the href."""
    if entry.language:
        element.set(XML_LANG, legal(entry.language))
    for child in element:
        if child.tag == "link":
            child.attrib.update({"rel": "alternate", "type": "text/html"})
            _links(child, entry)
        elif child.tag == "title":
            child.set("type", "text")
        elif child.tag == "updated":
            child.text = rfc3339(entry.updated)
        elif child.tag == "published":
            child.text = rfc3339(entry.published)
    if entry.image:
        elements.media_image(element, entry.image)


def _links(alternate: _Element, entry: Entry) -> None:
    """Add the links after the one to the article (section 4.2.7; `replies` is of RFC 4685)."""
    links = [_enclosure(enclosure) for enclosure in entry.enclosures]
    if entry.comments:
        links.append({"href": legal(entry.comments), "rel": "replies", "type": "text/html"})
    for attributes in reversed(links):
        link = alternate.makeelement("link", attributes)
        alternate.addnext(link)


def _enclosure(enclosure: Enclosure) -> dict[str, str]:
    made = {
        "href": legal(enclosure.url),
        "rel": "enclosure",
        "type": legal(type_of(enclosure.media_type)),
        "length": str(enclosure.length),
    }
    if enclosure.title:
        made["title"] = legal(enclosure.title)
    return made


def frame(feed: Feed, prefixes: Iterable[str]) -> Frame:
    """Write the feed element: what stands around its entries."""
    from feedwright.render import feedgen_door  # noqa: PLC0415 - heavy; most come from stencils

    needed = set(prefixes)
    if feed.tombstones:
        needed.add("at")
    if is_archive(feed):
        needed.add("fh")
    head, tail = feedgen_door.atom_envelope(envelope(feed, needed))
    return Frame(xml_head(feed) + head, b"", tail)


def envelope(feed: Feed, prefixes: Iterable[str]) -> "FeedGenerator":
    """Return the feed as feedgen's object, without entries."""
    from feedwright.render import feedgen_door  # noqa: PLC0415 - heavy; most come from stencils

    made = feedgen_door.new_feed(prefixes, lambda element: _extend_feed(element, feed))
    made.id(feed.id)
    made.title(legal(feed.title))
    made.subtitle(legal(feed.description) or None)
    made.updated(feed.updated)
    made.author(person(feed.author))
    made.link(href=document_address(feed, FILE_NAME), rel="self", type=MEDIA_TYPE)
    made.link(href=feed.home, rel="alternate", type="text/html")
    for hub in feed.hubs:
        made.link(href=hub, rel="hub")
    for rel, href in archive_links(feed, FILE_NAME):
        made.link(href=href, rel=rel, type=MEDIA_TYPE)
    made.language(feed.language or None)
    made.rights(legal(feed.rights) or None)
    made.generator(GENERATOR)
    made.icon(feed.icon or None)
    made.logo(feed.logo or None)
    return made


def _extend_feed(element: _Element, feed: Feed) -> None:
    for child in element:
        if child.tag in {"title", "subtitle"}:
            child.set("type", "text")
        elif child.tag == "updated":
            child.text = rfc3339(feed.updated)
    if is_archive(feed):
        add(element, name("fh", "archive"))
    for tombstone in feed.tombstones:
        SubElement(
            element,
            name("at", "deleted-entry"),
            {"ref": tombstone.id, "when": rfc3339(tombstone.when)},
        )


def mark(entry_id: str) -> bytes:
    """Return the bytes by which the id of an entry stands in a document: one level down."""
    return f"    <id>{escape(entry_id, quote=False)}</id>".encode()
