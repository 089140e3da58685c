"""Text and HTML in one place for the stages; the parts are in modules of their own.

Only runs that render need what `sanitize` loads, so it is loaded at the first call.
"""

from feedwright.text.characters import clean_text, one_line, shorten
from feedwright.text.links import absolute_links
from feedwright.text.plain import decode, plain, title_text
from feedwright.text.summaries import first_paragraph, split_at_marker

__all__ = [
    "absolute_links",
    "clean_text",
    "decode",
    "first_paragraph",
    "one_line",
    "plain",
    "sanitize",
    "shorten",
    "split_at_marker",
    "title_text",
]


def sanitize(html: str) -> str:
    """See `sanitizing.sanitize`."""
    from feedwright.text.sanitizing import sanitize as clean  # noqa: PLC0415 - for rendering only

    return clean(html)
