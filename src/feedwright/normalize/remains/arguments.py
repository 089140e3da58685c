"""What stands behind the name of a tag: values in order, and values by name."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from feedwright.text.patterns import lazy
from feedwright.text.shielding import unshield

_ARGUMENT = lazy(
    r"(?:(?P<name>[A-Za-z_@][\w.-]*)\s{0,3}(?:=|:(?!//))\s{0,3})?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*+)(?:\"|\\?\Z)|'(?P<single>(?:[^'\\]|\\.)*+)(?:'|\\?\Z)"
    r"|`(?P<tick>[^`]*+)(?:`|\Z)"
    r"|(?P<bare>[^\s,\"'`]++))",
    re.DOTALL,
)
_ESCAPE = lazy(r"\\([\"'\\])")
_MOST = 100


class Arguments(NamedTuple):
    """Values in order, and by name in lower case; quotes are off."""

    values: tuple[str, ...]
    named: Mapping[str, str]
    written: str = ""
    """All of it as it stands."""

    def get(self, *names: str) -> str:
        """Give the first value that says something, by name; else the empty string."""
        for name in names:
            value = self.named.get(name)
            if value:
                return value
        return ""

    def at(self, index: int) -> str:
        """Give a value by its place; else the empty string."""
        return self.values[index] if index < len(self.values) else ""

    def rest(self, start: int) -> str:
        """Give all values from a place on, as one text."""
        return " ".join(self.values[start:])


def parse(args: str) -> Arguments:
    """Read `"a" b key="c" key: d`; commas and brackets around all separate as spaces do."""
    values: list[str] = []
    named: dict[str, str] = {}
    text = unshield(args).strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    for count, found in enumerate(_ARGUMENT.finditer(text)):
        if count >= _MOST:
            break
        value = _value(found)
        if found["name"]:
            named.setdefault(found["name"].lower(), value)
        else:
            values.append(value)
    return Arguments(tuple(values), named, text)


def _value(found: re.Match[str]) -> str:
    quoted = found["double"] if found["double"] is not None else found["single"]
    if quoted is not None:
        return _ESCAPE.sub(r"\1", quoted) if "\\" in quoted else quoted
    return found["tick"] if found["tick"] is not None else found["bare"]
