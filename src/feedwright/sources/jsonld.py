"""What a page's JSON-LD says of its article (schema.org)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from feedwright.model import Problem, RawField, RawValue
from feedwright.sources.metadata import load_json
from feedwright.sources.shapes import Place, UnreadableError, warning, words
from feedwright.sources.values import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Node = dict[str, Any]  # Any: JSON of any shape

_ORIGIN = "json-ld"
_TYPES = words(
    "article newsarticle blogposting socialmediaposting liveblogposting techarticle report "
    "scholarlyarticle advertisercontentarticle satiricalarticle analysisnewsarticle "
    "askpublicnewsarticle backgroundnewsarticle opinionnewsarticle reportagenewsarticle "
    "reviewnewsarticle apireference discussionforumposting podcastepisode blogpost newsreport "
    "pressrelease recipe howto review"
)
_WEB_PAGES = words("webpage itempage medicalwebpage faqpage qapage aboutpage creativework")
"""What speaks of the page as a whole: its dates are the article's, its name is not."""
_PAGES = frozenset({"webpage", "website", "organization", "newsmediaorganization", "blog"})
_MAX_BLOCKS = 50
_MAX_BLOCK = 2_000_000


class Linked(NamedTuple):
    """The fields, and the names of the site and its publisher."""

    fields: tuple[RawField, ...]
    site_names: set[str]


def fields_of(page: "HtmlElement", place: Place, problems: list[Problem]) -> Linked:
    """Read the article that the page is about; a block that cannot be read is a warning."""
    nodes: list[tuple[Node, int]] = []
    for script in list(page.iter("script"))[:_MAX_BLOCKS]:
        kind = (script.get("type") or "").partition(";")[0].strip().casefold()
        if kind == "application/ld+json" and (script.text or "").strip():
            line = script.sourceline or 1
            nodes += ((node, line) for node in _nodes(script.text or "", line, place, problems))
    named = ((node["@id"], node) for node, _ in reversed(nodes) if "@id" in node and len(node) > 1)
    by_id = {str(id_): node for id_, node in named}
    article, line = _article(page, nodes)
    sites = {_text(node.get("name")) for node, _ in nodes if _types(node) & _PAGES - {"webpage"}}
    if article is None:
        return Linked(_of_web_page(nodes), sites - {""})
    publisher = _follow(article.get("publisher"), by_id)
    sites |= {_text(each.get("name")) for each in publisher if isinstance(each, dict)}
    fields = tuple(
        RawField(key, value, line, _ORIGIN) for key, value in _values(article, by_id) if value
    )
    return Linked(fields, sites - {""})


def _of_web_page(nodes: list[tuple[Node, int]]) -> tuple[RawField, ...]:
    """Return the dates of a page that has no node for its article."""
    for node, line in nodes:
        if _types(node) & _WEB_PAGES and _text(node.get("datePublished")):
            values = (("date", "datePublished"), ("updated", "dateModified"))
            pairs = ((key, _text(node.get(name))) for key, name in values)
            return tuple(RawField(key, value, line, _ORIGIN) for key, value in pairs if value)
    return ()


def _nodes(text: str, line: int, place: Place, problems: list[Problem]) -> list[Node]:
    """Return every object of a block, the outer ones first: of `@graph`, of lists, nested."""
    try:
        if len(text) > _MAX_BLOCK:
            what = "is too large to be read"
            raise UnreadableError("json-ld", line, what, "mend it")
        root = load_json(_unwrapped(text), line - 1)
    except UnreadableError as error:
        what = f"the JSON-LD of the page {error.what}, so it was not used"
        problems.append(warning("json-ld", place.path, error.line, what=what, cure=error.cure))
        return []
    found: list[Node] = []
    level: list[Any] = [root]
    while level:
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                found.append(each)
                below += each.values()
            elif isinstance(each, list):
                below += each
        level = below
    return found


