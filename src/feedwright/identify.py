"""normalize -> ledger: who is who. Candidates become articles, and what vanished becomes gone."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from feedwright.gather import Gathered, gather
from feedwright.ledger import file
from feedwright.ledger.resolve import resolve
from feedwright.ledger.values import Ledger, Resolution, ResolveTools
from feedwright.model import LedgerLine, Problem, Severity, State
from feedwright.normalize.permalinks import permalink
from feedwright.publish.write import read_existing
from feedwright.render.formats import FORMATS, holds
from feedwright.site import Site


class Identified(NamedTuple):
    """The content of a site, and what the ledger says of it."""

    site: Site
    now: datetime
    gathered: Gathered
    ledger: Ledger
    resolution: Resolution
    gone: tuple[LedgerLine, ...]
    """New gone lines, with the feeds that held each article."""

    @property
    def all_gone(self) -> tuple[LedgerLine, ...]:
        """Every gone line that stands after this run, old and new."""
        back = {article.id for article in self.resolution.articles}
        old = (
            line
            for line in self.ledger.articles.values()
            if line.state is State.GONE and line.id not in back
        )
        return (*old, *self.gone)

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
    return Identified(site, now, gathered, ledger, resolution, gone)


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
    documents: dict[str, list[tuple[str, bytes]]] = {}
    for name, folder in ledger.feed_names(site.config.feeds):
        paths = {
            form.name: (folder + "/" if folder else "") + form.file_name
            for form in FORMATS.values()
        }
        found = read_existing(site.feeds_folder, paths.values())
        documents[name] = [(form, found[path]) for form, path in paths.items() if path in found]
    return tuple(
        line._replace(
            feeds=tuple(
                name
                for name, held in documents.items()
                if any(holds(form, data, line.id, line.guid) for form, data in held)
                or (not held and "/" not in name)
            )
        )
        for line in gone
    )
