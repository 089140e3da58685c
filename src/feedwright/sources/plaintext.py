"""Source reader `text`: pasted plain text."""

from feedwright.sources import headline
from feedwright.sources.shapes import Piece, Pieces, Place


def read(text: str, _place: Place) -> Pieces:
    """Read a headline, perhaps an author and a date, then paragraphs."""
    head = headline.read(text)
    return Pieces((Piece(head.fields, head.rest, "text", head.line),))
