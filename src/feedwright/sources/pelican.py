"""Source reader `pelican`: `Key: value` lines, a blank line, then Markdown or plain text."""

from datetime import UTC
from typing import NamedTuple

from feedwright.model import Problem, RawField, RawValue
from feedwright.sources.known import SELDOM_PROSE, folded, is_known
from feedwright.sources.shapes import Piece, Pieces, Place, body_from, markup_of, warning
from feedwright.text import dates
from feedwright.text.patterns import lazy

_ORIGIN = "header lines"
_LINE = lazy(r" {0,3}([A-Za-z_][\w.\- ]{0,40}?)[ \t]{0,20}:(?!//)[ \t]*(.*)")
_MORE = lazy(r"(?:[ ]{4,}|\t+)(\S.*)")
_LISTS = frozenset({"tag", "tags", "keywords", "author", "authors", "category", "categories"})
_DATE_KEYS = frozenset({"date", "published", "created", "posted", "updated", "modified"})
_LABELS = _DATE_KEYS | {"author", "authors", "byline"}
_MAX_LINES = 200


class _Header(NamedTuple):
    key: str
    values: list[str]
    line: int


def begins(text: str, place: Place) -> bool:
    """Whether the file begins with header lines, not with a headline that has a colon.

    The first key must be known; and there is a title, or another key that no byline has, or a key
    or value that no headline has. "Summary: what we know", then "Author: Jane", is a headline.
    """
    start = len(text) - len(text.lstrip())
    first = _LINE.match(text, start)
    if first is None or not is_known(first[1], place.names):
        return False
    headers, _ = _headers(text, start)
    keys = {folded(header.key) for header in headers if is_known(header.key, place.names)}
    if keys & SELDOM_PROSE:
        return True
    if keys == {"title"}:
        return place.extension != ".txt"  # there the next lines may be labels
    if "title" in keys or keys - _LABELS - {folded(first[1])}:
        return True
    if keys <= _LABELS and len(keys) > 1:
        return True
    return folded(first[1]) in _DATE_KEYS and _is_date(first[2])


def read(text: str, place: Place) -> Pieces:
    """Read the header lines; a list key that stands twice has several values."""
    headers, end = _headers(text, len(text) - len(text.lstrip()))
    fields: dict[str, RawField] = {}
    problems: list[Problem] = []
    for header in headers:
        key = header.key.casefold()
        before = fields.get(key)
        value = _value(header)
        if before is not None and key in _LISTS:
            value = [*_items(before.value), *_items(value)]
        elif before is not None:
            what = "stands here and again further down; the last one counts"
            cure = "take one of them out"
            problems.append(
                warning(
                    "duplicate-key",
                    place.path,
                    before.line,
                    field=before.key,
                    what=what,
                    cure=cure,
                )
            )
        fields[key] = RawField(header.key, value, header.line, _ORIGIN)
    body, line = body_from(text, end)
    piece = Piece(tuple(fields.values()), body, markup_of(place.extension), line)
    return Pieces((piece,), tuple(problems))


def _headers(text: str, position: int) -> tuple[list[_Header], int]:
    """Return the header lines from `position` on, and where they end."""
    headers: list[_Header] = []
    line = text.count("\n", 0, position)
    for _ in range(_MAX_LINES):
        line += 1
        stop = text.find("\n", position)
        row = text[position : stop if stop >= 0 else len(text)]
        more = _MORE.fullmatch(row)
        if more is not None and headers:
            headers[-1].values.append(more[1].rstrip())
        else:
            found = _LINE.fullmatch(row)
            if found is None:
                break
            headers.append(_Header(found[1], [found[2].rstrip()], line))
        position = stop + 1 if stop >= 0 else len(text)
        if position >= len(text):
            break
    return headers, position


def _value(header: _Header) -> RawValue:
    values = [value for value in header.values if value]
    if len(values) > 1 and header.key.casefold() in _LISTS:
        return list(values)
    return "\n".join(values)


def _items(value: RawValue) -> list[RawValue]:
    return value if isinstance(value, list) else [value]


def _is_date(text: str) -> bool:
    try:
        dates.parse(text, UTC, loose=False)
    except dates.DateError:
        return False
    return True
