"""An object literal of JavaScript, as far as it is plain data: nothing is run, nothing guessed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from feedwright.model import RawValue
from feedwright.sources.values import clean
from feedwright.text.patterns import lazy

_MAX_DEPTH = 20
_MAX_LENGTH = 50_000
_TOKEN = lazy(
    r"""\s*(?:(?P<comment>//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<string>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\$]|\\.|\$(?!\{))*+`)"""
    r"""|(?P<number>-?\d[\d_]*(?:\.\d+)?(?![\w.]))"""
    r"""|(?P<word>[A-Za-z_$][\w$]*)"""
    r"""|(?P<mark>[{}\[\]:,()]))""",
    re.DOTALL,
)
_SOURCE = lazy(
    r"""//[^\n]*|/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`"""
    r"""|[^"'`/{}\[\](),]+|.""",
    re.DOTALL,
)
"""What a value that must be computed is made of."""
_TYPED = lazy(r"(?:(?:as|satisfies)\s[^'\"`()]*|//[^\n]*|/\*.*?(?:\*/|\Z)|\s)*\Z", re.DOTALL)
"""What may stand behind a value: nothing, comments, a type (TypeScript)."""
_BLANKS = lazy(r"\s+")
_ESCAPE = lazy(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "v": " ", "0": "", "\n": ""}
_WORDS: dict[str, RawValue] = {"true": True, "false": False, "null": None, "undefined": None}


class _NoDataError(ValueError):
    """A value that would have to be computed."""


class Member(NamedTuple):
    """A key of an object and what stands behind it."""

    key: str
    value: RawValue
    offset: int
    """Of the key."""
    source: str = ""
    """A value that would have to be computed, as written; empty when `value` is it."""


def members(text: str, start: int) -> Iterator[Member]:
    """Give the members of the object that opens at `start`.

    `new Date("2024-01-02")` is the text in it. What must be computed is given as source. Gives
    nothing more when it comes to what is no object literal.
    """
    reader = _Reader(text, start)
    try:
        reader.take("{")
        while reader.spreads() or not reader.at("}"):
            if reader.spreads():
                reader.source()
            else:
                yield reader.member()
            if not reader.at("}"):
                reader.take(",")
    except _NoDataError:
        return


class _Reader:
    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._position = start
        self._end = min(len(text), start + _MAX_LENGTH)
        self.offset = start
        """Of the token that was peeked at last."""

    def peek(self) -> re.Match[str]:
        while True:
            found = _TOKEN.match(self._text, self._position, self._end)
            if found is None:
                raise _NoDataError
            if not found["comment"]:
                self.offset = found.start(found.lastgroup or 0)
                return found
            self._position = found.end()

    def at(self, mark: str) -> bool:
        return self.peek()["mark"] == mark

    def take(self, mark: str) -> None:
        found = self.peek()
        if found["mark"] != mark:
            raise _NoDataError
        self._position = found.end()

    def spreads(self) -> bool:
        """Tell whether `...others` comes next, which is no member."""
        blanks = _BLANKS.match(self._text, self._position)
        return self._text.startswith("...", blanks.end() if blanks else self._position)

    def member(self) -> Member:
        """Give the member that comes next."""
        self.peek()
        offset = self.offset
        key = self.key()
        begin = self._position
        try:
            self.take(":")
            begin = self._position
            value = self.value(0)
            if _TYPED.match(self.source()):
                return Member(key, value, offset)
        except _NoDataError:
            pass
        self._position = begin
        return Member(key, None, offset, self.source() or key)

    def source(self) -> str:
        """Pass over what stands before the next comma or the end of the object, and return it."""
        begin, depth = self._position, 0
        while self._position < self._end:
            found = _SOURCE.match(self._text, self._position, self._end)
            mark = found[0] if found is not None else ""
            if not depth and mark in {",", "}"}:
                return self._text[begin : self._position].strip()
            depth += (mark in {"(", "[", "{"}) - (mark in {")", "]", "}"})
            if found is None or depth < 0:
                break
            self._position = found.end()
        raise _NoDataError

    def key(self) -> str:
        found = self.peek()
        if not (found["string"] or found["word"]):
            raise _NoDataError
        self._position = found.end()
        return _unquoted(found["string"]) if found["string"] else found["word"]

    def value(self, depth: int) -> RawValue:
        found = self.peek()
        if depth > _MAX_DEPTH:
            raise _NoDataError
        self._position = found.end()
        if found["string"]:
            return _unquoted(found["string"])
        if found["number"]:
            return found["number"].replace("_", "")
        if found["word"]:
            return self._of_word(found["word"], depth)
        if found["mark"] == "[":
            return self._list(depth)
        if found["mark"] == "{":
            return self._object(depth)
        raise _NoDataError

    def _of_word(self, word: str, depth: int) -> RawValue:
        if word in _WORDS:
            return _WORDS[word]
        if word != "new" or self.key() != "Date":
            raise _NoDataError
        self.take("(")
        value = self.value(depth + 1)
        self.take(")")
        return value

    def _list(self, depth: int) -> RawValue:
        items: list[RawValue] = []
        while not self.at("]"):
            items.append(self.value(depth + 1))
            if not self.at("]"):
                self.take(",")
        self.take("]")
        return items

    def _object(self, depth: int) -> RawValue:
        found: dict[str, RawValue] = {}
        while not self.at("}"):
            key = self.key()
            self.take(":")
            found[key] = self.value(depth + 1)
            if not self.at("}"):
                self.take(",")
        self.take("}")
        return found


def _unquoted(string: str) -> str:
    return clean(_ESCAPE.sub(_character, string[1:-1]))


def _character(found: re.Match[str]) -> str:
    escape = found[1]
    if escape[0] in "ux" and len(escape) > 1:
        number = int(escape[1:].strip("{}"), 16)
        return chr(number) if number <= 0x10FFFF else ""
    return _ESCAPED.get(escape, escape)
