"""The metadata of one article, with the defaults of the configuration behind it."""

from collections.abc import Mapping

from feedwright.model import Candidate, Person, RawArticle, RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.lookup import Found
from feedwright.normalize.rules import Rules
from feedwright.normalize.values import is_empty, squash


class People:
    """The people of the authors file by handle, and which handles an article asked for."""

    def __init__(self, known: Mapping[str, Person]) -> None:
        self._known = known
        self.asked: set[str] = set()

    def __bool__(self) -> bool:
        """Tell whether there is anybody."""
        return bool(self._known)

    def get(self, handle: str) -> Person | None:
        """Return who has a casefolded handle."""
        self.asked.add(handle)
        return self._known.get(handle)


NOBODY = People({})
"""Whom nobody asks."""


class Fields(Found):
    """The values of one article by canonical field."""

    def __init__(self, raw: RawArticle, rules: Rules) -> None:
        self.raw = raw
        self.rules = rules
        self.people = People(rules.people) if rules.people else NOBODY
        self.dialect = "jekyll" if raw.dialect == "markdown" and is_jekyll(raw) else raw.dialect
        self._all = (*raw.fields, *_defaults(raw, rules))
        super().__init__(self._all, rules.table(self.dialect))

    def extra(self) -> dict[str, RawValue]:
        """Give what has no canonical field, by its key as written; the first of two counts."""
        extra: dict[str, RawValue] = {}
        for field in self._all:
            if field.origin in aliases.FROM_PLACE or squash(field.key) in self.rules.known:
                continue
            if not is_empty(field.value):
                extra.setdefault(field.key, field.value)
        return extra


def extra_of(candidate: Candidate, rules: Rules) -> Found:
    """Look values of podcasts and comments up in what a candidate keeps under `extra`."""
    fields = [RawField(key, value, 0, "extra") for key, value in candidate.extra.items()]
    return Found(fields, rules.extra_table)


def is_jekyll(raw: RawArticle) -> bool:
    """Tell whether a file stands where Jekyll has its posts, with a date in its name."""
    if "_posts/" not in raw.path and "_drafts/" not in raw.path:
        return False
    *folders, name = raw.path.split("/")
    dated = name[:4].isdigit() and name[4:5] == "-"
    return ("_posts" in folders and dated) or "_drafts" in folders


def _defaults(raw: RawArticle, rules: Rules) -> tuple[RawField, ...]:
    return tuple(
        field
        for default in rules.defaults
        if default.fits(raw.below) or default.fits(raw.path)
        for field in default.fields
    )
