"""The text of a Ghost post: its HTML, else Markdown, else HTML made of its editor's own format.

What the editor's format gives is a body like any other HTML: its hash is that of the HTML.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from feedwright.sources.values import clean
from feedwright.text.patterns import lazy

_CARDS = frozenset({"markdown", "card-markdown"})
_CARD = 10
"""Kind of a section that is a card (mobiledoc 0.3); others hold text in mobiledoc's own form."""


_GATED = lazy(
    r"<!--\s*kg-gated-block:begin\s+([^\n]+?)\s*-->(.*?)<!--\s*kg-gated-block:end\s*-->", re.DOTALL
)
_FOR_ALL = "nonMember:true"


class Written(NamedTuple):
    """The text of a post."""

    text: str
    markup: str
    unknown: tuple[str, ...] = ()
    """What of the editor's format is not known, by name; its words are in the text."""


def of(post: Mapping[str, Any]) -> Written | None:
    """Return the text of a post; None when there is only what Ghost alone can render."""
    for key, markup in (("html", "html"), ("markdown", "markdown")):
        text = post.get(key)
        if isinstance(text, str) and text.strip():
            return Written(_for_all(clean(text)), markup)
    source = post.get("mobiledoc")
    cards = list(_cards(source)) if isinstance(source, str) else []
    if cards:
        return Written("\n\n".join(cards), "markdown")
    return _rendered(post)


def _rendered(post: Mapping[str, Any]) -> Written | None:
    """Return HTML made of the editor's format, if there is one that can be read."""
    empty: Written | None = None
    for key in ("lexical", "mobiledoc"):
        source = post.get(key)
        if isinstance(source, str) and source.strip():
            try:
                html, unknown = _to_html(key, json.loads(source))
            except (ValueError, RecursionError):
                continue
            if html:
                return Written(_for_all(clean(html)), "html", unknown)
            empty = Written("", "html", unknown)
    return empty or (None if _says_something(post) else Written("", "html"))


def _to_html(key: str, document: object) -> tuple[str, tuple[str, ...]]:
    """Render a document; hardly any export needs it."""
    if key == "lexical":
        from feedwright.sources import lexical  # noqa: PLC0415

        return lexical.to_html(document)
    from feedwright.sources import mobiledoc  # noqa: PLC0415

    return mobiledoc.to_html(document)


def _for_all(html: str) -> str:
    """Take out what Ghost shows to members alone: it marks it, and leaves it out when it serves."""
    if "kg-gated-block" not in html:
        return html
    return _GATED.sub(lambda match: match[2] if _FOR_ALL in match[1] else "", html)


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
    if not (isinstance(card, list) and len(card) > 1 and str(card[0]) in _CARDS):
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
