"""Enclosures as declared: addresses, mappings, lists of them, and the keys of podcast themes."""

import re
from collections.abc import Iterator

from feedwright.model import EnclosureRef, RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.fields import Fields
from feedwright.normalize.problems import Notes
from feedwright.normalize.references import usable
from feedwright.normalize.values import (
    items_of,
    member,
    member_text,
    number,
    shown,
    squash,
    text_of,
)
from feedwright.text import markup, mediatypes
from feedwright.text.patterns import lazy

_URL_KEYS = ("url", "src", "href", "file", "path", "link", "uri")
_TYPE_KEYS = ("type", "mediatype", "mimetype", "mime", "contenttype")
_LENGTH_KEYS = ("length", "size", "filesize", "sizeinbytes", "bytes", "lengthinbytes")
_DURATION_KEYS = ("duration", "durationinseconds")
_TYPE = lazy(r"[A-Za-z0-9!#$&^_.+-]{1,80}/[A-Za-z0-9!#$&^_.+-]{1,80}")
_DIGITS = lazy(r"(\d{1,3}(?:[,_ ]\d{3})+|\d{1,18})(?:\s*(?:bytes?|b))?", re.IGNORECASE)
_CLOCK = lazy(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?")
_UNITS = lazy(
    r"p?t?(?:(\d+)\s*h(?:(?:ou)?rs?)?)?[\s,]*(?:(\d+)\s*m(?:in(?:ute)?s?)?)?[\s,.]*"
    r"(?:(\d+)(?:\.\d+)?\s*s(?:ec(?:ond)?s?)?)?\.?",
    re.IGNORECASE,
)
_LONGEST = 10_000_000
"""Seconds: four months."""
_CURE = "write url, and where it is known length (bytes) and type"


def enclosures(
    fields: Fields, notes: Notes
) -> tuple[tuple[EnclosureRef, ...], tuple[RawField, ...]]:
    """Give the declared enclosures, and the raw fields they came from, for the hash."""
    for declared in fields.all("enclosures"):
        loose = squash(declared.key.partition(".")[0]) in aliases.LOOSE_ENCLOSURES
        found = tuple(_unique(_references(declared, notes, loose=loose)))
        if found:
            notes.took("enclosures", declared)
            return _with_companions(found, declared, fields)
        if not loose:
            notes.warn(
                "enclosure-unreadable",
                declared,
                f"cannot read {shown(declared.value)} as an enclosure",
                _CURE,
            )
    return (), ()


def seconds(value: RawValue) -> int | None:
    """Read a duration: `3723`, `1:02:03`, `62:03`, `PT1H2M3S`, `1h 2m`; None when it is none."""
    if isinstance(value, float) and 0 <= value <= _LONGEST:
        return int(value)
    plain = number(value, _LONGEST)
    if plain is not None:
        return plain
    text = (text_of(value) or "")[:100]
    parts = _CLOCK.fullmatch(text) or _UNITS.fullmatch(text)
    if not parts or not any(parts.groups()):
        return None
    hours, minutes, rest = (int(part or 0) for part in parts.groups())
    duration = hours * 3600 + minutes * 60 + rest
    return duration if duration <= _LONGEST else None


def media_type_of(value: RawValue) -> str:
    """Read a media type, parameters off; empty when the value is none."""
    text = (text_of(value) or "").partition(";")[0].strip()
    return text.lower() if _TYPE.fullmatch(text) else ""


def _references(declared: RawField, notes: Notes, *, loose: bool) -> Iterator[EnclosureRef]:
    for item in items_of(declared.value):
        if isinstance(item, dict):
            reference = _of_mapping(item, declared, notes)
        else:
            reference = _of_text(text_of(item) or "")
        if reference is not None and (not loose or _is_media(reference)):
            yield reference


def _of_text(text: str) -> EnclosureRef | None:
    """Read an address; WordPress writes address, length and type on three lines."""
    first, *rest = text.splitlines() or [""]
    address = usable(first)
    if not address:
        return None
    media_type = next((line.strip() for line in rest if _TYPE.fullmatch(line.strip())), "")
    length = next((size for line in rest if (size := number(line)) is not None), None)
    return EnclosureRef(address, media_type.lower(), length)


def _of_mapping(
    mapping: dict[str, RawValue], declared: RawField, notes: Notes
) -> EnclosureRef | None:
    address = usable(member(mapping, *_URL_KEYS))
    if not address:
        return None
    return EnclosureRef(
        address,
        media_type_of(member_text(mapping, *_TYPE_KEYS)),
        _length(member(mapping, *_LENGTH_KEYS), declared, notes),
        markup.title_text(member_text(mapping, "title", "name")),
        seconds(member(mapping, *_DURATION_KEYS)),
    )


def _with_companions(
    found: tuple[EnclosureRef, ...], declared: RawField, fields: Fields
) -> tuple[tuple[EnclosureRef, ...], tuple[RawField, ...]]:
    """Add length and type that stand in keys of their own beside a single address."""
    reference = found[0]
    if len(found) > 1 or reference.length is not None:
        return found, (declared,)
    lengths = fields.all("enclosure length")
    types = fields.all("enclosure type")
    length = next((size for field in lengths if (size := _size(field.value)) is not None), None)
    media_type = next((kind for field in types if (kind := media_type_of(field.value))), "")
    reference = reference._replace(length=length, media_type=reference.media_type or media_type)
    return (reference,), (declared, *(lengths[:1] if length is not None else ()))


def _length(value: RawValue, declared: RawField, notes: Notes) -> int | None:
    if value is None:
        return None
    size = _size(value)
    if size is None:
        notes.warn(
            "enclosure-unreadable",
            declared,
            f"cannot read the length {shown(value)}",
            "write the number of bytes, or leave it out",
        )
    return size


def _size(value: RawValue) -> int | None:
    if isinstance(value, str):
        match = _DIGITS.fullmatch(value.strip())
        return int("".join(filter(str.isdigit, match[1]))) if match else None
    return number(value)


def _is_media(reference: EnclosureRef) -> bool:
    kind = reference.media_type or mediatypes.media_type(reference.url)
    return mediatypes.is_audio(kind) or mediatypes.is_video(kind)


def _unique(references: Iterator[EnclosureRef]) -> list[EnclosureRef]:
    found: dict[str, EnclosureRef] = {}
    for reference in references:
        found.setdefault(reference.url, reference)
    return list(found.values())
