"""normalize -> ledger: who is who. Candidates become articles, and what vanished becomes gone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from feedwright.ledger import file
from feedwright.ledger.resolve import resolve
from feedwright.ledger.values import Ledger, Resolution, ResolveTools
from feedwright.model import LedgerLine, Problem, Severity, State
from feedwright.normalize.permalinks import permalink
from feedwright.publish.write import read_existing
from feedwright.render.formats import FORMATS, holds
from feedwright.site import Site
from feedwright.store.index.articles import Stored
from feedwright.store.index.opening import Index
from feedwright.survey.changed import Changed
from feedwright.survey.gather import Gathered, gather, gather_changed
from feedwright.survey.neighbours import Neighbourhood


class Identified(NamedTuple):
    """The content of a site, or what changed of it, and what the ledger says of that."""

    site: Site
    now: datetime
    gathered: Gathered
    ledger: Ledger
    """Of a run that reads only what changed without the lines that do not matter to it."""
    resolution: Resolution
    gone: tuple[LedgerLine, ...]
    """New gone lines, with the feeds that held each article."""
    published: int
    """How many articles are live in the ledger before this run; counted where some leave it."""
    before: tuple[Stored, ...] = ()
    """What stands in the index of all that was looked at again."""
    changed_paths: frozenset[str] = frozenset()
    """Of the files that were read again, or vanished."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the content, by path and line."""
        return worth_telling(self.site, (*self.gathered.problems, *self.resolution.problems))


def identify(site: Site, now: datetime, jobs: int = 0) -> Identified:
    """Read all content and give each article its identity. Writes nothing."""
    gathered = gather(site, jobs)
    _, ledger = file.read(site.ledger_path)
    resolution = resolve(gathered.candidates, gathered.broken, ledger, now, tools(site, gathered))
    gone = _with_feeds(site, ledger, resolution.gone)
    published = sum(line.state is State.LIVE for line in ledger.articles.values())
    return Identified(site, now, gathered, ledger, resolution, gone, published)


def identify_changed(
    site: Site, now: datetime, changed: Changed, index: Index
) -> Identified | None:
    """Read what changed and give it its identity; None when everything has to be looked at.

    The index learns what was read, and nothing else yet.
    """
    ledger: Ledger = index.get("ledger")
    gathered = gather_changed(site, index, changed)
    near = Neighbourhood(index, gathered.candidates, changed.paths, gathered.broken, now)
    resolution = near.resolve(ledger, tools(site, gathered))
    if resolution is None:
        return None
    gone = _with_feeds(site, ledger, resolution.gone)
    return Identified(
        site,
        now,
        gathered,
        ledger._replace(articles=near.lines),
        resolution,
        gone,
        index.lines.number_live() if gone else 0,
        tuple(near.before),
        changed.paths,
    )


def tools(site: Site, gathered: Gathered) -> ResolveTools:
    """Return what the ledger asks of other rooms."""
    return ResolveTools(
        permalink_of=lambda candidate, published: permalink(candidate, published, gathered.rules),
        host=urlsplit(site.config.site.url).hostname or "",
    )


def worth_telling(site: Site, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Drop accepted warnings and repetitions; sort by place."""
    accepted = set(site.config.content.accept)
    kept = dict.fromkeys(
        each for each in problems if each.severity is Severity.ERROR or each.name not in accepted
    )
    return tuple(sorted(kept, key=lambda each: (each.path, each.line, each.field, each.what)))


def _with_feeds(site: Site, ledger: Ledger, gone: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    """Add to each new gone line the feeds whose documents on disk hold the article.

    Of a feed whose documents are lost nobody knows; one of the whole site is taken to have held it,
    since a tombstone too many harms no reader.
    """
    gone = tuple(gone)
    if not gone:
        return ()
    holders: list[list[str]] = [[] for _ in gone]
    for name, folder in ledger.feed_names(site.config.feeds):
        for number in _held(site, name, folder, gone):
            holders[number].append(name)
    return tuple(
        line._replace(feeds=tuple(names)) for line, names in zip(gone, holders, strict=True)
    )


def _held(site: Site, name: str, folder: str, gone: Sequence[LedgerLine]) -> set[int]:
    """Return which of the gone lines a feed held. One document is in memory at a time."""
    held: set[int] = set()
    is_lost = True
    for form in FORMATS.values():
        path = (folder + "/" if folder else "") + form.file_name
        found = _held_by(site, form.name, path, gone)
        if found is not None:
            held |= found
            is_lost = False
        if len(held) == len(gone):
            break
    return set(range(len(gone))) if is_lost and "/" not in name else held


def _held_by(
    site: Site, format_name: str, path: str, gone: Sequence[LedgerLine]
) -> set[int] | None:
    """Return which of the gone lines a document on disk holds; None when it is not there."""
    data = read_existing(site.feeds_folder, [path]).get(path)
    if data is None:
        return None
    return {
        number for number, line in enumerate(gone) if holds(format_name, data, line.id, line.guid)
    }
