"""YAML, TOML and JSON metadata: text to fields, each with its line. No front matter, no files."""

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from feedwright.model import RawField
from feedwright.sources.frontmatter import MAX_BLOCK, Block
from feedwright.sources.shapes import UnreadableError
from feedwright.sources.values import Fields, as_it_is, check_size, clean, duplicate, raw_value
from feedwright.text import yamlsimple
from feedwright.text.patterns import lazy

_MAX_TOML = 100_000
"""Characters: tomllib takes time in the square of the length of a dotted key."""
_TOML_PLACE = lazy(r" ?\(at line (\d+), column \d+\)| ?\(at end of document\)")
_TOML_KEY = lazy(r"""[ \t]*\[*[ \t]*["']?([^"'\s=.\[\]]+)["']?[ \t]*[=.\]]""")
_JSON_KEY = lazy(r'"((?:[^"\\\n]|\\.)*+)"\s*:')


def read(block: Block, path: str, origin: str) -> Fields | None:
    """Return the fields of a block and warnings; None when it is no set of keys and values.

    Raises UnreadableError (`front-matter`), whose line is one of the file.
    """
    if not block.closed:
        fence = {"yaml": "---", "toml": "+++", "json": "}"}[block.syntax]
        what = "the metadata that opens the file is never closed"
        cure = f"put a line {fence} behind it"
        line = block.line if block.syntax == "json" else block.line - 1
        raise UnreadableError("front-matter", line, what, cure)
    if len(block.text) > MAX_BLOCK:
        what = f"the metadata is longer than {MAX_BLOCK:,} characters"
        cure = "move the text into the body"
        raise UnreadableError("front-matter", block.line, what, cure)
    return _SYNTAXES[block.syntax](block.text, block.line - 1, path, origin)


# ---------------------------------------------------------------- YAML


def _yaml(text: str, before: int, path: str, origin: str) -> Fields | None:
    pairs = yamlsimple.pairs(text)
    if pairs is None:
        from feedwright.sources import yamlmetadata  # noqa: PLC0415 - heavy, and seldom needed

        return yamlmetadata.read(text, before, path, origin)
    # Nothing can be wrong with it: no key stands twice, and nothing is cut, escaped or large.
    fields = [RawField(key, as_it_is(value), line + before, origin) for key, value, line in pairs]
    return tuple(fields), ()


# ---------------------------------------------------------------- TOML, JSON


def _toml(text: str, before: int, path: str, origin: str) -> Fields | None:
    if len(text) > _MAX_TOML:
        what = f"the metadata is longer than {_MAX_TOML:,} characters"
        raise UnreadableError("front-matter", before + 1, what, "move the text into the body")
    import tomllib  # noqa: PLC0415 - many sites have none, and it costs start-up

    try:
        table = tomllib.loads(text)
    except RecursionError as error:
        what = "the metadata is nested too deeply"
        raise UnreadableError("front-matter", before + 1, what, "make it flat") from error
    except ValueError as error:
        found = _TOML_PLACE.search(str(error))
        line = int(found[1]) if found is not None and found[1] else text.count("\n") + 1
        reason = _TOML_PLACE.sub("", str(error)).strip()
        what = f"cannot be read as TOML: {reason[:1].lower()}{reason[1:]}"
        cure = "put text in quotes, write dates as 2024-01-31, and each key on a line of its own"
        raise UnreadableError("front-matter", line + before, what, cure) from error
    return _fields(table, _lines_of_keys(text, _TOML_KEY, by_line=True), before, origin), ()


def _json(text: str, before: int, path: str, origin: str) -> Fields | None:
    repeated: list[str] = []
    value = load_json(text, before, repeated)
    if not isinstance(value, dict):
        return None
    lines = _lines_of_keys(text, _JSON_KEY, by_line=False)
    problems = tuple(duplicate(path, lines.get(key, 1) + before, key) for key in repeated)
    return _fields(value, lines, before, origin), problems


def load_json(text: str, before: int = 0, repeated: list[str] | None = None) -> Any:
    """Parse JSON of bounded depth and size; `repeated` receives keys that stand twice.

    Raises UnreadableError (`front-matter`).
    """

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs) and repeated is not None:
            counts = Counter(key for key, _ in pairs)
            repeated.extend(key for key, count in counts.items() if count > 1)
        return made

    try:
        value = json.loads(text, object_pairs_hook=members, parse_constant=str)
    except RecursionError as error:
        what = "the metadata is nested too deeply"
        raise UnreadableError("front-matter", before + 1, what, "make it flat") from error
    except json.JSONDecodeError as error:
        what = f"cannot be read as JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        cure = "look for a missing quote or comma, or for a comma too many"
        raise UnreadableError("front-matter", error.lineno + before, what, cure) from error
    except ValueError as error:  # a number of more digits than Python takes
        what = "cannot be read as JSON: it holds a number beyond all measure"
        raise UnreadableError("front-matter", before + 1, what, "put it in quotes") from error
    check_size(value, before + 1)
    return value


def _fields(
    table: dict[str, Any], lines: dict[str, int], before: int, origin: str
) -> tuple[RawField, ...]:
    check_size(table, before + 1)
    return tuple(
        RawField(clean(key), raw_value(value), lines.get(key, 0) and lines[key] + before, origin)
        for key, value in table.items()
    )


def _lines_of_keys(text: str, pattern: re.Pattern[str], *, by_line: bool) -> dict[str, int]:
    """Return the line on which each key stands first; good enough for messages."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        matches = [pattern.match(line)] if by_line else pattern.finditer(line)
        for found in matches:
            if found is not None:
                lines.setdefault(found[1], number)
    return lines


_SYNTAXES: dict[str, Callable[[str, int, str, str], Fields | None]] = {
    "yaml": _yaml,
    "toml": _toml,
    "json": _json,
}
