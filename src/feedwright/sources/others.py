"""Source readers of other packages: entry points of the group `feedwright.sources`.

They are asked for files that no reader of ours takes, so most runs never come here.
docs/dialects.md tells how to write one.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from feedwright.errors import ConfigurationError
from feedwright.model import Problem, Severity
from feedwright.sources.shapes import Place, Source

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "feedwright.sources"
_MARK = f"[{GROUP}]".encode()


@cache
def sources() -> Mapping[str, Source]:
    """Return the readers of other packages by dialect.

    Raises ConfigurationError for one that cannot be loaded or is no `Source`.
    """
    if not _is_anything_installed():
        return {}
    from importlib.metadata import entry_points  # noqa: PLC0415  heavier than all our readers

    return {point.name: _loaded(point) for point in sorted(entry_points(group=GROUP))}


@cache
def extensions() -> frozenset[str]:
    """Return the extensions that readers of other packages take."""
    return frozenset(extension for source in sources().values() for extension in source.extensions)


def dialect(text: str, place: Place) -> str:
    """Return the name of the first reader that takes a text, empty for none."""
    for name, source in sources().items():
        if place.extension in source.extensions and source.begins(text, place):
            return name
    return ""


def _loaded(point: "EntryPoint") -> Source:
    try:
        source = point.load()
    except (ImportError, AttributeError) as error:
        raise _mistake(point, f"cannot be loaded ({error})") from error
    if not isinstance(source, Source):
        raise _mistake(point, "is no feedwright.sources.shapes.Source")
    return source


def _mistake(point: "EntryPoint", what: str) -> ConfigurationError:
    package = point.dist.name if point.dist is not None else "a package"
    cure = f"mend or uninstall {package}"
    what = f'the source reader "{point.name}" ({point.value}) {what}'
    return ConfigurationError([Problem(Severity.ERROR, "", package, 0, GROUP, what, cure)])


def _is_anything_installed() -> bool:
    """Look for the group's name only: importing `importlib.metadata` takes ten times as long."""
    return any(_MARK in declared for folder in sys.path for declared in _declarations(folder))


def _declarations(folder: str) -> Iterator[bytes]:
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return  # an archive, or nothing: Python passes over it too
    for name in names:
        if name.endswith((".dist-info", ".egg-info")):
            try:
                with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:
                    yield file.read()
            except OSError:
                continue
