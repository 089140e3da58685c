"""Two articles with one permalink or one id; and what is told of identity. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from feedwright.ledger.matching import Loss
from feedwright.ledger.values import Sketch
from feedwright.model import Candidate, LedgerLine, Problem, Severity, State


def lost_permalinks(sketches: Sequence[Sketch], indexes: Iterable[int]) -> dict[int, int]:
    """Return for each article that has to give way the one whose permalink it has.

    What the ledger knows wins, else the smaller path; the indexes are in order of paths.
    """
    claims: dict[str, list[int]] = defaultdict(list)
    for index in indexes:
        claims[sketches[index].permalink].append(index)
    lost = {}
    for claimants in claims.values():
        if len(claimants) > 1:
            winner = min(claimants, key=lambda i: (_standing(sketches[i]), i))
            lost.update({index: winner for index in claimants if index != winner})
    return lost


def _standing(sketch: Sketch) -> tuple[bool, bool, bool, datetime]:
    """Known and live, known and gone, unknown; of known ones who had the permalink before."""
    row = sketch.row
    if row is None:
        return True, True, True, sketch.published
    return False, row.state is not State.LIVE, row.url != sketch.permalink, row.first


def permalink_clash(
    candidate: Candidate, winner: Candidate | LedgerLine, permalink: str
) -> Problem:
    """Tell that an article is held because another has its permalink."""
    return Problem(
        Severity.ERROR,
        "permalink-clash",
        candidate.path,
        _line_of(candidate, "permalink", "slug"),
        "permalink",
        f"{permalink} is the permalink of {_name(winner)} too, which keeps it",
        _way_out(candidate, winner),
    )


def _way_out(candidate: Candidate, winner: Candidate | LedgerLine) -> str:
    if isinstance(winner, Candidate) and winner.language != candidate.language:
        return "they differ in language: put {language:other} into content.permalink"
    return "give one of them another slug or permalink"


def id_clash(candidate: Candidate, loss: Loss) -> Problem:
    """Tell that an article is held because it declares the id of another."""
    return Problem(
        Severity.ERROR,
        "id-clash",
        candidate.path,
        _line_of(candidate, "id"),
        "id",
        f'"{loss.id}" is the id of {loss.winner} too, which keeps it',
        "take the id out of the copy, or give it one of its own",
    )


def part_clash(candidate: Candidate) -> Problem:
    """Tell that one file holds two articles of one name."""
    return Problem(
        Severity.ERROR,
        "part-clash",
        candidate.path,
        0,
        "id",
        f'two articles of this file are called "{candidate.part}"; the second is held',
        "give each of them a slug or an id of its own",
    )


def declared_later(candidate: Candidate, row: LedgerLine) -> Problem:
    """Warn that a declared id is ignored, since readers know the article by another."""
    return Problem(
        Severity.WARNING,
        "id-declared-later",
        candidate.path,
        _line_of(candidate, "id"),
        "id",
        f'"{candidate.declared_id}" is ignored: readers know this article as {row.id}',
        f"declare {row.id}, or no id",
    )


def _line_of(candidate: Candidate, *fields: str) -> int:
    for field in fields:
        for origin in candidate.origins:
            if origin.field == field:
                return origin.line
    return 0


def _name(each: Candidate | LedgerLine) -> str:
    return f"{each.path} ({each.part})" if each.part else each.path
