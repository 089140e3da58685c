"""One file as a scan would see it, from its path: after an edit nobody looks at all others."""

import os
from enum import Enum
from typing import NamedTuple

from feedwright.config.schema import Content
from feedwright.model import Candidate, SourceFile
from feedwright.sources.beside import is_spelled_oddly
from feedwright.sources.cascade import is_section
from feedwright.sources.kinds import DATA_EXTENSIONS, extension_of, is_article
from feedwright.sources.scan import Folder, Walk, prefix_of, unavailable
from feedwright.sources.script import is_script


def source_file(root: str, candidate: Candidate) -> SourceFile:
    """Return the file of a candidate, without looking at it again."""
    path = candidate.path
    return SourceFile(path, candidate.below, os.path.join(root, path), 0, 0, 0, 0)


def source_at(root: str, content: Content, path: str) -> SourceFile:
    """Return the file at a path that a scan gave, without looking at it again.

    No content folder may lie in another.
    """
    folder = next(each for each in content.path if path.startswith(prefix_of(each)))
    below = path[len(prefix_of(folder)) :]
    return SourceFile(path, below, os.path.join(root, folder, below), 0, 0, 0, 0)


class Kind(Enum):
    """What a file is to us."""

    ARTICLE = "article"
    DATA = "data"
    SECTION = "section"
    """An `_index`."""
    NOTHING = "nothing"
    DOUBT = "doubt"
    """Only a whole scan can tell."""


class Glance(NamedTuple):
    """What a walk would make of one file."""

    kind: Kind
    """By its name."""
    file: SourceFile | None = None
    """None when it is not there, or not to be read."""


def glance(
    root: str, content: Content, folder: str, below: str, *, is_link: bool = False
) -> Glance:
    """Look at one file as `scan` would: `below` is its path below the content folder `folder`.

    Raises ContentUnavailableError when it cannot be looked at for other reasons than absence.
    """
    prefix = prefix_of(folder)
    *folders, name = below.split("/")
    if not below.isprintable():
        return Glance(Kind.DOUBT)
    walk = Walk(content)
    place = Folder(os.path.join(root, folder), prefix, "", "")
    for each in folders:
        inner = None if each[0] == "." else walk.enter(place, each)
        if inner is None:
            return Glance(Kind.NOTHING)
        place = inner
    kind = _kind_of(name)
    if kind in {Kind.NOTHING, Kind.DOUBT}:
        return Glance(kind)
    absolute = f"{place.absolute}/{name}"
    try:
        walk.take(place, name, lambda: os.stat(absolute) if is_link else os.lstat(absolute))
    except OSError as error:
        unavailable(prefix + below, error)
    taken = {Kind.ARTICLE: walk.files, Kind.DATA: walk.data, Kind.SECTION: walk.sections}
    found = taken[kind].get(prefix + below)
    if found is None and kind is Kind.SECTION and os.path.lexists(absolute):
        return Glance(Kind.DOUBT)  # a pipe: a scan notes its name nevertheless
    return Glance(kind, found)


def _kind_of(name: str) -> Kind:
    extension = extension_of(name)
    is_data = extension in DATA_EXTENSIONS or is_script(name)
    if name[0] == "." and name != ".authors.yml":
        return Kind.NOTHING
    if is_section(name):
        return Kind.SECTION if is_article(extension) else Kind.DOUBT
    if is_data:
        return Kind.DOUBT if is_spelled_oddly(name) else Kind.DATA
    return Kind.ARTICLE if is_article(extension) else Kind.NOTHING
