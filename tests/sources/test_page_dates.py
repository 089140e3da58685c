"""The date of a page without metadata is the one that its readers see; doubt gives none."""

import pytest

from tests.sources.readers import only, reading_of, values

TEXT = (
    "<p>The crane that stood idle since 12 May 2001 lifted its first load, to general joy.</p>" * 3
)


def date_of(shown: str, language: str = "en", head: str = "") -> object:
    page = (
        f'<!doctype html><html lang="{language}"><title>The crane is back</title>{head}'
        f'<body><div id="header">Tuesday, 5 May 2020</div><div class="menu">1 May 2020</div>'
        f'<div class="all"><h1>The crane is back</h1>{shown}{TEXT}'
        f'<div class="comments"><span class="date">1 May 2019</span></div></div></body></html>'
    )
    return values(only(reading_of("a.html", page))).get("date")


@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ("<p>Posted on 3 March 2014 by Ana</p>", "2014-03-03"),
        ("<p>Posted by <a>Ana</a> in <a>News</a> on <b>3 March 2014</b> | 2</p>", "2014-03-03"),
        ("<p>3 March 2014</p>", "2014-03-03"),
        ("<p>By Ana Prieto | 3 March 2014 10:20 am</p>", "2014-03-03 10:20 am"),
        ("<p>Ana Prieto ⋅ 3 March 2014 ⋅ News</p>", "2014-03-03"),
        ("<p>Ana Prieto, Monday, March 3rd, 2014</p>", "2014-03-03"),
        ('<span class="date">March 3, 2014</span>', "2014-03-03"),
        ('<div class="date"><b>03</b><i>March</i><u>2014</u></div>', "2014-03-03"),
        ('<abbr class="published" title="2014-03-03T10:20Z">x</abbr>', "2014-03-03T10:20Z"),
        ("<time>3 March 2014</time>", "2014-03-03"),
        ('<time datetime="2014-03-03">x</time>', "2014-03-03"),
        ('<span data-timestamp="1393842000" class="time">x</span>', "1393842000"),
        ('<b class="updated">4 March 2014</b><time datetime="2014-03-03">x</time>', "2014-03-03"),
        ("<p>Updated 5 April 2014, first published 3 March 2014</p>", "2014-03-03"),
        ("<p>Last modified on Monday, 03 March 2014</p>", "2014-03-03"),
        ('<p class="byline">Published <!-- x -->3.3.14</p>', "2014-03-03"),
        ("<p>BERLIN, 3 March 2014 (AP) – A crane.</p>", "2014-03-03"),
        ('<span property="dc:date dc:created" content="2014-03-03">x</span>', "2014-03-03"),
        ('<b itemprop="datePublished">Published: 3 March 2014</b>', "2014-03-03"),
        ('<script>var page = {"publishedAt": "2014-03-03"}</script>', "2014-03-03"),
    ],
)  # fmt: skip
def test_the_date_that_readers_see_is_taken(shown, date):
    assert date_of(shown) == date


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fr", "Publié le 3 mars 2014 à 10h20"),
        ("de", "Veröffentlicht am 3.3.2014"),
        ("de", "Stand: 03.03.2014"),
        ("es", "Publicado el lunes, 3 de marzo de 2014"),
        ("it", "di Ana Prieto - 3 marzo 2014"),
        ("nl", "Geplaatst op 3 maart 2014"),
        ("pl", "Opublikowano: 3 marca 2014"),
        ("tr", "Yayınlanma: 03 Mart 2014 - 10:20"),
        ("ru", "Опубликовано 3 марта 2014 г."),
        ("vi", "Ngày đăng: 03/03/2014"),
        ("ja", "公開日:2014年3月3日"),
        ("zh", "发布时间：2014-03-03 10:20"),
        ("ko", "입력 2014.03.03 10:20"),
    ],
)
def test_labels_are_known_in_many_languages(language, shown):
    assert str(date_of(f"<p>{shown}</p>", language))[:10] == "2014-03-03"


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "<time>10:20</time>",
        '<time datetime="08:00">8</time>',
        "<p>The book was published on 3 March 2014.</p>",
        "<p>On 3 March 2014 the crane fell into the sea.</p>",
        "<p>Deadline: 3 March 2014</p>",
        '<div class="upcoming events"><time datetime="2014-03-03">x</time></div>',
        '<ul class="related-posts"><li><time datetime="2014-03-03">x</time></li></ul>',
        "<p>© 2014</p>",
        "<p>Posted 03/04/2014</p>",
        '<script>[{"publishedAt": "2014-03-03"}, {"publishedAt": "2014-03-04"}]</script>',
        '<b itemprop="datePublished">three days ago</b>',
    ],
)
def test_a_wrong_date_is_worse_than_none(shown):
    assert date_of(shown) is None


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "This entry was posted on Monday, March 3rd, 2014 at 10:20 am and is filed under"),
        ("de", "Dieser Beitrag wurde am Montag, 3. März 2014 um 10:20 Uhr veröffentlicht unter"),
        ("fr", "Ce billet a été posté le lundi 3 mars 2014 à 10:20 et est classé dans"),
        ("es", "Esta entrada fue publicada el lunes, 3 de marzo de 2014 a las 10:20 en"),
    ],
)
def test_what_is_said_below_the_article_is_read(language, shown):
    found = date_of(f"{TEXT * 9}<p class=postmetadata>{shown} <a>News</a>.</p>", language)
    assert str(found).startswith("2014-03-03")


def test_a_byline_at_the_end_of_a_long_article_is_found():
    shown = '<div class="entry-meta">By Ana on 3 March 2014, 11:51 | 0 opinions | <a>Sea</a></div>'
    assert date_of(TEXT * 30 + shown) == "2014-03-03 11:51"


def test_an_american_page_has_the_month_first():
    assert date_of("<p>Posted 03/04/2014</p>", "en-US") == "2014-03-04"
    meta = '<meta name="pubdate" content="03/04/2014 10:20">'
    assert date_of("", "en-US", meta) == "2014-03-04 10:20"


def test_metadata_wins_over_what_is_shown():
    meta = '<meta name="cXenseParse:recs:publishtime" content="2014-03-03T10:20:00Z">'
    assert date_of("<p>Posted on 5 May 2015</p>", head=meta) == "2014-03-03T10:20:00Z"


def test_a_date_that_contradicts_the_address_is_not_taken():
    link = '<link rel="canonical" href="https://example.org/2014/03/crane.html">'
    assert date_of('<span class="date">5 May 2019</span>', head=link) is None
    assert date_of('<span class="date">5 March 2014</span>', head=link) == "2014-03-05"


def test_a_page_that_only_says_when_it_was_changed_is_from_then():
    meta = '<meta property="og:updated_time" content="2014-03-03T10:20:00Z">'
    assert date_of("", head=meta) == "2014-03-03T10:20:00Z"


@pytest.mark.parametrize(
    "linked",
    [
        '{"@type": "WebPage", "name": "x", "datePublished": "2014-03-03"}',
        '{"@type": "Recipe", "name": "The crane is back", "datePublished": "2014-03-03"}',
    ],
)
def test_json_ld_of_a_page_has_its_date_as_well(linked):
    assert date_of("", head=f'<script type="application/ld+json">{linked}</script>') == "2014-03-03"


def test_a_broken_json_ld_still_tells_the_day():
    broken = '{"headline": "The "crane"", "datePublished": "2014-03-03",}'
    reading = reading_of(
        "a.html", f'<title>A</title><script type="application/ld+json">{broken}</script><p>x</p>'
    )
    (article,) = reading.articles
    assert values(article)["date"] == "2014-03-03"
