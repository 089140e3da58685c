"""Constants of a JavaScript or TypeScript file, read from its tokens; nothing is executed.

The path of a value is the names of the keys that it stands below: of
`export default {title: "Harbour", presets: [["classic", {blog: {path: "news"}}]]}` the title is at
`("default", "title")` and "news" at `("default", "presets", "blog", "path")`.
"""

import re
from typing import NamedTuple

from feedwright.text.patterns import lazy

_TOKEN = lazy(
    r"""
      (?P<space>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
    | (?P<text>"(?:[^"\\\n]|\\.){0,2000}+"|'(?:[^'\\\n]|\\.){0,2000}+'
          |`(?:[^`\\]|\\.){0,3000}+`)
    | (?P<regex>/(?:\\.|\[(?:\\.|[^\]\\\n]){0,99}+\]|[^/\\\n\[]){1,300}+/[a-z]*)
    | (?P<word>[A-Za-z_$][\w$]*)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<sign>=>|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = lazy(r"\\(?:u\{?([0-9a-fA-F]{1,6})\}?|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "", "\n": ""}
_MOST = 200_000
"""Characters of a file; with the lengths above, hostile ones take seconds at most."""


class Constant(NamedTuple):
    """A text, number or switch, and the keys it stands below."""

    path: tuple[str, ...]
    value: str | bool


def constants(source: str) -> list[Constant]:
    """Return every value that is written out, in order."""
    return list(_Reader().read(source[:_MOST]))


def find(found: list[Constant], *path: str) -> str:
    """Return the first text whose path ends so, of those with the shortest path; else empty."""
    fitting = [c for c in found if c.path[-len(path) :] == path and isinstance(c.value, str)]
    best = min(fitting, key=lambda constant: len(constant.path), default=None)
    return str(best.value).strip() if best is not None else ""


def find_switch(found: list[Constant], *path: str) -> bool | None:
    """Return the first switch whose path ends so; None for none."""
    values = (c.value for c in found if c.path[-len(path) :] == path)
    return next((value for value in values if isinstance(value, bool)), None)


class _Reader:
    def __init__(self) -> None:
        self.keys: list[str] = []
        self.word = ""
        """The last word or text, which may turn out to be a key."""
        self.key = ""
        self.found: list[Constant] = []
        self.before = ""
        """The last sign: a `/` behind one of them begins a regular expression."""

    def read(self, source: str) -> list[Constant]:
        at = 0
        while at < len(source):
            token = _TOKEN.match(source, at)
            if token is None:
                break
            kind = token.lastgroup or ""
            at = token.end()
            if kind == "regex" and self.before not in set("(,=:[!&|?{};"):
                at = token.start() + 1
                kind = "sign"
            self._take(kind, source[token.start() : at])
        return self.found

    def _take(self, kind: str, written: str) -> None:
        if kind == "space":
            return
        if kind == "sign":
            self._sign(written)
            self.before = written
            return
        if kind in {"text", "number"} or written in {"true", "false"}:
            self._value(kind, written)
        elif kind == "word" and written != "default":
            self.word = written
        elif kind == "word":
            self.word = self.key = written  # export default {…}
        self.before = "x"

    def _value(self, kind: str, written: str) -> None:
        value: str | bool = _plain(written) if kind == "text" else written
        if kind == "word":
            value = written == "true"
        path = (*self.keys, self.key) if self.key else tuple(self.keys)
        self.found.append(Constant(tuple(filter(None, path)), value))
        self.word = value if isinstance(value, str) else ""

    def _sign(self, sign: str) -> None:
        if sign in {":", "="}:
            self.key = self.word
            if self.found and self.found[-1].value == self.word and self.before == "x":
                self._forget_key()
        elif sign in "{[(":
            self.keys.append(self.word if sign == "(" else self.key)
            self.key = ""
        elif sign in "}])":
            if self.keys:
                self.keys.pop()
            self.key = ""
        elif sign in {",", ";"}:
            self.key = ""
        self.word = "" if sign not in {".", "?"} else self.word

    def _forget_key(self) -> None:
        """Take back what turned out to be a key (`"title": …`) and no value."""
        if self.found[-1].path == tuple(filter(None, self.keys)):
            self.found.pop()


def _plain(written: str) -> str:
    return _ESCAPE.sub(_unescaped, written[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
    return _LETTERS.get(match[3], match[3])
