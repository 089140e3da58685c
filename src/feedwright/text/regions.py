"""Where code, mathematics and comments stand: markup in them is shown, not meant.

One pass from front to back. Blocks are told as CommonMark tells them (sections 4.4 to 4.6, 5), with
the containers that other dialects indent by four: admonitions, tabs, footnotes. A dialect's own raw
blocks (`{% raw %}`) can be named, since whichever begins first decides what the other one is.
"""

import re
from collections.abc import Sequence

from feedwright.text.patterns import lazy
from feedwright.text.spans import CODE, INDENTED, RawBlock, Region, Spans

_MARK = lazy(r"(?:[-+*]|\d{1,9}[.)]|:)(?=[ \t]|$)")
_FENCE = lazy(r"(`{3,}|~{3,})([^\n]*)")
_BREAK = lazy(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = lazy(r"=+[ \t]*$")
_HEADING = lazy(r"#{1,6}(?=[ \t]|$)")
_CONTAINER = lazy(r"(?:!!!|\?\?\?\+?)[ \t]+\S|===[!+]?[ \t]+[\"']|\[\^[^\]\n]{1,200}\]:")
_INTERRUPTS = lazy(
    r"[ \t]*(?:$|`{3,}[^`\n]*$|~{3,}|(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)|#{1,6}[ \t]|[-*_=]{3})"
)
_QUOTED = lazy(r"[ \t]*(?:>[ \t]?)*")
_WIDE = 4
"""Columns of a tab stop, and of indentation that makes code."""
_DEEP = 100
"""Containers within containers; what is deeper is text."""


def regions(
    source: str,
    *,
    html: bool = False,
    indented: bool = True,
    math: bool = True,
    raw: Sequence[RawBlock] = (),
) -> list[Region]:
    """Give the regions of Markdown (or, with `html`, of HTML) in order; none within another.

    Without `indented` code by indentation is none, as in MDX. Linear in the length of the source.
    """
    spans = Spans(source, html=html, math=math, raw=raw)
    if html:
        spans.read(0, len(source))
    else:
        _Scanner(source, spans, indented=indented).scan()
    return spans.found


class _Scanner:
    """Tells blocks, line by line, and hands their text to `Spans`."""

    def __init__(self, source: str, spans: Spans, *, indented: bool) -> None:
        self.source = source
        self._spans = spans
        self._indented = indented
        self._stack: list[int] = []
        """Containers: 0 is a quotation, any other number the width of a list item."""
        self._paragraph = False
        self._hollow = False
        """The last line opened a list item and had nothing in it: a blank line closes it."""
        self._fence = ""
        self._fence_start = 0

    def scan(self) -> None:
        """Read all lines."""
        at = 0
        while at < len(self.source):
            at = self._line(at)
        if self._fence:
            self._spans.add(self._fence_start, len(self.source), CODE)

    # ------------------------------------------------------------ blocks

    def _line(self, start: int) -> int:
        """Read the line, or the text of several, at `start`; give where the next one begins."""
        end = self.source.find("\n", start)
        end = len(self.source) if end < 0 else end
        at, column = self._skip(start, 0, end)
        at, column, base, matched = self._contained(at, column, end)
        if self._fence:
            if matched == len(self._stack):
                self._in_fence(at, end, column - base)
                return end + 1
            self._spans.add(self._fence_start, start, CODE)
            self._fence = ""
        hollow, self._hollow = self._hollow, False
        if at == end:
            self._paragraph = False
            if hollow and self._stack:
                self._stack.pop()
            return end + 1
        if matched < len(self._stack):
            if self._paragraph and not self._begins_block(at, end):
                return self._text(at)
            del self._stack[matched:]
            self._paragraph = False
        return self._leaf(*self._new_containers(at, column, base, end), end)

    def _contained(self, at: int, column: int, end: int) -> tuple[int, int, int, int]:
        """Match the open containers: where the content begins, its columns, how many matched."""
        base = matched = 0
        for width in self._stack:
            if width:
                if at < end and column - base < width:
                    break
                base += width
            else:
                if at == end or column - base >= _WIDE or self.source[at] != ">":
                    break
                at, column, base = self._quoted(at, column, end)
            matched += 1
        return at, column, base, matched

    def _quoted(self, at: int, column: int, end: int) -> tuple[int, int, int]:
        """Step over a `>` and the blank behind it."""
        at, column = at + 1, column + 1
        base = column + (1 if at < end and self.source[at] in " \t" else 0)
        at, column = self._skip(at, column, end)
        return at, column, base

    def _new_containers(self, at: int, column: int, base: int, end: int) -> tuple[int, int]:
        """Open quotations and list items; give the content's place and its indentation."""
        source = self.source
        while at < end and column - base < _WIDE and len(self._stack) < _DEEP:
            if source[at] == ">":
                at, column, base = self._quoted(at, column, end)
                self._stack.append(0)
                self._paragraph = False
                continue
            mark = _MARK.match(source, at, end)
            if not mark or _BREAK.match(source, at, end) or not self._may_begin(mark, end):
                break
            after, wide = self._skip(mark.end(), column + len(mark[0]), end)
            gap = wide - column - len(mark[0])
            width = column - base + len(mark[0]) + (gap if after < end and gap <= _WIDE else 1)
            self._stack.append(width)
            self._paragraph = False
            at, column, base = after, wide, base + width
        return at, column - base

    def _may_begin(self, mark: re.Match[str], end: int) -> bool:
        """Tell whether a list may begin here: not every one interrupts a paragraph."""
        if not self._paragraph:
            return True
        number = mark[0][:-1]
        return (not number.isdigit() or int(number) == 1) and bool(
            self.source[mark.end() : end].strip()
        )

    def _leaf(self, at: int, indent: int, end: int) -> int:
        source = self.source
        if at >= end:
            self._paragraph = False
            self._hollow = bool(self._stack and self._stack[-1])
            return end + 1
        if indent >= _WIDE and self._indented:
            if self._paragraph:
                return self._text(at)
            self._code_line(at, end)
            return end + 1
        fence = _FENCE.match(source, at, end)
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            self._fence, self._fence_start = fence[1], at
            self._paragraph = False
            return end + 1
        if _CONTAINER.match(source, at, end):
            self._stack.append(_WIDE)
            self._spans.read(at, end)
            self._paragraph = False
            return end + 1
        if _BREAK.match(source, at, end) or (self._paragraph and _UNDERLINE.match(source, at, end)):
            self._paragraph = False
            return end + 1
        if _HEADING.match(source, at, end):
            after = self._spans.read(at, end)
            self._paragraph = False
            return after + 1 if after == end else self._text(after)
        return self._text(at)

    def _in_fence(self, at: int, end: int, indent: int) -> None:
        mark = _FENCE.match(self.source, at, end)
        if (
            mark
            and (indent < _WIDE or not self._indented)
            and mark[1].startswith(self._fence)
            and not mark[2].strip()
        ):
            self._spans.add(self._fence_start, end, CODE)
            self._fence = ""

    def _code_line(self, at: int, end: int) -> None:
        """Add a line of code; blank lines between two of them belong to it."""
        last = self._spans.found[-1] if self._spans.found else None
        if last and last.kind == INDENTED and not self.source[last.end : at].strip():
            self._spans.found[-1] = Region(last.start, end, INDENTED)
        else:
            self._spans.add(at, end, INDENTED)

    def _begins_block(self, at: int, end: int) -> bool:
        return self.source[at] == ">" or bool(_INTERRUPTS.match(self.source, at, end))

    def _skip(self, at: int, column: int, end: int) -> tuple[int, int]:
        """Step over blanks; give the place and the column behind them."""
        source = self.source
        while at < end:
            if source[at] == " ":
                column += 1
            elif source[at] == "\t":
                column += _WIDE - column % _WIDE
            else:
                break
            at += 1
        return at, column

    # ------------------------------------------------------------ text

    def _text(self, at: int) -> int:
        """Read a paragraph, which may go on over several lines; give where the next line begins."""
        self._paragraph = True
        while True:
            end = self._end_of_text(at)
            at = self._spans.read(at, end)
            if at >= len(self.source) or self.source[at] == "\n":
                return at + 1

    def _end_of_text(self, at: int) -> int:
        """Find the end of the paragraph at `at`: a blank line, or one that begins another block."""
        source = self.source
        quoted = 0 in self._stack
        end = source.find("\n", at)
        while end >= 0:
            line_end = source.find("\n", end + 1)
            line_end = len(source) if line_end < 0 else line_end
            prefix = _QUOTED.match(source, end + 1, line_end) if quoted else None
            inner = prefix.end() if prefix else end + 1
            if _INTERRUPTS.match(source, inner, line_end):
                return end
            if not quoted and source[end + 1 : line_end].lstrip()[:1] == ">":
                return end
            end = line_end if line_end < len(source) else -1
        return len(source)
