"""What an entry's HTML refers to, and what of it no reader should be given.

A tokenizer, not a parser: it sees tags and their attributes as a browser would, in one pass.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from feedwright.text.patterns import lazy

_SIMPLE = lazy(r"</?[a-z][a-z0-9]*+(?: [a-z]++=\"[^\"<>]*+\")*+>")
"""Tags as sanitizers write them: in text that has only such, each stands for itself."""
_PAIR = lazy(r" ([a-z]++)=\"([^\"<>]*+)\"")
_TAG = lazy(r"<!--(?s:.*?)(?:-->|\Z)|<([a-zA-Z][^\s/>]*+)(>?)")
_ATTRIBUTE = lazy(
    r"""[\s/]*+([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s>]*+)))?"""
)
_REFERENCE = lazy(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "colon": ":", "Tab": "\t"}
_CANDIDATE = lazy(r"[\s,]*+(\S*[^\s,])(?:,++|[^,]*+)")
_SCRIPT_SCHEME = lazy(r"[\x00-\x20]*(?:javascript|vbscript)\s*:", re.I)

_ADDRESSES = frozenset(
    {"href", "src", "poster", "cite", "data", "longdesc", "background", "action", "formaction"}
)
UNSAFE_ELEMENTS = frozenset(
    {"script", "style", "form", "input", "button", "textarea", "select", "object", "embed",
     "applet", "base", "meta", "link", "frame", "frameset"}
)  # fmt: skip


class Seen(NamedTuple):
    """What a piece of HTML holds."""

    references: tuple[tuple[str, str], ...]
    """Attribute and address, in order."""
    without_host: tuple[tuple[str, str], ...]
    """Those of them that do not begin with `http://` or `https://`."""
    unsafe: tuple[str, ...]
    """Elements, handlers and scripts that may not be published."""


@lru_cache(maxsize=2)  # an entry has the same content in all formats
def look(html: str) -> Seen:
    """List every address in `html`, and everything unsafe; never raises, linear."""
    found = _Found()
    tags = _SIMPLE.findall(html)
    if len(tags) == html.count("<") and all(map(_is_harmless, set(tags))):
        for name, value in _PAIR.findall("".join([tag for tag in tags if tag[-2] == '"'])):
            found.attribute(name, value)
    else:
        _tokenize(html, found)
    others = [each for each in found.references if not each[1].startswith(("https://", "http://"))]
    return Seen(tuple(found.references), tuple(others), tuple(found.unsafe))


def _is_harmless(tag: str) -> bool:
    return tag.strip("</>").partition(" ")[0] not in UNSAFE_ELEMENTS


def _tokenize(html: str, found: "_Found") -> None:
    position = 0
    while (tag := _TAG.search(html, position)) is not None:
        position = tag.end()
        name = tag[1]
        if name is None:
            continue
        if name.lower() in UNSAFE_ELEMENTS:
            found.unsafe.append(f"<{name.lower()}>")
        if tag[2]:
            continue
        while (attribute := _ATTRIBUTE.match(html, position)) is not None:
            position = attribute.end()
            name, *values = attribute.groups(default="")
            found.attribute(name.lower(), "".join(values))


class _Found:
    """What was found so far."""

    def __init__(self) -> None:
        self.references: list[tuple[str, str]] = []
        self.unsafe: list[str] = []

    def attribute(self, name: str, written: str) -> None:
        """Take an attribute in: its name in lower case, its value as written."""
        if name.startswith("on"):
            self.unsafe.append(f"{name}=")
        elif name == "srcset":
            self.references.extend((name, address) for address in candidates(_value(written)))
        elif name in _ADDRESSES:
            address = _value(written)
            self.references.append((name, address))
            if _SCRIPT_SCHEME.match(address):
                self.unsafe.append(f'{name}="{address.strip()[:11]}…"')


def _value(written: str) -> str:
    return _REFERENCE.sub(_character, written).strip() if "&" in written else written.strip()


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
