"""Source reader `markdown`: front matter in YAML, TOML or JSON, then a body; or Markdown alone.

The body is HTML in an `.html` file and plain text in a `.txt` file.
"""

import re

from feedwright.model import RawField
from feedwright.sources import frontmatter, metadata
from feedwright.sources.shapes import Piece, Pieces, Place, body_from, markup_of
from feedwright.text.patterns import lazy

_HEADING = lazy(r"\s*#[ \t]+\S")
_ANY_HEADING = lazy(r"^(?:#[ \t]+\S|={3,}[ \t]*$)", re.MULTILINE)
_NO_HEADLINE = lazy(
    r"\s*(?:[#>|<`~\[!*+_={%:\\-]|\d+[.)][ \t]|\.\.|(?: {4}|\t)|https?://|import[ \t]|export[ \t])"
)
_ENDS_SENTENCE = (".", ",", ";", ":")


def read(text: str, place: Place) -> Pieces:
    """Read front matter and body; raises UnreadableError (`front-matter`)."""
    block = frontmatter.find(text, place)
    found = None if block is None else metadata.read(block, place.path, "front matter")
    if block is None or found is None:
        return _bare(text, place)
    fields, problems = found
    target = _redirect(fields)
    if target:
        return Pieces((), problems, f"redirects to {target}")
    body, line = body_from(text, block.end)
    return Pieces((Piece(fields, body, markup_of(place.extension), line),), problems)


def _redirect(fields: tuple[RawField, ...]) -> str:
    for field in fields:
        if field.key.casefold() in {"redirect_to", "redirectto"} and field.value:
            return str(field.value)
    return ""


def _bare(text: str, place: Place) -> Pieces:
    """Read a file without metadata.

    A first line that stands alone is the headline, as in pasted text, unless a `# heading` is the
    title; below either, labels such as `By Jane Doe` are metadata.
    """
    from feedwright.sources import headline  # noqa: PLC0415 - most files have metadata

    markup = markup_of(place.extension)
    if markup == "markdown" and _HEADING.match(text):
        head = headline.read(text, keep_title=True)
    elif markup == "text" or _has_headline(text, headline.MAX_HEADLINE):
        head = headline.read(text)
    else:
        body, line = body_from(text, 0)
        return Pieces((Piece((), body, markup, line),))
    return Pieces((Piece(head.fields, head.rest, markup, head.line),))


def _has_headline(text: str, longest: int) -> bool:
    if _NO_HEADLINE.match(text):
        return False
    first, _, rest = text.lstrip().partition("\n")
    second = rest.partition("\n")[0].strip()
    if second and not second.strip("="):
        return True  # underlined: a heading of Markdown too
    if second or _ANY_HEADING.search(text):
        return False
    return len(first) <= longest and not first.endswith(_ENDS_SENTENCE)
