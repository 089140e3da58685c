"""Values as plain tuples, for the way to another process or into a file.

Pickling a named tuple takes many times what a tuple takes, and an article has dozens of them.
"""

from typing import Any

from feedwright.model import (
    Article,
    Candidate,
    EnclosureRef,
    LedgerLine,
    Origin,
    Person,
    State,
)

Packed = tuple[Any, ...]

_AUTHORS = Candidate._fields.index("authors")
_ENCLOSURES = Candidate._fields.index("enclosures")
_ORIGINS = Candidate._fields.index("origins")
_STATE_OF_ARTICLE = Article._fields.index("state")
_STATE_OF_LINE = LedgerLine._fields.index("state")


def pack_candidate(candidate: Candidate) -> Packed:
    """Return a candidate as a plain tuple."""
    values: list[Any] = list(candidate)
    for place in (_AUTHORS, _ENCLOSURES, _ORIGINS):
        if values[place]:
            values[place] = tuple(map(tuple, values[place]))
    return tuple(values)


def unpack_candidate(packed: Packed) -> Candidate:
    """Return the candidate of a plain tuple."""
    values = list(packed)
    values[_AUTHORS] = tuple(Person(*each) for each in values[_AUTHORS])
    values[_ENCLOSURES] = tuple(EnclosureRef(*each) for each in values[_ENCLOSURES])
    values[_ORIGINS] = tuple(Origin(*each) for each in values[_ORIGINS])
    return Candidate(*values)


def pack_article(article: Article) -> Packed:
    """Return an article as a plain tuple."""
    _, *values = article
    values[_STATE_OF_ARTICLE - 1] = article.state.value
    return (pack_candidate(article.candidate), *values)


def unpack_article(packed: Packed) -> Article:
    """Return the article of a plain tuple."""
    candidate, *values = packed
    values[_STATE_OF_ARTICLE - 1] = State(values[_STATE_OF_ARTICLE - 1])
    return Article(unpack_candidate(candidate), *values)


def pack_line(line: LedgerLine) -> Packed:
    """Return a line of the ledger as a plain tuple."""
    values: list[Any] = list(line)
    values[_STATE_OF_LINE] = line.state.value
    return tuple(values)


def unpack_line(packed: Packed) -> LedgerLine:
    """Return the line of a plain tuple."""
    values = list(packed)
    values[_STATE_OF_LINE] = State(values[_STATE_OF_LINE])
    return LedgerLine(*values)
