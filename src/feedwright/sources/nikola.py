"""Source reader `nikola`: `.. key: value` lines at the top.

In Markdown and HTML they stand within a comment.
"""

from feedwright.model import RawField
from feedwright.sources import rst
from feedwright.sources.known import folded
from feedwright.sources.shapes import (
    Piece,
    Pieces,
    Place,
    body_from,
    last_of_each,
    markup_of,
    words,
)
from feedwright.text.patterns import lazy

_ORIGIN = "comment"
_LINE = lazy(r"[ \t]*\.\.[ \t]+([A-Za-z][\w-]{0,40}):(?!:)[ \t]*(.*)")
_COMMENT = lazy(r"\s*<!--+[ \t]*\n?")
_COMMENT_END = lazy(r"[ \t]*--+>[ \t]*")
_KNOWN = words(
    "title slug date updated tags category categories author link description type status guid "
    "enclosure previewimage hidetitle has_math nocomments template password"
)
_MAX_LINES = 200
_DRAFT_TAGS = frozenset({"draft", "private"})
"""What Nikola before 8 has in place of `status`."""


def begins(text: str, place: Place) -> bool:
    """Whether the first line of text, or of a first comment, is `.. key:` with a known key."""
    comment = _COMMENT.match(text)
    start = comment.end() if comment is not None else len(text) - len(text.lstrip())
    first = _LINE.match(text, start)
    if first is None:
        return False
    return folded(first[1]) in _KNOWN or first[1].casefold() in place.names


def read(text: str, place: Place) -> Pieces:
    """Read the lines and the body; a `.txt` is reStructuredText, as Nikola has it."""
    comment = _COMMENT.match(text)
    start = comment.end() if comment is not None else len(text) - len(text.lstrip())
    found, end = _fields(text, start, within_comment=comment is not None)
    fields, problems = last_of_each(found, place.path)
    markup = "rst" if place.extension == ".txt" else markup_of(place.extension)
    body, line = body_from(text, end)
    if markup == "rst" and not any(field.key.casefold() == "title" for field in fields):
        headed = rst.head_of(body, line)
        fields, body, line = (*fields, *headed.fields), headed.rest, headed.line
    drafts = tuple(_draft(field) for field in fields if _is_draft(field))
    return Pieces((Piece((*drafts, *fields), body, markup, line),), problems)


def _fields(text: str, position: int, *, within_comment: bool) -> tuple[list[RawField], int]:
    """Return the fields from `position` on, and where the body begins."""
    fields: list[RawField] = []
    line = text.count("\n", 0, position)
    for _ in range(_MAX_LINES):
        line += 1
        stop = text.find("\n", position)
        stop = stop if stop >= 0 else len(text)
        row = text[position:stop]
        end = _COMMENT_END.match(row) if within_comment else None
        found = _LINE.fullmatch(row)
        if end is not None:
            return fields, position + end.end()
        if found is None and not (within_comment and not row.strip()):
            break
        if found is not None:
            value, closed, _ = found[2].partition("-->") if within_comment else (found[2], "", "")
            fields.append(RawField(found[1], value.strip(), line, _ORIGIN))
            if closed:
                return fields, position + row.index("-->") + 3
        if stop == len(text):
            return fields, stop
        position = stop + 1
    if within_comment:  # something else stands in the comment: it is no part of the body
        close = text.find("-->", position)
        position = close + 3 if close >= 0 else position
    return fields, position


def _is_draft(field: RawField) -> bool:
    if field.key.casefold() != "tags":
        return False
    return any(tag.strip().casefold() in _DRAFT_TAGS for tag in str(field.value).split(","))


def _draft(field: RawField) -> RawField:
    return RawField("draft", True, field.line, field.origin)  # noqa: FBT003  a value
