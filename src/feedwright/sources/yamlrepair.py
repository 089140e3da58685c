"""Mending YAML that people write and YAML refuses: `title: Foo: bar`, `by: @x`, `t: 'tis so`.

Only what is certain: a value that begins and ends on its own line, that no YAML could take as it
stands, is put in quotes; and the whole must be readable afterwards.
"""

from typing import NamedTuple

from feedwright.text import yamltree
from feedwright.text.patterns import lazy

CURE = "put a value that has : or # in it in quotes, and indent with spaces"

_LINE = lazy(r"( *)((?:- +)*)([^\s:#'\"\[\]{},&*!|>%@`-][^:\n]{0,80}?:[ \t]+)?(\S.*)")
_NEXT = lazy(r" *(?:- |-$|[^\s:#][^:]{0,80}:(?:[ \t]|$))")
_TABBED_ITEM = lazy(r"^( *)-\t+")
_BLOCK = lazy(r"[|>][0-9+-]{0,2}[ \t]*(?:#.*)?")
_QUOTED = lazy(r"""(?:'(?:[^']|'')*+'|"(?:[^"\\]|\\.)*+")[ \t]*(?:#.*)?""")
_REFERENCE = lazy(r"\*[\w.-]+")
_APOSTROPHES = lazy(r"'(?:[^']|(?<=\w)'(?=\w))*+'")
"""`'Don't stop'`: quotes around a text that has apostrophes."""
_ELISION = lazy(r"'(?:[a-z0-9]|T(?:is|was|il)\b)")
"""`'tis`: an apostrophe, where `'Foo` may lack its second quote."""


class Change(NamedTuple):
    """A value that was put in quotes; `line` counts from 1."""

    line: int
    key: str
    what: str
    better: str
    """The line as it should be written."""


class Repaired(NamedTuple):
    """What the mended text says."""

    node: yamltree.Node
    changes: tuple[Change, ...]


def repair(text: str) -> Repaired | None:
    """Return the tree of `text` with certain mistakes mended; None when that does not help."""
    lines = text.split("\n")
    changes = _untab(lines)
    block_indent = -1
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block_indent >= 0 and (not line.strip() or indent > block_indent):
            continue
        block_indent = -1
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        value = found[4].rstrip()
        if _BLOCK.fullmatch(value) and (found[2] or found[3]):
            block_indent = indent
            continue
        why = _why(value, is_item=not found[3]) if found[2] or found[3] else ""
        if why and " #" not in value and _is_whole(lines, number, indent + len(found[2])):
            quoted = f"{found[1]}{found[2]}{found[3] or ''}{_quoted(value)}"
            lines[number] = quoted
            key = (found[3] or "").rstrip().removesuffix(":").rstrip()
            what = f"the value {why}; it was read as if it stood in quotes"
            changes.append(Change(number + 1, key, what, quoted.strip()))
    if not changes:
        return None
    try:
        return Repaired(yamltree.parse("\n".join(lines)), tuple(changes))
    except yamltree.YamlError:
        return None


def _untab(lines: list[str]) -> list[Change]:
    """Put spaces for tabs that indent, unless other lines are indented with spaces."""
    if any(line.startswith(" ") and line.strip() for line in lines):
        return []
    changes: list[Change] = []
    for number, line in enumerate(lines):
        bare = _TABBED_ITEM.sub(r"\1- ", line.lstrip("\t"))
        if bare != line and bare.strip():
            lines[number] = "    " * (len(line) - len(line.lstrip("\t"))) + bare
            what = "is indented with a tab; it was read as if it were spaces"
            changes.append(Change(number + 1, "", what, lines[number]))
    return changes


def _is_whole(lines: list[str], number: int, indent: int) -> bool:
    """Whether the value ends on its line: what follows is another key, an item, or the end."""
    for line in lines[number + 1 :]:
        if line.strip() and not line.lstrip().startswith("#"):
            deep = len(line) - len(line.lstrip(" "))
            return deep <= indent and _NEXT.match(line) is not None
    return True


def _quoted(value: str) -> str:
    if _APOSTROPHES.fullmatch(value):
        value = value[1:-1]
    return "'" + value.replace("'", "''") + "'"


def _why(value: str, *, is_item: bool) -> str:
    """Say what makes a value unreadable; empty when nothing does."""
    first = value[0]
    if first in "'\"":
        return _why_quote(value)
    if first in "[{":
        return _why_bracket(value)
    if first in "@`%|>" or (first in "&-?:" and value[1:2] == " "):
        return f"begins with {first}"
    if first in "&*!":
        is_alias_and_text = first == "*" and not _REFERENCE.fullmatch(value)
        return "begins with *" if is_alias_and_text else ""
    if not is_item and (": " in value or ":\t" in value or value.endswith(":")):
        return 'has ": " in it'
    return ""


def _why_quote(value: str) -> str:
    quote = value[0]
    if _QUOTED.fullmatch(value):
        return ""
    if value.endswith(quote) and len(value) > 1 and not _APOSTROPHES.fullmatch(value):
        return ""  # whether the quotes are around the whole is not certain
    if value.endswith(quote) and len(value) > 1:
        return f"has {quote} within quotes"
    closed_before = value.count(quote) > 1
    return f"begins with {quote}" if closed_before or _ELISION.match(value) else ""


def _why_bracket(value: str) -> str:
    closing = "]" if value[0] == "[" else "}"
    bare = value.partition(" #")[0].rstrip()
    if value.startswith(("{{", "{%")):
        return "begins with a template tag"
    if bare.endswith(closing) and bare.count(value[0]) == bare.count(closing):
        return ""
    if bare.find(closing) > 0 and bare.count(value[0]) == bare.count(closing):
        return f"begins with {value[0]}"
    return ""
