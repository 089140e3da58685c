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
    return select.belongs(FeedSpec("x", where=where), "", each, NOW, SITE)


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
    assert select.labels(FeedSpec("x", per="language"), each, SITE) == ("en",)
    assert select.labels(FeedSpec("x", per="author"), each, SITE) == ("The Desk",)
    assert select.labels(FeedSpec("x", per="author"), each) == ()


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
        ("", ()),
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
    assert select.labels(FeedSpec("x", per=per), each, SITE) == expected


def test_a_file_at_the_top_is_in_no_section():
    assert select.labels(FeedSpec("x", per="section"), article("a.md"), SITE) == ()


def test_the_labels_of_a_feed_are_those_of_its_articles_in_the_most_frequent_spelling():
    spec = FeedSpec("x", per="tag", where=Where(not_categories=("Ads",)))
    articles = [
        article("1.md", tags=("sea",)),
        article("2.md", tags=("Sea", "Sky")),
        article("3.md", tags=("Sea",)),
        article("4.md", tags=("Shop",), categories=("Ads",)),
    ]
    assert select.all_labels(spec, articles, NOW, SITE) == ("Sea", "Sky")
    assert select.all_labels(spec, articles[::-1], NOW, SITE) == ("Sea", "Sky")


def test_a_per_feed_holds_the_articles_of_its_label():
    spec = FeedSpec("x", per="tag", limit=0)
    articles = [article("1.md", tags=("sea",)), article("2.md", tags=("Sky",)), article("3.md")]
    assert [a.path for a in select.select(spec, "Sea", articles, NOW, SITE)] == ["content/1.md"]


def test_the_newest_come_first_then_the_smaller_id():
    articles = [article("b.md"), article("a.md"), article("c.md", NOW + DAY)]
    ordered = sorted(articles, key=select.order_key)
    assert [a.candidate.below for a in ordered] == ["c.md", "a.md", "b.md"]


@pytest.mark.parametrize(("limit", "expected"), [(0, 5), (2, 2), (9, 5)])
def test_limit(limit, expected):
    articles = [article(f"{n}.md") for n in range(5)]
    assert len(select.select(FeedSpec("x", limit=limit), "", articles, NOW)) == expected


def test_articles_leave_by_age_at_a_known_moment():
    spec = FeedSpec("x", where=Where(newer_than=7 * DAY))
    each = article(published=NOW - 6 * DAY)
    leaves = select.next_leave(spec, each)
    assert leaves == NOW + DAY
    assert select.belongs(spec, "", each, leaves - timedelta(seconds=1))
    assert not select.belongs(spec, "", each, leaves)


def test_no_age_is_too_great():
    spec = FeedSpec("x", where=Where(newer_than=timedelta.max))
    assert select.next_leave(spec, article()) is None
    assert select.belongs(spec, "", article(), NOW)
    assert select.next_leave(MAIN, article()) is None


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
