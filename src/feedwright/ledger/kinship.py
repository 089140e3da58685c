"""By what an article is known when its place or its words have changed. Pure."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar

from feedwright.model import Candidate, LedgerLine

_Value = TypeVar("_Value")

LIKENESSES: tuple[Callable[[str, str, datetime | None], Hashable], ...] = (
    lambda path, part, published: (path.rpartition("/")[2], part, published),
    lambda path, part, _: (path.rpartition("/")[2], part),
    lambda _, __, published: published,
    lambda _, __, ___: None,
)
"""Of several articles with the same words: file name and date, file name, date, any."""

PREFERENCE = ((True, True), (True, False), (False, True), (False, False))
"""Of several rows with the same words (its place is empty, its id was minted): the order."""


class Signs(NamedTuple):
    """What is left to know an article by when place and words have changed."""

    slug: str
    """Declared; else empty."""
    title: str
    published: datetime | None
    """Declared; else None."""
    paths: tuple[str, ...]
    """Where a candidate lies; where a known article lay before."""


def signs_of_candidate(each: Candidate) -> Signs:
    """Return the signs of a candidate."""
    slug = each.slug if each.slug_is_declared else ""
    return Signs(slug, each.title, each.published, (each.path,))


def signs_of_row(row: LedgerLine) -> Signs:
    """Return the signs of a known article."""
    return Signs(row.slug, row.title, None if row.inferred else row.published, row.was)


def by_slug(signs: Signs) -> Iterable[Hashable]:
    """Give the declared slug."""
    return (signs.slug,) if signs.slug else ()


def by_title(signs: Signs) -> Iterable[Hashable]:
    """Give title and declared date; the title alone where no date was ever declared."""
    return ((signs.title, signs.published),)


def by_slug_of_old(signs: Signs) -> Iterable[Hashable]:
    """Give the declared slug with title or date: slugs are used again after years."""
    if not signs.slug:
        return ()
    dated = ((signs.slug, signs.published),) if signs.published else ()
    return ((signs.slug, signs.title), *dated)


def by_title_of_old(signs: Signs) -> Iterable[Hashable]:
    """Give title and declared date: a title alone does not bring back what is long gone."""
    return ((signs.title, signs.published),) if signs.published else ()


def by_former_place(signs: Signs) -> Iterable[Hashable]:
    """Give a path with the title: a draft that was moved away, edited, and comes back."""
    return [(path, signs.title) for path in signs.paths]


def unique(pairs: Iterable[tuple[Hashable, _Value]]) -> dict[Hashable, _Value]:
    """Keep the keys that stand once."""
    found: dict[Hashable, _Value] = {}
    twice = set()
    for key, value in pairs:
        if key in found:
            twice.add(key)
        found[key] = value
    return {key: value for key, value in found.items() if key not in twice}


def is_edit(there: Candidate, row: LedgerLine) -> bool:
    """Whether a candidate at a row's place is plainly the same article: own title and date."""
    dated = row.inferred if there.published is None else there.published == row.published
    return there.title_is_own and there.title == row.title and dated
