"""`<` and `&` of plain text as numeric references, where validators would take them for markup.

The RSS profile wants `&#x3C;` and `&#x26;` in titles, since readers disagree on what `&lt;b>` is
(https://www.rssboard.org/rss-profile#data-types-characterdata), and the W3C validator warns of
everything else; in Atom it warns of entities. To a parser of XML both are the same. Text that looks
like no markup is written as usual.
"""

import re
from html.entities import name2codepoint

from feedwright.text.patterns import lazy

_PLAIN = "title|category|name|rights|summary|itunes:[a-z]+"
"""Elements of entries that hold plain text: not the content, not the description of an item."""
_PLAIN_IN_CHANNEL = "title|copyright|description|managingEditor|itunes:[a-z]+"
_ENTITY = rb"&amp;(?:#|\w*[0-9_]|(?:%s|apos)\b)" % "|".join(name2codepoint).encode()
_IS_ENTITY = lazy(_ENTITY)
_IS_MARKUP = lazy(rb"&lt;[/A-Za-z]|" + _ENTITY)
_LOOKS_LIKE_MARKUP = lazy(r"<[/A-Za-z]|" + _ENTITY.decode().replace("&amp;", "&"), re.ASCII)
"""The same in text that is still to be written."""


def _elements(names: str) -> re.Pattern[bytes]:
    """Match start tag and text; in both `<` stands only as `&lt;`."""
    return re.compile(rf"<(?:{names})(?:\s[^<>]*)?>[^<]*".encode())


_OF_ENTRY = _elements(_PLAIN)
_OF_CHANNEL = _elements(_PLAIN_IN_CHANNEL)
_OF_FEED = _elements("title|subtitle|rights|name")


def in_item(data: bytes) -> bytes:
    """Write the plain text of an RSS `<item>` so that nobody takes it for markup."""
    return _OF_ENTRY.sub(_without_markup, data)


def in_channel(data: bytes) -> bytes:
    """Write the text of an RSS channel without items so that nobody takes it for markup."""
    return _OF_CHANNEL.sub(_without_markup, data)


def in_entry(data: bytes) -> bytes:
    """Write the plain text of an Atom `<entry>` so that nobody takes it for entities."""
    return _OF_ENTRY.sub(_without_entities, data)


def in_feed(data: bytes) -> bytes:
    """Write the text of an Atom feed without entries so that nobody takes it for entities."""
    return _OF_FEED.sub(_without_entities, data)


def are_usual(text: str) -> bool:
    """Tell whether all words of a text are written as usual."""
    return not _LOOKS_LIKE_MARKUP.search(text)


def _without_markup(element: re.Match[bytes]) -> bytes:
    return _where(_IS_MARKUP, element[0])


def _without_entities(element: re.Match[bytes]) -> bytes:
    return _where(_IS_ENTITY, element[0])


def _where(pattern: re.Pattern[bytes], text: bytes) -> bytes:
    if b"&" not in text or not pattern.search(text):  # most texts need no look
        return text
    return text.replace(b"&lt;", b"&#x3C;").replace(b"&amp;", b"&#x26;")
