"""JSON Feed 1.1 on the way from bytes to facts."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from feedwright.model import Fragment
from feedwright.publish.rules_facts import DOCUMENT, ENTRY, Facts, FeedLink, Number, Value
from feedwright.publish.rules_xml import read_html
from feedwright.text.patterns import lazy

VERSION = "https://jsonfeed.org/version/1.1"

_FORBIDDEN = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GOOD_ASCII = bytes((0x09, 0x0A, 0x0D, *range(0x20, 0x80)))

Member = Callable[[Facts, str, Any], None]
_Typed = tuple[type | tuple[type, ...], Member]


def _title(facts: Facts, name: str, value: str) -> None:
    facts.titles.append(Value(name, value))
    facts.filled.append(Value(name, value.strip()))


def _filled(facts: Facts, name: str, value: str) -> None:
    facts.filled.append(Value(name, value.strip()))


def _text(facts: Facts, name: str, value: str) -> None:
    facts.bodies.append(Value(name, value))


def _address(facts: Facts, name: str, value: str) -> None:
    facts.addresses.append(Value(name, value))


def _id(facts: Facts, name: str, value: str) -> None:
    facts.ids.append(Value(name, value))


def _language(facts: Facts, name: str, value: str) -> None:
    facts.languages.append(Value(name, value))


def _published(facts: Facts, name: str, value: str) -> None:
    facts.dates_3339.append(Value(name, value))
    facts.published = value


def _modified(facts: Facts, name: str, value: str) -> None:
    facts.dates_3339.append(Value(name, value))
    facts.updated = value


def _authors(facts: Facts, name: str, value: list[Any]) -> None:
    """Ask for at least one of name, url and avatar in each (JSON Feed 1.1, authors)."""
    for author in _objects(facts, name, value):
        if not any(str(author.get(part, "")).strip() for part in ("name", "url", "avatar")):
            facts.fault("author-empty", name, "has neither name, url nor avatar")
        if not str(author.get("name", "x")).strip():
            facts.fault("author-empty", f"{name} name", "is blank")
        for part in ("url", "avatar"):
            if part in author:
                facts.addresses.append(Value(f"{name} {part}", str(author[part])))


def _tags(facts: Facts, name: str, value: list[Any]) -> None:
    for tag in value:
        facts.filled.append(Value(name, tag.strip() if isinstance(tag, str) else ""))


def _attachments(facts: Facts, name: str, value: list[Any]) -> None:
    for attachment in _objects(facts, name, value):
        facts.web_addresses.append(Value(f"{name} url", str(attachment.get("url", ""))))
        facts.media_types.append(Value(f"{name} mime_type", str(attachment.get("mime_type", ""))))
        for part in ("size_in_bytes", "duration_in_seconds"):
            if part in attachment:
                facts.numbers.append(Number(f"{name} {part}", str(attachment[part]), 0))


def _hubs(facts: Facts, name: str, value: list[Any]) -> None:
    for hub in _objects(facts, name, value):
        facts.filled.append(Value(f"{name} type", str(hub.get("type", ""))))
        facts.addresses.append(Value(f"{name} url", str(hub.get("url", ""))))


def _self(facts: Facts, name: str, value: str) -> None:
    facts.addresses.append(Value(name, value))
    facts.links.append(FeedLink("self", value, "", ""))


def _any(facts: Facts, name: str, value: object) -> None:
    """Read nothing: the type is all that is asked of the member."""


def _objects(facts: Facts, name: str, value: list[Any]) -> Iterator[Mapping[str, Any]]:
    for each in value:
        if isinstance(each, dict):
            yield each
        else:
            facts.fault("member-type", name, "holds something that is no object")


def _html(facts: Facts, name: str, value: str) -> None:
    read_html(facts, name, value)


_ITEM: Mapping[str, _Typed] = {
    "id": (str, _id),
    "url": (str, _address),
    "external_url": (str, _address),
    "title": (str, _title),
    "content_html": (str, _html),
    "content_text": (str, _text),
    "summary": (str, _text),
    "image": (str, _address),
    "banner_image": (str, _address),
    "date_published": (str, _published),
    "date_modified": (str, _modified),
    "authors": (list, _authors),
    "tags": (list, _tags),
    "language": (str, _language),
    "attachments": (list, _attachments),
}

_FEED: Mapping[str, _Typed] = {
    "version": (str, _any),
    "title": (str, _title),
    "home_page_url": (str, _address),
    "feed_url": (str, _self),
    "description": (str, _filled),
    "user_comment": (str, _filled),
    "next_url": (str, _address),
    "icon": (str, _address),
    "favicon": (str, _address),
    "authors": (list, _authors),
    "language": (str, _language),
    "expired": (bool, _any),
    "hubs": (list, _hubs),
    "items": (list, _any),
}


def read_entry(fragment: Fragment) -> Facts:
    """Read an item."""
    facts = Facts("json", ENTRY)
    item = _parse(fragment.data, facts)
    if item is not None:
        facts.text = fragment.data.decode("utf-8", "replace")
        _characters(facts, item)
        _members(facts, item, _ITEM)
    return facts


def read_document(data: bytes) -> Facts:
    """Read a document's envelope, and the ids of its items."""
    facts = Facts("json", DOCUMENT)
    feed = _parse(data, facts)
    if feed is None:
        return facts
    if feed.get("version") != VERSION:
        facts.fault("version-wrong", "version", f'is not "{VERSION}"')
    _members(facts, feed, _FEED)
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        identity = item.get("id") if isinstance(item, dict) else None
        facts.entry_ids.append(identity if isinstance(identity, str) else "")
    return facts


def _parse(data: bytes, facts: Facts) -> Mapping[str, Any] | None:
    try:
        parsed = DECODER.decode(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        facts.fault("not-well-formed", "", str(error))
        return None
    if not isinstance(parsed, dict):
        facts.fault("not-well-formed", "", "is no JSON object")
        return None
    return parsed


def _no_constant(name: str) -> None:
    message = f"{name} is no JSON"
    raise ValueError(message)


DECODER = json.JSONDecoder(parse_constant=_no_constant)
"""Strict: raises ValueError, or RecursionError of what is too deep."""


def _members(facts: Facts, value: Mapping[str, Any], members: Mapping[str, _Typed]) -> None:
    for name, content in value.items():
        facts.names.append(name)
        if name not in members:
            if not name.startswith("_"):
                facts.unknown.append(name)
            continue
        kind, read = members[name]
        if isinstance(content, kind):
            read(facts, name, content)
        else:
            facts.fault("member-type", name, f"is a {type(content).__name__}")


def _characters(facts: Facts, item: Mapping[str, Any]) -> None:
    for name, content in item.items():
        if isinstance(content, str):
            if content.isascii() and not content.encode().translate(None, _GOOD_ASCII):
                continue  # half of what the pattern costs
            found = _FORBIDDEN.search(content)
            if found:
                facts.fault("character-forbidden", name, f"holds U+{ord(found[0]):04X}")
