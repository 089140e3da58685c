"""Raw values as text, switches and numbers; nothing here raises."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache

from feedwright.model import RawValue
from feedwright.text.patterns import lazy

_DEEP = 20
"""Lists within lists beyond this are no metadata."""
_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})
_DASHES = lazy(r"[\s_:-]+")
_SHOWN = 60
_DIGITS = 15
_MOST = 10**_DIGITS - 1
"""No file has more bytes, and every reader's integers hold it."""


@lru_cache(maxsize=4096)
def squash(key: str) -> str:
    """Give the form in which keys are compared: `pub_date`, `Pub-Date`, `pubDate` are one."""
    return _DASHES.sub("", key.casefold())


def is_empty(value: RawValue, depth: int = 0) -> bool:
    """Tell whether a value says nothing: none, white space, a list or mapping of nothing."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value or value.isspace()
    if isinstance(value, list):
        return depth < _DEEP and all(is_empty(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return depth < _DEEP and all(is_empty(item, depth + 1) for item in value.values())
    return False


def linked_name(text: str) -> str:
    """Give what a text that is wholly a link to a note shows: `[[people/Ann]]` is `Ann`."""
    inner = text[2:-2]
    if not (text.startswith("[[") and text.endswith("]]")) or "[" in inner or "]" in inner:
        return text
    name, _, shown = inner.partition("|")
    return shown.strip() or name.partition("#")[0].rpartition("/")[2].strip() or text


def text_of(value: RawValue) -> str | None:
    """Give a single value as text without white space around; None for lists and mappings."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return str(value)
    return None


def items_of(value: RawValue, depth: int = 0) -> Iterator[RawValue]:
    """Give the items of lists within lists from front to back; a single value is one item."""
    if isinstance(value, list):
        if depth < _DEEP:
            for item in value:
                yield from items_of(item, depth + 1)
    elif not is_empty(value):
        yield value


def flag(value: RawValue) -> bool | None:
    """Read a switch; None when the value is none. YAML 1.1's words, since YAML gives text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        word = value.strip().casefold()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
    return None


def number(value: RawValue, most: int = _MOST) -> int | None:
    """Read a whole number from 0 to `most`; None when the value is none."""
    found: int | None = None
    if isinstance(value, str):
        digits = value.strip()
        if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS:
            found = int(digits)
    elif isinstance(value, int) and not isinstance(value, bool):
        found = value
    elif isinstance(value, float) and value.is_integer():
        found = int(value)
    return found if found is not None and 0 <= found <= most else None


def member(mapping: dict[str, RawValue], *names: str) -> RawValue:
    """Give the first value of a mapping that says something, by squashed names; else None."""
    squashed = {squash(key): value for key, value in reversed(mapping.items())}
    for name in names:
        value = squashed.get(name)
        if not is_empty(value):
            return value
    return None


def member_text(mapping: dict[str, RawValue], *names: str) -> str:
    """Give `member` as text; empty when there is none."""
    for name in names:
        text = text_of(member(mapping, name))
        if text:
            return text
    return ""


def shown(value: RawValue) -> str:
    """Give a value as a message names it: short, in quotes; `a list`, `a mapping`."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    text = " ".join((text_of(value) or "").split())
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f'"{text}"'
