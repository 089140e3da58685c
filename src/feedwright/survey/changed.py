"""What changed since the index was written: which files have to be read, and whether that is all.

In doubt the answer is None: then a run looks at everything, which is always right.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from feedwright import unchanged
from feedwright.ledger import file as ledger_file
from feedwright.site import Site
from feedwright.sources.beside import names_of
from feedwright.sources.glance import Kind, glance, source_at
from feedwright.sources.names import POSTS
from feedwright.sources.pages import (
    Layout,
    is_index_of,
    section_of,
    with_bundles,
    with_indexes,
    with_sections,
)
from feedwright.sources.reading import Loaded, ReadContext, load
from feedwright.sources.scan import Overview
from feedwright.store.index.opening import Index
from feedwright.survey.concerned import Beside, Seen, beside_now
from feedwright.survey.key import Keys
from feedwright.survey.listed import Row, are_nested, differing, lists_all

_FEW = 100
_SHARE = 8
"""Above so many files, and one in eight of all, everything is read: with all cores."""


class Changed(NamedTuple):
    """What has to be read again."""

    files: tuple[Loaded, ...]
    """New, or with other bytes in them or in what they are read with."""
    vanished: tuple[str, ...]
    context: ReadContext
    overview: Overview
    dialects: frozenset[str]
    """Of all that was read before."""
    regroup: bool = False
    """All articles belong to other feeds than before, for all that is known."""
    rerender: bool = False
    """All entries are other ones."""

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all of them."""
        return frozenset(self.vanished) | {loaded.file.path for loaded in self.files}


class World(NamedTuple):
    """What an index holds of a site as a whole; another world has to be looked at anew."""

    keys: Keys
    dialects: frozenset[str]
    """Of all that was read since the index was new."""
    ledger: str
    links: dict[str, str]
    """All symbolic links, as listed."""
    context: ReadContext
    overview: Overview


def changed(site: Site, keys: Keys, index: Index, listing: unchanged.Listing) -> Changed | None:
    """Compare site and index; None when everything has to be looked at.

    Raises ContentUnavailableError when a file cannot be read for other reasons than absence.
    """
    known: World | None = index.get("world")
    if known is None or are_nested(site):
        return None
    if not _reads_alike(known, keys) or known.ledger != ledger_file.mark(site.ledger_path):
        return None
    # What a scan makes of links follows from where they lead, and from nothing else that changes.
    followed = known.overview.followed
    if known.links != listing.links or followed is None or not lists_all(site, listing, followed):
        return None
    seen = _seen(site, differing(site, index.files.folders(), listing, followed))
    people = _other_people(known.keys.people, keys.people)
    found = (
        None if seen is None else _compared(site, index, known, seen, index.files.naming(people))
    )
    return found and found._replace(
        regroup=known.keys.grouping != keys.grouping,
        rerender=known.keys.rendering != keys.rendering,
    )


def _reads_alike(known: World, keys: Keys) -> bool:
    """Tell whether articles come out as they did."""
    if "html" in known.dialects and known.keys.title != keys.title:
        return False
    if bool(known.keys.people) != bool(keys.people):
        return False  # without an authors file a name is never taken for a handle
    return known.keys.reading == keys.reading


def _other_people(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    return {each for each in before.keys() | now.keys() if before.get(each) != now.get(each)}


def _seen(site: Site, rows: Iterable[Row]) -> Seen | None:
    """Look at what differs; None in doubt."""
    seen = Seen({}, {}, {})
    places = {Kind.ARTICLE: seen.articles, Kind.DATA: seen.data, Kind.SECTION: seen.sections}
    root, content = str(site.root), site.config.content
    for row in rows:
        found = glance(root, content, row.folder, row.below, is_link=row.is_link)
        if found.kind is Kind.DOUBT:
            return None
        if found.kind in places:
            places[found.kind][row.path] = found.file
    return seen


def _compared(
    site: Site, index: Index, known: World, seen: Seen, naming: Collection[str]
) -> Changed | None:
    """Read what may have changed; leave out what has the bytes it had.

    But for the files that name somebody of whom the authors file says something else.
    """
    root, content = str(site.root), site.config.content
    beside = beside_now(
        index, known.context, known.overview, seen, lambda path: source_at(root, content, path)
    )
    vanished = [path for path in beside.gone if index.files.digest(path) is not None]
    other: list[Loaded] = []
    added: list[str] = []
    many = max(_FEW, index.files.number() // _SHARE)
    looked_at = {file.path for file in beside.files} | beside.gone
    others = (source_at(root, content, path) for path in sorted(naming) if path not in looked_at)
    for file in (*beside.files, *others):
        loaded = load(file, beside.context)
        digest = index.files.digest(file.path)
        if loaded is None:
            if digest is not None:
                vanished.append(file.path)
        elif digest != loaded.digest() or file.path in naming:
            other.append(loaded)
            if digest is None:
                added.append(file.path)
        if len(other) + len(vanished) > many:
            return None
    moved = (*added, *vanished, *beside.gone)
    if any(name in known.overview.odd for path in moved for name in names_of(path)):
        return None
    layout = _layout(index, beside, seen, added, vanished)
    if layout is None:
        return None
    context = beside.context._replace(layout=layout)
    return Changed(tuple(other), tuple(vanished), context, beside.overview, known.dialects)


def _layout(
    index: Index, beside: Beside, seen: Seen, added: Sequence[str], vanished: Sequence[str]
) -> Layout | None:
    """Return what the folders tell now; None where that concerns files that did not change."""
    before = layout = beside.context.layout
    if seen.sections:
        now = {path for path, file in seen.sections.items() if file is not None}
        indexes = before.indexes - seen.sections.keys() | now
        layout = with_indexes(before, indexes, beside.context.folders)
        if layout.indexed != before.indexed:
            return None
    moved = [*added, *vanished]
    if not moved:
        return layout
    if any(POSTS in path for path in moved):
        return None
    layout = with_sections(layout, _sections(index, added, vanished))
    layout = with_bundles(layout, added, vanished)
    if any(
        is_index_of(path, section)
        for section in layout.sections ^ before.sections
        for path in index.files.below(f"{section}/")
    ):
        return None
    bundles = layout.bundles ^ before.bundles
    inside = (path for each in bundles for path in index.files.below(f"{each}/"))
    return layout if set(moved).issuperset(inside) else None


def _sections(index: Index, added: Sequence[str], vanished: Sequence[str]) -> set[str]:
    """Return the folders that hold source files now."""
    gone = set(vanished)
    left = {
        section
        for section in set(map(section_of, vanished))
        if gone.issuperset(index.files.in_section(section))
    }
    return {*index.files.sections()} - left | set(map(section_of, added))
