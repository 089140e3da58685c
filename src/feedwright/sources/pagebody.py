"""Which part of a page is the article, and what the document itself says of it."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from feedwright.model import RawField
from feedwright.sources import pagedates
from feedwright.sources.pagetitles import text_of
from feedwright.sources.shapes import words
from feedwright.sources.values import clean
from feedwright.text.patterns import lazy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ORIGIN = "document"
_NEVER = ("script", "style", "template", "noscript", "form", "nav", "link", "meta", "title", "base")
_FURNITURE = ("header", "footer", "aside")
_ROLES = frozenset({"navigation", "search", "banner", "contentinfo", "complementary"})
_BODY_CLASSES = words(
    "e-content entry-content post-content article-content article-body article__body post-body "
    "story-body articlebody"
)


_MAX_CANDIDATES = 50
_MOST_PROPERTIES = 2_000


class Body(NamedTuple):
    """The article's HTML and the line of the page at which it begins."""

    html: str
    line: int


def fields_of(page: "HtmlElement") -> tuple[RawField, ...]:
    """Return what the document says itself: title, language, microdata and RDFa."""
    fields: list[RawField] = []
    title = next(page.iter("title"), None)
    shown = text_of(title) if title is not None else ""
    if title is not None and shown:
        fields.append(RawField("title", shown, title.sourceline or 0, _ORIGIN))
    language = clean(page.get("lang") or page.get("xml:lang") or "").strip()
    if language:
        fields.append(RawField("lang", language, page.sourceline or 0, _ORIGIN))
    fields += _microdata(page)
    return tuple(fields)


def _microdata(page: "HtmlElement") -> Iterator[RawField]:
    """Give the first date of each kind that microdata or RDFa names, outside of comments."""
    found: dict[str, RawField] = {}
    for element in page.xpath("//*[@itemprop or @property]")[:_MOST_PROPERTIES]:
        if element.tag in {"meta", "link"}:
            continue
        names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
        bare = {name.rpartition(":")[2] for name in names}
        kinds = {_DATES[word] for word in bare & _DATES.keys()}
        for kind in kinds - found.keys():
            written = element.get("datetime") or element.get("content") or text_of(element)
            value = pagedates.date_in(clean(written), page.get("lang") or "")
            if value and not _is_comment(element):
                found[kind] = RawField(kind, value, element.sourceline or 0, _ORIGIN)
    yield from found.values()


_DATES = {
    "datePublished": "date",
    "datepublished": "date",
    "dateCreated": "date",
    "date": "date",
    "created": "date",
    "issued": "date",
    "dateModified": "updated",
    "modified": "updated",
}
"""Names of schema.org and Dublin Core without their prefix."""


def _is_comment(element: "HtmlElement") -> bool:
    return any(
        "Comment" in (up.get("itemtype") or up.get("typeof") or "") or up.tag in {"aside", "nav"}
        for up in (element, *element.iterancestors())
    )


# ---------------------------------------------------------------- the body


def body(page: "HtmlElement", title: str) -> Body:
    """Return the article's HTML. The page is taken apart: this comes last.

    In order: `itemprop=articleBody`, `<article>`, `<main>`, a well-known class, the whole body
    without what is around an article on a page.
    """
    chosen = _chosen(page)
    whole = chosen is None
    root = page.find("body") if chosen is None else chosen
    if root is None:
        root = page
    line = root.sourceline or 1
    _drop(root, lambda element: element.tag in _NEVER or element.get("role") in _ROLES)
    if whole or root.tag == "main":
        _drop(root, lambda element: element.tag in _FURNITURE)
    else:
        _drop(root, lambda element: element.tag == "footer")
        _strip_headers(root)
    _drop_comments(root)
    _drop_title(root, title)
    return Body(_inner(root), line)


def _chosen(page: "HtmlElement") -> "HtmlElement | None":
    for candidates in (
        [each for each in page.iter() if "articleBody" in _property(each)],
        list(page.iter("article")),
        [each for each in page.iter() if each.tag == "main" or _attribute(each, "role") == "main"],
        [each for each in page.iter("div", "section") if _classes(each) & _BODY_CLASSES],
    ):
        found = _largest(candidates)
        if found is not None:
            return found
    return None


def _classes(element: "HtmlElement") -> set[str]:
    return set((element.get("class") or "").casefold().split())


def _attribute(element: "HtmlElement", name: str) -> str:
    return (element.get(name) or "") if isinstance(element.tag, str) else ""


def _property(element: "HtmlElement") -> list[str]:
    return _attribute(element, "itemprop").split()


def _largest(candidates: "list[HtmlElement]") -> "HtmlElement | None":
    """Return the one with most text; an inner one if it holds most of what its outer one does."""
    best, most = None, 0
    for each in candidates[:_MAX_CANDIDATES]:
        size = len(text_of(each))
        inner = best is not None and any(up is best for up in each.iterancestors())
        if size > most or (inner and size * 2 > most):
            best, most = each, size
    return best


def _drop(root: "HtmlElement", unwanted: "Callable[[HtmlElement], bool]") -> None:
    for element in [each for each in root.iterdescendants() if isinstance(each.tag, str)]:
        if unwanted(element) and element.getparent() is not None:
            element.drop_tree()


def _strip_headers(root: "HtmlElement") -> None:
    """Take the heads of an article off: title and byline stand elsewhere. Its figures stay."""
    for header in list(root.iterdescendants("header")):
        figures = list(header.iterdescendants("figure", "picture", "img", "video"))
        inner = {id(below) for each in figures for below in each.iterdescendants()}
        parent = header.getparent()
        if parent is None:
            continue
        for figure in figures:
            if id(figure) not in inner:
                figure.tail = None
                header.addprevious(figure)
        header.drop_tree()


def _drop_comments(root: "HtmlElement") -> None:
    """Take articles within the article out: they are comments on it, or teasers of others."""
    _drop(root, lambda element: element.tag == "article")


def _drop_title(root: "HtmlElement", title: str) -> None:
    top = next(root.iterdescendants("h1"), None)
    if top is not None and title and text_of(top).casefold() == " ".join(title.split()).casefold():
        top.drop_tree()


_MANGLED = lazy(r"%7B(filename|static|attach|index)%7D", re.IGNORECASE)


def _inner(root: "HtmlElement") -> str:
    from lxml import etree  # noqa: PLC0415  heavy, and few sites have pages

    root.attrib.clear()
    root.tail = None
    html = etree.tostring(root, encoding="unicode", method="html")
    html = html.removeprefix(f"<{root.tag}>").removesuffix(f"</{root.tag}>")
    # The serializer percent-encodes addresses; these are Pelican's, for `normalize` to resolve.
    return _MANGLED.sub(r"{\1}", clean(html)).strip()
