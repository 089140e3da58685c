"""Where code and comments stand in Markdown source: what looks like markup there is none."""

import re
from bisect import bisect_right

from feedwright.text.patterns import lazy

_FENCE = lazy(r"^ {0,3}(?:> ?)*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_COMMENT = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def hidden_spans(source: str) -> list[tuple[int, int]]:
    """Give the spans of fenced code blocks and comments, in order."""
    spans: list[tuple[int, int]] = []
    fence = _FENCE.search(source)
    comment = _COMMENT.search(source)
    while fence or comment:
        if comment and (not fence or comment.start() < fence.start()):
            spans.append(comment.span())
        elif fence:
            spans.append((fence.start(), _end_of_fence(source, fence)))
        position = spans[-1][1]
        if fence and fence.start() < position:
            fence = _FENCE.search(source, position)
        if comment and comment.start() < position:
            comment = _COMMENT.search(source, position)
    return spans


def is_hidden(position: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a position lies within one of the spans, not at its beginning."""
    index = bisect_right(spans, (position, -1)) - 1
    return index >= 0 and spans[index][0] < position < spans[index][1]


def _end_of_fence(source: str, fence: re.Match[str]) -> int:
    mark = fence[1]
    if mark[0] == "`" and "`" in fence[2]:
        return fence.end()  # code within a line, no fence
    for other in _FENCE.finditer(source, fence.end()):
        if other[1].startswith(mark) and not other[2].strip():
            return other.end()
    return len(source)
