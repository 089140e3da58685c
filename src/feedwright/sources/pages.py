"""Pages of a site that are no articles, judged by what stands in them and where they lie. Pure.

A date makes an article of nearly everything; without one a page has to lie where articles do. What
is left out is named with the reason by `check`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from feedwright.model import RawField, RawValue, SourceFile
from feedwright.sources.names import DRAFTS, POSTS, stem_of
from feedwright.sources.shapes import words
from feedwright.text.patterns import lazy

_DATES = words(
    "date created createdat createdon createddate createdtime createdate createtime datecreated "
    "creationdate published datepublished datepublish publishedat publishedon publisheddate "
    "publishedtime publisheddatetime publishdatetime publishtime publicationdate publishdate "
    "pubdate pubdatetime firstpublished firstpublishedat postdate posted postedon postedat "
    "dateposted datetime timestamp writtenon writtenat"
)
"""Squashed keys."""
_SWITCHES = words("true false yes no on off")
_DAY_IN_ADDRESS = lazy(r"(?:^|/)(?:19|20)\d\d/\d{1,2}/\d{1,2}/")
_KINDS = words("layout type template pagetype kind")
_MACHINES = words(
    "tag tags tagpage tagspage tagindex taglist tagcloud category categories categorypage "
    "categoryindex categorylist taxonomy taxonomies term terms archive archives search searchpage "
    "searchindex redirect redirected redirects 404 error sitemap feed rss atom offline"
)
"""Kinds of pages that a generator fills in, squashed."""
_DATED_ARTICLES = words("archive archives")
"""Kinds that an article with a date may have as well."""
_PAGES = words("page pages home homepage index landing splash static singlepage about contact")
_PAGE_FOLDERS = words("pages _pages")
_NEVER = words("never false local no")
_REDIRECTS = words("redirectto redirecturl redirect redirection")
_ADDRESS = lazy(r"/|https?://|\.\.?/")
_TEMPLATE_NAME = lazy(
    r"_?(?:(?:post|article|blog|page|draft|entry)s?[-_ ])?template|_?template[-_ ].*"
)
_TEMPLATE_DAY = lazy(r"(?:yyyy|xxxx|0000)[-_]?(?:mm|xx|00)[-_]?(?:dd|xx|00)(?:\W.*|_.*)?")
_TEMPLATE_FIELD = lazy(
    r"^[\"']?(?:date|created|published)[\"']?[ \t]*[:=][^\n]{0,200}(?:\{\{|<%)",
    re.MULTILINE | re.IGNORECASE,
)
_HEAD = 2000
_SEPARATORS = lazy(r"[\s_-]+")


class Layout(NamedTuple):
    """What the content folders as a whole tell of single files."""

    posts: frozenset[str]
    """Content folders, as they begin paths, that hold a `_posts`: what lies beside it are pages."""
    sections: frozenset[str]
    """Folders that hold articles besides their `index`."""
    dates: frozenset[str]
    """Squashed keys that the configuration takes for dates of publication."""
    indexed: frozenset[str] = frozenset()
    """Content folders with an `_index.md`, which is Hugo's: a `_posts` there is a plain folder."""
    bundles: frozenset[str] = frozenset()
    """Folders in those that have an `index.md`: all else in them belongs to that page."""
    indexes: frozenset[str] = frozenset()
    """Paths of the `_index` files."""


NOTHING = Layout(frozenset(), frozenset(), frozenset())
"""Of files that are read alone."""


def layout_of(
    files: Iterable[SourceFile],
    others: Iterable[str],
    folders: Iterable[str],
    dates: Iterable[str],
) -> Layout:
    """Look at the paths of all files once; `others` are those of what the scan left out."""
    posts: set[str] = set()
    sections: set[str] = set()
    bundles: set[str] = set()
    for file in files:
        if POSTS in file.below:
            posts.add(_content_folder(file))
        _add_with_parents(section_of(file.path), sections)
        folder, _, name = file.path.rpartition("/")
        if _is_index(name):
            bundles.add(folder)
    indexes = frozenset(path for path in others if path.rpartition("/")[2].startswith("_index."))
    indexed = _indexed(indexes, folders)
    return Layout(
        frozenset(posts) - indexed,
        frozenset(sections),
        frozenset(map(_squash, dates)),
        indexed,
        frozenset(each for each in bundles if any(map(each.startswith, indexed))),
        indexes,
    )


