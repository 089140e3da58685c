"""Tags that stand in pairs, and where what they become is put. Every template language uses it.

A tag opens when a closing one of its key follows, else it stands alone. What stands within a pair
is reduced before the pair. Everything is linear, and nothing recurses.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from feedwright.text.patterns import lazy
from feedwright.text.shielding import shield, unshield

_DEEPEST = 50
"""Pairs within pairs; tags deeper than that stand alone."""
_NEAR = 1_000
"""Characters in which the ends of a line are looked for."""
_ALONE_BEFORE = lazy(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")
_BLANKS = lazy(r"[^>\n]")
_INDENTATION = lazy(r"^[ \t]*(?=\S)", re.MULTILINE)
_LEADS_TO_HTML = lazy(r"[ \t]*+<[A-Za-z/!]")
_NEXT_LINE = lazy(r"([ \t>]*+)([^\n]?)")


class Tag(NamedTuple):
    """One tag of a template language, as it stands in the text."""

    start: int
    end: int
    name: str
    args: str
    """As written behind the name; may be shielded in part."""
    closes: bool = False
    stands_alone: bool = False
    """Written in a way that it cannot open."""
    key: str = ""
    """What pairs with what, when it is not the name."""

    @property
    def pairs_by(self) -> str:
        """What an opening and a closing tag have in common."""
        return self.key or self.name


class Block(NamedTuple):
    """HTML that needs lines of its own. Within it `inner` is Markdown again."""

    opening: str
    inner: str = ""
    closing: str = ""
    inline: str | None = None
    """What to put instead where the tag stands in a line of text."""
    is_code: bool = False
    """Whether `inner` is code instead: shown as it stands, and perhaps shielded."""


Result = str | Block | None
"""Text in place of a tag (and of all up to the closing one); None: it stays as it stands."""
Handle = Callable[[Tag, str | None], Result]
"""A tag, and what stands within its pair (None: it has none) -> what readers get."""


def replaced(text: str, tags: Sequence[Tag], handle: Handle, *, html: bool) -> str:
    """Put what `handle` gives in place of each tag and pair of tags."""
    partners = _partners(tags)
    closing = set(partners.values())
    frames: list[tuple[int, list[str]]] = []
    out: list[str] = []
    at = 0
    for index, tag in enumerate(tags):
        out.append(text[at : tag.start])
        at = tag.end
        if index in partners:
            frames.append((index, out))
            out = []
            continue
        opening, inner = tag, None
        if index in closing:
            opened, parent = frames.pop()
            opening, inner, out = tags[opened], "".join(out), parent
        result = handle(opening, inner)
        if result is None:
            whole = (text[opening.start : opening.end], inner, text[tag.start : tag.end])
            out.append("".join(part or "" for part in whole) if inner is not None else whole[0])
        elif isinstance(result, Block):
            out.append(result_of(result, text, opening.start, tag.end, html=html))
        else:
            if not html and _leaves_html(text, opening, out):
                out[-1] = out[-1].rstrip(" \t")
                result = result.removeprefix("\n")
            if not html and _leaves_html(text, tag, [result] if result else out):
                at += 1
                result = result.rstrip(" \t") if inner is not None else result
            out.append(result)
    out.append(text[at:])
    return "".join(out)


def _leaves_html(text: str, tag: Tag, before: Sequence[str]) -> bool:
    """Tell whether taking a tag out leaves a blank line that HTML follows.

    The line would end a block of HTML, and what is indented in that would be code.
    """
    if not text.startswith("\n", tag.end) or not _LEADS_TO_HTML.match(text, tag.end + 1):
        return False
    last = before[-1].rstrip(" \t") if before else ""
    return not last or last.endswith("\n")


def _partners(tags: Sequence[Tag]) -> dict[int, int]:
    """Give the closing tag of each opening one, well nested."""
    open_tags: list[int] = []
    waiting: dict[str, int] = {}
    partners: dict[int, int] = {}
    for index, tag in enumerate(tags):
        key = tag.pairs_by
        if not tag.closes:
            if not tag.stands_alone:
                open_tags.append(index)
                waiting[key] = waiting.get(key, 0) + 1
        elif waiting.get(key):
            while open_tags:
                opened = open_tags.pop()
                other = tags[opened].pairs_by
                waiting[other] -= 1
                if other == key:
                    partners[opened] = index
                    break
    return dict(_not_too_deep(partners))


def _not_too_deep(partners: dict[int, int]) -> Iterator[tuple[int, int]]:
    ends: list[int] = []
    for opened in sorted(partners):
        while ends and ends[-1] < opened:
            ends.pop()
        if len(ends) < _DEEPEST:
            ends.append(partners[opened])
            yield opened, partners[opened]


# ---------------------------------------------------------------- blocks


def result_of(block: Block, text: str, start: int, end: int, *, html: bool) -> str:
    """Write a block for its place in `text`: with the blank lines and the indentation it needs."""
    line = text.rfind("\n", max(0, start - _NEAR), start) + 1
    before = text[line:start] if line or start < _NEAR else "x"
    lead = _ALONE_BEFORE.match(before)
    alone = bool(lead and lead.end() == len(before))
    line_end = text.find("\n", end, end + _NEAR)
    rest = text[end : line_end if line_end >= 0 else min(len(text), end + _NEAR)]
    if block.inline is not None and not (alone and not rest.strip()):
        return block.inline
    if html:
        inner = f"{_code(block, '')}\n" if block.is_code else block.inner
        return f"{block.opening}{inner}{block.closing}"
    prefix = _BLANKS.sub(" ", lead[0] if lead else "")
    written = "" if alone else "\n\n" + prefix
    written += _written(block, prefix)
    if rest.strip():
        return written + ("" if rest.lstrip().startswith("<") else "\n\n" + prefix)
    gap = _needs_gap(text, line_end, prefix) if line_end >= 0 else False
    return f"{written}\n{prefix.rstrip()}" if gap else written


def _needs_gap(text: str, line_end: int, prefix: str) -> bool:
    """Tell whether the next line is text, which a blank line has to keep apart from HTML."""
    following = _NEXT_LINE.match(text, line_end + 1)
    if not following or not following[2]:
        return False
    return following[2] != "<" and len(following[1].expandtabs(4)) < len(prefix) + 4


def indentation(text: str, at: int) -> int:
    """Give the columns before a tag, when it stands first on its line; else 0."""
    line = text.rfind("\n", max(0, at - _NEAR), at) + 1
    return at - line if not text[line:at].strip(" ") else 0


def _written(block: Block, prefix: str) -> str:
    if block.is_code:
        return f"{block.opening}{_code(block, prefix)}\n{prefix}{block.closing}"
    inner = _trimmed(block.inner, prefix)
    gap = f"\n{prefix.rstrip()}\n{prefix}"
    between = gap if inner or not block.opening.endswith(">") else ""
    return between.join(part for part in (block.opening, inner, block.closing) if part)


def _code(block: Block, prefix: str) -> str:
    """Write code: escaped, without the indentation that all lines have, and shielded."""
    mark = prefix.rstrip()
    lines = [line.removeprefix(mark) for line in unshield(block.inner).split("\n")]
    shown = dedented("\n".join(lines).rstrip()).lstrip("\n")
    return f"\n{prefix}".join(shield(escape(shown, quote=False)).split("\n"))


def dedented(text: str, keep: int = 0) -> str:
    """Take off the indentation that all lines have, but for `keep` columns."""
    width = min((len(found[0]) for found in _INDENTATION.finditer(text)), default=0) - keep
    if width <= 0:
        return text
    return "\n".join(line[width:] if line[:width].isspace() else line for line in text.split("\n"))


def _trimmed(inner: str, prefix: str) -> str:
    """Take blank lines off both ends, and from the first line what `prefix` says already."""
    rest = inner.rstrip(" \t\n>" if prefix.strip() else " \t\n")
    lines = rest.split("\n")
    first = 0
    while first < len(lines) and not lines[first].strip(" \t>"):
        first += 1
    lines = lines[first:]
    if not lines:
        return ""
    begins = lines[0].removeprefix(prefix) if first else lines[0].lstrip(" \t")
    return "\n".join([begins, *lines[1:]])
