"""Which article stands in which feed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright import select
from feedwright.config.schema import Author, FeedSpec, Site, Where
from feedwright.model import Article, Person, State
from tests.ledger.builders import candidate

NOW = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = Site("Site", "https://example.org/", language="en", author=Author("The Desk"))
MAIN = FeedSpec("main")


def article(path="news/a.md", published=NOW, **fields):
    people = tuple(Person(name) for name in fields.pop("authors", ()))
    made = candidate(path, authors=people, **fields)
    link = f"https://example.org/{path}"
    return Article(made, link, link, published, published, published, State.LIVE)


def in_feed(where, each):
    return bool(select.memberships(FeedSpec("x", where=where), each, SITE))


def labels(per, each, site=SITE):
    return tuple(label for _, label in select.memberships(FeedSpec("x", per=per), each, site))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(), True),
        (Where(any_tags=("Sea", "Sky")), True),
        (Where(any_tags=("SEA",)), True),
        (Where(any_tags=("Sky",)), False),
        (Where(all_tags=("sea", "long  read")), True),
        (Where(all_tags=("sea", "sky")), False),
        (Where(not_tags=("sea",)), False),
        (Where(not_tags=("sky",)), True),
        (Where(any_categories=("sport",)), True),
        (Where(any_categories=("sport",), not_tags=("sea",)), False),
        (Where(any_authors=("ada",), any_sections=("news",)), True),
        (Where(not_sections=("news",)), False),
        (Where(any_languages=("pt",)), True),
        (Where(any_languages=("pt-BR",)), True),
        (Where(any_languages=("pt-PT", "en")), False),
        (Where(not_languages=("pt",)), False),
    ],
)
def test_where(where, expected):
    each = article(
        tags=("Sea", "Long Read"), categories=("Sport",), authors=("Ada",), language="pt-BR"
    )
    assert in_feed(where, each) is expected


def test_what_an_article_does_not_name_is_the_sites():
    each = article()
    assert in_feed(Where(any_languages=("en",)), each)
    assert in_feed(Where(any_authors=("the desk",)), each)
    assert labels("language", each) == ("en",)
    assert labels("author", each) == ("The Desk",)
    assert labels("author", each, None) == ()


def test_accents_are_compared_composed():
    assert in_feed(Where(any_tags=("Caf\u00e9",)), article(tags=("cafe\u0301",)))


@pytest.mark.parametrize(
    ("per", "expected"),
    [
        ("category", ("Sport",)),
        ("tag", ("Sea", "Sky")),
        ("author", ("Ada", "Bob")),
        ("language", ("fr",)),
        ("section", ("News",)),
        ("", ("",)),
    ],
)
def test_labels_are_as_written_and_each_once(per, expected):
    each = article(
        "News/x/a.md",
        categories=("Sport",),
        tags=("Sea", "sea", "Sky", " "),
        authors=("Ada", "Bob"),
        language="fr",
    )
    assert labels(per, each) == expected


def test_a_file_at_the_top_is_in_no_section():
    assert labels("section", article("a.md")) == ()


def test_of_several_spellings_the_most_frequent_stands_then_the_smaller():
    assert select.spelling([("sea", 1), ("Sea", 2)]) == "Sea"
    assert select.spelling([("sea", 2), ("SEA", 2), ("Sea", 1)]) == "SEA"


def test_what_takes_every_article_asks_nothing_of_it():
    assert select.takes_all(MAIN)
    assert select.takes_all(FeedSpec("x", where=Where(newer_than=DAY)))
    assert not select.takes_all(FeedSpec("x", per="tag"))
    assert not select.takes_all(FeedSpec("x", where=Where(any_tags=("sea",))))


def test_articles_leave_by_age_at_a_known_moment():
    spec = FeedSpec("x", where=Where(newer_than=7 * DAY))
    each = article(published=NOW - 6 * DAY)
    leaves = select.next_leave(spec, each.published)
    assert leaves == NOW + DAY
    assert select.is_new_enough(spec, each, leaves - timedelta(seconds=1))
    assert not select.is_new_enough(spec, each, leaves)


def test_no_age_is_too_great():
    spec = FeedSpec("x", where=Where(newer_than=timedelta.max))
    assert select.next_leave(spec, NOW) is None
    assert select.is_new_enough(spec, article(), NOW)
    assert select.next_leave(MAIN, NOW) is None


tags = st.lists(st.sampled_from(["a", "A", "b", "c"]), max_size=3).map(tuple)


@settings(deadline=None, max_examples=80)
@given(tags, tags, tags, tags)
def test_where_is_any_and_all_and_none(has, some, every, none):
    keys = {tag.lower() for tag in has}
    expected = (
        (not some or any(tag.lower() in keys for tag in some))
        and all(tag.lower() in keys for tag in every)
        and not any(tag.lower() in keys for tag in none)
    )
    assert (
        in_feed(Where(any_tags=some, all_tags=every, not_tags=none), article(tags=has)) is expected
    )
