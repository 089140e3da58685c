"""Finding the block of metadata at the head of a file. What stands in it is read elsewhere."""

import re
from functools import lru_cache
from typing import NamedTuple

from feedwright.sources.known import is_known
from feedwright.sources.shapes import Place
from feedwright.text.patterns import lazy

MAX_BLOCK = 1_000_000
"""Characters of a block of metadata: nobody writes more by hand."""

_OPENING = lazy(r"(?:(-{3,})[ \t]*(yaml|toml|json)?|\+\+\+)[ \t]*(?:\n|\Z)")
_CLOSINGS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_KEY_LINE = lazy(
    r"""(?:"[^"\n]{1,80}"|'[^'\n]{1,80}'|[^\s:#,\[\]{}&*!|>'"%@`-][^:\n]{0,80}?)"""
    r"[ \t]{0,20}:(?:[ \t\n]|\Z)"
)
_TOML_LINE = lazy(r"""\[|["'\w][^=\n]{0,100}=""")
_JSON_OPENING = lazy(r"""\{\s*["}]""")
_UNFENCED_LINE = lazy(r"[ \t#]|-[ \t]|\Z")
_UNFENCED_KEY = lazy(r"([A-Za-z_][\w.\- ]{0,40}):(?:[ \t]|\Z)")
_UNFENCED_LINES = 200


class Block(NamedTuple):
    """Where the metadata of a file lies."""

    syntax: str
    """`yaml`, `toml` or `json`."""
    text: str
    line: int
    """Line of the file at which `text` begins, from 1."""
    end: int
    """Offset behind the closing fence: the body begins after it."""
    closed: bool = True


@lru_cache(maxsize=1)  # first for the dialect, then for its reader
def find(text: str, place: Place) -> Block | None:
    """Return the block of metadata at the head of a file; None when it has none.

    Blank lines before the opening fence and blanks behind fences are taken. Two thematic breaks
    with prose between them are no fences, and a `{` that opens a template tag is no JSON.
    """
    start = len(text) - len(text.lstrip())
    opening = _OPENING.match(text, start)
    if opening is not None:
        return _fenced(text, opening)
    if _JSON_OPENING.match(text, start):
        return _json(text, start)
    return _unfenced(text, start, place)


def _fenced(text: str, opening: re.Match[str]) -> Block | None:
    dashes = opening[1]
    syntax = opening[2] or ("yaml" if dashes else "toml")
    begin = opening.end()
    closing = _closing(dashes).search(text, begin)
    end = closing.start() if closing is not None else min(len(text), begin + MAX_BLOCK + 1)
    if not _is_metadata(text, begin, end, syntax):
        return None
    line = text.count("\n", 0, begin) + 1
    if closing is None:
        return Block(syntax, text[begin:end], line, end, closed=False)
    return Block(syntax, text[begin:end], line, closing.end())


def _closing(dashes: str | None) -> re.Pattern[str]:
    if dashes is None:
        return _CLOSINGS["+++"]
    if len(dashes) == 3:
        return _CLOSINGS["---"]
    return re.compile(rf"^{dashes[:80]}-*[ \t]*$", re.MULTILINE)


def _is_metadata(text: str, begin: int, end: int, syntax: str) -> bool:
    """Whether the first line that says something is metadata; an empty block is."""
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        line = text[begin:stop].strip()
        begin = stop + 1
        if line and not line.startswith("#"):
            if syntax == "yaml":
                return bool(_KEY_LINE.match(line) or line.startswith(("{", "? ", "%YAML")))
            return syntax == "json" or bool(_TOML_LINE.match(line))
    return True


_JSON_TOKEN = lazy(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]|"', re.DOTALL)


def _json(text: str, start: int) -> Block:
    """Return the JSON object at `start`: up to its own closing brace."""
    depth = 0
    line = text.count("\n", 0, start) + 1
    limit = min(len(text), start + MAX_BLOCK + 1)
    for token in _JSON_TOKEN.finditer(text, start, limit):
        kind = token[0]
        if kind in "{[":
            depth += 1
        elif kind in "}]":
            depth -= 1
            if depth <= 0:
                return Block("json", text[start : token.end()], line, token.end())
        elif kind == '"':
            break
    return Block("json", text[start:limit], line, limit, closed=False)


def _unfenced(text: str, start: int, place: Place) -> Block | None:
    """Return YAML that has a closing fence but no opening one (as Hexo takes it)."""
    position = start
    for number in range(_UNFENCED_LINES):
        stop = text.find("\n", position)
        if stop < 0:
            stop = len(text)
        line = text[position:stop]
        if number and line.rstrip() == "---":
            first_line = text.count("\n", 0, start) + 1
            return Block("yaml", text[start:position], first_line, stop)
        key = _UNFENCED_KEY.match(line)
        if number == 0 and (key is None or not is_known(key[1], place.names)):
            return None
        if key is None and not _UNFENCED_LINE.match(line):
            return None
        if stop == len(text):
            return None
        position = stop + 1
    return None
