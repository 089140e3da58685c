import json

from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.notify.bodies import renderer
from feedwright.notify.merging import merged
from feedwright.notify.messages import absorbed, posts
from feedwright.notify.payload import feed_data
from tests.notify.facts import SITE, document, feed, payload, publication, webhook


def data(*feeds, sequence=1):
    return feed_data(sequence, list(feeds))


def lists(facts, name="main"):
    (found,) = [each for each in facts["feeds"] if each["name"] == name]
    return {
        key: [each["id"].rpartition("/")[2] for each in items]
        for key, items in found["entries"].items()
    }


def counts(facts):
    return tuple(facts["feeds"][0]["counts"].values())


def merge(old, new):
    return merged("feed.updated", data(old), data(new, sequence=2))


def test_lists_of_both_are_told_the_newest_first():
    found = merge(feed(added=["a"], gone=["x"]), feed(added=["b"], updated=["c"]))
    assert lists(found) == {"added": ["b", "a"], "updated": ["c"], "removed": ["x"]}
    assert counts(found) == (2, 1, 1)
    assert found["sequence"] == 2


def test_what_was_added_and_then_updated_is_added_with_its_newest_title():
    new = feed(updated=["a"])
    new["entries"]["updated"][0]["title"] = "Newer"
    found = merge(feed(added=["a"]), new)
    assert lists(found) == {"added": ["a"], "updated": [], "removed": []}
    assert counts(found) == (1, 0, 0)
    assert found["feeds"][0]["entries"]["added"][0]["title"] == "Newer"


def test_an_entry_is_told_once_by_what_became_of_it():
    assert lists(merge(feed(added=["a"]), feed(gone=["a"])))["removed"] == ["a"]
    assert lists(merge(feed(gone=["a"]), feed(added=["a"])))["added"] == ["a"]
    assert counts(merge(feed(updated=["a"]), feed(updated=["a"]))) == (0, 1, 0)


def test_documents_are_the_newest():
    found = merge(feed(added=["a"], digest="1"), feed(added=["b"], digest="2"))
    assert found["feeds"][0]["documents"] == [document("main", "2")]


def test_feeds_that_only_one_of_them_names_stay():
    found = merged(
        "feed.updated",
        data(feed("a", added=["x"]), feed("b", added=["x"])),
        data(feed("b", added=["y"]), feed("c", added=["y"]), sequence=2),
    )
    assert [each["name"] for each in found["feeds"]] == ["a", "b", "c"]


def test_counts_without_lists_stay_counts_and_say_that_lists_are_not_whole():
    found = merge(feed(added=["a", "b"], lists=False), feed(added=["c"]))
    assert counts(found) == (3, 0, 0)
    assert found["feeds"][0]["truncated"] is True
    assert lists(found)["added"] == ["c"]
    none = merge(feed(added=["a"], lists=False), feed(added=["b"], lists=False))
    assert counts(none) == (2, 0, 0)
    assert "entries" not in none["feeds"][0]


def test_of_an_entry_the_newest_message_says_it_all():
    assert merged("entry.updated", {"entry": 1}, {"entry": 2}) == {"entry": 2}


def test_the_newest_message_keeps_its_id_and_takes_in_the_older_ones():
    hook = webhook()
    render = {hook.name: renderer("standard")}
    first, second, third = (
        next(posts(publication(feed(added=[name]), sequence=number), [hook], [], render))
        for number, name in ((1, "a"), (2, "b"), (3, "c"))
    )
    found = absorbed(third, [first.message, second.message], hook, render[hook.name], SITE)
    assert found.message.id == third.message.id
    value = payload(found.message)
    assert value["data"]["sequence"] == 3
    assert lists(value["data"])["added"] == ["c", "b", "a"]
    assert json.loads(found.message.data) == value["data"]


NAMES = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


@st.composite
def feeds(draw):
    order = draw(st.permutations("abcdef"))
    cuts = sorted(draw(st.lists(st.integers(0, 6), min_size=3, max_size=3)))
    return feed(
        added=order[: cuts[0]], updated=order[cuts[0] : cuts[1]], gone=order[cuts[1] : cuts[2]]
    )


@settings(deadline=None, max_examples=200)
@given(feeds(), feeds())
def test_nothing_is_lost_or_told_twice_and_counts_fit(old, new):
    found = merge(old, new)
    told = [each for items in lists(found).values() for each in items]
    names = {
        each["id"].rpartition("/")[2]
        for made in (old, new)
        for items in made["entries"].values()
        for each in items
    }
    assert sorted(told) == sorted(names)
    assert counts(found) == tuple(map(len, lists(found).values()))
    assert "truncated" not in found["feeds"][0]
