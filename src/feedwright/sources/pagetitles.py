"""The headline of a page: which element it is, and a title without the name of the site."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feedwright.sources.pagelines import names_of
from feedwright.sources.values import clean
from feedwright.text.patterns import lazy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SEPARATOR = lazy(
    r"\s+(?:[-–—|·•«»~›/]{1,3}|::|<|>)\s+|\s*[|｜：]\s*|\s*::\s*|\s?:\s+|--|_|(?<=[\u3040-\u9fff])-"
)
_OF_SITES = lazy(r"\s*(?:[|｜]|::)\s*")
"""Separators that are hardly ever part of a headline."""
_OF_SITES_TOO = lazy(r"\s*(?:[|｜]|::)\s*|\s[«»]\s")
_QUOTED = lazy(r"«[^«»]*»|»[^«»]*«")
"""Where these signs are quotes, not separators."""
_DOMAIN = lazy(r"(?:[a-z0-9-]+\.)+[a-z]{2,12}", re.IGNORECASE)
_HEADLINE_NAMES = lazy(
    r"(?:^|[\s_-])(?:entry|post|article|story|news|p|content)[_-]*(?:title|headline|name)(?=$|[\s_-])"
    r"|(?:^|\s)headline(?=$|\s)"
)
_TITLE_NAMES = lazy(r"title|head|titre|titulo|ueberschrift|überschrift|otsikko|rubrik")
_MOST_TEXTS = 3_000
_FEW_CHILDREN = 4
_AROUND = frozenset({"nav", "aside", "footer", "form"})
_CUT = lazy(r"\s*(?:…|\.\.\.)$")
_HOME = lazy(
    r"(?:https?:)?//[^/?#]+/?|/|\./|(?:\.\./)*(?:index\.(?:html?|php))|/index\.(?:html?|php)",
    re.IGNORECASE,
)
"""Addresses of a home page."""
_OF_FEEDS = lazy(
    r"\s*(?:[»|:–-].*|[([].*|(?:rss|atom)?(?:\s|-)*(?:2\.0|1\.0)?(?:\s|-)*feed|rss|atom)\s*$",
    re.IGNORECASE | re.DOTALL,
)
_MOST_HEADINGS = 60
_MOST_LINKS = 300
_LEAST_HEADLINE = 16
"""Characters."""
_SHORTEST_PART = 8
"""Characters of a heading that may be told by being part of a title."""
_LONGEST_NAME = 5
"""Words of a site's name."""


class Names(NamedTuple):
    """What the site of a page is called."""

    keys: frozenset[str]
    hosts: tuple[str, ...]
    """Labels of its host name without the last one."""

    @classmethod
    def of(cls, names: Iterable[str], address: str) -> "Names":
        """Take the names as written, and the address of the page."""
        host = (_host(address) or "").removeprefix("www.")
        labels = tuple(label for label in host.split(".")[:-1] if len(label) > 2)
        return cls(frozenset(key(name) for name in names) - {""}, labels)

    def have(self, text: str) -> bool:
        """Whether a text is the name of the site."""
        name = key(text)
        if not name or name in self.keys:
            return bool(name)
        if len(text.split()) > _LONGEST_NAME:
            return False
        if any(label.replace("-", "") == name for label in self.hosts):
            return True
        return bool(_DOMAIN.fullmatch(text.strip())) and any(
            label in text.casefold() for label in self.hosts
        )


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def key(text: str) -> str:
    """Return what counts when texts are compared: letters and digits, without case or accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if each.isalnum())


def headline_of(page: "HtmlElement", titles: Iterable[str], names: Names) -> "HtmlElement | None":
    """Return the element that is the headline; `titles` are what metadata calls the page.

    The heading that a title consists of, or is part of; else one that is named as a headline; else
    the first `<h1>`, of an article if there is one.
    """
    titles = tuple(titles)
    keys = [found for found in map(key, titles) if found]
    parts = {max(map(key, _SEPARATOR.split(title)), key=len) for title in titles} - {""}
    headings = [each for each in _headings(page) if not names.have(text_of(each))]
    best = max(headings, key=lambda each: _likeness(each, keys, parts), default=None)
    if best is not None and _likeness(best, keys, parts) > (0, 0, 0):
        return best
    named = next((each for each in headings if _is_named(each)), None)
    tops = [each for each in headings if each.tag == "h1"]
    of_articles = [top for top in tops if any(up.tag == "article" for up in top.iterancestors())]
    fallback = next(iter((*([] if named is None else [named]), *of_articles, *tops)), None)
    return fallback if fallback is not None else _titled_text(page, titles)


def _titled_text(page: "HtmlElement", titles: Iterable[str]) -> "HtmlElement | None":
    """Return what old pages have for a heading: a cell or a span that is part of the title."""
    parts = {key(part) for title in titles for part in (title, *_SEPARATOR.split(title))}
    wanted = {part for part in parts if len(part) >= _SHORTEST_PART}
    for number, element in enumerate(page.iter("td", "th", "div", "span", "p", "b", "strong")):
        if number >= _MOST_TEXTS or not wanted:
            return None
        if not _TITLE_NAMES.search(names_of(element)) or len(element) > _FEW_CHILDREN:
            continue
        if key(text_of(element)) in wanted:
            return element
    return None


def text_of(element: "HtmlElement") -> str:
    """Return the text in an element on one line."""
    return " ".join(clean("".join(element.itertext())).split())


def logos(page: "HtmlElement") -> set[str]:
    """Return the texts of links to the site's home page: they are its name, if they are short."""
    found: set[str] = set()
    for number, link in enumerate(page.iter("a")):
        if number >= _MOST_LINKS:
            break
        if _HOME.fullmatch((link.get("href") or "").strip()):
            found.add(text_of(link))
            found |= {clean(image.get("alt") or "") for image in link.iter("img")}
    return {text for text in found if 0 < len(text.split()) <= _LONGEST_NAME}


