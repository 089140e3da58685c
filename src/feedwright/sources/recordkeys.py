"""What the keys of a record say: whether it is an article, which one, and where its text is."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from feedwright.model import RawValue
from feedwright.sources.known import folded
from feedwright.sources.shapes import words
from feedwright.text.patterns import lazy

_BODIES: Mapping[str, str] = {
    "content_html": "html",
    "body_html": "html",
    "html": "html",
    "content_markdown": "markdown",
    "body_markdown": "markdown",
    "markdown": "markdown",
    "md": "markdown",
    "content_md": "markdown",
    "mdx": "mdx",
    "content": "",
    "body": "",
    "articlebody": "",
    "post_content": "",
    "full_text": "",
    "fulltext": "",
    "article_text": "",
    "main_text": "text",
    "maintext": "text",
    "story": "",
    "text": "",
    "content_text": "text",
    "body_text": "text",
    "plaintext": "text",
}
"""Keys of the text, the best first, and their markup; empty: what it looks like."""
_TITLES = words("title headline post_title newstitle")
_DATES = words(
    "date published published_at publish_date publishdate pubdate pub_date date_published created "
    "datepublished post_date created_at published_on publication_date posted posted_at pubdatetime "
    "publishedat createdat publisheddate createddate date_created first_published_at datetime "
    "date_publish publish_time"
)
_SUMMARIES = words("summary description excerpt abstract teaser standfirst dek")
_LABELS = words(
    "author authors byline tags tag category categories section slug permalink guid uuid "
    "status draft published summary excerpt description updated lang language image"
)
_ADDRESSES = words("url link permalink slug guid path")
_EVENTS = words("location venue start end start_date end_date starts_at ends_at start_time address")
_KEYS = ("id", "guid", "uuid", "slug", "permalink", "url", "link", "path")
_HTML = lazy(r"<(?:p|div|h[1-6]|ul|ol|blockquote|figure|table|section|article|br)[\s/>]", re.I)
_FEW = 20_000
"""Characters of a text that are looked at to tell its markup."""


class Body(NamedTuple):
    """The text of a record."""

    key: str
    """Empty when there is none."""
    text: str
    markup: str


def is_article(value: Mapping[str, RawValue]) -> bool:
    """Whether a record has what an article has, and lists of features or events have not.

    Text and a date; or title, text and something that is said of articles only; or title, date,
    summary and address.
    """
    has_date = _has(value, _DATES)
    if body_of(value).key:
        return has_date or (bool(title_of(value)) and _has(value, _LABELS))
    if not has_date or _has(value, _EVENTS) or not title_of(value):
        return False
    return _has(value, _SUMMARIES) and _has(value, _ADDRESSES)


def is_sidecar(value: Mapping[str, RawValue]) -> bool:
    """Whether a record describes an article without holding its text."""
    return bool(title_of(value)) and (_has(value, _DATES) or _has(value, words("tags categories")))


def title_of(value: Mapping[str, RawValue]) -> str:
    """Return the title as one line; empty for none."""
    for key, each in value.items():
        if folded(key) in _TITLES:
            text = unwrapped(each)
            if isinstance(text, str | int | float) and not isinstance(text, bool):
                return " ".join(str(text).split())
    return ""


def key_of(value: Mapping[str, RawValue]) -> str:
    """Return what the record is known by: `id`, `guid`, `uuid`, `slug`, an address; else empty."""
    keys = {folded(key): key for key in value}
    for name in _KEYS:
        each = unwrapped(value[keys[name]]) if name in keys else None
        if isinstance(each, str | int) and not isinstance(each, bool) and str(each).strip():
            if "{" in str(each):  # a pattern, which many records may share
                continue
            return " ".join(str(each).split())[:500]
    return ""


def body_of(value: Mapping[str, RawValue]) -> Body:
    """Return the text of a record."""
    keys = {folded(key): key for key in value}
    for name, markup in _BODIES.items():
        key = keys.get(name)
        text = unwrapped(value[key]) if key is not None else None
        if key is not None and isinstance(text, str) and text.strip():
            return Body(key, text, markup or ("html" if _HTML.search(text[:_FEW]) else "markdown"))
    return Body("", "", "markdown")


def unwrapped(value: RawValue) -> RawValue:
    """Take off what the WordPress API puts around text: `{"rendered": "…"}`."""
    if isinstance(value, dict) and isinstance(value.get("rendered"), str) and len(value) <= 3:
        return value["rendered"]
    return value


def _has(value: Mapping[str, RawValue], names: frozenset[str]) -> bool:
    return any(folded(key) in names and each not in (None, "", []) for key, each in value.items())
