"""Source reader `lektor`: `contents.lr`, fields separated by lines of three dashes."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from feedwright.model import RawField, RawValue
from feedwright.sources.known import folded
from feedwright.sources.shapes import (
    Piece,
    Pieces,
    Place,
    UnreadableError,
    last_of_each,
    words,
)
from feedwright.text.patterns import lazy

_ORIGIN = "contents.lr"
_KEY = lazy(r"([^:\n]{1,100}):(.*)")
_DASHES = lazy(r"\s*-{3,}\s*")
_BLOCK = lazy(r"####\s*([^#\n]{1,100}?)\s*####\s*")
_BODIES = ("body", "content", "text", "article", "contents", "post", "html")
_DATES = words("pub_date date published publish_date pubdate created created_at posted post_date")
_LISTS = words("tags tag categories category authors author keywords topics")
_POSTS = lazy(r"post|article|news|entry|story|blog-?item", re.IGNORECASE)
_YES = frozenset({"yes", "true", "1", "on"})
_NO = frozenset({"no", "false", "0", "off"})
_OURS = {"_slug": "slug"}
_ABOUT = ("alt", "caption", "title")
_PICTURES = ("image", "src", "file", "picture", "photo")


class _Item(NamedTuple):
    key: str
    lines: list[str]
    line: int
    """Of the file, where the value begins."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def read(text: str, place: Place) -> Pieces:
    """Read fields and body; one without a date field is a page, and no article."""
    items = list(_items(text.split("\n"), 1))
    if not items:
        what = "has no line such as title: My title"
        raise UnreadableError("front-matter", 1, what, "separate fields by lines of ---")
    reason = _no_article(items, place)
    if reason:
        return Pieces((), (), reason)
    body = _body_of(items)
    fields, problems = last_of_each(
        (field for item in items if item is not body for field in _fields(item)), place.path
    )
    source, line = _source(body) if body is not None else ("", items[-1].line)
    markup = "html" if body is not None and body.key == "html" else "markdown"
    return Pieces((Piece(fields, source, markup, line),), problems)


def _items(lines: Sequence[str], first: int) -> Iterator[_Item]:
    """Take fields apart; a line of dashes within a value was written with one more.

    So blocks within a value, whose fields are separated by four, are read by the same rule.
    """
    item: _Item | None = None
    for number, line in enumerate(lines, first):
        if line.strip() == "---":
            if item is not None:
                yield item
            item = None
        elif item is None:
            found = _KEY.fullmatch(line)
            if found is not None:
                value = found[2].strip()
                item = _Item(found[1].strip(), [value] if value else [], number + (not value))
        elif item.lines or line.strip():
            item.lines.append(line.strip()[1:] if _DASHES.fullmatch(line) else line)
        else:
            item = item._replace(line=number + 1)
    if item is not None:
        yield item


def _no_article(items: list[_Item], place: Place) -> str:
    keys = {folded(item.key) for item in items}
    configured = {item.key.casefold() for item in items} & place.names
    model = next((item.text for item in items if item.key == "_model"), "")
    if keys & _DATES or configured or _POSTS.search(model):
        return ""
    return "is a page without pub_date, no article"


def _body_of(items: list[_Item]) -> _Item | None:
    """Return the field that is the text: by its name, else the longest of several lines."""
    for name in _BODIES:
        for item in items:
            if item.key.casefold() == name and item.lines:
                return item
    long = [item for item in items if "\n" in item.text and folded(item.key) not in _LISTS]
    return max(long, key=lambda item: len(item.text), default=None)


def _fields(item: _Item) -> Iterator[RawField]:
    key = item.key.casefold()
    if key == "_hidden":
        if item.text.casefold() in _YES:
            yield RawField("hidden", item.text, item.line, _ORIGIN)
    elif key == "_discoverable":
        if item.text.casefold() in _NO:
            yield RawField("unlisted", "true", item.line, _ORIGIN)
    elif key in _OURS or not key.startswith("_"):
        yield RawField(_OURS.get(key, item.key), _value(item), item.line, _ORIGIN)


def _value(item: _Item) -> RawValue:
    lines = [line.strip() for line in item.lines if line.strip()]
    if len(lines) > 1 and folded(item.key) in _LISTS:
        return list(lines)
    return item.text


# ---------------------------------------------------------------- bodies of blocks


def _source(body: _Item) -> tuple[str, int]:
    """Return the text of a body and its line; of blocks (`#### text ####`) what they show."""
    lines = body.lines
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines or not _BLOCK.fullmatch(lines[0]):
        return "\n".join(lines).rstrip(), body.line
    shown = [text for block in _blocks(body) if (text := _shown(block))]
    return "\n\n".join(shown).rstrip(), body.line


def _blocks(body: _Item) -> Iterator[list[_Item]]:
    starts = [number for number, line in enumerate(body.lines) if _BLOCK.fullmatch(line)]
    for start, end in zip(starts, [*starts[1:], len(body.lines)], strict=True):
        yield list(_items(body.lines[start + 1 : end], body.line + start + 1))


def _shown(block: list[_Item]) -> str:
    """Return a block as Markdown: its text, or its picture."""
    found = {item.key.casefold(): item for item in block}
    text = _body_of(block)
    picture = next((found[name].text for name in _PICTURES if name in found), "")
    if text is None and picture and not re.search(r"[\s<>()]", picture):
        about = next(
            (found[name].text for name in ("alt", "caption", "title") if name in found), ""
        )
        return f"![{about.translate(_UNBRACKETED)}]({picture})"
    return "\n".join(text.lines).strip("\n").rstrip() if text is not None else ""


_UNBRACKETED = str.maketrans("[]\n", "() ")
