"""Values as plain tuples, for the way to another process or into a file.

Pickling a named tuple or an instant takes many times what a tuple or a number takes, and an article
has dozens of them. Instants become microseconds since 1970, days their ordinals.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
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

_AUTHORS, _ENCLOSURES, _ORIGINS = map(Candidate._fields.index, ("authors", "enclosures", "origins"))
_CANDIDATE_INSTANTS = tuple(map(Candidate._fields.index, ("published", "updated", "expires")))
_CANDIDATE_DAYS = tuple(map(Candidate._fields.index, ("written_day", "file_day")))
_ARTICLE_INSTANTS = tuple(map(Article._fields.index, ("published", "updated", "first")))
_LINE_INSTANTS = tuple(
    map(LedgerLine._fields.index, ("at", "first", "published", "updated", "when"))
)
_STATE_OF_ARTICLE = Article._fields.index("state")
_STATE_OF_LINE = LedgerLine._fields.index("state")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def pack_candidate(candidate: Candidate) -> Packed:
    """Return a candidate as a plain tuple."""
    values: list[Any] = list(candidate)
    for place in (_AUTHORS, _ENCLOSURES, _ORIGINS):
        if values[place]:
            values[place] = tuple(map(tuple, values[place]))
    _pack_instants(values, _CANDIDATE_INSTANTS)
    for place in _CANDIDATE_DAYS:
        if values[place] is not None:
            values[place] = values[place].toordinal()
    return tuple(values)


def unpack_candidate(packed: Packed) -> Candidate:
    """Return the candidate of a plain tuple."""
    values = list(packed)
    values[_AUTHORS] = _people(values[_AUTHORS])
    values[_ENCLOSURES] = tuple(map(EnclosureRef._make, values[_ENCLOSURES]))
    values[_ORIGINS] = _origins(values[_ORIGINS])
    _unpack_instants(values, _CANDIDATE_INSTANTS)
    for place in _CANDIDATE_DAYS:
        if values[place] is not None:
            values[place] = date.fromordinal(values[place])
    return Candidate._make(values)


@lru_cache(maxsize=4096)  # most articles have their fields in the same lines: they share them
def _origins(rows: tuple[Packed, ...]) -> tuple[Origin, ...]:
    return tuple(map(Origin._make, rows))


@lru_cache(maxsize=4096)
def _people(rows: tuple[Packed, ...]) -> tuple[Person, ...]:
    return tuple(map(Person._make, rows))


def pack_article(article: Article) -> Packed:
    """Return an article as a plain tuple."""
    values: list[Any] = list(article)
    values[0] = pack_candidate(article.candidate)
    values[_STATE_OF_ARTICLE] = article.state.value
    _pack_instants(values, _ARTICLE_INSTANTS)
    return tuple(values)


def unpack_article(packed: Packed) -> Article:
    """Return the article of a plain tuple."""
    values = list(packed)
    values[0] = unpack_candidate(values[0])
    values[_STATE_OF_ARTICLE] = State(values[_STATE_OF_ARTICLE])
    _unpack_instants(values, _ARTICLE_INSTANTS)
    return Article._make(values)


def pack_line(line: LedgerLine) -> Packed:
    """Return a line of the ledger as a plain tuple."""
    values: list[Any] = list(line)
    values[_STATE_OF_LINE] = line.state.value
    _pack_instants(values, _LINE_INSTANTS)
    return tuple(values)


def unpack_line(packed: Packed) -> LedgerLine:
    """Return the line of a plain tuple."""
    values = list(packed)
    values[_STATE_OF_LINE] = State(values[_STATE_OF_LINE])
    _unpack_instants(values, _LINE_INSTANTS)
    return LedgerLine._make(values)


def _pack_instants(values: list[Any], places: Iterable[int]) -> None:
    for place in places:
        if values[place] is not None:
            values[place] = (values[place] - _EPOCH) // _MICROSECOND


def _unpack_instants(values: list[Any], places: Iterable[int]) -> None:
    for place in places:
        if values[place] is not None:
            values[place] = _EPOCH + timedelta(microseconds=values[place])
