"""Attribute lists and options that only style: they go, and ids of headings stay.

`{: .note #id}` and `{::options /}` (kramdown, Python-Markdown), `{.class #id}` (Pandoc, Hugo,
markdown-it), `{ align=left }` (Material), `<div markdown="1">`.
"""

import re

from feedwright.normalize.remains.context import Context, Notes
from feedwright.text.patterns import lazy
from feedwright.text.shielding import shield

_NAME = r"[A-Za-z_][\w:-]{0,60}"
_PAIR = rf"{_NAME}[ \t]?=[ \t]?(?:\"[^\"\n{{}}]*+\"|'[^'\n{{}}]*+'|[^\s{{}}\"'=]++)"
_MARK = r"(?:\.[\w:-]++|\#[A-Za-z_][\w:.-]*+)"
_ITEMS = rf"(?:(?:{_MARK}|{_PAIR})[ \t]*+)++"
_MARKED = rf"{_MARK}[ \t]*+(?:{_ITEMS})?"
_ANY = rf"(?:(?:{_MARK}|{_PAIR}|[A-Za-z][\w-]*+)[ \t]*+)*+"
_CONTENTS = lazy(
    r"^(?:[ \t]*(?:[-*+]|\d{1,9}\.)[ \t]+[^\n]*\n)?"
    r"[ \t]*\{:[ \t]?(?:[^{}\n]*[ \t])?toc(?:[ \t][^{}\n]*)?\}[ \t]*$",
    re.MULTILINE,
)
_COMMENT = lazy(r"\{::comment\}(?:(?!\{:)[\s\S])*+\{:/(?:comment)?\}")
_EXTENSION = lazy(r"\{::[A-Za-z][^{}\n]*\}|\{:/[A-Za-z]*\}")
_BLOCK = lazy(rf"^[ \t>]*(?:\{{:(?:{_NAME}:)?[ \t]*{_ANY}\}}|\{{[ \t]*{_ITEMS}\}})[ \t]*$")
_SPAN = lazy(rf"[ \t]*+\{{:[ \t]*(?P<items>{_ITEMS})\}}")
_BEHIND = lazy(rf"(?<=[)\]\ufdd0-\ufdef])\{{[ \t]*{_ITEMS}\}}")
_AT_END = lazy(rf"(?<=\S)[ \t]+\{{[ \t]*{_MARKED}\}}[ \t]*$")
_ID = lazy(r"#([\w:.-]+)")
_SPANNED = lazy(rf"(?<![!\]])\[(?P<text>[^\[\]\n]+)\]\{{[ \t]*{_MARKED}\}}(?![(\[])")
_MARKDOWN = lazy(
    r"(?P<tag><[A-Za-z][\w-]*+(?:\s++(?!markdown\b)[^\s<>]++)*+)"
    r"\s+markdown(?:=[\"']?[\w-]+[\"']?)?(?P<more>[^<>]*>)(?P<end>[ \t]*\n)?"
)
_NEAR = 1_000
"""Characters of a line in which the mark of a heading is looked for."""


def reduce(text: str, _context: Context, _notes: Notes) -> str:
    """Take attribute lists off, and let Markdown begin where HTML says so."""
    if "{:" in text:
        text = _CONTENTS.sub("", text)
        text = _EXTENSION.sub("", _COMMENT.sub("", text))
    if "{" in text:
        text = "\n".join([_in_line(line) if "{" in line else line for line in text.split("\n")])
    return _MARKDOWN.sub(_with_markdown, text) if "markdown" in text else text


def _in_line(line: str) -> str:
    line = _SPAN.sub(_span, _BLOCK.sub("", line))
    line = _BEHIND.sub("", _SPANNED.sub(r"\g<text>", line))
    return _AT_END.sub(lambda match: match[0] if _heads(match) else "", line)


def _span(match: re.Match[str]) -> str:
    """Take a list off; the id of a heading stays, in the form that the renderer reads."""
    named = _ID.search(match["items"])
    if named and match.end() == len(match.string) and _heads(match):
        return " " + shield(f"{{#{named[1]}}}")
    return ""


def _heads(match: re.Match[str]) -> bool:
    """Tell whether a match in a line stands in a heading."""
    return match.string[: min(match.start(), _NEAR)].lstrip(" \t>").startswith("#")


def _with_markdown(match: re.Match[str]) -> str:
    gap = "\n" if match["end"] else ""
    return f"{match['tag']}{match['more']}{match['end'] or ''}{gap}"
