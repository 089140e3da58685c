"""Envelopes written through stencils: feeds of the same parts differ in their words and in a date.

Feeds with podcast settings, and archive documents that are complete, have no stencil.
"""

from collections.abc import Callable, Iterable

from feedwright.model import Feed
from feedwright.render.frame import Frame
from feedwright.render.stencils import (
    MEMORY,
    PUBLISHED,
    STANDINS,
    Escapes,
    Holes,
    are_plain,
    cut,
    is_literal,
)
from feedwright.text.dates import rfc822, rfc3339

_OF_EDITED = frozenset(("atom",))
"""The prefix that an entry needs from its first edit on."""

Write = Callable[[Feed, Iterable[str]], Frame]


def framed_through_stencils(name: str, write: Write, escapes: Escapes) -> Write:
    """Return what writes the same bytes as `write`, which is asked once for each shape."""

    def written(feed: Feed, prefixes: Iterable[str]) -> Frame:
        prefixes = frozenset(prefixes)
        if feed.podcast or (feed.archive and feed.archive.number is not None):
            return write(feed, prefixes)
        holes = Holes(len(STANDINS))
        hole = holes.hole
        shape = feed._replace(
            name="",
            path="",
            formats=(),
            updated=PUBLISHED,
            id=hole(feed.id),
            home=hole(feed.home),
            base=hole(feed.base),
        )
        in_attributes = " ".join(holes.words)
        shape = shape._replace(title=hole(feed.title), description=hole(feed.description))
        words = holes.words
        if not are_plain(in_attributes, " ".join(words)) or not is_literal(_literals(feed)):
            return write(feed, prefixes)
        stencil = MEMORY.of((shape, prefixes)).get((name, True, True))
        if stencil is None:
            # Both at once: a run that finds an article edited for the first time needs no feedgen.
            for needed in (prefixes ^ _OF_EDITED, prefixes):
                frame = write(shape, needed)
                made = cut(frame.head)._replace(joint=frame.joint, tail=frame.tail)
                stencil = MEMORY.add(MEMORY.of((shape, needed)), (name, True, True), made)
            assert stencil is not None
        updated = (rfc822(feed.updated), rfc3339(feed.updated), "", "")
        head = stencil.filled((*updated, *map(escapes.text, words)))
        return Frame(head, stencil.joint, stencil.tail)

    return written


def _literals(feed: Feed) -> str:
    """Return all text of a feed that stays in its shape."""
    removed = (f"{each.id}\n{rfc3339(each.when)}" for each in feed.tombstones)
    texts = (feed.language, feed.rights, feed.icon, feed.logo, feed.style)
    return "\n".join((*texts, *feed.author, *feed.hubs, *removed))
