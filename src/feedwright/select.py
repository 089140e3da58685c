"""Which articles stand in which feed, and in what order. Pure.

Labels are compared without regard to case, white space and composition. Where an article names
no language or author it has those of the site, as its entry does.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from feedwright.config.schema import FeedSpec, Site, Where
from feedwright.model import Article
from feedwright.text.labels import label_key

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def labels(spec: FeedSpec, article: Article, site: Site | None = None) -> tuple[str, ...]:
    """Return the labels of an article for a `per` spec, as written, each once."""
    return _labels(spec.per, article, site) if spec.per else ()


def all_labels(
    spec: FeedSpec, articles: Iterable[Article], now: datetime, site: Site | None = None
) -> tuple[str, ...]:
    """Return the labels for which a `per` spec has articles, each once, in a fixed order.

    Of several spellings the most frequent is given.
    """
    spellings: dict[str, Counter[str]] = {}
    for article in articles:
        if _is_wanted(spec, article, now, site):
            for label in labels(spec, article, site):
                spellings.setdefault(label_key(label), Counter())[label] += 1
    return tuple(
        min(spellings[key].items(), key=lambda item: (-item[1], item[0]))[0]
        for key in sorted(spellings)
    )


def belongs(
    spec: FeedSpec, label: str, article: Article, now: datetime, site: Site | None = None
) -> bool:
    """Whether an article stands in a feed at an instant, whatever the feed's limit."""
    if not _is_wanted(spec, article, now, site):
        return False
    if not spec.per:
        return True
    key = label_key(label)
    return any(label_key(each) == key for each in _labels(spec.per, article, site))


def order_key(article: Article) -> tuple[int, str]:
    """Sort articles by `published`, the newest first, then by id."""
    return -((article.published - _EPOCH) // _SECOND), article.id


def select(
    spec: FeedSpec,
    label: str,
    articles: Iterable[Article],
    now: datetime,
    site: Site | None = None,
) -> tuple[Article, ...]:
    """Choose the articles of a feed from articles in the order of `order_key`."""
    chosen = (article for article in articles if belongs(spec, label, article, now, site))
    return tuple(islice(chosen, spec.limit or None))


def by_label(
    spec: FeedSpec, articles: Iterable[Article], now: datetime, site: Site | None = None
) -> dict[str, list[Article]]:
    """Sort the articles of a spec by `label_key`, each list in the order given; no limit.

    A spec without `per` has one list, under the empty label.
    """
    found: dict[str, list[Article]] = {}
    for article in articles:
        if _is_wanted(spec, article, now, site):
            for label in labels(spec, article, site) if spec.per else ("",):
                found.setdefault(label_key(label), []).append(article)
    return found


def next_leave(spec: FeedSpec, article: Article) -> datetime | None:
    """Return when an article leaves a feed by age (`newer_than`); None: never."""
    if spec.where.newer_than is None:
        return None
    try:
        return article.published + spec.where.newer_than
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


def _is_wanted(spec: FeedSpec, article: Article, now: datetime, site: Site | None) -> bool:
    where = spec.where
    if where.newer_than is not None:
        leaves = next_leave(spec, article)
        if leaves is not None and leaves <= now:
            return False
    return all(
        condition.admits(_labels(condition.kind, article, site)) for condition in _conditions(where)
    )


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
