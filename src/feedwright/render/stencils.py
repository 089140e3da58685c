"""Entries written through stencils: feedgen writes one entry of each shape, with holes for words.

Entries with the same parts differ in their words alone. The first of a shape is written with a
sign in place of each word, and its bytes are cut at the signs; others of that shape are filled in.
Words that a format does not write as they are (`&` in a title), enclosures and episodes have no
stencil: such entries are written one by one.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from feedwright.model import Entry, Fragment, Image, Person
from feedwright.render.elements import is_edited
from feedwright.render.wire import content_html, labels, legal, title_of
from feedwright.text.dates import rfc822, rfc3339
from feedwright.text.patterns import lazy

Write = Callable[[Entry, bool], Fragment]

_FIRST = 0xE100
_MOST = 200
_SIGN = lazy(f"([{chr(_FIRST)}-{chr(_FIRST + _MOST)}])")
"""Of private use: no word of ours, and a word that holds one is only filled in, never cut."""
_PUBLISHED = datetime(9998, 1, 2, 3, 4, 5, tzinfo=UTC)
_UPDATED = datetime(9998, 6, 7, 8, 9, 10, tzinfo=UTC)
_LENGTH = 9_998_010_203_040_506
_CONTENT = 4
_STANDINS = (
    rfc822(_PUBLISHED), rfc3339(_PUBLISHED), rfc3339(_UPDATED), str(_LENGTH)
)  # fmt: skip
"""What is no text has these in place of a sign; they have the first numbers, then the content."""

_ODD = lazy(r"[&<>\t\n\r]")
_ODD_IN_ATTRIBUTES = lazy(r"[\"\\]")
_FIXED = lazy(r"[\w.@+/-]*", re.ASCII)


class Escapes(NamedTuple):
    """How a format writes text."""

    content: Callable[[str], str]
    text: Callable[[str], str]
    """Without `&`, `<`, `>` and control characters in it."""


class _Sheet(NamedTuple):
    """An entry taken apart."""

    shape: Entry
    """With signs in place of words."""
    dates_and_length: tuple[str, str, str, str]
    content: str
    texts: tuple[str, ...]
    words: tuple[str, ...]
    """That hold neither quotes nor backslashes. Their signs come before those of the texts."""


class _Stencil(NamedTuple):
    """The bytes of a shape, as text, cut at its signs."""

    pieces: list[str]
    """Every second one is a hole."""
    numbers: list[int]
    """Of the signs, hole by hole."""
    prefixes: frozenset[str]
    has_guid: bool
    """Whether the format writes an adopted guid in place of the id."""


def through_stencils(write: Write, escapes: Escapes) -> Write:
    """Return what writes the same bytes as `write`, which is asked once for each shape."""

    @lru_cache(maxsize=512)
    def stencil(shape: Entry, full: bool) -> _Stencil:  # noqa: FBT001  # the signature of all formats
        fragment = write(shape, full)
        text = fragment.data.decode()
        for number, standin in enumerate(_STANDINS):
            text = text.replace(standin, chr(_FIRST + number))
        pieces = _SIGN.split(text)
        numbers = [ord(sign) - _FIRST for sign in pieces[1::2]]
        return _Stencil(pieces, numbers, fragment.prefixes, bool(fragment.guid))

    def written(entry: Entry, full: bool) -> Fragment:  # noqa: FBT001  # the same
        sheet = _sheet(entry)
        if sheet is None:
            return write(entry, full)
        pieces, numbers, prefixes, has_guid = stencil(sheet.shape, full)
        words = (
            *sheet.dates_and_length,
            escapes.content(sheet.content) if full else "",
            *sheet.words,
            *map(escapes.text, sheet.texts),
        )
        filled = pieces.copy()
        filled[1::2] = [words[number] for number in numbers]
        guid = entry.guid if has_guid else ""
        return Fragment(entry.id, "".join(filled).encode(), prefixes, guid)

    return written


@lru_cache(maxsize=1)  # an entry is written in several formats, one after the other
def _sheet(entry: Entry) -> _Sheet | None:
    """Take an entry apart; None when it has no stencil."""
    if entry.enclosures or entry.episode:
        return None
    holes = _Holes()
    hole = holes.hole
    image = entry.image
    content = content_html(entry)
    shape = Entry(
        id=hole(entry.id),
        guid=hole(entry.guid),
        permalink=hole(entry.permalink),
        comments=hole(entry.comments),
        image=Image(hole(image.url), image.media_type, _LENGTH if image.length else 0, "")
        if image
        else None,
        categories=tuple(map(hole, labels(entry))),
        tags=(),
        authors=tuple(
            Person("", person.email, hole(person.url), hole(person.avatar))
            for person in entry.authors
        ),
        title="",
        summary="",
        rights="",
        content=chr(_FIRST + _CONTENT) if content else "",
        published=_PUBLISHED,
        updated=_UPDATED if is_edited(entry) else _PUBLISHED,
        language=entry.language,
        direction="ltr",  # what the direction asks for stands in the content
        enclosures=(),
    )
    words = tuple(holes.words)
    shape = shape._replace(
        title=hole(title_of(entry)),
        summary=hole(entry.summary),
        rights=hole(entry.rights),
        authors=tuple(
            made._replace(name=hole(person.name))
            for made, person in zip(shape.authors, entry.authors, strict=True)
        ),
    )
    texts = tuple(holes.words[len(words) :])
    fixed = [entry.language, image.media_type if image else "", *(p.email for p in entry.authors)]
    fits = (
        len(holes.words) + _CONTENT < _MOST
        and bool(content) == bool(entry.content)
        and _are_plain(" ".join(words), " ".join(texts))
        and _FIXED.fullmatch("".join(fixed)) is not None
    )
    published = rfc3339(entry.published)
    dates_and_length = (
        rfc822(entry.published),
        published,
        rfc3339(entry.updated) if is_edited(entry) else published,
        str(image.length) if image else "",
    )
    return _Sheet(shape, dates_and_length, content, texts, words) if fits else None


class _Holes:
    """Gives out signs."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def hole(self, word: str) -> str:
        """Return the sign that stands for a word; of no word nothing, for then a part is absent."""
        if not word:
            return ""
        self.words.append(word)
        return chr(_FIRST + _CONTENT + len(self.words))


def _are_plain(words: str, texts: str) -> bool:
    """Tell whether every format writes these as they are, texts but for quotes and backslashes."""
    both = f"{words} {texts}"
    return not _ODD.search(both) and not _ODD_IN_ATTRIBUTES.search(words) and legal(both) == both
