"""Which dialect a file is in: by its text, and only then by its extension."""

import re

from feedwright.sources import frontmatter, others
from feedwright.sources.shapes import (
    ARTICLE_EXTENSIONS,
    HTML_EXTENSIONS,
    LINE_EXTENSIONS,
    RST_EXTENSIONS,
    TREE_EXTENSIONS,
    Place,
)
from feedwright.text.patterns import lazy

_PAGE = lazy(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)?(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_OVERLINE = lazy(r"\s*-{4,}[ \t]*\n")
_XML = lazy(r"\s*<(?:\?xml|rss|feed|rdf:RDF)[\s>]")


def dialect(text: str, place: Place) -> str:
    """Return the name of the dialect, in the order of docs/dialects.md; empty for none."""
    extension = place.extension
    if extension in TREE_EXTENSIONS or extension in LINE_EXTENSIONS:
        from feedwright.sources import ghost  # noqa: PLC0415 - as below: for the files that have it

        return "ghost" if ghost.begins(text, place) else "records"
    if extension == ".xml":
        return _of_xml(text, place)
    if extension == ".lr":
        return "lektor"
    if extension not in ARTICLE_EXTENSIONS:
        return others.dialect(text, place)
    return _of_text(text, place)


def _of_text(text: str, place: Place) -> str:
    block = frontmatter.find(text, place)
    if block is not None and not (place.extension in RST_EXTENSIONS and _OVERLINE.match(text)):
        return "mdx" if place.extension == ".mdx" else "markdown"
    from feedwright.sources import nikola, pelican, rst  # noqa: PLC0415

    if nikola.begins(text, place):
        return "nikola"
    if place.extension in HTML_EXTENSIONS or _PAGE.match(text):
        return "html"
    if _XML.match(text):
        return _of_xml(text, place)
    if place.extension in RST_EXTENSIONS or rst.begins(text, place):
        return "rst"
    if place.extension == ".mdx":
        return "mdx"
    if pelican.begins(text, place):
        return "pelican"
    return "text" if place.extension == ".txt" else "markdown"


def _of_xml(text: str, place: Place) -> str:
    from feedwright.sources import wxr  # noqa: PLC0415

    return "wxr" if wxr.begins(text, place) else "xml"