def _unwrapped(text: str) -> str:
    """Take comment marks and CDATA off, which were once put around scripts, and a last `;`."""
    text = text.strip().removeprefix("//").lstrip()
    text = text.removeprefix("<!--").removeprefix("<![CDATA[")
    text = text.rstrip().removesuffix("-->").removesuffix("]]>").rstrip().removesuffix("//")
    return text.rstrip("; \t\r\n")


def _types(node: Node) -> set[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return {re.split(r"[/#:]", name)[-1].casefold() for name in names if isinstance(name, str)}


def _article(page: "HtmlElement", nodes: list[tuple[Node, int]]) -> tuple[Node | None, int]:
    """Return the article of the page: the one with its address, else the first with a headline."""
    articles = [(node, line) for node, line in nodes if _types(node) & _TYPES]
    own = {
        (link.get("href") or "").rstrip("/")
        for link in page.iter("link")
        if (link.get("rel") or "").casefold() == "canonical"
    } - {""}
    for node, line in articles:
        if len(articles) > 1 and {address.rstrip("/") for address in _addresses(node)} & own:
            return node, line
    for node, line in articles:
        if _text(node.get("headline")) or _text(node.get("name")):
            return node, line
    return articles[0] if articles else (None, 0)


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.strip():
            yield value.strip()


def _values(node: Node, by_id: dict[str, Node]) -> Iterator[tuple[str, RawValue]]:
    """Return key and value of each field, as the table of docs/dialects.md has them."""
    yield "title", _text(node.get("headline")) or _text(node.get("name"))
    yield "date", _text(node.get("datePublished")) or _text(node.get("dateCreated"))
    yield "updated", _text(node.get("dateModified"))
    yield "authors", _people(node.get("author") or node.get("creator"), by_id)
    yield "categories", _texts(node.get("articleSection"))
    yield "tags", _texts(node.get("keywords"), by_id)
    yield "description", _text(node.get("description"))
    yield "image", _image(node.get("image"), by_id) or _image(node.get("thumbnailUrl"), by_id)
    yield "lang", _language(node.get("inLanguage"))
    yield "canonical", next((url for url in _addresses(node) if url.startswith("http")), "")
    yield "rights", _text(node.get("copyrightNotice"))
    yield "expires", _text(node.get("expires"))


def _follow(value: Any, by_id: dict[str, Node]) -> list[Any]:
    """Return a value as a list, with what it only refers to."""
    items = value if isinstance(value, list) else [value]
    return [
        by_id.get(str(item["@id"]), item) if isinstance(item, dict) and "@id" in item else item
        for item in items
    ]


def _text(value: Any) -> str:
    while isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return clean(value).strip() if isinstance(value, str) else ""


def _texts(value: Any, by_id: dict[str, Node] | None = None) -> RawValue:
    """Return one text as it stands, several as a list."""
    if not isinstance(value, list):
        value = [value] if isinstance(value, dict) else value
    if isinstance(value, list):
        items = _follow(value, by_id or {})
        names = (_text(item.get("name") if isinstance(item, dict) else item) for item in items)
        return [*dict.fromkeys(name for name in names if name)]
    return _text(value)


def _people(value: Any, by_id: dict[str, Node]) -> RawValue:
    people: list[RawValue] = []
    for person in _follow(value, by_id):
        if isinstance(person, dict):
            image = _image(person.get("image"), by_id)
            names = _texts(person.get("name"))
            for name in names if isinstance(names, list) else [names]:
                facts = {"name": name, "email": _text(person.get("email")).removeprefix("mailto:")}
                facts |= {"url": _text(person.get("url")), "avatar": image}
                people.append({key: fact for key, fact in facts.items() if fact})
        elif _text(person):
            people.append(_text(person))
    return [person for person in people if person]


def _image(value: Any, by_id: dict[str, Node]) -> str:
    for image in _follow(value, by_id):
        if isinstance(image, dict):
            address = _text(image.get("url")) or _text(image.get("contentUrl"))
        else:
            address = _text(image)
        if address:
            return address
    return ""


def _language(value: Any) -> str:
    if isinstance(value, dict):
        return _text(value.get("alternateName")) or _text(value.get("name"))
    return _text(value)
