"""Dates as people write them, and as feeds want them. No clock: today's parts never fill a gap.

What names no full day (`2024`, `May`, `10:00`) is refused. Where a form has two meanings one is
taken and `Parsed.doubt` says so, for a warning: never a silent guess. A time without a zone is the
site's; within the gap of a clock change the offset before it counts, within the fold the first of
the two (PEP 495, fold=0).
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple
from unicodedata import normalize

from feedwright.text import zones
from feedwright.text.months import FILLERS, MONTHS
from feedwright.text.patterns import lazy

CURE = "write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS +00:00"

_HALF = r"(?:\s*([ap])\.?m\.?(?![a-z]))?"
_TIME = r"([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?)?" + _HALF
_YEAR_FIRST = lazy(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))"
    r"(?:(?:t|[\s_]+|,\s*|-(?=[0-9]{1,2}:))(?:at\s+)?" + _TIME + r")?(?![0-9:])(.*)",
    re.IGNORECASE | re.DOTALL,
)
_COMPACT = lazy(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})[t _-]?([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?"
    r"(?:[.,][0-9]+)?(?![0-9:])(.*)",
    re.IGNORECASE | re.DOTALL,
)
_YEAR_LAST = lazy(
    r"([0-9]{1,2})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{4})"
    r"(?:(?:t|[\s_]+|,\s*)(?:at\s+)?" + _TIME + r")?(?![0-9:])(.*)",
    re.IGNORECASE | re.DOTALL,
)
_CJK = lazy(
    r"([0-9]{4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日号일]"
    r"(?:\s?[(（]?[月火水木金土日一二三四五六월화수목금토일][)）])?"
    r"(?:\s?" + _TIME + r")?(?![0-9:])(.*)",
    re.IGNORECASE | re.DOTALL,
)
_CLOCK = lazy(
    r"(?<![0-9.])(?:([0-9]{1,2})[:.h]([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?![0-9])"
    + _HALF
    + r"|([0-9]{1,2})\s*([ap])\.?m\.?(?![a-z]))",
    re.IGNORECASE,
)
"""A time among words: `10:30:00`, `10h30`, `10.30`, `3 pm`."""
_ZONE_BEHIND = lazy(
    r"\s*((?:utc|gmt|ut|z)?\s*[+\N{MINUS SIGN}-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9])"
    r"|\[?[a-z]+/[a-z0-9_+/-]+\]?|[a-z]{1,5}(?![^\W\d_]))",
    re.IGNORECASE,
)
_TOKEN = lazy(r"[0-9]+|[^\W\d_]+|[^\s\w]|_")
_PUNCTUATION = frozenset(",.-/'’‘–—·|")
_COMMENT = lazy(r"\s+(?:\#|//|;|--\s).*|<!--.*|\s*\([^()]*\)$", re.DOTALL)
_NUMBER = lazy(r"[0-9]{9,11}|[0-9]{13}")
_WHOLE_YEAR = lazy(r"(?<![0-9])[1-9][0-9]{3}(?![0-9])")
_PARTIAL = lazy(r"[0-9]{4}(?:[-/.][0-9]{1,2})?|[^\W\d_]+ [0-9]{1,4}|[0-9]{1,2}:[0-9]{2}")
_LONGEST = 120
_FIRST_EPOCH = 100_000_000
"""March 1973: smaller numbers are days or years, not seconds."""
_FIRST_MILLISECONDS = 100_000_000_000

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class DateError(ValueError):
    """A text is no date that we may use: `what` is wrong, and the `cure`."""

    def __init__(self, what: str, cure: str = CURE) -> None:
        self.what = what
        self.cure = cure
        super().__init__(f"{what}; {cure}")


class Parsed(NamedTuple):
    """A date as read."""

    instant: datetime
    """Aware, UTC, whole seconds."""
    day: date
    """The day as written, before any zone."""
    has_time: bool
    has_zone: bool
    doubt: str = ""
    """What else it may mean; empty when it is certain."""


class _Found(NamedTuple):
    """The parts of a date as written; `hour` is None when there is no time."""

    year: int
    month: int
    day: int
    hour: int | None
    minute: int
    second: int
    half: str
    zone: str
    doubt: str = ""


def parse(text: str, zone: tzinfo, *, loose: bool = True) -> Parsed:
    """Read a date. `zone` is the site's, for times without one.

    `loose=False` reads only the forms that are known here: for telling whether a line is a date.
    Raises `DateError`; for bare numbers too, which are `from_epoch`'s.
    """
    if len(text) in (10, 16, 19, 20, 25) and text[4] == "-" and text[10:11] in "T ":
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if moment.tzinfo is None:
                return _parsed(moment, zone, has_time=len(text) > 10, has_zone=False)
            return _parsed(moment, moment.tzinfo, has_time=True, has_zone=True)
    cleaned = _cleaned(text)
    if len(cleaned) > _LONGEST or not cleaned:
        raise DateError("there is no date" if not cleaned else f"cannot read {_quoted(text)}")
    if _NUMBER.fullmatch(cleaned):
        raise DateError(f"{_quoted(text)} is a bare number")
    for reader in (_year_first, _compact, _worded, _year_last, _cjk):
        found = reader(cleaned, zone)
        if found:
            parsed = _finished(found, zone, text)
            if parsed:
                return parsed
    return _loosely(cleaned, zone, text, loose=loose)


def of_value(value: object, zone: tzinfo) -> Parsed:
    """Read a date of any syntax: a text, TOML's own dates, a number of seconds or milliseconds.

    A number that is a day (20240102) is that day; digits in a text are the same as a number.
    """
    if isinstance(value, str):
        stripped = value.strip()
        if _NUMBER.fullmatch(stripped):
            return from_epoch(int(stripped))
        return parse(value, zone)
    if isinstance(value, datetime):
        has_zone = value.tzinfo is not None
        return _parsed(value, value.tzinfo or zone, has_time=True, has_zone=has_zone)
    if isinstance(value, date):
        midnight = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - gets the zone next
        return _parsed(midnight, zone, has_time=False, has_zone=False)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if isinstance(value, int) and 10_000_101 <= value <= 99_991_231:
            return parse(str(value), zone)
        return from_epoch(value)
    raise DateError(f"cannot read {_quoted(str(value))}")


def from_epoch(number: float) -> Parsed:
    """Read seconds since 1970, or milliseconds when there are that many."""
    if not _FIRST_EPOCH <= number < _FIRST_MILLISECONDS * 100:
        raise DateError(f"{_quoted(str(number))} is a bare number")
    seconds = number / 1000 if number >= _FIRST_MILLISECONDS else number
    return _parsed(datetime.fromtimestamp(int(seconds), UTC), UTC, has_time=True, has_zone=True)


def rfc3339(instant: datetime) -> str:
    """Write an aware instant as Atom wants it: `2024-01-02T10:00:00Z`."""
    at = instant.astimezone(UTC)
    return f"{at.replace(tzinfo=None, microsecond=0).isoformat()}Z"


def rfc822(instant: datetime) -> str:
    """Write an aware instant as RSS wants it: `Tue, 02 Jan 2024 10:00:00 +0000`, in no locale."""
    at = instant.astimezone(UTC)
    return (
        f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04} "
        f"{at.hour:02}:{at.minute:02}:{at.second:02} +0000"
    )


# ---------------------------------------------------------------- the forms


def _year_first(text: str, _zone: tzinfo) -> _Found | None:
    match = _YEAR_FIRST.fullmatch(text)
    if not match:
        return None
    month, day = int(match[3] or match[5]), int(match[4] or match[6])
    return _found(int(match[1]), month, day, match.groups()[6:])


def _compact(text: str, _zone: tzinfo) -> _Found | None:
    match = _COMPACT.fullmatch(text)
    if not match:
        return None
    parts = (match[4], match[5], match[6], None, match[7])
    return _found(int(match[1]), int(match[2]), int(match[3]), parts)


def _cjk(text: str, _zone: tzinfo) -> _Found | None:
    match = _CJK.fullmatch(text)
    if not match:
        return None
    return _found(int(match[1]), int(match[2]), int(match[3]), match.groups()[3:])


def _year_last(text: str, zone: tzinfo) -> _Found | None:
    """Read `2.1.2024`, `13/1/2024`; of `01/02/2024` the order is a guess, and says so."""
    match = _YEAR_LAST.fullmatch(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    doubt = ""
    month_first = second > 12
    if first <= 12 and second <= 12 and first != second and match[2] != ".":
        month_first = str(zone).startswith(("America/", "US/"))
        order = "month first" if month_first else "day first"
        doubt = f"{match[1]}{match[2]}{match[3]}{match[2]}{match[4]} is read {order}"
    month, day = (first, second) if month_first else (second, first)
    return _found(year, month, day, match.groups()[4:])._replace(doubt=doubt)


def _worded(text: str, zone: tzinfo) -> _Found | None:
    """Read a date with a month's name, in any order, with a time and a zone anywhere in it."""
    hour: int | None = None
    minute = second = 0
    half = behind = ""
    clock = _CLOCK.search(text)
    if clock:
        hour, minute, second = int(clock[1] or clock[5]), int(clock[2] or 0), int(clock[3] or 0)
        half = clock[4] or clock[6] or ""
        end = clock.end()
        named = _ZONE_BEHIND.match(text, end)
        if named and zones.read(named[1], datetime(2000, 1, 1), zone):  # noqa: DTZ001 - any will do
            behind, end = named[1], named.end()
        text = f"{text[: clock.start()]} {text[end:]}"
    months: set[int] = set()
    numbers: list[str] = []
    for token in _TOKEN.findall(text.lower()):
        if token.isdigit():
            numbers.append(token)
        elif token in MONTHS:
            months.add(MONTHS[token])
        elif token not in FILLERS and token not in _PUNCTUATION:
            return None
    if len(months) != 1 or len(numbers) != 2 or min(len(n) for n in numbers) > 2:
        return None
    doubt = ""
    year = next((n for n in numbers if len(n) == 4), "")
    if not year:
        year = numbers[1]
        if len(year) != 2:
            return None
        doubt = f"the year {year} has two digits"  # RFC 2822, section 4.3
        day, year = numbers[0], f"{'20' if year < '50' else '19'}{year}"
    else:
        day = next(n for n in numbers if n != year)
    return _Found(int(year), months.pop(), int(day), hour, minute, second, half, behind, doubt)


