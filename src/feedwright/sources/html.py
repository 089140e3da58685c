"""Source reader `html`: a page, as a browser would be given it.

Precedence: JSON-LD, `article:`, `og:`, `<meta>`, the document. Entities that a document type
declares are not expanded, and nothing is fetched: the HTML parser knows neither.
"""

import re
from typing import TYPE_CHECKING

from feedwright.model import Problem, RawField
from feedwright.sources import jsonld, metatags, pagebody
from feedwright.sources.shapes import Piece, Pieces, Place, UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SUBSET = re.compile(r"(\s*<!doctype\s[^>\[]{0,400})\[.{0,20000}?\]\s*>", re.IGNORECASE | re.DOTALL)
_PROLOG = re.compile(r"\s*<\?xml[^>]{0,300}>")
_REFRESH = re.compile(r"\s*\d{1,2}\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!])")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000,}")
_ATTRIBUTES = 5_000
"""More of them in one tag are no page, and the parser compares each with all."""
_STUB = 1_000
"""Characters of text: a page that says more is not only a redirect."""
_SEPARATORS = re.compile(r"\s+[-–—|·•:«»]{1,2}\s+")


def read(text: str, place: Place) -> Pieces:
    """Read a page; raises UnreadableError (`html`) for one that is nested beyond all measure."""
    page = parse(text)
    target = _redirect(page)
    if target:
        return Pieces((), (), f"redirects to {target}")
    problems: list[Problem] = []
    linked = jsonld.fields_of(page, place, problems)
    tags = metatags.fields_of(page)
    document, late = pagebody.fields_of(page)
    sites = {*linked.site_names, *metatags.site_names(page)}
    heading = pagebody.heading(page)
    fields = tuple(
        _titled(field, sites, heading) if field.key == "title" else field
        for field in (*linked.fields, *tags, *document)
    )
    title = next((str(field.value) for field in fields if field.key == "title"), "")
    body = pagebody.body(page, title)
    return Pieces((Piece(fields, body.html, "html", body.line, late),), tuple(problems))


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
            if found is not None and len(pagebody.text_of(page)) < _STUB:
                return found[1].strip()
    return ""


def _titled(field: RawField, sites: set[str], heading: str) -> RawField:
    title = without_site(str(field.value), sites, heading)
    if field.origin != "json-ld":
        # It is text already, and titles are read as if they might hold markup.
        title = _TAG_LIKE.sub("&lt;", title)
    return field._replace(value=title)


def without_site(title: str, sites: set[str], heading: str) -> str:
    """Take the site's name off a title: ` - Harbour Light`, or `Harbour Light | ` before it.

    It is known from the page's metadata; or by the page's heading, which is the rest.
    """
    title = " ".join(title.split())
    names = {name.casefold() for name in sites}
    for found in _SEPARATORS.finditer(title):
        before, after = title[: found.start()], title[found.end() :]
        if after.casefold() in names or _same(before, heading):
            return before
        if before.casefold() in names or _same(after, heading):
            return after
    return title


def _same(text: str, heading: str) -> bool:
    return bool(heading) and text.casefold() == heading.casefold()
