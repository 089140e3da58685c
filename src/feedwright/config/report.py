"""Collects what is wrong with a configuration, with the place of everything that was read."""

from typing import NamedTuple

from feedwright.model import Problem, Severity
from feedwright.text.patterns import lazy

NAMES = {
    "config-file": "the file is missing, cannot be read, is too large or is no UTF-8",
    "config-syntax": "the file is no YAML",
    "config-type": "text where a mapping or a list should be, or the other way round",
    "config-unknown-key": "a key that does not exist",
    "config-missing": "a key without which nothing can be built",
    "config-duplicate": "a key that stands twice in one mapping",
    "config-value": "a value that cannot be used",
    "config-variable": "a variable of the environment that is not set, or a malformed `${`",
    "config-clash": "two keys that contradict each other",
    "webhook-disabled": "a webhook waits for a variable that is not set",
    "webhook-unsigned": "messages without a signature: anybody can forge them",
    "secret-in-file": "a secret stands in the file itself",
    "feed-path-doubled": "a path begins with `feeds/`, but it is below feeds/ already",
    "feed-title-alike": "all feeds of a `per` have one title",
    "podcast-category": "a category that podcast directories do not know",
    "feed-key-unused": "a key of a feed that has no effect beside the others",
}
"""Every rule about the configuration; docs/configuration.md lists them."""

_SECRETS = lazy(r"whsec_[A-Za-z0-9+/=_-]+")


class Place(NamedTuple):
    """Where a value stands: `feeds[1].limit`, line 12."""

    field: str
    line: int

    def key(self, name: str, line: int) -> "Place":
        """Return the place of a key of a mapping that stands here."""
        return Place(f"{self.field}.{name}" if self.field else name, line)

    def item(self, index: int, line: int) -> "Place":
        """Return the place of an item of a list that stands here."""
        return Place(f"{self.field}[{index}]", line)


class Report:
    """The problems of one file, and the lines of all keys that were read."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._lines: dict[str, int] = {}
        self._unusable: set[str] = set()

    def seen(self, place: Place) -> None:
        """Remember where a key stands."""
        self._lines[place.field] = place.line

    def error(self, name: str, place: Place, what: str, cure: str) -> None:
        """Report a mistake, and that the value at the place is not to be built on."""
        self._unusable.add(place.field)
        self._add(Severity.ERROR, name, place, what, cure)

    def warn(self, name: str, place: Place, what: str, cure: str) -> None:
        """Report what works, but hardly as it was meant."""
        self._add(Severity.WARNING, name, place, what, cure)

    def place(self, field: str) -> Place:
        """Return the place of a field by its dotted name; of the nearest above it that stands."""
        above = field
        while above and above not in self._lines:
            above = above[: max(above.rfind("."), above.rfind("["), 0)]
        return Place(field, self._lines.get(above, 0))

    def is_sound(self, field: str) -> bool:
        """Tell whether nothing was wrong at a field, above it or below it."""
        return not any(_touch(field, other) for other in self._unusable)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Every mistake, in the order of lines."""
        return self._sorted(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Every warning, in the order of lines."""
        return self._sorted(Severity.WARNING)

    def _sorted(self, severity: Severity) -> tuple[Problem, ...]:
        found = [problem for problem in self._problems if problem.severity is severity]
        return tuple(sorted(found, key=lambda problem: problem.line))

    def _add(self, severity: Severity, name: str, place: Place, what: str, cure: str) -> None:
        texts = (_SECRETS.sub("whsec_…", text) for text in (place.field, what, cure))
        self._problems.append(Problem(severity, name, self._file, place.line, *texts))


def _touch(one: str, other: str) -> bool:
    if one == other or not other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and longer[len(shorter)] in ".["
