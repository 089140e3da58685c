"""Values of metadata, made safe and small: no half characters, bounded depth and size."""

from datetime import date, datetime, time
from typing import Any

from feedwright.model import Problem, RawField, RawValue
from feedwright.sources.shapes import UnreadableError, warning
from feedwright.text.patterns import lazy

Fields = tuple[tuple[RawField, ...], tuple[Problem, ...]]
"""What metadata says, and what is wrong with it."""

MAX_DEPTH = 100
MAX_VALUES = 50_000
MAX_CHARACTERS = 2_000_000
"""Of all values together, repeated ones counted as often as they stand."""

_FORBIDDEN = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return text without what is no character of XML 1.0 (2.2); escapes can make such."""
    return _FORBIDDEN.sub("", text)


def check_size(value: object, line: int) -> None:
    """Raise UnreadableError for values that are nested or repeated beyond all measure."""
    level = [value]
    values = characters = depth = 0
    while level:
        below: list[object] = []
        for each in level:
            if isinstance(each, str):
                characters += len(each)
            elif isinstance(each, dict):
                below += each.values()
                characters += sum(map(len, each))
            elif isinstance(each, list):
                below += each
        values += len(level)
        depth += 1
        if depth > MAX_DEPTH or values + len(below) > MAX_VALUES or characters > MAX_CHARACTERS:
            what = "the metadata is nested too deeply or too large"
            cure = "keep only what describes the article"
            raise UnreadableError("front-matter", line, what, cure)
        level = below


def raw_value(value: Any) -> RawValue:  # Any: what tomllib and json give
    """Return a parsed value as a raw value; its depth must be bounded."""
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, (bool, int, float, datetime, date)):
        return value
    if isinstance(value, dict):
        return {clean(str(key)): raw_value(each) for key, each in value.items()}
    if isinstance(value, list):
        return [raw_value(each) for each in value]
    if isinstance(value, time):
        return value.isoformat()
    raise TypeError(value)


def as_it_is(value: Any) -> RawValue:  # Any: the type of plain YAML is a part of RawValue
    """Take a value of YAML, which has texts, lists and keys alone."""
    return value  # type: ignore[no-any-return]  # the same


def duplicate(path: str, line: int, key: str) -> Problem:
    """Return the warning about a key that stands twice."""
    what = "stands here and again further down; the last one counts"
    cure = "take one of them out"
    return warning("duplicate-key", path, line, field=clean(key), what=what, cure=cure)
