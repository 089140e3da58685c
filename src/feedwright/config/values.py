"""Kinds of scalars: how the text of a value becomes what the program uses. Pure.

A kind never quotes the value in its messages: whoever calls it knows what was written, and whether
it may be shown at all.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from feedwright.config.schema import MaxRemoved
from feedwright.config.suggest import nearest, one_of
from feedwright.text.languages import normalize as normalize_language
from feedwright.text.patterns import lazy


class ValueMistakeError(ValueError):
    """A value that cannot be used: what it is (`is below 0`), what to do, what was meant."""

    def __init__(self, what: str, cure: str, suggestion: str = "") -> None:
        self.what = what
        self.cure = cure
        self.suggestion = suggestion
        """Made from the value: not shown where the value must not be."""
        super().__init__(f"{what}; {cure}")


class Kind(NamedTuple):
    """A kind of scalar."""

    read: Callable[[str], object]
    """Text (never empty, without white space around) to value; raises ValueMistakeError."""
    schema: Mapping[str, object]
    """The same as JSON Schema, as far as that can say it."""


def _text(value: str) -> str:
    return " ".join(value.split())


TEXT = Kind(_text, {"type": ["string", "number", "boolean"], "minLength": 1})
"""Text on one line; `2024` and `no` are text too."""

_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


def _boolean(value: str) -> bool:
    word = value.casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueMistakeError("is neither true nor false", "write true or false")


BOOLEAN = Kind(_boolean, {"anyOf": [{"type": "boolean"}, {"enum": [*_TRUE, *_FALSE]}]})

_INTEGER = lazy(r"[+-]?[0-9]{1,15}", re.ASCII)
_ENDLESS = ("none", "no", "all", "unlimited", "infinite", "off", "false", "never")


def integer(least: int, most: int, none: str = "") -> Kind:
    """Whole numbers from `least` to `most`; `none` says what 0 means where it means "no limit"."""
    first = f"{least} ({none})" if none else str(least)
    cure = f"write a whole number from {first} to {most}"

    def read(value: str) -> int:
        if not _INTEGER.fullmatch(value):
            is_endless = none and value.casefold() in _ENDLESS
            raise ValueMistakeError("is not a whole number", cure, "0" if is_endless else "")
        number = int(value)
        if number < least:
            raise ValueMistakeError(f"is below {least}", cure)
        if number > most:
            raise ValueMistakeError(f"is above {most}", cure)
        return number

    return Kind(read, {"type": "integer", "minimum": least, "maximum": most})


_SIZE = lazy(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([a-zA-Z]*)", re.ASCII)
_BYTES = {
    "": 1,
    "b": 1,
    "k": 1000,
    "kb": 1000,
    "kib": 1024,
    "m": 1000**2,
    "mb": 1000**2,
    "mib": 1024**2,
    "g": 1000**3,
    "gb": 1000**3,
    "gib": 1024**3,
}


def size(least: int, most: int) -> Kind:
    """Sizes in bytes: `20MB`, `500kB`, `1.5GB`, `1MiB`, or a bare number of bytes."""
    cure = f"write a size from {_size_text(least)} to {_size_text(most)}, such as 20MB"

    def read(value: str) -> int:
        match = _SIZE.fullmatch(value)
        if match is None or match[2].lower() not in _BYTES:
            raise ValueMistakeError("is not a size", cure)
        number = round(float(match[1]) * _BYTES[match[2].lower()])
        if number < least:
            lacks_unit = not match[2] and int(float(match[1])) > 0
            suggestion = f"{match[1]}MB" if lacks_unit else ""
            raise ValueMistakeError(f"is less than {_size_text(least)}", cure, suggestion)
        if number > most:
            raise ValueMistakeError(f"is more than {_size_text(most)}", cure)
        return number

    pattern = r"^[0-9]+(\.[0-9]+)?\s*([kKmMgG]?[bB]?|[kKmMgG][iI][bB])$"
    return Kind(
        read,
        {"anyOf": [{"type": "integer", "minimum": least}, {"type": "string", "pattern": pattern}]},
    )


def _size_text(number: int) -> str:
    for unit, factor in (("GB", 1000**3), ("MB", 1000**2), ("kB", 1000)):
        if number >= factor:
            return f"{number // factor}{unit}"
    return f"{number}B"


_DURATION = lazy(r"([0-9]{1,9}(?:\.[0-9]{1,3})?)\s*([smhd])", re.ASCII)
_IN_WORDS = lazy(
    r"([0-9]{1,4}|an?|one)?\s*"
    r"(s|sec|second|m|min|minute|h|hr|hour|d|day|w|week|month|mo|y|yr|year)s?\.?",
    re.ASCII | re.IGNORECASE,
)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_WORDS = (("mo", 30, "d"), ("s", 1, "s"), ("m", 1, "m"), ("h", 1, "h"), ("d", 1, "d"))
_MORE_WORDS = (("w", 7, "d"), ("y", 365, "d"))


def duration(least: timedelta, most: timedelta, example: str) -> Kind:
    """Lengths of time: `10s`, `5m`, `2h`, `365d`."""
    cure = f"write a length of time from {_duration_text(least)} to {_duration_text(most)}"
    cure += f" in seconds, minutes, hours or days, such as {example}"

    def read(value: str) -> timedelta:
        match = _DURATION.fullmatch(value)
        if match is None:
            suggestion = _duration_meant(value, example[-1])
            what = "has no unit" if value.isdigit() else "is not a length of time"
            raise ValueMistakeError(what, cure, suggestion)
        seconds = float(match[1]) * _SECONDS[match[2]]
        if seconds < least.total_seconds():
            raise ValueMistakeError(f"is less than {_duration_text(least)}", cure)
        if seconds > most.total_seconds():
            raise ValueMistakeError(f"is more than {_duration_text(most)}", cure)
        return timedelta(seconds=seconds)

    return Kind(read, {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?\s*[smhd]$"})


def _duration_meant(value: str, unit: str) -> str:
    if re.fullmatch("[0-9]{1,9}", value, re.ASCII):
        return f"{value}{unit}"
    match = _IN_WORDS.fullmatch(value)
    if match is None:
        return ""
    number = int(match[1]) if match[1] and match[1].isdigit() else 1
    for word, factor, short in (*_WORDS, *_MORE_WORDS):
        if match[2].lower().startswith(word):
            return f"{number * factor}{short}"
    return ""


def _duration_text(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    for unit, factor in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % factor == 0:
            return f"{seconds // factor}{unit}"
    return f"{seconds}s"


_SHARE = lazy(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%", re.ASCII)


def _max_removed(value: str) -> MaxRemoved:
    cure = "write a share from 0% to 100%, or a number of articles"
    match = _SHARE.fullmatch(value)
    if match is not None:
        share = float(match[1]) / 100
        if share > 1:
            raise ValueMistakeError("is more than 100%", cure)
        return MaxRemoved(share=share, number=None)
    if re.fullmatch("[0-9]{1,9}", value, re.ASCII):
        return MaxRemoved(share=None, number=int(value))
    if re.fullmatch(r"0?\.[0-9]{1,6}", value, re.ASCII):
        raise ValueMistakeError("is no number of articles", cure, f"{float(value) * 100:g}%")
    raise ValueMistakeError("is neither a share nor a number", cure)


MAX_REMOVED = Kind(
    _max_removed,
    {
        "anyOf": [
            {"type": "integer", "minimum": 0},
            {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?\s*%?$"},
        ]
    },
)


def choice(allowed: Sequence[str], meant: Mapping[str, str] | None = None) -> Kind:
    """One of a few words, taken in any case; `meant` maps usual mistakes to what was meant."""
    known = {word.casefold(): word for word in allowed}

    def read(value: str) -> str:
        word = known.get(value.casefold())
        if word is None:
            suggestion = (meant or {}).get(value.casefold()) or nearest(value, allowed)
            raise ValueMistakeError("is not known here", one_of(allowed), suggestion)
        return word

    return Kind(read, {"enum": list(allowed)})


def _language(value: str) -> str:
    tag = normalize_language(value)
    if not tag:
        cure = "write a language code (BCP 47) such as en, en-GB or zh-Hant"
        raise ValueMistakeError(
            "is not a language code", cure, _LANGUAGES.get(value.casefold(), "")
        )
    return tag


_LANGUAGES = {
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "portuguese": "pt",
    "português": "pt",
    "dutch": "nl",
    "nederlands": "nl",
    "chinese": "zh",
    "中文": "zh",
    "japanese": "ja",
    "日本語": "ja",
    "russian": "ru",
    "русский": "ru",
    "arabic": "ar",
    "polish": "pl",
    "polski": "pl",
    "norwegian": "no",
    "swedish": "sv",
    "danish": "da",
}
LANGUAGE = Kind(
    _language,
    {"type": "string", "pattern": r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"},
)


def _zone(value: str) -> str:
    if value in {"UTC", "Etc/UTC", "Z"}:
        return "UTC"
    import zoneinfo  # noqa: PLC0415 - most sites without a zone need none

    cure = "write a name of the IANA database such as Europe/London or America/New_York"
    if value.startswith(("right/", "posix")) or value in {"localtime", "Factory", "leapseconds"}:
        raise ValueMistakeError("is not a time zone to build on", cure)
    try:
        return zoneinfo.ZoneInfo(value).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        suggestion = _zone_meant(value, zoneinfo.available_timezones())
        raise ValueMistakeError("is not a known time zone", cure, suggestion) from error


_OFFSET = lazy(r"(?:UTC|GMT)?([+-])0?([0-9]{1,2})(?::?00)?", re.ASCII | re.IGNORECASE)


def _zone_meant(value: str, known: set[str]) -> str:
    offset = _OFFSET.fullmatch(value)
    if offset is not None:
        # The names of the database count west of Greenwich as positive.
        name = f"Etc/GMT{'-' if offset[1] == '+' else '+'}{offset[2]}"
        return name if name in known else ""
    wanted = value.casefold().replace(" ", "_")
    cities = {name.rpartition("/")[2].casefold(): name for name in sorted(known, reverse=True)}
    if wanted in cities:
        return cities[wanted]
    return nearest(value, known)


ZONE = Kind(_zone, {"type": "string"})

_EMAIL = lazy(r"[^\s@<>(),;:\"\\]{1,64}@[^\s@<>(),;:\"\\]{1,255}")


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueMistakeError("is not an email address", "write name@example.org")
    return value


EMAIL = Kind(_email, {"type": "string", "pattern": "^(mailto:)?[^@\\s]+@[^@\\s]+$"})

_KEY_CURE = (
    "write whsec_ and 24 to 64 bytes in base64, best as a variable ${NAME};"
    ' make one with: echo "whsec_$(openssl rand -base64 32)"'
)


def _secret(value: str) -> str:
    if not value.startswith("whsec_"):
        raise ValueMistakeError('does not begin with "whsec_"', _KEY_CURE)
    try:
        key = base64.b64decode(value.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueMistakeError('is not base64 after "whsec_"', _KEY_CURE) from error
    if not 24 <= len(key) <= 64:
        raise ValueMistakeError(f"has {len(key)} bytes after whsec_, not 24 to 64", _KEY_CURE)
    return value


SECRET = Kind(_secret, {"type": "string", "pattern": "^whsec_[A-Za-z0-9+/]+=*$"})

_UUID = lazy(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _uuid(value: str) -> str:
    if not _UUID.fullmatch(value.lower()):
        cure = "write the UUID that podcast directories know the show by"
        raise ValueMistakeError("is not a UUID", cure)
    return value.lower()


_UUID_PATTERN = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
UUID = Kind(_uuid, {"type": "string", "pattern": _UUID_PATTERN})
