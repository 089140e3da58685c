"""Source reader `mdx`: Markdown with JSX; its metadata in front matter, or in an exported object.

The body stays as it is: what is no text is taken out when it is rendered.
"""

import re

from feedwright.model import RawField
from feedwright.sources import jsobject, markdown
from feedwright.sources.shapes import Pieces, Place
from feedwright.text.patterns import lazy

_ORIGIN = "export"
_EXPORT = lazy(
    r"^export[ \t]+(?:const|let|var)[ \t]+(?:meta|metadata|frontmatter|frontMatter|post)"
    r"(?:[ \t]*:[^=\n]{1,80})?[ \t]*=[ \t]*(?=\{)",
    re.MULTILINE,
)


def read(text: str, place: Place) -> Pieces:
    """Read front matter and body, and `export const meta = {…}` behind it."""
    found = markdown.read(text, place)
    exported = _exported(text)
    if not exported:
        return found
    pieces = tuple(piece._replace(fields=(*piece.fields, *exported)) for piece in found.pieces)
    return found._replace(pieces=pieces)


def _exported(text: str) -> tuple[RawField, ...]:
    """Return what an exported object of plain values says; what must be computed is passed over."""
    export = _EXPORT.search(text)
    if export is None:
        return ()
    line = text.count("\n", 0, export.end()) + 1
    return tuple(
        RawField(key, value, line + text.count("\n", export.end(), at), _ORIGIN)
        for key, value, at, source in jsobject.members(text, export.end())
        if not source
    )
