"""Fields of plain words: summary, language, rights, and the switch `minor`."""

import html
from typing import NamedTuple

from feedwright.model import RawField, RawValue
from feedwright.normalize.fields import Fields
from feedwright.normalize.problems import Notes
from feedwright.normalize.remains.article import line_of
from feedwright.normalize.values import flag, items_of, member_text, shown, text_of
from feedwright.text import languages, markup
from feedwright.text.patterns import lazy

_MARKDOWN_LINK = lazy(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_TAG = lazy(r"</?[A-Za-z][^<>]*>")
_ADDRESS = lazy(r"https?://\S+")


class Summary(NamedTuple):
    """A declared summary as plain text, and the field it came from."""

    text: str
    field: RawField | None


def summary(fields: Fields, notes: Notes) -> Summary:
    """Give the declared summary as plain text on one line."""
    for declared in fields.all("summary"):
        if flag(declared.value) is not None:  # `excerpt: false`
            continue
        text = text_of(declared.value)
        if text is None:
            notes.warn(
                "summary-unreadable", declared, f"is {shown(declared.value)}", "write a text"
            )
            continue
        cleaned = plain(line_of(text, fields.raw, vault=fields.rules.content.vault))
        if cleaned:
            notes.took("summary", declared)
            return Summary(cleaned, declared)
    return Summary("", None)


def plain(text: str) -> str:
    """Make plain text on one line of a text that may hold HTML or Markdown links."""
    if "](" in text:
        text = _MARKDOWN_LINK.sub(r"\1", text)
    if "<" in text and _TAG.search(text):
        return markup.one_line(markup.plain(text)).strip()
    return markup.title_text(text)


def language(fields: Fields, notes: Notes) -> str:
    """Give the language as BCP 47; empty is the site's."""
    for declared in fields.all("language"):
        text = text_of(next(items_of(declared.value), None)) or ""
        tag = languages.normalize(text)
        if tag:
            notes.took("language", declared)
            return tag
        notes.warn(
            "language-unreadable",
            declared,
            f"{shown(declared.value)} is no language",
            "write a tag such as en or pt-BR",
        )
    return ""


def rights(fields: Fields, notes: Notes) -> str:
    """Give the rights as text; empty is the site's."""
    for declared in fields.all("rights"):
        if flag(declared.value) is not None:  # `copyright: true` in some themes
            continue
        text = _rights(declared.value)
        if text:
            notes.took("rights", declared)
            return text
        notes.warn("rights-unreadable", declared, f"is {shown(declared.value)}", "write a text")
    return ""


def minor(fields: Fields, notes: Notes) -> bool:
    """Tell whether the article says that its last edit is not worth mentioning."""
    declared = fields.first("minor")
    if declared is None:
        return False
    value = flag(declared.value)
    if value is None:
        notes.warn(
            "minor-unreadable",
            declared,
            f"cannot read {shown(declared.value)}",
            "write true or false",
        )
        return False
    notes.took("minor", declared)
    return value


def _rights(value: RawValue) -> str:
    if isinstance(value, dict):
        return _line(member_text(value, "name", "text", "title", "label", "url", "href"))
    text = text_of(value)
    if text and _ADDRESS.fullmatch(text):
        return text
    return _line(text or "")


def _line(text: str) -> str:
    return markup.one_line(html.unescape(markup.plain(text) if "<" in text else text)).strip()
