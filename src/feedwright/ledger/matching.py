"""Which candidate is which known article: the rules of docs/identity.md, in their order. Pure.

Every rule looks up dictionaries, so that matching grows with the number of articles, not with its
square. Rows are the ledger's lines, one for each id.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from feedwright.ledger import kinship
from feedwright.ledger.iris import declared_iri, tag_specific, tag_value
from feedwright.ledger.values import Ledger, Place
from feedwright.model import Candidate, LedgerLine, State


class Loss(NamedTuple):
    """A declared id that another article holds."""

    id: str
    winner: str
    """Path of the article that holds it."""


class Matches(NamedTuple):
    """What matching found."""

    rows: tuple[LedgerLine | None, ...]
    """For each candidate the row that it is."""
    losses: Mapping[int, Loss]
    """Candidates that declare the id of another article."""
    held: tuple[LedgerLine, ...]
    """Live rows whose file is there and cannot be read."""
    vanished: tuple[LedgerLine, ...]
    """Live rows that no file is any more."""
    beaten: frozenset[str]
    """Ids of vanished rows whose path belongs to an older id: they are never matched again."""


def match(
    candidates: Sequence[Candidate],
    ready: Sequence[bool],
    unreadable: Mapping[str, str],
    ledger: Ledger,
) -> Matches:
    """Match candidates, sorted by place, to rows. `ready` tells which would be live now.

    Files in `unreadable` (path and reason) are matched by path only: nobody takes their rows.
    """
    work = _Work(candidates, ready, unreadable, ledger)
    work.by_declared_id()
    work.by_place_and_words()
    work.by_words()
    work.by_place()
    work.by_kinship()
    return work.done()


def place_of(each: Candidate | LedgerLine) -> Place:
    """Return where an article lies."""
    return each.path, each.part


_SIGNS: tuple[Callable[[Candidate | LedgerLine], Hashable], ...] = (place_of, attrgetter("hash"))
"""By what a candidate is known as a row: its place, then its words."""


class _Work:
    """The state of one matching: each row is taken at most once."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        ready: Sequence[bool],
        unreadable: Mapping[str, str],
        ledger: Ledger,
    ) -> None:
        self.candidates = candidates
        self.ready = ready
        self.rows = ledger.articles
        self.found: list[LedgerLine | None] = [None] * len(candidates)
        self.losses: dict[int, Loss] = {}
        self.taken: set[str] = set()
        self.at_place = _rows_by_place(ledger.articles.values())
        self.candidate_at: dict[Place, int] = {}
        for index, candidate in enumerate(candidates):
            self.candidate_at.setdefault(place_of(candidate), index)
        self.beaten = frozenset(
            row.id
            for rows in self.at_place.values()
            for row in rows[1:]
            if row.state is State.LIVE  # and so is the first of them
        )
        self.reserved = frozenset(
            row.id
            for row in ledger.articles.values()
            if row.path in unreadable and place_of(row) not in self.candidate_at
        )

    def done(self) -> Matches:
        live = [row for row in self.rows.values() if row.state is State.LIVE]
        live.sort(key=lambda row: (row.path, row.part, row.id))
        return Matches(
            tuple(self.found),
            self.losses,
            tuple(row for row in live if row.id in self.reserved),
            tuple(row for row in live if self._is_free(row)),
            self.beaten,
        )

    # -------------------------------------------------------- rule 1: the declared id

    def by_declared_id(self) -> None:
        """Take what a declared id names: a known IRI, or the value that a known id was made of."""
        declaring = [i for i, each in enumerate(self.candidates) if each.declared_id]
        if not declaring:
            return
        claims: dict[str, list[int]] = defaultdict(list)
        by_value: dict[str, list[int]] = defaultdict(list)
        for index in declaring:
            declared = self.candidates[index].declared_id
            iri = declared_iri(declared)
            row = self.rows.get(declared) or self.rows.get(iri)
            if row is not None:
                claims[row.id].append(index)
            elif not iri:
                by_value[tag_specific(declared)].append(index)
        named = frozenset(index for claimants in claims.values() for index in claimants)
        if by_value:
            for value, rows in _rows_by_value(self.rows.values(), by_value).items():
                self._share(by_value[value], rows, claims)
        for row_id, claimants in claims.items():
            self._settle(self.rows[row_id], claimants, named)

    def _share(
        self, indexes: Sequence[int], rows: Sequence[LedgerLine], claims: dict[str, list[int]]
    ) -> None:
        """Let candidates that declare one value claim the ids that were made of it.

        Two articles of two years have two ids of one value: each claims that of its place, else
        of its words. What is left claims what is left, the oldest first.
        """
        left, rest = dict.fromkeys(indexes), list(rows)
        for sign in _SIGNS:
            here = {sign(self.candidates[index]): index for index in reversed(left)}
            free = []
            for row in rest:
                index = here.pop(sign(row), None)
                if index is None:
                    free.append(row)
                else:
                    claims[row.id].append(index)
                    del left[index]
            rest = free
        for number, index in enumerate(left):
            row = rest[min(number, len(rest) - 1)] if rest else rows[0]
            claims[row.id].append(index)

    def _settle(self, row: LedgerLine, claimants: list[int], named: Container[int]) -> None:
        """Give a row to one of those that claim it.

        What lies there with the same words is it, whatever a copy of it declares. Who claims it by
        a value and gets nothing has an id of another year.
        """
        there = self.candidate_at.get(place_of(row))
        if there is not None and there not in claimants and self._is_still(there, row):
            claimants = [*claimants, there]
        winner = None if row.id in self.reserved else self._winner(row, claimants)
        if winner is not None:
            self._take(winner, row)
        path = row.path if winner is None else self.candidates[winner].path
        for index in claimants:
            if index != winner and index in named:
                self.losses[index] = Loss(row.id, path)

    def _is_still(self, index: int, row: LedgerLine) -> bool:
        candidate = self.candidates[index]
        same = candidate.hash == row.hash and not candidate.declared_id
        return same and row.minted and self.ready[index] and self.found[index] is None

    def _winner(self, row: LedgerLine, claimants: Sequence[int]) -> int:
        """Whom the ledger knows at that place, else who has the words, else the smaller path."""
        return min(
            claimants,
            key=lambda i: (
                place_of(self.candidates[i]) != place_of(row),
                not self.ready[i],
                self.candidates[i].hash != row.hash,
                i,
            ),
        )

    # -------------------------------------------------------- rules 2 and 4: the place

    def by_place_and_words(self) -> None:
        """Take the same place with the same hash."""
        for index in self._open(losers=True):
            candidate = self.candidates[index]
            rows = self.at_place.get(place_of(candidate), [])
            if rows and rows[0].hash == candidate.hash and self._may_be(index, rows[0]):
                self._take(index, rows[0])

    def by_place(self) -> None:
        """Take the same place: an edit. Its former holders come back only with their words."""
        for index in self._open(losers=True):
            candidate = self.candidates[index]
            rows = self.at_place.get(place_of(candidate), [])
            for row in rows:
                if (row is rows[0] or row.hash == candidate.hash) and self._may_be(index, row):
                    self._take(index, row)
                    break

    # -------------------------------------------------------- rule 3: the words

    def by_words(self) -> None:
        """Take the same hash among rows whose place is empty or now holds other words."""
        if not self.rows:
            return
        open_by_hash: dict[str, list[int]] = defaultdict(list)
        for index in sorted(self._open(), key=lambda i: (not self.ready[i], i)):
            open_by_hash[self.candidates[index].hash].append(index)
        rows_by_hash: dict[str, list[LedgerLine]] = defaultdict(list)
        known = {row.hash for row in self.rows.values()} if open_by_hash else set()
        for row in self.rows.values():
            if row.hash in open_by_hash and row.path and self._has_left(row, known):
                rows_by_hash[row.hash].append(row)
        for words, rows in rows_by_hash.items():
            rows.sort(key=_newest_first)
            for likeness in kinship.LIKENESSES:
                self._pair(open_by_hash[words], rows, likeness)

    def _has_left(self, row: LedgerLine, known: set[str]) -> bool:
        """Whether a row's place is empty, or holds another article rather than an edit of it."""
        if not self._is_free(row):
            return False
        index = self.candidate_at.get(place_of(row))
        if index is None:
            return True
        there = self.candidates[index]
        if self.found[index] is None and there.hash not in known and kinship.is_edit(there, row):
            return False
        return there.hash != row.hash

    def _pair(
        self,
        indexes: Iterable[int],
        rows: Iterable[LedgerLine],
        likeness: Callable[[str, str, datetime | None], Hashable],
    ) -> None:
        waiting: dict[tuple[bool, bool, Hashable], deque[LedgerLine]] = defaultdict(deque)
        for row in rows:
            if self._is_free(row):
                dated = None if row.inferred else row.published
                vacant = place_of(row) not in self.candidate_at
                waiting[vacant, row.minted, likeness(row.path, row.part, dated)].append(row)
        for index in indexes:
            if self.found[index] is not None:
                continue
            candidate = self.candidates[index]
            like = likeness(candidate.path, candidate.part, candidate.published)
            for vacant, minted in kinship.PREFERENCE:
                # A draft never takes the id away from a file that is there, and a declared
                # id that is not the row's goes only with a row that was minted.
                if (vacant or self.ready[index]) and (minted or not candidate.declared_id):
                    queue = waiting.get((vacant, minted, like))
                    if queue:
                        self._take(index, queue.popleft())
                        break

    # -------------------------------------------------------- rule 5: slug, title and day

    def by_kinship(self) -> None:
        """Take a unique match by declared slug, or title and published: renamed and edited.

        Articles that vanished in this run come before those that are long gone. What an article
        that is there says of itself too brings back nobody: the copy of it is no return.
        """
        indexes = [i for i in self._open() if not self.candidates[i].declared_id]
        if not indexes:
            return
        rows = [row for row in self.rows.values() if self._is_free(row) and row.path]
        vanished = [row for row in rows if row.state is State.LIVE and row.id not in self.beaten]
        gone = [row for row in rows if row.state is State.GONE]
        for waiting in (
            [i for i in indexes if self.ready[i]],
            [i for i in indexes if not self.ready[i]],
        ):
            self._unite(waiting, vanished, kinship.by_slug)
            self._unite(waiting, vanished, kinship.by_title)
            others = [i for i, row in enumerate(self.found) if row is not None] if gone else []
            self._unite(waiting, gone, kinship.by_slug_of_old, others)
            self._unite(waiting, gone, kinship.by_title_of_old, others)
            self._unite(waiting, gone, kinship.by_former_place, others)

    def _unite(
        self,
        indexes: Iterable[int],
        rows: Sequence[LedgerLine],
        signs: Callable[[kinship.Signs], Iterable[Hashable]],
        others: Sequence[int] = (),
    ) -> None:
        if not rows:
            return
        waiting = kinship.unique(
            (sign, i)
            for i in (*(i for i in indexes if self.found[i] is None), *others)
            for sign in signs(kinship.signs_of_candidate(self.candidates[i]))
        )
        if not waiting:
            return
        known = kinship.unique(
            (sign, row)
            for row in rows
            if self._is_free(row)
            for sign in signs(kinship.signs_of_row(row))
        )
        for sign, index in waiting.items():
            row = known.get(sign)
            if row is not None and self._is_free(row) and self.found[index] is None:
                self._take(index, row)

    # -------------------------------------------------------- taking

    def _open(self, *, losers: bool = False) -> list[int]:
        """Candidates without a row. Those that lost their declared id keep only their place."""
        return [
            i
            for i, row in enumerate(self.found)
            if row is None and (losers or i not in self.losses)
        ]

    def _is_free(self, row: LedgerLine) -> bool:
        return row.id not in self.taken and row.id not in self.reserved

    def _may_be(self, index: int, row: LedgerLine) -> bool:
        """Whether a row is free, and the candidate declares no other id than a declared one."""
        declares = bool(self.candidates[index].declared_id) and index not in self.losses
        return self._is_free(row) and (row.minted or not declares)

    def _take(self, index: int, row: LedgerLine) -> None:
        self.found[index] = row
        self.taken.add(row.id)


