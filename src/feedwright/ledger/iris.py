"""Ids as text: declared, minted, taken over. Pure.

Ids are compared character by character (RFC 4287, section 4.2.6.1), so nothing here tidies one
that was declared: only what no URI may hold is percent-encoded, once. Scheme and host keep their
case. An id that is made of a permalink is made tidy before it is used.
"""

import re
import unicodedata
from collections.abc import Container
from urllib.parse import quote, unquote_to_bytes

from feedwright.text.patterns import lazy
from feedwright.text.urls import encode, is_absolute_iri

_NOT_IN_URI = lazy(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]")
_WITH_IP_LITERAL = lazy(r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@\[\]]*@)?\[[0-9A-Fa-f:.]+\]")
"""The one place of an address where brackets may stand (RFC 3986, section 3.2.2)."""
_TAG = lazy(r"tag:[^,:]+,[0-9]{4}(?:-[0-9]{2}){0,2}:(.*)", re.DOTALL)
_WEB = ("http://", "https://")
_TIDY = lazy(r"https?://[^/:?#\[\]]+/[^%]*")
_PERMALINK = lazy(r"(https?)://([^/?#]*)([^?#]*)(.*)", re.DOTALL)
_UNRESERVED = lazy(r"%(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")
_ESCAPE = lazy(r"%[0-9A-Fa-f]{2}")
_LETTERS = lazy(r"[A-Za-z]?(?:%[89A-F][0-9A-F])+")
"""Escapes of letters that are no ASCII, and the one before them, which may carry an accent."""


def encode_id(text: str) -> str:
    """Percent-encode what is no URI; doing it twice changes nothing.

    >>> encode_id("https://Example.org/a b#c%20d")
    'https://Example.org/a%20b#c%20d'
    """
    literal = _WITH_IP_LITERAL.match(text)
    authority = literal[0] if literal else ""
    start, hash_sign, fragment = text[len(authority) :].partition("#")
    rest = _NOT_IN_URI.sub(_escape, start) + hash_sign + _NOT_IN_URI.sub(_escape, fragment)
    return authority + rest


def minted_id(permalink: str) -> str:
    """Make an id of a permalink, in its canonical form (RFC 4287, section 4.2.6).

    The port that the scheme has anyway goes, an empty path is `/`, escapes are upper case and no
    letter or digit is escaped, text is composed (NFC).

    >>> minted_id("https://example.org:443/%7ean/e%cc%81")
    'https://example.org/~an/%C3%A9'
    """
    encoded = encode_id(permalink)
    match = None if _TIDY.fullmatch(encoded) else _PERMALINK.fullmatch(encoded)
    if match is None:
        return encoded
    scheme, authority, path, rest = match.groups()
    authority = authority.removesuffix(":443" if scheme == "https" else ":80").removesuffix(":")
    text = _UNRESERVED.sub(lambda escape: chr(int(escape[0][1:], 16)), (path or "/") + rest)
    text = _ESCAPE.sub(lambda escape: escape[0].upper(), text)
    return f"{scheme}://{authority}{_LETTERS.sub(_composed, text)}"


def _composed(letters: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(letters[0]).decode()
    except UnicodeDecodeError:
        return letters[0]
    return quote(unicodedata.normalize("NFC", text))


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
    return _NOT_IN_URI.sub(_escape, value)


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
