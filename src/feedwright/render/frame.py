"""Where a document lies, and what stands around its entries."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from feedwright.model import Feed, Fragment
from feedwright.text.patterns import lazy

_ARCHIVE_NAME = lazy(r"(?:rss|atom|feed)-archive-[1-9][0-9]*\.(?:xml|json)")
XML_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


class Frame(NamedTuple):
    """The bytes before, between and after the entries of a document."""

    head: bytes
    joint: bytes
    tail: bytes

    def join(self, fragments: Sequence[Fragment]) -> bytes:
        """Return the whole document."""
        entries = self.joint.join(fragment.data for fragment in fragments)
        return b"".join((self.head, entries, self.tail))

    def stream(self, fragments: Iterable[Fragment]) -> Iterator[bytes]:
        """Give the same bytes piece by piece."""
        joint = b""
        yield self.head
        for fragment in fragments:
            yield joint + fragment.data
            joint = self.joint
        yield self.tail


def document_name(file_name: str, number: int | None = None) -> str:
    """Return `rss.xml`, or `rss-archive-3.xml` for the third archive document (RFC 5005)."""
    if number is None:
        return file_name
    stem, _, ending = file_name.rpartition(".")
    return f"{stem}-archive-{number}.{ending}"


def is_archive_name(name: str) -> bool:
    """Tell whether a file name is one that `document_name` gives to archive documents."""
    return _ARCHIVE_NAME.fullmatch(name) is not None


def document_address(feed: Feed, file_name: str) -> str:
    """Return the absolute address of the document itself, be it an archive document or not."""
    number = feed.archive.number if feed.archive else None
    return feed.base + document_name(file_name, number)


def archive_links(feed: Feed, file_name: str) -> list[tuple[str, str]]:
    """Return `(rel, href)` of the archive documents around this one (RFC 5005, section 4)."""
    archive = feed.archive
    if archive is None:
        return []
    links = [] if archive.number is None else [("current", feed.base + file_name)]
    if archive.previous is not None:
        links.append(("prev-archive", feed.base + document_name(file_name, archive.previous)))
    if archive.next is not None:
        links.append(("next-archive", feed.base + document_name(file_name, archive.next)))
    return links


def is_archive(feed: Feed) -> bool:
    """Tell an archive document from the one that people subscribe to."""
    return feed.archive is not None and feed.archive.number is not None


def xml_head(feed: Feed) -> bytes:
    """Return XML declaration and style sheet (https://www.w3.org/TR/xml-stylesheet/)."""
    if not feed.style:
        return XML_DECLARATION
    style = f'<?xml-stylesheet type="text/css" href="{escape(feed.style)}"?>\n'
    return XML_DECLARATION + style.encode()
