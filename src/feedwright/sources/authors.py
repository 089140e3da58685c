"""The authors file: handles, and who they are."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from feedwright.config.schema import Content
from feedwright.errors import ContentUnavailableError
from feedwright.model import Person, Problem, RawField, Severity
from feedwright.sources import metadata
from feedwright.sources.decoding import decode
from feedwright.sources.kinds import extension_of
from feedwright.sources.shapes import Place, UnreadableError
from feedwright.sources.sidecar import data_block
from feedwright.sources.values import Fields

_RECORDS = frozenset({".yml", ".yaml", ".json", ".toml", ".md", ".mdx", ".markdown"})
_MAX_BYTES = 5_000_000
_NAMES = ("name", "title", "display_name", "displayname", "full_name", "fullname")
_ADDRESSES = ("url", "website", "web", "uri", "link", "homepage", "site", "page")
_PICTURES = ("avatar", "image_url", "imageurl", "image", "picture", "photo", "profile_image")
_HANDLES = ("handle", "id", "key", "slug", "username", "login")
_CURE = "write lines such as jane: {name: Jane Doe, email: jane@example.org}"
CURES = {"authors": _CURE, "tags": "write lines such as sea: {label: The sea}"}
_HOLDS = {"authors": "people", "tags": "tags"}

People = tuple[Mapping[str, Person], tuple[Problem, ...]]


def read_authors(root: str, name: str) -> People:
    """Return people by their handle, casefolded, and problems.

    `name` is a file below `root` (YAML, JSON or TOML; flat, a list, or below `authors:`) or a
    folder with a record for each. A missing file is none; a missing one that the configuration
    names is an error. Raises ContentUnavailableError when it is there and cannot be read.
    """
    people: dict[str, Person] = {}
    problems: list[Problem] = []
    if not name:
        return people, ()
    path = os.path.join(root, name)
    if os.path.isdir(path):
        for file in _listing(path, name):
            shown = f"{name.rstrip('/')}/{file}"
            for fields in read_data(os.path.join(path, file), shown, "authors", problems):
                record: Any = {field.key: field.value for field in fields}
                _add(people, problems, RawField(file.partition(".")[0], record, 1, shown))
        return people, tuple(problems)
    found = list(read_data(path, name, "authors", problems))
    if not found and not problems and name != Content().authors:
        what = "the file that content.authors names is missing"
        problems.append(_problem(name, 0, "", what, "create it, or correct its name"))
    for fields in found:
        for field in _flat(fields):
            _add(people, problems, field._replace(origin=name))
    return people, tuple(problems)


def _listing(path: str, name: str) -> list[str]:
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        message = f"{name}: cannot be read ({error.strerror}); nothing was changed; mend that"
        raise ContentUnavailableError(message) from error
    return [each for each in names if each[0] not in "._" and extension_of(each) in _RECORDS]


def read_data(
    path: str, shown: str, rule: str, problems: list[Problem]
) -> Iterator[tuple[RawField, ...]]:
    """Give the fields of a file; nothing when it is missing or cannot be understood.

    `rule` is the name of problems: `authors`, or `tags`, whose file is read in the same way.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        problem = _problem(shown, 0, "", "is no regular file", "put a file in its place")
        problems.append(problem._replace(name=rule))
        return
    try:
        with open(path, "rb") as opened:
            data = opened.read(_MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        message = f"{shown}: cannot be read ({error.strerror}); nothing was changed; mend that"
        raise ContentUnavailableError(message) from error
    try:
        found = _fields(data, shown, rule)
    except UnreadableError as error:
        problems.append(error.problem(shown)._replace(name=rule))
        return
    problems += found[1]
    yield found[0]


def _fields(data: bytes, shown: str, rule: str) -> Fields:
    extension = extension_of(shown)
    if len(data) > _MAX_BYTES:
        what = f"is larger than {_MAX_BYTES:,} bytes"
        raise UnreadableError(rule, 0, what, f"keep only {_HOLDS[rule]} in it")
    text = decode(data, extension)
    block = data_block(text, Place(shown, extension))
    if block.syntax == "yaml" and text.lstrip().startswith("- "):
        # A list at the top: the same as below `authors:`. Lines are one further down.
        block = block._replace(text=f"{rule}:\n" + text, line=0)
    found = metadata.read(block, shown, f"{rule} file") if text.strip() else ((), ())
    if found is None:
        raise UnreadableError(rule, 1, f"is no list of {_HOLDS[rule]}", CURES[rule])
    return found


def _flat(fields: tuple[RawField, ...]) -> Iterator[RawField]:
    """Give one field for each person: also from below `authors:`, also from a list."""
    for field in fields:
        value = field.value
        if field.key == "authors" and isinstance(value, dict) and len(fields) == 1:
            yield from (RawField(key, each, field.line, "") for key, each in value.items())
        elif field.key == "authors" and isinstance(value, list):
            yield from (RawField("", each, field.line, "") for each in value)
        else:
            yield field


def _add(people: dict[str, Person], problems: list[Problem], field: RawField) -> None:
    value = field.value
    if isinstance(value, str) and value.strip():
        value = {"name": value}
    if not isinstance(value, dict):
        what = "is nobody: neither a name nor keys such as name, email, url"
        problems.append(_problem(field.origin, field.line, field.key, what, _CURE))
        return
    keys = {key.casefold().replace("-", "_"): each for key, each in value.items()}
    handle = field.key or _first(keys, _HANDLES) or _first(keys, _NAMES)
    person = Person(
        _first(keys, _NAMES) or field.key or handle,
        _first(keys, ("email", "mail")).removeprefix("mailto:"),
        _first(keys, _ADDRESSES),
        _first(keys, _PICTURES),
    )
    if not handle:
        what = "has a person without a name"
        problems.append(_problem(field.origin, field.line, "", what, _CURE))
        return
    for key in {handle, _first(keys, _HANDLES)} - {""}:
        people.setdefault(key.casefold(), person)


def _first(keys: Mapping[str, object], names: tuple[str, ...]) -> str:
    for name in names:
        value = keys.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


def _problem(path: str, line: int, field: str, what: str, cure: str) -> Problem:
    return Problem(Severity.ERROR, "authors", path, line, field, what, cure)
