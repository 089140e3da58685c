import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.notify.payload import MAX_BYTES, dumps, entry_data, feed_data
from tests.notify.facts import SCHEMA, change, feed, full_entry, payload, publication, told, webhook

WORDS = st.text(max_size=2_000)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_payload_is_what_the_design_says():
    (message,) = told(publication(feed(added=["a"], gone=["b"]), sequence=7), webhook())
    value = payload(message)
    assert list(value) == ["type", "timestamp", "version", "data"]
    assert value["type"] == "feed.updated"
    assert value["timestamp"] == "2026-05-01T12:00:00Z"
    assert value["version"] == 1
    assert value["data"]["sequence"] == 7
    (main,) = value["data"]["feeds"]
    assert main["name"] == "main"
    assert main["counts"] == {"added": 1, "updated": 0, "removed": 1}
    assert [each["title"] for each in main["entries"]["added"]] == ["Title of a"]
    assert main["entries"]["removed"][0]["when"] == "2026-05-01T11:00:00Z"
    assert main["documents"][0]["media_type"] == "application/rss+xml"
    assert "truncated" not in main
    assert message.content_type == "application/json"
    assert b": " not in message.body, "compact"


@pytest.mark.parametrize("kind", ["entry.published", "entry.updated", "entry.removed"])
def test_each_entry_event_fits_the_schema(kind):
    (message,) = told(publication(entries=[change(kind, "a")]), webhook(events=(kind,)))
    assert payload(message)["data"]["entry"]["id"] == "https://example.org/a"


def test_long_lists_are_cut_and_the_counts_stay():
    names = [f"an-article-with-quite-a-long-name-{number}" for number in range(50)]
    feeds = [feed(f"feed-{number}", added=names, updated=names) for number in range(4)]
    (message,) = told(publication(*feeds), webhook())
    assert len(message.body) < MAX_BYTES
    for each in payload(message)["data"]["feeds"]:
        assert each["truncated"] is True
        assert each["counts"] == {"added": 50, "updated": 50, "removed": 0}
        assert 0 < len(each["entries"]["added"]) < 50


def test_so_many_feeds_that_not_all_can_be_named_are_counted():
    (message,) = told(publication(*(feed(f"tag/{number}") for number in range(500))), webhook())
    data = payload(message)["data"]
    assert len(message.body) < MAX_BYTES
    assert data["truncated"] is True
    assert data["feed_count"] == 500
    assert len(data["feeds"]) > 40
    assert data["feeds"][0]["name"] == "tag/0"


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(WORDS, max_size=40), min_size=1, max_size=12))
def test_whatever_titles_say_a_payload_is_small(titles):
    feeds = []
    for number, words in enumerate(titles):
        made = feed(f"f{number}", added=[str(each) for each in range(len(words))])
        for listed, title in zip(made["entries"]["added"], words, strict=True):
            listed["title"] = title
        feeds.append(made)
    data = feed_data(1, feeds)
    assert len(dumps(data).encode("utf-8", "replace")) < MAX_BYTES


@settings(deadline=None, max_examples=50)
@given(WORDS, st.lists(st.text(max_size=100), max_size=50))
def test_whatever_an_entry_says_its_payload_is_small(words, labels):
    facts = full_entry("a", summary=words * 20, title=words, tags=labels, categories=labels)
    data = entry_data(1, facts)
    assert len(dumps(data).encode("utf-8", "replace")) < MAX_BYTES
    assert data["entry"]["id"] == facts["id"]
    assert data["entry"]["url"] == facts["url"]
