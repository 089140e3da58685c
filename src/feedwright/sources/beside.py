"""Data files: which of them belong to an article, which may hold some, and which do neither."""

from collections.abc import Iterable, Iterator, Mapping

from feedwright.model import Problem, SourceFile
from feedwright.sources.kinds import DATA_NAMES, extension_of, without_extension
from feedwright.sources.shapes import TREE_EXTENSIONS, warning
from feedwright.sources.sidecar import SUFFIXES


def records(files: Iterable[SourceFile], data: Mapping[str, SourceFile]) -> list[str]:
    """Return the paths of data files that belong to no article and may hold some themselves."""
    return [
        path
        for path, stem in _alone(files, data)
        if extension_of(path) in TREE_EXTENSIONS
        and not path.endswith(".11tydata.json")
        and stem.rpartition("/")[2].casefold() not in DATA_NAMES
    ]


def orphans(files: Iterable[SourceFile], data: Mapping[str, SourceFile]) -> Iterator[Problem]:
    """Name sidecars without an article. Other data files of sites (authors, menus) are none."""
    for path, stem in _alone(files, data):
        of_template = ".11tydata." in path  # of one that is no article: `index.njk`
        named = stem.rpartition("/")[2].casefold() in DATA_NAMES
        if not named and not of_template and not is_of_folder(path):
            yield orphan(path)


def orphan(path: str) -> Problem:
    """Return the warning about a sidecar without an article."""
    what = "has no article of the same name beside it"
    cure = "rename one of them, or name it in content.exclude"
    return warning("sidecar-orphan", path, 0, what=what, cure=cure)


def stems(paths: Iterable[str]) -> frozenset[str]:
    """Return the names that make a file the article of one of these data files.

    That of a file is its path, with its extension or without.
    """
    return frozenset(_stem(path) for path in paths if path.casefold().endswith(SUFFIXES))


def is_of_folder(path: str) -> bool:
    """Whether a file is data of the folder that it lies in: Eleventy's `posts/posts.json`."""
    folder, _, name = _stem(path).rpartition("/")
    return name == folder.rpartition("/")[2]


def _alone(
    files: Iterable[SourceFile], data: Mapping[str, SourceFile]
) -> Iterator[tuple[str, str]]:
    """Give data files without an article of their name, each with its stem."""
    if data:
        owners = {name for file in files for name in (file.path, without_extension(file.path))}
        for path in sorted(data):
            stem = _stem(path)
            if stem not in owners:
                yield path, stem


def _stem(path: str) -> str:
    suffix = max((each for each in SUFFIXES if path.casefold().endswith(each)), key=len)
    return path[: -len(suffix)]