# ---------------------------------------------------------------- looking up


def _rows_by_place(rows: Iterable[LedgerLine]) -> dict[Place, list[LedgerLine]]:
    """Group rows by place, the owner first. A row without path gave its place up."""
    found: dict[Place, list[LedgerLine]] = {}
    for row in rows:
        if row.path:
            found.setdefault((row.path, row.part), []).append(row)
    for several in found.values():
        if len(several) > 1:
            several.sort(key=_ownership)
    return found


def _ownership(row: LedgerLine) -> tuple[bool, float, datetime, str]:
    """Live before gone; of live ones the smaller `first`, of gone ones the last to go."""
    live = row.state is State.LIVE
    return not live, 0 if live else -row.at.timestamp(), row.first, row.id


def _newest_first(row: LedgerLine) -> tuple[bool, float, Place, str]:
    return row.state is State.GONE, -row.at.timestamp(), place_of(row), row.id


def _rows_by_value(
    rows: Iterable[LedgerLine], wanted: Container[str]
) -> dict[str, list[LedgerLine]]:
    """Group rows by the declared value of which their id was made, the oldest first."""
    found: dict[str, list[LedgerLine]] = {}
    for row in rows:
        value = value_of(row)
        if value and value in wanted:
            found.setdefault(value, []).append(row)
    for several in found.values():
        several.sort(key=lambda row: (row.first, row.id))
    return found


def value_of(row: LedgerLine) -> str:
    """Return the declared value of which a row's id was made; empty when of none."""
    return tag_specific(row.guid) or ("" if row.minted else tag_value(row.id))
