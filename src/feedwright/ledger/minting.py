"""Ids of new articles, and whether a declaration names a known one. Pure."""

from collections.abc import Container, Iterable, Mapping, Sequence

from feedwright.ledger.iris import (
    declared_iri,
    free_id,
    minted_id,
    tag_iri,
    tag_specific,
    tag_value,
)
from feedwright.ledger.matching import Loss
from feedwright.ledger.values import Sketch
from feedwright.model import Candidate, LedgerLine, State


def declares(candidate: Candidate, row: LedgerLine) -> bool:
    """Whether a candidate declares the id of a row, as an IRI or as the value it was made of."""
    declared = candidate.declared_id
    if not declared:
        return False
    if declared == row.id:
        return True
    iri = declared_iri(declared)
    if iri:
        return iri == row.id
    return tag_specific(declared) in {tag_value(row.id), tag_specific(row.guid)}


def declared_id(sketch: Sketch, host: str) -> str:
    """Return the id that a candidate declares, as an IRI; empty when it declares none."""
    declared = sketch.candidate.declared_id
    if not declared:
        return ""
    return declared_iri(declared) or tag_iri(host, sketch.published.year, declared)


def mint_declared(
    sketches: Sequence[Sketch],
    indexes: Iterable[int],
    rows: Mapping[str, LedgerLine],
    host: str,
) -> tuple[dict[int, str], dict[int, Loss]]:
    """Give new articles the ids that they declare. Of two that declare one, the first has it."""
    ids: dict[int, str] = {}
    losses: dict[int, Loss] = {}
    holders = {each.row.id: each.candidate.path for each in sketches if each.row is not None}
    for index in sorted(indexes, key=lambda i: (sketches[i].state is not State.LIVE, i)):
        sketch = sketches[index]
        wanted = declared_id(sketch, host)
        if not wanted:
            continue
        holder = holders.get(wanted)
        if holder is None and wanted in rows:
            holder = rows[wanted].path
        if holder is None:
            ids[index] = wanted
            holders[wanted] = sketch.candidate.path
        else:
            losses[index] = Loss(wanted, holder)
    return ids, losses


def mint_from_permalinks(
    sketches: Sequence[Sketch], indexes: Iterable[int], taken: Container[str]
) -> dict[int, str]:
    """Make ids of permalinks, in order; one that is taken gets `#2`."""
    ids: dict[int, str] = {}
    mine: set[str] = set()
    for index in indexes:
        wanted = minted_id(sketches[index].permalink)
        if wanted in taken or wanted in mine:
            wanted = free_id(wanted, _Either(taken, mine))
        ids[index] = wanted
        mine.add(wanted)
    return ids


class _Either:
    """What is in one of two containers."""

    def __init__(self, one: Container[str], other: Container[str]) -> None:
        self._one, self._other = one, other

    def __contains__(self, item: object) -> bool:
        return item in self._one or item in self._other
