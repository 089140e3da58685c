import json
from urllib.parse import parse_qs

from feedwright.notify.messages import next_sequence
from tests.notify.facts import NOW, change, feed, publication, told, webhook


def names(messages):
    return [(each.endpoint, each.type) for each in messages]


def feeds_of(message):
    return [each["name"] for each in json.loads(message.body)["data"]["feeds"]]


def test_an_endpoint_hears_only_of_the_feeds_that_it_names():
    publish = publication(
        feed("main", added=["a"]), feed("category/sea", added=["a"]), feed("tag/x", added=["a"])
    )
    hooks = [
        webhook("all"),
        webhook("one", feeds=("main",)),
        webhook("some", feeds=("category/*", "tag/?")),
        webhook("none", feeds=("category/land",)),
    ]
    messages = told(publish, *hooks)
    assert names(messages) == [(name, "feed.updated") for name in ("all", "one", "some")]
    assert [feeds_of(each) for each in messages] == [
        ["main", "category/sea", "tag/x"],
        ["main"],
        ["category/sea", "tag/x"],
    ]


def test_an_endpoint_hears_only_of_the_events_that_it_asks_for():
    publish = publication(
        feed(added=["a"], gone=["b"]),
        entries=[change("entry.published", "a"), change("entry.removed", "b")],
    )
    hook = webhook(events=("entry.removed",))
    assert names(told(publish, hook)) == [("news", "entry.removed")]
    both = webhook(events=("feed.updated", "entry.published"))
    assert names(told(publish, both)) == [("news", "feed.updated"), ("news", "entry.published")]


def test_entry_events_go_by_the_feeds_to_which_the_entry_belongs():
    events = ("entry.published", "entry.removed")
    publish = publication(
        entries=[
            change("entry.published", "in-sea", ("main", "category/sea")),
            change("entry.published", "in-none", ()),
            change("entry.removed", "not-on-record", None),
        ]
    )
    assert len(told(publish, webhook(events=events))) == 3
    sea = told(publish, webhook(events=events, feeds=("category/*",)))
    ids = [json.loads(each.body)["data"]["entry"]["id"].rpartition("/")[2] for each in sea]
    assert ids == ["in-sea", "not-on-record"]


def test_ids_are_stable_and_differ_by_site_sequence_endpoint_type_and_entry():
    hooks = [
        webhook(name, events=("feed.updated", "entry.published", "entry.updated"))
        for name in ("a", "b")
    ]
    changes = [change(kind, name) for kind in ("entry.published", "entry.updated") for name in "xy"]

    def ids(sequence):
        made = publication(feed(added=["a"]), entries=changes, sequence=sequence)
        return [each.id for each in told(made, *hooks, hubs=["https://hub.example/"])]

    assert ids(1) == ids(1)
    assert len(set(ids(1) + ids(2))) == 2 * len(ids(1)) == 22
    assert all("." not in each and each.startswith("msg_") for each in ids(1))


def test_groups_keep_apart_what_must_not_collapse():
    publish = publication(
        feed(added=["a"]), entries=[change("entry.updated", "a"), change("entry.updated", "b")]
    )
    hook = webhook(events=("feed.updated", "entry.updated"))
    groups = [each.group for each in told(publish, hook)]
    held = [each.group for each in told(publish._replace(hold=True), hook)]
    others = [each.group for each in told(publish, webhook("x", events=hook.events))]
    fewer = [each.group for each in told(publish, webhook(events=hook.events, feeds=("main",)))]
    assert len({*groups, *held, *others, fewer[0]}) == 10


def test_a_hub_is_pinged_for_each_document_of_a_changed_feed():
    messages = told(publication(feed("main", added=["a"])), hubs=["https://hub.example/"])
    (message,) = messages
    topic = "https://example.org/feeds/main/rss.xml"
    assert parse_qs(message.body.decode(), strict_parsing=True) == {
        "hub.mode": ["publish"],
        "hub.url": [topic],
        "hub.topic": [topic],
    }
    assert message.content_type == "application/x-www-form-urlencoded"
    assert message.endpoint == "https://hub.example/"


def test_the_sequence_is_the_time_in_milliseconds_and_always_rises():
    at = int(NOW.timestamp() * 1000)
    assert next_sequence(NOW, 0) == at
    assert next_sequence(NOW, at) == at + 1
    assert next_sequence(NOW, at + 5_000) == at + 5_001
