"""The XML of a WordPress export, read as a stream: items, authors, attachments.

expat opens no other file and fetches nothing; entities of the file's own are refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.entities import html5
from xml.parsers import expat

from feedwright.model import RawValue
from feedwright.sources.shapes import UnreadableError, words
from feedwright.sources.values import clean
from feedwright.text.patterns import lazy

_ITEM = lazy(rb"<item[\s>]")
_DECLARATION = lazy(r"\s*<\?xml[^>]{0,300}\?>")
_ROOT = b"<rss><channel>"
_KEPT = words(
    "title link pubDate dc:creator guid content:encoded excerpt:encoded wp:post_id wp:post_date "
    "wp:post_date_gmt wp:post_modified wp:post_modified_gmt wp:post_name wp:status wp:post_parent "
    "wp:menu_order wp:post_type wp:post_password wp:attachment_url"
)
_AUTHOR = {
    "wp:author_login": "login",
    "wp:author_email": "email",
    "wp:author_display_name": "name",
    "wp:author_first_name": "first",
    "wp:author_last_name": "last",
}
_META = frozenset({"enclosure", "_thumbnail_id", "_wp_attachment_image_alt"})
_MAX_ERRORS = 50
_SHOWN = 200
_CURE = "export it again, or mend the line"


@dataclass
class Item:
    """A post, page, attachment or the like, as written."""

    line: int
    values: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """Texts and lines by the name of their element."""
    terms: list[tuple[str, str]] = field(default_factory=list)
    """Domain and text of each category."""
    meta: dict[str, list[str]] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return the text of an element without white space around."""
        found = self.values.get(name)
        return (found[-1][0].strip() if found else "") or default

    def line_text(self, name: str) -> str:
        """Return the same on one line, cut where it is too long for a message."""
        return " ".join(self.text(name).split())[:_SHOWN]

    def line_of(self, name: str) -> int:
        """Return the line of an element, else that of the item."""
        found = self.values.get(name)
        return found[-1][1] if found else self.line

    def labels(self, domains: frozenset[str]) -> list[RawValue]:
        """Return the categories of some domains, each once."""
        return list(dict.fromkeys(text for domain, text in self.terms if domain in domains))


@dataclass
class Export:
    """What an export holds."""

    items: list[Item] = field(default_factory=list)
    people: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """By login."""
    language: str = ""
    errors: list[UnreadableError] = field(default_factory=list)

    @cached_property
    def attachments(self) -> dict[str, Item]:
        """Attachments by their number."""
        return {
            item.text("wp:post_id"): item
            for item in self.items
            if item.text("wp:post_type") == "attachment"
        }

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for number, item in self.attachments.items():
            found.setdefault(item.text("wp:post_parent"), []).append(number)
        return found

    def children(self, item: Item) -> list[str]:
        """Return the numbers of the attachments of a post, as WordPress orders them."""
        numbers = self._children.get(item.text("wp:post_id"), [])
        return sorted(numbers, key=lambda each: _number(self.attachments[each]))


def _number(item: Item) -> tuple[int, int]:
    order, number = item.text("wp:menu_order"), item.text("wp:post_id")
    return (
        int(order) if order.isdecimal() and len(order) < 10 else 0,
        int(number) if number.isdecimal() and len(number) < 19 else 0,
    )


def read_export(text: str) -> Export:
    """Read all items. Behind a mistake reading goes on with the next item."""
    export = Export()
    declaration = _DECLARATION.match(text)
    before = text.count("\n", 0, declaration.end()) if declaration is not None else 0
    data = (text[declaration.end() :] if declaration is not None else text).encode()
    line = before
    while len(export.errors) < _MAX_ERRORS:
        stop = _Stream(export, line).feed(data)
        if stop is None:
            break
        found = _ITEM.search(data, stop)
        if found is None:
            break
        line += data.count(b"\n", 0, found.start())
        # The lines before are no part of the new stream, but the root is, on the same line.
        data = _ROOT + data[found.start() :]
    return export


class _BrokenError(ValueError):
    """An item begins within an item: well-formed so far, but no export."""

    def __init__(self, position: int, line: int) -> None:
        self.position = position
        self.line = line
        super().__init__(f"line {line}")


