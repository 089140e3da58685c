"""The head of a text that was pasted: headline, byline, date. What follows is its body."""

import re
from collections.abc import Sequence
from datetime import UTC
from typing import NamedTuple

from feedwright.model import RawField
from feedwright.sources import datewords
from feedwright.sources.shapes import words
from feedwright.text import dates, datesearch
from feedwright.text.patterns import lazy

MAX_HEADLINE = 300
"""Characters: a longer first line is a paragraph."""
_LABELLED_LINES = 3
"""How many lines with text, below the headline, may be labels (DIALECTS: plain text)."""
_MAX_LABEL_LINE = 200
_MAX_DATED_LINE = 80
_PUBLISHED = frozenset(datewords.PUBLISHED)
_UPDATED = frozenset(datewords.UPDATED)
_WORDS_OF_DATES = _PUBLISHED | _UPDATED | datewords.FILLERS | datewords.LEADS

_ORIGIN = "text"
_TITLE_LABEL = lazy(r"(?:title|headline)\s*:\s+(?=\S)", re.IGNORECASE)
_HEADING = lazy(r"#{1,6}[ \t]+(?=\S)")
_UNDERLINE = lazy(r"[ \t]*([=~*_#^-])\1{2,}[ \t]*")
_LABEL = lazy(
    r"(?P<author>authors?|byline|written[ \t]+by|by|autor(?:in|a|es|en)?|auteure?s?|autor[ei]"
    r"|verfasser(?:in)?|forfatter|författare|yazar|автор|作者|记者|記者|著者|글)"
    r"[ \t]*[:：][ \t]*(?P<who>.*)"
    r"|(?P<date>published(?:[ \t]+(?:on|at))?|posted(?:[ \t]+on)?|pubdate|date)"
    r"[ \t]*:[ \t]*(?P<when>.*)"
    r"|(?P<updated>(?:last[ \t]+)?(?:updated|modified)(?:[ \t]+(?:on|at))?)"
    r"[ \t]*:[ \t]*(?P<since>.*)",
    re.IGNORECASE,
)
_BY = lazy(r"(?:by|written[ \t]+by)[ \t]+(\S.*)", re.IGNORECASE)
_DATE_WORDS = lazy(
    r"(?:(?P<updated>(?:last[ \t]+)?(?:updated|modified))|published|posted)"
    r"(?:[ \t]+on)?[ \t]+(?P<when>\S.*)",
    re.IGNORECASE,
)
_BETWEEN = lazy(r"[ \t]+[|•·][ \t]+")
_YEAR = lazy(r"(?<!\d)\d{4}(?!\d)")
_SAYS_SOMETHING = lazy(r"[^\W_]")
_SMALL_WORDS = words(
    "and & the of for in at de del della da di do dos das du des la le les van von der den ten ter "
    "zu zum bin ibn al el y e i und et och og with"
)
_EMPHASIS = "*_ \t"


class Head(NamedTuple):
    """The head of a text and where its body begins."""

    fields: tuple[RawField, ...]
    rest: str
    """The body: without headline and labels."""
    line: int
    """Line at which the body begins, from 1."""


def read(text: str, *, keep_title: bool = False) -> Head:
    """Take the headline and the labels below it off `text`.

    With `keep_title` the first line is a heading of Markdown, which is read elsewhere: it stays.
    """
    lines = text.split("\n")
    number = _next(lines, 0)
    while number < len(lines) and not _SAYS_SOMETHING.search(lines[number], 0, MAX_HEADLINE):
        number = _next(lines, number + 1)  # an ornament, or the line above a headline
    if number == len(lines) or len(lines[number].strip()) > MAX_HEADLINE:
        return _head((), lines, range(len(lines)))
    title = lines[number].strip()
    first = number
    number += 1
    if number < len(lines) and _UNDERLINE.fullmatch(lines[number]):
        number += 1
    fields = () if keep_title else (RawField("title", _title(title), first + 1, _ORIGIN),)
    labels, taken = _labels(lines, number)
    rows = [*range(first, number)] if keep_title else []
    rows += (row for row in range(number, len(lines)) if row not in taken)
    return _head((*fields, *labels), lines, rows)


