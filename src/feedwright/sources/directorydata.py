"""Data of a folder for all articles below it, as Eleventy has it: `posts/posts.json`."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from feedwright.model import RawField, RawValue, SourceFile
from feedwright.sources import metadata, script
from feedwright.sources.decoding import decode
from feedwright.sources.frontmatter import Block
from feedwright.sources.shapes import Place, words
from feedwright.text import placeholders

SUFFIXES = (".11tydata.json", *script.SUFFIXES, ".json")
"""In order of precedence: `posts/posts.11tydata.json` first."""

_COLLECTIONS = words("all nav post posts page pages blog article articles")
"""Tags that make collections; nobody means them as keywords."""
_TEMPLATES = ("{{", "{%", "<%", "${")
_OURS = words(
    "title date updated modified author authors category categories tags lang language draft "
    "published status permalink image rights license eleventyexcludefromcollections summary "
    "description"
)


def paths(file: SourceFile) -> Iterator[str]:
    """Give where the data of an article's folders may lie, from the inside out."""
    top = len(file.path) - len(file.below)
    folder = file.path.rpartition("/")[0]
    while len(folder) >= top - 1 and folder:
        above, _, name = folder.rpartition("/")
        for suffix in SUFFIXES:
            yield f"{folder}/{name}{suffix}"
        folder = above


def is_of(path: str, file: SourceFile) -> bool:
    """Whether a data file is one of the folder's, not the article's own sidecar."""
    folder, _, name = path.rpartition("/")
    own = file.path.rpartition("/")[2].partition(".")[0]
    stem = name.partition(".")[0]
    return stem == folder.rpartition("/")[2] and (
        stem != own or folder != file.path.rpartition("/")[0]
    )


@lru_cache(maxsize=64)  # a folder has many articles
def read(data: bytes, place: Place) -> tuple[RawField, ...]:
    """Return the fields that concern feeds. Raises UnreadableError."""
    return tuple(_read(data, place))


def _read(data: bytes, place: Place) -> Iterator[RawField]:
    text = decode(data, place.extension)
    if not text.strip():
        return
    for field in _fields(text, place):
        if field.key.casefold() in _OURS or field.key.casefold() in place.names:
            is_tags = field.key.casefold() == "tags"
            value = _labels(field.value, place) if is_tags else field.value
            if not _is_template(field.key, value):
                yield field._replace(value=value)


def _fields(text: str, place: Place) -> Iterable[RawField]:
    name = place.path.rpartition("/")[2]
    origin = f"folder data {name}"
    if script.is_script(name):
        return script.fields(text, origin)
    found = metadata.read(Block("json", text, 1, len(text)), place.path, origin)
    return () if found is None else _with_computed(found[0])


def _with_computed(fields: Iterable[RawField]) -> Iterator[RawField]:
    """Put the permalink of `eleventyComputed` before what is not computed: it wins."""
    for field in fields:
        if field.key == "eleventyComputed" and isinstance(field.value, dict):
            permalink = field.value.get("permalink")
            if isinstance(permalink, str):
                yield field._replace(key="permalink", value=permalink)
    yield from fields


def _is_template(key: str, value: RawValue) -> bool:
    """Tell whether a value cannot be used as it stands; of permalinks some templates can."""
    if not isinstance(value, str) or not any(mark in value for mark in _TEMPLATES):
        return False
    return key.casefold() != "permalink" or not placeholders.from_template(value)


def _labels(value: RawValue, place: Place) -> RawValue:
    """Leave out what only makes a collection: well-known words, and the name of the folder."""
    folder = place.path.rpartition("/")[0].rpartition("/")[2].casefold()
    collections = {*_COLLECTIONS, folder, folder + "s", folder.removesuffix("s")}
    items = value if isinstance(value, list) else [value]
    return [each for each in items if str(each).casefold() not in collections]
