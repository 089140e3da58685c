"""Source reader `rst`: reStructuredText with a title and `:field:` lines, as Pelican has it.

Only the head is read here; the body stays reStructuredText until it is rendered.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from feedwright.model import RawField, RawValue
from feedwright.sources.known import SELDOM_PROSE, folded, is_known
from feedwright.sources.shapes import Piece, Pieces, Place, body_from, last_of_each, words
from feedwright.text.patterns import lazy

_ORIGIN = "field list"
_HEADING = "heading"
_FIELD = lazy(r":(?![:\s])((?:\\.|[^:\\\n]){1,80}):(?:[ \t]+(.*)|[ \t]*)")
_ADORNMENT = lazy(r"([!-/:-@\[-`{-~])\1{1,}[ \t]*")
_BULLET = lazy(r"[-*+•][ \t]+(?=\S)")
_DIRECTIVE = lazy(r"\.\.[ \t]+(?!_)[\w:+.-]{1,60}::")
_POST = lazy(r"\.\.[ \t]+post::[ \t]*(.*)")
_LISTS = words("tags tag categories category authors keywords")
_MAX_TITLE = 300
_MAX_INLINE = 5_000
_INLINE = (
    (re.compile(r"``(\S(?:[^`\n]*\S)?)``"), r"\1"),
    (re.compile(r"(?::[\w.+-]{1,40}:)?`([^`<\n]*[^`<\s])[ \t]*(?:<[^`<>\n]*>)?`_{0,2}"), r"\1"),
    (re.compile(r"(?<![\w*])\*\*(\S(?:[^*\n]*\S)?)\*\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])"), r"\1"),
    (re.compile(r"\\(\S)"), r"\1"),
    (re.compile(r"\\\s"), ""),
)


class Head(NamedTuple):
    """What the head of a text says, and what is left of the text."""

    fields: tuple[RawField, ...]
    rest: str
    line: int
    """At which the rest begins."""


def begins(text: str, _place: Place) -> bool:
    """Whether a heading with `:field:` lines below opens the text, one of them with a known key."""
    lines = text[:5_000].lstrip().split("\n", 40)
    title, after = _title(lines, 0)
    if not title:
        return False
    after = _next(lines, after)
    keys = {folded(found[1]) for line in lines[after:] if (found := _FIELD.fullmatch(line))}
    first = _FIELD.fullmatch(lines[after]) if after < len(lines) else None
    return first is not None and (is_known(first[1], frozenset()) or bool(keys & SELDOM_PROSE))


def read(text: str, place: Place) -> Pieces:
    """Read title, fields and body.

    Without any field the heading stays in the body too: with a sidecar it may be a section's.
    """
    head = head_of(text.rstrip(), 1)
    headings = tuple(field for field in head.fields if field.origin == _HEADING)
    declared = [field for field in head.fields if field.origin != _HEADING]
    if not declared:
        body, line = body_from(text, 0)
        return Pieces((Piece((), body, "rst", line, headings[:1]),))
    fields, problems = last_of_each(declared, place.path)
    return Pieces((Piece((*fields, *headings), head.rest, "rst", head.line),), problems)


def head_of(text: str, first_line: int) -> Head:
    """Take the title and the field lists around it off a text.

    Comments, targets and substitutions that stand before or between them stay in the rest.
    """
    lines = text.split("\n")
    fields: list[RawField] = []
    kept: list[int] = []
    titles: list[RawField] = []
    row = 0
    while row < len(lines):
        line = lines[row]
        if not line.strip():
            row += 1
        elif line.startswith(".."):
            end = _block_end(lines, row)
            post = list(_post(lines, row, end, first_line))
            if titles and not post and _DIRECTIVE.match(line):
                break
            fields += post
            kept += range(row, end) if not post else ()
            row = end
        elif _FIELD.fullmatch(line):
            end = _block_end(lines, row)
            found = list(_field(lines, row, end, first_line))
            fields += found
            row = end
        else:
            title, end = _title(lines, row)
            key = ("title", "subtitle")[len(titles)] if len(titles) < 2 else ""
            if not title or not key or (titles and not _is_field(lines, end)):
                break
            titles.append(RawField(key, title, row + first_line, _HEADING))
            row = end
    rows = [*kept, *range(row, len(lines))]
    body = "\n".join(_with_gaps(lines, kept, row)).rstrip()
    begin = next((each for each in rows if lines[each].strip()), max(len(lines) - 1, 0))
    return Head((*fields, *titles), body, begin + first_line)


def _with_gaps(lines: list[str], kept: list[int], row: int) -> Iterator[str]:
    """Give the lines that are left: what was kept of the head, a blank line, the rest."""
    yield from (lines[number] for number in kept)
    while kept and row < len(lines) and lines[row].strip():
        yield ""
        break
    begun = bool(kept)
    for line in lines[row:]:
        if begun or line.strip():
            begun = True
            yield line


def _next(lines: list[str], row: int) -> int:
    while row < len(lines) and not lines[row].strip():
        row += 1
    return row


def _is_field(lines: list[str], row: int) -> bool:
    row = _next(lines, row)
    return row < len(lines) and _FIELD.fullmatch(lines[row]) is not None


def _title(lines: list[str], row: int) -> tuple[str, int]:
    """Return the text of the heading at a row and the row behind it; empty when there is none."""
    over = row + 2 < len(lines) and _ADORNMENT.fullmatch(lines[row])
    if over and lines[row + 2].rstrip() == lines[row].rstrip() and lines[row + 1].strip():
        return _plain(lines[row + 1]), row + 3
    if row + 1 < len(lines) and lines[row][:1].strip() and len(lines[row]) <= _MAX_TITLE:
        under = lines[row + 1].rstrip()
        wide = len(under) >= min(4, len(lines[row].rstrip()))
        if wide and _ADORNMENT.fullmatch(under) and not _ADORNMENT.fullmatch(lines[row]):
            return _plain(lines[row]), row + 2
    return "", row


def _block_end(lines: list[str], row: int) -> int:
    """Return the row behind a block: its first line, and those that are indented below it."""
    end = row + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t"):
        end += 1
    while end > row + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _field(lines: list[str], row: int, end: int, first_line: int) -> Iterator[RawField]:
    found = _FIELD.fullmatch(lines[row])
    if found is not None:
        key = found[1].strip()
        more = [line.strip() for line in lines[row + 1 : end]]
        yield RawField(key, _value(key, found[2] or "", more), row + first_line, _ORIGIN)


def _value(key: str, first: str, more: list[str]) -> RawValue:
    rows = [row for row in (first.strip(), *more) if row]
    if rows and all(_BULLET.match(row) for row in rows):
        return [_plain(_BULLET.sub("", row)) for row in rows]
    if (
        folded(key) in _LISTS
        and len(rows) > 1
        and not any(row.endswith((",", ";")) for row in rows)
    ):
        return list(rows)
    text = " ".join(rows)
    return _plain(text) if folded(key) in {"title", "summary"} else text


def _post(lines: list[str], row: int, end: int, first_line: int) -> Iterator[RawField]:
    """Read `.. post:: date` with its options, which is how ABlog has it."""
    found = _POST.fullmatch(lines[row])
    if found is None:
        return
    if found[1].strip():
        yield RawField("date", found[1].strip(), row + first_line, "directive")
    for number in range(row + 1, end):
        option = _FIELD.fullmatch(lines[number].strip())
        if option is not None and option[2] and option[1] not in {"excerpt", "image", "nocomments"}:
            yield RawField(option[1], option[2].strip(), number + first_line, "directive")


def _plain(text: str) -> str:
    """Return a text without inline markup."""
    text = " ".join(text.split())
    if len(text) > _MAX_INLINE:
        return text
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text.strip()
