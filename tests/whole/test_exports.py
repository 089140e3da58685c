"""Files with many articles, driven as their user would: exports of WordPress and Ghost, records."""

import json
from collections import Counter

import pytest

from feedwright.survey import gather
from tests.whole.conftest import WholeSite

HEAD = (
    '<?xml version="1.0"?>\n<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>\n'
    "<wp:author><wp:author_login>ana</wp:author_login>"
    "<wp:author_display_name>Ana Prieto</wp:author_display_name></wp:author>\n"
)
TAIL = "</channel></rss>\n"


def post(number: int, text: str = "One.\n\nTwo.", date: str = "2024-05-01 10:00:00") -> str:
    return (
        f"<item><title>Post {number}</title><link>https://example.org/p{number}/</link>"
        f"<dc:creator>ana</dc:creator><guid>https://example.org/?p={number}</guid>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date_gmt>{date}</wp:post_date_gmt><wp:post_name>p{number}</wp:post_name>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
    )


def export(*numbers: int) -> str:
    return HEAD + "".join(post(number) for number in numbers) + TAIL


def test_an_export_becomes_a_feed_with_its_own_guids(site: WholeSite) -> None:
    site.write("content/blog.xml", export(1, 2))
    site.build()
    assert site.ids() == {
        "Post 1": "https://example.org/?p=1",
        "Post 2": "https://example.org/?p=2",
    }
    entry = site.entries("atom.xml")[0]
    assert entry.content[0].value.split() == ["<p>One.</p>", "<p>Two.</p>"]
    assert (entry.link, entry.author) == ("https://example.org/p1/", "Ana Prieto")


def test_a_new_export_under_another_name_changes_nothing(site: WholeSite) -> None:
    path = site.write("content/blog.2024-05-02.xml", export(1, 2))
    site.build()
    before = site.bytes()
    path.unlink()
    site.write("content/blog.2024-06-01.xml", export(2, 1))
    site.build()
    assert site.bytes() == before


def test_posts_that_cannot_be_read_any_more_are_held_and_come_back(site: WholeSite) -> None:
    text = export(1, 2, 3)
    site.write("content/blog.xml", text)
    site.build()
    before = site.bytes()
    site.write("content/blog.xml", text[: text.index("<title>Post 3")])
    done = site.build(code=1, now="2025-06-02T12:00:00Z")
    assert "content/blog.xml:10: is a WordPress export whose XML is broken" in done.err
    assert sorted(site.ids()) == ["Post 1", "Post 2"]
    assert b"deleted-entry" not in site.bytes()["atom.xml"]
    site.write("content/blog.xml", text)
    site.build(now="2025-06-03T12:00:00Z")
    after = site.bytes()
    assert after["rss.xml"] == before["rss.xml"]


def test_a_post_that_left_the_export_is_removed(site: WholeSite) -> None:
    site.write("content/blog.xml", export(1, 2))
    site.build()
    site.write("content/blog.xml", export(2))
    site.build(now="2025-06-02T12:00:00Z")
    assert list(site.ids()) == ["Post 2"]
    assert b'<at:deleted-entry ref="https://example.org/?p=1"' in site.bytes()["atom.xml"]


def test_a_scheduled_post_waits_for_its_date(site: WholeSite) -> None:
    text = HEAD + post(1, date="2025-06-10 10:00:00").replace("publish", "future") + TAIL
    site.write("content/blog.xml", text)
    site.build(now="2025-06-09T12:00:00Z")
    assert site.entries() == []
    site.build(now="2025-06-10T12:00:00Z")
    assert list(site.ids()) == ["Post 1"]


def test_problems_name_the_article_of_the_file(site: WholeSite) -> None:
    lines = [
        {"id": "a", "title": "A", "date": "2024-05-01", "content": "x"},
        {"id": "b", "title": "B", "date": "2024-13-01", "content": "x"},
    ]
    site.write("content/news.jsonl", "\n".join(map(json.dumps, lines)))
    done = site.build(code=1)
    assert 'content/news.jsonl:2: b: date: "2024-13-01"' in done.err
    assert list(site.ids()) == ["A"]


def test_two_records_of_one_name_are_a_clash(site: WholeSite) -> None:
    record = {"id": "a", "title": "A", "date": "2024-05-01", "slug": "a", "content": "x"}
    site.write("content/news.json", json.dumps([record, {**record, "slug": "b", "content": "y"}]))
    done = site.build(code=1)
    assert 'two articles of this file are called "a"' in done.err
    assert len(site.entries()) == 1


