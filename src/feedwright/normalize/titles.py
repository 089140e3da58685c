"""Titles and slugs."""

import re
from typing import NamedTuple

from feedwright.model import RawArticle, RawField
from feedwright.normalize import aliases
from feedwright.normalize.fields import Fields
from feedwright.normalize.problems import Notes
from feedwright.normalize.remains.article import IN_NOTES, line_of, without_comments
from feedwright.normalize.values import shown, text_of
from feedwright.text import markdown, markup
from feedwright.text.patterns import lazy

_H1 = lazy(r"<h1(?:\s[^>]*)?>(.*?)</h1\s*>", re.DOTALL | re.IGNORECASE)
_FIRST_LINES = 20_000
"""Characters of a page in which its `<h1>` is looked for."""
_SUFFIX = lazy(r"\s+[-–—|·•»:]+\s+")
_SITE_ORIGINS = frozenset({"document", "og:", "meta"})
_TEMPLATE = lazy(r"\{\{|\{%")
_WORDS = lazy(r"[\s_-]+")
_EXTENSION = lazy(r"\.[A-Za-z0-9]{1,8}$")


class Title(NamedTuple):
    """A title, and whether the article itself has it."""

    text: str
    is_own: bool
    written: str
    """As written, for the hash."""


def title(fields: Fields, slug: str, notes: Notes) -> Title:
    """Give the declared title, else the first heading, else the slug in words."""
    for declared in fields.all("title"):
        text = text_of(declared.value)
        if text is None:
            notes.error(
                "title-unreadable",
                declared,
                f"is {shown(declared.value)}",
                "write it in quotes, as one text",
            )
            continue
        cleaned = markup.title_text(_without_site_name(text, declared, fields))
        if cleaned:
            notes.took("title", declared)
            own = declared.origin not in {"defaults", *aliases.FROM_PLACE}
            return Title(cleaned, own, " ".join(text.split()))
    vault = fields.rules.content.vault
    raw = without_comments(fields.raw)[0] if vault else fields.raw
    heading = _heading(raw)
    if heading:
        written, line = heading
        cleaned = _as_title(written, line, raw, vault=vault)
        if cleaned:
            notes.took("title", RawField("", written, line, "heading"))
            return Title(cleaned, is_own=True, written=" ".join(written.split()))
    words = _in_words(slug) or _in_words(_stem(fields.raw)) or "Untitled"
    if not notes.failed:
        notes.warn("title-missing", "title", f'is missing; "{words}" is shown', "write title: …")
    notes.took("title", RawField("", words, 0, "file name"))
    return Title(words, is_own=False, written="")


class Slug(NamedTuple):
    """The last segment of an address."""

    text: str
    declared: bool


def slug(fields: Fields, notes: Notes) -> Slug:
    """Give the declared slug exactly as written, else the one of the file name."""
    for declared in fields.all("slug"):
        text = (text_of(declared.value) or "").strip("/ ")
        if text:
            notes.took("slug", declared)
            return Slug(text, declared.origin not in {"defaults", *aliases.FROM_PLACE})
        notes.warn(
            "slug-unreadable", declared, f"is {shown(declared.value)}", "write one word-in-words"
        )
    return Slug(fields.raw.part or _stem(fields.raw), declared=False)


def _stem(raw: RawArticle) -> str:
    """Give the file name without extension; of a bundle's `index` its folder."""
    folder, _, name = raw.below.rpartition("/")
    stem = _EXTENSION.sub("", name)
    return folder.rpartition("/")[2] if stem == "index" and folder else stem


def _heading(raw: RawArticle) -> tuple[str, int] | None:
    if raw.markup in {"markdown", "mdx"}:
        found = markdown.headings_first(raw.body)
        return (found[0], raw.body_line + found[1] - 1) if found else None
    if raw.markup == "html":
        match = _H1.search(raw.body[:_FIRST_LINES])
        return (match[1], 0) if match else None
    return None


def _as_title(written: str, line: int, raw: RawArticle, *, vault: bool) -> str:
    """Give a heading as plain text; what templates left in it goes, but not from its code."""
    if line and (_TEMPLATE.search(written) or (vault and IN_NOTES.search(written))):
        source = raw.body.split("\n", line - raw.body_line + 1)[line - raw.body_line]
        return markup.title_text(line_of(source.strip("# \t"), raw, vault=vault))
    return markup.title_text(written)


def _without_site_name(text: str, declared: RawField, fields: Fields) -> str:
    """Take ` - Site name` off the title of a page."""
    if fields.dialect != "html" or declared.origin not in _SITE_ORIGINS:
        return text
    separators = list(_SUFFIX.finditer(text))
    site = fields.rules.site.title.casefold()
    if separators and text[separators[-1].end() :].strip().casefold() == site:
        return text[: separators[-1].start()]
    return text


def _in_words(slug: str) -> str:
    words = _WORDS.sub(" ", markup.clean_text(slug)).split()
    return " ".join(word[:1].upper() + word[1:] for word in words)
