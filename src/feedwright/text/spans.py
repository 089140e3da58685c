"""Code spans, elements of code, comments, mathematics and raw blocks within a text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from feedwright.text.patterns import lazy

CODE, INDENTED, COMMENT, MATH, RAW = "code", "indented", "comment", "math", "raw"


class Region(NamedTuple):
    """A span of source that is not to be read as markup."""

    start: int
    end: int
    kind: str
    """`code`, `indented` (code by indentation alone), `comment`, `math`, or `raw`: what stands
    between the two tags of a raw block, without them."""
    name: str = ""
    """Of a raw block."""


class RawBlock(NamedTuple):
    """A pair of tags with raw text between them."""

    opening: str
    """Pattern of the opening tag, without groups of its own but `(?P<name>…)`. It begins with `{`
    or `[`."""
    closing: str
    """Pattern of the closing tag; `NAME` stands for the name."""


_RUN = lazy(r"`+")
_ELEMENTS = "pre|code|kbd|samp|tt|script|style|textarea|xmp"
_HTML_PARTS = rf"(?P<comment><!--)|<(?P<element>{_ELEMENTS})(?=[\s>/])[^<>]*+>"
_MATH_PARTS = (
    r"|(?P<display>\$\$)|(?P<dollar>(?<![\w$])\$(?=[^\s$]))"
    r"|(?P<tex>\\\\[(\[])"
)
_MARKDOWN_PARTS = r"|(?P<run>`+)|(?P<escape>\\[!-/:-@\[-`{-~])"
_FIRST = lazy(r"[`\\<$\[{]")
"""What a part begins with: found ten times as fast as a part."""
_TEX_END = {"\\\\(": "\\\\)", "\\\\[": "\\\\]"}
_LONGEST_MATH = 5_000
_IS_MATH = lazy(r"\\[A-Za-z,;!{}|\\]|[\^_=]")
_NO_MATH = lazy(r"\{%|%\}|\{\{[<%]|\n[ \t]*\n|\]\(|`")
_DOLLAR_END = lazy(r"(?<=[^\s\\$])\$(?![\w${])")


class Spans:
    """Finds the regions that begin within a text, in one pass over the source."""

    def __init__(self, source: str, *, html: bool, math: bool, raw: Sequence[RawBlock]) -> None:
        self.source = source
        self.found: list[Region] = []
        self._raw = tuple(raw)
        self._missing: dict[str, int] = {}
        """Closing mark -> from here on there is none."""
        self._parts = _parts(self._raw, html=html, math=math and not html)

    def add(self, start: int, end: int, kind: str, name: str = "") -> None:
        """Note a region, behind all that are noted."""
        if start < end:
            self.found.append(Region(start, end, kind, name))

    def read(self, at: int, end: int) -> int:
        """Find regions within a text; give `end`, or where the last one ends behind it."""
        source = self.source
        runs: dict[int, list[int]] | None = None
        while at < end:
            first = _FIRST.search(source, at, end)
            if not first:
                return end
            part = self._parts.match(source, first.start(), end)
            if not part:
                at = first.end()
                continue
            at = part.end()
            if part.lastgroup == "escape":
                continue
            if part.lastgroup == "run":
                runs = _runs(source, part.start(), end) if runs is None else runs
                at = self._code_span(part, runs)
            else:
                at = self._special(part, end)
        return at

    def _code_span(self, part: re.Match[str], runs: dict[int, list[int]]) -> int:
        length = len(part[0])
        starts = runs.get(length, [])
        index = bisect_left(starts, part.end())
        if index == len(starts):
            return part.end()
        self.add(part.start(), starts[index] + length, CODE)
        return starts[index] + length

    def _special(self, part: re.Match[str], end: int) -> int:
        """Take a comment, an element, mathematics or a raw block; give where to go on."""
        kind = part.lastgroup or ""
        start, after = part.span()
        if kind == "comment":
            return self._until("-->", start, after, COMMENT)
        if kind == "element":
            name = part[kind].lower()
            return after if part[0].endswith("/>") else self._element(name, start, after)
        if kind in ("display", "tex"):
            return self._mathematics(part[0], start, after)
        if kind == "dollar":
            return self._dollars(start, after, end)
        return self._raw_block(self._raw[int(kind.removeprefix("raw"))], part[kind], after)

    def _until(self, mark: str, start: int, after: int, kind: str) -> int:
        if after >= self._missing.get(mark, len(self.source) + 1):
            return after
        found = self.source.find(mark, after)
        if found < 0:
            self._missing[mark] = after
            return after
        self.add(start, found + len(mark), kind)
        return found + len(mark)

    def _element(self, name: str, start: int, after: int) -> int:
        span = self._search(rf"</{name}\s*>", after, re.IGNORECASE)
        if not span:
            return after
        self.add(start, span[1], CODE)
        return span[1]

    def _raw_block(self, block: RawBlock, name: str, after: int) -> int:
        span = self._search(block.closing.replace("NAME", re.escape(name)), after)
        if not span:
            return after
        self.add(after, span[0], RAW, name)
        return span[1]

    def _search(self, pattern: str, after: int, flags: int = 0) -> tuple[int, int] | None:
        """Find a closing mark; where there is none, do not look twice."""
        if after >= self._missing.get(pattern, len(self.source) + 1):
            return None
        found = re.compile(pattern, flags).search(self.source, after)
        if not found:
            self._missing[pattern] = after
            return None
        return found.span()

    def _mathematics(self, opening: str, start: int, after: int) -> int:
        mark = _TEX_END.get(opening, opening)
        limit = after + _LONGEST_MATH
        if mark != opening:
            another = self.source.find(opening, after, limit)
            limit = another if another >= 0 else limit
        found = self.source.find(mark, after, limit)
        if found > after and _is_math(self.source[after:found]):
            self.add(start, found + len(mark), MATH)
            return found + len(mark)
        return after

    def _dollars(self, start: int, after: int, end: int) -> int:
        found = self.source.find("$", after, min(end, after + _LONGEST_MATH))
        closing = _DOLLAR_END.match(self.source, found) if found > 0 else None
        if closing and _is_math(self.source[after:found]):
            self.add(start, closing.end(), MATH)
            return closing.end()
        return after


def _is_math(inside: str) -> bool:
    return bool(_IS_MATH.search(inside)) and not _NO_MATH.search(inside)


def _runs(source: str, start: int, end: int) -> dict[int, list[int]]:
    """Give where runs of backticks begin, by their length."""
    runs: dict[int, list[int]] = {}
    for run in _RUN.finditer(source, start, end):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs


@lru_cache(maxsize=32)
def _parts(raw: tuple[RawBlock, ...], *, html: bool, math: bool) -> re.Pattern[str]:
    pieces = [_HTML_PARTS]
    pieces += [
        "|" + block.opening.replace("(?P<name>", f"(?P<raw{index}>")
        for index, block in enumerate(raw)
    ]
    if math:
        pieces.append(_MATH_PARTS)
    if not html:
        pieces.append(_MARKDOWN_PARTS)
    return re.compile("".join(pieces), re.IGNORECASE)
