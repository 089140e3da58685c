"""Who has to be asked when something changed: the articles and ledger lines that it may concern.

`resolve` looks at all candidates and all lines. What it makes of one depends only on those that
share something with it: a place, a declared id, a hash, a title, a declared slug, a permalink. So
what changed is resolved with its neighbours alone. The neighbours that did not change are there to
be in the way, as they would be among all; should anything come of them, everything is resolved.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from feedwright.ledger.iris import declared_iri, minted_id, tag_specific
from feedwright.ledger.resolve import resolve
from feedwright.ledger.values import Ledger, Place, Resolution, ResolveTools
from feedwright.model import Article, Candidate, LedgerLine
from feedwright.store.index.articles import Stored
from feedwright.store.index.opening import Index

_MANY = 5_000
"""Above so many lines, looking at everything costs no more."""
_ROUNDS = 5


class Neighbourhood:
    """What changed, and all that it may concern."""

    def __init__(
        self,
        index: Index,
        candidates: Iterable[Candidate],
        paths: Iterable[str],
        unreadable: Mapping[str, str],
        now: datetime,
    ) -> None:
        """Take the candidates of the files that were read again.

        `paths` are those of all files that changed or vanished.
        """
        self._index = index
        self._now = now
        self._unreadable = unreadable
        self.paths = frozenset(paths)
        self.before: list[Stored] = [
            stored for path in sorted(self.paths) for stored in index.articles.at_path(path)
        ]
        """What stood in the index of all that is looked at again."""
        waiting = {each.number: each for each in index.articles.unsettled()}
        waiting |= {each.number: each for each in index.articles.due(now)}
        waiting = {
            number: each
            for number, each in waiting.items()
            if each.candidate.path not in self.paths
        }
        self.before += waiting.values()
        self.candidates = [*candidates, *(each.candidate for each in waiting.values())]
        """What is looked at again."""
        self._again = {*waiting, *(each.number for each in self.before)}
        self._neighbours: dict[int, Article] = {}
        self.lines: dict[str, LedgerLine] = {}
        """All ledger lines that may matter."""
        self._paths: set[str] = set()
        self.is_too_large = False

    def resolve(self, ledger: Ledger, tools: ResolveTools) -> Resolution | None:
        """Resolve what changed; None when more than that would change.

        `ledger` has all but its articles.
        """
        self._gather()
        seen: set[str] = set()

        def permalink_of(candidate: Candidate, published: datetime) -> str:
            permalink = tools.permalink_of(candidate, published)
            seen.add(permalink)
            return permalink

        for _ in range(_ROUNDS):
            if self.is_too_large:
                return None
            known = len(self._neighbours), len(self.lines)
            resolution = resolve(
                [*self.candidates, *(each.candidate for each in self._neighbours.values())],
                self._unreadable,
                ledger._replace(articles=self.lines),
                self._now,
                tools._replace(permalink_of=permalink_of),
            )
            for permalink in sorted(seen):
                self._ask_permalink(permalink)
            for article in (*resolution.articles, *resolution.others):
                self._add(self._index.lines.with_id(article.id))
            if known == (len(self._neighbours), len(self.lines)):
                return self._without_neighbours(resolution)
        return None

    # ------------------------------------------------------------ asking

    def _gather(self) -> None:
        for path in (*self.paths, *self._unreadable):
            self._add_path(path)
        for stored in self.before:
            if isinstance(stored.what, Article):
                self._add(self._index.lines.with_id(stored.what.id))
            else:  # it may have been held in a new place: its line still names the old one
                self._add(self._like(stored.candidate))
        for candidate in self.candidates:
            self._add_path(candidate.path)
            self._add(self._like(candidate))

    def _like(self, candidate: Candidate) -> Iterator[LedgerLine]:
        lines = self._index.lines
        if candidate.declared_id:
            for each in {candidate.declared_id, declared_iri(candidate.declared_id)}:
                yield from lines.with_id(each)
            yield from lines.with_value(tag_specific(candidate.declared_id))
        yield from lines.with_hash(candidate.hash)
        yield from lines.with_title(candidate.title)
        if candidate.slug_is_declared:
            yield from lines.with_slug(candidate.slug)

    def _ask_permalink(self, permalink: str) -> None:
        """Add who has a permalink, and the ids that could be made of it."""
        for stored in self._index.articles.with_permalink(permalink):
            self._add_neighbour(stored)
        wanted = minted_id(permalink)
        self._add(self._index.lines.with_id(wanted))
        self._add(self._index.lines.with_id_from(wanted + ("-" if "#" in wanted else "#")))

    def _add(self, lines: Iterable[LedgerLine]) -> None:
        for line in lines:
            if line.id not in self.lines:
                self.lines[line.id] = line
                self.is_too_large |= len(self.lines) > _MANY
                if line.path and not self.is_too_large:
                    self._add_path(line.path)

    def _add_path(self, path: str) -> None:
        """Add all lines about a file, and what it holds."""
        if path not in self._paths:
            self._paths.add(path)
            self._add(self._index.lines.at_path(path))
            if path not in self.paths:
                for stored in self._index.articles.at_path(path):
                    self._add_neighbour(stored)

    def _add_neighbour(self, stored: Stored) -> None:
        if stored.number not in self._again and isinstance(stored.what, Article):
            self._again.add(stored.number)
            self._neighbours[stored.number] = stored.what
            self._add_path(stored.what.path)
            self._add(self._index.lines.with_id(stored.what.id))

    # ------------------------------------------------------------ what came of it

    def _without_neighbours(self, resolution: Resolution) -> Resolution | None:
        """Leave out who is only in the way; None when anything would come of one of them."""
        places = {_place(each.candidate): each for each in self._neighbours.values()}
        ids = {each.id for each in self._neighbours.values()}
        touched = (
            *(line.id in ids for line in (*resolution.lines, *resolution.gone)),
            *((held.path, held.part) in places for held in resolution.held),
            *(_place(each.candidate) in places for each in resolution.others),
            *(line.path not in self._paths for line in resolution.gone),
        )
        neighbours = [each for each in resolution.articles if _place(each.candidate) in places]
        settled = (each == places[_place(each.candidate)] for each in neighbours)
        told = {each.candidate.path for each in self._neighbours.values()} - self.paths
        told -= {each.path for each in self.candidates}
        if (
            any(touched)
            or len(neighbours) != len(places)
            or not all(settled)
            or any(problem.path in told for problem in resolution.problems)
        ):
            return None
        return resolution._replace(
            articles=tuple(e for e in resolution.articles if _place(e.candidate) not in places)
        )


def _place(candidate: Candidate) -> Place:
    return candidate.path, candidate.part
