"""Data files: which of them belong to an article, and which to nothing."""

from collections.abc import Iterator, Mapping, Sequence

from feedwright.model import Problem, SourceFile
from feedwright.sources.kinds import DATA_NAMES, extension_of
from feedwright.sources.shapes import warning
from feedwright.sources.sidecar import SUFFIXES


def orphans(files: Sequence[SourceFile], data: Mapping[str, SourceFile]) -> Iterator[Problem]:
    """Name sidecars without an article. Other data files of sites (authors, menus) are none."""
    if not data:
        return
    owners = {file.path for file in files}
    owners |= {file.path[: -len(extension_of(file.path))] for file in files}
    for path in sorted(data):
        stem = _stem(path)
        if stem not in owners and not _stands_alone(stem):
            what = "has no article of the same name beside it"
            cure = "rename one of them, or name it in content.exclude"
            yield warning("sidecar-orphan", path, 0, what=what, cure=cure)


def _stem(path: str) -> str:
    suffix = max((each for each in SUFFIXES if path.casefold().endswith(each)), key=len)
    return path[: -len(suffix)]


def _stands_alone(stem: str) -> bool:
    """Whether it is a well-known file, or data of its folder (`posts/posts.json`)."""
    folder, _, name = stem.rpartition("/")
    return name.casefold() in DATA_NAMES or name == folder.rpartition("/")[2]
