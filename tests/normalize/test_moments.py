from datetime import UTC, date, datetime

import pytest

from .making import candidate, names, normalized, rules

NAMED = [("date", date(2024, 3, 4), 0, "file name")]


@pytest.mark.parametrize(
    "key", ["date", "pubDate", "publishDate", "pub_date", "published", "Date", "datePublished"]
)
def test_every_name_of_the_date_is_read(key):
    assert candidate({"title": "t", key: "2024-05-06"}).published == datetime(
        2024, 5, 6, tzinfo=UTC
    )


def test_the_zone_of_the_site_decides_for_dates_without_one():
    by = rules(site={"timezone": "America/New_York"})
    made = candidate({"title": "t", "date": "2024-05-06 23:30"}, by=by)
    assert made.published == datetime(2024, 5, 7, 3, 30, tzinfo=UTC)
    assert made.written_day == date(2024, 5, 6)


def test_native_dates_of_toml_are_read():
    changed = datetime(2024, 5, 7, 8, tzinfo=UTC)
    made = candidate({"title": "t", "date": date(2024, 5, 6), "updated": changed})
    assert made.published == datetime(2024, 5, 6, tzinfo=UTC)
    assert made.updated == changed


@pytest.mark.parametrize("number", [1714996800000, "1714996800000", 1714996800])
def test_numbers_of_seconds_or_milliseconds_are_read(number):
    made = candidate({"title": "t", "pubDate": number})
    assert made.published == datetime(2024, 5, 6, 12, tzinfo=UTC)


def test_a_mapping_of_dates_gives_both():
    made = normalized({"title": "t", "date": {"created": "2024-05-06", "updated": "2024-05-08"}})
    assert made.candidate.published == datetime(2024, 5, 6, tzinfo=UTC)
    assert made.candidate.updated == datetime(2024, 5, 8, tzinfo=UTC)
    assert made.problems == ()


def test_published_as_a_switch_is_no_date():
    made = candidate({"title": "t", "published": "true"}, place=NAMED)
    assert not made.draft
    assert made.published == datetime(2024, 3, 4, tzinfo=UTC)


def test_the_first_declared_date_wins_over_the_file_name():
    made = candidate({"title": "t", "date": "2024-05-06"}, place=NAMED)
    assert made.published == datetime(2024, 5, 6, tzinfo=UTC)
    assert made.file_day == date(2024, 3, 4)


def test_a_date_that_cannot_be_read_falls_to_the_file_name_with_a_warning():
    made = normalized({"title": "t", "date": "2017-02-29"}, place=NAMED)
    assert made.candidate.published == datetime(2024, 3, 4, tzinfo=UTC)
    problem = made.problems[0]
    assert (problem.name, str(problem.severity)) == ("date-unreadable", "warning")
    assert str(problem).startswith('content/news/a-day.md:3: date: "2017-02-29"')
    assert "YYYY-MM-DD" in problem.cure


def test_a_date_that_cannot_be_read_holds_the_article_when_there_is_no_other():
    made = normalized({"title": "t", "published": "2024-13-01"})
    assert made.candidate is None
    assert [(p.name, str(p.severity), p.field) for p in made.problems] == [
        ("date-unreadable", "error", "published")
    ]


def test_the_day_in_a_declared_permalink_comes_before_the_file_name():
    made = candidate({"title": "t", "permalink": "/blog/2023/4/05/x.html"}, place=NAMED)
    assert made.published == datetime(2023, 4, 5, tzinfo=UTC)
    origin = next(origin for origin in made.origins if origin.field == "published")
    assert origin.key == "permalink"


def test_a_permalink_without_a_real_day_gives_none():
    assert candidate({"title": "t", "permalink": "/2023/13/40/x"}).published is None


def test_without_any_date_the_ledger_decides():
    made = normalized({"title": "t", "date": ""})
    assert made.candidate.published is None
    assert made.problems == ()


@pytest.mark.parametrize("word", ["Last Modified", "git Created", "Created", "git Last Modified"])
def test_what_the_host_would_say_is_never_a_date(word):
    made = normalized({"title": "t", "date": word})
    assert made.candidate.published is None
    assert names(made) == ["date-volatile"]


def test_an_ambiguous_date_is_a_warning():
    made = normalized({"title": "t", "date": "01/02/2024"})
    assert made.candidate.published is not None
    assert names(made) == ["date-ambiguous"]


def test_an_updated_that_cannot_be_read_is_absent():
    made = normalized({"title": "t", "date": "2024-05-06", "lastmod": "soon"})
    assert made.candidate.updated is None
    assert names(made) == ["date-unreadable"]


@pytest.mark.parametrize(
    "key", ["lastmod", "last_modified_at", "updated", "updatedDate", "modified", "Modified"]
)
def test_every_name_of_the_last_change_is_read(key):
    made = candidate({"title": "t", key: "2024-05-08"})
    assert made.updated == datetime(2024, 5, 8, tzinfo=UTC)


def test_docusaurus_keeps_the_last_change_in_a_mapping():
    made = normalized({"title": "t", "last_update": {"date": "2024-05-08", "author": "x"}})
    assert made.candidate.updated == datetime(2024, 5, 8, tzinfo=UTC)
    assert made.problems == ()


@pytest.mark.parametrize("key", ["expires", "expiryDate", "unpublishdate"])
def test_every_name_of_the_expiry_is_read(key):
    assert candidate({"title": "t", key: "2025-01-01"}).expires == datetime(2025, 1, 1, tzinfo=UTC)


def test_an_expiry_that_cannot_be_read_holds_the_article():
    made = normalized({"title": "t", "expires": "next week"})
    assert made.candidate is None
    assert names(made) == ["date-unreadable"]


@pytest.mark.parametrize("word", ["never", "", None])
def test_an_article_may_say_that_it_never_expires(word):
    made = normalized({"title": "t", "expires": word})
    assert made.candidate.expires is None
    assert made.problems == ()


def test_nothing_is_published_before_its_publish_date():
    made = candidate({"title": "t", "date": "2024-05-06", "publishDate": "2024-06-01"})
    assert made.published == datetime(2024, 6, 1, tzinfo=UTC)
    made = candidate({"title": "t", "date": "2024-05-06", "publishDate": "2024-01-01"})
    assert made.published == datetime(2024, 5, 6, tzinfo=UTC)
