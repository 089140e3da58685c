"""Ids as text: declared, minted, taken over. Pure.

Ids are compared character by character (RFC 4287, section 4.2.6.1), so nothing here tidies one:
only what no URI may hold is percent-encoded, once. Scheme and host keep their case.
"""

import re
from collections.abc import Container

from feedwright.text.urls import encode, is_absolute_iri

_NOT_IN_URI = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/?%\[\]-]")
_NOT_IN_TAG = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]")
_TAG = re.compile(r"tag:[^,:]+,[0-9]{4}(?:-[0-9]{2}){0,2}:(.*)", re.DOTALL)
_WEB = ("http://", "https://")


def encode_id(text: str) -> str:
    """Percent-encode what is no URI; doing it twice changes nothing.

    >>> encode_id("https://Example.org/a b#c%20d")
    'https://Example.org/a%20b#c%20d'
    """
    start, hash_sign, fragment = text.partition("#")
    return _NOT_IN_URI.sub(_escape, start) + hash_sign + _NOT_IN_TAG.sub(_escape, fragment)


def declared_iri(text: str) -> str:
    """Return a declared id as an absolute URI; empty when it is a value such as `1234`."""
    if is_absolute_iri(text):
        return encode_id(text)
    if text.lower().startswith(_WEB):
        encoded = encode_id(text)
        return encoded if is_absolute_iri(encoded) else ""
    return ""


def tag_iri(host: str, year: int, value: str) -> str:
    """Make an IRI of a value that is none: `tag:example.org,2024:1234` (RFC 4151)."""
    ascii_host = host if host.isascii() else encode(f"http://{host}/")[7:-1]
    return f"tag:{ascii_host or 'localhost'},{year:04}:{tag_specific(value)}"


def tag_specific(value: str) -> str:
    """Encode a value for the end of a `tag:` IRI."""
    return _NOT_IN_TAG.sub(_escape, value)


def tag_value(iri: str) -> str:
    """Return the end of a `tag:` IRI, whatever its host and year; empty for other IRIs."""
    match = _TAG.fullmatch(iri)
    return match[1] if match else ""


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return the id, or with `#2`, `#3`, … the first that is not taken."""
    if wanted not in taken:
        return wanted
    sign = "-" if "#" in wanted else "#"
    number = 2
    while f"{wanted}{sign}{number}" in taken:
        number += 1
    return f"{wanted}{sign}{number}"


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
