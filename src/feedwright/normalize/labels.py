"""Categories and tags: strings, lists, nested lists and mappings become labels."""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from feedwright.model import RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.fields import Fields
from feedwright.normalize.problems import Notes
from feedwright.normalize.values import linked_name, member_text, shown, squash, text_of
from feedwright.text import markup
from feedwright.text.patterns import lazy

_LABEL_KEYS = ("label", "name", "title", "term", "value", "tag", "category")
_DEEP = 20
_BRACKETS = lazy(r"\[(.*)\]", re.DOTALL)


def categories(fields: Fields, notes: Notes) -> tuple[str, ...]:
    """Give the declared sections; a hierarchy is given from its top down."""
    found = fields.all("categories")
    if fields.dialect == "jekyll":  # folders above `_posts` and declared ones, not either
        above = [field for field in found if field.origin == "folder"]
        declared = [field for field in found if field.origin != "folder"]
        labels = [*_first("categories", above, fields, notes)]
        return _unique([*labels, *_first("categories", declared, fields, notes)])
    return _first("categories", found, fields, notes)


def tags(fields: Fields, notes: Notes) -> tuple[str, ...]:
    """Give the free keywords; `#sea` is `sea`, and a key of the tags file is its label."""
    found = _first("tags", fields.all("tags"), fields, notes)
    labels = fields.rules.tags
    return _unique(labels.get(tag, tag) for tag in found) if labels else found


def _first(canonical: str, found: list[RawField], fields: Fields, notes: Notes) -> tuple[str, ...]:
    for declared in found:
        labels = _unique(_labels(declared.value, declared, fields, notes))
        if labels:
            notes.took(canonical, declared)
            return labels
    return ()


def _labels(
    value: RawValue, declared: RawField, fields: Fields, notes: Notes, depth: int = 0
) -> Iterator[str]:
    if isinstance(value, list) and depth < _DEEP:
        for item in value:
            if isinstance(item, str):
                yield _clean(item.strip())
            else:
                yield from _labels(item, declared, fields, notes, depth + 1)
    elif isinstance(value, dict) and (label := member_text(value, *_LABEL_KEYS)):
        yield _clean(label)
    elif isinstance(value, (dict, list)):
        notes.warn(
            "label-unreadable",
            declared,
            f"{shown(value)} is no label",
            "write a text or a list of texts",
        )
    else:
        text = text_of(value) or ""
        yield from map(_clean, [text] if depth else _split(text, declared, fields.dialect))


def _split(text: str, declared: RawField, dialect: str) -> list[str]:
    """Take a string apart at commas; in Pelican at `;` when there is one, in Jekyll at spaces."""
    name = squash(declared.key.rpartition(".")[2])
    if name in aliases.NEVER_SPLIT or (dialect == "jekyll" and name == "tag"):
        return [text]
    text = linked_name(text.strip())
    brackets = _BRACKETS.fullmatch(text)
    if brackets:
        text = brackets[1]
    if ";" in text and dialect in aliases.SEMICOLON_DIALECTS:
        return text.split(";")
    if "," in text:
        return [part.strip().strip("\"'") if brackets else part for part in text.split(",")]
    if dialect == "jekyll" and name in aliases.SPACE_SPLIT:
        return text.split()
    return [text]


@lru_cache(maxsize=4096)  # a site has few labels, and each of them often
def _clean(text: str) -> str:
    label = linked_name(markup.one_line(html.unescape(text) if "&" in text else text).strip())
    return label.lstrip("#").strip() or label


def _unique(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for label in labels if label))
