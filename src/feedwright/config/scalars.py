"""Reading scalars: variables, emptiness, kinds, and messages that show no secret. Pure."""

from collections.abc import Iterator
from contextlib import contextmanager

from feedwright.config.environment import Environment, Expanded
from feedwright.config.keys import Key
from feedwright.config.report import Place, Report
from feedwright.config.values import SECRET, TEXT, ValueMistakeError
from feedwright.text.yamltree import Scalar


class _Unusable:
    """What a mistake leaves: the default stands in for it."""


UNUSABLE = _Unusable()


class Scalars:
    """Reads scalars of one file."""

    def __init__(self, environment: Environment, report: Report) -> None:
        self._environment = environment
        self._report = report
        self._waiting: list[str] | None = None

    @contextmanager
    def waiting(self) -> Iterator[list[str]]:
        """Collect variables that are not set, where they are no mistake."""
        names: list[str] = []
        self._waiting = names
        yield names
        self._waiting = None

    def read(self, key: Key, node: Scalar, place: Place, *, allow_empty: bool) -> object:
        """Return the value of a scalar; UNUSABLE when the report has a mistake."""
        place = place._replace(line=node.line)
        expanded = self.expand(node, place, is_secret=key.secret)
        if expanded is None:
            return UNUSABLE
        text = expanded.text.strip()
        if not text:
            if allow_empty:
                return ""
            cure = "write a value, or leave the key out"
            self._report.error("config-value", place, "is empty", cure)
            return UNUSABLE
        try:
            value = (key.kind or TEXT).read(text)
        except ValueMistakeError as mistake:
            self._mistake(mistake, key, node, expanded, place)
            return UNUSABLE
        if key.kind is SECRET and not expanded.names:
            what, cure = "stands in the file itself", "write a variable: ${NAME}"
            self._report.warn("secret-in-file", place, what, cure)
        return value

    def _mistake(
        self, mistake: ValueMistakeError, key: Key, node: Scalar, expanded: Expanded, place: Place
    ) -> None:
        what, cure = mistake.what, mistake.cure
        if not key.secret:
            what = f"{quoted(node.value)} {what}"
            if mistake.suggestion and not expanded.names:
                cure = f"did you mean {mistake.suggestion}? {cure}"
        self._report.error("config-value", place, what, cure)

    def expand(self, node: Scalar, place: Place, *, is_secret: bool = False) -> Expanded | None:
        """Replace the variables of a scalar; None when that is not possible (in this run)."""
        expanded = self._environment.expand(node.value)
        if expanded.is_malformed:
            what, cure = 'has a "${" that is no variable', "write ${NAME}, or $${ for the text"
            self._report.error("config-variable", place, what, cure)
            return None
        missing = expanded.missing
        if is_secret and expanded.names and not expanded.text.strip():
            missing = expanded.names
        if not missing:
            return expanded
        if self._waiting is not None and not place.field.endswith("].name"):
            self._waiting.extend(missing)
            return None
        for name in missing:
            cure = f"set it, or write ${{{name}:-default}}"
            self._report.error("config-variable", place, f"the variable {name} is not set", cure)
        return None


def quoted(text: str) -> str:
    """Return a text in quotes, on one line and not too long."""
    return f'"{short(text)}"'


def short(text: str) -> str:
    """Return a text on one line, not too long."""
    line = " ".join(text.split())
    line = "".join(each if each.isprintable() else "�" for each in line)
    return f"{line[:60]}…" if len(line) > 60 else line
