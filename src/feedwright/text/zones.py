"""Names and offsets of time zones, as people write them behind a time."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from feedwright.text.patterns import lazy

_HOURS: dict[str, float] = {
    # RFC 822, section 5.1.
    "ut": 0, "utc": 0, "gmt": 0, "z": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    # Others in wide use.
    "akst": -9, "akdt": -8, "hst": -10, "ast": -4, "adt": -3, "nst": -3.5, "ndt": -2.5, "brt": -3,
    "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3,
    "msk": 3, "trt": 3, "sast": 2, "cat": 2, "eat": 3, "wat": 1, "pkt": 5, "npt": 5.75, "ict": 7,
    "wib": 7, "hkt": 8, "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "ist": 5.5,
}  # fmt: skip
_DOUBTS = {
    "cst": "CST is read as US Central Time, -06:00; China's has the same name",
    "ist": "IST is read as India's time, +05:30; Ireland's and Israel's have the same name",
}
_OFFSET = lazy(
    r"(?:utc|gmt|ut|z)?\s*([+-])([0-9]{1,2})(?::?([0-5][0-9]))?"
    r"(?:\s*\[[a-z0-9_+/-]+\]|\s*\([^()]*\)|\s+[a-z]{3,5})?",  # Java, mail, git: the name again
    re.IGNORECASE,
)
_NAME = lazy(r"\[?([a-z]+(?:/[a-z0-9_+-]+)*)\]?", re.IGNORECASE)


class Zone(NamedTuple):
    """A zone as written; `doubt` says when its name has several meanings."""

    zone: tzinfo
    doubt: str = ""


def read(text: str, local: datetime, site: tzinfo) -> Zone | None:
    """Read `+01:00`, `-5`, `Z`, `UTC+2`, `EST`, `Europe/London`; None when it is no zone.

    A name that the site's own zone has in that year means the site's.
    """
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if text in ("Z", "UTC", "GMT"):
        return Zone(UTC)
    match = _OFFSET.fullmatch(text)
    if match:
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset > timedelta(hours=14):
            return None
        return Zone(timezone(-offset if match[1] == "-" else offset))
    match = _NAME.fullmatch(text)
    return _named(match[1], local, site) if match else None


def _named(name: str, local: datetime, site: tzinfo) -> Zone | None:
    lowered = name.lower()
    for moment in (local, local.replace(month=1, day=1), local.replace(month=7, day=1)):
        there = moment.replace(tzinfo=site)
        offset = there.utcoffset()
        if offset is not None and (there.tzname() or "").lower() == lowered:
            return Zone(timezone(offset))
    if lowered in _HOURS:
        return Zone(timezone(timedelta(hours=_HOURS[lowered])), _DOUBTS.get(lowered, ""))
    if "/" not in name:
        return None
    import zoneinfo  # noqa: PLC0415 - seldom needed, and it costs start-up

    try:
        return Zone(zoneinfo.ZoneInfo(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
