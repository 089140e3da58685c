"""Where a site's articles lie, judged by their names and the heads of the files."""

import re
from collections import Counter
from collections.abc import Iterable

from feedwright.operations.recognize.folder import SiteFolder
from feedwright.text import languages
from feedwright.text.patterns import lazy

WRITTEN = (
    *(".md", ".mdx", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown"),
    *(".rst", ".html", ".htm", ".txt", ".lr"),
)
_HEAD = 2000
_DATE = lazy(
    r"^[ \t]*(?:\.\. |:)?[\"']?(?:(?:pub|publish|published|publication|posted?|created?)"
    r"[_-]?(?:date(?:[_-]?time)?|time|at|on)|date(?:[_-]?(?:time|created|published|posted))?"
    r"|published|posted|created)[\"']?\s*[:=]",
    re.MULTILINE | re.IGNORECASE,
)
_DATED_NAME = lazy(r"(?:^|/)\d{4}-\d{1,2}-\d{1,2}[-_. ]")
_ENOUGH = 400
"""Files of a folder whose heads are read."""
_MOST_HEADS = 5000
_LANGUAGE = lazy(
    r"^[ \t]*(?:\.\. |:)?[\"']?lang(?:uage)?[\"']?\s*[:=][ \t]*[\"']?"
    r"([A-Za-z]{2,3}(?:[_-]\w{2,4})?)\b",
    re.MULTILINE | re.IGNORECASE,
)
LIKELY = (
    "posts",
    "_posts",
    "blog",
    "articles",
    "post",
    "news",
    "writing",
    "notes",
    "essays",
    "journal",
)


def is_dated(site: SiteFolder, path: str) -> bool:
    """Tell whether a file seems to have a date."""
    return bool(_DATED_NAME.search(path)) or bool(_DATE.search(_head(site, path)))


def holds_dated(site: SiteFolder, below: str) -> bool:
    """Tell whether there is an article with a date below a folder."""
    written = (path for path in site.files(below) if path.casefold().endswith(WRITTEN))
    return any(is_dated(site, path) for path in written)


def lacks_own_date(site: SiteFolder, below: str) -> bool:
    """Tell whether most files with a date in their name have none within."""
    lacking = having = 0
    for path in site.files(below):
        if path.casefold().endswith(WRITTEN) and _DATED_NAME.search(path):
            has = bool(_DATE.search(_head(site, path)))
            lacking, having = lacking + (not has), having + has
            if lacking + having >= _ENOUGH:
                break
    return lacking > having


def folders(site: SiteFolder, below: str = "", extensions: Iterable[str] = WRITTEN) -> list[str]:
    """Return the folders below `below` that hold dated articles, the likeliest first."""
    wanted = tuple(extensions)
    looked: Counter[str] = Counter()
    dated: Counter[str] = Counter()
    for path in site.files(below):
        if path.casefold().endswith(wanted):
            folder = _collection(path, below)
            looked[folder] += 1
            if looked[folder] <= _ENOUGH and is_dated(site, path):
                dated[folder] += 1
    return sorted(dated, key=lambda folder: (-_weight(folder, dated[folder]), folder))


def best_folder(site: SiteFolder, below: str = "", extensions: Iterable[str] = WRITTEN) -> str:
    """Return the likeliest folder; empty for none, and when it is the site's folder itself."""
    found = folders(site, below, extensions)
    return found[0] if found else ""


def tongues(site: SiteFolder, below: str) -> tuple[str, ...]:
    """Return the languages that articles below a folder declare, sorted."""
    found: set[str] = set()
    for number, path in enumerate(site.files(below)):
        if number >= _MOST_HEADS:
            break
        if path.casefold().endswith(WRITTEN):
            match = _LANGUAGE.search(_head(site, path))
            tag = languages.normalize(match[1]) if match else ""
            found |= {tag} if tag else set()
    return tuple(sorted(found))


def _collection(path: str, below: str) -> str:
    """Give the folder that an article belongs to: above years, and above one of its own."""
    *names, name = path.split("/")
    least = len(below.split("/")) if below else 0
    for number in range(least, len(names)):
        if names[number].casefold() in LIKELY:
            return "/".join(names[: number + 1])
    if name.casefold().startswith(("index.", "contents")) and len(names) > least:
        names.pop()
    while len(names) > least and names[-1].isdigit():
        names.pop()
    return "/".join(names)


def _weight(folder: str, number: int) -> int:
    return number * (3 if folder.rpartition("/")[2].casefold() in LIKELY else 1)


def _head(site: SiteFolder, path: str) -> str:
    try:
        with (site.root / path).open("rb") as file:
            return file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
