"""Markdown to HTML: the only import of pyromark.

CommonMark with tables, footnotes, strikethrough, task lists, definition lists, heading attributes
and raw HTML. What comes out is not sanitized. Front matter is not read: `---` is a rule here.
"""

import re
from collections.abc import Callable
from functools import cache

from feedwright.text.fences import hidden_spans, is_hidden
from feedwright.text.patterns import lazy
from feedwright.text.plain import title_text
from feedwright.text.urls import slugify

_ALIGNED = lazy(r"<(t[hd]) style=\"text-align: (left|right|center)\">")
_NOTE_LINK = lazy(r"<sup class=\"footnote-reference\"><a href=\"#([^\"]*)\">([0-9]+)</a></sup>")
_NOTE = lazy(
    r"<div class=\"footnote-definition\" id=\"([^\"]*)\">"
    r"<sup class=\"footnote-definition-label\">([0-9]+)</sup>"
)
_HEADING = lazy(
    r"^ {0,3}#[ \t]+(?P<title>[^\n]+)$|^ {0,3}(?P<over>[^\s#>\-*+|`~<=][^\n]*)\n {0,3}=+[ \t]*$",
    re.MULTILINE,
)
_CLOSING = lazy(r"(?:^|[ \t])#+$")
_HEADING_ATTRIBUTES = lazy(r"[ \t]*\{[^{}\n]*\}$")


@cache
def _renderer() -> Callable[[str], str]:
    import pyromark  # noqa: PLC0415 - most runs render nothing

    options = pyromark.Options
    renderer = pyromark.Markdown(
        options=options.ENABLE_TABLES
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_TASKLISTS
        | options.ENABLE_DEFINITION_LIST
        | options.ENABLE_HEADING_ATTRIBUTES
    )
    return renderer.html


def to_html(source: str) -> str:
    """Render Markdown. Ids of footnotes are `fn-…` and `fnref-…`, each once in the text."""
    html = _renderer()(source)
    if 'style="text-align' in html:
        html = _ALIGNED.sub(r'<\1 align="\2">', html)
    return _with_note_ids(html) if 'class="footnote-' in html else html


def _with_note_ids(html: str) -> str:
    """Keep the ids of notes apart from other ids, and link back to the first reference."""
    seen: dict[str, int] = {}

    def reference(match: re.Match[str]) -> str:
        name = slugify(match[1]) or "note"
        seen[name] = seen.get(name, 0) + 1
        count = f"-{seen[name]}" if seen[name] > 1 else ""
        link = f'<a href="#fn-{name}">{match[2]}</a>'
        return f'<sup id="fnref-{name}{count}">{link}</sup>'

    def note(match: re.Match[str]) -> str:
        name = slugify(match[1]) or "note"
        label = f'<a href="#fnref-{name}">{match[2]}</a>' if name in seen else match[2]
        return f'<div id="fn-{name}"><sup>{label}</sup>'

    return _NOTE.sub(note, _NOTE_LINK.sub(reference, html))


def headings_first(source: str) -> tuple[str, int] | None:
    """Give the first heading of the first level as plain text, and its line, from 1.

    `# Title` or a title underlined with `=`; neither in code blocks nor in comments.
    """
    hidden: list[tuple[int, int]] | None = None
    for match in _HEADING.finditer(source):
        if hidden is None:
            hidden = hidden_spans(source)
        if is_hidden(match.start(), hidden):
            continue
        written = _CLOSING.sub("", (match["title"] or match["over"]).rstrip())
        title = title_text(_HEADING_ATTRIBUTES.sub("", written))
        if title:
            return title, source.count("\n", 0, match.start()) + 1
    return None
