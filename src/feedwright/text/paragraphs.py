"""Plain text, as pasted from a page or a mail, to HTML."""

import re

from feedwright.text.characters import clean_text
from feedwright.text.links import escape
from feedwright.text.patterns import lazy
from feedwright.text.urls import encode

_BETWEEN = lazy(r"\n[ \t]*(?:\n[ \t]*)+")
_ADDRESS = lazy(r"\bhttps?://[^\s<>\"“”„«»]+", re.IGNORECASE)
_BEHIND = ".,;:!?'’*_…"
_OPENINGS = {")": "(", "]": "[", "}": "{"}


def to_html(text: str) -> str:
    """Give a paragraph for each block between blank lines; everything is text, addresses links.

    Single line ends within a paragraph stay line ends.
    """
    blocks = _BETWEEN.split(clean_text(text).strip())
    return "".join([f"<p>{_linked(block.strip())}</p>\n" for block in blocks if block.strip()])


def _linked(text: str) -> str:
    if "://" not in text:
        return escape(text)
    pieces: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = _without_what_follows(match[0])
        if len(address) <= len("https://"):
            continue
        pieces += [
            escape(text[end : match.start()]),
            f'<a href="{escape(encode(address))}">{escape(address)}</a>',
        ]
        end = match.start() + len(address)
    pieces.append(escape(text[end:]))
    return "".join(pieces)


def _without_what_follows(address: str) -> str:
    """Take off the punctuation of the sentence: a full stop, a bracket that was opened before."""
    counts = {mark: address.count(mark) for pair in _OPENINGS.items() for mark in pair}
    end = len(address)
    while end:
        last = address[end - 1]
        opening = _OPENINGS.get(last)
        if last not in _BEHIND and not (opening and counts[last] > counts[opening]):
            break
        if opening:
            counts[last] -= 1
        end -= 1
    return address[:end]
