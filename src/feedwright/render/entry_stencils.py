"""Entries written through stencils: feedgen writes one entry of each shape, with holes for words.

Entries with the same parts differ in their words alone. Words that look like markup (`<b>` in a
title), enclosures and episodes have no stencil: such entries are written one by one.
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
    Key,
    Stencil,
    are_plain,
    cut,
)
from feedwright.render.wire import content_html, labels, title_of
from feedwright.text.dates import rfc822, rfc3339
from feedwright.text.patterns import lazy

Write = Callable[[Entry, bool], Fragment]

_CONTENT, _SUMMARY = 4, 5
"""The numbers of their signs, behind those of the standins."""
_FIXED = lazy(r"[\w.@+/-]*", re.ASCII)


class _Sheet(NamedTuple):
    """An entry taken apart."""

    stencils: dict[Key, Stencil]
    """Of its shape."""
    edited: bool
    dates_and_length: tuple[str, str, str, str]
    content: str
    summary: str
    words: list[str]
    """Then texts, which may hold quotes and backslashes."""
    whole: str
    """All words and the summary."""


def through_stencils(name: str, write: Write, escapes: Escapes) -> Write:
    """Return what writes the same bytes as `write`, which is asked once for each shape."""

    def written(entry: Entry, full: bool) -> Fragment:  # noqa: FBT001  # the signature of all formats
        sheet = _sheet(entry)
        if sheet is None:
            return write(entry, full)
        stencil = sheet.stencils.get((name, full, sheet.edited))
        if stencil is None:
            # Both at once: a run that finds an article edited for the first time needs no feedgen.
            for edited in (not sheet.edited, sheet.edited):
                made = _cut(write(_shape(entry, edited=edited), full))
                stencil = MEMORY.add(sheet.stencils, (name, full, edited), made)
            assert stencil is not None
        summary, words = sheet.summary, sheet.words
        if escapes.are_asked(sheet.whole):
            summary, words = escapes.summary(summary), [escapes.text(word) for word in words]
        content = escapes.content(sheet.content) if full else ""
        filled = stencil.filled((*sheet.dates_and_length, content, summary, *words))
        guid = entry.guid if stencil.has_guid else ""
        return Fragment(entry.id, filled, stencil.prefixes, guid)

    return written


def _cut(fragment: Fragment) -> Stencil:
    return cut(fragment.data)._replace(prefixes=fragment.prefixes, has_guid=bool(fragment.guid))


@lru_cache(maxsize=1)  # an entry is written in several formats, one after the other
def _sheet(entry: Entry) -> _Sheet | None:
    """Take an entry apart; None when it has no stencil."""
    if entry.enclosures or entry.episode:
        return None
    image, authors = entry.image, entry.authors
    content = content_html(entry)
    named = labels(entry)
    all_words = [entry.id, entry.guid, entry.permalink, entry.comments, *named]
    if image:
        all_words.append(image.url)
    for person in authors:
        all_words += (person.url, person.avatar)
    all_texts = [title_of(entry), entry.rights, *[each.name for each in authors]]
    words, texts = list(filter(None, all_words)), list(filter(None, all_texts))
    in_attributes = " ".join(words)
    whole = " ".join((in_attributes, entry.summary, *texts))
    fixed = (entry.language, image.media_type if image else "", *[each.email for each in authors])
    fits = (
        len(words) + len(texts) + _SUMMARY < MOST
        and bool(content) == bool(entry.content)
        and are_plain(in_attributes, whole)
        and _FIXED.fullmatch("".join(fixed)) is not None
        and str(LENGTH) not in "".join(fixed)  # the only standin that such text can hold
    )
    if not fits:
        return None
    edited = is_edited(entry)
    length = image.length if image else 0
    # What an entry of this shape has; whatever two shapes differ in differs here.
    has = (bool(content), bool(entry.summary), bool(length))
    parts = (*map(bool, all_words), *map(bool, all_texts), *has)
    shape = (parts, len(named), image is None, fixed)
    published = rfc3339(entry.published)
    dates_and_length = (
        rfc822(entry.published),
        published,
        rfc3339(entry.updated) if edited else published,
        str(length) if length else "",
    )
    return _Sheet(
        MEMORY.of(shape), edited, dates_and_length, content, entry.summary, [*words, *texts], whole
    )


def _shape(entry: Entry, *, edited: bool) -> Entry:
    """Return an entry with signs in place of its words, in the order of its sheet."""
    hole = Holes(_SUMMARY + 1).hole
    image, authors = entry.image, entry.authors
    shape = entry._replace(
        id=hole(entry.id),
        guid=hole(entry.guid),
        permalink=hole(entry.permalink),
        comments=hole(entry.comments),
        categories=tuple(map(hole, labels(entry))),
        tags=(),
        image=Image(hole(image.url), image.media_type, LENGTH if image.length else 0, "")
        if image
        else None,
        content=chr(FIRST + _CONTENT) if entry.content else "",
        summary=chr(FIRST + _SUMMARY) if entry.summary else "",
        published=PUBLISHED,
        updated=UPDATED if edited else PUBLISHED,
        direction="ltr",  # what the direction asks for stands in the content
    )
    about = [(hole(person.url), hole(person.avatar)) for person in authors]
    return shape._replace(
        title=hole(title_of(entry)),
        rights=hole(entry.rights),
        authors=tuple(
            Person(hole(person.name), person.email, url, avatar)
            for person, (url, avatar) in zip(authors, about, strict=True)
        ),
    )
