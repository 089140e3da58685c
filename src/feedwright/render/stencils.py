"""Stencils: what feedgen wrote once of each shape, cut at the words that differ.

A shape is an entry or a feed with a sign in place of each word; its bytes are cut at the signs, and
others of that shape are filled in. Stencils outlast a run: one that only fills in needs no feedgen.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from feedwright.render.references import are_usual
from feedwright.render.wire import legal
from feedwright.text.dates import rfc822, rfc3339
from feedwright.text.patterns import lazy

FIRST = 0xE100
MOST = 200
_SIGN = lazy(f"([{chr(FIRST)}-{chr(FIRST + MOST)}])")
"""Of private use: no word of ours, and a word that holds one is only filled in, never cut."""
PUBLISHED = datetime(9998, 1, 2, 3, 4, 5, tzinfo=UTC)
UPDATED = datetime(9998, 6, 7, 8, 9, 10, tzinfo=UTC)
LENGTH = 9_998_010_203_040_506
STANDINS = (
    rfc822(PUBLISHED), rfc3339(PUBLISHED), rfc3339(UPDATED), str(LENGTH)
)  # fmt: skip
"""What is no text has these in place of a sign; they have the first numbers."""

_ODD = lazy(r"[\t\n\r]")
_ODD_IN_ATTRIBUTES = lazy(r"[\"\\]")


class Escapes(NamedTuple):
    """How a format writes text."""

    content: Callable[[str], str]
    text: Callable[[str], str]
    """Without control characters in it, and that looks like no markup."""
    summary: Callable[[str], str]
    marks: str
    """Text without any of these is written as it is."""

    def are_asked(self, text: str) -> bool:
        """Tell whether anything in a text is written otherwise."""
        return any(mark in text for mark in self.marks)


class Stencil(NamedTuple):
    """The bytes of a shape, as text, cut at its signs."""

    pieces: list[str]
    """Every second one is a hole."""
    numbers: list[int]
    """Of the signs, hole by hole."""
    joint: bytes = b""
    """Of a document: what stands between its entries."""
    tail: bytes = b""
    """And behind them, where there are no words."""
    prefixes: frozenset[str] = frozenset()
    has_guid: bool = False
    """Whether the format writes an adopted guid in place of the id."""

    def filled(self, words: Sequence[str]) -> bytes:
        """Return the bytes with these words in its holes, by the number of their signs."""
        filled = self.pieces.copy()
        filled[1::2] = [words[number] for number in self.numbers]
        return "".join(filled).encode()


def cut(data: bytes) -> Stencil:
    """Cut the bytes of a shape at its signs."""
    text = data.decode()
    for number, standin in enumerate(STANDINS):
        text = text.replace(standin, chr(FIRST + number))
    pieces = _SIGN.split(text)
    return Stencil(pieces, [ord(sign) - FIRST for sign in pieces[1::2]])


class Holes:
    """Gives out signs, numbered from `start`."""

    def __init__(self, start: int) -> None:
        self.words: list[str] = []
        self._next = FIRST + start

    def hole(self, word: str) -> str:
        """Return the sign that stands for a word; of no word nothing, for then a part is absent."""
        if not word:
            return ""
        self.words.append(word)
        self._next += 1
        return chr(self._next - 1)


def are_plain(words: str, whole: str) -> bool:
    """Tell whether every format writes these as `Escapes` says.

    `words` are those of the whole that may stand in attributes: no quotes, no backslashes.
    """
    return (
        not _ODD.search(whole)
        and not _ODD_IN_ATTRIBUTES.search(words)
        and (("&" not in whole and "<" not in whole) or are_usual(whole))
        and legal(whole) == whole
    )


def is_literal(text: str) -> bool:
    """Tell whether a text that stays in a shape is told apart from signs and standins."""
    return not _SIGN.search(text) and not any(standin in text for standin in STANDINS)


Shape = tuple[Hashable, ...]
"""Whatever makes the stencils of two entries, or of two feeds, differ."""
Key = tuple[str, bool, bool]
"""A format, whether the content is shown, and whether the date of a change is."""
Kept = Mapping[Shape, dict[Key, Stencil]]


class Memory:
    """The stencils that are known, by shape, then by what is written of it."""

    def __init__(self, most: int) -> None:
        """Keep those of the last `most` shapes."""
        self._most = most
        self._known: dict[Shape, dict[Key, Stencil]] = {}
        self.grew = False
        """Something is known that was not kept."""

    def of(self, shape: Shape) -> dict[Key, Stencil]:
        """Return the stencils of a shape, to be added to by `add`."""
        found = self._known.get(shape)
        if found is None:
            while len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            found = self._known[shape] = {}
        return found

    def add(self, found: dict[Key, Stencil], key: Key, made: Stencil) -> Stencil:
        """Keep a new stencil of a shape."""
        found[key] = made
        self.grew = True
        return made

    def recall(self, kept: Kept) -> None:
        """Take in what an earlier run kept."""
        self._known = {**kept, **self._known}

    def kept(self) -> Kept:
        """Return all that is known, to be kept for later runs."""
        self.grew = False
        return {shape: found for shape, found in self._known.items() if found}


MEMORY = Memory(256)
