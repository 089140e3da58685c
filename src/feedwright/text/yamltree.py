"""YAML as a tree of text with places: nothing is resolved, nothing is constructed.

`title: 2024`, `language: no` and `published: 2024-01-02` stay the text that a person wrote; what a
value means is decided by whoever knows the field. Built from libyaml's events without recursion;
aliases are counted as often as they are used, so that a few lines cannot become a billion nodes.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from yaml import CBaseLoader
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from feedwright.text.patterns import lazy
from feedwright.text.yamlsimple import NULLS

_SURROGATES = lazy(r"(?<!\\)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


class Scalar(NamedTuple):
    """A piece of text. `plain` is true when it stood without quotes, block style or tag."""

    value: str
    plain: bool
    line: int
    column: int

    @property
    def is_null(self) -> bool:
        """Whether it says "nothing": `~`, `null`, or no value at all."""
        return self.plain and self.value in NULLS


class Sequence(NamedTuple):
    """A list of nodes."""

    items: "tuple[Node, ...]"
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys with their values; merge keys (`<<`) are already merged in.

    Of a key that stands twice the last value counts; `duplicates` has every earlier key.
    """

    pairs: "tuple[tuple[Scalar, Node], ...]"
    line: int
    column: int
    duplicates: tuple[Scalar, ...]


Node = Scalar | Sequence | Mapping
PlainValue = None | str | list["PlainValue"] | dict[str, "PlainValue"]


class YamlError(ValueError):
    """The text is no YAML that we take; lines and columns count from 1."""

    def __init__(self, line: int, column: int, what: str, cure: str = "") -> None:
        self.line = line
        self.column = column
        self.what = what
        self.cure = cure
        super().__init__(f"line {line}: {what}" + (f"; {cure}" if cure else ""))


