"""Which feeds an article belongs to, and in what order they show it. Pure, for one article.

Labels are compared without regard to case, white space and composition. Where an article names
no language or author it has those of the site, as its entry does.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from feedwright.config.schema import FeedSpec, Site, Where
from feedwright.model import Article
from feedwright.text.labels import label_key


class Membership(NamedTuple):
    """That an article belongs to a feed of a spec."""

    key: str
    """`label_key` of the label; empty without `per`."""
    label: str
    """As the article writes it."""


NO_LABEL = Membership("", "")


def memberships(
    spec: FeedSpec, article: Article, site: Site | None = None
) -> tuple[Membership, ...]:
    """Return the feeds of a spec to which an article belongs, whatever its age and their limit."""
    if not all(
        condition.admits(_labels(condition.kind, article, site))
        for condition in _conditions(spec.where)
    ):
        return ()
    if not spec.per:
        return (NO_LABEL,)
    labels = _labels(spec.per, article, site)
    return tuple(Membership(label_key(label), label) for label in labels)


def takes_all(spec: FeedSpec) -> bool:
    """Whether every article belongs to the one feed of a spec, whatever its age."""
    return not spec.per and not _conditions(spec.where)


def oldest(spec: FeedSpec, now: datetime) -> datetime | None:
    """Return after which instant an article has to be published to stand in a feed; None: any."""
    if spec.where.newer_than is None:
        return None
    try:
        return now - spec.where.newer_than
    except OverflowError:
        return None


def is_new_enough(spec: FeedSpec, article: Article, now: datetime) -> bool:
    """Whether an article is not too old for the feeds of a spec (`newer_than`)."""
    after = oldest(spec, now)
    return after is None or article.published > after


def spelling(labels: Iterable[tuple[str, int]]) -> str:
    """Choose among the spellings of a label, each with its number: the most frequent one."""
    return min(labels, key=lambda each: (-each[1], each[0]))[0]


def next_leave(spec: FeedSpec, published: datetime) -> datetime | None:
    """Return when an article leaves a feed by age (`newer_than`); None: never."""
    if spec.where.newer_than is None:
        return None
    try:
        return published + spec.where.newer_than
    except OverflowError:
        return None


# ---------------------------------------------------------------- conditions


class _Condition(NamedTuple):
    """What `where` asks of one kind of label."""

    kind: str
    some: frozenset[str]
    every: frozenset[str]
    none: frozenset[str]

    def admits(self, labels: Sequence[str]) -> bool:
        keys = _language_keys(labels) if self.kind == "language" else set(map(label_key, labels))
        return (
            (not self.some or not self.some.isdisjoint(keys))
            and self.every <= keys
            and self.none.isdisjoint(keys)
        )


@lru_cache(maxsize=256)
def _conditions(where: Where) -> tuple[_Condition, ...]:
    """Return what a `where` asks, without what it does not ask."""
    conditions = (
        ("category", where.any_categories, where.all_categories, where.not_categories),
        ("tag", where.any_tags, where.all_tags, where.not_tags),
        ("author", where.any_authors, where.all_authors, where.not_authors),
        ("language", where.any_languages, where.all_languages, where.not_languages),
        ("section", where.any_sections, where.all_sections, where.not_sections),
    )
    return tuple(
        _Condition(kind, _keys(some), _keys(every), _keys(none))
        for kind, some, every, none in conditions
        if some or every or none
    )


def _keys(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(map(label_key, labels))


def _language_keys(tags: Iterable[str]) -> set[str]:
    """`en-GB` is asked for by `en` too (RFC 4647, section 3.3.1)."""
    keys = set()
    for tag in tags:
        parts = label_key(tag).split("-")
        keys |= {"-".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return keys


def _labels(kind: str, article: Article, site: Site | None) -> tuple[str, ...]:
    candidate = article.candidate
    if kind == "category":
        found = candidate.categories
    elif kind == "tag":
        found = candidate.tags
    elif kind == "author":
        found = tuple(person.name for person in candidate.authors)
        if not found and site is not None and site.author is not None:
            found = (site.author.name,)
    elif kind == "language":
        found = (candidate.language or (site.language if site is not None else ""),)
    else:
        found = (candidate.section,)
    if len(found) == 1:
        return found if found[0].strip() else ()
    return tuple({label_key(each): each for each in reversed(found) if each.strip()}.values())[::-1]