def with_indexes(layout: Layout, indexes: frozenset[str], folders: Iterable[str]) -> Layout:
    """Return the layout with other `_index` files; what follows for single files is left as it is.

    So where `indexed` differs, everything has to be looked at.
    """
    return layout._replace(indexes=indexes, indexed=_indexed(indexes, folders))


def _indexed(indexes: frozenset[str], folders: Iterable[str]) -> frozenset[str]:
    tops = (folder.rstrip("/") + "/" if folder != "." else "" for folder in folders)
    return frozenset(top for top in tops if any(path.startswith(top) for path in indexes))


def section_of(path: str) -> str:
    """Return the folder that holds a file among other articles: of a bundle the one above."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[0] if _is_index(name) else folder


def is_index_of(path: str, folder: str) -> bool:
    """Tell whether a file is the index of a folder, by its name."""
    parent, _, name = path.rpartition("/")
    return parent == folder and _is_index(name)


def with_sections(layout: Layout, sections: Iterable[str]) -> Layout:
    """Return the layout where the files lie in these sections (`section_of`)."""
    found: set[str] = set()
    for section in sections:
        _add_with_parents(section, found)
    return layout._replace(sections=frozenset(found))


def with_bundles(layout: Layout, added: Iterable[str], gone: Iterable[str]) -> Layout:
    """Return the layout with other files by path, of whose folders some are bundles (Hugo's)."""
    return layout._replace(
        bundles=layout.bundles - _bundles(gone, layout) | _bundles(added, layout)
    )


def _bundles(paths: Iterable[str], layout: Layout) -> frozenset[str]:
    parts = (path.rpartition("/") for path in paths)
    folders = {folder for folder, _, name in parts if _is_index(name)}
    return frozenset(each for each in folders if any(map(each.startswith, layout.indexed)))


def _add_with_parents(folder: str, sections: set[str]) -> None:
    while folder and folder not in sections:
        sections.add(folder)
        folder = folder.rpartition("/")[0]


def has_plain_posts(file: SourceFile, layout: Layout) -> bool:
    """Tell whether the `_posts` of a file's path says nothing: Hugo has it for a folder's name."""
    return _content_folder(file) in layout.indexed and POSTS in file.below


def no_article(file: SourceFile, fields: tuple[RawField, ...], body: str, layout: Layout) -> str:
    """Say why a file with these fields is no article; empty when it is one.

    `fields` are all of the file, of what lies beside it and of its name.
    """
    own = {_squash(field.key): field.value for field in reversed(fields)}
    is_post = ("_posts" in file.path or "_drafts" in file.path) and bool(
        {POSTS, DRAFTS} & set(file.path.split("/"))
    )
    why = _redirects(own, body) or _unlisted(own) or _template(file, own)
    if why or is_post:
        return why
    dated = _tells_date(own) or any(_is_dated(own, key) for key in layout.dates)
    why = _machine_page(own, dated=dated) or _page_of_hexo(file, own, layout)
    return why or ("" if dated else _undated(file, own, layout))


def is_template(text: str) -> bool:
    """Tell whether a text that cannot be read is a template: its date is still to be filled in."""
    return bool(_TEMPLATE_FIELD.search(text, 0, _HEAD))


def _redirects(own: dict[str, RawValue], body: str) -> str:
    if own.keys().isdisjoint(_REDIRECTS):
        return ""
    for key in _REDIRECTS & own.keys():
        value = own[key]
        if not isinstance(value, str) or not value.strip():
            continue
        if key == "redirectto" or (not body and _ADDRESS.match(value.strip())):
            return f"redirects to {value.strip()}"
    return ""


def _unlisted(own: dict[str, RawValue]) -> str:
    """Read Hugo's `build: {list: never}` and `headless: true`."""
    build = own.get("build")  # once `_build`
    if isinstance(build, dict):
        for name in ("list", "render"):
            if str(build.get(name)).casefold() in _NEVER:
                return f"is kept out of lists (build.{name}: {build.get(name)})"
    if "headless" in own and str(own["headless"]).casefold() == "true":
        return "is kept out of lists (headless: true)"
    return ""


def _template(file: SourceFile, own: dict[str, RawValue]) -> str:
    date = own.get("date")
    if isinstance(date, str) and ("{{" in date or "<%" in date):
        return "is a template for new articles"
    name = file.path.rpartition("/")[2].casefold()
    if not name.startswith(("yyyy", "xxxx", "0000")) and "template" not in name:
        return ""
    stem = stem_of(name)
    if _TEMPLATE_DAY.fullmatch(stem):
        return "is a template for new articles"
    if _TEMPLATE_NAME.fullmatch(stem) and not any(map(_tells_day, own.items())):
        return "is a template for new articles"
    return ""


def _machine_page(own: dict[str, RawValue], *, dated: bool) -> str:
    for key, written, kind in _kinds_of(own):
        is_article = dated and key == "layout" and kind in _DATED_ARTICLES
        if kind in _MACHINES and not is_article:
            return f"is a page that its generator fills in ({key}: {written})"
    return ""


def _page_of_hexo(file: SourceFile, own: dict[str, RawValue], layout: Layout) -> str:
    """Hexo dates pages too: `about/index.md` with a `type` of its own, beside `_posts`."""
    is_page = _is_index(file.path.rpartition("/")[2]) and own.get("type")
    return "is a page beside _posts" if is_page and _content_folder(file) in layout.posts else ""


def _undated(file: SourceFile, own: dict[str, RawValue], layout: Layout) -> str:
    """Say why a file without a date is a page."""
    folders, name = file.below.split("/")[:-1], file.path.rpartition("/")[2]
    for key, written, kind in _kinds_of(own):
        if kind in _PAGES:
            return f"is a page without a date ({key}: {written})"
    if _PAGE_FOLDERS & set(folders):
        return "lies among pages, without a date"
    is_collection = any(folder[0] == "_" for folder in folders)
    is_jekylls = bool({"layout", "permalink"} & own.keys()) and not is_collection
    if is_jekylls and _content_folder(file) in layout.posts:
        return "is a page beside _posts, without a date"
    if _is_index(name) and file.path.rpartition("/")[0] in layout.sections:
        return "is the index of a section"
    if name[0] == "_":
        return "begins with _, without a date"
    if layout.bundles and not _is_index(name) and _bundle_of(file, layout):
        return f"belongs to {_bundle_of(file, layout)}/index, without a date of its own"
    return ""


def _bundle_of(file: SourceFile, layout: Layout) -> str:
    """Return the folder of the page that a file belongs to; empty for none."""
    folder = file.path.rpartition("/")[0]
    while folder and folder not in layout.bundles:
        folder = folder.rpartition("/")[0]
    return folder


def _kinds_of(own: dict[str, RawValue]) -> Iterator[tuple[str, str, str]]:
    """Give `layout`, `type` and the like: key, value as written, value squashed.

    A layout may be a path with an extension: `../layouts/Search.astro`.
    """
    if own.keys().isdisjoint(_KINDS):
        return
    for key in sorted(_KINDS & own.keys()):
        written = own[key]
        if isinstance(written, str) and written:
            name = written.rpartition("/")[2].partition(".")[0]
            yield key, written, _squash(name)


def _tells_date(own: dict[str, RawValue]) -> bool:
    date = own.get("date")  # which most have
    return (date is not None and _says_something(date)) or any(map(_tells_day, own.items()))


def _tells_day(pair: tuple[str, RawValue]) -> bool:
    """Tell whether a field is a date, or an address with a day in it."""
    key, value = pair
    if key in {"permalink", "url", "path"}:
        return isinstance(value, str) and bool(_DAY_IN_ADDRESS.search(value))
    return key in _DATES and _says_something(value)


def _is_dated(own: dict[str, RawValue], key: str) -> bool:
    return _says_something(own.get(key))


def _says_something(value: RawValue) -> bool:
    if value is None or isinstance(value, bool) or value in ({}, []):
        return False
    return not isinstance(value, str) or bool(value.strip() and value.casefold() not in _SWITCHES)


def _is_index(name: str) -> bool:
    return name.casefold().startswith("index.")


def _content_folder(file: SourceFile) -> str:
    return file.path[: len(file.path) - len(file.below)]


@lru_cache(maxsize=4096)
def _squash(key: str) -> str:
    return _SEPARATORS.sub("", key.casefold())