class _Stream:
    """One run of the parser, up to the end or the first mistake."""

    def __init__(self, export: Export, before: int) -> None:
        self._export = export
        self._before = before
        self._item: Item | None = None
        self._person: dict[str, str] | None = None
        self._meta: dict[str, str] = {}
        self._depth = 0
        self._name = ""
        self._domain = ""
        self._line = 0
        self._open_at = 0
        """Depth of the element that is collected."""
        self._texts: list[str] | None = None
        """What is collected of the element that is open, if it is one to keep."""
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.SkippedEntityHandler = self._entity
        parser.EntityDeclHandler = self._refuse
        parser.UseForeignDTD(True)  # noqa: FBT003  so that &nbsp; is skipped, not an error
        parser.ExternalEntityRefHandler = lambda *_: 1

    def feed(self, data: bytes) -> int | None:
        """Parse; return where to look for the next item after a mistake, None at the end."""
        try:
            self._parser.Parse(data, True)  # noqa: FBT003  it is the last part
        except expat.ExpatError as error:
            self._tell(expat.ErrorString(error.code), error.lineno)
            return max(self._parser.ErrorByteIndex, 1)
        except _BrokenError as error:
            self._tell("another item begins before it ends", error.line)
            return error.position
        except UnreadableError as error:
            self._export.errors.append(error)
        return None

    def _tell(self, why: str, line: int) -> None:
        what = f"is a WordPress export whose XML is broken: {why}"
        if self._item is not None:
            name = self._item.line_text("wp:post_name") or self._item.line_text("title")
            what += f', in the item "{name}"' if name else ", in an item"
        self._export.errors.append(UnreadableError("export", line + self._before, what, _CURE))

    def _refuse(self, *_: object) -> None:
        line = self._parser.CurrentLineNumber + self._before
        what = "declares entities, which no export of WordPress does"
        raise UnreadableError("export", line, what, "take the declaration out")

    # ------------------------------------------------------------ events

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if name == "item" and self._item is not None:
            raise _BrokenError(self._parser.CurrentByteIndex, self._parser.CurrentLineNumber)
        if name == "item":
            self._item = Item(self._parser.CurrentLineNumber + self._before)
            self._depth = 0
        elif name == "wp:author":
            self._person, self._depth = {}, 0
        elif self._depth == 1 and (self._item is not None or self._person is not None):
            self._name, self._domain = name, attributes.get("domain", "")
            self._meta = {}
            keep = name in _KEPT or name == "category" or name in _AUTHOR
            self._open(keep=keep)
        elif name in {"wp:meta_key", "wp:meta_value"} and self._depth == 2:
            self._open(keep=self._item is not None and self._name == "wp:postmeta")
        elif name == "language" and self._item is None:
            self._open(keep=True)

    def _open(self, *, keep: bool) -> None:
        self._texts = [] if keep else None
        self._open_at = self._depth
        self._line = self._parser.CurrentLineNumber + self._before

    def _text(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def _entity(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001  expat's signature
        self._text(html5.get(name + ";", f"&{name};"))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "item" and self._item is not None and self._depth < 0:
            self._export.items.append(self._item)
            self._item, self._texts, self._depth = None, None, 0
        elif name == "wp:author" and self._person is not None and self._depth < 0:
            self._close_person()
        elif self._texts is not None and self._depth < self._open_at:
            text, self._texts = "".join(self._texts), None
            self._take(name, clean(text.replace("\r\n", "\n").replace("\r", "\n")))
        elif name == "wp:postmeta" and self._item is not None and self._depth == 0:
            key = self._meta.get("wp:meta_key", "")
            if key in _META:
                value = self._meta.get("wp:meta_value", "")
                self._item.meta.setdefault(key, []).append(value)

    def _take(self, name: str, text: str) -> None:
        if name == "language":
            self._export.language = self._export.language or text.strip()
        elif name in {"wp:meta_key", "wp:meta_value"}:
            self._meta[name] = text
        elif self._person is not None:
            self._person[_AUTHOR.get(name, name)] = text.strip()
        elif self._item is not None and name == "category":
            if text.strip():
                self._item.terms.append((self._domain, " ".join(text.split())))
        elif self._item is not None:
            self._item.values.setdefault(name, []).append((text, self._line))

    def _close_person(self) -> None:
        person, self._person = self._person or {}, None
        self._texts, self._depth = None, 0
        login = person.get("login", "")
        full = f"{person.get('first', '')} {person.get('last', '')}".strip()
        if login:
            person["name"] = person.get("name") or full
            self._export.people.setdefault(login, person)
