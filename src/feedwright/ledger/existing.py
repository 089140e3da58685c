"""Feeds that another program published, read for their ids: RSS, Atom, JSON Feed. Pure.

A feed is another's data: entities are not expanded, nothing is fetched, and what is broken is
read as far as it goes.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from feedwright.errors import FeedUnavailableError
from feedwright.text.dates import DateError, parse
from feedwright.text.urls import absolute

if TYPE_CHECKING:
    from lxml.etree import _Element

_LINK_NAMES = ("origLink", "link")
"""FeedBurner and its like keep the article's own address in `origLink`."""
_NOT_OURS = frozenset({"media", "itunes", "podcast", "googleplay"})
_FORMATS = {"rss": "rss", "rdf": "rss", "feed": "atom"}


class ExistingEntry(NamedTuple):
    """An entry as readers know it."""

    id: str
    """As written, without white space around; where there is none, the link, as readers do."""
    link: str
    """Absolute; may be empty."""
    title: str
    published: datetime | None
    updated: datetime | None


class ExistingFeed(NamedTuple):
    """A feed that is published already."""

    format: str
    """`rss`, `atom` or `json`."""
    entries: tuple[ExistingEntry, ...]
    older: str
    """Absolute address of the page with older entries (RFC 5005), else empty."""


def read(data: bytes, address: str = "") -> ExistingFeed:
    """Read a feed; relative links resolve against `address`. Raises FeedUnavailableError."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return _json_feed(start, address)
    return _xml_feed(start, address)


# ---------------------------------------------------------------- JSON Feed


def _json_feed(data: bytes, address: str) -> ExistingFeed:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_feed(address, f"its JSON cannot be read: {error}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise _no_feed(address, "this JSON has no items")
    base = _text_of(feed.get("home_page_url")) or address
    entries = [_json_entry(item, base) for item in items if isinstance(item, dict)]
    older = _text_of(feed.get("next_url"))
    return ExistingFeed("json", _with_ids(entries), absolute(address, older) if older else "")


def _json_entry(item: dict[str, object], base: str) -> ExistingEntry:
    link = _text_of(item.get("url")) or _text_of(item.get("external_url"))
    return ExistingEntry(
        _text_of(item.get("id")),
        absolute(base, link) if link else "",
        _text_of(item.get("title")),
        _instant(_text_of(item.get("date_published"))),
        _instant(_text_of(item.get("date_modified"))),
    )


def _text_of(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


# ---------------------------------------------------------------- RSS and Atom


def _xml_feed(data: bytes, address: str) -> ExistingFeed:
    from lxml import etree  # noqa: PLC0415 - heavy, and only an import needs it

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _no_feed(address, str(error)) from error
    kind = _FORMATS.get(_name(root).lower()) if root is not None else None
    if kind is None:
        raise _no_feed(address, "it is no RSS, Atom or JSON feed")
    names = {"item", "entry"}
    entries = [_xml_entry(each, address) for each in root.iter("{*}*") if _name(each) in names]
    return ExistingFeed(kind, _with_ids(entries), _older(root, address))


def _xml_entry(item: "_Element", address: str) -> ExistingEntry:
    return ExistingEntry(
        _first(item, "guid", "id") or _about(item),
        _link(item, address),
        _first(item, "title"),
        _instant(_first(item, "published", "pubDate", "issued", "date", "created")),
        _instant(_first(item, "updated", "modified")),
    )


def _first(item: "_Element", *names: str) -> str:
    """Text of the first child that has one of the names, in the order of the names."""
    for name in names:
        for child in _children(item, name):
            text = _words(child)
            if text:
                return text
    return ""


def _link(item: "_Element", address: str) -> str:
    for name in _LINK_NAMES:
        for child in _children(item, name):
            href = child.get("href")
            if href is not None and child.get("rel", "alternate") != "alternate":
                continue
            reference = (href or _words(child)).strip()
            if reference:
                return absolute(_base(child, address), reference)
    for child in _children(item, "guid"):
        if child.get("isPermaLink", "true").strip().lower() != "false":
            return absolute(address, _words(child))
    return ""


def _children(item: "_Element", name: str) -> Iterator["_Element"]:
    """Children by local name; `media:title` and its like are others' words."""
    for child in item.iterchildren("{*}" + name):
        if child.prefix not in _NOT_OURS:
            yield child


def _about(item: "_Element") -> str:
    """`rdf:about` of RSS 1.0."""
    found = (str(value) for key, value in item.attrib.items() if str(key).endswith("}about"))
    return next(found, "").strip()


def _words(element: "_Element") -> str:
    return "".join(map(str, element.itertext())).strip()


def _base(element: "_Element", address: str) -> str:
    """Resolve `xml:base`; without one it is the address of the feed."""
    return absolute(address, str(element.base)) if element.base else address


def _older(root: "_Element", address: str) -> str:
    for wanted in ("prev-archive", "next"):
        for link in root.iter("{*}link"):
            href = str(link.get("href", "")).strip()
            if link.get("rel") == wanted and href:
                return absolute(_base(link, address), href)
    return ""


def _name(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


# ---------------------------------------------------------------- all of them


def _with_ids(entries: list[ExistingEntry]) -> tuple[ExistingEntry, ...]:
    """Know an entry without id by its link; without either nobody can tell it again."""
    return tuple(
        entry._replace(id=entry.id or entry.link) for entry in entries if entry.id or entry.link
    )


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return parse(text, UTC).instant
    except DateError:
        return None


def _no_feed(address: str, why: str) -> FeedUnavailableError:
    return FeedUnavailableError(
        f"{address or 'this file'}: cannot be read as a feed ({why}); "
        "give the address or file of an RSS, Atom or JSON feed"
    )
