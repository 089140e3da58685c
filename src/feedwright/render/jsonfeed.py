"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Keys in a fixed order, one to a line, so that documents can be compared line by line.
"""

import json
from collections.abc import Iterable, Iterator

from feedwright.model import Enclosure, Entry, Feed, Fragment, Person
from feedwright.render.frame import Frame, archive_links, document_address
from feedwright.render.wire import content_html, labels, legal, title_of, type_of
from feedwright.text.dates import rfc3339

FILE_NAME = "feed.json"
MEDIA_TYPE = "application/feed+json"

VERSION = "https://jsonfeed.org/version/1.1"

Value = str | int | list[str] | list[dict[str, str]] | list[dict[str, str | int]]
Pairs = Iterator[tuple[str, Value]]

_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"))
"""No other control characters are legal."""
_dump = json.JSONEncoder(ensure_ascii=False).encode


def entry(entry: Entry, full: bool) -> Fragment:  # noqa: FBT001  # the signature of all formats
    """Write an item: with its content when it is `full`, else with its summary alone."""
    lines = ",\n".join(f'      "{key}": {_dump(value)}' for key, value in _item(entry, full=full))
    data = f"\n    {{\n{lines}\n    }}".encode()
    return Fragment(entry.id, data, frozenset(), legal(entry.guid))


def _item(entry: Entry, *, full: bool) -> Pairs:
    summary = legal(entry.summary)
    content = content_html(entry) if full else ""
    yield "id", legal(entry.guid or entry.id)
    yield "url", legal(entry.permalink)
    yield "title", title_of(entry)
    # One of the two has to be there.
    yield ("content_html", content) if content else ("content_text", summary or title_of(entry))
    if summary:
        yield "summary", summary
    if entry.image:
        yield "image", legal(entry.image.url)
    yield "date_published", rfc3339(entry.published)
    yield "date_modified", rfc3339(entry.updated)
    yield "authors", [_author(author) for author in entry.authors]
    if tags := labels(entry):
        yield "tags", list(tags)
    if entry.language:
        yield "language", legal(entry.language)
    if entry.enclosures:
        yield "attachments", [_attachment(enclosure) for enclosure in entry.enclosures]


def _author(author: Person) -> dict[str, str]:
    made = {"name": author.name, "url": author.url, "avatar": author.avatar}
    return {key: legal(value) for key, value in made.items() if value}


def _attachment(enclosure: Enclosure) -> dict[str, str | int]:
    made: dict[str, str | int | None] = {
        "url": legal(enclosure.url),
        "mime_type": legal(type_of(enclosure.media_type)),
        "title": legal(enclosure.title),
        "size_in_bytes": enclosure.length,
        "duration_in_seconds": enclosure.duration,
    }
    return {key: value for key, value in made.items() if value}


def frame(feed: Feed, prefixes: Iterable[str]) -> Frame:
    """Write the top-level object: what stands around its items. JSON knows no `prefixes`."""
    del prefixes
    lines = "".join(f'  "{key}": {_dump(value)},\n' for key, value in _top(feed))
    return Frame(f'{{\n{lines}  "items": ['.encode(), b",", b"\n  ]\n}\n")


def _top(feed: Feed) -> Pairs:
    yield "version", VERSION
    yield "title", legal(feed.title)
    yield "home_page_url", feed.home
    yield "feed_url", document_address(feed, FILE_NAME)
    if feed.description:
        yield "description", legal(feed.description)
    older = dict(archive_links(feed, FILE_NAME)).get("prev-archive")
    if older:
        yield "next_url", older
    if icon := feed.logo or feed.icon:
        yield "icon", icon
    if feed.icon:
        yield "favicon", feed.icon
    yield "authors", [_author(feed.author)]
    if feed.language:
        yield "language", feed.language
    if feed.hubs:
        yield "hubs", [{"type": "WebSub", "url": hub} for hub in feed.hubs]


def escaped(text: str) -> str:
    """Return a text that is `legal` as it stands between the quotes of a JSON string."""
    for character, written in _ESCAPES:  # half of what an encoder takes, which looks at each
        text = text.replace(character, written)
    return text


def mark(entry_id: str) -> bytes:
    """Return the bytes by which the id of an entry stands in a document."""
    return f'      "id": {_dump(entry_id)},'.encode()
