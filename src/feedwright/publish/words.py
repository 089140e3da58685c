"""Words as they stand in the bytes of an entry: read, and whether they are plainly good.

What is not is no fault yet: it may be good and written in a way that is rare. Nothing here is a
parser; a word whose surroundings are known needs none.
"""

import re
from collections import deque
from collections.abc import Mapping
from html import escape

from feedwright.publish import rules_values as values
from feedwright.publish.rules_html import UNSAFE_ELEMENTS, look
from feedwright.text.patterns import lazy

_ODD = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
"""Forbidden, doubtful, or (carriage return) read as something else."""
_GOOD_ASCII = bytes((0x09, 0x0A, *range(0x20, 0x7F)))
_REFERENCE = lazy(r"&(?:lt|gt|amp|quot|#x3C|#x26);")
_PLAIN_TAG = lazy(
    r"&lt;/?([a-z][a-z0-9]*+)(?: (?:(?:href|src|cite|poster)=\"https?://|"
    r"(?:align|alt|class|colspan|dir|height|id|lang|loading|rel|rowspan|start|title|width)=\")"
    r"[^\"&]*+(?:&amp;[^\"&]*+)*+\")*+&gt;"
)
"""A tag of HTML whose addresses have a host, and whose other attributes hold none."""
_JUDGED: deque[tuple[str, bool]] = deque(maxlen=4)
"""An entry has the same content in all formats. To compare long texts costs less than to hash."""
_CHARACTERS: Mapping[str, str] = {
    "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#x3C;": "<", "&#x26;": "&"
}  # fmt: skip


def read_xml(written: str) -> str | None:
    """Return the word that is read from this in XML; None where there may be markup."""
    if "<" in written or ">" in written:
        return None
    text, count = _REFERENCE.subn(_character, written)
    return text if count == written.count("&") else None


def _character(reference: re.Match[str]) -> str:
    return _CHARACTERS[reference[0]]


def are_clean(words: str) -> bool:
    """Tell whether there is no character that is forbidden or doubtful in a feed."""
    return (words.isprintable() and "\ufffd" not in words) or not _ODD.search(words)


def is_good_html(html: str) -> bool:
    """Tell of HTML whether it is plainly good; as it stands in XML it was judged already."""
    return is_good_in_xml(escape(html, quote=False))


def is_good_in_xml(written: str) -> bool:
    """Tell of HTML as it stands in XML whether it is plainly good: not blank, and nothing odd."""
    for known, good in _JUDGED:
        if known == written:
            return good
    good = _is_good(written)
    _JUDGED.appendleft((written, good))
    return good


def _is_good(written: str) -> bool:
    ascii_only = written.isascii()
    odd = written.encode().translate(None, _GOOD_ASCII) if ascii_only else _ODD.search(written)
    if odd or not written or written.isspace() or "<" in written or ">" in written:
        return False
    return "&" not in written or _has_plain_tags(written) or _has_good_tags(written)


def _has_plain_tags(written: str) -> bool:
    """Tell quickly whether there is nothing but text, `&amp;`, and tags that need no further look.

    What it passes has as many references as there are in its tags.
    """
    names = _PLAIN_TAG.findall(written)
    references = written.count("&") - 2 * len(names)
    if references and references != written.count("&amp;"):
        return False
    return UNSAFE_ELEMENTS.isdisjoint(names)


def _has_good_tags(written: str) -> bool:
    html = read_xml(written)
    if html is None:
        return False
    seen = look(html)
    return not seen.unsafe and not any(
        values.reference_fault(*reference) for reference in seen.without_host
    )
