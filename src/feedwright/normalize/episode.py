"""What podcast apps read: keys with and without `itunes_`, from what has no canonical field."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from feedwright.model import Episode, Link, RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.enclosures import media_type_of, seconds
from feedwright.normalize.lookup import Found
from feedwright.normalize.problems import Notes
from feedwright.normalize.references import usable
from feedwright.normalize.values import (
    flag,
    items_of,
    member,
    member_text,
    number,
    shown,
    squash,
    text_of,
)
from feedwright.text import languages, markup, mediatypes
from feedwright.text.patterns import lazy

T = TypeVar("T")
Resolve = Callable[[str], str]
"""Reference as written -> absolute address."""

_KINDS = frozenset({"full", "trailer", "bonus"})
_EXPLICIT = {"explicit": True, "clean": False}
_CHAPTERS_TYPE = "application/json+chapters"
_HIGHEST = 999_999
_ADDRESS = lazy(r"\S+[./]\S+")
_NUMBER = lazy(r"(?:s\d+\s*)?(?:episode|season|ep|e|s|#)?\.?\s*(\d{1,6})", re.IGNORECASE)


def episode_of(fields: Found, resolve: Resolve, notes: Notes, *, media: bool) -> Episode | None:
    """Give the podcast values of an article; None when it has none.

    `media`: audio or video is enclosed. Without, only names that speak of a podcast count: a
    `season` of a recipe is none.
    """
    keys = _Keys(fields, notes, media=media)
    episode = Episode(
        duration=keys.read("duration", seconds, "write seconds or H:MM:SS"),
        number=keys.read("number", _whole, "write a whole number"),
        season=keys.read("season", _whole, "write a whole number"),
        kind=keys.read("kind", _kind, "write full, trailer or bonus") or "",
        explicit=keys.read("explicit", _explicit, "write true or false"),
        image=_resolved(keys.read("image", _image, "write an address"), resolve),
        title=keys.read("title", _text, "write a text") or "",
        subtitle=keys.read("subtitle", _text, "write a text") or "",
        block=keys.read("block", flag, "write true or false") or False,
        transcripts=tuple(_links(keys.first("transcripts"), resolve)),
        chapters=_chapters(keys.first("chapters"), resolve),
        persons=tuple(_persons(keys, resolve)),
    )
    return episode if episode != Episode() else None


class _Keys:
    """Podcast values of one article by our names for them."""

    def __init__(self, fields: Found, notes: Notes, *, media: bool) -> None:
        self._fields = fields
        self._notes = notes
        self._media = media

    def first(self, name: str) -> RawField | None:
        for field in self._fields.all(name):
            if self._media or squash(field.key).startswith(aliases.EPISODE_PREFIXES):
                return field
        return None

    def read(self, name: str, reader: Callable[[RawValue], T | None], cure: str) -> T | None:
        """Read one value; what cannot be read is a warning and left out."""
        declared = self.first(name)
        if declared is None:
            return None
        value = reader(declared.value)
        if value is None:
            what = f"cannot read {shown(declared.value)}"
            self._notes.warn("episode-unreadable", declared, what, cure)
        return value


def _whole(value: RawValue) -> int | None:
    """Read `7`, `#7`, `S02E07` (for the episode), `Season 2`."""
    match = _NUMBER.fullmatch(text_of(value) or "")
    return int(match[1]) if match else number(value, _HIGHEST)


def _kind(value: RawValue) -> str | None:
    word = (text_of(value) or "").casefold()
    return word if word in _KINDS else None


def _explicit(value: RawValue) -> bool | None:
    return _EXPLICIT.get((text_of(value) or "").casefold(), flag(value))


def _text(value: RawValue) -> str | None:
    return markup.title_text(text_of(value) or "") or None


def _image(value: RawValue) -> str | None:
    if isinstance(value, dict):
        value = member(value, "href", "url", "src", "path")
    return usable(value) or None


def _resolved(address: str | None, resolve: Resolve) -> str:
    return resolve(address) if address else ""


def _links(declared: RawField | None, resolve: Resolve) -> Iterator[Link]:
    """Give transcripts: addresses, mappings with url, type and language, or a list of those."""
    for item in items_of(declared.value if declared else None):
        mapping: dict[str, RawValue] = item if isinstance(item, dict) else {"url": item}
        address = usable(member(mapping, "url", "src", "href", "file"))
        if address and _ADDRESS.fullmatch(address):  # a transcript may also be the text itself
            kind = media_type_of(member(mapping, "type", "mimetype"))
            language = languages.normalize(member_text(mapping, "language", "lang"))
            yield Link(resolve(address), kind or mediatypes.media_type(address), language)


def _chapters(declared: RawField | None, resolve: Resolve) -> Link | None:
    """Give the chapters file; a list of chapters within the metadata is none."""
    if declared is None or isinstance(declared.value, list):
        return None
    link = next(_links(declared, resolve), None)
    is_json = link is not None and link.media_type in {"application/json", mediatypes.DEFAULT}
    return link._replace(media_type=_CHAPTERS_TYPE) if link and is_json else link


def _persons(keys: _Keys, resolve: Resolve) -> Iterator[tuple[str, str, str, str]]:
    """Give name, role, image and address of each person; hosts and guests by their own keys."""
    for key, role in (("persons", ""), ("hosts", "host"), ("guests", "guest")):
        declared = keys.first(key)
        for item in items_of(declared.value if declared else None):
            mapping: dict[str, RawValue] = item if isinstance(item, dict) else {"name": item}
            name = markup.title_text(member_text(mapping, "name"))
            image = usable(member(mapping, "img", "image", "avatar"))
            address = usable(member(mapping, "href", "url", "link"))
            if name:
                yield (
                    name,
                    markup.one_line(member_text(mapping, "role")) or role,
                    _resolved(image, resolve),
                    _resolved(address, resolve),
                )
