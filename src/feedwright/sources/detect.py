"""Which dialect a file is in: by its text, and only then by its extension."""

import re

from feedwright.sources import frontmatter, pelican
from feedwright.sources.shapes import HTML_EXTENSIONS, Place

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)?(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF)[\s>]")


def dialect(text: str, place: Place) -> str:
    """Return the name of the dialect, in the order of docs/dialects.md."""
    if frontmatter.find(text, place) is not None:
        return "markdown"
    page = place.extension in HTML_EXTENSIONS
    if page or _PAGE.match(text):
        return "html"
    if _XML.match(text):
        return "xml"
    if pelican.begins(text, place):
        return "pelican"
    return "text" if place.extension == ".txt" else "markdown"
