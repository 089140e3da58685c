"""The page of feeds, and the style sheet."""

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from feedwright.config.schema import Site
from feedwright.model import Entry
from feedwright.render.page import FeedSummary, index_page, style_sheet
from tests.render.samples import SITE, make_arabic_entry, make_entry, make_feed

FEEDS = (
    FeedSummary(make_feed(), 12, ("en-GB", "fr", "en-US")),
    FeedSummary(make_feed(name="fr", path="fr", title="En français", language="fr"), 1),
    FeedSummary(
        make_feed(name="ar", path="ar", title="المنارة", language="ar", direction="rtl"), 0
    ),
    FeedSummary(make_feed(name="category/sea", path="category/sea", title="Sea"), 3),
    FeedSummary(make_feed(name="category/news", path="category/news", title="News"), 4),
)
NEWEST = (make_entry(1), make_arabic_entry(2))


def read(
    site: Site = SITE,
    feeds: tuple[FeedSummary, ...] = FEEDS,
    newest: tuple[Entry, ...] = NEWEST,
) -> HtmlElement:
    return html.document_fromstring(index_page(site, feeds, newest).decode())


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_each_feed_is_shown_with_what_it_holds() -> None:
    cards = [text(card) for card in read().xpath('//ul[@class="feeds"]/li')]
    address = "https://example.org/feeds/rss.xml"
    assert cards == [
        f"{about} RSSAtomJSON Feed {address}"
        for about in (
            "Harbour & Light News from the harbour 12 entries · English, French",
            "En français News from the harbour 1 entry · French",
            "المنارة News from the harbour No entries yet · Arabic",
        )
    ]


def test_feeds_of_one_spec_stand_in_a_group() -> None:
    page = read()
    assert [text(each) for each in page.xpath('//h3[@class="group"]')] == ["By category"]
    rows = [text(row) for row in page.xpath('//ul[@class="labels"]/li')]
    assert rows[0].startswith("Sea 3 entries")
    assert rows[1].startswith("News 4 entries")


def test_formats_are_links_to_the_documents_beside_the_page() -> None:
    links = read().xpath('//ul[@class="formats"]//a/@href')
    assert links[:3] == ["rss.xml", "atom.xml", "feed.json"]
    assert "category/sea/atom.xml" in links


def test_browsers_and_readers_find_every_document() -> None:
    found = read().xpath('//head/link[@rel="alternate"]')
    assert len(found) == 15
    assert (found[0].get("type"), found[0].get("title"), found[0].get("href")) == (
        "application/rss+xml",
        "Harbour & Light",
        "rss.xml",
    )


def test_the_newest_entries_have_their_day_in_the_zone_of_the_site() -> None:
    late = make_entry(published=datetime(2024, 6, 30, 23, 30, tzinfo=UTC))
    (row,) = read(newest=(late,)).xpath('//ol[@class="newest"]/li')
    assert text(row).startswith("1 July 2024 Entry 1")
    assert row.xpath(".//time/@datetime") == ["2024-06-30T23:30:00Z"]
    assert row.xpath(".//a/@href") == [late.permalink]


def test_text_of_the_site_carries_its_language_and_direction() -> None:
    page = read()
    assert page.get("lang") == "en"
    arabic = page.xpath('//a[@class="title"]/..')[1]
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    heading = page.xpath('//ul[@class="feeds"]/li/h3')[2]
    assert (heading.get("lang"), heading.get("dir")) == ("ar", "rtl")


def test_the_page_has_landmarks_and_headings_in_order() -> None:
    page = read()
    for landmark in ("header", "main", "footer"):
        assert len(page.xpath(f"/html/body/{landmark}")) == 1
    levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for section in page.iter("section"):
        assert page.get_element_by_id(section.get("aria-labelledby")).tag == "h2"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_page_runs_nothing_and_loads_only_its_style_sheet() -> None:
    page = read()
    assert not page.xpath(
        "//script | //img | //iframe | //@style | //@*[starts-with(name(), 'on')]"
    )
    loaded = page.xpath('//link[@rel!="alternate"]/@href')
    assert loaded == ["style.css"]
    assert not re.search(rb"@import|url\((?!\"http://www.itunes)", style_sheet())


def test_an_empty_site_has_a_page() -> None:
    page = read(feeds=(FeedSummary(make_feed(), 0),), newest=())
    assert not page.xpath('//*[@id="newest"]')
    assert "No entries yet" in text(page)


def test_the_same_feeds_give_the_same_bytes() -> None:
    assert index_page(SITE, FEEDS, NEWEST) == index_page(SITE, FEEDS, NEWEST)


@settings(deadline=None, max_examples=40)
@given(st.text(), st.text(min_size=1))
def test_any_text_stays_text(word: str, title: str) -> None:
    hostile = f'"><script>{word}</script>&lt;'
    entry = make_entry(title=hostile, summary=hostile, permalink=hostile, language=hostile)
    feed = make_feed(title=hostile + title, description=hostile, language=hostile, base=hostile)
    site = Site(title=hostile, url=hostile, description=hostile, rights=hostile, language="en")
    data = index_page(site, [FeedSummary(feed, 1, (hostile,))], [entry])
    assert b"<script" not in data
    assert data.decode().count("<h1>") == 1


# ---------------------------------------------------------------- the style sheet


def _themes() -> dict[str, dict[str, str]]:
    css = style_sheet().decode()
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return {
        "light": dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light)),
        "dark": dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", dark)),
    }


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent"])
@pytest.mark.parametrize("ground", ["ground", "card", "tint"])
def test_text_has_the_contrast_of_wcag_aa(theme: str, ink: str, ground: str) -> None:
    colours = _themes()[theme]
    dark, light = sorted((_luminance(colours[ink]), _luminance(colours[ground])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_style_sheet_knows_both_pages_and_feeds() -> None:
    css = style_sheet().decode()
    assert css.count("{") == css.count("}")
    for needed in ("prefers-color-scheme: dark", ":focus-visible", "rss", "entry > title"):
        assert needed in css
