"""The problems that the last run told of, so that only new ones are printed. A cache."""

import json
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path


class Told:
    """What the last run of a site found wrong."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> frozenset[str]:
        """Return the problems; none when they are not on record."""
        try:
            found = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return frozenset()
        return frozenset(map(str, found)) if isinstance(found, list) else frozenset()

    def write(self, problems: Collection[str]) -> None:
        """Remember the problems of this run. A cache that cannot be written is no error."""
        beside = self._path.with_name(self._path.name + ".new")
        with suppress(OSError):
            beside.write_text(json.dumps(sorted(problems)), encoding="ascii")
            os.replace(beside, self._path)
