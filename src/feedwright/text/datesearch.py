"""Dates within a line of text: `Posted on 3 March 2014 by Ana`. Pure.

Only whole days in known forms count. Where the order of day and month is open, the language of the
text decides; where it does not, there is no date: a wrong one is worse than none.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from typing import NamedTuple

from feedwright.text import dates
from feedwright.text.months import MONTHS
from feedwright.text.patterns import lazy

_YEARS = r"(?:19[7-9]|20\d)\d"
_DATE = lazy(
    rf"""(?<![\d/-])(?<!\d[.,])(?:
      (?P<y1>{_YEARS})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})
    | (?P<y2>{_YEARS})\s?[年년][ ]?(?P<m2>\d{{1,2}})\s?[月월][ ]?(?P<d2>\d{{1,2}})\s?[日일]
    | (?:(?P<n3>mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}},?[ ])?
      (?P<a3>\d{{1,2}})[ ]?(?P<s3>[./-])[ ]?(?P<b3>\d{{1,2}})[ ]?(?P=s3)[ ]?(?P<y3>{_YEARS})
    | (?P<d4>\d{{1,2}})[ ]?(?:st|nd|rd|th|er|º|ª|°)?[.,]?(?:[ ]?[/-]?[ ]?)(?:de[ ]|of[ ]|d['’][ ]?)?
      (?P<w4>[^\W\d_]{{3,12}})[.,]?[ ]?[/-]?[ ]?(?:del?[ ]|of[ ])?(?P<y4>{_YEARS})
    | (?P<w5>[^\W\d_]{{3,12}})\.?[ ]?(?P<d5>\d{{1,2}})[ ]?(?:st|nd|rd|th)?(?:[.,][ ]?|[ ])
      (?P<y5>{_YEARS})
    | (?P<y6>{_YEARS})[.,]?[ ](?P<w6>[^\W\d_]{{3,12}})\.?[ ](?P<d6>\d{{1,2}})(?!\d)
    )(?!\d|[./-]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_TIME = lazy(
    r"\W{0,4}(?:T|at|um|à|às|alle(?: ore)?|ore|a las|kl\.?|klo|om|o|в|о|-|–|\|)?\s{0,2}"
    r"(?P<time>\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?)(?:\s?(?:uhr|h)\b)?"
    r"(?P<zone>\s?(?:Z\b|UTC|GMT|[A-Z]{3,4}\b|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
_SHORT = lazy(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<s>[./])[ ]?(?P<b>\d{1,2})(?P=s)[ ]?(?P<y>\d\d)(?![\d:/-]|\.\d)"
)
_MONTH_FIRST = ("en-us", "en-ph", "fil", "en_us", "en-ca-us")
_WEEKDAYS = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_LONGEST = 1_000
"""Characters of a line that are looked at."""


class FoundDate(NamedTuple):
    """A date in a text."""

    start: int
    end: int
    day: date
    value: str
    """The day as YYYY-MM-DD, with the time behind it if there is one."""


def search(text: str, language: str = "") -> Iterator[FoundDate]:
    """Give the dates of a line in order. `language` is a tag such as `en-US`, or empty."""
    text = text[:_LONGEST]
    at = 0
    while (match := _DATE.search(text, at)) is not None:
        day = _day_of(match.groupdict(), language)
        if day is None:
            at = match.start() + 1
            continue
        value, end = _with_time(text, match.end(), day)
        yield FoundDate(match.start(), end, day, value)
        at = end


def search_short(text: str, language: str = "") -> FoundDate | None:
    """Give the first date such as `1.9.17`, which only a label or a class makes one."""
    match = _SHORT.search(text[:_LONGEST])
    if match is None:
        return None
    short = int(match["y"])
    parts = {"y3": str(short + (2000 if short < 70 else 1900)), "s3": match["s"], "n3": ""}
    day = _of_digits(int(match["a"]), int(match["b"]), parts, language)
    return None if day is None else FoundDate(match.start(), match.end(), day, day.isoformat())


def ordered(text: str, language: str) -> str:
    """Give a whole date of digits as YYYY-MM-DD when the language tells its order; else as it is.

    Of `03/04/2018` the first number is the month in the United States and the day elsewhere.
    """
    match = _DATE.match(text.strip())
    if match is None or match["a3"] is None or match["s3"] == ".":
        return text
    day = _day_of(match.groupdict(), language)
    return text if day is None else day.isoformat() + text.strip()[match.end() :]


def _day_of(parts: Mapping[str, str | None], language: str) -> date | None:
    if parts["a3"] is not None:
        return _of_digits(int(parts["a3"]), int(parts["b3"] or 0), parts, language)
    for number in "12456":
        year = parts[f"y{number}"]
        if year is not None:
            word = parts.get(f"w{number}")
            month = MONTHS.get(word.lower(), 0) if word else int(parts.get(f"m{number}") or 0)
            return _made(int(year), month, int(parts[f"d{number}"] or 0))
    return None


def _of_digits(
    first: int, second: int, parts: Mapping[str, str | None], language: str
) -> date | None:
    year = int(parts["y3"] or 0)
    named = _WEEKDAYS.get((parts["n3"] or "").lower())
    if named is not None:
        both = (_made(year, first, second), _made(year, second, first))
        return next((day for day in both if day is not None and day.weekday() == named), None)
    if second > 12 >= first:
        return _made(year, first, second)
    if first > 12 or first == second or parts["s3"] == ".":
        return _made(year, second, first)
    tongue = language.replace("_", "-").casefold()
    if tongue in _MONTH_FIRST:
        return _made(year, first, second)
    # What only says "English", or nothing, may mean either.
    return None if tongue in {"", "en"} else _made(year, second, first)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(text: str, end: int, day: date) -> tuple[str, int]:
    written = day.isoformat()
    match = _TIME.match(text, end)
    if match is None:
        return written, end
    time = re.sub(r"(?<=\d)[.hH](?=\d)", ":", match["time"])
    for zone in (match["zone"] or "", ""):
        value = f"{written} {time}{zone}"
        try:
            parsed = dates.parse(value, UTC, loose=False)
        except dates.DateError:
            continue
        if parsed.day == day and parsed.has_time and not parsed.doubt:
            return value, match.end()
    return written, end