def parse(text: str, *, max_nodes: int = 50_000, max_depth: int = 100) -> Node:
    """Return the only document of `text`; an empty one is an empty plain scalar.

    Raises `YamlError` for everything that is wrong with it: syntax, forbidden characters, a second
    document, a key that is not text, more than `max_nodes` nodes or `max_depth` levels (aliases
    count as what they stand for).
    """
    if "\\u" in text:
        text = _SURROGATES.sub(_joined, text)
    try:
        return _Builder(CBaseLoader(text), max_nodes, max_depth).document()
    except UnicodeEncodeError as error:
        line, column = _place_of_character(text, error.start)
        what = "has half of a surrogate pair, which is no character"
        raise YamlError(line, column, what, "take it out") from error
    except ReaderError as error:
        raise _translated_reader_error(text, error) from error
    except MarkedYAMLError as error:
        raise _translated(text, error) from error
    except (YAMLError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(1, 1, f"cannot be read as YAML ({error})") from error


def _joined(pair: re.Match[str]) -> str:
    """Give the character that JSON writes as two escapes; YAML knows only one escape for it."""
    return chr(0x10000 + ((int(pair[1], 16) & 0x3FF) << 10) + (int(pair[2], 16) & 0x3FF))


def plain_value(node: Node) -> PlainValue:
    """Return text, None, lists and dicts for a node; every scalar but null stays text.

    Recursive: `parse` has bounded the depth.
    """
    if isinstance(node, Scalar):
        return None if node.plain and node.value in NULLS else node.value
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    return {key.value: plain_value(value) for key, value in node.pairs}


# ---------------------------------------------------------------- building


class _Open:
    """A sequence or mapping whose end has not been seen."""

    __slots__ = ("anchor", "column", "height", "is_mapping", "line", "nodes", "size")

    def __init__(self, event: Any, size: int) -> None:
        self.is_mapping = isinstance(event, MappingStartEvent)
        self.anchor = event.anchor
        self.line = event.start_mark.line + 1
        self.column = event.start_mark.column + 1
        self.nodes: list[Node] = []
        self.size = size
        self.height = 0


class _Anchored(NamedTuple):
    node: Node | None
    """None while the node is still being built: a reference to it would be a circle."""
    size: int
    height: int


class _Builder:
    """Builds the one document from libyaml's events."""

    def __init__(self, parser: CBaseLoader, max_nodes: int, max_depth: int) -> None:
        # Any: the stubs know neither the subtypes that come nor that C events always have marks.
        self._next: Callable[[], Any] = parser.get_event
        self._max_nodes = max_nodes
        self._max_depth = max_depth
        self._count = 0
        self._anchors: dict[str, _Anchored] = {}
        self._open: list[_Open] = []
        self._root: Node | None = None

    def document(self) -> Node:
        documents = 0
        while True:
            event = self._next()
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._start(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end()
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _at(event, "a second document begins here", "take out the line ---")
            elif kind is StreamEndEvent:
                return (
                    self._root
                    if self._root is not None
                    else Scalar("", plain=True, line=1, column=1)
                )

    def _scalar(self, event: Any) -> None:
        self._grow(event, 1)
        mark = event.start_mark
        # An explicit tag (`!!str ~`, `! ~`) makes text of what would be null.
        plain = not event.style and event.tag is None
        node = Scalar(event.value, plain, mark.line + 1, mark.column + 1)
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(node, 1, 0)
        self._put(node, 0)

    def _start(self, event: Any) -> None:
        self._grow(event, 1)
        if len(self._open) >= self._max_depth:
            raise _at(event, f"is nested deeper than {self._max_depth} levels")
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(None, 0, 0)
        self._open.append(_Open(event, self._count))

    def _end(self) -> None:
        done = self._open.pop()
        node = _mapping(done) if done.is_mapping else _sequence(done)
        if done.anchor:
            size = self._count - done.size + 1
            self._anchors[done.anchor] = _Anchored(node, size, done.height)
        self._put(node, done.height)

    def _alias(self, event: Any) -> None:
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            cure = "put a value that begins with * in quotes"
            raise _at(event, f"*{event.anchor} refers to nothing that is named above", cure)
        if anchored.node is None:
            raise _at(event, f"*{event.anchor} refers to what it stands in")
        self._grow(event, anchored.size)
        if len(self._open) + anchored.height > self._max_depth:
            raise _at(event, f"is nested deeper than {self._max_depth} levels")
        self._put(anchored.node, anchored.height)

    def _grow(self, event: Any, nodes: int) -> None:
        self._count += nodes
        if self._count > self._max_nodes:
            raise _at(event, f"has more than {self._max_nodes} values (with what * repeats)")

    def _put(self, node: Node, height: int) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        parent.nodes.append(node)
        if height >= parent.height:
            parent.height = height + 1


def _sequence(done: _Open) -> Sequence:
    return Sequence(tuple(done.nodes), done.line, done.column)


def _mapping(done: _Open) -> Mapping:
    own: dict[str, tuple[Scalar, Node]] = {}
    merged: dict[str, tuple[Scalar, Node]] = {}
    duplicates: list[Scalar] = []
    nodes = iter(done.nodes)
    for key, value in zip(nodes, nodes, strict=True):
        if not isinstance(key, Scalar):
            cure = "put a value that begins with { or [ in quotes"
            raise YamlError(key.line, key.column, "has a key that is not text", cure)
        sources = _merge_sources(key, value)
        if sources is None:
            before = own.pop(key.value, None)
            if before is not None:
                duplicates.append(before[0])
            own[key.value] = (key, value)
            continue
        for source in sources:
            for pair in source.pairs:
                merged.setdefault(pair[0].value, pair)
    pairs = (*own.values(), *(pair for name, pair in merged.items() if name not in own))
    return Mapping(pairs, done.line, done.column, tuple(duplicates))


def _merge_sources(key: Scalar, value: Node) -> list[Mapping] | None:
    """Return the mappings that `<<: value` merges; None for any other key."""
    if key.value != "<<" or not key.plain:
        return None
    items = value.items if isinstance(value, Sequence) else (value,)
    mappings = [item for item in items if isinstance(item, Mapping)]
    return mappings if mappings and len(mappings) == len(items) else None


# ---------------------------------------------------------------- errors


def _at(event: Any, what: str, cure: str = "") -> YamlError:
    mark = event.start_mark
    return YamlError(mark.line + 1, mark.column + 1, what, cure)


def _place_of_character(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def _translated_reader_error(text: str, error: ReaderError) -> YamlError:
    # libyaml counts the bytes of UTF-8.
    before = text.encode("utf-8", "replace")[: error.position].decode("utf-8", "replace")
    line, column = _place_of_character(text, len(before))
    what = f"has a character that YAML does not allow (U+{error.character:04X})"
    return YamlError(line, column, what, "take it out")


_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    # libyaml's context, its problem, what it means, what to do; {opened} is the line of the context
    ("quoted scalar", "end of stream", "a quote that opens here is never closed", "close it"),
    ("quoted scalar", "document indicator", "a quote that opens here is never closed", "close it"),
    ("quoted scalar", "escape", "has a backslash that YAML does not know", "use single quotes"),
    ("flow sequence", "", "a [ of line {opened} is not closed or lacks a comma", "mend it"),
    ("flow mapping", "", "a {{ of line {opened} is not closed or lacks a comma", "mend it"),
    ("an alias", "", "a value cannot begin with *", "put it in quotes"),
    ("an anchor", "", "a value cannot begin with &", "put it in quotes"),
    ("a tag", "", "a value cannot begin with !", "put it in quotes"),
    ("a directive", "", "a line cannot begin with %", "put it in quotes"),
    ("block scalar", "", "cannot read the | or > block", "begin its text on the next line"),
    (
        "block mapping",
        "",
        "does not fit what stands above it",
        "look for a wrong indentation or for a quote within the value, here or in the line above",
    ),
    ("block collection", "", "does not fit the list above it", "indent all its - alike"),
    (
        "simple key",
        "could not find expected ':'",
        "has no colon",
        "write key: value, or look for a quote that is not closed above",
    ),
    (
        "",
        "mapping values are not allowed",
        'has ": " within a value, or a key that is indented deeper than the one above',
        "put the value in quotes, or mend the indentation",
    ),
    (
        "",
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "begin it on the next line, or put the value in quotes",
    ),
    ("", "expected node content", "has a bracket or a comma where a value should be", "mend it"),
    ("", "tab character", "is indented with a tab", "use spaces"),
    ("", "expected <document start>", "has more text after the end", "take it out"),
    ("", "incompatible YAML document", "is in another version of YAML", "take out the line %YAML"),
    ("", "found undefined tag handle", "a value cannot begin with !", "put it in quotes"),
)
_QUOTE_VARIABLES = "put ${…} in quotes within [ ] and { }"
_AT_CONTEXT = ("quoted scalar", "simple key")
"""The mistake is where the construct begins, not where libyaml gave up."""


def _translated(text: str, error: MarkedYAMLError) -> YamlError:
    context, problem = error.context or "", error.problem or "cannot be read"
    opened = error.context_mark
    mark = error.problem_mark or opened
    if any(word in context for word in _AT_CONTEXT) and opened is not None:
        mark = opened
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    if "cannot start any token" in problem:
        return _translated_character(text, line, column)
    for in_context, in_problem, meaning, cure in _MEANINGS:
        if in_context in context and in_problem in problem:
            first = opened.line + 1 if opened is not None else line
            what = meaning.format(opened=first)
            has_variable = "flow" in context and "${" in _rows(text, first, line)
            return YamlError(line, column, what, _QUOTE_VARIABLES if has_variable else cure)
    return YamlError(line, column, f"cannot be read as YAML: {problem}")


def _translated_character(text: str, line: int, column: int) -> YamlError:
    row = _rows(text, line, line)
    character = row[column - 1 : column]
    if "\t" in row[:column] and not row[: column - 1].strip():
        return YamlError(line, column, "is indented with a tab", "use spaces")
    return YamlError(line, column, f"a value cannot begin with {character}", "put it in quotes")


def _rows(text: str, first: int, last: int) -> str:
    return "\n".join(text.splitlines()[first - 1 : last])
