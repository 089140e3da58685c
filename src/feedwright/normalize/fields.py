"""Declared values by canonical field, in order of precedence."""

from collections.abc import Iterator

from feedwright.model import Candidate, RawArticle, RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.rules import Name, Rules, name_of
from feedwright.normalize.values import is_empty, squash

_LATE = 1_000_000
"""Added to a tier to put it behind all others."""


class Fields:
    """The metadata of one article.

    Of two values the one with a configured name wins; else the one whose origin stands first
    (front matter before file name); else the one whose name stands first in the alias table.
    Values that say nothing are absent.
    """

    def __init__(self, raw: RawArticle, rules: Rules) -> None:
        self.raw = raw
        self.rules = rules
        self.dialect = _variant(raw)
        self._table = rules.table(self.dialect)
        self._defaults = _defaults(raw, rules)
        self._index = _index((*raw.fields, *self._defaults))

    def all(self, canonical: str) -> list[RawField]:
        """Give every value of a canonical field, the one to take first."""
        late = aliases.AFTER_DEFAULTS.get(canonical, frozenset())
        return self._look_up(self._table.get(canonical, ()), late)

    def first(self, canonical: str) -> RawField | None:
        """Give the value to take."""
        return next(iter(self.all(canonical)), None)

    def named(self, *names: str) -> list[RawField]:
        """Give the values of names that are no row of the alias table."""
        return self._look_up(tuple(map(name_of, names)), frozenset())

    def extra(self) -> dict[str, RawValue]:
        """Give what has no canonical field, by its key as written; the first of two counts."""
        extra: dict[str, RawValue] = {}
        for field in (*self.raw.fields, *self._defaults):
            if field.origin in aliases.FROM_PLACE or squash(field.key) in self.rules.known:
                continue
            if not is_empty(field.value):
                extra.setdefault(field.key, field.value)
        return extra

    def _look_up(self, names: tuple[Name, ...], late: frozenset[str]) -> list[RawField]:
        found: list[tuple[tuple[bool, int, int, int], RawField]] = []
        for rank, name in enumerate(names):
            for tier, position, field in self._named(name):
                tier_here = tier + _LATE if field.origin in late else tier
                found.append(((not name.configured, tier_here, rank, position), field))
        if len(found) > 1:
            found.sort(key=lambda pair: pair[0])
        return [field for _, field in found]

    def _named(self, name: Name) -> Iterator[tuple[int, int, RawField]]:
        for tier, position, field in self._index.get(name.whole, ()):
            if not is_empty(field.value):
                yield tier, position, field
        if name.rest:
            for tier, position, field in self._index.get(name.top, ()):
                value = _descend(field.value, name.rest)
                if not is_empty(value):
                    key = ".".join((field.key, *name.rest))
                    yield tier, position, RawField(key, value, field.line, field.origin)


def fields_of_extra(candidate: Candidate, rules: Rules) -> Fields:
    """Look values up in what a candidate keeps under `extra`; defaults are among it."""
    fields = tuple(RawField(key, value, 0, "extra") for key, value in candidate.extra.items())
    place = (candidate.path, candidate.below, candidate.part, candidate.dialect)
    return Fields(RawArticle(*place, fields, "", "", 0), rules)


def is_jekyll(raw: RawArticle) -> bool:
    """Tell whether a file stands where Jekyll has its posts, with a date in its name."""
    folders = raw.path.split("/")
    name = folders.pop()
    return ("_posts" in folders and name[:4].isdigit() and name[4:5] == "-") or (
        "_drafts" in folders
    )


def _variant(raw: RawArticle) -> str:
    return "jekyll" if raw.dialect == "markdown" and is_jekyll(raw) else raw.dialect


def _defaults(raw: RawArticle, rules: Rules) -> tuple[RawField, ...]:
    return tuple(
        field
        for default in rules.defaults
        if default.fits(raw.below) or default.fits(raw.path)
        for field in default.fields
    )


def _index(fields: tuple[RawField, ...]) -> dict[str, list[tuple[int, int, RawField]]]:
    """Give fields by squashed key, each with its tier: a run of fields of one origin is one."""
    index: dict[str, list[tuple[int, int, RawField]]] = {}
    tier, origin = 0, ""
    for position, field in enumerate(fields):
        if field.origin != origin:
            tier, origin = tier + 1, field.origin
        index.setdefault(squash(field.key), []).append((tier, position, field))
    return index


def _descend(value: RawValue, path: tuple[str, ...]) -> RawValue:
    for name in path:
        if not isinstance(value, dict):
            return None
        value = next((item for key, item in value.items() if squash(key) == name), None)
    return value
