"""Alias tables turned round: from a key as written to the canonical fields it may stand for.

An article has a dozen keys and the tables have hundreds, so each key is looked up once.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from feedwright.model import RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.values import is_empty, squash

_LATE = 1_000_000
"""Added to a tier to put it behind all others."""
_CONFIGURED = -1_000_000
"""Added to the rank of names from `content.fields`: they come before everything."""


class Slot(NamedTuple):
    """A meaning of a key."""

    canonical: str
    rank: int
    """Place among the names of the field; below 0 for those of `content.fields`."""
    path: tuple[str, ...]
    """Where in the key's mapping the value stands; empty: it is the key's own value."""


Table = Mapping[str, tuple[Slot, ...]]
"""Squashed key -> what it may stand for."""


def table_of(names: aliases.Names, configured: aliases.Names) -> Table:
    """Turn rows of names round; `configured` names come before them."""
    table: dict[str, tuple[Slot, ...]] = {}
    for rows, before in ((configured, _CONFIGURED), (names, 0)):
        for canonical, row in rows.items():
            for rank, name in enumerate(row, before):
                for key, path in _places(squash(name)):
                    table[key] = (*table.get(key, ()), Slot(canonical, rank, path))
    return table


def _places(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give where a name may be found: as a key, and with dots also within mappings."""
    top, *rest = name.split(".")
    if not rest or not top or not all(rest):
        return [(name, ())]
    return [(name, ()), (top, tuple(rest))]


class Found:
    """Values by canonical field, in order of precedence.

    Of two values the one with a configured name wins; else the one whose origin stands first
    (front matter before file name); else the one whose name stands first in the alias table.
    Values that say nothing are absent.
    """

    def __init__(self, fields: Iterable[RawField], table: Table) -> None:
        self._found: dict[str, list[tuple[tuple[bool, int, int, int], RawField]]] = {}
        tier, origin = 0, ""
        for position, field in enumerate(fields):
            if field.origin != origin:  # a run of fields of one origin is one tier
                tier, origin = tier + 1, field.origin
            slots = table.get(squash(field.key))
            if slots and not is_empty(field.value):
                for slot in slots:
                    if not slot.path or isinstance(field.value, dict):
                        self._put(slot, field, tier, position)

    def all(self, canonical: str) -> list[RawField]:
        """Give every value of a canonical field, the one to take first."""
        found = self._found.get(canonical)
        if found is None:
            return []
        if len(found) == 1:
            return [found[0][1]]
        found.sort(key=lambda pair: pair[0])
        return [field for _, field in found]

    def first(self, canonical: str) -> RawField | None:
        """Give the value to take."""
        found = self.all(canonical)
        return found[0] if found else None

    def _put(self, slot: Slot, field: RawField, tier: int, position: int) -> None:
        if slot.path:
            value = _descend(field.value, slot.path)
            if is_empty(value):
                return
            key = ".".join((field.key, *slot.path))
            field = RawField(key, value, field.line, field.origin)
        canonical, rank, _ = slot
        if canonical in aliases.AFTER_DEFAULTS:
            tier += _LATE if field.origin in aliases.AFTER_DEFAULTS[canonical] else 0
        ranked = ((rank >= 0, tier, rank, position), field)
        found = self._found.get(canonical)
        if found is None:
            self._found[canonical] = [ranked]
        else:
            found.append(ranked)


def _descend(value: RawValue, path: tuple[str, ...]) -> RawValue:
    for name in path:
        if not isinstance(value, dict):
            return None
        value = next((item for key, item in value.items() if squash(key) == name), None)
    return value
