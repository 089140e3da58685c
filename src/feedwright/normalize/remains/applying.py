"""Template remains -> what a reader should see: the families applied to a text that has some.

Every family has a function `reduce`, which gives the text as readers should see it. It works on
shielded text: code and mathematics have no punctuation there (`text.shielding`), so nothing in them
looks like markup.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

from feedwright.normalize.remains import (
    admonitions,
    attributes,
    contents,
    hugo,
    liquid,
    mdx,
    pelican,
    vault,
    wikilinks,
    wordpress,
)
from feedwright.normalize.remains.context import Context, Notes, Reduced, Removed
from feedwright.normalize.remains.families import Family
from feedwright.text.characters import clean_text
from feedwright.text.patterns import lazy
from feedwright.text.regions import regions
from feedwright.text.shielding import literal, shield, shield_tags, unshield
from feedwright.text.spans import CODE, INDENTED, MATH, RAW, RawBlock, Region

REDUCERS: Mapping[str, Callable[[str, Context, Notes], str]] = {
    "WordPress export": wordpress.reduce,
    "WordPress": wordpress.reduce,
    "MDX": mdx.reduce,
    "Hugo": hugo.reduce,
    "Liquid": liquid.reduce,
    "admonitions": admonitions.reduce,
    "Pelican": pelican.reduce,
    "contents": contents.reduce,
    "vault": vault.reduce,
    "wikilinks": wikilinks.reduce,
    "attributes": attributes.reduce,
}
"""By the names of the families."""
_RAW: Mapping[str, tuple[RawBlock, ...]] = {
    "WordPress export": wordpress.RAW,
    "WordPress": wordpress.RAW_OF_KNOWN,
    "Hugo": hugo.RAW,
    "Liquid": liquid.RAW,
}
"""Pairs with raw text between them."""
_SHOWN_LINE = lazy(r"[ \t]*(?:<|\{[{%])")
_OPENING = lazy(r"\{\{[<%]\s*(\w[\w./-]*)|\{%-?\s*(?!end)(\w+)")
_CLOSING = lazy(r"\{\{[<%]\s*/\s*(\w[\w./-]*)|\{%-?\s*end(\w+)")
_LINE_BEFORE = lazy(r"(?:\A|\n)([^\n]*\S[^\n]*)\n\s*\Z")
_NEAR = 2_000
_LOCATED = 5
"""How many of what was removed are looked for."""


def is_mdx(source: str, context: Context) -> bool:
    """Tell whether a Markdown text with imports is MDX."""
    return mdx.is_meant(_shielded(clean_text(source), context, ()))


def reduce_by(families: Sequence[Family], source: str, context: Context) -> Reduced:
    """Let families reduce a text, in their order."""
    notes = Notes()
    text = clean_text(source)
    if context.raw_first and context.liquid:
        text = liquid.without_raw_marks(text)
    shielded = text = _shielded(
        text, context, [raw for family in families for raw in _RAW.get(family.name, ())]
    )
    for family in families:
        if family.concerns(text.lower(), context):  # code may have been all that it had to do with
            text = REDUCERS[family.name](text, context, notes)
    text = unshield(text)
    if context.markup == "mdx":
        text = _without_indentation(text)
    return Reduced(text, tuple(_with_lines(notes.all(), shielded)))


def _without_indentation(text: str) -> str:
    """Take off what would be code by indentation alone: MDX has no such code."""
    pieces: list[str] = []
    at = 0
    for region in regions(text):
        if region.kind == INDENTED:
            lines = text[region.start : region.end].split("\n")
            pieces.append(text[at : region.start].rstrip(" \t"))
            pieces.append("\n".join(line.lstrip(" \t") for line in lines))
            at = region.end
    pieces.append(text[at:])
    return "".join(pieces)


def _with_lines(removed: Iterable[Removed], shielded: str) -> Iterable[tuple[Removed, int]]:
    for count, each in enumerate(removed):
        at = shielded.find(each.text) if count < _LOCATED else -1
        yield each, shielded.count("\n", 0, at) + 1 if at >= 0 else 0


# ---------------------------------------------------------------- what is only shown


def _shielded(text: str, context: Context, raw: Sequence[RawBlock]) -> str:
    """Hide code, comments, mathematics and what stands between the tags of raw blocks."""
    found = regions(text, html=context.is_html, indented=context.markup != "mdx", raw=raw)
    closed = _closed_from_without(text, found)
    pieces: list[str] = []
    at = 0
    for region in found:
        before, inside = text[at : region.start], text[region.start : region.end]
        if region.kind == INDENTED and not _is_shown(inside, text, region, closed):
            before, inside = before.rstrip(" \t"), _not_code(inside)
        elif region.kind == RAW and region.name in liquid.SHOWS_TAGS:
            inside = _shielded(shield_tags(inside), context, ())
        else:
            inside = _hidden(inside, region.kind, context)
        pieces += [before, inside]
        at = region.end
    pieces.append(text[at:])
    return "".join(pieces)


def _hidden(inside: str, kind: str, context: Context) -> str:
    if kind == MATH:
        return literal(inside)
    if kind in {CODE, INDENTED}:
        inside = hugo.shown_in_code(inside)
        inside = liquid.shown_in_code(inside) if context.liquid else inside
    return shield(inside)


def _not_code(inside: str) -> str:
    """Take off the indentation that would make code of tags."""
    return "\n".join(
        line.lstrip(" \t") if _SHOWN_LINE.match(line) else line for line in inside.split("\n")
    )


def _closed_from_without(text: str, found: Sequence[Region]) -> frozenset[str]:
    """Give the names of tags that some indented lines close, but not open."""
    names: set[str] = set()
    for region in found:
        if region.kind == INDENTED:
            inside = text[region.start : region.end]
            closing, opening = Counter(_names(_CLOSING, inside)), Counter(_names(_OPENING, inside))
            names.update((closing - opening).keys())
    return frozenset(names)


def _names(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (one or other for one, other in pattern.findall(text))


def _is_shown(code: str, text: str, region: Region, closed: Container[str]) -> bool:
    """Tell whether text that is code by its indentation alone is code.

    It is not when it opens or closes a pair whose other tag stands elsewhere, or is HTML between
    lines of HTML: Jekyll's Markdown and Hugo's shortcodes know no such code.
    """
    opening, closing = Counter(_names(_OPENING, code)), Counter(_names(_CLOSING, code))
    if closing - opening or any(name in closed for name in opening - closing):
        return False
    if not all(_SHOWN_LINE.match(line) for line in code.split("\n") if line.strip()):
        return True
    before = _LINE_BEFORE.search(text[max(0, region.start - _NEAR) : region.start])
    after = text[region.end : region.end + _NEAR].lstrip()
    return not (before and before[1].lstrip().startswith("<") and after.startswith("<"))
