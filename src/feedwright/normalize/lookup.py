"""Alias tables turned round: from a key as written to the canonical fields it may stand for.

An article has a dozen keys and the tables have hundreds, so each key is looked up once.
"""

from collections.abc import Iterator, Mapping, Sequence
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


_Rank = tuple[bool, int, int, int]
_Plan = tuple[tuple[int, tuple[tuple[str, tuple[str, ...], _Rank], ...]], ...]
_MOST_PLANS = 1024
_MOST_KEYS = 100
"""Of an article whose plan is kept."""


class Table:
    """What a squashed key may stand for."""

    def __init__(self, slots: Mapping[str, tuple[Slot, ...]]) -> None:
        self._slots = slots
        self._plans: dict[tuple[tuple[str, str], ...], _Plan] = {}

    def __reduce__(self) -> tuple[type["Table"], tuple[Mapping[str, tuple[Slot, ...]]]]:
        """Travel to other processes without plans."""
        return Table, (self._slots,)

    def plan(self, keys: tuple[tuple[str, str], ...]) -> _Plan:
        """Tell of fields with these keys and origins which has a meaning, and how each ranks.

        Articles look alike: most of a site have the same keys in the same order.
        """
        found = self._plans.get(keys)
        if found is None:
            found = tuple(self._made(keys))
            if len(keys) <= _MOST_KEYS:
                if len(self._plans) == _MOST_PLANS:
                    self._plans.clear()
                self._plans[keys] = found
        return found

    def _made(
        self, keys: tuple[tuple[str, str], ...]
    ) -> Iterator[tuple[int, tuple[tuple[str, tuple[str, ...], _Rank], ...]]]:
        tier, last = 0, ""
        for position, (key, origin) in enumerate(keys):
            if origin != last:  # a run of fields of one origin is one tier
                tier, last = tier + 1, origin
            slots = self._slots.get(squash(key))
            if slots:
                yield (
                    position,
                    tuple(
                        (
                            slot.canonical,
                            slot.path,
                            (slot.rank >= 0, tier + _delay(slot, origin), slot.rank, position),
                        )
                        for slot in slots
                    ),
                )


def _delay(slot: Slot, origin: str) -> int:
    return _LATE if origin in aliases.AFTER_DEFAULTS.get(slot.canonical, ()) else 0


def table_of(names: aliases.Names, configured: aliases.Names) -> Table:
    """Turn rows of names round; `configured` names come before them."""
    table: dict[str, tuple[Slot, ...]] = {}
    for rows, before in ((configured, _CONFIGURED), (names, 0)):
        for canonical, row in rows.items():
            for rank, name in enumerate(row, before):
                for key, path in _places(squash(name)):
                    table[key] = (*table.get(key, ()), Slot(canonical, rank, path))
    return Table(table)


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

    def __init__(self, fields: Sequence[RawField], table: Table) -> None:
        self._found: dict[str, list[tuple[_Rank, RawField]]] = {}
        plan = table.plan(tuple([(field.key, field.origin) for field in fields]))
        for position, places in plan:
            field = fields[position]
            value = field.value
            if is_empty(value):
                continue
            for canonical, path, rank in places:
                if path:
                    if isinstance(value, dict):
                        self._put_member(canonical, path, rank, field)
                elif canonical in self._found:
                    self._found[canonical].append((rank, field))
                else:
                    self._found[canonical] = [(rank, field)]

    def has(self, canonical: str) -> bool:
        """Tell whether there is any value of a canonical field."""
        return canonical in self._found

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

    def _put_member(
        self, canonical: str, path: tuple[str, ...], rank: "_Rank", field: RawField
    ) -> None:
        value = _descend(field.value, path)
        if not is_empty(value):
            member = RawField(".".join((field.key, *path)), value, field.line, field.origin)
            self._found.setdefault(canonical, []).append((rank, member))


def _descend(value: RawValue, path: tuple[str, ...]) -> RawValue:
    for name in path:
        if not isinstance(value, dict):
            return None
        value = next((item for key, item in value.items() if squash(key) == name), None)
    return value
