"""Links as an article writes them, resolved to absolute addresses."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from feedwright.model import Candidate
from feedwright.text import urls
from feedwright.text.patterns import lazy

PermalinkOfPath = Callable[[str], str | None]
"""Path of a source file (relative to the folder of config.yaml) -> permalink, if it has one."""

_SOURCE = lazy(r"\.(?:md|markdown|mdown|mkdn?|mdx|rst|txt|html?|xhtml)$", re.IGNORECASE)
_ALWAYS_SOURCE = lazy(r"\.(?:md|markdown|mdown|mkdn?|mdx|rst)$", re.IGNORECASE)
_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_KINDS = "filename|static|attach|tag|category|author|index"
_PELICAN = lazy(rf"(?:[{{|]|%7[BC])({_KINDS})(?:[}}|]|%7[CD])", re.IGNORECASE)
_ROOTED = lazy(r"@(?:/(?=[^?#]*\.md)|site/static/)|pathname:///")
"""Zola's `@/a.md` begins at the content folder; the others are Docusaurus's, below the site."""
_EXTENSIONS = ("", ".md", ".markdown", ".mdx", ".html", ".rst")
_INDEX = lazy(r"/_?index$", re.IGNORECASE)
_LISTS = frozenset({"tag", "category", "author"})
_DATE = lazy(r"^\d{4}-\d{1,2}-\d{1,2}[-_]")
_REFERENCE = lazy(r"([^?#]*)(.*)", re.DOTALL)


class Resolver:
    """Resolves the references of one article against its permalink.

    Those that name a source file become that article's permalink; the names of source files that
    are no article are in `unresolved`. `of_name` gives permalinks by `names_of` and, of names
    with a slash, by `ends_of`.
    """

    def __init__(
        self,
        candidate: Candidate,
        permalink: str,
        site_url: str,
        of_path: PermalinkOfPath,
        of_name: PermalinkOfPath | None = None,
    ) -> None:
        self._permalink = permalink
        self._site_url = site_url
        self._of_path = of_path
        self._of_name = of_name
        self._root = candidate.path.removesuffix(candidate.below)
        self._folder = candidate.path.rpartition("/")[0]
        self.unresolved: list[str] = []

    def __call__(self, reference: str) -> str:
        """Give the absolute, encoded address of a reference as written."""
        reference = reference.strip()
        if reference.startswith(("https://", "http://")):  # most
            return urls.absolute(self._permalink, reference)
        reference = _ROOTED.sub("/", reference, count=1)
        if _SCHEME.match(reference):
            return urls.absolute(self._permalink, reference)
        pelican = _pelican(reference)
        if pelican:
            return self._of_pelican(pelican)
        path, rest = _split(reference)
        if path and _SOURCE.search(path):
            found = self._article(path)
            if found:
                return urls.encode(found + rest)
            if _ALWAYS_SOURCE.search(path) and reference not in self.unresolved:
                self.unresolved.append(reference)
        return urls.absolute(self._permalink, reference)

    def article(self, name: str) -> str:
        """Look an article up as templates name it: a path, with or without extension, or a name.

        Gives its permalink; the empty string, and a note of it, when there is none.
        """
        name = unquote(name.strip())
        place = _SOURCE.sub("", name.strip("/"))
        tries = [name, *(place + extension for extension in _EXTENSIONS[1:])]
        tries += [f"{place}/index{extension}" for extension in _EXTENSIONS[1:]]
        for path in tries:
            for rooted in (path, f"/{path}", f"/_posts/{path}"):
                found = self._article(rooted)
                if found:
                    return found
        last = _INDEX.sub("", place).rpartition("/")[2].casefold()
        named = self._of_name(last) if self._of_name else None
        if not named and name not in self.unresolved:
            self.unresolved.append(name)
        return named or ""

    def note(self, name: str) -> str:
        """Look an article up as notes link to it: by its name or the end of its path, in any case.

        Gives its permalink. Of several with one name the one beside this article is meant, then
        the one at the top of the content; the empty string for none.
        """
        place = _SOURCE.sub("", name.strip("/"))
        if place.startswith("."):
            place = joined_path(f"{self._folder}/{place}")
        if not place or self._of_name is None:
            return ""
        found = self._of_name(place.casefold())
        if found == "":  # several have it
            tries = (f"{folder}{place}.md" for folder in (f"{self._folder}/", self._root))
            found = next(filter(None, map(self._of_path, tries)), "")
        return found or ""

    def missing(self, link: str) -> None:
        """Note that a link leads to no published article."""
        if link not in self.unresolved:
            self.unresolved.append(link)

    def _article(self, path: str) -> str:
        """Look an article up by the path of its file: beside this one, or below its content."""
        path = unquote(path)
        beside = (f"{self._folder}/{path}",)
        rooted = (self._root + path.lstrip("/"), path.lstrip("/"))
        for place in rooted if path.startswith("/") else beside:
            joined = joined_path(place)
            found = self._of_path(joined) if joined else None
            if found:
                return found
        return ""

    def _of_pelican(self, pelican: "_Pelican") -> str:
        """Resolve `{filename}` (article), `{static}` (path of the site), `{attach}` (beside).

        `{tag}`, `{category}`, `{author}` and `{index}` are pages at Pelican's own addresses.
        """
        path, rest = _split(pelican.path)
        if pelican.kind == "index":
            return urls.encode(f"{self._site_url.rstrip('/')}/{rest}")
        if pelican.kind in _LISTS:
            page = urls.slugify(unquote(path))
            return urls.encode(f"{self._site_url.rstrip('/')}/{pelican.kind}/{page}.html{rest}")
        if pelican.kind == "filename":
            found = self._article(path)
            if found:
                return urls.encode(found + rest)
            if _ALWAYS_SOURCE.search(path):
                self.unresolved.append(pelican.path)
                return urls.absolute(self._permalink, pelican.path)
        if pelican.kind == "attach":
            return urls.absolute(self._permalink, path.rpartition("/")[2] + rest)
        folder = self._folder.removeprefix(self._root.rstrip("/"))
        place = joined_path(path if path.startswith("/") else f"{folder}/{path}")
        slash = "/" if place and path.endswith("/") else ""
        return urls.encode(f"{self._site_url.rstrip('/')}/{place}{slash}{rest}")


def names_of(permalinks: Mapping[str, str]) -> Mapping[str, str]:
    """Turn permalinks by path into permalinks by name, in lower case.

    A name is the file name without extension, with its date and without, or the folder of a
    bundle. One that several articles have leads nowhere.
    """
    found: dict[str, str] = {}
    for path, permalink in permalinks.items():
        for name in _names(path)[1]:
            _put(found, name, permalink)
    return found


def ends_of(permalinks: Mapping[str, str]) -> Mapping[str, str]:
    """Turn permalinks by path into permalinks by the ends of paths, in lower case.

    An end is a name (as `names_of` has it) behind one or more of the folders above.
    """
    found: dict[str, str] = {}
    for path, permalink in permalinks.items():
        folder, names = _names(path)
        above = folder.split("/") if folder else []
        for name in names:
            for first in range(len(above)):
                _put(found, "/".join((*above[first:], name)), permalink)
    return found


def _names(path: str) -> tuple[str, set[str]]:
    folder, _, file = path.casefold().rpartition("/")
    stem = _SOURCE.sub("", file)
    if stem in {"index", "_index"}:
        folder, _, stem = folder.rpartition("/")
    return folder, {stem, _DATE.sub("", stem)}


def _put(found: dict[str, str], name: str, permalink: str) -> None:
    found[name] = "" if found.get(name, permalink) != permalink else permalink


class _Pelican(NamedTuple):
    kind: str
    path: str


def without_prefix(reference: str) -> str:
    """Take Pelican's `{static}` and the like off: the path of a local file."""
    pelican = _pelican(reference)
    return pelican.path if pelican else reference


def joined_path(path: str) -> str:
    """Resolve `.` and `..` in a relative path; empty when it leaves the folder it begins in."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if not kept:
                return ""
            kept.pop()
        elif segment not in ("", "."):
            kept.append(segment)
    return "/".join(kept)


def _pelican(reference: str) -> _Pelican | None:
    match = _PELICAN.match(reference)
    return _Pelican(match[1].lower(), reference[match.end() :]) if match else None


def _split(reference: str) -> tuple[str, str]:
    match = _REFERENCE.fullmatch(reference)
    return (match[1], match[2]) if match else (reference, "")
