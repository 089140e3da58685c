"""A folder of pages, texts or Markdown that no generator claims."""

import html
import re
from collections import Counter

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.articles import WRITTEN
from feedwright.operations.recognize.folder import SiteFolder
from feedwright.operations.recognize.found import Found
from feedwright.text.patterns import lazy

_PAGES = (".html", ".htm", ".xhtml")
_SITE_NAME = lazy(r"property=[\"']og:site_name[\"']\s+content=[\"']([^\"']+)", re.IGNORECASE)
_CANONICAL = lazy(
    r"<link[^<>]*rel=[\"']?canonical[\"']?[^<>]*href=[\"'](https?://[^/\"']+/)", re.IGNORECASE
)
_LANGUAGE = lazy(r"<html[^<>]*\blang=[\"']?([A-Za-z-]+)", re.IGNORECASE)
_LOOKED_AT = 50


def recognize(site: SiteFolder) -> Found | None:
    """Read what pages say about their site; of texts there is nothing to read."""
    kinds: Counter[str] = Counter()
    pages: list[str] = []
    folder = site.first_folder("content", "posts", "articles", "texts")
    for path in site.files(folder):
        if path.casefold().endswith(WRITTEN):
            is_page = path.casefold().endswith(_PAGES)
            kinds["pages" if is_page else "texts"] += 1
            pages += [path] if is_page and len(pages) < _LOOKED_AT else []
    if not kinds:
        return None
    of_pages = kinds["pages"] > kinds["texts"]
    heads = "\n".join(site.text(path)[:20_000] for path in pages)
    return Found(
        "a folder of pages" if of_pages else "a folder of texts",
        f"{kinds['pages']} pages, {kinds['texts']} texts",
        title=_most(_SITE_NAME, heads),
        url=_most(_CANONICAL, heads),
        language=_most(_LANGUAGE, heads),
        path=(folder or ".",),
        static=(folder or ".",),
        permalink="/{path}.html" if of_pages else "/{path}/",
        permalinks=(PermalinkRule("/{path}/", match="index.html"),) if of_pages else (),
        undated=True,
    )


def _most(pattern: re.Pattern[str], text: str) -> str:
    found = Counter(pattern.findall(text)).most_common(1)
    return html.unescape(found[0][0]).strip() if found else ""
