"""Elements that RSS and Atom share."""

from collections.abc import Mapping

from lxml.etree import SubElement, _Element

from feedwright.model import Enclosure, Entry, Image
from feedwright.render.namespaces import name
from feedwright.render.wire import legal, medium, type_of

_MEDIA_CONTENT = name("media", "content")


def add(parent: _Element, tag: str, text: str = "", **attributes: str) -> None:
    """Append `<tag>text</tag>`; empty attributes are left out."""
    given = {key: legal(value) for key, value in attributes.items() if value}
    SubElement(parent, tag, given).text = legal(text) or None


def media_image(parent: _Element, image: Image) -> None:
    """`media:content` of the entry's image: alone, not in a `media:group`."""
    add(
        parent,
        _MEDIA_CONTENT,
        url=image.url,
        fileSize=str(image.length or ""),
        type=image.media_type,
        medium="image",
    )


def media_enclosure(parent: _Element, enclosure: Enclosure) -> None:
    """`media:content` of an enclosure that found no place as `<enclosure>`."""
    add(
        parent,
        _MEDIA_CONTENT,
        url=enclosure.url,
        fileSize=str(enclosure.length or ""),
        type=type_of(enclosure.media_type),
        medium=medium(enclosure.media_type),
        duration=str(enclosure.duration or ""),
    )


def prefixes_of(parts: Mapping[str, object]) -> frozenset[str]:
    """Return the prefixes whose part is there."""
    return frozenset(prefix for prefix, part in parts.items() if part)


def is_edited(entry: Entry) -> bool:
    """Whether the entry changed after its publication."""
    return entry.updated != entry.published
