"""The one registry of dialects: a new one is a file beside this and a line here."""

from collections.abc import Mapping

from feedwright.sources import html, markdown, pelican, plaintext, xmlfile
from feedwright.sources.shapes import Reader

READERS: Mapping[str, Reader] = {
    "markdown": markdown.read,
    "pelican": pelican.read,
    "html": html.read,
    "xml": xmlfile.read,
    "text": plaintext.read,
}
"""Dialect, as `detect.dialect` names it, to the function that reads it."""
