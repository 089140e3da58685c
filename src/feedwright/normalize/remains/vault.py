"""Marks that only notes have: `==marked==`, ids of blocks (` ^id`), sizes of pictures (`![x|300]`).

They are told from prose by nothing but the site, so the site has to say that it is a vault.
"""

import re

from feedwright.normalize.remains.context import Context, Notes
from feedwright.text.patterns import lazy

_ADDRESS = r"\]\([^()\s]*+\)|<[A-Za-z/][^<>\n]*+>|https?://[^\s<>]++"
_ENDS = r"[ \t>]*(?:\n|\Z|[-+*][ \t]|\d{1,9}[.)][ \t]|#)"
"""What begins behind a line end when the block is over."""
_MARKED = lazy(
    rf"{_ADDRESS}|(?<![=\\])==(?=[^\s=])"
    rf"(?P<text>(?:[^=\n]|=(?!=)|\n(?!{_ENDS}))++)(?<!\s)==(?!=)"
)
_BLOCK_ID = lazy(
    r"(?:^(?P<lead>[ \t>]*+)|(?<=\S)[ \t]++)\^[A-Za-z0-9-]{1,60}[ \t]*+"
    rf"(?=\Z|\n{_ENDS})",
    re.MULTILINE,
)
_SIZE = lazy(r"(!\[[^\[\]|\n]{0,300})\|\d{1,5}(?:x\d{1,5})?(?=\]\()")


def reduce(text: str, _context: Context, _notes: Notes) -> str:
    """Put `<mark>` around what is marked, and take the rest off."""
    if "==" in text:
        text = _MARKED.sub(_marked, text)
    if "^" in text:
        text = _BLOCK_ID.sub(lambda match: match["lead"] or "", text)
    if "|" in text:
        text = _SIZE.sub(r"\1", text)
    return text


def _marked(match: re.Match[str]) -> str:
    return f"<mark>{match['text']}</mark>" if match["text"] else match[0]
