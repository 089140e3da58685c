"""What changed since the index was written: which files have to be read, and whether that is all.

In doubt the answer is None: then a run looks at everything, which is always right.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from feedwright import program, unchanged
from feedwright.ledger import file as ledger_file
from feedwright.model import Problem, SourceFile
from feedwright.site import Site
from feedwright.sources.beside import stems
from feedwright.sources.kinds import DATA_EXTENSIONS, extension_of, without_extension
from feedwright.sources.names import POSTS
from feedwright.sources.pages import (
    is_index_of,
    section_of,
    with_bundles,
    with_sections,
)
from feedwright.sources.reading import Loaded, ReadContext, load
from feedwright.sources.scan import glance, prefix_of
from feedwright.store.index.opening import Index

_FEW = 100
_SHARE = 8
"""Above so many files, and one in eight of all, everything is read: with all cores."""


class Changed(NamedTuple):
    """What has to be read again."""

    files: tuple[Loaded, ...]
    """New, or with other bytes."""
    vanished: tuple[str, ...]
    context: ReadContext
    scan_problems: tuple[Problem, ...]

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all of them."""
        return frozenset(self.vanished) | {loaded.file.path for loaded in self.files}


class World(NamedTuple):
    """What an index holds of a site as a whole; another world has to be looked at anew."""

    key: str
    ledger: str
    context: ReadContext
    scan_problems: tuple[Problem, ...]
    stems: frozenset[str]
    """Names that would make a file the article of a data file."""


def world(
    site: Site,
    key: str,
    context: ReadContext,
    scan_problems: tuple[Problem, ...],
    paths: Sequence[str],
    known: World | None,
) -> World:
    """Describe the site as it was read under a key (`key_of`).

    `paths` are those of all source files, some of which are data files. Where only what changed was
    looked at, the data files are those of the world as it was `known`.
    """
    data = [*context.data, *(path for path in paths if extension_of(path) in DATA_EXTENSIONS)]
    return World(
        key,
        ledger_file.mark(site.ledger_path),
        context,
        scan_problems,
        known.stems if known is not None else stems(data),
    )


def changed(site: Site, key: str, index: Index, listing: unchanged.Listing) -> Changed | None:
    """Compare the content folders with the index; None when everything has to be looked at.

    Raises ContentUnavailableError when a file cannot be read for other reasons than absence.
    """
    known: World | None = index.get("world")
    if known is None or listing.has_links or _are_nested(site):
        return None
    if known.key != key or known.ledger != ledger_file.mark(site.ledger_path):
        return None
    before = index.files.folders()
    files: list[SourceFile] = []
    vanished: list[str] = []
    for folder, below in _places(site, before, listing.folders):
        found = glance(str(site.root), site.config.content, folder, below)
        if found.concerns_others:
            return None
        path = prefix_of(folder) + below
        if found.file is not None:
            files.append(found.file)
        elif index.files.digest(path) is not None:
            vanished.append(path)
    return _compared(index, known, files, vanished)


def _compared(
    index: Index, known: World, files: Sequence[SourceFile], vanished: list[str]
) -> Changed | None:
    """Read what may have changed; leave out what has the bytes it had."""
    context = known.context
    other: list[Loaded] = []
    added: list[str] = []
    many = max(_FEW, index.files.number() // _SHARE)
    for file in files:
        loaded = load(file, context)
        digest = index.files.digest(file.path)
        if loaded is None:
            if digest is not None:
                vanished.append(file.path)
        elif digest != loaded.digest():
            other.append(loaded)
            if digest is None:
                added.append(file.path)
        if len(other) + len(vanished) > many:
            return None
    moved = [*added, *vanished]
    if any(path in known.stems or without_extension(path) in known.stems for path in moved):
        return None
    layout = context.layout
    if moved:
        if any(POSTS in path for path in moved):
            return None
        sections = _sections(index, added, vanished)
        layout = with_bundles(with_sections(layout, sections), added, vanished)
        if any(
            is_index_of(path, section)
            for section in layout.sections ^ context.layout.sections
            for path in index.files.below(f"{section}/")
        ):
            return None
        bundles = layout.bundles ^ context.layout.bundles
        inside = (path for each in bundles for path in index.files.below(f"{each}/"))
        if not set(moved).issuperset(inside):
            return None
    return Changed(
        tuple(other), tuple(vanished), context._replace(layout=layout), known.scan_problems
    )


def _sections(index: Index, added: Sequence[str], vanished: Sequence[str]) -> set[str]:
    """Return the folders that hold source files now."""
    gone = set(vanished)
    left = {
        section
        for section in set(map(section_of, vanished))
        if gone.issuperset(index.files.in_section(section))
    }
    return {*index.files.sections()} - left | set(map(section_of, added))


def _places(
    site: Site, before: Mapping[str, bytes], now: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """Yield content folder and path below it of each file whose row differs, each once."""
    folders = dict(zip(site.content_folders, site.config.content.path, strict=True))
    for folder in before.keys() | now.keys():
        packed = before.get(folder, b""), now.get(folder, b"")
        if packed[0] == packed[1]:
            continue
        old, new = map(unchanged.rows_of, packed)
        top = next(each for each in folders if (folder + "/").startswith(each.rstrip("/") + "/"))
        inner = folder[len(top) :].strip("/")
        prefix = f"{inner}/" if inner else ""
        for name in {name for name, _ in old.items() ^ new.items()}:
            yield folders[top], prefix + name


def rows_to_keep(listing: unchanged.Listing, started_ns: int) -> dict[str, bytes]:
    """Return the listing for the next run. What was touched just now counts as changed then."""
    racy = {
        folder: unchanged.without_racy(listing.folders[folder], started_ns)
        for folder, newest in listing.newest_in.items()
        if unchanged.is_racy(newest, started_ns)
    }
    return listing.folders | racy


def _are_nested(site: Site) -> bool:
    """Whether a content folder lies in another: a file then has two paths below one."""
    tops = [os.path.realpath(folder) + "/" for folder in site.content_folders]
    return any(one.startswith(other) for one in tops for other in tops if one is not other)


# ---------------------------------------------------------------- the key


def key_of(site: Site) -> str:
    """Return a digest over everything but content and ledger that articles and feeds come from.

    To be taken before anything is read. The program is part of it.
    """
    parts = [program.digest(), str(site.config_path.absolute())]
    parts += [site.config_bytes.hex()]
    parts += [f"{name}={value!r}" for name, value in sorted(site.variables.items())]
    parts += [f"{handle} {person!r}" for handle, person in sorted(site.people.items())]
    parts += map(str, site.people_problems)
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