def feed_names(page: "HtmlElement") -> set[str]:
    """Return what links to feeds call the site: `Harbour Light RSS Feed`."""
    found: set[str] = set()
    for link in page.iter("link"):
        kind = (link.get("type") or "").casefold()
        if kind in {"application/rss+xml", "application/atom+xml"}:
            name = _OF_FEEDS.sub("", clean(link.get("title") or "")).strip()
            found |= {name} if name else set()
    return found


def _headings(page: "HtmlElement") -> Iterator["HtmlElement"]:
    for number, heading in enumerate(page.iter("h1", "h2", "h3")):
        if number >= _MOST_HEADINGS:
            return
        around = {up.tag for up in heading.iterancestors()}
        homes = (_HOME.fullmatch((link.get("href") or "").strip()) for link in heading.iter("a"))
        if text_of(heading) and not around & _AROUND and not any(homes):
            yield heading


def _likeness(heading: "HtmlElement", titles: list[str], parts: set[str]) -> tuple[int, int, int]:
    """Return how much of a title a heading is: all of it, or how many letters.

    `parts` are the longest ones between separators; what is short must be one of them.
    """
    found = key(text_of(heading))
    if found in titles:
        return 2, 0, heading.tag == "h1"
    is_told = len(found) >= _SHORTEST_PART and any(found in title for title in titles)
    if is_told or found in parts:
        return 1, len(found), heading.tag == "h1"
    return 0, 0, 0


def _is_named(heading: "HtmlElement") -> bool:
    return heading.get("itemprop") in {"headline", "name"} or bool(
        _HEADLINE_NAMES.search(names_of(heading))
    )


# ---------------------------------------------------------------- titles


def without_site(
    title: str,
    names: Names,
    heading: str,
    others: Sequence[str] = (),
    *,
    is_document: bool = False,
) -> str:
    """Take the site's name off a title: ` - Harbour Light`, or `Harbour Light | ` before it.

    It is known from the page's metadata and its address; or by the page's heading, or another of
    its titles, which is the rest. Of a document's `<title>` what stands behind a `|` is taken for
    it as well.
    """
    title = _whole(" ".join(title.split()), heading)
    if key(title) == key(heading):
        return title
    for part in _SEPARATOR.split(title)[1:-1] if is_document else ():
        if len(key(part)) >= _SHORTEST_PART and key(part) == key(heading):
            return part.strip()
    cuts = list(_cuts(title))
    told = {key(each) for each in others}
    for cut in cuts:
        is_heading = key(cut.rest) == key(heading) and cut.may_be_heading(is_document=is_document)
        if names.have(cut.other) or key(cut.rest) in told or is_heading:
            return without_site(cut.rest, names, heading, others, is_document=is_document)
    within = [cut.rest for cut in cuts if not cut.is_colon and _is_within(cut.rest, heading)]
    if within and not _is_within(title, heading):
        return max(within, key=len)
    part = _longest_part(title) if is_document else title
    return title if part == title else without_site(part, names, heading, others)


class _Cut(NamedTuple):
    """A title taken apart at a separator: what may stay, and what may come off."""

    rest: str
    other: str
    is_front: bool
    """Whether what may stay is in front of the separator."""
    is_colon: bool

    def may_be_heading(self, *, is_document: bool) -> bool:
        """Whether the rest may stay because it is the heading.

        Behind a colon may be a subtitle, which the heading need not have.
        """
        return not self.is_colon or (is_document and not self.is_front)


def _cuts(title: str) -> Iterator[_Cut]:
    for found in _SEPARATOR.finditer(title):
        before, after = title[: found.start()].strip(), title[found.end() :].strip()
        if before and after:
            is_colon = found[0].strip() in {":", "："}
            yield _Cut(before, after, True, is_colon)  # noqa: FBT003  a tuple's value
            yield _Cut(after, before, False, is_colon)  # noqa: FBT003  a tuple's value


def _is_within(text: str, heading: str) -> bool:
    part = key(text)
    return len(part) >= _SHORTEST_PART and part in key(heading)


def _whole(title: str, heading: str) -> str:
    """Return the heading for a title that was cut at its end: `The crane is b…`."""
    cut = _CUT.search(title)
    begins = key(title[: cut.start()]) if cut is not None else ""
    if len(begins) >= _SHORTEST_PART and key(heading).startswith(begins):
        return heading
    return title


def _longest_part(title: str) -> str:
    """Return the longest part of a title, if another one is short enough to be a site's name."""
    separators = _OF_SITES if _QUOTED.search(title) else _OF_SITES_TOO
    parts = [part.strip() for part in separators.split(title) if part.strip()]
    parts.sort(key=lambda part: (-len(part.split()), -len(part)))
    if len(parts) < 2 or len(parts[-1].split()) > _LONGEST_NAME or len(parts[0]) < _LEAST_HEADLINE:
        return title
    return parts[0]
