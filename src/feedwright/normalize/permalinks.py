"""Permalinks: declared, or made of the pattern of `content.permalink`."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from feedwright.model import Candidate
from feedwright.normalize.rules import Part, Rules
from feedwright.text import urls

_SLASHES = re.compile(r"/{2,}")
_DOT_SEGMENT = re.compile(r"(?:(?<=/)|^)\.{1,2}(?=/|$)")
_EXTENSION = re.compile(r"(?<=[^/])\.[A-Za-z0-9]{1,8}$")
_ABSOLUTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_RESERVED = str.maketrans({"?": "%3F", "#": "%23", "\\": "%5C"})


def permalink(candidate: Candidate, published: datetime, rules: Rules) -> str:
    """Give the absolute, encoded address of an article.

    A declared one wins; a relative one, with or without a leading slash, is appended to `site.url`
    like the pattern. `published` is aware; which day of it counts is `content.permalink_date`'s.
    """
    declared = candidate.declared_permalink
    if declared:
        if _ABSOLUTE.match(declared):
            return urls.absolute(rules.site.url, declared)
        path, mark, rest = _cut(declared)
        return _below_site(path, rules) + urls.encode(mark + rest)
    pattern = rules.pattern
    if candidate.slug_is_declared and rules.pattern_for_slug:
        pattern = rules.pattern_for_slug
    day = _day(candidate, published, rules)
    return _below_site("".join([_filled(part, candidate, day) for part in pattern]), rules)


def _below_site(path: str, rules: Rules) -> str:
    """Append a path to the site's address; a slash beside an empty part goes."""
    path = _SLASHES.sub("/", _DOT_SEGMENT.sub("", "/" + path))
    return urls.encode(rules.site.url.rstrip("/") + path)


def _cut(address: str) -> tuple[str, str, str]:
    """Split a path from its query or fragment."""
    end = min((at for at in (address.find("?"), address.find("#")) if at >= 0), default=-1)
    return (address, "", "") if end < 0 else (address[:end], address[end], address[end + 1 :])


def _day(candidate: Candidate, published: datetime, rules: Rules) -> date:
    chosen = rules.content.permalink_date
    if chosen == "utc":
        return published.astimezone(UTC).date()
    if chosen == "as-written" and candidate.written_day is not None:
        return candidate.written_day
    if chosen == "filename" and candidate.file_day is not None:
        return candidate.file_day
    return published.astimezone(rules.zone).date()


def _filled(part: Part, candidate: Candidate, day: date) -> str:
    if not part.placeholder:
        return part.literal
    number = _OF_DAY.get(part.placeholder)
    if number is not None:
        value = number(day)
        return str(value) if part.form == "d" else f"{value:02}"
    words = _OF_CANDIDATE.get(part.placeholder)
    return words(candidate).translate(_RESERVED) if words else ""


def _stem(candidate: Candidate) -> str:
    return _EXTENSION.sub("", candidate.below.rpartition("/")[2])


def _path(candidate: Candidate) -> str:
    path = _EXTENSION.sub("", candidate.below)
    return path.removesuffix("index") if path.endswith("/index") or path == "index" else path


def _category(candidate: Candidate) -> str:
    return urls.slugify(candidate.categories[0]) if candidate.categories else ""


_OF_DAY: Mapping[str, Callable[[date], int]] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
}
_OF_CANDIDATE: Mapping[str, Callable[[Candidate], str]] = {
    "slug": lambda candidate: candidate.slug,
    "stem": _stem,
    "path": _path,
    "dir": lambda candidate: candidate.below.rpartition("/")[0],
    "section": lambda candidate: candidate.section,
    "language": lambda candidate: candidate.language.lower(),
    "category": _category,
    "title": lambda candidate: urls.slugify(candidate.title),
}
"""Placeholders of `content.permalink`: docs/configuration.md."""
