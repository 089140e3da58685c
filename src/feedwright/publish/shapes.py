"""The shape of an entry: its bytes without its words.

Words are the texts of elements without children, those attributes that are free text, addresses or
numbers, and in JSON all strings and integers that are values. What stands between is the shape.
Nothing is judged here: what is odd gives words or shapes that somebody else turns down.
"""

import json
import re
from html import escape
from typing import NamedTuple

from feedwright.publish.rules_json import DECODER
from feedwright.text.patterns import lazy

_LEAF = lazy(r"(<[A-Za-z][^<>]*+(?<!/)>)([^<>]*+)(?=</)")
_ATTRIBUTE = lazy(
    r"( (?:href|url|term|label|title|length|fileSize|duration|width|height|img|scheme)=\")"
    r"([^\"]*+)"
)
"""Others (`rel`, `type`, `isPermaLink`, `xml:lang`) decide what is meant: they belong to shapes."""
_VALUE = lazy(r"\"((?:[^\"\\]++|\\.)*+)\"(:?)|(-?[0-9][0-9.eE+-]*+)", re.DOTALL)
"""Strings, with a colon where they are names, and numbers."""
_PLAIN = lazy(
    r"(?:[ \t\n]*+</?[A-Za-z][\w.:-]*+(?: [A-Za-z][\w.:-]*+=\"[^\"<>]*+\")*+/?>[^<>]*+)++", re.ASCII
)
"""XML without comments, CDATA and single quotes: in such, nothing is a word that looks like one."""

_MOST = 200
_LONGEST = 4000
_FIRST_NUMBER = 7_000_000_000_000_000


class Shape(NamedTuple):
    """What entries have in common."""

    format: str
    prefixes: frozenset[str]
    pieces: tuple[str, ...]
    """A word stands between each and the next. In JSON it is a string's behind `"`, otherwise it is
    an integer."""

    runs: tuple[tuple[int, int], ...] = ()
    """Where pieces that stand twice may stand more often, as those of a third category: in front of
    which piece, and with which to go on."""

    def longer(self) -> "Shape":
        """Return the shape of an entry with a third unit in each run."""
        pieces = self.pieces
        for end, begin in reversed(self.runs):
            pieces = pieces[:end] + pieces[begin:end] + pieces[end:]
        return Shape(self.format, self.prefixes, pieces)

    def signed(self) -> str | None:
        """Return an entry of this shape with signs for words; None of XML that is not plain."""
        if self.format == "json":
            words = [
                json.dumps(sign(place))[1:-1] if piece[-1:] == '"' else str(_FIRST_NUMBER + place)
                for place, piece in enumerate(self.pieces[:-1])
            ]
        else:
            words = [escape(sign(place)) for place in range(len(self.pieces) - 1)]
        text = "".join(
            [part for pair in zip(self.pieces, [*words, ""], strict=True) for part in pair]
        )
        return text if self.format == "json" or _PLAIN.fullmatch(text) else None

    def signs(self) -> dict[str, int]:
        """Return the places of all words by what a reader finds there in what is signed."""
        numbers = self.format == "json"
        return {
            str(_FIRST_NUMBER + place) if numbers and piece[-1:] != '"' else sign(place): place
            for place, piece in enumerate(self.pieces[:-1])
        }


def marker(place: int) -> str:
    """Return the character of private use that the sign of a text holds."""
    return chr(0xE100 + place)


def sign(place: int) -> str:
    """Return text that is HTML as well: what looks into it finds the marker as an address."""
    return f'{marker(place)}<a href="{marker(place)}">'


def shape_of(format_name: str, prefixes: frozenset[str], text: str) -> Shape | None:
    """Return the shape of an entry; None when it is too large to be remembered, or no JSON."""
    try:
        pieces = _json_pieces(text) if format_name == "json" else _xml_pieces(text)
    except (ValueError, RecursionError):
        return None
    kept, runs = _without_runs(pieces)
    if len(kept) > _MOST or sum(map(len, kept)) > _LONGEST:
        return None
    return Shape(format_name, prefixes, tuple(kept), tuple(runs.items()))


def _without_runs(pieces: list[str]) -> tuple[list[str], dict[int, int]]:
    """Leave two of each run of the same one or two pieces."""
    kept: list[str] = []
    runs: dict[int, int] = {}
    for piece in pieces:
        kept.append(piece)
        for size in (1, 2):  # in Atom, a category has two words
            last = kept[-size:]
            if kept[-2 * size : -size] == last and len(kept) > 2 * size:
                if kept[-3 * size : -2 * size] == last and len(kept) > 3 * size:
                    del kept[-size:]
                runs[len(kept)] = len(kept) - size
    return kept, runs


def _xml_pieces(text: str) -> list[str]:
    found = iter(_LEAF.split(text))
    pieces: list[str] = []
    for before in found:
        bits = _ATTRIBUTE.split(before + next(found, ""))
        del bits[2::3]
        pieces += [*map("".join, zip(bits[:-1:2], bits[1::2], strict=True)), bits[-1]]
        next(found, "")
    return pieces


def _json_pieces(text: str) -> list[str]:
    DECODER.decode(text)  # of strings without an end the pattern would take the square of the time
    pieces: list[str] = []
    at = 0
    for found in _VALUE.finditer(text):
        group = 3 if found[1] is None else 1
        is_name, is_fraction = found[2], group == 3 and not found[3].lstrip("-").isdecimal()
        if not is_name and not is_fraction:
            pieces.append(text[at : found.start(group)])
            at = found.end(group)
    return [*pieces, text[at:]]
