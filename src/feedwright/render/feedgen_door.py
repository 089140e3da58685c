"""The one door to feedgen: its faults are mended here, and nothing else knows it.

feedgen builds entries and envelopes; what it cannot say, or says wrong, is added to the element
it built (`extend`). One entry is built inside an empty feed and its bytes are cut out; an envelope
is built without entries and cut open. Joined, they are what feedgen writes for the whole feed.
"""

from collections.abc import Callable, Iterable
from typing import Any

import feedgen.entry
import feedgen.feed
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml.etree import _Element, tostring

from feedwright.render import references
from feedwright.render.namespaces import NAMESPACES
from feedwright.text.dates import rfc822

# feedgen's own switches the locale of the whole process for each date.
feedgen.feed.formatRFC2822 = rfc822
feedgen.entry.formatRFC2822 = rfc822

Extend = Callable[[_Element], None]
FeedGenerator = Any
FeedEntry = Any

_OURS = "feedwright"


class _EntryPart(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Hands the element of an entry to `extend`."""

    def __init__(self, extend: Extend) -> None:
        self.extend = extend

    def extend_rss(self, item: _Element) -> _Element:
        self.extend(item)
        return item

    extend_atom = extend_rss


class _FeedPart(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Declares prefixes at the root, and hands channel or feed to `extend`."""

    def __init__(self, prefixes: Iterable[str], extend: Extend) -> None:
        self.namespaces = {prefix: NAMESPACES[prefix] for prefix in sorted(prefixes)}
        self.extend = extend

    def extend_ns(self) -> dict[str, str]:
        return self.namespaces

    def extend_rss(self, root: _Element) -> _Element:
        self.extend(root[0])
        return root

    def extend_atom(self, root: _Element) -> _Element:
        self.extend(root)
        return root


def new_entry(extend: Extend) -> FeedEntry:
    """Return an empty entry of feedgen; `extend` gets its element once feedgen has filled it."""
    entry = feedgen.entry.FeedEntry()
    entry.register_extension(_OURS, lambda: _EntryPart(extend))
    return entry


def new_feed(prefixes: Iterable[str], extend: Extend) -> FeedGenerator:
    """Return an empty feed whose root declares `prefixes`; `extend` gets channel or feed."""
    feed = feedgen.feed.FeedGenerator()
    feed.register_extension(_OURS, lambda: _FeedPart(prefixes, extend))
    return feed


def rss_item(entry: FeedEntry) -> bytes:
    """Return the bytes of `entry` in an RSS channel: whole lines, no namespace declarations."""
    data = _written_in(_CHANNEL, entry.rss_entry())
    return references.in_item(_cut(data, b"    <item", b"</item>"))


def atom_entry(entry: FeedEntry) -> bytes:
    """Return the bytes of `entry` in an Atom feed: whole lines, no namespace declarations."""
    data = _written_in(_FEED, entry.atom_entry())
    return references.in_entry(_cut(data, b"  <entry", b"</entry>"))


def rss_envelope(feed: FeedGenerator) -> tuple[bytes, bytes]:
    """Return what stands before and after the items of an RSS document, no XML declaration."""
    data = feed.rss_str(pretty=True, xml_declaration=False)
    return _open(references.in_channel(data), b"  </channel>")


def atom_envelope(feed: FeedGenerator) -> tuple[bytes, bytes]:
    """Return what stands before and after the entries of an Atom document, no XML declaration."""
    data = feed.atom_str(pretty=True, xml_declaration=False)
    return _open(references.in_feed(data), b"</feed>")


def _cut(data: bytes, start: bytes, end: bytes) -> bytes:
    """From `start` to the end of the line of the last `end`: markup in text is escaped."""
    return data[data.index(start) : data.rindex(end) + len(end)] + b"\n"


def _open(data: bytes, end: bytes) -> tuple[bytes, bytes]:
    place = data.rindex(end)
    return data[:place], data[place:]


def _written_in(parent: _Element, element: _Element) -> bytes:
    """Write an element as feedgen writes it within a whole document."""
    parent.append(element)
    data = tostring(parent.getroottree(), pretty_print=True, encoding="UTF-8")
    parent.remove(element)
    return data


def _shell(prefixes: Iterable[str], write: Callable[[FeedGenerator], bytes]) -> _Element:
    """Return channel or feed of an empty feed, whose root declares prefixes: no entry does."""
    shells: list[_Element] = []
    shell = new_feed(prefixes, shells.append)
    shell.id("urn:feedwright")
    shell.title("-")
    shell.link(href="urn:feedwright")
    shell.description("-")
    write(shell)
    return shells[0]


_CHANNEL = _shell(NAMESPACES.keys() - {"at"}, lambda shell: shell.rss_str())
_FEED = _shell(NAMESPACES.keys() - {"atom"}, lambda shell: shell.atom_str())
