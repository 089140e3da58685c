"""A bound on how deep HTML nests, before a parser sees it.

Parsers need quadratic time for elements in elements in elements, and repeat every formatting
element that was never closed in each paragraph that follows: a small file could need all memory.
"""

import re

from feedwright.text.patterns import lazy

_MANY = 600
"""Fewer tags can do no harm."""
_DEEPEST = 200
_DEEPEST_FORMATTING = 12
_TAG = lazy(r"<!--.*?(?:-->|\Z)|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)", re.DOTALL)
_FORMATTING = frozenset(
    (
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    )
)
# Void elements, and those whose end may be left out: they close each other.
_NOT_NESTED_TEXT = """
    area base basefont bgsound br col embed frame hr img input keygen link meta param source
    track wbr colgroup dd dt li optgroup option p rb rp rt rtc tbody td tfoot th thead tr
"""
_NOT_NESTED = frozenset(_NOT_NESTED_TEXT.split())
_NAME = lazy(r"</?[a-z][a-z0-9]*+")
_STEPS = (
    {f"<{name}": (0, 0) for name in _NOT_NESTED}
    | {f"</{name}": (0, 0) for name in _NOT_NESTED}
    | {f"<{name}": (0, 1) for name in _FORMATTING}
    | {f"</{name}": (0, -1) for name in _FORMATTING}
)
"""What a tag adds to the depth of elements, and of formatting."""


def flattened(html: str) -> str:
    """Take the tags out that nest too deep; HTML as people write it stays as it is."""
    if html.count("<") < _MANY or not _is_deep(html):
        return html
    depth = formatting = 0
    pieces: list[str] = []
    end = 0
    for match in _TAG.finditer(html):
        name = (match["name"] or "").lower()
        if not name or name in _NOT_NESTED:
            continue
        step = -1 if match["close"] else 1
        if name in _FORMATTING:
            level = formatting = max(0, formatting + step)
            deepest = _DEEPEST_FORMATTING
        else:
            level = depth = max(0, depth + step)
            deepest = _DEEPEST
        if level + (step < 0) > deepest:
            pieces.append(html[end : match.start()])
            end = match.end()
    return "".join([*pieces, html[end:]])


def _is_deep(html: str) -> bool:
    """Look at the names of tags only, which is quick, and may say yes too often."""
    depth = formatting = 0
    for name in _NAME.findall(html.lower()):
        step = _STEPS.get(name)
        if step is None:
            step = (-1, 0) if name[1] == "/" else (1, 0)
        if step[0]:
            depth = max(0, depth + step[0])
        if step[1]:
            formatting = max(0, formatting + step[1])
        if depth > _DEEPEST or formatting > _DEEPEST_FORMATTING:
            return True
    return False
