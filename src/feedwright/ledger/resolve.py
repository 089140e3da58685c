"""Candidates and ledger to articles and new lines: which article is which, since when. Pure.

`resolve` is the whole of it; docs/identity.md tells the rules to people.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedwright.ledger import clashes, moments
from feedwright.ledger.matching import Loss, Matches, match, place_of
from feedwright.ledger.minting import declared_id, declares, mint_declared, mint_from_permalinks
from feedwright.ledger.values import Held, Ledger, Resolution, ResolveTools, Sketch
from feedwright.model import Article, Candidate, LedgerLine, Problem, State

__all__ = ["Held", "Resolution", "ResolveTools", "resolve"]

FORMER_PATHS = 20
"""So many former paths are kept; more of them say nothing more."""


def resolve(
    candidates: Sequence[Candidate],
    unreadable: Mapping[str, str],
    ledger: Ledger,
    now: datetime,
    tools: ResolveTools,
) -> Resolution:
    """Give every candidate its identity, permalink, dates and state at `now`.

    `unreadable` has the path of each file that is there but cannot be used, and why: an article
    that lies there is held, and nobody takes its id. The order of the candidates says nothing.
    """
    ordered, surplus = _in_order(candidates)
    ready = [moments.is_ready(candidate, now) for candidate in ordered]
    matches = match(ordered, ready, unreadable, ledger)
    work = _Run(ledger, now, tools, matches, _sketches(ordered, matches, now, tools))
    work.hold_twice(surplus)
    work.give_ids()
    work.make_articles()
    work.hold_unreadable(unreadable)
    work.let_go()
    return work.done()


def _in_order(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Sort by place; two candidates at one place are no fault of the ledger, but of the file."""
    ordered: list[Candidate] = []
    surplus: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda each: (each.path, each.part, each.hash)):
        twice = bool(ordered) and place_of(ordered[-1]) == place_of(candidate)
        (surplus if twice else ordered).append(candidate)
    return ordered, surplus


def _sketches(
    candidates: Sequence[Candidate], matches: Matches, now: datetime, tools: ResolveTools
) -> list[Sketch]:
    """Find state, date and permalink of each candidate."""
    states = [
        moments.state_of(candidate, row, now)
        for candidate, row in zip(candidates, matches.rows, strict=True)
    ]
    sights = moments.first_sights(
        [
            index
            for index, candidate in enumerate(candidates)
            if candidate.published is None
            and matches.rows[index] is None
            and states[index] is State.LIVE
            and index not in matches.losses
        ],
        now,
    )
    sketches = []
    for index, candidate in enumerate(candidates):
        row = matches.rows[index]
        published, inferred = candidate.published, False
        if published is None and row is not None:
            published, inferred = row.published, row.inferred
        elif published is None:
            published, inferred = sights.get(index, moments.whole_second(now)), True
        permalink = tools.permalink_of(candidate, published)
        sketches.append(Sketch(candidate, row, states[index], published, inferred, permalink))
    return sketches


