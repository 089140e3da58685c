"""The formats by the names they have in `config.yaml`: the way into this room."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from feedwright.model import Entry, Feed, Fragment
from feedwright.render import atom, jsonfeed, rss
from feedwright.render.entry_stencils import through_stencils
from feedwright.render.frame import Frame, document_name
from feedwright.render.frame_stencils import framed_through_stencils
from feedwright.render.stencils import Escapes


class Format(NamedTuple):
    """How feeds are written in one format."""

    name: str
    file_name: str
    """Of the document that people subscribe to: `rss.xml`."""
    media_type: str
    entry: Callable[[Entry, bool], Fragment]
    """`entry(entry, full)`: an entry with its full content, or with its summary alone."""
    frame: Callable[[Feed, Iterable[str]], Frame]
    """`frame(feed, prefixes)`: what stands around entries that need these prefixes."""
    mark: Callable[[str], bytes]
    """The bytes by which the id of an entry stands in a document."""

    def path(self, feed: Feed) -> str:
        """Return where the document lies below `feeds/`: `category/sea/rss.xml`."""
        name = document_name(self.file_name, feed.archive.number if feed.archive else None)
        return f"{feed.path}/{name}" if feed.path else name


_escaped = partial(escape, quote=False)
_content = lru_cache(maxsize=1)(_escaped)
"""An entry's content is escaped once for both formats."""


def _html(text: str) -> str:
    """Write the HTML of a text: what an RSS `description` is."""
    return _escaped(_escaped(text))


_json = (jsonfeed.escaped, jsonfeed.escaped, jsonfeed.escaped)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        name: Format(
            name,
            room.FILE_NAME,
            room.MEDIA_TYPE,
            through_stencils(name, room.entry, escapes),
            framed_through_stencils(name, room.frame, escapes),
            room.mark,
        )
        for name, room, escapes in (
            ("rss", rss, Escapes(_content, _escaped, _html, "&<>")),
            ("atom", atom, Escapes(_content, _escaped, _escaped, "&<>")),
            ("json", jsonfeed, Escapes(*_json, marks='"\\')),
        )
    }
)


def holds(format_name: str, data: bytes, entry_id: str, guid: str = "") -> bool:
    """Tell whether a document of ours holds an entry, by its id and guid (a tombstone is none)."""
    written = entry_id if format_name == "atom" else guid or entry_id
    return FORMATS[format_name].mark(written) in data
