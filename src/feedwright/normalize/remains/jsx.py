"""Elements of JSX and their attributes, read without running anything."""

import html
from collections.abc import Mapping
from typing import NamedTuple

from feedwright.text.patterns import lazy
from feedwright.text.shielding import unshield

MARK = lazy(r"(?<!\\)(?:\{|<(?=[A-Za-z/>]))")
"""Where an expression or an element may begin."""

_BRACE = lazy(r"(?<!\\)[{}]")
_NAME = lazy(r"<(?P<close>/?)\s*(?P<name>[A-Za-z][\w.:-]*)?")
_PART = lazy(
    r"\s+|(?P<end>/?>)|(?P<name>[A-Za-z_@:][\w.:-]*)(?P<is>\s*=\s*)?"
    r"|(?P<double>\"[^\"]*+\")|(?P<single>'[^']*+')|(?P<brace>\{)"
)
_STRING = lazy(r"\"(?P<double>[^\"\\]*)\"|'(?P<single>[^'\\]*)'|`(?P<tick>[^`]*)`")
_CALL = lazy(
    r"(?:require|useBaseUrl|withBase|import|url|asset|withPrefix)\(\s*"
    r"(?P<string>\"[^\"]*\"|'[^']*')\s*\)(?:\.default|\.src)*"
)
_NUMBER = lazy(r"-?[\d.]+")
_SPECIAL = {"classname": "class", "htmlfor": "for", "srcset": "srcset"}
_MOST = 200
"""Parts of one element."""


class Element(NamedTuple):
    """A tag of JSX. Attributes whose value must be computed are left out."""

    start: int
    end: int
    name: str
    """Empty for a fragment."""
    attributes: Mapping[str, str]
    closes: bool
    is_empty: bool
    """`<x/>`"""


def braces(text: str) -> dict[int, int]:
    """Give the closing brace of each opening one; a string may not hold a lone one."""
    found: dict[int, int] = {}
    open_braces: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            open_braces.append(brace.start())
        elif open_braces:
            found[open_braces.pop()] = brace.start()
    return found


def element(
    text: str, start: int, pairs: Mapping[int, int], imports: Mapping[str, str]
) -> Element | None:
    """Read the tag at `start`; None when it is none. `imports` are addresses by name."""
    head = _NAME.match(text, start)
    if head is None:
        return None
    attributes: dict[str, str] = {}
    name, at = "", head.end()
    for _ in range(_MOST):
        part = _PART.match(text, at)
        if part is None:
            return None
        at = part.end()
        if part["end"]:
            return Element(
                start, at, head["name"] or "", attributes, bool(head["close"]), part["end"] == "/>"
            )
        if part["name"]:
            attributes[part["name"]] = ""
            name = part["name"] if part["is"] else ""
        elif part["brace"]:
            closing = pairs.get(part.start())
            if closing is None:
                return None
            at = closing + 1
            value = _computed(unshield(text[part.end() : closing]).strip(), imports)
            _keep(attributes, name, value)
            name = ""
        elif part["double"] or part["single"]:
            _keep(attributes, name, html.unescape(unshield(part[0])[1:-1]))
            name = ""
    return None


def _keep(attributes: dict[str, str], name: str, value: str | None) -> None:
    if name and value is not None:
        attributes[name] = value
    else:
        attributes.pop(name, None)


def _computed(written: str, imports: Mapping[str, str]) -> str | None:
    """Give the value of an expression that is plain, or names something imported."""
    found = string(written)
    if found is not None:
        return found
    call = _CALL.fullmatch(written)
    if call:
        return call["string"][1:-1]
    if _NUMBER.fullmatch(written) or written in {"true", "false"}:
        return written
    return imports.get(written.removesuffix(".src").removesuffix(".default"))


def string(written: str) -> str | None:
    """Give what a string says; None when it is none, or needs to be computed."""
    found = _STRING.fullmatch(written)
    if found is None or (found["tick"] and "${" in found["tick"]):
        return None
    return next(value for value in found.groups() if value is not None)


def as_arguments(found: Element) -> str:
    """Write attributes as other template languages do."""
    return " ".join(
        f'{name}="{_quoted(value)}"' for name, value in found.attributes.items() if value
    )


def as_html(found: Element) -> str:
    """Write a tag as HTML."""
    attributes = "".join(
        f' {_SPECIAL.get(name.lower(), name)}="{html.escape(value)}"'
        for name, value in found.attributes.items()
        if value
    )
    return f"<{found.name}{attributes}{' /' if found.is_empty else ''}>"


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
