"""The title of a page is its headline, without the name of its site."""

import pytest

from tests.sources.readers import only, reading_of, values

TITLE = "The crane is back"


def title_of(page: str) -> object:
    return values(only(reading_of("a.html", page + "<p>Text.</p>")))["title"]


@pytest.mark.parametrize(
    "page",
    [
        "<title>The crane is back | Harbour Light</title>",
        "<title>The crane is back &laquo; Harbour Light</title>",
        "<title>Harbour Light &raquo; The crane is back</title>",
        "<title>The crane is back - Harbour Light</title><h1>The crane is back</h1>",
        "<title>The crane is back - News - Harbour Light</title><h1>The Crane is back</h1>",
        "<title>Harbour Light: The crane is back</title><h3>The crane is back</h3>",
        "<title>The crane is back &laquo; Light</title><h2>The crane is back</h2><h2>Old</h2>",
        "<title>Harbour - The crane is back - Press - News</title><h2>The crane is back</h2>",
        (
            "<title>Harbour - The crane is back - News</title>"
            "<table><td class=itemTitle>The crane is back</td></table>"
        ),
        "<title>The crane is back_News_Harbour Light</title><h1>The crane is back</h1>",
        (
            "<title>The crane is back – harbour-light.example</title>"
            '<link rel="canonical" href="https://www.harbour-light.example/crane">'
        ),
        (
            "<title>The crane is back – Light</title>"
            '<link rel="canonical" href="https://light.example/crane">'
        ),
        '<title>Harbour Light – The crane is back</title><a href="/"><img alt="Harbour Light"></a>',
        '<title>The crane is back - Harbour Light</title><h1><a href="/">Harbour Light</a></h1>',
        (
            "<title>The crane is back - Harbour Light</title><h1>Harbour Light</h1>"
            "<h2>The crane is back</h2>"
        ),
        (
            "<title>Harbour Light</title><meta property=og:site_name content='Harbour Light'>"
            "<h1>The crane is back</h1>"
        ),
        "<title>The crane is b…</title><h1>The crane is back</h1>",
        "<h1>The crane is back</h1><h1>Comments</h1>",
        '<h1>Comments</h1><h2 class="entry-title">The crane is back</h2>',
        (
            "<meta property=og:title content='The crane is back - Harbour Light'>"
            "<meta property=og:site_name content='Harbour Light'>"
        ),
    ],
)
def test_the_name_of_the_site_comes_off(page):
    assert title_of(page) == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "Crane - a history",
        "The crane: a history",
        "24/7 – the crane",
        "A | B",
        "«The crane» is back at work again",
        "The crane: « at work again », says Ana",
        "»Crane« is what they call it now",
        "snake_case and --flags",
    ],
)
def test_what_may_be_the_headline_stays(title):
    assert title_of(f"<title>{title}</title><h1>{title}</h1>") == title
    assert title_of(f"<title>{title}</title>") == title
    assert title_of(f"<meta property=og:title content='{title}'>") == title


def test_a_headline_with_separators_stays_whole():
    page = "<title>Crane - back at work?! - News - Harbour Light - Your daily</title>"
    assert title_of(page + "<h1>Crane - back at work?! - News</h1>") == (
        "Crane - back at work?! - News"
    )


def test_a_subtitle_stays_with_its_title():
    assert title_of("<title>The crane: a history</title><h1>The crane</h1>") == (
        "The crane: a history"
    )


def test_what_another_title_of_the_page_leaves_out_is_no_part_of_it():
    linked = '{"@type": "NewsArticle", "headline": "The crane is back：Harbour Light daily"}'
    page = f'<script type="application/ld+json">{linked}</script>'
    assert title_of(page + "<meta property=og:title content='The crane is back'>") == TITLE


def test_the_section_comes_off_as_well():
    page = "<meta property=article:section content=News><title>The crane is back - News</title>"
    assert title_of(page) == TITLE


def test_a_short_headline_is_told_by_being_most_of_the_title():
    page = "<title>Crane &laquo; Port</title><h2>Port of old</h2><h2>Crane</h2>"
    assert title_of(page) == "Crane"
