"""States and instants of articles. Pure: time is an argument, and only a threshold.

An instant comes from a declaration or is written to the ledger once; `now` is written nowhere
else. What the ledger has seen is not undone by a clock that jumps back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from feedwright.ledger.values import Sketch
from feedwright.model import Candidate, LedgerLine, State

TICK = timedelta(microseconds=1)


def whole_second(instant: datetime) -> datetime:
    """Drop the fraction of a second."""
    return instant.replace(microsecond=0)


def is_ready(candidate: Candidate, now: datetime) -> bool:
    """Whether a candidate would be live, whatever the ledger says."""
    return state_of(candidate, None, now) is State.LIVE


def state_of(candidate: Candidate, row: LedgerLine | None, now: datetime) -> State:
    """Return the state of a candidate at an instant."""
    if candidate.draft:
        return State.DRAFT
    if candidate.expires is not None and (
        candidate.expires <= now or (row is not None and row.when == candidate.expires)
    ):
        return State.EXPIRED
    if candidate.published is not None and candidate.published > now:
        out_already = row is not None and row.state is State.LIVE
        return State.LIVE if out_already and row_date(row) == candidate.published else State.FUTURE
    return State.LIVE


def row_date(row: LedgerLine | None) -> datetime | None:
    """Return the date of a known article."""
    return row.published if row is not None else None


def first_sights(unknown: Sequence[int], now: datetime) -> dict[int, datetime]:
    """Give each undated article, in order, its own whole second; the last one has now's."""
    last = whole_second(now)
    count = len(unknown)
    return {
        index: last - timedelta(seconds=count - 1 - position)
        for position, index in enumerate(unknown)
    }


def updated_of(sketch: Sketch, now: datetime) -> datetime:
    """Return when an article was updated: declared, else when its words last changed.

    A declared date that is still to come is ignored until then. Another version of the hash is no
    change of words.
    """
    candidate, row = sketch.candidate, sketch.row
    if candidate.updated is not None and candidate.updated <= now:
        updated = candidate.updated
    elif row is None:
        updated = sketch.published
    elif candidate.minor or not is_changed(candidate.hash, row.hash):
        updated = row.updated
    else:
        updated = max(row.updated, whole_second(now))
    return max(updated, sketch.published)


def is_changed(new: str, old: str) -> bool:
    """Whether two hashes of one version differ."""
    return new != old and new.partition(":")[0] == old.partition(":")[0]


def next_at(row: LedgerLine | None, now: datetime) -> datetime:
    """Return when a line is written: now, but always later than the last line of its id."""
    return now if row is None else max(now, row.at + TICK)


def gone_when(row: LedgerLine, sketch: Sketch | None, now: datetime) -> datetime:
    """Return when an article left: its expiry if that came by itself, else the run's time."""
    expires = sketch.candidate.expires if sketch and sketch.state is State.EXPIRED else None
    if expires is not None and max(row.at, row.updated) <= expires <= now:
        return expires
    return whole_second(now)


def next_due(sketches: Iterable[Sketch], now: datetime) -> datetime | None:
    """Return when time alone next changes an article."""
    due = None
    for sketch in sketches:
        candidate = sketch.candidate
        if sketch.state is State.FUTURE:
            moments: tuple[datetime | None, ...] = (candidate.published,)
        elif sketch.state is State.LIVE:
            moments = (candidate.expires, candidate.updated)
        else:
            continue
        for moment in moments:
            if moment is not None and moment > now and (due is None or moment < due):
                due = moment
    return due
