"""Eleventy's data as a script, `posts/posts.11tydata.js`: as far as it is written out."""

import re
from collections.abc import Iterator

from feedwright.model import RawField
from feedwright.sources import jsobject
from feedwright.text.patterns import lazy

SUFFIXES = (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")

_EXPORT = lazy(
    r"(?:module\.exports[ \t]*=|^[ \t]*export[ \t]+default)\s*"
    r"(?:(?:async\s+)?(?:function\b[^(\n]*\([^)\n]*\)\s*\{[^{}]{0,2000}?\breturn|\([^)\n]*\)\s*=>)\s*\(?\s*)?(?=\{)",
    re.MULTILINE,
)
_TEMPLATE = lazy(
    r"(?:async\s+)?(?:function\s*)?\(?\s*(?P<data>[\w$]+|\{[^{}]*\})\s*\)?\s*(?:=>\s*)?"
    r"(?:\{\s*return\s*)?\(?\s*(?:[^`?]{1,200}\?\s*false\s*:\s*)?`(?P<text>[^`\\]*)`[\s;)}]*"
)
_HOLE = lazy(r"\$\{\s*([\w$.?]+)\s*\}")
_COMPUTED = "eleventyComputed"


def is_script(name: str) -> bool:
    """Tell whether a file is data of Eleventy in JavaScript."""
    return name.endswith(SUFFIXES)


def fields(text: str, origin: str) -> Iterator[RawField]:
    """Give the members of the exported object that are plain; permalinks of templates too.

    The permalink of `eleventyComputed` comes first: it wins.
    """
    export = _EXPORT.search(text)
    if export is None:
        return
    members = list(jsobject.members(text, export.end()))
    computed = (each.offset for each in members if each.key == _COMPUTED)
    nested = (jsobject.members(text, text.find("{", at)) for at in computed)
    permalinks = (each for found in nested for each in found if each.key == "permalink")
    for key, value, at, source in (*permalinks, *members):
        line = text.count("\n", 0, at) + 1
        if not source:
            yield RawField(key, value, line, origin)
        elif key == "permalink" and (template := _template(source)):
            yield RawField(key, template, line, origin)


def _template(source: str) -> str:
    """Write ``(data) => `/blog/${data.page.fileSlug}/` `` as `/blog/{{ page.fileSlug }}/`."""
    found = _TEMPLATE.fullmatch(source)
    if found is None:
        return ""
    data = "" if found["data"].startswith("{") else found["data"] + "."

    def hole(match: re.Match[str]) -> str:
        return "{{ " + match[1].replace("?", "").removeprefix(data) + " }}"

    made = _HOLE.sub(hole, found["text"])
    return "" if "${" in made else made
