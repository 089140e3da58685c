"""Private comments of notes, `%%…%%` in a line or around several: they are never published.

They go before anything else is read in a note, its title too.
"""

from bisect import bisect_right
from collections.abc import Sequence

from feedwright.text.regions import regions
from feedwright.text.spans import Region

_MARK = "%%"
_FENCES = ("```", "~~~")


def without(text: str) -> tuple[str, int]:
    """Give a note without comments, and the line (from 1) of one that is never closed, else 0.

    A mark alone on its line that nothing closes hides the rest, as it does in Obsidian; one within
    a line is text (`100%%`). What is removed leaves its line ends, so lines keep their numbers.
    Linear in the length of the text.
    """
    hidden = _Hidden(regions(text))
    pieces: list[str] = []
    at = 0
    while (start := _opening(text, at, hidden)) >= 0:
        end = _closing(text, start + len(_MARK), hidden)
        if end < 0:
            if not _is_alone(text, start):
                break
            pieces.append(text[at:start])
            return "".join(pieces), text.count("\n", 0, start) + 1
        pieces += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    pieces.append(text[at:])
    return "".join(pieces), 0


class _Hidden:
    """Code and the like, in which a mark is shown, not meant."""

    def __init__(self, found: Sequence[Region]) -> None:
        self._found = found
        self._starts = [region.start for region in found]
        self.matters_for_closing = True

    def around(self, at: int, since: int) -> Region | None:
        """Give the region around a place; one that begins in what was removed is none."""
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return None
        region = self._found[place]
        return region if since <= region.start and at < region.end else None


def _opening(text: str, since: int, hidden: _Hidden) -> int:
    at = text.find(_MARK, since)
    while at >= 0:
        region = hidden.around(at, since)
        if region is None and (at == 0 or text[at - 1] != "\\"):
            return at
        at = text.find(_MARK, region.end if region else at + 1)
    return -1


def _closing(text: str, since: int, hidden: _Hidden) -> int:
    """Give the end of the comment: not in a block of code, if there is a mark behind it.

    Other code is not looked for: a comment may well have a single backtick.
    """
    at = text.find(_MARK, since)
    while at >= 0 and hidden.matters_for_closing:
        region = hidden.around(at, since)
        if region is None or not _is_block(text, region):
            return at + len(_MARK)
        at = text.find(_MARK, region.end)
    hidden.matters_for_closing = False  # nor for those that follow, which ask for less
    at = text.find(_MARK, since)
    return at + len(_MARK) if at >= 0 else -1


def _is_block(text: str, region: Region) -> bool:
    begin = text[region.start : region.start + 100].lstrip(" \t>")
    return begin.startswith(_FENCES) and text.find("\n", region.start, region.end) >= 0


def _is_alone(text: str, at: int) -> bool:
    line = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    before, after = text[line:at], text[at + len(_MARK) : end if end >= 0 else len(text)]
    return not before.strip(" \t>") and not after.strip()
