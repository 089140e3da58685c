"""Many shapes as one tree, and the words of an entry found on a single walk through it."""

from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from feedwright.publish.rules_json import DECODER
from feedwright.publish.shapes import Shape

T = TypeVar("T")


class Words(NamedTuple):
    """The words of an entry: of XML as written, of JSON as read."""

    words: list[str]
    more: list[tuple[int, str]]
    """Of what stands more often than in the shape: the place that each has in the shape."""


class _Node(Generic[T]):
    """What stands behind a piece: a word, and one of these pieces; or the end."""

    __slots__ = ("ends", "found", "next", "place", "steps")

    def __init__(self, piece: str, place: int) -> None:
        self.ends = '"' if piece[-1:] == '"' else "<"
        self.place = place
        self.next: list[tuple[str, _Node[T]]] = []
        """The longest first: where it fits, a shorter one would only have an empty word."""
        self.found: T | None = None
        self.steps: frozenset[tuple[_Node[T], _Node[T]]] = frozenset()
        """Of an end: all steps of its shape."""

    def after(self, piece: str) -> "_Node[T]":
        """Return what stands behind the next piece. A step on takes the place of a way back."""
        for known, node in self.next:
            if known == piece and node.place == self.place + 1:
                return node
        node = _Node[T](piece, self.place + 1)
        self.next = [each for each in self.next if each[0] != piece]
        self.lead(piece, node)
        return node

    def lead(self, piece: str, node: "_Node[T]") -> None:
        """Let a piece lead to a node."""
        if all(known != piece for known, _ in self.next):
            self.next = sorted([*self.next, (piece, node)], key=lambda each: -len(each[0]))


class Paths(Generic[T]):
    """What was found of some shapes, by the way through their pieces."""

    def __init__(self, format_name: str) -> None:
        self._is_json = format_name == "json"
        self._root = _Node[T]("", -1)

    def add(self, shape: Shape, found: T) -> None:
        """Add a shape. A run is a way back."""
        nodes = [self._root]
        for piece in shape.pieces:
            nodes.append(nodes[-1].after(piece))
        steps = set(pairwise(nodes))
        for end, begin in shape.runs:
            nodes[end].lead(shape.pieces[begin], nodes[begin + 1])
            steps.add((nodes[end], nodes[begin + 1]))
        nodes[-1].found = found
        nodes[-1].steps = frozenset(steps)

    def follow(self, text: str) -> tuple[T, Words] | None:
        """Return what was found of an entry's shape, and its words; None when it is another.

        Shapes cross: who comes to the end of one must have taken no step of another.
        """
        node = self._root
        way = [node]
        words: list[str] = []
        more: list[tuple[int, str]] = []
        at = 0
        while True:
            for piece, following in node.next:
                if text.startswith(piece, at):
                    at += len(piece)
                    node = following
                    way.append(node)
                    break
            else:
                return None
            if node.found is not None and at == len(text):
                if not node.steps.issuperset(pairwise(way)):
                    return None
                return node.found, Words(words, more)
            if self._is_json:
                word, at = _decoded(text, at, is_text=node.ends == '"')
                if word is None:
                    return None
            else:
                end = text.find(node.ends, at)
                if end < 0:
                    return None
                word = text[at:end]
                at = end
            if node.place == len(words):
                words.append(word)
            else:
                more.append((node.place, word))


def _decoded(text: str, at: int, *, is_text: bool) -> tuple[str | None, int]:
    """Return a string or an integer of JSON and where it ends, between the quotes of a string."""
    if is_text:
        end = text.find('"', at)
        plain = text[at:end]
        if end >= 0 and plain.isprintable() and "\\" not in plain:  # most words; half the price
            return plain, end
    try:
        word, end = DECODER.raw_decode(text, at - is_text)
    except (ValueError, RecursionError):
        return None, at
    if type(word) is not (str if is_text else int):
        return None, at
    return str(word), end - is_text
