"""What the `<meta>` and `<link>` elements of a page's head say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from feedwright.model import RawField, RawValue
from feedwright.sources.values import clean
from feedwright.text.patterns import lazy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Name of the element, the key that it stands for; of several with one key the first that is there.
_ARTICLE = {
    "article:published_time": "date",
    "og:article:published_time": "date",
    "article:published": "date",
    "og:article:published": "date",
    "article:published_date": "date",
    "article:post_date": "date",
    "article.published": "date",
    "article.created": "date",
    "og:published_time": "date",
    "og:publish_date": "date",
    "og:pubdate": "date",
    "og:datepublished": "date",
    "og:question:published_time": "date",
    "og:regdate": "date",
    "article:modified_time": "updated",
    "og:article:modified_time": "updated",
    "article:modified": "updated",
    "article:modified_date": "updated",
    "article.updated": "updated",
    "og:modified_time": "updated",
    "og:question:modified_time": "updated",
    "article:expiration_time": "expires",
    "article:author": "authors",
    "og:article:author": "authors",
    "article:section": "categories",
    "og:article:section": "categories",
    "article:tag": "tags",
    "og:article:tag": "tags",
}
_OPEN_GRAPH = {
    "og:title": "title",
    "og:description": "description",
    "og:image:secure_url": "image",
    "og:image": "image",
    "og:image:url": "image",
    "og:image:alt": "image_alt",
    "og:locale": "lang",
    "og:updated_time": "updated",
    "og:url": "canonical",
}
_META = {
    "title": "title",
    "headline": "title",
    "dcterms.title": "title",
    "dc.title": "title",
    "citation_title": "title",
    "twitter:title": "title",
    "date": "date",
    "published": "date",
    "pubdate": "date",
    "publishdate": "date",
    "publish-date": "date",
    "published_time": "date",
    "datepublished": "date",
    "dcterms.issued": "date",
    "dcterms.created": "date",
    "dcterms.date": "date",
    "dc.date.issued": "date",
    "dc.date.created": "date",
    "dc.date": "date",
    "parsely-pub-date": "date",
    "sailthru.date": "date",
    "citation_publication_date": "date",
    "citation_date": "date",
    "citation_online_date": "date",
    "prism.publicationdate": "date",
    "cxenseparse:recs:publishtime": "date",
    "cxenseparse:publishtime": "date",
    "rnews:datepublished": "date",
    "shareaholic:article_published_time": "date",
    "mediator_published_time": "date",
    "dcsext.articlefirstpublished": "date",
    "bt:pubdate": "date",
    "rbpubdate": "date",
    "publish_date": "date",
    "published_date": "date",
    "published-date": "date",
    "publisheddate": "date",
    "published_at": "date",
    "publication_date": "date",
    "publication-date": "date",
    "publicationdate": "date",
    "originalpublicationdate": "date",
    "article-publication-date": "date",
    "article_date_original": "date",
    "articledate": "date",
    "publish_time": "date",
    "publishtime": "date",
    "ptime": "date",
    "pdate": "date",
    "gentime": "date",
    "dateposted": "date",
    "date_published": "date",
    "displaydate": "date",
    "release_date": "date",
    "dcterms.available": "date",
    "dc.date.available": "date",
    "dc.issued": "date",
    "dc.created": "date",
    "created": "date",
    "datecreated": "date",
    "date_created": "date",
    "created_time": "date",
    "modified": "updated",
    "updated": "updated",
    "datemodified": "updated",
    "last-modified": "updated",
    "lastmodified": "updated",
    "last_modified": "updated",
    "lastmod": "updated",
    "modified_time": "updated",
    "updated_time": "updated",
    "date_modified": "updated",
    "dateupdate": "updated",
    "revised": "updated",
    "revision_date": "updated",
    "rnews:datemodified": "updated",
    "bt:moddate": "updated",
    "dc.modified": "updated",
    "dcterms.modified": "updated",
    "dc.date.modified": "updated",
    "author": "authors",
    "authors": "authors",
    "byl": "authors",
    "dcterms.creator": "authors",
    "dc.creator": "authors",
    "parsely-author": "authors",
    "sailthru.author": "authors",
    "citation_author": "authors",
    "category": "categories",
    "section": "categories",
    "parsely-section": "categories",
    "tags": "tags",
    "tag": "tags",
    "keywords": "tags",
    "news_keywords": "tags",
    "parsely-tags": "tags",
    "sailthru.tags": "tags",
    "summary": "summary",
    "description": "description",
    "dcterms.description": "description",
    "dc.description": "description",
    "twitter:description": "description",
    "image": "image",
    "thumbnail": "image",
    "twitter:image": "image",
    "twitter:image:src": "image",
    "twitter:image:alt": "image_alt",
    "lang": "lang",
    "language": "lang",
    "content-language": "lang",
    "dcterms.language": "lang",
    "dc.language": "lang",
    "copyright": "rights",
    "rights": "rights",
    "dcterms.rights": "rights",
    "dc.rights": "rights",
    "expires_at": "expires",
    "slug": "slug",
    "status": "status",
    "draft": "draft",
    "save_as": "save_as",
    "url": "url",
    "permalink": "permalink",
    "id": "id",
    "guid": "id",
}
_DUBLIN_CORE = lazy(r"^(dc|dcterms)[:_]")
"""Its names are written with any of three signs: `DC.date`, `dc:date`, `dcterms_date`."""
_SEVERAL = frozenset({"authors", "tags", "categories"})
_SITE_NAMES = frozenset({"og:site_name", "application-name", "apple-mobile-web-app-title"})


class _Tag(NamedTuple):
    name: str
    value: str
    line: int


def fields_of(page: "HtmlElement") -> tuple[RawField, ...]:
    """Return what `article:`, `og:`, other `<meta>` elements and the canonical link say."""
    tags = list(_tags(page))
    return (
        *_fields(tags, _ARTICLE, "article:"),
        *_fields(tags, _OPEN_GRAPH, "og:"),
        *_canonical(page),
        *_fields(tags, _META, "meta"),
    )


def site_names(page: "HtmlElement") -> set[str]:
    """Return the names that the page gives its site."""
    return {tag.value for tag in _tags(page) if tag.name in _SITE_NAMES}


def _tags(page: "HtmlElement") -> Iterator[_Tag]:
    for meta in page.iter("meta"):
        names = f"{meta.get('property') or ''} {meta.get('name') or ''}".split()
        names += [(meta.get("itemprop") or meta.get("http-equiv") or "").strip()]
        value = clean(meta.get("content") or meta.get("datetime") or "").strip()
        if value and _is_of_page(meta):
            line = meta.sourceline or 0
            folded = (_DUBLIN_CORE.sub(r"\1.", name.casefold()) for name in names if name)
            yield from (_Tag(name, value, line) for name in dict.fromkeys(folded))


def _is_of_page(meta: "HtmlElement") -> bool:
    """Whether the element speaks of the page: in its body it may speak of any thing (microdata)."""
    parent = meta.getparent()
    return parent is None or parent.get("itemprop") is None


def _fields(tags: list[_Tag], keys: dict[str, str], origin: str) -> Iterator[RawField]:
    by_name: dict[str, list[_Tag]] = {}
    for tag in tags:
        if tag.name in keys and not (keys is _ARTICLE and _is_profile(tag, keys)):
            by_name.setdefault(tag.name, []).append(tag)
    done: set[str] = set()
    for name, key in keys.items():
        found = by_name.get(name)
        if found and key not in done:
            done.add(key)
            yield RawField(key, _value(key, found), found[0].line, origin)


def _is_profile(tag: _Tag, keys: dict[str, str]) -> bool:
    """Whether an author is given as the address of a profile, which is no name."""
    return keys[tag.name] == "authors" and tag.value.startswith(("http://", "https://", "//"))


def _value(key: str, found: list[_Tag]) -> RawValue:
    if key in _SEVERAL and len(found) > 1:
        return list(dict.fromkeys(tag.value for tag in found))
    return found[0].value


def _canonical(page: "HtmlElement") -> Iterator[RawField]:
    for link in page.iter("link"):
        if "canonical" in (link.get("rel") or "").casefold().split():
            address = clean(link.get("href") or "").strip()
            if address:
                yield RawField("canonical", address, link.sourceline or 0, "meta")
            return