def _head(fields: tuple[RawField, ...], lines: list[str], rows: Sequence[int]) -> Head:
    start = 0
    while start < len(rows) and not lines[rows[start]].strip():
        start += 1
    body = "\n".join(lines[row] for row in rows[start:]).rstrip()
    return Head(fields, body, rows[start] + 1 if start < len(rows) else len(lines))


def _next(lines: list[str], number: int) -> int:
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number


def _title(line: str) -> str:
    for prefix in (_HEADING, _TITLE_LABEL):
        found = prefix.match(line)
        if found is not None:
            return line[found.end() :].strip()
    return line


def _labels(lines: list[str], number: int) -> tuple[list[RawField], set[int]]:
    """Return what the labels say, and which lines they are."""
    fields: list[RawField] = []
    taken: set[int] = set()
    seen = 0
    while number < len(lines) and seen < _LABELLED_LINES:
        line = lines[number].strip()
        if line:
            seen += 1
            found = _label_fields(line, number + 1)
            if found:
                fields += found
                taken.add(number)
                if number + 1 < len(lines) and not lines[number + 1].strip():
                    taken.add(number + 1)
        number += 1
    return fields, taken


def _label_fields(line: str, number: int) -> list[RawField]:
    """Return the metadata that a whole line is; nothing when it is text."""
    if len(line) > _MAX_LABEL_LINE:
        return []
    whole = _label_field(line, number)
    parts = [_label_field(part.strip(), number) for part in _BETWEEN.split(line)]
    fields = [part for part in parts if part is not None]
    if len(fields) == len(parts) > 1:
        return fields
    if whole is not None and not (len(parts) > 1 and whole.key == "author"):
        return [whole]
    if whole is not None and len(fields) > 1 and fields[0].key == "author":
        # By Ana | The Times | 5 January 2024: what is neither belongs to the byline.
        more = [part.strip() for part in _BETWEEN.split(line) if not _label_field(part, number)]
        return [fields[0]._replace(value=", ".join([str(fields[0].value), *more])), *fields[1:]]
    return [] if whole is None else [whole]


def _label_field(line: str, number: int) -> RawField | None:
    bare = line.strip(_EMPHASIS)
    found = _LABEL.fullmatch(bare)
    if found is not None:
        for key, group in (("author", "who"), ("date", "when"), ("updated", "since")):
            if found[key] is not None:
                return RawField(key, found[group].strip(_EMPHASIS), number, _ORIGIN)
    found = _BY.fullmatch(bare)
    if found is not None and _is_name(found[1]):
        return RawField("author", found[1], number, _ORIGIN)
    found = _DATE_WORDS.fullmatch(bare)
    if found is not None and _is_date(found["when"]):
        return RawField("updated" if found["updated"] else "date", found["when"], number, _ORIGIN)
    return RawField("date", bare, number, _ORIGIN) if _is_date(bare) else _dated(bare, number)


def _dated(line: str, number: int) -> RawField | None:
    """Return the date of a line that says nothing else, in the languages of `datewords`."""
    found = next(datesearch.search(line), None)
    if found is None or len(line) > _MAX_DATED_LINE:
        return None
    around = f"{line[: found.start]} {line[found.end :]}".casefold()
    beside = {word.strip(".,:;()：") for word in around.split()} - {""}
    if not beside <= _WORDS_OF_DATES:
        return None
    is_update = beside & _UPDATED and not beside & _PUBLISHED
    return RawField("updated" if is_update else "date", found.value, number, _ORIGIN)


def _is_name(text: str) -> bool:
    """Whether this is the name of a person or desk, not the beginning of a sentence."""
    words = text.split()
    if len(words) > 12 or text[-1] in "!?:;…," or (text[-1] == "." and len(words[-1]) > 4):
        return False
    return all(
        word.casefold() in _SMALL_WORDS or not word[0].isalpha() or not word[0].islower()
        for word in words
    )


def _is_date(text: str) -> bool:
    if len(text) > 60 or not _YEAR.search(text):
        return False
    try:
        dates.parse(text, UTC, loose=False)
    except dates.DateError:
        return False
    return True
