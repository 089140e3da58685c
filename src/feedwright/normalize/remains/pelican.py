"""Links of Pelican with spaces in them, as Python-Markdown takes them.

Where `{filename}`, `{static}`, `{attach}`, `{tag}`, `{category}`, `{author}` and `{index}` lead is
resolved with all links, when the body is HTML (`normalize.links`).
"""

from feedwright.normalize.remains.context import Context, Notes
from feedwright.text.patterns import lazy

_SPACED = lazy(
    r"\]\((?P<address>\{(?:filename|static|attach|tag|category|author)\}"
    r"[^\s()<>\"]*+ [^()<>\"\n]*+)\)"
)


def reduce(text: str, _context: Context, _notes: Notes) -> str:
    """Put brackets around addresses with spaces."""
    return _SPACED.sub(lambda match: f"](<{match['address'].strip()}>)", text)
