"""The one registry of dialects: a new one is a file beside this and a line here."""

from collections.abc import Mapping
from importlib import import_module

from feedwright.sources import markdown, others
from feedwright.sources.shapes import Pieces, Place, Reader


def _late(module: str) -> Reader:
    """Return the reader of a module that is loaded for the first text of its dialect."""

    def read(text: str, place: Place) -> Pieces:
        reader: Reader = import_module(f"feedwright.sources.{module}").read
        return reader(text, place)

    return read


READERS: Mapping[str, Reader] = {
    "markdown": markdown.read,
    "mdx": _late("mdx"),
    "pelican": _late("pelican"),
    "nikola": _late("nikola"),
    "rst": _late("rst"),
    "lektor": _late("lektor"),
    "html": _late("html"),
    "records": _late("records"),
    "wxr": _late("wxr"),
    "ghost": _late("ghost"),
    "xml": _late("xmlfile"),
    "text": _late("plaintext"),
}
"""Dialect, as `detect.dialect` names it, to the function that reads it."""


def reader_of(dialect: str) -> Reader:
    """Return the reader of a dialect, ours or another package's."""
    ours = READERS.get(dialect)
    return ours if ours is not None else others.sources()[dialect].read
