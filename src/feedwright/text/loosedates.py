"""The only import of dateutil: the last resort for dates in forms that `dates` does not know."""

from datetime import datetime, timedelta, timezone, tzinfo

from dateutil import parser

from feedwright.text import zones

_GAPS = (
    datetime(1972, 2, 29, 1),  # noqa: DTZ001 - a gap, never seen
    datetime(1999, 11, 13, 4),  # noqa: DTZ001 - likewise
)
_ERRORS = (ValueError, OverflowError, TypeError, AttributeError, LookupError, ArithmeticError)
"""What its parser raises on one text or other; only ValueError is documented."""


def read(text: str, site: tzinfo) -> tuple[datetime, bool] | None:
    """Read a full day, and whether a time was with it (else it is midnight).

    dateutil fills what is missing from a default and takes the first of two meanings. So it is
    asked with two defaults and with both orders of day and month, and has to say the same.
    """
    strange: list[str] = []

    def zone_of(name: str | None, offset: int | None) -> tzinfo | None:
        if not name and offset is None:
            return None
        if offset is not None and abs(offset) <= 14 * 3600:
            return timezone(timedelta(seconds=offset))
        zone = zones.read(name or "", _GAPS[0], site)
        if zone is None:
            strange.append(name or "")
        return zone.zone if zone else None

    found: list[datetime] = []
    for day_first in (True, False):
        for gap in _GAPS:
            try:
                found.append(parser.parse(text, default=gap, dayfirst=day_first, tzinfos=zone_of))
            except _ERRORS:
                return None
    if strange or len({moment.date() for moment in found}) > 1:
        return None
    if len({moment.time() for moment in found}) == 1:
        return found[0], True
    return found[0].replace(hour=0, minute=0, second=0), False
