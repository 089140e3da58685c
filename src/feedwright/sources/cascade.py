"""Hugo's `cascade`: what the `_index` of a section says for the articles below it."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from feedwright.model import RawField, RawValue, SourceFile
from feedwright.sources import frontmatter, metadata, names
from feedwright.sources.decoding import decode
from feedwright.sources.kinds import without_extension
from feedwright.sources.shapes import MARKDOWN_EXTENSIONS, Place, words
from feedwright.text.globs import matcher
from feedwright.text.patterns import lazy

_SECTION = "_index"
_EXTENSIONS = (*sorted(MARKDOWN_EXTENSIONS), ".html")
_TAKEN = words(
    "date lastmod updated modified publishdate expirydate author authors category categories tags "
    "lang language draft image images rights license summary description build _build params url"
)
"""What concerns feeds, casefolded."""
_BRACES = lazy(r"\{([^{}]*)\}")
_MOST_TARGETS = 50


def is_section(name: str) -> bool:
    """Tell whether a file is the `_index` of its folder, in whatever language."""
    return name.startswith(f"{_SECTION}.")


def may_cascade(data: bytes) -> bool:
    """Tell whether a section may say something for others: most do not."""
    return b"cascade" in data.lower()


def paths(file: SourceFile) -> Iterator[str]:
    """Give where an article's sections may have their `_index`, from the inside out.

    One in a language is for articles with the same suffix: `_index.fr.md` for `crane.fr.md`.
    """
    top = len(file.path) - len(file.below)
    suffix = _language(file)
    folder = file.path.rpartition("/")[0]
    while len(folder) >= top - 1:
        for extension in _EXTENSIONS:
            yield f"{folder}/{_SECTION}{suffix}{extension}".lstrip("/")
        if not folder:
            break
        folder = folder.rpartition("/")[0]


def read(data: bytes, place: Place, file: SourceFile) -> Iterator[RawField]:
    """Give what a section says for an article. Raises UnreadableError."""
    for target, fields in _cascades(data, place):
        if _fits(target, file):
            yield from fields


@lru_cache(maxsize=64)  # a section has many articles
def _cascades(data: bytes, place: Place) -> tuple[tuple[dict[str, RawValue], list[RawField]], ...]:
    """Return the targets of a section and the fields for each."""
    text = decode(data, place.extension)
    block = frontmatter.find(text, place)
    origin = f"folder data {place.path.rpartition('/')[2]}"
    found = None if block is None else metadata.read(block, place.path, origin)
    value = next(
        (each for each in (found or ((), ()))[0] if each.key.casefold() == "cascade"), None
    )
    if value is None:
        return ()
    items = value.value if isinstance(value.value, list) else [value.value]
    return tuple(
        _cascade(item, value, place.names)
        for item in items[:_MOST_TARGETS]
        if isinstance(item, dict)
    )


def _cascade(
    item: dict[str, RawValue], declared: RawField, more: frozenset[str]
) -> tuple[dict[str, RawValue], list[RawField]]:
    target: dict[str, RawValue] = {}
    fields: list[RawField] = []
    for written, value in item.items():
        key = written.casefold()
        if key in {"target", "_target"} and isinstance(value, dict):
            target = {each.casefold(): what for each, what in value.items()}
        elif key in _TAKEN or key in more:
            fields.append(declared._replace(key=written, value=value))
    return target, fields


def _fits(target: dict[str, RawValue], file: SourceFile) -> bool:
    """Tell whether an article is meant; a condition that nobody knows excludes it."""
    for key, value in target.items():
        test = _TESTS.get(key)
        if test is None or not isinstance(value, str) or not test(value, file):
            return False
    return True


def _is_below(glob: str, file: SourceFile) -> bool:
    """Compare Hugo's logical path: below the content folder, without extension and language."""
    stem = without_extension(file.below)
    language = _language(file)
    path = stem.removesuffix(language) if language else stem
    path = path.removesuffix("/index").casefold().replace(" ", "-")
    return matcher(each.strip("/") or "**" for each in _alternatives(glob.casefold()))(path)


def _alternatives(glob: str) -> Iterator[str]:
    """Write `{a,b}/**` as `a/**` and `b/**`; only the first braces count."""
    found = _BRACES.search(glob)
    if found is None:
        yield glob
        return
    for each in found[1].split(","):
        yield glob[: found.start()] + each.strip() + glob[found.end() :]


def _is_in_language(language: str, file: SourceFile) -> bool:
    return _language(file).lstrip(".").casefold() == language.casefold()


_TESTS: Mapping[str, Callable[[str, SourceFile], bool]] = {
    "path": _is_below,
    "kind": lambda kind, _: matcher(_alternatives(kind))("page"),
    "lang": _is_in_language,
    "environment": lambda name, _: matcher(_alternatives(name))("production"),
}


def _language(file: SourceFile) -> str:
    """Return the language of a file's name with its dot; empty for none."""
    found = names.facts(file.path.rpartition("/")[2])
    return f".{found.language}" if found.language else ""
