"""The dates of an article: published, updated, expiry, and the days that permalinks are made of."""

from datetime import date, datetime
from itertools import takewhile
from typing import NamedTuple

from feedwright.model import RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.fields import Fields
from feedwright.normalize.problems import Notes
from feedwright.normalize.states import is_switch
from feedwright.normalize.values import flag, squash
from feedwright.text import dates
from feedwright.text.dates import DateError, Parsed
from feedwright.text.patterns import lazy

_DAY_IN_PERMALINK = lazy(r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_VOLATILE = frozenset(
    (
        "lastmodified",
        "created",
        "gitlastmodified",
        "gitcreated",
        "now",
        "today",
        "auto",
        "current",
    )
)
"""Squashed words for what the host or git would say (Eleventy): it would move, so not used."""
_NEVER = frozenset({"never", "none", "no", "false", "null", "-"})
_DOUBT_CURE = "write YYYY-MM-DD"


class Moments(NamedTuple):
    """The dates of an article; instants are UTC."""

    published: datetime | None
    written_day: date | None
    file_day: date | None
    updated: datetime | None
    expires: datetime | None


def moments(fields: Fields, permalink: RawField | None, notes: Notes) -> Moments:
    """Read all dates. Without any date `published` is None: the ledger's first sight decides."""
    file_day = _file_day(fields)
    published = _published(fields, permalink, notes)
    updated = _optional("updated", fields, notes)
    expires = _expires(fields, notes)
    return Moments(
        published.instant if published else None,
        published.day if published else None,
        file_day,
        updated.instant if updated else None,
        expires.instant if expires else None,
    )


class _Unread(NamedTuple):
    """A date that could not be read."""

    field: RawField
    error: DateError


def _published(fields: Fields, permalink: RawField | None, notes: Notes) -> Parsed | None:
    """Take the first declared date, else the permalink's, else that of file name and folder."""
    declared = [field for field in fields.all("published") if not is_switch(field)]
    own = list(takewhile(lambda field: field.origin not in aliases.FROM_PLACE, declared))
    place = declared[len(own) :]
    between = _day_of_permalink(permalink)
    failures: list[_Unread] = []
    for field in (*own, *between, *place):
        parsed = _read(field, fields, failures, notes)
        if parsed is not None:
            _warn(failures, notes)
            _doubt(parsed, field, notes)
            notes.took("published", field)
            return _embargoed(parsed, fields, notes)
    for unread in failures:
        notes.error("date-unreadable", unread.field, unread.error.what, unread.error.cure)
    return None


def _embargoed(parsed: Parsed, fields: Fields, notes: Notes) -> Parsed:
    """Hugo's `publishDate` beside a `date`: nothing is published before the later of the two."""
    for field in fields.all("embargo"):
        embargo = _read(field, fields, [], notes)
        if embargo is not None and embargo.instant > parsed.instant:
            notes.took("published", field)
            return embargo
    return parsed


def _optional(canonical: str, fields: Fields, notes: Notes) -> Parsed | None:
    """Take the first that can be read; what cannot is a warning."""
    failures: list[_Unread] = []
    found: Parsed | None = None
    for field in fields.all(canonical):
        if flag(field.value) is not None:
            continue
        found = _read(field, fields, failures, notes)
        if found is not None:
            _doubt(found, field, notes)
            notes.took(canonical, field)
            break
    _warn(failures, notes)
    return found


def _expires(fields: Fields, notes: Notes) -> Parsed | None:
    """Take the expiry; one that cannot be read keeps the article out."""
    for field in fields.all("expires"):
        if isinstance(field.value, str) and field.value.strip().casefold() in _NEVER:
            return None
        failures: list[_Unread] = []
        found = _read(field, fields, failures, notes)
        if found is not None:
            _doubt(found, field, notes)
            notes.took("expires", field)
            return found
        for unread in failures:
            notes.error("date-unreadable", unread.field, unread.error.what, unread.error.cure)
    return None


def _read(field: RawField, fields: Fields, failures: list[_Unread], notes: Notes) -> Parsed | None:
    value = field.value
    if isinstance(value, str) and not value[:1].isdigit() and squash(value.strip()) in _VOLATILE:
        notes.warn(
            "date-volatile",
            field,
            f'"{value.strip()}" would move with each build; it is not used',
            "write YYYY-MM-DD",
        )
        return None
    try:
        return dates.of_value(_single(value), fields.rules.zone)
    except DateError as error:
        failures.append(_Unread(field, error))
    return None


def _single(value: RawValue) -> object:
    """Give a list of one date as that date; other lists and mappings as what they are."""
    if isinstance(value, list):
        return value[0] if len(value) == 1 and not isinstance(value[0], list) else "a list"
    return "a mapping" if isinstance(value, dict) else value


def _warn(failures: list[_Unread], notes: Notes) -> None:
    for field, error in failures:
        if not isinstance(field.value, dict):  # `date: {created: …}`: its members are read
            notes.warn("date-unreadable", field, error.what, error.cure)


def _doubt(parsed: Parsed, field: RawField, notes: Notes) -> None:
    if parsed.doubt:
        notes.warn("date-ambiguous", field, parsed.doubt, _DOUBT_CURE)


def _day_of_permalink(permalink: RawField | None) -> tuple[RawField, ...]:
    if permalink is None or not isinstance(permalink.value, str):
        return ()
    match = _DAY_IN_PERMALINK.search(permalink.value)
    if not match:
        return ()
    day = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    try:
        date.fromisoformat(day)
    except ValueError:
        return ()
    return (permalink._replace(value=day),)


def _file_day(fields: Fields) -> date | None:
    for field in fields.all("published"):
        if field.origin in aliases.FROM_PLACE:
            try:
                return dates.of_value(_single(field.value), fields.rules.zone).day
            except DateError:
                continue
    return None