def _loosely(text: str, zone: tzinfo, written: str, *, loose: bool) -> Parsed:
    """Ask dateutil, which fills gaps: so ask twice with different gaps, and believe no century."""
    years = _WHOLE_YEAR.findall(text)
    if loose and years and sum(c.isdigit() for c in text) > 4:
        from feedwright.text import loosedates  # noqa: PLC0415 - dateutil costs start-up

        found = loosedates.read(text, zone)
        if found and str(found[0].year) in years:
            moment, has_time = found
            doubt = f"{_quoted(written)} is read as {moment:%Y-%m-%d %H:%M:%S}"
            has_zone = moment.tzinfo is not None
            there = moment.tzinfo or zone
            return _parsed(moment, there, has_time=has_time, has_zone=has_zone, doubt=doubt)
    if _PARTIAL.fullmatch(text):
        raise DateError(f"{_quoted(written)} names no full day")
    raise DateError(f"cannot read {_quoted(written)}")


# ---------------------------------------------------------------- from parts to an instant


def _found(year: int, month: int, day: int, rest: tuple[str | None, ...]) -> _Found:
    hour, minute, second, half, behind = rest
    return _Found(
        year,
        month,
        day,
        None if hour is None else int(hour),
        int(minute or 0),
        int(second or 0),
        half or "",
        (behind or "").strip(),
    )


