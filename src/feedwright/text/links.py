"""Addresses in HTML made absolute."""

import re
from collections.abc import Callable

from feedwright.text.patterns import lazy
from feedwright.text.plain import ATTRIBUTES, decode

_TAG = lazy(
    r"<(?:(?P<head>(?:a href|img src)=\")(?P<simple>[^\"&<>]*+)(?P<tail>\"(?: alt=\"[^\"]*+\")?>)"
    r"|!--.*?(?:-->|\Z)"
    r"|(?P<raw>script|style|textarea|xmp)\b.*?(?:</(?P=raw)\b|\Z)"
    rf"|[a-zA-Z][^\s/>]*+(?=[\s/])(?P<attributes>{ATTRIBUTES})(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
"""What may hold an address: first the form that most have. Comments and raw text are taken whole,
so that nothing in them is."""
_ATTRIBUTE = lazy(
    r"\s*+([^\s=/\"'>]++)\s*+=\s*+(?:\"([^\"]*+)(?:\"|\Z)|'([^']*+)(?:'|\Z)|([^\s>]++))"
)
_ADDRESSES_TEXT = """
    href src poster cite data longdesc background xlink:href data-src data-lazy-src
    data-original data-lazy
"""
_ADDRESSES = frozenset(_ADDRESSES_TEXT.split())
_ADDRESS_LISTS = frozenset(("srcset", "imagesrcset", "data-srcset", "data-lazy-srcset"))
_BRACES = lazy(r"^%7B([a-z]+)%7D", re.IGNORECASE)
_BETWEEN = lazy(r"[\s,]*+")
_ADDRESS = lazy(r"\S++")
_DESCRIPTOR = lazy(r"(?:[^,(]++|\([^)]*+(?:\)|\Z))*+")


def absolute_links(html: str, resolve: Callable[[str], str]) -> str:
    """Put `resolve(reference)` in place of every address in HTML, each address of a `srcset` too.

    `resolve` gets the reference decoded, white space off; a leading `{filename}` is as it was
    written, since Markdown encodes braces. What it gives is escaped here; when it gives an empty
    string, the attribute goes, and with its last source an image. Text, code blocks and comments
    are not touched.
    """

    def attribute(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name in _ADDRESSES:
            address = resolve(_as_written(decode(match[2] or match[3] or match[4] or "").strip()))
        elif name in _ADDRESS_LISTS:
            address = _list(decode(match[2] or match[3] or match[4] or ""), resolve)
        else:
            return match[0]
        return f' {match[1]}="{escape(address)}"' if address else ""

    known: dict[str, str] = {}
    """Escaped; a text often says where the same thing is."""

    def tag(match: re.Match[str]) -> str:
        head = match["head"]
        if head:
            simple = match["simple"]
            address = known.get(simple)
            if address is None:
                address = known[simple] = escape(resolve(_as_written(simple.strip())))
            if address:
                return f"<{head}{address}{match['tail']}"
            return "<a>" if head[0] in "aA" else ""
        attributes = match["attributes"]
        if not attributes or "=" not in attributes:
            return match[0]
        start, end = match.span("attributes")
        whole, offset = match[0], match.start()
        inside = _ATTRIBUTE.sub(attribute, attributes)
        if whole[1:4].lower() == "img" and "src" in attributes and "src" not in inside:
            return ""
        return f"{whole[: start - offset]}{inside}{whole[end - offset :]}"

    return _TAG.sub(tag, html)


def candidates(srcset: str) -> list[tuple[str, str]]:
    """Split a `srcset` into addresses and descriptors, as HTML's algorithm does.

    An address may hold commas (`data:`) but not end with one.
    """
    found: list[tuple[str, str]] = []
    position = 0
    while True:
        between = _BETWEEN.match(srcset, position)
        address = _ADDRESS.match(srcset, between.end() if between else position)
        if not address:
            return found
        position = address.end()
        url, descriptor = address[0].rstrip(","), ""
        if url == address[0]:
            match = _DESCRIPTOR.match(srcset, position)
            descriptor = match[0].strip() if match else ""
            position += len(match[0]) if match else 0
        found.append((url, descriptor))


def _as_written(reference: str) -> str:
    return _BRACES.sub(r"{\1}", reference) if reference.startswith("%7B") else reference


def _list(srcset: str, resolve: Callable[[str], str]) -> str:
    resolved = [(resolve(url), descriptor) for url, descriptor in candidates(srcset)]
    return ", ".join([f"{url} {descriptor}".rstrip() for url, descriptor in resolved if url])


def escape(text: str) -> str:
    """Escape text for an attribute in double quotes, or for an element."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
