"""Source reader `records`: JSON, JSON lines and YAML that hold articles, one in each object.

What does not look like articles is data of something else, and left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from feedwright.model import Problem, RawField
from feedwright.sources import beside, recordkeys
from feedwright.sources.recordfile import (
    Found,
    Record,
    json_lines,
    json_tree,
    seems_articles,
)
from feedwright.sources.recordyaml import yaml_tree
from feedwright.sources.shapes import Piece, Pieces, Place, UnreadableError, warning
from feedwright.text import urls

_ORIGIN = "record"
_READERS: Mapping[str, Callable[[str], Found]] = {
    ".json": json_tree,
    ".jsonl": json_lines,
    ".ndjson": json_lines,
    ".yaml": yaml_tree,
    ".yml": yaml_tree,
}


def read(text: str, place: Place) -> Pieces:
    """Read the records of a file. What cannot be read is an error beside those that can be.

    One object alone is the file's article; articles in a list are its parts, named by `id`, `guid`,
    `uuid` or `slug`, else by address or title.
    """
    found = _READERS[place.extension](text)
    likely: list[Record] = []
    others: list[Record] = []
    for record in found.records:
        (likely if recordkeys.is_article(record.value) else others).append(record)
    if not likely or len(likely) < len(others):
        return _nothing(found, text, place)
    problems = [error.problem(place.path) for error in found.errors]
    problems += _repaired(found, place)
    problems += (_no_article(record, place) for record in others)
    named = _named(likely) if found.are_many else [_Named("", record) for record in likely]
    return Pieces(tuple(_piece(each) for each in named), tuple(problems))


def _repaired(found: Found, place: Place) -> Iterator[Problem]:
    for change in found.repairs:
        yield warning(
            "yaml-repaired",
            place.path,
            change.line,
            field=change.key,
            what=change.what,
            cure=f"write {change.better}",
        )


def _nothing(found: Found, text: str, place: Place) -> Pieces:
    """Leave the file out; it is an error when it seems to hold articles and cannot be read."""
    if found.errors and seems_articles(text):
        raise found.errors[0]
    if not found.are_many and found.records and recordkeys.is_sidecar(found.records[0].value):
        return Pieces((), (beside.orphan(place.path),), "describes an article that is not there")
    return Pieces((), (), found.reason or "is data, no article")


def _no_article(record: Record, place: Place) -> Problem:
    what = "does not look like an article, as the others of its file do"
    cure = "give it a text, a title and a date, or take it out"
    return UnreadableError("record", record.line, what, cure).problem(place.path)


# ---------------------------------------------------------------- parts


class _Named(NamedTuple):
    part: str
    record: Record


def _named(records: Iterable[Record]) -> Iterator[_Named]:
    """Give each record its key. What is no declared key is made one by a number if need be."""
    taken: dict[str, int] = {}
    for number, record in enumerate(records, 1):
        part = recordkeys.key_of(record.value)
        if not part:
            part = urls.slugify(recordkeys.title_of(record.value))[:200] or str(number)
            taken[part] = taken.get(part, 0) + 1
            part += f"-{taken[part]}" if taken[part] > 1 else ""
        yield _Named(part, record)


def _piece(named: _Named) -> Piece:
    value, line = named.record.value, named.record.line
    body = recordkeys.body_of(value)
    fields = tuple(
        RawField(key, recordkeys.unwrapped(each), _line(named.record, key), _ORIGIN)
        for key, each in value.items()
        if key != body.key
    )
    text = body.text.replace("\r\n", "\n").replace("\r", "\n")
    start = _line(named.record, body.key) or line
    return Piece(fields, text.strip("\n").rstrip(), body.markup, max(start, 1), part=named.part)


def _line(record: Record, key: str) -> int:
    return record.lines.get(key, record.line)
