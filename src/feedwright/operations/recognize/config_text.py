"""What was found, as the text of a `config.yaml`."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from feedwright.config.schema import Author
from feedwright.operations.recognize.found import Found, Value
from feedwright.text.patterns import lazy

_PLAIN = lazy(r"[A-Za-z/.][\w/.@-]*(?: [\w.-]+)*|https?://[\w/.~%-]+|/[\w/.{}:-]+")
_NO_YAML = lazy("[\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_FLOW_SIGNS = lazy(r"[{}:]")
_GLOB_SIGNS = lazy(r"[\[\]{}*\\]")


def text_of(found: Found, prefix: str) -> str:
    """Return the text; `prefix` leads from the folder of config.yaml to the site's."""
    lines = [
        f"# Made for a site of {found.generator} ({found.because}) by feedwright init --from.",
        "# docs/configuration.md of Feedwright has every key.",
        *_site(found),
        "",
        "content:",
        *_content(found, prefix),
        "",
        *_feeds(found),
    ]
    return "\n".join(lines) + "\n"


def scalar(text: str, *, in_flow: bool = False) -> str:
    """Write a text so that YAML reads it back, also within `[ ]` and `{ }`; `${` is no variable."""
    text = text.replace("${", "$${")
    is_plain = _PLAIN.fullmatch(text) and text.casefold() != "null"
    if is_plain and not (in_flow and _FLOW_SIGNS.search(text)):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _NO_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def glob_of(path: str) -> str:
    """Write a path as a glob that fits it alone, as far as globs can."""
    return _GLOB_SIGNS.sub("?", path)


def _site(found: Found) -> Iterator[str]:
    yield "site:"
    for key in ("title", "url", "description", "language", "timezone", "rights"):
        value = getattr(found, key)
        if value:
            yield f"  {key}: {scalar(value)}"
    if found.author is not None:
        yield f"  author: {_author(found.author)}"


def _author(author: Author) -> str:
    pairs = {"name": author.name, "email": author.email, "url": author.url}
    return _mapping({key: value for key, value in pairs.items() if value})


def _content(found: Found, prefix: str) -> Iterator[str]:
    def below(path: str) -> str:
        return os.path.normpath(Path(prefix, path))

    yield f"  path: {_list([below(path) for path in found.path])}"
    if found.include:
        yield f"  include: {_list(found.include)}"
    if found.exclude:
        yield "  exclude:"
        yield from (f"    - {scalar(each)}" for each in ("README.md", *found.exclude))
    static = [below(path) for path in found.static]
    if static and static != ["static"]:
        yield f"  static: {_list(static)}"
    yield f"  permalink: {scalar(found.permalink)}"
    if found.permalink_slug:
        yield f"  permalink_slug: {scalar(found.permalink_slug)}"
    yield from _permalinks(found)
    for key in ("permalink_style", "permalink_date", "slug_from"):
        value = getattr(found, key)
        if value:
            yield f"  {key}: {value}"
    if found.fields:
        fields = {key: _list(names) for key, names in found.fields.items()}
        yield "  fields: {" + ", ".join(f"{key}: {names}" for key, names in fields.items()) + "}"
    if found.authors:
        yield f"  authors: {scalar(below(found.authors))}"
    if found.tags:
        yield f"  tags: {scalar(below(found.tags))}"
    if found.vault:
        yield "  vault: true"
    yield from _defaults(found)


def _permalinks(found: Found) -> Iterator[str]:
    if found.permalinks:
        yield "  permalinks:"
    for rule in found.permalinks:
        parts = []
        if rule.match != "**":
            parts.append(f"match: {scalar(rule.match, in_flow=True)}")
        if rule.languages:
            parts.append(f"languages: {_list(rule.languages)}")
        yield (
            "    - {" + ", ".join([*parts, f"pattern: {scalar(rule.pattern, in_flow=True)}"]) + "}"
        )


def _defaults(found: Found) -> Iterator[str]:
    if found.defaults:
        yield "  defaults:"
    for match, values in found.defaults:
        yield f"    - {{match: {scalar(match, in_flow=True)}, values: {_mapping(values)}}}"


def _feeds(found: Found) -> Iterator[str]:
    yield "feeds:"
    yield "  - name: main"
    yield '    path: ""                 # feeds/rss.xml, feeds/atom.xml, feeds/feed.json'
    if found.limit:
        yield f"    limit: {found.limit}"
    where = []
    if found.sections:
        where.append(f"any_sections: {_list(found.sections)}")
    if len(found.languages) > 1:
        where.append(f"any_languages: {_list([found.language or found.languages[0]])}")
    if where:
        yield "    where: {" + ", ".join(where) + "}"
    if len(found.languages) > 1:
        yield "  - name: language           # a feed for each language"
        yield "    per: language"
    yield "  # - name: category         # a feed for each category"
    yield "  #   per: category"


def _mapping(values: Mapping[str, Value]) -> str:
    pairs = (
        f"{scalar(key, in_flow=True)}: "
        + (scalar(value, in_flow=True) if isinstance(value, str) else _list(value))
        for key, value in values.items()
    )
    return "{" + ", ".join(pairs) + "}"


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(scalar(value, in_flow=True) for value in values) + "]"