def _finished(found: _Found, site: tzinfo, written: str) -> Parsed | None:
    """Make an instant; None when what stands behind the date is no zone."""
    if found.half and not 1 <= (found.hour or 0) <= 12:
        raise DateError(f"{_quoted(written)} has no time of day")
    hour = found.hour or 0
    if found.half:
        hour = hour % 12 + (12 if found.half in "pP" else 0)
    midnight = hour == 24 and found.minute == found.second == 0
    try:
        local = datetime(  # noqa: DTZ001 - gets its zone below
            found.year,
            found.month,
            found.day,
            0 if midnight else hour,
            found.minute,
            59 if found.second == 60 else found.second,  # a leap second
        )
    except ValueError:
        raise DateError(f"{_quoted(written)} does not exist") from None
    zone, doubt = site, found.doubt
    if found.zone:
        named = zones.read(found.zone, local, site)
        if named is None:
            return None
        zone, doubt = named.zone, doubt or named.doubt
    parsed = _parsed(
        local, zone, has_time=found.hour is not None, has_zone=bool(found.zone), doubt=doubt
    )
    return parsed._replace(instant=parsed.instant + timedelta(days=1)) if midnight else parsed


def _parsed(
    moment: datetime, zone: tzinfo, *, has_time: bool, has_zone: bool, doubt: str = ""
) -> Parsed:
    day = moment.date()
    try:
        instant = moment.replace(tzinfo=zone, microsecond=0)
        if zone is not UTC:
            instant = instant.astimezone(UTC)
    except (OverflowError, ValueError):
        raise DateError(f"the year {moment.year} is out of range") from None
    if instant.year < 1000:
        raise DateError(f"the year {instant.year} is out of range")
    return Parsed(instant, day, has_time, has_zone, doubt)


def _cleaned(text: str) -> str:
    """Take off quotes, comments and unusual white space; digits become ASCII."""
    text = " ".join(text[: _LONGEST * 4].split()).strip("\"'“”‘’ ")
    text = _COMMENT.sub("", normalize("NFKC", text)).strip(" ,;.")
    if not text.isascii():
        text = "".join([str(int(c)) if c.isdecimal() else c for c in text])
    return text


def _quoted(text: str) -> str:
    shown = " ".join("".join([c if c.isprintable() else " " for c in text[:200]]).split())
    return f'"{shown[:59]}…"' if len(shown) > 60 else f'"{shown}"'
