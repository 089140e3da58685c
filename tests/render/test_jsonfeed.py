"""JSON Feed 1.1, key by key."""

import json
from typing import Any

from feedwright.model import Entry, Feed, Person
from feedwright.render.formats import FORMATS
from tests.render.samples import (
    FEEDS,
    HOST,
    make_arabic_entry,
    make_entry,
    make_feed,
    make_full_entry,
    make_full_feed,
    whole_document,
)

JSON = FORMATS["json"]


def read(feed: Feed, *entries: Entry, full: bool = True) -> Any:
    return json.loads(whole_document(JSON, feed, [JSON.entry(entry, full) for entry in entries]))


def item(entry: Entry, full: bool = True) -> Any:
    return read(make_feed(), entry, full=full)["items"][0]


def test_the_feed_has_its_facts_in_a_fixed_order() -> None:
    assert list(read(make_full_feed())) == [
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "next_url",
        "icon",
        "favicon",
        "authors",
        "language",
        "hubs",
        "items",
    ]
    feed = read(make_full_feed())
    assert feed["feed_url"] == f"{HOST}/feeds/feed.json"
    assert feed["next_url"] == f"{HOST}/feeds/feed-archive-4.json"
    assert feed["hubs"][0] == {"type": "WebSub", "url": "https://hub.example.net/"}


def test_an_archive_document_names_the_next_older_one() -> None:
    feed = read(FEEDS["archive"])
    assert feed["feed_url"] == f"{HOST}/feeds/feed-archive-4.json"
    assert feed["next_url"] == f"{HOST}/feeds/feed-archive-3.json"


def test_an_item_has_its_facts_in_a_fixed_order() -> None:
    assert item(make_full_entry()) == {
        "id": f"{HOST}/2024/01/entry-7/",
        "url": f"{HOST}/2024/01/entry-7/",
        "title": 'Markup: <b>bold</b>, "quotes", AT&T and ]]>',
        "content_html": make_full_entry().content,
        "summary": "Five < six & more.",
        "image": f"{HOST}/lamp.jpg",
        "date_published": "2023-12-26T10:00:00Z",
        "date_modified": "2024-01-02T10:00:00Z",
        "authors": [
            {"name": "Ann Ivory", "url": f"{HOST}/ann", "avatar": f"{HOST}/ann.png"},
            {"name": "Bo (the) Boat"},
        ],
        "tags": ["Sea", "News", "boats", "a < b"],
        "language": "en-GB",
        "attachments": [
            {
                "url": f"{HOST}/horn.mp3",
                "mime_type": "audio/mpeg",
                "title": "The horn",
                "size_in_bytes": 4242,
                "duration_in_seconds": 61,
            },
            {"url": f"{HOST}/film.mp4", "mime_type": "video/mp4"},
            {"url": f"{HOST}/chart", "mime_type": "application/octet-stream", "size_in_bytes": 12},
        ],
    }
    assert list(item(make_full_entry()))[:4] == ["id", "url", "title", "content_html"]


def test_an_item_without_content_has_text() -> None:
    assert item(make_entry(), full=False)["content_text"] == "A short text."
    bare = item(make_entry(summary="", content=""))
    assert bare["content_text"] == "Entry 1"
    assert "summary" not in bare


def test_right_to_left_content_carries_its_direction() -> None:
    arabic = item(make_arabic_entry())
    assert arabic["language"] == "ar"
    assert arabic["content_html"].startswith('<div dir="rtl" lang="ar">')


def test_keys_stand_on_lines_of_their_own_and_text_stays_readable() -> None:
    data = whole_document(JSON, make_feed(), [JSON.entry(make_arabic_entry(), True)]).decode()
    assert data.endswith("\n")
    assert '      "title": "المقهى القديم",\n' in data
    assert sum(line.startswith('      "') for line in data.splitlines()) == 9


def test_an_author_without_a_name_leaves_no_empty_text() -> None:
    assert item(make_entry(authors=(Person("", "", f"{HOST}/x"),)))["authors"] == [
        {"url": f"{HOST}/x"}
    ]
