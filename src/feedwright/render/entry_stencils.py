"""Entries written through stencils: feedgen writes one entry of each shape, with holes for words.

Entries with the same parts differ in their words alone. Words that a format does not write as they
are (`&` in a title), enclosures and episodes have no stencil: such entries are written one by one.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from feedwright.model import Entry, Fragment, Image, Person
from feedwright.render.elements import is_edited
from feedwright.render.stencils import (
    FIRST,
    LENGTH,
    MEMORY,
    MOST,
    PUBLISHED,
    UPDATED,
    Escapes,
    Holes,
    Stencil,
    are_plain,
    cut,
)
from feedwright.render.wire import content_html, labels, title_of
from feedwright.text.dates import rfc822, rfc3339
from feedwright.text.patterns import lazy

Write = Callable[[Entry, bool], Fragment]

_CONTENT = 4
"""The number of its sign, behind those of the standins."""
_FIXED = lazy(r"[\w.@+/-]*", re.ASCII)


class _Sheet(NamedTuple):
    """An entry taken apart."""

    shape: Entry
    """With signs in place of words."""
    stencils: dict[tuple[str, bool], Stencil]
    """Of its shape."""
    dates_and_length: tuple[str, str, str, str]
    content: str
    texts: tuple[str, ...]
    words: tuple[str, ...]
    """That hold neither quotes nor backslashes. Their signs come before those of the texts."""


def through_stencils(name: str, write: Write, escapes: Escapes) -> Write:
    """Return what writes the same bytes as `write`, which is asked once for each shape."""

    def written(entry: Entry, full: bool) -> Fragment:  # noqa: FBT001  # the signature of all formats
        sheet = _sheet(entry)
        if sheet is None:
            return write(entry, full)
        stencil = sheet.stencils.get((name, full))
        if stencil is None:
            fragment = write(sheet.shape, full)
            made = cut(fragment.data)._replace(
                prefixes=fragment.prefixes, has_guid=bool(fragment.guid)
            )
            stencil = MEMORY.add(sheet.stencils, (name, full), made)
        words = (
            *sheet.dates_and_length,
            escapes.content(sheet.content) if full else "",
            *sheet.words,
            *map(escapes.text, sheet.texts),
        )
        guid = entry.guid if stencil.has_guid else ""
        return Fragment(entry.id, stencil.filled(words), stencil.prefixes, guid)

    return written


@lru_cache(maxsize=1)  # an entry is written in several formats, one after the other
def _sheet(entry: Entry) -> _Sheet | None:
    """Take an entry apart; None when it has no stencil."""
    if entry.enclosures or entry.episode:
        return None
    holes = Holes(_CONTENT + 1)
    hole = holes.hole
    image = entry.image
    content = content_html(entry)
    shape = Entry(
        id=hole(entry.id),
        guid=hole(entry.guid),
        permalink=hole(entry.permalink),
        comments=hole(entry.comments),
        image=Image(hole(image.url), image.media_type, LENGTH if image.length else 0, "")
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
        content=chr(FIRST + _CONTENT) if content else "",
        published=PUBLISHED,
        updated=UPDATED if is_edited(entry) else PUBLISHED,
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
        len(holes.words) + _CONTENT < MOST
        and bool(content) == bool(entry.content)
        and are_plain(" ".join(words), " ".join(texts))
        and _FIXED.fullmatch("".join(fixed)) is not None
    )
    if not fits:
        return None
    published = rfc3339(entry.published)
    dates_and_length = (
        rfc822(entry.published),
        published,
        rfc3339(entry.updated) if is_edited(entry) else published,
        str(image.length) if image else "",
    )
    return _Sheet(shape, MEMORY.of(shape), dates_and_length, content, texts, words)
