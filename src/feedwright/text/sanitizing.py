"""HTML made clean for feed readers: the only import of nh3.

Scripts, handlers, styles and forms go; figures, tables, code, media, mathematics and the frames of
well-known hosts stay. nh3 reads HTML as a browser does and has the last word: what is mended here
is cleaned again, until nothing changes any more, so no slip of ours can let anything through. Only
of what can be seen to be clean (`settled`) nh3 is not asked.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from feedwright.text import policy
from feedwright.text.characters import clean_text
from feedwright.text.links import candidates, escape
from feedwright.text.mending import mended
from feedwright.text.nesting import flattened
from feedwright.text.patterns import lazy
from feedwright.text.plain import plain
from feedwright.text.settled import settled

if TYPE_CHECKING:
    import nh3

_PASSES = 8
_SIGNS = (
    *("data:", "data-", "srcset", "class=", "cite=", "poster=", "longdesc="),
    *("<iframe", "<object", "<embed", "<input"),
)
"""Without any of these the cleaner that calls nothing of ours is enough. It drops everything that
the other one would judge, so what hides from this look is lost, never let through."""
_TAG_NAMES = lazy(r"</?[a-zA-Z][a-zA-Z0-9]*")
_PRE = lazy(r"(<pre\b[^>\"]*(?:\"[^\"]*\"[^>\"]*)*>)\n")
_IGNORED = lazy("[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff]+")
_SCHEME = lazy(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IMAGE_DATA = lazy(r"data:image/[a-z0-9.+-]+[;,]", re.IGNORECASE)
_LANGUAGE = lazy(r"language-[\w.#+-]+")
_ADDRESSES = frozenset(
    ("href", "src", "data", "poster", "cite", "longdesc", *policy.LAZY_ADDRESSES)
)
_ADDRESS_LISTS = frozenset(("srcset", *policy.LAZY_LISTS))


def sanitize(html: str) -> str:
    """Give HTML that is safe in any reader, well nested, and free of what readers cannot use.

    Sanitizing twice changes nothing. Frames of hosts that are not known, `object` and `embed`
    become links, images that a script would load become images, disabled checkboxes become ☐ and
    ☑. HTML that no parser reads the same way twice becomes plain text.
    """
    text = flattened(clean_text(html))
    known = settled(text)
    return by_parser(text) if known is None else known


def by_parser(text: str) -> str:
    """Do what `sanitize` does with HTML that is not too deep and whose characters are fit."""
    lowered = text.lower()
    cleaner = _cleaner(careful=any(sign in lowered for sign in _SIGNS))
    for _ in range(_PASSES):
        cleaned = cleaner.clean(text)
        better = mended(clean_text(cleaned))
        if better == cleaned and (
            cleaned == text or _TAG_NAMES.findall(cleaned) == _TAG_NAMES.findall(text)
        ):
            # The parser added and moved nothing, so it will read its own output as it read this.
            return _with_first_line_ends(cleaned)
        text = _with_first_line_ends(better)
    return f"<p>{escape(plain(text))}</p>"


def _with_first_line_ends(html: str) -> str:
    """Write the line end twice with which a `pre` begins: a parser ignores the first."""
    return _PRE.sub(r"\1\n\n", html) if "<pre" in html else html


@cache
def _cleaner(*, careful: bool) -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415 - many sites never need it

    if not careful:
        return nh3.Cleaner(
            tags=policy.TAGS,
            clean_content_tags=policy.DROPPED,
            attributes=policy.ATTRIBUTES,
            url_schemes=policy.SCHEMES,
            link_rel=None,
        )
    return nh3.Cleaner(
        tags=policy.TAGS | policy.EMBEDS,
        clean_content_tags=policy.DROPPED,
        attributes=_merged(policy.ATTRIBUTES, policy.WATCHED),
        attribute_filter=_judged,
        url_schemes=policy.SCHEMES | {"data"},
        link_rel=None,
    )


def _merged(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    none: frozenset[str] = frozenset()
    return {tag: one.get(tag, none) | other.get(tag, none) for tag in one.keys() | other.keys()}


def _judged(tag: str, name: str, value: str) -> str | None:
    """Give an attribute's value as it may stand, or None. nh3 calls this for each attribute."""
    if name in _ADDRESSES:
        return value if _is_safe(value, image=tag == "img" or name == "poster") else None
    if name in _ADDRESS_LISTS:
        found = [c for c in candidates(value) if _is_safe(c[0], image=True)]
        return ", ".join([f"{url} {descriptor}".rstrip() for url, descriptor in found]) or None
    if name == "class":
        return " ".join(_LANGUAGE.findall(value)[:1]) or None
    return value


def _is_safe(address: str, *, image: bool) -> bool:
    bare = _IGNORED.sub("", address[:200])
    scheme = _SCHEME.match(bare)
    if not scheme or scheme[1].lower() in policy.SCHEMES:
        return True
    return image and bool(_IMAGE_DATA.match(bare))
