from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.config.patterns import PERMALINK_PLACEHOLDERS
from feedwright.config.schema import PERMALINK_STYLES, PermalinkRule
from feedwright.normalize.parts import is_known
from feedwright.normalize.permalinks import permalink
from feedwright.normalize.rules import parse_pattern
from feedwright.text import placeholders, slugs, urls

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
        "/{{ title | mumble }}/",
        "/{{ page.date | date: '%Q' }}/",
        "{% if x %}/a/{% endif %}",
        "/:year/:mumble/",
        "/:sections[1:]/:title/",
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


@pytest.mark.parametrize(
    ("key", "declared", "path"),
    [
        (
            "permalink",
            "/:categories/:year/:month/:day/:title.html",
            "sea/big-ships/2024/01/02/X-y.html",
        ),
        ("permalink", "/:year/:i_month/:i_day/:title:output_ext", "2024/1/2/X-y.html"),
        ("permalink", "/:short_year/:y_day/:slug/", "24/002/X-y/"),
        ("permalink", ":title", "X-y"),
        ("url", "/:year/:monthname/:title/", "2024/January/a-day/"),
        ("url", "/:section/:slugorcontentbasename/", "news/X-y/"),
        ("permalink", "/blog/{{ title | slugify }}/", "blog/a-day/"),
        (
            "permalink",
            "/{{ page.date | date: '%Y/%m' }}/{{ page.fileSlug }}/index.html",
            "2024/01/X-y/",
        ),
        ("permalink", "/{{ page.date | dateFilter('yyyy') }}/{{ slug }}.html", "2024/X-y.html"),
        ("permalink", "/{year}/{slug}/", "2024/X-y/"),
        ("permalink", "/{year}/{nothing}/", "%7Byear%7D/%7Bnothing%7D/"),
        ("permalink", "/Talk:Harbour/", "Talk:Harbour/"),
    ],
)
def test_a_declared_permalink_may_have_placeholders(key, declared, path):
    fields = {key: declared, "slug": "X-y", "categories": ["Sea", "Big Ships"]}
    assert made("/{slug}/", fields) == SITE + path


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        (
            "/{year}/{nothing:x}/",
            ["there is no placeholder {nothing:x}; all braces stay as they are"],
        ),
        ("/{nothing}/", []),
        ("/{year}/{slug}/", []),
    ],
)
def test_a_placeholder_that_is_none_is_told(declared, told):
    found = normalized({"title": "t", "permalink": declared})
    assert [problem.what for problem in found.problems] == told


def test_a_placeholder_that_is_empty_makes_no_address_of_another_host():
    assert made("/{slug}/", {"permalink": "/{category}/{slug}/", "slug": "x"}) == SITE + "x/"


@pytest.mark.parametrize(
    ("below", "path"),
    [
        ("a/b/c.md", "a/b|c|a/b/c"),
        ("a/b/c/index.md", "a/b|c|a/b/c"),
        ("a/2024-01-02-c.md", "a|2024-01-02-c|a/2024-01-02-c"),
        ("a/contents.lr", "|a|a"),
        ("c.md", "|c|c"),
        ("Index.html", "||"),
    ],
)
def test_a_bundle_is_its_folder_in_every_placeholder(below, path):
    assert made("/{dir}|{stem}|{path}", below=below) == urls.encode(SITE + path)


def test_the_language_of_a_file_name_is_no_part_of_its_path():
    place = [("lang", "pt-br", 0, "file name")]
    assert made("/{language}/{path}/", below="a/c.pt-br.md", place=place) == SITE + "pt-br/a/c/"
    assert made("/{language}/{path}/", below="a/index.pt-br.md", place=place) == SITE + "pt-br/a/"
    assert made("/{stem}/", below="a/c.pt-br.md", place=place) == SITE + "c/"
    assert made("/{stem}/", below="a/v1.is.md") == SITE + "v1.is/"


def test_a_dated_slug_is_the_declared_one_or_the_file_name():
    place = [("slug", "c", 0, "file name")]
    assert made("/{slug:dated}/", below="2024-01-02-c.md", place=place) == SITE + "2024-01-02-c/"
    assert made("/{slug:dated}/", {"slug": "x"}, below="2024-01-02-c.md") == SITE + "x/"


def test_categories_and_authors_fill_placeholders():
    fields = {"categories": ["Sea", ["Big Ships"]], "author": "Ana Prieto"}
    assert made("/{categories}/{author}/{slug}/", fields) == (
        SITE + "sea/big-ships/ana-prieto/a-day/"
    )