def test_an_export_is_not_read_anew_for_each_entry(
    site: WholeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "_KEEP_BODIES", 0)
    read, count = gather.read, Counter()

    def counted(file, context):
        count[file.path] += 1
        return read(file, context)

    monkeypatch.setattr(gather, "read", counted)
    site.write("content/one.xml", export(*range(1, 40, 2)))
    site.write("content/two.xml", export(*range(2, 41, 2)))
    site.article("single")
    site.build()
    assert len(site.entries()) == 41
    assert count == {"content/one.xml": 1, "content/two.xml": 1, "content/single.md": 1}


def test_ghosts_addresses_are_those_of_the_site(site: WholeSite) -> None:
    site.configure(r"url: https://example.org/", "url: https://example.org/blog/")
    site.configure(r"permalink: .*", "permalink: /{slug}/")
    html = '<p><img src="__GHOST_URL__/content/a.png"> <a href="__GHOST_URL__/b/">b</a></p>'
    written = {"id": "x1", "title": "A", "slug": "a", "html": html, "status": "published"}
    written |= {"published_at": "2024-05-01T10:00:00.000Z", "feature_image": "__GHOST_URL__/f.png"}
    site.write("content/ghost.json", json.dumps({"data": {"posts": [written]}}))
    site.build()
    (entry,) = site.entries("atom.xml")
    assert entry.link == "https://example.org/blog/a/"
    assert 'src="https://example.org/blog/content/a.png"' in entry.content[0].value
    assert 'href="https://example.org/blog/b/"' in entry.content[0].value
    assert 'src="https://example.org/blog/f.png"' in entry.content[0].value


def test_a_post_of_ghost_without_html_is_published_from_its_editors_format(
    site: WholeSite,
) -> None:
    site.configure(r"permalink: .*", "permalink: /{slug}/")
    text = {"type": "extended-text", "text": "It lifts ", "format": 0}
    link = {
        "type": "link",
        "url": "__GHOST_URL__/b/",
        "children": [text | {"text": "again", "format": 1}],
    }
    children = [
        {"type": "paragraph", "children": [text, link]},
        {"type": "image", "src": "__GHOST_URL__/content/a.png", "alt": "A crane"},
        {"type": "toggle", "heading": "Why?", "content": "<p>So.</p>"},
        {"type": "video", "src": "__GHOST_URL__/content/v.mp4", "width": 4, "height": 3},
        {"type": "embed", "html": '<iframe src="https://www.youtube.com/embed/x"></iframe>'},
        {"type": "html", "html": "<script>alert(1)</script><p>Own.</p>"},
        {"type": "poll", "title": "Which crane?"},
    ]
    lexical = json.dumps({"root": {"type": "root", "children": children}})
    written = {"id": "x1", "title": "A", "slug": "a", "html": None, "status": "published"}
    written |= {"published_at": "2024-05-01T10:00:00.000Z", "lexical": lexical}
    site.write("content/ghost.json", json.dumps({"data": {"posts": [written]}}))
    told = site.build().err
    assert 'the post "a" has cards that are not known (poll); their text is shown' in told
    (item,) = json.loads((site.feeds / "feed.json").read_text())["items"]
    html = item["content_html"]
    assert '<p>It lifts <a href="https://example.org/b/"><strong>again</strong></a></p>' in html
    assert 'src="https://example.org/content/a.png"' in html
    assert "<details><summary>Why?</summary><p>So.</p></details>" in html
    assert 'src="https://example.org/content/v.mp4"' in html
    assert '<iframe src="https://www.youtube.com/embed/x"' in html
    assert "<p>Own.</p><p>Which crane?</p>" in html
    assert "script" not in html
    assert item["summary"] == "It lifts again"


def test_restructuredtext_is_rendered_with_links_between_articles(site: WholeSite) -> None:
    head = "{}\n=====\n\n:date: 2024-05-0{}\n\n"
    text = head.format("Title", 1) + "See `it <{filename}two.rst>`_.\n\n.. TEASER_END\n\nMore.\n"
    site.write("content/one.rst", text)
    site.write("content/two.rst", head.format("Other", 2) + "Text.\n")
    site.build()
    entry = next(each for each in site.entries("atom.xml") if each.title == "Title")
    assert 'href="https://example.org/2024/05/two/"' in entry.content[0].value
    assert "Title" not in entry.content[0].value
    assert entry.summary == "See it."


def test_what_of_restructuredtext_cannot_be_shown_is_named(site: WholeSite) -> None:
    text = (
        "Title\n=====\n\n:date: 2024-05-01\n\nText.\n\n.. include:: other.txt\n\n.. chart:: Bar\n"
    )
    site.write("content/one.rst", text)
    done = site.build()
    assert "content/one.rst:8: left out what only the site's generator could fill in" in done.err
    assert ".. include:: (line 8) and .. chart:: (line 10)" in done.err
