"""Where a summary comes from when none is declared."""

import re

from feedwright.text.characters import one_line
from feedwright.text.fences import hidden_spans, is_hidden
from feedwright.text.patterns import lazy
from feedwright.text.plain import plain

_PARAGRAPH = lazy(
    r"<p(?=[\s>])[^>]*+(?:>|\Z)(.*?)(?=</p\s*>|<p[\s>]|\Z)", re.DOTALL | re.IGNORECASE
)
_ASIDE = lazy(
    r"<(blockquote|figure|aside|table|nav|details|header)\b[^>]*+(?:>|\Z).*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_NOTE = lazy(r"<div id=\"fn-.*?(?:</div>|\Z)", re.DOTALL)
_NOTE_LINK = lazy(r"<sup\b[^<>]*+><a\b[^<>]*+>[^\w<]{0,3}[0-9]+[^\w<]{0,3}</a></sup>")
_WORD = lazy(r"[^\W_]")
_MARKER = lazy(
    r"<!--+[ \t]*(?:more\b[^>\n]{0,200}?|truncate|readmore|read[ -]more|summary"
    r"|teaser_end\b[^>\n]{0,200}?|pelican_end_summary|(?:end[ _-]?(?:of[ _-])?)?excerpt"
    r"|excerpt[ _-]end)[ \t]*--+>"
    r"|\{/\*[ \t]*(?:truncate|more|excerpt)[ \t]*\*/\}"
    r"|^\.\.[ \t]+(?:teaser_end|pelican_end_summary|more|truncate)\b[^\n]{0,200}$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNS = ("<!--", "{/*", "\n..")


def first_paragraph(html: str) -> str:
    """Give the text of the first paragraph that has words, on one line.

    One outside quotations, figures, tables and notes is preferred. HTML without paragraphs gives
    the first line of its text.
    """
    body = _NOTE_LINK.sub("", _NOTE.sub("", html))
    for source in (_ASIDE.sub("", body), body):
        for match in _PARAGRAPH.finditer(source):
            text = one_line(plain(match[1]))
            if _WORD.search(text):
                return text
    return next((line for line in plain(body).split("\n") if _WORD.search(line)), "")


def split_at_marker(source: str) -> tuple[str, str] | None:
    """Split a body at `<!--more-->`, `<!-- truncate -->`, `{/* truncate */}` and the like.

    The marker is in neither part. One within a code block or behind a backtick is text.
    """
    if not (any(sign in source for sign in _SIGNS) or source.startswith("..")):
        return None  # many times as fast as the pattern
    hidden: list[tuple[int, int]] | None = None
    for match in _MARKER.finditer(source):
        if source[match.start() - 1 : match.start()] == "`":
            continue
        if hidden is None:
            hidden = hidden_spans(source)
        at = match.start()
        if is_hidden(at, hidden):
            continue
        return source[:at].rstrip(), source[match.end() :].lstrip("\n")
    return None
