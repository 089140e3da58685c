"""Variables in scalars of the configuration: `${NAME}`, `${NAME:-default}`, `$${` for `${` itself.

Pure: the environment is an argument. Replaced are parsed scalars, never YAML text, so that a value
cannot bring keys, comments or line breaks of its own.
"""

from collections.abc import Mapping
from typing import NamedTuple

from feedwright.text.patterns import lazy

_REFERENCE = lazy(r"\$\$\{|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\})?")


class Expanded(NamedTuple):
    """A scalar with its variables replaced."""

    text: str
    names: tuple[str, ...]
    """Its variables. When there are any, the text may be a secret: never print it."""
    missing: tuple[str, ...]
    """Names without a value."""
    is_malformed: bool
    """Holds a `${` that begins no variable."""


class Environment:
    """Expands scalars and remembers which variables were looked up."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.used: dict[str, str | None] = {}
        """Every variable that was asked for, with its value; None when it is not set."""

    def expand(self, text: str) -> Expanded:
        """Replace the variables of one scalar.

        As in a shell, `${NAME:-default}` gives the default also when the variable is empty. What a
        variable holds is not expanded again.
        """
        if "${" not in text:
            return Expanded(text, names=(), missing=(), is_malformed=False)
        parts: list[str] = []
        names: list[str] = []
        missing: list[str] = []
        position, is_malformed = 0, False
        for match in _REFERENCE.finditer(text):
            parts.append(text[position : match.start()])
            position = match.end()
            if match[0] == "$${":
                parts.append("${")
                continue
            if match[1] is None:
                is_malformed = True
                continue
            names.append(match[1])
            value = self._value(match[1], match[3] if match[2] else None)
            if value is None:
                missing.append(match[1])
            else:
                parts.append(value)
        parts.append(text[position:])
        return Expanded("".join(parts), tuple(names), tuple(missing), is_malformed)

    def _value(self, name: str, default: str | None) -> str | None:
        value = self._environ.get(name)
        self.used[name] = value
        return value or default if default is not None else value
