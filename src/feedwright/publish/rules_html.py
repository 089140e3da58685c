"""What an entry's HTML refers to, and what of it no reader should be given.

A tokenizer, not a parser: it sees tags and their attributes as a browser would, in one pass.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_TAG = re.compile(r"<!--(?s:.*?)(?:-->|\Z)|<([a-zA-Z][^\s/>]*+)(>?)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s>]*+)))?"""
)
_REFERENCE = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "colon": ":", "Tab": "\t"}
_CANDIDATE = re.compile(r"[\s,]*+(\S*[^\s,])(?:,++|[^,]*+)")
_SCRIPT_SCHEME = re.compile(r"[\x00-\x20]*(?:javascript|vbscript)\s*:", re.I)

_ADDRESSES = frozenset(
    {"href", "src", "poster", "cite", "data", "longdesc", "background", "action", "formaction"}
)
_UNSAFE_ELEMENTS = frozenset(
    {"script", "style", "form", "input", "button", "textarea", "select", "object", "embed",
     "applet", "base", "meta", "link", "frame", "frameset"}
)  # fmt: skip


class Seen(NamedTuple):
    """What a piece of HTML holds."""

    references: tuple[tuple[str, str], ...]
    """Attribute and address, in order."""
    unsafe: tuple[str, ...]
    """Elements, handlers and scripts that may not be published."""


@lru_cache(maxsize=2)  # an entry has the same content in all formats
def look(html: str) -> Seen:
    """List every address in `html`, and everything unsafe; never raises, linear."""
    references: list[tuple[str, str]] = []
    unsafe: list[str] = []
    position = 0
    while (tag := _TAG.search(html, position)) is not None:
        position = tag.end()
        name = tag[1]
        if name is None:
            continue
        if name.lower() in _UNSAFE_ELEMENTS:
            unsafe.append(f"<{name.lower()}>")
        if tag[2]:
            continue
        while (attribute := _ATTRIBUTE.match(html, position)) is not None:
            position = attribute.end()
            _attribute(attribute, references, unsafe)
    return Seen(tuple(references), tuple(unsafe))


def _attribute(
    attribute: re.Match[str], references: list[tuple[str, str]], unsafe: list[str]
) -> None:
    name = attribute[1].lower()
    if name.startswith("on"):
        unsafe.append(f"{name}=")
    elif name == "srcset":
        references.extend((name, address) for address in candidates(_value(attribute)))
    elif name in _ADDRESSES:
        address = _value(attribute)
        references.append((name, address))
        if _SCRIPT_SCHEME.match(address):
            unsafe.append(f'{name}="{address.strip()[:11]}…"')


def _value(attribute: re.Match[str]) -> str:
    value = attribute[2] or attribute[3] or attribute[4] or ""
    return _REFERENCE.sub(_character, value).strip() if "&" in value else value.strip()


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name[0] != "#":
        return _NAMED.get(name, reference[0])
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(number) if number < 0x110000 else "\ufffd"


def candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses of a `srcset` (HTML, 4.8.4.2.2): commas inside an address are its own."""
    for candidate in _CANDIDATE.finditer(srcset):
        yield candidate[1]
