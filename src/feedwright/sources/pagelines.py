"""What a page shows, line by line in the order of the document, and where its headline stands."""

from typing import TYPE_CHECKING, NamedTuple

from feedwright.sources.shapes import words
from feedwright.sources.values import clean
from feedwright.text.patterns import lazy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = words(
    "a abbr b bdi bdo big cite code em font i kbd label mark q s samp small span strong sub sup "
    "time tt u var ins wbr img"
)
_UNSEEN = words("script style template noscript head svg select option textarea iframe object")
_AROUND = words("nav aside form")
"""Elements that stand around an article."""
_AROUND_IN_PAGES = words("header footer")
"""Around the page; those of an article are its own."""
_ROLES = words("navigation search banner contentinfo complementary")
_NAMES_AROUND = lazy(
    r"(?:^|[\s_-])(?:comments?(?!-count)|commentlist|respond|disqus_thread|sidebar\w*|widget\w*|"
    r"related\w*|recent\w*|popular\w*|teasers?|navi?|navbar|navigation|menu\w*|"
    r"breadcrumbs?|masthead|calendar|events?|newsletter\w*|promo\w*|trending|mostread|recommend\w*|similar|"
    r"twitter\w*|tweets?|ticker|archives?|topbar|latest\w*|pagination|pager|"
    r"copyright|cookies?|modal|popup|advert\w*|ads?|clock|weather|wetter|today\w*|current\w*)(?=$|[\s_-])"
    r"|(?:^|\s)(?:(?:site|page|main|top|global)[_-]?)?(?:header|head|footer)(?=$|\s)"
)
_NAMES_OF_ARTICLES = lazy(r"(?:^|[\s_-])(?:entry|post|article|story|news|content)[_-]")
_NAMES_OF_DATES = lazy(
    r"date|datum|time(?!line)|(?:^|[\s_-])(?:data|dato|fecha|posted|created?|submitted|byline|meta|"
    r"info|dateline|day|kicker|details?)(?=$|[\s_-])|(?:post|entry|article|news|blog)_?(?:meta|info)|"
    r"publi[csz]|pubdat|calendar|author|publish|parution|tarih"
)
_MOST_ELEMENTS = 30_000
_LONGEST = 600
"""Characters of a line."""
_LONGEST_MARKED = 160


class Line(NamedTuple):
    """A line of text as a person sees it."""

    position: int
    text: str
    in_article: bool
    """Below `<article>` or `<main>`."""


class Marked(NamedTuple):
    """A `<time>`, or an element that is named as if it held a date."""

    position: int
    """Of the line in which it begins."""
    element: "HtmlElement"
    names: str
    text: str
    in_article: bool


class Lines(NamedTuple):
    """What may speak of the article: without what stands around it."""

    lines: tuple[Line, ...]
    marked: tuple[Marked, ...]
    headline: int
    """Position of the headline; -1 for none."""


def lines_of(page: "HtmlElement", headline: "HtmlElement | None") -> Lines:
    """Return the lines of a page. Time is linear in its size."""
    body = page.find("body")
    reader = _Reader(headline)
    reader.read(page if body is None else body)
    return Lines(tuple(reader.lines), tuple(reader.marked), reader.headline)


def names_of(element: "HtmlElement") -> str:
    """Return class and id of an element, in lower case."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".casefold().strip()


class _Reader:
    """Goes through a page once. A line ends where a block begins or ends, and at `<br>`."""

    def __init__(self, headline: "HtmlElement | None") -> None:
        self.lines: list[Line] = []
        self.marked: list[Marked] = []
        self.headline = -1
        self._headline = headline
        self._above = set() if headline is None else {headline, *headline.iterancestors()}
        self._texts: list[str] = []
        self._articles = 0

    def read(self, root: "HtmlElement") -> None:
        from lxml import etree  # noqa: PLC0415  heavy, and few sites have pages

        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        seen = 0
        skipped = None
        for event, element in walk:
            if event != "start":
                if event == "end":
                    self._end(element, shown=element is not skipped)
                if element.tail and element is not root:
                    self._texts.append(element.tail)
                continue
            seen += 1
            skipped = element if seen > _MOST_ELEMENTS or self._is_skipped(element) else None
            if skipped is not None:
                walk.skip_subtree()
            else:
                self._begin(element)
        self._flush()

    def _is_skipped(self, element: "HtmlElement") -> bool:
        if element.tag in _UNSEEN:
            return True
        if element in self._above:
            return False
        if element.tag in _AROUND or element.get("role") in _ROLES:
            return True
        names = names_of(element)
        if element.tag in _AROUND_IN_PAGES and not self._articles:
            return not _NAMES_OF_ARTICLES.search(names)
        return bool(names) and bool(_NAMES_AROUND.search(names))

    def _begin(self, element: "HtmlElement") -> None:
        if element.tag not in _INLINE:
            self._flush()
        if element is self._headline:
            self.headline = len(self.lines)
        self._articles += element.tag in {"article", "main"}
        names = names_of(element)
        if element.tag in {"time", "abbr"} or (names and _NAMES_OF_DATES.search(names)):
            text = _text_within(element)
            if len(text) <= _LONGEST_MARKED:
                at = len(self.lines)
                self.marked.append(Marked(at, element, names, text, self._articles > 0))
        if element.text:
            self._texts.append(element.text)

    def _end(self, element: "HtmlElement", *, shown: bool) -> None:
        if element.tag not in _INLINE and element.tag not in _UNSEEN:
            self._flush()
        self._articles -= shown and element.tag in {"article", "main"}

    def _flush(self) -> None:
        text = " ".join(clean(" ".join(self._texts)).split())[:_LONGEST]
        self._texts.clear()
        if text:
            self.lines.append(Line(len(self.lines), text, self._articles > 0))


def _text_within(element: "HtmlElement") -> str:
    """Return the text of an element with spaces between its parts; stops where it is long."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part)
        size += len(part.strip())
        if size > _LONGEST_MARKED:
            break
    return " ".join(clean(" ".join(parts)).split())
