"""Source reader `html`: a page, as a browser would be given it.

Precedence: JSON-LD, `article:`, `og:`, `<meta>`, the document. Entities that a document type
declares are not expanded, and nothing is fetched: the HTML parser knows neither.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from feedwright.model import Problem, RawField
from feedwright.sources import jsonld, metatags, pagebody, pagedates, pagetitles
from feedwright.sources.shapes import Piece, Pieces, Place, UnreadableError
from feedwright.text import datesearch
from feedwright.text.patterns import lazy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SUBSET = lazy(r"(\s*<!doctype\s[^>\[]{0,400})\[.{0,20000}?\]\s*>", re.IGNORECASE | re.DOTALL)
_PROLOG = lazy(r"\s*<\?xml[^>]{0,300}>")
_REFRESH = lazy(r"\s*\d{1,2}\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_TAG_LIKE = lazy(r"<(?=[A-Za-z/!])")
_LONG_TAG = lazy(r"<[A-Za-z][^<>]{20000,}")
_ATTRIBUTES = 5_000
"""More of them in one tag are no page, and the parser compares each with all."""
_STUB = 1_000
"""Characters of text: a page that says more is not only a redirect."""


def read(text: str, place: Place) -> Pieces:
    """Read a page; raises UnreadableError (`html`) for one that is nested beyond all measure."""
    page = parse(text)
    target = _redirect(page)
    if target:
        return Pieces((), (), f"redirects to {target}")
    problems: list[Problem] = []
    linked = jsonld.fields_of(page, place, problems)
    tags = metatags.fields_of(page)
    document = pagebody.fields_of(page)
    fields = (*linked.fields, *tags, *document)
    address = _first(fields, "canonical")
    sections = {str(field.value) for field in fields if field.key == "categories"}
    written = {*linked.site_names, *metatags.site_names(page), *sections}
    written |= pagetitles.logos(page) | pagetitles.feed_names(page)
    names = pagetitles.Names.of(written, address)
    titles = (str(field.value) for field in fields if field.key == "title")
    headline = pagetitles.headline_of(page, titles, names)
    heading = "" if headline is None else pagetitles.text_of(headline)
    fields = tuple(_titles(fields, names, heading, headline))
    language = _first(fields, "lang")
    late: tuple[RawField, ...] = ()
    if not any(pagedates.date_in(str(each.value), language) for each in _dates(fields)):
        about = pagedates.About(_first(fields, "title"), language, address)
        late = pagedates.dates_of(page, headline, about) or _last_resort(fields)
    body = pagebody.body(page, _first(fields, "title"))
    fields = tuple(_ordered(field, language) for field in fields)
    return Pieces((Piece(fields, body.html, "html", body.line, late),), tuple(problems))


def _dates(fields: Iterable[RawField]) -> Iterator[RawField]:
    return (field for field in fields if field.key == "date")


def _last_resort(fields: Iterable[RawField]) -> tuple[RawField, ...]:
    """Take the day of the last change for a page that names no other: it is not younger."""
    changed = next((field for field in fields if field.key == "updated"), None)
    return () if changed is None else (changed._replace(key="date", origin="document"),)


def _first(fields: Iterable[RawField], key: str) -> str:
    return next((str(field.value) for field in fields if field.key == key), "")


def _titles(
    fields: Iterable[RawField], names: pagetitles.Names, heading: str, element: "HtmlElement | None"
) -> Iterator[RawField]:
    """Give the fields with titles as people want them, and the heading where there is none.

    A title that is the site's name, on each of its pages, says nothing of this one.
    """
    titled = False
    fields = tuple(fields)
    others = tuple(str(field.value) for field in fields if field.key == "title")
    for field in fields:
        if field.key != "title":
            yield field
        elif not heading or not names.have(str(field.value)):
            titled = True
            yield _titled(field, names, heading, others)
    if element is not None and not titled:
        shown = _TAG_LIKE.sub("&lt;", heading)
        yield RawField("title", shown, element.sourceline or 0, "document")


def _titled(
    field: RawField, names: pagetitles.Names, heading: str, others: tuple[str, ...]
) -> RawField:
    is_document = field.origin == "document"
    title = pagetitles.without_site(
        str(field.value), names, heading, others, is_document=is_document
    )
    if field.origin != "json-ld":
        # It is text already, and titles are read as if they might hold markup.
        title = _TAG_LIKE.sub("&lt;", title)
    return field._replace(value=title)


def _ordered(field: RawField, language: str) -> RawField:
    """Give a date such as 03/04/2018 in the order that the page's language has."""
    if field.key in {"date", "updated"} and isinstance(field.value, str):
        return field._replace(value=datesearch.ordered(field.value, language))
    return field


def parse(text: str) -> "HtmlElement":
    """Parse a page. Raises UnreadableError."""
    from lxml import etree, html  # noqa: PLC0415  heavy, and few sites have pages

    prolog = _PROLOG.match(text)
    text = text if prolog is None else "\n" * prolog[0].count("\n") + text[prolog.end() :]
    subset = _SUBSET.match(text)
    if subset is not None:
        text = subset[1].rstrip() + ">" + "\n" * subset[0].count("\n") + text[subset.end() :]
    for tag in _LONG_TAG.finditer(text):
        if min(tag[0].count("="), len(tag[0].split())) > _ATTRIBUTES:
            what = "has an element with thousands of attributes"
            raise UnreadableError("html", text.count("\n", 0, tag.start()) + 1, what, "mend it")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:
        raise UnreadableError("html", 1, "holds no page", "write its text") from error
    for entry in parser.error_log:
        if "limit" in entry.message.casefold() or "Excessive depth" in entry.message:
            what = "is nested too deeply to be read"
            raise UnreadableError("html", entry.line, what, "take out the needless elements")
    return page


def _redirect(page: "HtmlElement") -> str:
    for meta in page.iter("meta"):
        if (meta.get("http-equiv") or "").casefold() == "refresh":
            found = _REFRESH.match(meta.get("content") or "")
            if found is not None and len(pagetitles.text_of(page)) < _STUB:
                return found[1].strip()
    return ""
