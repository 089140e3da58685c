import pytest

from tests.sources.readers import only, problems, reading_of, values

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Harbour Light</title><language>en-GB</language>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ana]]></wp:author_login>
<wp:author_email><![CDATA[ana@example.org]]></wp:author_email>
<wp:author_display_name><![CDATA[Ana Prieto]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>tom</wp:author_login><wp:author_display_name></wp:author_display_name>
<wp:author_first_name>Tom</wp:author_first_name><wp:author_last_name>Reed</wp:author_last_name>
</wp:author>
"""
TAIL = "</channel>\n</rss>\n"
PICTURE = """<item><title>crane</title><wp:post_id>9</wp:post_id><wp:post_parent>1</wp:post_parent>
<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
<excerpt:encoded><![CDATA[A caption]]></excerpt:encoded>
<wp:attachment_url>https://example.org/crane.jpg</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>
<wp:meta_value><![CDATA[A "crane"]]></wp:meta_value></wp:postmeta></item>
"""


CO_AUTHORS = (
    "<category domain='author' nicename='cap-tom'>tom</category>"
    "<category domain='author' nicename='cap-eva'>eva</category>"
)


def item(inside: str = "", content: str = "Text.", number: int = 1, **more: str) -> str:
    values = {"status": "publish", "post_type": "post", "post_name": "crane", **more}
    fields = "".join(f"<wp:{key}>{value}</wp:{key}>" for key, value in values.items())
    return (
        f"<item><title>The crane</title><dc:creator>ana</dc:creator>{inside}\n"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>\n"
        f"<wp:post_id>{number}</wp:post_id>{fields}</item>\n"
    )


def export(*items: str) -> str:
    return HEAD + "".join(items) + TAIL


def article(*arguments: str, **more: str) -> dict[str, object]:
    reading = reading_of("a.xml", export(item(*arguments, **more)))
    return values(only(reading))


def test_a_post_with_everything() -> None:
    meta = "<wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value>"
    inside = (
        "<link>https://example.org/crane/</link><guid isPermaLink='false'>https://example.org/?p=1</guid>"
        "<excerpt:encoded><![CDATA[It lifts.]]></excerpt:encoded>"
        "<category domain='category' nicename='news'><![CDATA[News]]></category>"
        "<category domain='post_tag' nicename='sea'><![CDATA[Sea]]></category>"
        "<category domain='post_format' nicename='aside'>Aside</category>"
        "<wp:post_date>2024-01-05 11:00:00</wp:post_date>"
        "<wp:post_date_gmt>2024-01-05 10:00:00</wp:post_date_gmt>"
        "<wp:post_modified>2024-01-05 22:30:00</wp:post_modified>"
        "<wp:post_modified_gmt>2024-01-06 02:30:00</wp:post_modified_gmt>"
        f"<wp:postmeta>{meta}</wp:postmeta>"
    )
    reading = reading_of("a.xml", export(item(inside, "One.\n\nTwo."), PICTURE))
    found = only(reading)
    assert (found.dialect, found.markup, found.part, found.body) == (
        "wxr",
        "wordpress",
        "1",
        "One.\n\nTwo.",
    )
    assert values(found) == {
        "status": "publish",
        "title": "The crane",
        "id": "https://example.org/?p=1",
        "slug": "crane",
        "permalink": "https://example.org/crane/",
        "date": "2024-01-05 11:00:00+01:00",
        "updated": "2024-01-05 22:30:00-04:00",
        "authors": [{"name": "Ana Prieto", "login": "ana", "email": "ana@example.org"}],
        "categories": ["News"],
        "tags": ["Sea"],
        "summary": "It lifts.",
        "image": "https://example.org/crane.jpg",
        "image alt": 'A "crane"',
        "lang": "en-GB",
    }
    assert [each.reason for each in reading.left_out] == ["other items are no posts (1 attachment)"]


def test_lines_are_those_of_the_file() -> None:
    (one, two) = reading_of("a.xml", export(item(), item(number=2))).articles
    lines = export(item(), item(number=2)).split("\n")
    for each in (one, two):
        title = next(field for field in each.fields if field.key == "title")
        assert lines[title.line - 1].startswith("<item><title>")
        assert lines[each.body_line - 1].startswith("<content:encoded>")
    assert one.body_line < two.body_line


@pytest.mark.parametrize(
    ("local", "utc", "more", "expected"),
    [
        ("2024-07-05 12:00:00", "2024-07-05 10:00:00", "", "2024-07-05 12:00:00+02:00"),
        ("2024-07-05 12:00:00", "2024-07-05 06:15:00", "", "2024-07-05 12:00:00+05:45"),
        ("2024-07-05 12:00:00", "0000-00-00 00:00:00", "", "2024-07-05 12:00:00"),
        ("0000-00-00 00:00:00", "2024-07-05 10:00:00", "", "2024-07-05 10:00:00Z"),
        ("2024-07-05 12:00:00", "2020-01-01 10:00:00", "", "2020-01-01 10:00:00Z"),
        ("2024-07-05 12:00:07", "2024-07-05 10:00:00", "", "2024-07-05 10:00:00Z"),
        ("2024-02-30 12:00:00", "2024-07-05 10:00:00", "", "2024-07-05 10:00:00Z"),
        (
            "",
            "",
            "<pubDate>Fri, 05 Jul 2024 10:00:00 +0000</pubDate>",
            "Fri, 05 Jul 2024 10:00:00 +0000",
        ),
        ("", "", "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>", None),
    ],
)
def test_dates_keep_instant_and_local_day(
    local: str, utc: str, more: str, expected: object
) -> None:
    inside = f"<wp:post_date>{local}</wp:post_date><wp:post_date_gmt>{utc}</wp:post_date_gmt>{more}"
    assert article(inside).get("date") == expected


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future"])
def test_what_is_not_published_says_so(status: str) -> None:
    link = "<link>https://example.org/?p=1</link>"
    found = article(link, status=status)
    assert found["status"] == status
    assert ("permalink" in found) is (status == "private")


def test_only_posts_are_articles() -> None:
    text = export(
        item(),
        item(number=2, post_type="page"),
        item(number=3, post_type="page"),
        item(number=4, status="trash"),
        item(number=5, status="auto-draft"),
        item(number=6, post_type="nav_menu_item"),
    )
    reading = reading_of("a.xml", text)
    assert [each.part for each in reading.articles] == ["1"]
    assert reading.left_out[0].reason == (
        "other items are no posts (2 page, 1 trash, 1 auto-draft, 1 nav_menu_item)"
    )


def test_a_password_is_told() -> None:
    assert article(post_password="secret")["password"] == "secret"


@pytest.mark.parametrize(
    ("inside", "people"),
    [
        ("", [{"name": "Ana Prieto", "login": "ana", "email": "ana@example.org"}]),
        ("<dc:creator>tom</dc:creator>", [{"name": "Tom Reed", "login": "tom", "email": ""}]),
        ("<dc:creator>nobody</dc:creator>", ["nobody"]),
        (CO_AUTHORS, [{"name": "Tom Reed", "login": "tom", "email": ""}, "eva"]),
    ],
)
def test_logins_become_people(inside: str, people: object) -> None:
    assert article(inside)["authors"] == people


def test_old_exports_name_each_category_twice() -> None:
    inside = (
        "<category><![CDATA[News]]></category>"
        "<category domain='category' nicename='news'><![CDATA[News]]></category>"
        "<category domain='tag'><![CDATA[Sea]]></category>"
    )
    found = article(inside)
    assert (found["categories"], found["tags"]) == (["News"], ["Sea"])


def test_a_slug_is_decoded() -> None:
    assert article(post_name="%d0%bc%d0%b8%d1%80")["slug"] == "мир"


@pytest.mark.parametrize("shortcode", ['[gallery ids="9"]', "[gallery]", "[gallery columns=2 /]"])
def test_a_gallery_shows_its_pictures(shortcode: str) -> None:
    found = only(reading_of("a.xml", export(item(content=f"A {shortcode} b"), PICTURE)))
    assert found.body == (
        'A <figure><img src="https://example.org/crane.jpg" alt="A &quot;crane&quot;">'
        "<figcaption>A caption</figcaption></figure> b"
    )


def test_a_gallery_without_its_pictures_stays_for_the_reduction() -> None:
    found = only(reading_of("a.xml", export(item(content='[gallery ids="8"]'))))
    assert found.body == '[gallery ids="8"]'


def test_an_enclosure_of_a_podcast() -> None:
    inside = (
        "<wp:postmeta><wp:meta_key>enclosure</wp:meta_key><wp:meta_value>"
        "<![CDATA[https://example.org/a.mp3\n123\naudio/mpeg]]></wp:meta_value></wp:postmeta>"
    )
    assert article(inside)["enclosure"] == ["https://example.org/a.mp3\n123\naudio/mpeg"]


def test_entities_of_html_are_understood_outside_of_cdata() -> None:
    text = export(item()).replace(
        "<title>The crane</title>", "<title>A&nbsp;b &eacute; &amp; c</title>"
    )
    assert values(only(reading_of("a.xml", text)))["title"] == "A\xa0b é & c"


def test_an_item_in_cdata_is_text() -> None:
    found = only(reading_of("a.xml", export(item(content="<item><title>x</title></item>"))))
    assert found.body == "<item><title>x</title></item>"


def test_a_charset_is_understood() -> None:
    text = export(item(content="Größe")).replace("UTF-8", "ISO-8859-1")
    assert only(reading_of("a.xml", text.encode("latin-1"))).body == "Größe"


def test_control_characters_do_no_harm() -> None:
    assert only(reading_of("a.xml", export(item(content="a\x0bb\x08c")))).body == "a bc"


# ---------------------------------------------------------------- mistakes


def test_broken_xml_is_named_with_its_line_and_the_other_posts_are_read() -> None:
    broken = item(number=2).replace("<title>The crane</title>", "<title>Fish & chips</title>")
    reading = reading_of("a.xml", export(item(), broken, item(number=3), PICTURE))
    assert [each.part for each in reading.articles] == ["1", "3"]
    what = "is a WordPress export whose XML is broken: not well-formed (invalid token), in an item"
    assert problems(reading) == [f"export 17: {what}; export it again, or mend the line"]


def test_an_item_that_is_not_closed_is_named() -> None:
    text = export(item(), item(number=2).replace("</item>", ""), item(number=3))
    reading = reading_of("a.xml", text)
    assert [each.part for each in reading.articles] == ["1", "3"]
    assert [(each.name, each.line) for each in reading.problems] == [("export", 20)]
    assert 'in the item "crane"' in reading.problems[0].what


def test_an_export_that_was_cut_off_keeps_its_whole_posts() -> None:
    text = export(item(), item(number=2))
    reading = reading_of("a.xml", text[: text.rindex("<wp:status>")])
    assert [each.part for each in reading.articles] == ["1"]
    assert [each.name for each in reading.problems] == ["export"]


def test_entities_of_its_own_are_refused() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
    reading = reading_of("a.xml", export(item("&b;")).replace("<rss ", bomb + "<rss ", 1))
    assert [each.name for each in reading.problems] == ["export"]
    assert reading.articles == ()


def test_nothing_is_opened_for_an_export(tmp_path) -> None:
    (tmp_path / "secret").write_text("TOPSECRET")
    entity = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    for head in (entity, f'<!DOCTYPE rss SYSTEM "file://{tmp_path}/secret">'):
        text = export(item("<title>&a;</title>")).replace("<rss ", head + "<rss ", 1)
        assert "TOPSECRET" not in repr(reading_of("a.xml", text))


def test_other_xml_is_left_out() -> None:
    reading = reading_of("a.xml", '<?xml version="1.0"?><rss><channel><item/></channel></rss>')
    assert (reading.articles, reading.problems) == ((), ())
    assert reading.left_out[0].reason.startswith("is XML")


def test_posts_with_one_number_are_told_apart_by_their_slugs() -> None:
    inside = "<guid>https://example.org/?p=7</guid><link>https://example.org/?p=7</link>"
    text = export(item(inside, number=7), item(inside, number=7, post_name="quay"))
    first, second = reading_of("a.xml", text).articles
    assert (first.part, second.part) == ("7", "7-quay")
    assert values(first)["id"] == "https://example.org/?p=7"
    assert "id" not in values(second)
    assert "permalink" not in values(second)