def test_folders_above_posts_are_categories_of_jekyll():
    fields = {"lang": "ko", "categories": ["News", "Events"]}
    below = "ko/news/_posts/2024-01-02-a.md"
    found = made("/{categories}/", fields, below=below, permalink_style="jekyll")
    assert found == SITE + "ko/news/events/"


def test_the_first_rule_that_fits_gives_the_pattern():
    rules_of_site = (
        PermalinkRule("/n/{slug}/", match="news/**"),
        PermalinkRule("/{language}/{slug}/", languages=("fr", "de")),
        PermalinkRule("/d/{slug}/", match="[0-9][0-9][0-9][0-9]-*"),
    )
    by = {"permalinks": rules_of_site, "permalink_slug": "/s/{slug}/"}
    assert made("/{slug}/", **by) == SITE + "n/a-day/"
    assert made("/{slug}/", {"lang": "FR"}, below="x/y.md", **by) == SITE + "fr/y/"
    assert made("/{slug}/", below="x/y.md", **by) == SITE + "y/"
    assert made("/{slug}/", below="x/2024-01-02-y/index.md", **by) == SITE + "d/2024-01-02-y/"
    assert made("/{slug}/", {"slug": "z"}, **by) == SITE + "s/z/"


@pytest.mark.parametrize(
    ("style", "path"),
    [
        ("plain", "Big Ships/What's up.1/whats-up-1/big-ships"),
        ("hugo", "big-ships/whats-up.1/whats-up.1/big-ships"),
        ("jekyll", "Big-Ships/What's-up.1/what-s-up-1/big-ships"),
        ("zola", "big-ships/what-s-up-1/what-s-up-1/big-ships"),
        ("pelican", "Big Ships/What's up.1/whats-up1/big-ships"),
    ],
)
def test_a_style_makes_addresses_as_its_generator_does(style, path):
    place = [("slug", "What's up.1", 0, "file name")]
    fields = {"title": "What's up.1?", "categories": "Big Ships"}
    found = made(
        "/{dir}/{slug}/{title}/{category}",
        fields,
        place=place,
        below="Big Ships/x.md",
        permalink_style=style,
    )
    assert found == urls.encode(SITE + path)


@pytest.mark.parametrize(
    ("style", "below", "path"),
    [
        ("eleventy", "blog/crane/crane.md", "blog/crane"),
        ("eleventy", "blog/crane/index.md", "blog/crane"),
        ("eleventy", "crane.md", "crane"),
        ("plain", "blog/crane/crane.md", "blog/crane/crane"),
    ],
)
def test_a_file_may_be_called_like_its_folder(style, below, path):
    assert made("/{path}", below=below, permalink_style=style) == SITE + path


def test_pelican_files_follow_pelican_without_being_told():
    by = rules(permalink="/{slug}.html", slug_from="title")
    found = candidate({"title": "Größe, 1.5"}, by=by, dialect="pelican")
    assert permalink(found, DAY, by) == SITE + "grosse-15.html"


@pytest.mark.parametrize(
    ("style", "declared", "path"),
    [
        ("hugo", "/about", "about/"),
        ("hugo", "about", "fr/about/"),
        ("hugo", "a/b.html", "fr/a/b.html"),
        ("hugo", "/v/1.0", "v/1.0"),
        ("zola", "a/b", "a/b/"),
        ("zola", "a/v1.0", "a/v1.0/"),
        ("jekyll", "/about", "about"),
        ("eleventy", "/a/index.html", "a/"),
        ("plain", "/a/index.html", "a/index.html"),
    ],
)
def test_a_declared_address_means_what_its_generator_means(style, declared, path):
    fields = {"url": declared, "lang": "fr"}
    assert made("/{slug}/", fields, permalink_style=style) == SITE + path


def test_the_language_of_the_site_is_no_folder_of_a_declared_address():
    assert made("/{slug}/", {"url": "a", "lang": "en"}, permalink_style="hugo") == SITE + "a/"


def test_schema_and_tables_name_the_same():
    assert tuple(slugs.STYLES) == PERMALINK_STYLES
    for name in PERMALINK_PLACEHOLDERS:
        assert all(map(is_known, parse_pattern(f"{{{name}}}"))), name
    for table in (placeholders.JEKYLL, placeholders.HUGO, placeholders.HEXO):
        for made_of in table.values():
            assert all(map(is_known, parse_pattern(made_of))), made_of


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
