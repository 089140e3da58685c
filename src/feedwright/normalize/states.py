"""Whether an article is a draft. What cannot be read keeps it out: it fails closed."""

from feedwright.model import RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.fields import Fields
from feedwright.normalize.problems import Notes
from feedwright.normalize.values import flag, shown, squash, text_of

_SWITCH_CURE = "write true or false"
_WORD_CURE = "write published or draft"


def draft(fields: Fields, notes: Notes, *, dated: bool) -> bool:
    """Tell whether anything says that the article is not to be published.

    `dated`: a date of publication is declared, so that `scheduled` can be left to it.
    """
    switches = (
        *((field, False) for field in _declared(fields, *aliases.OUT_WHEN_TRUE)),
        *((field, False) for field in fields.all("draft")),
        *((field, True) for field in _declared(fields, *aliases.OUT_WHEN_FALSE)),
    )
    out = [field for field, live in switches if _switch(field, notes, live=live)]
    out += [
        field
        for field in _declared(fields, *aliases.OUT_WHEN_FALSE_ELSE_OTHER)
        if flag(field.value) is False
    ]
    out += [
        field for field in _declared(fields, *aliases.BY_WORD) if _word(field, notes, dated=dated)
    ]
    for field in _declared(fields, *aliases.OUT_WHEN_SET):
        if flag(field.value) is not False:
            notes.warn("protected", field, "is set", "an article with a password is not published")
            out.append(field)
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


def _declared(fields: Fields, *names: str) -> list[RawField]:
    """Give what is declared under each name; defaults only where the article says nothing."""
    found: list[RawField] = []
    for name in names:
        declared = fields.named(name)
        own = [field for field in declared if field.origin != "defaults"]
        found += own or declared[:1]
    return found


def _switch(field: RawField, notes: Notes, *, live: bool) -> bool:
    """Tell whether a switch is in the position that keeps the article out."""
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


def _unreadable(field: RawField, notes: Notes, cure: str) -> None:
    notes.error("draft-unreadable", field, f"cannot read {shown(field.value)}", cure)
