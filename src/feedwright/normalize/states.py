"""Whether an article is a draft. What cannot be read keeps it out: it fails closed."""

from collections.abc import Callable, Mapping
from functools import partial

from feedwright.model import RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.fields import Fields
from feedwright.normalize.problems import Notes
from feedwright.normalize.values import flag, shown, squash, text_of

_COLLECTIONS_KEY = "eleventyexcludefromcollections"
_MAIN_COLLECTIONS = frozenset(("all", "post", "posts", "blog", "article", "articles"))
_SWITCH_CURE = "write true or false"
_WORD_CURE = "write published or draft"


def draft(fields: Fields, notes: Notes, *, dated: bool) -> bool:
    """Tell whether anything says that the article is not to be published.

    `dated`: a date of publication is declared, so that `scheduled` can be left to it.
    """
    out = [
        field
        for row, reader in _READERS.items()
        if fields.has(row)
        for field in _declared(fields, row)
        if not _is_from_others(field) and reader(field, notes)
    ]
    if fields.has("by word"):
        out += [f for f in _declared(fields, "by word") if _word(f, notes, dated=dated)]
    if out:
        notes.took("draft", out[0])
    return bool(out)


def is_switch(field: RawField) -> bool:
    """Tell whether a `published` is Jekyll's switch and not a date: its value decides.

    One without a digit is no date; when it is no switch either, the article is kept out.
    """
    if flag(field.value) is not None:
        return True
    return squash(field.key) == "published" and not _has_digit(field.value)


def _has_digit(value: RawValue) -> bool:
    return any(character.isdigit() for character in text_of(value) or "")


def _is_from_others(field: RawField) -> bool:
    """Tell whether Eleventy's list of collections leaves an article in those that matter."""
    if not isinstance(field.value, list) or squash(field.key) != _COLLECTIONS_KEY:
        return False
    return not _MAIN_COLLECTIONS & {str(each).casefold() for each in field.value}


def _declared(fields: Fields, row: str) -> list[RawField]:
    """Tell all that is declared; of what counts last only where nothing before has such a key."""
    found = fields.all(row)
    if len(found) == 1:
        return found
    own = {squash(field.key) for field in found if not _counts_last(field)}
    kept: list[RawField] = []
    for field in found:
        key = squash(field.key)
        if not _counts_last(field):
            kept.append(field)
        elif key not in own:
            kept.append(field)
            own.add(key)
    return kept


def _counts_last(field: RawField) -> bool:
    return field.origin == "defaults" or field.origin.startswith(aliases.FOLDER_DATA)


def _switch(field: RawField, notes: Notes, *, live: bool) -> bool:
    """Tell whether a switch is in the position that keeps the article out."""
    if isinstance(field.value, list) and squash(field.key) == _COLLECTIONS_KEY:
        return True
    value = flag(field.value)
    if value is not None:
        return value is not live
    text = (text_of(field.value) or "").casefold()
    if live and _has_digit(field.value):
        return False  # a date: `moments` reads it
    if text in aliases.OUT_WORDS | aliases.IN_WORDS:
        return text in aliases.OUT_WORDS
    _unreadable(field, notes, _SWITCH_CURE)
    return True


def _word(field: RawField, notes: Notes, *, dated: bool) -> bool:
    """Tell whether a status or visibility keeps the article out."""
    text = (text_of(field.value) or "").casefold()
    if text in aliases.TIMED_WORDS:
        return not dated
    if text in aliases.IN_WORDS or flag(field.value) is True:
        return False
    if text in aliases.OUT_WORDS or flag(field.value) is False:
        return True
    _unreadable(field, notes, _WORD_CURE)
    return True


def _set(field: RawField, notes: Notes) -> bool:
    if flag(field.value) is False:
        return False
    notes.warn("protected", field, "is set", "an article with a password is not published")
    return True


def _unreadable(field: RawField, notes: Notes, cure: str) -> None:
    notes.error("draft-unreadable", field, f"cannot read {shown(field.value)}", cure)


_READERS: Mapping[str, Callable[[RawField, Notes], bool]] = {
    "out when true": partial(_switch, live=False),
    "draft": partial(_switch, live=False),
    "out when false": partial(_switch, live=True),
    "out when false, else no switch": lambda field, notes: flag(field.value) is False,
    "out when set": _set,
}
"""Whether a value keeps the article out, by row of the alias table."""
