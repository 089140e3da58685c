"""What a path tells of an article: date, slug, language, draft, categories. Pure."""

import posixpath
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from feedwright.model import RawField
from feedwright.sources.shapes import ARTICLE_EXTENSIONS, TREE_EXTENSIONS, WRITTEN_EXTENSIONS
from feedwright.text import languages
from feedwright.text.patterns import lazy
from feedwright.text.slugs import jekyll_pretty

POSTS = "_posts"
DRAFTS = "_drafts"

_DATED = lazy(r"((?:19|20|21)\d\d)([-_.])(\d{1,2})\2(\d{1,2})(?:[-_ ]+(.*))?", re.DOTALL)
_TRANSLATED = lazy(r"(?:^|/)i18n/([^/]+)/docusaurus-plugin-content-blog(?:-[^/]+)?$")
_DAY_IN_YEAR = lazy(r"(\d\d)-(\d\d)-(.+)", re.DOTALL)
_YEAR = lazy(r"(?:19|20|21)\d\d")
_NUMBER = lazy(r"\d{1,2}")


class NameFacts(NamedTuple):
    """What the path of an article says. Empty where it says nothing."""

    slug: str
    """Of the file, or of the folder of an `index` file; without date, language and extension."""
    day: date | str | None
    """A date, or text such as `2024-02-30` that looks like one and is none."""
    day_origin: str
    """`file name` or `folder`."""
    language: str
    language_origin: str
    draft: bool
    """Below a `_drafts` folder."""
    categories: tuple[str, ...]
    """Folders above `_posts`."""
    folder: str
    """The folder that holds the article, which Pelican takes for its category."""


def locales(content_folders: Iterable[str]) -> dict[str, str]:
    """Return the language of each content folder that holds translations of Docusaurus.

    Without a slash at the end, as the paths of its files begin.
    """
    found: dict[str, str] = {}
    for path in content_folders:
        if "docusaurus-plugin-content-blog" in path:
            normal = posixpath.normpath(path)
            match = _TRANSLATED.search(normal)
            if match is not None and languages.normalize(match[1]):
                found[normal] = match[1]
    return found


def facts(below: str, content_folder: str = "") -> NameFacts:
    """Read the path of an article below its content folder (whose own name may be `_posts`)."""
    *folders, name = below.split("/")
    stem, language = _stem_and_language(name)
    language_origin = "file name" if language else ""
    if stem.casefold() == "contents" and name.casefold().endswith(".lr"):
        stem = "index"  # Lektor: the folder is the article
    if not language and folders and languages.is_suffix(folders[0]):
        language, language_origin = folders[0], "folder"
    holder = folders[-1] if folders else ""
    bundle = stem.casefold() == "index" and bool(folders)
    if bundle:
        stem = folders.pop()
        holder = folders[-1] if folders else ""
    slug, day, origin = _slug_and_day(stem, folders)
    if bundle and origin == "file name":
        origin = "folder"
    above = (content_folder, *folders)
    if POSTS in above or DRAFTS in above:
        slug = jekyll_pretty(slug) or slug
    return NameFacts(
        slug,
        day,
        origin,
        language,
        language_origin,
        DRAFTS in above,
        _categories(folders, language_origin),
        "" if language_origin == "folder" and len(folders) < 2 else holder,
    )


def fields_of(found: NameFacts) -> tuple[RawField, ...]:
    """Return the facts as fields, for the end of an article's own; but for `draft`, which is first.

    A file below `_drafts` stays a draft whatever it says itself: in doubt nothing is published.
    """
    fields: list[RawField] = []
    if found.day is not None:
        fields.append(RawField("date", found.day, 0, found.day_origin))
    if found.slug:
        fields.append(RawField("slug", found.slug, 0, "file name"))
    if found.language:
        fields.append(RawField("lang", found.language, 0, found.language_origin))
    if found.categories:
        fields.append(RawField("categories", list(found.categories), 0, "folder"))
    return tuple(fields)


def stem_of(name: str) -> str:
    """Return a file's name without its extension, or all of them where it was given twice."""
    taken = ARTICLE_EXTENSIONS | TREE_EXTENSIONS
    while True:
        stem, _, extension = name.rpartition(".")
        if not stem or "." + extension.casefold() not in taken:
            return name
        name, taken = stem, WRITTEN_EXTENSIONS


def _stem_and_language(name: str) -> tuple[str, str]:
    stem = stem_of(name)
    if name.casefold().startswith("contents+") and name.casefold().endswith(".lr"):
        base, _, suffix = stem.partition("+")  # Lektor's alternative, whatever it is called
        return base, suffix if languages.is_suffix(suffix) else ""
    base, _, suffix = stem.rpartition(".")
    if base and languages.is_suffix(suffix):
        return stem_of(base), suffix
    return stem, ""


def _slug_and_day(stem: str, folders: list[str]) -> tuple[str, date | str | None, str]:
    found = _DATED.fullmatch(stem)
    if found is not None:
        return found[5] or stem, _day(found[1], found[3], found[4]), "file name"
    found = _DAY_IN_YEAR.fullmatch(stem)
    if found is not None and folders and _YEAR.fullmatch(folders[-1]):
        day = _day(folders[-1], found[1], found[2])
        if isinstance(day, date):
            return found[3], day, "file name"
    return stem, _day_of_folders(tuple(folders)), "folder"


@lru_cache(maxsize=1024)
def _day_of_folders(folders: tuple[str, ...]) -> date | str | None:
    for number in range(len(folders) - 1, -1, -1):
        found = _DATED.fullmatch(folders[number])
        if found is not None:
            return _day(found[1], found[3], found[4])
    if len(folders) >= 3:
        year, month, day = folders[-3:]
        if _YEAR.fullmatch(year) and _NUMBER.fullmatch(month) and _NUMBER.fullmatch(day):
            return _day(year, month, day)
    return None


def _day(year: str, month: str, day: str) -> date | str:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return f"{year}-{month}-{day}"


def _categories(folders: list[str], language_origin: str) -> tuple[str, ...]:
    if POSTS not in folders:
        return ()
    end = len(folders) - 1 - folders[::-1].index(POSTS)
    begin = 1 if language_origin == "folder" else 0
    return tuple(folders[begin:end])
