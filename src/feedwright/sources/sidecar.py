"""Metadata that lies beside an article: `x.yaml`, `x.yml`, `x.json`, `x.toml`, `x.meta`."""

import re

from feedwright.model import Problem, RawField
from feedwright.sources import frontmatter, metadata, script
from feedwright.sources.decoding import decode
from feedwright.sources.frontmatter import Block
from feedwright.sources.shapes import Place, UnreadableError
from feedwright.sources.values import Fields
from feedwright.text.patterns import lazy

SUFFIXES = (".yaml", ".yml", ".json", ".toml", ".meta", ".11tydata.json", *script.SUFFIXES)
"""In order of precedence. Behind the article's stem, or behind its whole name."""

_KEY = lazy(r"---|[\w-]{1,40}:|[{+]")
_OLD_NIKOLA = ("title", "slug", "date", "tags", "link", "description")
"""What the lines of a `.meta` file are, in Nikola before 7."""
_NIKOLA = lazy(r"^\.\. ([\w-]+):[ \t]*(.*)$", re.MULTILINE)


def read(data: bytes, name: str, place: Place) -> Fields:
    """Return the fields of a sidecar file and warnings about it.

    `name` is its file name, `place` its own. Raises UnreadableError.
    """
    origin = f"sidecar {name}"
    text = decode(data, place.extension)
    if not text.strip():
        return (), ()
    if script.is_script(name):
        return tuple(script.fields(text, origin)), ()
    if place.extension == ".meta":
        if text.lstrip().startswith(".. "):
            return _nikola(text, origin), ()
        if not _KEY.match(text.lstrip()):
            return _old_nikola(text, origin), ()
    found = metadata.read(data_block(text, place), place.path, origin)
    if found is None:
        what = "is no set of keys and values"
        raise UnreadableError("sidecar", 1, what, "write lines such as title: My title")
    return found


def data_block(text: str, place: Place) -> Block:
    """Return a whole data file as a block; of YAML what stands between fences, if there are two."""
    syntax = {".json": "json", ".toml": "toml"}.get(place.extension, "yaml")
    if syntax == "yaml":
        fenced = frontmatter.find(text, place)
        if fenced is not None and fenced.closed:
            return fenced
    return Block(syntax, text, 1, len(text))


def _nikola(text: str, origin: str) -> tuple[RawField, ...]:
    return tuple(
        RawField(found[1], found[2].strip(), text.count("\n", 0, found.start()) + 1, origin)
        for found in _NIKOLA.finditer(text)
    )


def _old_nikola(text: str, origin: str) -> tuple[RawField, ...]:
    lines = text.strip().split("\n")
    pairs = enumerate(zip(_OLD_NIKOLA, lines, strict=False), 1)
    return tuple(RawField(key, line.strip(), number, origin) for number, (key, line) in pairs)


def problem_of(error: UnreadableError, name: str, path: str) -> Problem:
    """Return the problem of the article at `path`: without its sidecar it is not what it says."""
    place = f"{name}:{error.line}" if error.line else name
    what = f"its sidecar {place}: {error.what}"
    return UnreadableError("sidecar", 0, what, error.cure).problem(path)
