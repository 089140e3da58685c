"""Files of records in JSON: an object, a list, lines. Objects with the line at which each begins.

Where something cannot be read, what stands before it (in lines also behind it) still is.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from feedwright.model import RawValue
from feedwright.sources import interfaces
from feedwright.sources.shapes import UnreadableError
from feedwright.sources.values import check_size, clean, raw_value
from feedwright.sources.yamlrepair import Change
from feedwright.text.patterns import lazy

LISTS = ("articles", "posts", "entries", "items", "records", "stories", "news", "results", "data")
"""Keys of an object that may hold the records."""
_SPACE = lazy(r"[ \t\n\r]*")
_TEMPLATE = lazy(r"\s*(?:---[ \t]*\n|\{[{%])")
_TITLE = lazy(r"""\b(?:title|headline)["']?\s{0,9}:""")
_TEXT = lazy(r"""\b(?:body|content|content_html|html|text|published|date)["']?\s{0,9}:""")
_CURE = "look for a missing quote or comma, or for an export that was cut off"
_MAX_ERRORS = 20


class Record(NamedTuple):
    """One object of a file."""

    value: dict[str, RawValue]
    line: int
    lines: Mapping[str, int] = {}
    """Line of each key, where it is known."""


class Found(NamedTuple):
    """What a file holds."""

    records: tuple[Record, ...]
    are_many: bool
    """False: the file is one object, and that is its article."""
    errors: tuple[UnreadableError, ...] = ()
    """The first of them."""
    repairs: tuple[Change, ...] = ()
    reason: str = ""
    """Why it holds none, when that is known."""


def seems_articles(text: str) -> bool:
    """Whether a text that cannot be read seems to hold articles."""
    return _TITLE.search(text) is not None and _TEXT.search(text) is not None


class Collector:
    """Records and mistakes of a file."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.errors: list[UnreadableError] = []
        self.repairs: list[Change] = []

    def add(
        self, value: Mapping[str, Any], line: int, lines: Mapping[str, int] | None = None
    ) -> None:
        """Take an object; one that is beyond all measure is a mistake."""
        try:
            check_size(dict(value), line)
        except UnreadableError:
            self.fail(line, "is nested too deeply or too large", "make it smaller")
        else:
            raw = {clean(key): raw_value(each) for key, each in value.items()}
            self.records.append(Record(interfaces.as_record(raw), line, lines or {}))

    def fail(self, line: int, what: str, cure: str) -> None:
        """Note a mistake. Of very many the first are enough."""
        if len(self.errors) < _MAX_ERRORS:
            self.errors.append(UnreadableError("record", line, what, cure))

    def found(self, *, are_many: bool = True) -> Found:
        """Return what was found."""
        return Found(tuple(self.records), are_many, tuple(self.errors), tuple(self.repairs))


class _JsonError(ValueError):
    def __init__(self, line: int, what: str) -> None:
        self.line = line
        self.what = what
        super().__init__(f"line {line}: {what}")


def json_tree(text: str) -> Found:
    """Read an object, a list of objects, or an object with such a list."""
    if _TEMPLATE.match(text):
        return Found((), are_many=False, reason="is a template, no article")
    start = _skip(text, 0)
    if text[start : start + 1] == "[":
        return _list(text, start)
    collected = Collector()
    try:
        value, end = _decoded(text, start, 1)
    except _JsonError as error:
        collected.fail(error.line, error.what, _CURE)
        return collected.found(are_many=False)
    if isinstance(value, dict) and _skip(text, end) < len(text):
        return json_lines(text)
    return _of_value(value, text.count("\n", 0, start) + 1)


def json_lines(text: str) -> Found:
    """Read one object from each line."""
    collected = Collector()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value, end = _decoded(line, _skip(line, 0), number)
            if _skip(line, end) < len(line) or not isinstance(value, dict):
                raise _JsonError(number, "is no JSON object that ends on its line")
            collected.add(value, number)
        except _JsonError as error:
            collected.fail(number, error.what, _CURE)
    return collected.found()


def _list(text: str, start: int) -> Found:
    """Read a list item by item, so that a mistake leaves what stands before it."""
    collected = Collector()
    line, counted = 1, 0
    position = _skip(text, start + 1)
    try:
        while text[position : position + 1] != "]":
            line, counted = line + text.count("\n", counted, position), position
            value, end = _decoded(text, position, line)
            if isinstance(value, dict):
                collected.add(value, line)
            position = _skip(text, end)
            mark = text[position : position + 1]
            if mark == ",":
                position = _skip(text, position + 1)
            elif mark != "]":
                line += text.count("\n", counted, position)
                raise _JsonError(line, "cannot be read as JSON: expecting ',' or ']'")
    except _JsonError as error:
        collected.fail(error.line, error.what, _CURE)
    return collected.found()


_DECODER = json.JSONDecoder(parse_constant=str)


def _decoded(text: str, position: int, line: int) -> tuple[Any, int]:
    """Return the value at a position, which is on `line`, and where it ends."""
    try:
        return _DECODER.raw_decode(text, position)
    except RecursionError as error:
        raise _JsonError(line, "is nested too deeply") from error
    except json.JSONDecodeError as error:
        what = f"cannot be read as JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise _JsonError(error.lineno, what) from error
    except ValueError as error:  # a number of more digits than Python takes
        raise _JsonError(line, "holds a number beyond all measure") from error


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found is not None else position


def _of_value(value: object, line: int) -> Found:
    """Find the records in a parsed object."""
    if not isinstance(value, dict):
        return Found((), are_many=False)
    if "jsonfeed.org" in str(value.get("version")):
        return Found((), are_many=False, reason="is a feed, no article")
    for key in LISTS:
        items = value.get(key)
        if isinstance(items, list) and items and all(isinstance(item, dict) for item in items):
            return _all(items, line, are_many=True)
    return _all([value], line, are_many=False)


def _all(values: Sequence[Mapping[str, Any]], line: int, *, are_many: bool) -> Found:
    collected = Collector()
    for each in values:
        collected.add(each, line)
    return collected.found(are_many=are_many)
