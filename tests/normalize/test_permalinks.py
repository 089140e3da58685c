from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.normalize.permalinks import permalink

from .making import candidate, names, normalized, rules

DAY = datetime(2024, 1, 2, 3, tzinfo=UTC)
SITE = "https://example.org/"


def made(pattern, fields=None, *, site=None, at=DAY, place=(), below="news/a-day.md", **content):
    by = rules(site=site, permalink=pattern, **content)
    found = candidate({"title": "A Day", **(fields or {})}, by=by, place=place, below=below)
    return permalink(found, at, by)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/{year}/{month}/{slug}/", "2024/01/a-day/"),
        ("/{year}/{month:d}/{day:d}/{slug}", "2024/1/2/a-day"),
        ("{slug}.html", "a-day.html"),
        ("/{path}/", "news/a-day/"),
        ("/{dir}/{stem}.html", "news/a-day.html"),
        ("/{section}/{slug}/", "news/a-day/"),
        ("/{language}/{slug}/", "a-day/"),
        ("/{category}/{slug}/", "a-day/"),
        ("/{title}/", "a-day/"),
        ("/blog//{slug}/", "blog/a-day/"),
        ("", ""),
    ],
)
def test_placeholders_are_filled_and_empty_parts_collapse(pattern, path):
    assert made(pattern) == SITE + path


def test_labels_and_languages_fill_placeholders():
    fields = {"lang": "pt_BR", "categories": ["Déjà Vu", "b"]}
    assert made("/{language}/{category}/{slug}/", fields) == (
        SITE + "pt-br/d%C3%A9j%C3%A0-vu/a-day/"
    )


def test_a_bundle_is_its_folder():
    assert made("/{path}/", below="x/y/index.md") == SITE + "x/y/"
    assert made("/{path}/", below="index.md") == SITE
    assert made("/{path}/", below="x.md") == SITE + "x/"
    assert made("/{section}/{slug}/", below="x.md") == SITE + "x/"


def test_the_pattern_is_appended_to_a_site_with_a_path():
    assert made("/{slug}/", site={"url": "https://example.org/blog"}) == (
        "https://example.org/blog/a-day/"
    )


def test_a_slug_is_encoded_once_and_stays_one_segment():
    assert made("/{slug}/", {"slug": "مقهى"}) == SITE + "%D9%85%D9%82%D9%87%D9%89/"
    assert made("/{slug}/", {"slug": "caf%C3%A9"}) == SITE + "caf%C3%A9/"
    assert made("/{slug}/", {"slug": "c#?"}) == SITE + "c%23%3F/"
    assert made("/{slug}/", {"slug": "a b"}) == SITE + "a%20b/"
    assert made("/{slug}/", {"slug": "100%"}) == SITE + "100%25/"


def test_a_slug_cannot_leave_the_site():
    assert made("/x/{slug}/", {"slug": "../../y"}) == SITE + "x/y/"


def test_another_pattern_for_declared_slugs():
    assert made("/{year}/{slug}/", {"slug": "x"}, permalink_slug="/{slug}") == SITE + "x"
    assert made("/{year}/{slug}/", permalink_slug="/{slug}") == SITE + "2024/a-day/"


@pytest.mark.parametrize(
    ("chosen", "day"),
    [
        ("utc", "2024-01-02"),
        ("local", "2024-01-01"),
        ("as-written", "2024-01-01"),
        ("filename", "2023-12-31"),
    ],
)
def test_the_day_of_the_permalink_is_chosen(chosen, day):
    place = [("date", "2023-12-31", 0, "file name")]
    fields = {"date": "2024-01-01 22:00"}
    found = made(
        "/{year}-{month}-{day}",
        fields,
        site={"timezone": "America/New_York"},
        place=place,
        permalink_date=chosen,
    )
    assert found == SITE + day


@pytest.mark.parametrize("chosen", ["as-written", "filename"])
def test_without_a_written_day_the_local_one_counts(chosen):
    assert made("/{year}/{day}/", permalink_date=chosen) == SITE + "2024/02/"


@pytest.mark.parametrize(
    ("declared", "address"),
    [
        ("/a/b/", SITE + "a/b/"),
        ("a/b.html", SITE + "a/b.html"),
        ("https://other.example/x y", "https://other.example/x%20y"),
        ("//other.example/x", "https://other.example/x"),
        ("/مقهى/", SITE + "%D9%85%D9%82%D9%87%D9%89/"),
        ("/?p=12", SITE + "?p=12"),
        ("/a/#x", SITE + "a/#x"),
        ("/a//b/../c/", SITE + "a/b/c/"),
        ("/", SITE),
    ],
)
@pytest.mark.parametrize("key", ["permalink", "url", "path"])
def test_a_declared_permalink_wins(key, declared, address):
    assert made("/{slug}/", {key: declared}) == address


def test_a_declared_permalink_is_appended_to_a_site_with_a_path():
    assert made("/{slug}/", {"url": "/a/"}, site={"url": "https://example.org/blog/"}) == (
        "https://example.org/blog/a/"
    )


@pytest.mark.parametrize(
    "declared",
    [
        "/{{ title | slug }}/",
        "/:year/:title/",
        "javascript:alert(1)",
        "tag:x,2024:1",
        "https:///",
        "http://[",
        ["a"],
    ],
)
def test_a_permalink_that_cannot_be_used_gives_way_to_the_pattern(declared):
    found = normalized({"title": "t", "permalink": declared})
    assert found.candidate.declared_permalink == ""
    assert names(found) == ["permalink-unreadable"]


def test_a_page_declares_its_permalink_by_canonical():
    assert candidate(
        {"title": "t", "canonical": "https://e.org/x"}, dialect="html"
    ).declared_permalink
    assert not candidate({"title": "t", "canonical": "https://e.org/x"}).declared_permalink


def test_pelican_saves_as():
    found = candidate({"title": "t", "Save_as": "x/index.html"}, dialect="pelican")
    assert found.declared_permalink == "x/"


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=30), st.sampled_from(["/{slug}/", "/{year}/{title}", "/{path}/"]))
def test_any_slug_and_title_give_an_absolute_address_of_ascii(text, pattern):
    by = rules(permalink=pattern)
    found = normalized({"title": text or "t", "slug": text}, by=by).candidate
    address = permalink(found, DAY, by)
    assert address.startswith(SITE)
    assert address.isascii()
    assert " " not in address
