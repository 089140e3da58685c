"""The text of a Ghost post: its HTML, else the Markdown that some of them are written in."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from feedwright.sources.values import clean

_CARDS = frozenset({"markdown", "card-markdown"})
_CARD = 10
"""Kind of a section that is a card (mobiledoc 0.3); others hold text in mobiledoc's own form."""


def of(post: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return text and markup; None when there is only what Ghost alone can render."""
    for key, markup in (("html", "html"), ("markdown", "markdown")):
        text = post.get(key)
        if isinstance(text, str) and text.strip():
            return clean(text), markup
    source = post.get("mobiledoc")
    cards = list(_cards(source)) if isinstance(source, str) else []
    if cards:
        return "\n\n".join(cards), "markdown"
    return None if _says_something(post) else ("", "html")


def _cards(source: str) -> Iterator[str]:
    """Give the Markdown of a mobiledoc that holds nothing else."""
    try:
        document = json.loads(source)
    except (ValueError, RecursionError):
        return
    cards = document.get("cards") if isinstance(document, dict) else None
    sections = document.get("sections") if isinstance(document, dict) else None
    if not isinstance(cards, list) or not isinstance(sections, list):
        return
    found = [_card(cards, section) for section in sections]
    if all(text is not None for text in found):
        yield from (text for text in found if text)


def _card(cards: list[Any], section: object) -> str | None:
    """Return the Markdown of a section; None for one that is anything else."""
    if not isinstance(section, list) or section[:1] != [_CARD] or len(section) < 2:
        return None
    number = section[1]
    if not isinstance(number, int) or not 0 <= number < len(cards):
        return None
    card = cards[number]
    if not (isinstance(card, list) and len(card) > 1 and card[0] in _CARDS):
        return None
    text = card[1].get("markdown") if isinstance(card[1], dict) else None
    return clean(text) if isinstance(text, str) else None


def _says_something(post: Mapping[str, Any]) -> bool:
    """Whether a post without HTML has words in its editor's format."""
    for key in ("plaintext", "lexical", "mobiledoc"):
        text = post.get(key)
        if isinstance(text, str) and ('"text":' in text or "[0," in text or key == "plaintext"):
            return bool(text.strip())
    return False
