"""Whether single values are what a feed may say: each function tells what is wrong, or nothing.

These checks share no code with what writes the values, on purpose: the gate is a second opinion.
"""

import re
from datetime import date, datetime
from functools import lru_cache
from html.entities import html5

from feedwright.text.patterns import lazy

_SHOWN = 60

_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_URI_CHARACTERS = lazy(r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=\-]|%[0-9A-Fa-f]{2})*+")
_NOT_IN_IRI = lazy(r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`]")
_WEB = lazy(
    r"https?://(?:[^/?#@\[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^/?#\[\]@:]+)(?::\d+)?(?=[/?#]|\Z)", re.I
)
_TAG = lazy(
    r"tag:(?:[A-Za-z0-9._\-]+@)?[a-z0-9.\-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:[^\s#]*(?:#[^\s#]*)?", re.I
)
_URN = lazy(r"urn:[A-Za-z0-9][A-Za-z0-9\-]{1,31}:\S+", re.I)
_UUID = lazy(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_RFC_822 = lazy(
    rf"(?:({'|'.join(_DAYS)}), )?(\d\d?) ({'|'.join(_MONTHS)}) (\d{{4}})"
    r" ([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60))?(?: ([+-]\d\d[0-5]\d|GMT|UT|[ECMP][SD]T|Z))?"
)
_RFC_3339 = lazy(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?"
)

_YEAR = lazy(r"\d{4}")
_INTEGER = lazy(r"-?[0-9]{1,18}")
_LANGUAGE = lazy(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_WORD = r"[^\s()<>,;:\\\"/\[\]?=]+"
_MEDIA_TYPE = lazy(rf"{_WORD}/{_WORD}(?:\s*;\s*{_WORD}=(?:\"[^\"]*\"|{_WORD}))*")
_EMAIL = lazy(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@(?:[A-Za-z0-9\-]+\.)+[A-Za-z0-9\-]+")

_PUBLIC_HOST = lazy(
    r"https?://(?:[A-Za-z0-9\-]+\.)+[A-Za-z0-9][A-Za-z0-9\-]*(?::\d+)?(?:/|\Z)", re.I
)

_MARKUP = lazy(
    r"</?(?:a|b|i|u|s|em|strong|code|span|br|p|div|sup|sub|q|cite|small|img)\b[^<>]*>", re.I
)
_ENTITY = lazy(r"&(#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I)

_DIRECTORY_ENDINGS = ("m4a", "mp3", "mov", "mp4", "m4v", "pdf", "epub")

_EARLIEST_YEAR = 1990
"""Before it there was no web page to publish; the W3C validator draws the same line."""


def shown(text: str) -> str:
    """Put `text` in quotes, short enough for a message."""
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[: _SHOWN - 1]}…"'


def web_address_fault(text: str) -> str:
    """Tell what keeps `text` from being an address of http or https."""
    return address_fault(text, web=True)


@lru_cache(maxsize=64)  # an entry has the same addresses in all formats
def address_fault(text: str, *, web: bool = False) -> str:
    """Tell what keeps `text` from being an absolute URI (RFC 3986); `web`: only http and https."""
    if not text:
        return "is empty"
    scheme = _SCHEME.match(text)
    if scheme is None:
        return f"{shown(text)} is relative"
    if text[:4].lower() == "http" or web:
        host = _WEB.match(text)
        if host is None:
            return f"{shown(text)} is no http address with a host"
        start = host.end()
    else:
        start = scheme.end()
        if start == len(text):
            return f"{shown(text)} has nothing behind its scheme"
    return _character_fault(text, start)


def _character_fault(text: str, start: int) -> str:
    whole = _URI_CHARACTERS.match(text, start)
    end = whole.end() if whole else start
    if end < len(text):
        return f"{shown(text)} has {text[end]!r}, which an address spells %XX"
    host = text[:start]
    if not host.isascii():
        return f"{shown(text)} has a host that is not in ASCII"
    if text.count("#") > 1:
        return f'{shown(text)} has more than one "#"'
    return ""


def host_fault(text: str) -> str:
    """Tell what keeps the host of a web address from being a name that all validators take."""
    if _PUBLIC_HOST.match(text):
        return ""
    return (
        f"{shown(text)} has no host of letters, digits, hyphens and dots alone, with a / behind it"
    )


@lru_cache(maxsize=64)
def id_fault(text: str) -> str:
    """Tell what keeps `text` from being a permanent id: an absolute IRI, tag (RFC 4151) or URN.

    Letters that are not ASCII and a stray `%` or `#` are none of it: Feedwright makes no such ids,
    but one that was adopted from an Atom feed stays, since its subscribers know no other.
    """
    if not text:
        return "is empty"
    scheme = _SCHEME.match(text)
    if scheme is None:
        return f"{shown(text)} is relative"
    if scheme.end() == len(text):
        return f"{shown(text)} has nothing behind its scheme"
    forbidden = _NOT_IN_IRI.search(text)
    if forbidden:
        return f"{shown(text)} has {forbidden[0]!r}, which an address spells %XX"
    lower = text[:9].lower()
    if lower.startswith(("http:", "https:")) and not _WEB.match(text):
        return f"{shown(text)} is no http address with a host"
    if lower.startswith("tag:") and not _TAG.fullmatch(text):
        return f"{shown(text)} is no tag URI (tag:host,year:name)"
    if lower == "urn:uuid:" and not _UUID.fullmatch(text):
        return f"{shown(text)} is no UUID"
    if lower.startswith("urn:") and not _URN.fullmatch(text):
        return f"{shown(text)} is no URN (urn:space:name)"
    return ""


def rfc822_fault(text: str) -> str:
    """Tell what keeps `text` from being a date of RSS: RFC 822, with a long year and a zone."""
    parts = _RFC_822.fullmatch(text)
    if parts is None:
        return f"{shown(text)} is no RFC 822 date"
    try:
        day = date(int(parts[4]), _MONTHS.index(parts[3]) + 1, int(parts[2]))
    except ValueError:
        return f"{shown(text)} is a day that does not exist"
    if parts[1] and _DAYS[day.weekday()] != parts[1]:
        return f"{shown(text)} was no {parts[1]}"
    return "" if parts[8] else f"{shown(text)} has no zone"


@lru_cache(maxsize=64)
def rfc3339_fault(text: str) -> str:
    """Tell what keeps `text` from being a date of Atom and JSON Feed: RFC 3339 with a zone."""
    parts = _RFC_3339.fullmatch(text)
    if parts is None:
        return f"{shown(text)} is no RFC 3339 date"
    if not parts[1]:
        return f"{shown(text)} has no zone"
    return "" if instant(text) else f"{shown(text)} is a day that does not exist"


def instant(text: str) -> datetime | None:
    """Return the instant of an RFC 3339 date; None when it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def age_fault(text: str) -> str:
    """Tell what makes a date in either form implausible: there was no web in that year."""
    found = _YEAR.search(text)
    old = found is not None and 0 < int(found[0]) < _EARLIEST_YEAR
    return f"{shown(text)} is before the web" if old else ""


def order_fault(published: str, updated: str) -> str:
    """Tell what is wrong with the order of two RFC 3339 dates; nothing unless both are dates."""
    if not published or not updated or published == updated:
        return ""
    first, second = instant(published), instant(updated)
    if first is None or second is None or not (first.tzinfo and second.tzinfo):
        return ""
    return f"{updated} is before the publication, {published}" if second < first else ""


@lru_cache(maxsize=64)
def language_fault(text: str) -> str:
    """Tell what keeps `text` from being a language tag (BCP 47)."""
    return "" if _LANGUAGE.fullmatch(text) else f"{shown(text)} is no language tag"


@lru_cache(maxsize=64)
def media_type_fault(text: str) -> str:
    """Tell what keeps `text` from being a media type (RFC 2045)."""
    return "" if _MEDIA_TYPE.fullmatch(text) else f"{shown(text)} is no media type"


def person_fault(text: str) -> str:
    """Tell what keeps `text` from being a person in RSS: `email (Name)`."""
    email, space, name = text.partition(" ")
    if not _EMAIL.fullmatch(email):
        return f"{shown(text)} does not begin with an email address"
    named = space and name.startswith("(") and name.endswith(")") and name[1:-1].strip()
    return "" if named else f"{shown(text)} has no (Name) behind the address"


def email_fault(text: str) -> str:
    """Tell what keeps `text` from being an email address."""
    return "" if _EMAIL.fullmatch(text) else f"{shown(text)} is no email address"


def number_fault(text: str, least: int) -> str:
    """Tell what keeps `text` from being an integer of at least `least`."""
    if not _INTEGER.fullmatch(text):
        return f"{shown(text)} is no integer"
    return "" if int(text) >= least else f"{text} is less than {least}"


def choice_fault(text: str, allowed: tuple[str, ...]) -> str:
    """Tell what keeps `text` from being one of some words."""
    return "" if text in allowed else f"is {shown(text)}, not {' or '.join(allowed)}"


def ending_fault(text: str) -> str:
    """Tell what keeps podcast directories from taking an address: how it ends."""
    if text.rpartition(".")[2] in _DIRECTORY_ENDINGS:
        return ""
    return f"{shown(text)} ends in none of .{', .'.join(_DIRECTORY_ENDINGS)}"


def reference_fault(attribute: str, target: str) -> str:
    """Tell what keeps an address in content from meaning the same everywhere: it is relative."""
    return "" if _SCHEME.match(target) else f"has {attribute}={shown(target)}, which is relative"


def title_fault(text: str) -> str:
    """Tell what markup or entity a title holds, which is plain text."""
    if "<" not in text and "&" not in text:  # nearly always
        return ""
    found = _MARKUP.search(text) or _entity(text)
    return f"holds {found[0]}" if found else ""


def _entity(text: str) -> re.Match[str] | None:
    found = _ENTITY.search(text)
    return found if found and (found[1][0] == "#" or f"{found[1]};" in html5) else None
