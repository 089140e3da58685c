"""Lexical, the form in which Ghost's editor keeps a text since 5.0, as HTML.

A tree of nodes: elements with `children`, texts with a `format` of bits, and cards. What comes out
is what Ghost's own renderer (`kg-lexical-html-renderer`) shows on the web, without its classes and
scripts; a node that is not known keeps its text, and is named.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from feedwright.sources import ghostcards
from feedwright.sources.ghostcards import attributes, escape

Node = Mapping[str, Any]

_FORMATS = (
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
)
"""Bit of a text's `format`, and the element that shows it; the first is the outermost."""
_TEXTS = frozenset(("text", "extended-text", "tk"))
_LINKS = frozenset(("link", "autolink", "at-link"))
_INLINE = _TEXTS | _LINKS | {"linebreak", "tab", "zwnj", "at-link-search", "code-highlight"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_QUOTES = frozenset(("quote", "extended-quote", "aside"))
_DEEPEST = 100


def to_html(document: object) -> tuple[str, tuple[str, ...]]:
    """Return HTML and the names of nodes that are not known; ValueError for what is no Lexical."""
    root = document.get("root") if isinstance(document, dict) else None
    if not isinstance(root, dict) or not isinstance(root.get("children"), list):
        raise ValueError("no root with children")
    rendering = _Rendering()
    return rendering.blocks(root, 0), tuple(rendering.unknown)


class _Rendering:
    def __init__(self) -> None:
        self.unknown: dict[str, None] = {}

    def blocks(self, parent: Node, depth: int) -> str:
        """Render children: runs of inline nodes as one, all others as they come."""
        output: list[str] = []
        run: list[Node] = []
        for node in _children(parent):
            if _type(node) in _INLINE:
                run.append(node)
                continue
            output += (self._inline(run, depth), self._block(node, depth + 1))
            run = []
        return "".join(output) + self._inline(run, depth)

    def _block(self, node: Node, depth: int) -> str:
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        kind = _type(node)
        if kind == "paragraph":
            return self._element("p", node, depth)
        if kind in {"heading", "extended-heading"}:
            tag = ghostcards.text(node, "tag")
            return self._element(tag if tag in _HEADINGS else "h2", node, depth)
        if kind in _QUOTES:
            return self._element("blockquote", node, depth)
        if kind == "list":
            return self._list(node, depth)
        if kind == "listitem":  # without its list
            return self._element("p", node, depth)
        card = ghostcards.to_html(kind, node)
        return self._unknown(kind, node, depth) if card is None else card

    def _unknown(self, kind: str, node: Node, depth: int) -> str:
        self.unknown[kind] = None
        inner = self.blocks(node, depth) if ghostcards.is_for_all(node) else ""
        is_text = all(_type(child) in _INLINE for child in _children(node))
        inner = f"<p>{inner}</p>" if inner and is_text else inner
        return inner or ghostcards.words_of(node)

    def _element(self, tag: str, node: Node, depth: int) -> str:
        inner = self.blocks(node, depth)
        if not inner.strip():
            return ""  # Koenig keeps a blank paragraph at the end
        if tag != "blockquote" and any(_type(each) not in _INLINE for each in _children(node)):
            tag = "div"  # a card has no place in a paragraph
        return f"<{tag}>{inner}</{tag}>"

    def _list(self, node: Node, depth: int) -> str:
        """Render a list; one within it is the only child of an item, and belongs to that before."""
        items: list[str] = []
        for child in _children(node):
            inner = self.blocks(child, depth)
            first = next(_children(child), None)
            nested = first is not None and _type(first) == "list"
            if nested and items:
                items[-1] += inner
            elif inner:
                items.append(inner)
        is_numbered = node.get("tag") == "ol" or node.get("listType") == "number"
        tag = "ol" if is_numbered else "ul"
        start = node.get("start")
        begin = attributes(start=start) if is_numbered and start != 1 else ""
        inner = "".join(f"<li>{item}</li>" for item in items)
        return f"<{tag}{begin}>{inner}</{tag}>" if inner else ""

    def _inline(self, nodes: Iterable[Node], depth: int) -> str:
        """Render texts, so that a format is open as long as the next text has it too."""
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        output: list[str] = []
        opened: list[str] = []
        for node in nodes:
            kind = _type(node)
            if kind == "linebreak":
                output.append("<br>")
                continue
            formats = _formats(node)
            kept = 0
            while kept < len(opened) and opened[kept] in formats:
                kept += 1
            output += (f"</{tag}>" for tag in reversed(opened[kept:]))
            opened = opened[:kept]
            new = [tag for tag in formats if tag not in opened]
            output += (f"<{tag}>" for tag in new)
            opened += new
            output.append(self._link(node, depth) if kind in _LINKS else _words(node))
        output += (f"</{tag}>" for tag in reversed(opened))
        return "".join(output)

    def _link(self, node: Node, depth: int) -> str:
        return ghostcards.link(ghostcards.text(node, "url"), self.blocks(node, depth + 1))


def _children(node: Node) -> Iterator[Node]:
    children = node.get("children")
    if isinstance(children, list):
        yield from (each for each in children if isinstance(each, dict))


def _type(node: Node) -> str:
    return ghostcards.text(node, "type") or "node"


def _formats(node: Node) -> list[str]:
    bits = node.get("format")
    if _type(node) not in _TEXTS or not isinstance(bits, int):
        return []  # of a link its texts have formats, of others `format` is where they stand
    return [tag for bit, tag in _FORMATS if bits & bit]


def _words(node: Node) -> str:
    value = node.get("text")
    return escape(value) if isinstance(value, str) else ""
