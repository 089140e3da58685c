"""The one registry of dialects: a new one is a file beside this and a line here."""

from collections.abc import Mapping

from feedwright.sources import (
    ghost,
    html,
    lektor,
    markdown,
    mdx,
    nikola,
    others,
    pelican,
    plaintext,
    records,
    rst,
    wxr,
    xmlfile,
)
from feedwright.sources.shapes import Reader

READERS: Mapping[str, Reader] = {
    "markdown": markdown.read,
    "mdx": mdx.read,
    "pelican": pelican.read,
    "nikola": nikola.read,
    "rst": rst.read,
    "lektor": lektor.read,
    "html": html.read,
    "records": records.read,
    "wxr": wxr.read,
    "ghost": ghost.read,
    "xml": xmlfile.read,
    "text": plaintext.read,
}
"""Dialect, as `detect.dialect` names it, to the function that reads it."""


def reader_of(dialect: str) -> Reader:
    """Return the reader of a dialect, ours or another package's."""
    ours = READERS.get(dialect)
    return ours if ours is not None else others.sources()[dialect].read
