"""Data files: which of them belong to an article, which may hold some, and which do neither."""

from collections.abc import Iterable, Iterator, Mapping

from feedwright.model import Problem, SourceFile
from feedwright.sources.cascade import is_section
from feedwright.sources.directorydata import SUFFIXES as FOLDER_SUFFIXES
from feedwright.sources.kinds import DATA_NAMES, extension_of, without_extension
from feedwright.sources.shapes import TREE_EXTENSIONS, warning
from feedwright.sources.sidecar import SUFFIXES


def records(files: Iterable[SourceFile], data: Mapping[str, SourceFile]) -> list[str]:
    """Return the paths of data files that belong to no article and may hold some themselves."""
    return [path for path in _alone(files, data) if may_hold_articles(path)]


def may_hold_articles(path: str) -> bool:
    """Tell whether a data file may hold articles, if it belongs to none."""
    return (
        extension_of(path) in TREE_EXTENSIONS
        and not path.endswith(".11tydata.json")
        and stem_of(path).rpartition("/")[2].casefold() not in DATA_NAMES
    )


def orphans(files: Iterable[SourceFile], data: Mapping[str, SourceFile]) -> Iterator[Problem]:
    """Name sidecars without an article. Other data files of sites (authors, menus) are none."""
    return (orphan(path) for path in _alone(files, data) if is_for_an_article(path))


def is_for_an_article(path: str) -> bool:
    """Tell whether a data file should have an article of its name beside it."""
    of_template = ".11tydata." in path  # of one that is no article: `index.njk`
    named = stem_of(path).rpartition("/")[2].casefold() in DATA_NAMES
    return not named and not of_template and not is_of_folder(path)


def orphan(path: str) -> Problem:
    """Return the warning about a sidecar without an article."""
    what = "has no article of the same name beside it"
    cure = "rename one of them, or name it in content.exclude"
    return warning("sidecar-orphan", path, 0, what=what, cure=cure)


def is_of_folder(path: str) -> bool:
    """Whether a file is data of the folder that it lies in: Eleventy's `posts/posts.json`."""
    folder, _, name = stem_of(path).rpartition("/")
    return name == folder.rpartition("/")[2]


def stem_of(path: str) -> str:
    """Return the name that makes a file the article of this data file.

    That of a file is its path, with its extension or without.
    """
    suffix = max((each for each in SUFFIXES if path.casefold().endswith(each)), key=len)
    return path[: -len(suffix)]


def names_of(path: str) -> tuple[str, str]:
    """Return the names of a file, each of which may be the stem of its data."""
    return path, without_extension(path)


def _alone(files: Iterable[SourceFile], data: Mapping[str, SourceFile]) -> Iterator[str]:
    """Give data files without an article of their name."""
    if data:
        owners = {name for file in files for name in names_of(file.path)}
        yield from (path for path in sorted(data) if stem_of(path) not in owners)


# ---------------------------------------------------------------- the same, asked of one file


def around(path: str) -> Iterator[str]:
    """Give the paths of the data files that a file may make its own."""
    for name in names_of(path):
        for suffix in SUFFIXES:
            yield name + suffix


def is_spelled_oddly(path: str) -> bool:
    """Whether a data file is none of those that `around` gives: `a.YAML`."""
    return path[len(stem_of(path)) :] not in SUFFIXES


def owners(path: str) -> Iterator[str]:
    """Give the names (`names_of`) of the articles that read a file as their sidecar."""
    for suffix in SUFFIXES:
        if path.endswith(suffix):
            yield path.removesuffix(suffix)


def folder_told(path: str) -> str | None:
    """Return the folder for whose articles a file speaks, below it too; None for none."""
    folder, _, name = path.rpartition("/")
    if is_section(name):
        return folder
    own = (folder.rpartition("/")[2] + suffix for suffix in FOLDER_SUFFIXES)
    return folder if folder and name in own else None
