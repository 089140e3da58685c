"""What has to happen in `feeds/`: a pure comparison of what should be there with what is."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedwright.errors import PathTakenError
from feedwright.model import Document, Streamed

_GENERATOR = b"<generator>Feedwright</generator>"
_ORDER = {"index.html": 2, "opml.xml": 3}


class Existing(NamedTuple):
    """A file that stands in `feeds/`; it may be too large to be held in memory."""

    sha256: str
    """In hexadecimal digits."""
    beginning: bytes
    """Enough of it to tell whose it is."""


class Step(NamedTuple):
    """One path below `feeds/` that changes."""

    path: str
    old: str
    """Hex sha256 of the bytes on disk; empty when there is no file."""
    new: str
    """Hex sha256 of the document; empty when the file is removed."""
    data: bytes = b""
    pieces: Callable[[], Iterator[bytes]] | None = None
    """The bytes of a document that is too large to be held in memory."""

    @property
    def verb(self) -> str:
        """`create`, `replace` or `remove`."""
        if not self.new:
            return "remove"
        return "replace" if self.old else "create"


class Plan(NamedTuple):
    """The steps in the order in which they become visible, and how many files stay as they are."""

    steps: tuple[Step, ...]
    kept: int


def compare(
    documents: Sequence[Document | Streamed],
    on_disk: Mapping[str, Existing],
    ours: Collection[str],
    *,
    adopt: bool = False,
) -> Plan:
    """Plan the way from `on_disk` to `documents`.

    `on_disk` has every path of `documents` and of `ours` that exists. A document whose path holds
    another's file (not in `ours`, other bytes) raises `PathTakenError`, unless `adopt`. Paths of
    ours that have no document any more are removed, after everything else.
    """
    steps = []
    taken = []
    kept = 0
    for document in sorted(documents, key=lambda each: (_rank(each.path), each.path)):
        step = _step(document, on_disk.get(document.path))
        if step is None:
            kept += 1
            continue
        if step.old and document.path not in ours and not adopt:
            taken.append(document.path)
        steps.append(step)
    if taken:
        raise PathTakenError(_taken(taken, on_disk))
    wanted = {document.path for document in documents}
    removals = [
        Step(path, old=on_disk[path].sha256, new="")
        for path in sorted(ours)
        if path in on_disk and path not in wanted
    ]
    return Plan((*steps, *removals), kept)


def _step(document: Document | Streamed, there: Existing | None) -> Step | None:
    """Return what has to happen to one document; None when its bytes are there."""
    new = document.sha256
    old = there.sha256 if there is not None else ""
    if old == new:
        return None
    if isinstance(document, Streamed):
        return Step(document.path, old, new, pieces=document.pieces)
    return Step(document.path, old, new, document.data)


def _taken(paths: Sequence[str], on_disk: Mapping[str, Existing]) -> str:
    """Say what stands in the way, and what to do: also when the ledger was lost, not the feeds."""
    more = f" (nor are {len(paths) - 1} others)" if len(paths) > 1 else ""
    if any(_GENERATOR in on_disk[path].beginning for path in paths):
        return (
            f"feeds/{paths[0]}: Feedwright wrote this file{more and ' and others'}, but the ledger "
            "does not know it; restore the ledger from version control, or, to keep the ids, run "
            "`feedwright ledger import` with the old feed, then `feedwright build --adopt`"
        )
    return (
        f"feeds/{paths[0]}: this file is not Feedwright's{more}; move it away, or run "
        "`feedwright build --adopt` to replace it"
    )


def _rank(path: str) -> int:
    """Documents of feeds first (archives before them), then the page and the list of feeds."""
    if "-archive-" in path.rpartition("/")[2]:
        return 0
    return _ORDER.get(path, 1)