class _Run:
    """What one resolving has found so far."""

    def __init__(
        self,
        ledger: Ledger,
        now: datetime,
        tools: ResolveTools,
        matches: Matches,
        sketches: Sequence[Sketch],
    ) -> None:
        self.ledger = ledger
        self.now = now
        self.host = tools.host
        self.matches = matches
        self.sketches = sketches
        self.ids: dict[int, str] = {}
        self.kept_out: dict[int, Problem] = {}
        """Live candidates that have to give way to another article."""
        self.articles: list[Article] = []
        self.others: list[Article] = []
        self.held: list[Held] = []
        self.lines: list[LedgerLine] = []
        self.gone: list[LedgerLine] = []
        self.problems: list[Problem] = []

    def done(self) -> Resolution:
        live = (each for i, each in enumerate(self.sketches) if i not in self.kept_out)
        return Resolution(
            tuple(self.articles),
            tuple(self.others),
            tuple(sorted(self.held, key=lambda each: (each.path, each.part, each.id))),
            tuple(sorted(self.gone, key=lambda line: (line.path, line.part, line.id))),
            tuple(self.lines),
            tuple(self.problems),
            moments.next_due(live, self.now),
        )

    def hold_twice(self, surplus: Sequence[Candidate]) -> None:
        """Hold the second of two articles of one file that have one name."""
        for candidate in surplus:
            problem = clashes.part_clash(candidate)
            self.problems.append(problem)
            self.held.append(Held("", candidate.path, problem.what, candidate.part))

    def give_ids(self) -> None:
        """Take ids from rows, from declarations, from permalinks; find who has to give way."""
        for index, loss in self.matches.losses.items():
            self._give_way(index, loss)
        new = []
        for index, sketch in enumerate(self.sketches):
            if sketch.row is not None:
                self.ids[index] = sketch.row.id
            elif index not in self.matches.losses:
                new.append(index)
        declared, losses = mint_declared(self.sketches, new, self.ledger.articles, self.host)
        self.ids.update(declared)
        for index, loss in losses.items():
            self._give_way(index, loss)
        live = [i for i, each in enumerate(self.sketches) if each.state is State.LIVE]
        live = [i for i in live if i not in self.kept_out]
        self._settle_permalinks(live)
        unnamed = [i for i in live if i not in self.ids and i not in self.kept_out]
        taken = {*self.ledger.articles, *declared.values()} if unnamed else set()
        self.ids.update(mint_from_permalinks(self.sketches, unnamed, taken))

    def _settle_permalinks(self, live: Sequence[int]) -> None:
        """Keep out who has the permalink of another; that of a broken file waits for it."""
        waiting = {row.url: row for row in self.matches.held}
        for index in live if waiting else ():
            sketch = self.sketches[index]
            row = waiting.get(sketch.permalink)
            if row is not None and sketch.row is None:
                self._yield_permalink(index, row)
        rest = [index for index in live if index not in self.kept_out]
        for index, winner in clashes.lost_permalinks(self.sketches, rest).items():
            self._yield_permalink(index, self.sketches[winner].candidate)

    def _yield_permalink(self, index: int, winner: Candidate | LedgerLine) -> None:
        sketch = self.sketches[index]
        self.kept_out[index] = clashes.permalink_clash(sketch.candidate, winner, sketch.permalink)

    def _give_way(self, index: int, loss: Loss) -> None:
        sketch = self.sketches[index]
        if sketch.state is State.LIVE:
            self.kept_out[index] = clashes.id_clash(sketch.candidate, loss)

    def make_articles(self) -> None:
        """Sort candidates into live, waiting and held; write lines for what is new or changed."""
        for index, sketch in enumerate(self.sketches):
            candidate, row = sketch.candidate, sketch.row
            problem = self.kept_out.get(index)
            if problem is not None:
                self.problems.append(problem)
                row_id = row.id if row else ""
                self.held.append(Held(row_id, candidate.path, problem.what, candidate.part))
                continue
            if row is not None and index not in self.matches.losses:
                self._warn(candidate, row)
            if sketch.state is State.LIVE:
                self._publish(sketch, self.ids[index])
            else:
                self.others.append(self._waiting(sketch, self.ids.get(index, "")))

    def _warn(self, candidate: Candidate, row: LedgerLine) -> None:
        if candidate.declared_id and not declares(candidate, row):
            self.problems.append(clashes.declared_later(candidate, row))

    def _publish(self, sketch: Sketch, article_id: str) -> None:
        line = _line(sketch, article_id, self.now)
        if line != sketch.row:
            at = moments.next_at(sketch.row, self.now)
            self.lines.append(line._replace(at=at, url=sketch.permalink))
        self.articles.append(
            Article(
                sketch.candidate,
                article_id,
                sketch.permalink,
                line.published,
                line.updated,
                line.first,
                State.LIVE,
                line.guid,
            )
        )

    def _waiting(self, sketch: Sketch, article_id: str) -> Article:
        row = sketch.row
        return Article(
            sketch.candidate,
            article_id or declared_id(sketch, self.host) or sketch.permalink,
            sketch.permalink,
            sketch.published,
            moments.updated_of(sketch, self.now),
            row.first if row else moments.whole_second(self.now),
            sketch.state,
            row.guid if row else "",
        )

    def hold_unreadable(self, unreadable: Mapping[str, str]) -> None:
        """Hold what lies in files that cannot be used."""
        known = set()
        for row in self.matches.held:
            known.add(row.path)
            self.held.append(Held(row.id, row.path, unreadable[row.path], row.part))
        readable = {sketch.candidate.path for sketch in self.sketches} if unreadable else set()
        self.held += [
            Held("", path, reason)
            for path, reason in unreadable.items()
            if path not in known and path not in readable
        ]

    def let_go(self) -> None:
        """Write gone lines for known live articles that are draft, future, expired, or no more."""
        for index, sketch in enumerate(self.sketches):
            row = sketch.row
            leaves = sketch.state is not State.LIVE and index not in self.kept_out
            if leaves and row is not None and row.state is State.LIVE:
                self.gone.append(self._gone(_moved(row, sketch.candidate), row, sketch))
        for row in self.matches.vanished:
            beaten = row.id in self.matches.beaten
            self.gone.append(self._gone(_without_place(row) if beaten else row, row, None))

    def _gone(self, line: LedgerLine, row: LedgerLine, sketch: Sketch | None) -> LedgerLine:
        return line._replace(
            state=State.GONE,
            at=moments.next_at(row, self.now),
            when=moments.gone_when(row, sketch, self.now),
            feeds=(),
        )


def _line(sketch: Sketch, article_id: str, now: datetime) -> LedgerLine:
    """Say what the ledger should say of a live article; equal to its row when nothing changed.

    `at` and `url` are the row's: they tell when a line was written, and are no reason for one.
    """
    candidate, row = sketch.candidate, sketch.row
    minted = not candidate.declared_id
    if row is not None:
        minted = row.minted and not declares(candidate, row)
    return LedgerLine(
        id=article_id,
        at=row.at if row else now,
        first=row.first if row else moments.whole_second(now),
        published=sketch.published,
        inferred=sketch.inferred,
        path=candidate.path,
        part=candidate.part,
        hash=candidate.hash,
        updated=moments.updated_of(sketch, now),
        state=State.LIVE,
        was=_former_paths(row, candidate.path) if row else (),
        minted=minted,
        slug=candidate.slug if candidate.slug_is_declared else "",
        title=candidate.title,
        url=row.url if row else sketch.permalink,
        guid=row.guid if row else "",
    )


def _moved(row: LedgerLine, candidate: Candidate) -> LedgerLine:
    """Let a row lie where its file lies now."""
    return row._replace(
        path=candidate.path, part=candidate.part, was=_former_paths(row, candidate.path)
    )


def _without_place(row: LedgerLine) -> LedgerLine:
    """Give up what a row could be matched by: its path belongs to an older id."""
    return row._replace(path="", part="", hash="", slug="", was=_former_paths(row, ""))


def _former_paths(row: LedgerLine, path: str) -> tuple[str, ...]:
    if path == row.path:
        return row.was
    former = [each for each in row.was if each not in (path, row.path)]
    return tuple([*former, row.path][-FORMER_PATHS:])
