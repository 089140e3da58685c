"""Mobiledoc 0.3, the form in which Ghost's editor kept a text from 1.0 to 5.0, as HTML.

Sections in a row: text with a tag and markers, an image, a list, or a card. Markers say which
markups they open, and how many they close. Markups, atoms and cards are named by their place in
tables (mobiledoc-kit, MOBILEDOC.md). A card or atom that is not known keeps its text, and is named.
"""

from collections.abc import Callable, Mapping
from typing import Any

from feedwright.sources import ghostcards
from feedwright.sources.ghostcards import attributes, escape
from feedwright.sources.shapes import words

_TEXT, _ATOM = 0, 1
"""Kinds of a marker."""
_MARKUPS = words("a b code del em i ins mark s strike strong sub sup u")
_TAGS: Mapping[str, str] = {
    **{tag: tag for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")},
    # Koenig writes its other form of a quotation as an aside.
    **dict.fromkeys(("aside", "pull-quote"), "blockquote"),
}
_SOFT_RETURN = "soft-return"


def to_html(document: object) -> tuple[str, tuple[str, ...]]:
    """Return HTML and the names of what is not known; ValueError for what is no mobiledoc 0.3."""
    if not isinstance(document, dict) or not isinstance(document.get("sections"), list):
        raise ValueError("no sections")
    if not str(document.get("version", "0.3")).startswith("0.3"):
        raise ValueError("another version")
    rendering = _Rendering(document)
    return "".join(map(rendering.section, document["sections"])), tuple(rendering.unknown)


class _Rendering:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._sections: Mapping[int, Callable[[list[Any]], str]] = {
            1: self._markup,
            2: self._image,
            3: self._list,
            10: self._card,
        }
        self.unknown: dict[str, None] = {}

    def section(self, section: object) -> str:
        """Render a section, by its kind."""
        if not isinstance(section, list) or len(section) < 2 or not isinstance(section[0], int):
            return ""
        render = self._sections.get(section[0])
        if render is None:
            self.unknown[f"section {section[0]}"] = None
            return ""
        return render(section)

    def _markup(self, section: list[Any]) -> str:
        tag = _TAGS.get(str(section[1]).lower(), "p")
        inner = self._markers(section[2] if len(section) > 2 else None)
        return f"<{tag}>{inner}</{tag}>" if inner.strip() else ""

    def _image(self, section: list[Any]) -> str:
        return ghostcards.to_html("image", {"src": section[1]}) or ""

    def _list(self, section: list[Any]) -> str:
        items = section[2] if len(section) > 2 and isinstance(section[2], list) else ()
        inner = "".join(f"<li>{text}</li>" for text in map(self._markers, items) if text)
        tag = "ol" if section[1] == "ol" else "ul"
        return f"<{tag}>{inner}</{tag}>" if inner else ""

    def _card(self, section: list[Any]) -> str:
        card = self._row("cards", section[1])
        payload = card[1] if len(card) > 1 and isinstance(card[1], dict) else {}
        if not card:
            return ""
        name = str(card[0])
        found = ghostcards.to_html(name, payload)
        if found is None:
            self.unknown[name] = None
            return ghostcards.words_of(payload)
        return found

    def _markers(self, markers: object) -> str:
        output: list[str] = []
        opened: list[str] = []
        """A tag for each markup that is open, empty for one that is not shown."""
        for marker in markers if isinstance(markers, list) else ():
            if not isinstance(marker, list) or len(marker) < 4:
                continue
            kind, opens, closes, value = marker[:4]
            for number in opens if isinstance(opens, list) else ():
                begin, tag = self._begin(number)
                output.append(begin)
                opened.append(tag)
            output.append(self._atom(value) if kind == _ATOM else _words(value))
            closed = min(closes, len(opened)) if isinstance(closes, int) else 0
            output += (_end(opened.pop()) for _ in range(closed))
        output += (_end(tag) for tag in reversed(opened))
        return "".join(output)

    def _begin(self, number: object) -> tuple[str, str]:
        row = self._row("markups", number)
        tag = str(row[0]).lower() if row else ""
        if tag not in _MARKUPS:
            return "", ""
        pairs = row[1] if len(row) > 1 and isinstance(row[1], list) else []
        address = dict(zip(map(str, pairs[::2]), pairs[1::2], strict=False)).get("href", "")
        return f"<{tag}{attributes(href=address) if tag == 'a' else ''}>", tag

    def _atom(self, number: object) -> str:
        row = self._row("atoms", number)
        name = str(row[0]) if row else ""
        if name == _SOFT_RETURN:
            return "<br>"
        if name:
            self.unknown[name] = None
        return _words(row[1]) if len(row) > 1 else ""

    def _row(self, table: str, number: object) -> list[Any]:
        rows = self._document.get(table)
        if not isinstance(rows, list) or not isinstance(number, int) or isinstance(number, bool):
            return []
        row = rows[number] if 0 <= number < len(rows) else None
        return row if isinstance(row, list) else []


def _words(value: object) -> str:
    return escape(value) if isinstance(value, str) else ""


def _end(tag: str) -> str:
    return f"</{tag}>" if tag else ""
