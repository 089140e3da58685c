"""HTML and titles to plain text."""

import html as _html
import re

from feedwright.text.characters import clean_text, one_line, shorten
from feedwright.text.patterns import lazy

ATTRIBUTES = r"(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|))*+"
"""Of a tag, as HTML reads it: quotes count only behind `=`, and what is not closed goes on to the
end. It takes whatever it has looked at, so that scanning a text is linear."""

_HIDDEN = (
    "script|style|template|noscript|svg|select|textarea|iframe|object|audio|video|button|head|title"
)
_MARKUP = lazy(
    r"<(?:!--.*?(?:-->|\Z)|[!?][^>]*+(?:>|\Z)"
    rf"|(?P<hidden>{_HIDDEN})\b[^>]*+>.*?(?:</(?P=hidden)\s*+>|\Z)"
    rf"|/?(?P<tag>[a-zA-Z][^\s/>]*+){ATTRIBUTES}(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_BLOCKS_TEXT = """
    address article aside blockquote br caption dd details div dl dt figcaption figure footer h1
    h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_CELLS = frozenset(("td", "th"))
_ENTITY = lazy(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[a-zA-Z][a-zA-Z0-9]{1,31};)")
_LINES = lazy(r" *\n\s*")
_SPACES = lazy(r"[\t\n\r\f][ \t\n\r\f]*+| [ \t\n\r\f]++")

_LONGEST_TITLE = 10_000
_TITLE_TAGS = (
    "a|abbr|acronym|b|bdi|bdo|big|center|cite|code|del|dfn|div|em|font|h[1-6]|i|ins|kbd|mark|nobr"
    "|p|q|s|samp|script|small|span|strike|strong|style|sub|sup|time|tt|u|var"
)
_VOID = lazy(r"<(?:br|wbr|hr|img)\b[^<>]*+>", re.IGNORECASE)
_DROPPED = lazy(r"<(script|style)\b[^<>]*+>.*?</\1\s*+>", re.IGNORECASE | re.DOTALL)
_OPEN_OR_CLOSE = lazy(rf"<(/?)({_TITLE_TAGS})(?:\s[^<>]*+)?>", re.IGNORECASE)
_COMMENT = lazy(r"<!--.*?-->", re.DOTALL)
_CODE = lazy(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = lazy(r"!?\[([^\[\]]+)\]\([^()\s]*+(?:\s\"[^\"]*+\")?\)")
_PAIRED = lazy(
    r"(?<![\w*])(?P<mark>\*{1,3})(?=[^\s*])(?P<text>[^*]*[^\s*])(?P=mark)(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<lines>[^_]*[^\s_])_(?![\w_])"
)


def decode(text: str) -> str:
    """Decode entities once. A named one needs its semicolon: `R&D&notes` is no entity."""
    return _ENTITY.sub(lambda match: _html.unescape(match[0]), text) if "&" in text else text


def plain(html: str, limit: int = 0) -> str:
    """Give the text of HTML: a line for each block, entities decoded, no scripts and styles.

    With a `limit` it is on one line and cut at a word, at most so many characters long.
    """
    text = _MARKUP.sub(_as_text, html.replace("\x00", ""))
    text = clean_text(decode(_SPACES.sub(" ", text).replace("\x00", "\n")))
    text = _LINES.sub("\n", text).strip()
    return shorten(text, limit) if limit else text


def _as_text(match: re.Match[str]) -> str:
    name = (match["tag"] or "").lower()
    if name in _BLOCKS:
        return "\x00"  # a line end that collapsing white space leaves alone
    return " " if name in _CELLS else ""


def title_text(text: str) -> str:
    """Make a title plain text on one line: `<b>x</b>` and `` `x` `` are x, entities decoded once.

    Only what is clearly markup goes: tags that HTML knows and that are paired, Markdown's code,
    links and paired emphasis. `a < b`, `Vec<T>`, `2 * 3 * 4` and `__init__` stay; code is literal.
    """
    text = text[:_LONGEST_TITLE]
    if "`" not in text:
        return one_line(_unmarked(text))
    pieces: list[str] = []
    end = 0
    for match in _CODE.finditer(text):
        pieces += [_unmarked(text[end : match.start()]), match[2].strip()]
        end = match.end()
    pieces.append(_unmarked(text[end:]))
    return one_line("".join(pieces))


def _unmarked(text: str) -> str:
    if "<" in text:
        text = _without_tags(_VOID.sub(" ", _COMMENT.sub("", _DROPPED.sub("", text))))
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _PAIRED.sub(lambda match: match["text"] or match["lines"], text)
    return decode(text)


def _without_tags(text: str) -> str:
    """Take out known tags that have their partner."""
    open_tags: dict[str, list[tuple[int, int]]] = {}
    spans: list[tuple[int, int]] = []
    for match in _OPEN_OR_CLOSE.finditer(text):
        waiting = open_tags.setdefault(match[2].lower(), [])
        if not match[1]:
            waiting.append(match.span())
        elif waiting:
            spans += [waiting.pop(), match.span()]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text
