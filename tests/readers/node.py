"""The readers that are libraries of npm: feedsmith and rss-parser.

`.ci/run` installs them outside of the repository, and says where in FEEDWRIGHT_NODE_MODULES.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from tests.readers.shown import ALL_FIELDS, Reader, Shown, output_of, program

SCRIPT = Path(__file__).with_name("parse.cjs")
DEFAULT = "~/.cache/feedwright/readers/node_modules"


class _Node(Reader):
    """A library that reads a feed and remembers nothing: ids that were not there are new."""

    conditional = False
    library: ClassVar[str]

    def __init__(self, url: str, home: Path) -> None:
        modules = Path(os.environ.get("FEEDWRIGHT_NODE_MODULES") or DEFAULT).expanduser()
        assert (modules / self.library).is_dir(), f"{self.library} is not installed: see .ci/run"
        self._command = [program("node"), str(SCRIPT), str(modules), self.library, url]
        self._home = home
        self._seen: set[str] = set()

    def poll(self) -> list[Shown]:
        shown = map(_of_node, json.loads(output_of(self._command, self._home)))
        new = [item for item in shown if item.id not in self._seen]
        self._seen |= {item.id for item in new}
        return new


class Feedsmith(_Node):
    library = "feedsmith"


class RssParser(_Node):
    shows = ALL_FIELDS - {"enclosure"}  # it knows those of RSS only
    library = "rss-parser"


def _of_node(item: dict[str, Any]) -> Shown:
    return Shown(
        item["id"],
        item["title"],
        item["link"],
        tuple(item["authors"]),
        datetime.fromisoformat(item["published"]),
        item["content"],
        item.get("enclosure") or "",
    )
