"""WordPress's stored HTML as its themes show it: paragraphs where there are only blank lines.

The block editor stores whole HTML between comments; the classic one stores text in which a blank
line is a paragraph and a line end is `<br>`, with some HTML among it (`wpautop` in WordPress).
"""

import re
from collections import Counter

from feedwright.text.links import escape
from feedwright.text.patterns import lazy
from feedwright.text.urls import encode

_BLOCK_COMMENT = lazy(r"<!--\s{0,9}/?wp:(?:(?!<!--)[^\n])*?-->|<!--nextpage-->")
_EMBED = lazy(r"(wp-block-embed__wrapper\"[^<>]*>)\s*(https?://[^\s<>\"]+)\s*(?=</div>)")
_BLOCK_NAMES = """
    address article aside audio blockquote center col colgroup dd details dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr iframe li main map math menu nav
    noscript ol optgroup option p pre script section select style summary svg table tbody td
    textarea tfoot th thead tr ul video
"""
_BLOCKS = "|".join(sorted(_BLOCK_NAMES.split(), key=len, reverse=True))
_PIECE = lazy(
    rf"(?P<whole><(?P<raw>pre|script|style|textarea|svg|math)\b[^>]*+>.*?(?:</(?P=raw)\s*>|\Z))"
    rf"|(?P<close></?)(?P<name>{_BLOCKS})(?=[\s/>])[^>]*+(?:>|\Z)|(?P<comment><!--.*?(?:-->|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_HOLDING = frozenset(
    ("article", "aside", "blockquote", "details", "div", "footer", "header", "main", "section")
)
"""Elements in which text is divided into paragraphs; in all others it stays as it is."""
_VOID = frozenset(("col", "hr"))
_BLANK_LINE = lazy(r"\n[ \t]*\n\s*")
_BREAKS = ("<br>", "<br/>", "<br />")
_ADDRESS = lazy(r"https?://[^\s<>\"]+")


def to_html(source: str) -> str:
    """Give the HTML of a post without the comments of the editor, in paragraphs."""
    if "<!-- wp:" in source or "<!--wp:" in source:
        return _EMBED.sub(_linked, _BLOCK_COMMENT.sub("", source))
    return _in_paragraphs(_BLOCK_COMMENT.sub("", source))


def _linked(found: re.Match[str]) -> str:
    return f"{found[1]}{_link(found[2])}"


def _link(address: str) -> str:
    return f'<a href="{escape(encode(address))}">{escape(address)}</a>'


def _in_paragraphs(source: str) -> str:
    pieces: list[str] = []
    within = _Open()
    end = 0
    for found in _PIECE.finditer(source):
        _text(source[end : found.start()], pieces, divided=not within.names)
        end = found.end()
        pieces.append(found[0])
        name = (found["name"] or "").lower()
        if name:
            within.step(name, closes=found["close"] != "<", alone=found[0].endswith("/>"))
    _text(source[end:], pieces, divided=not within.names)
    return "".join(pieces)


class _Open:
    """The open elements in which nothing is divided into paragraphs."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._counts: Counter[str] = Counter()

    def step(self, name: str, *, closes: bool, alone: bool) -> None:
        """Take a tag in. Any block closes a paragraph that was left open."""
        if self.names and self.names[-1] == "p":
            self._pop()
            if name == "p" and closes:
                return
        if name in _HOLDING or name in _VOID or alone:
            return
        if not closes:
            self.names.append(name)
            self._counts[name] += 1
        elif self._counts[name]:
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self.names.pop()
        self._counts[name] -= 1
        return name


def _text(text: str, pieces: list[str], *, divided: bool) -> None:
    """Add text between blocks: as paragraphs, or within a block with its line ends."""
    if not text:
        return
    if not text.strip():
        pieces.append("\n")
    elif not divided:
        pieces.append(text if text[0] == "\n" or text[-1] == "\n" else _broken(text))
    else:
        blocks = _BLANK_LINE.split(text.strip())
        pieces += [f"<p>{_paragraph(block.strip())}</p>\n" for block in blocks]


def _paragraph(block: str) -> str:
    if _ADDRESS.fullmatch(block):
        return _link(block)  # WordPress would embed what is there
    return _broken(block)


def _broken(text: str) -> str:
    """Make line ends visible."""
    lines = [line.strip() for line in text.split("\n")]
    last = len(lines) - 1
    return "\n".join(
        line if number == last or line.endswith(_BREAKS) else f"{line}<br>"
        for number, line in enumerate(lines)
    )
