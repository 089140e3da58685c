"""Feeds keep id and folder for ever."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.config.schema import FeedSpec
from feedwright.ledger.feeds import resolve_feeds
from feedwright.ledger.lines import EMPTY, dump, parse

NOW = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)
URL = "https://example.org/feeds/"
MAIN = FeedSpec("main")
TAGS = FeedSpec("tag", per="tag", path="tag/{slug}")


class Feeds:
    """The feeds of a site, run by run."""

    def __init__(self, *specs):
        self.specs = specs
        self.data = b""
        self.now = NOW

    def run(self, *labels, specs=None):
        specs = specs or self.specs
        wanted = [(s, label) for s in specs for label in (labels if s.per else ("",))]
        ledger = parse(self.data) if self.data else EMPTY
        found = resolve_feeds(wanted, specs, ledger, self.now, URL)
        self.data += b"".join(map(dump, found.lines))
        self.now += timedelta(hours=1)
        return found


def paths(found):
    return {label: line.path for (_, label), line in found.places}


def test_a_new_feed_is_known_by_the_address_of_its_folder():
    found = Feeds(MAIN, TAGS).run("Sea")
    assert [(line.path, line.id) for _, line in found.places] == [
        ("", URL),
        ("tag/sea", URL + "tag/sea/"),
    ]
    assert found.lines == tuple(line for _, line in found.places)


def test_known_feeds_get_no_line():
    feeds = Feeds(MAIN, TAGS)
    feeds.run("Sea")
    assert feeds.run("Sea").lines == ()


def test_labels_of_any_script_have_readable_folders():
    found = paths(Feeds(TAGS).run("Über uns", "海", "C++", "🎉"))
    assert found["Über uns"] == "tag/über-uns"
    assert found["海"] == "tag/海"
    assert found["C++"] == "tag/c"
    assert found["🎉"].startswith("tag/tag-")
    assert len(found["🎉"]) == len("tag/tag-") + 4


def test_a_feed_id_is_an_ascii_uri():
    (place,) = Feeds(TAGS).run("海").places
    assert place[1].id == URL + "tag/%E6%B5%B7/"


def test_the_holder_of_a_slug_keeps_it_and_a_later_label_gets_digits():
    feeds = Feeds(TAGS)
    feeds.run("C++")
    found = paths(feeds.run("C", "C++", "c#"))
    assert found["C++"] == "tag/c"
    assert found["C"].startswith("tag/c-")
    assert len(set(found.values())) == 3
    assert paths(feeds.run("C")) == found


def test_a_later_label_keeps_its_digits_when_the_holder_is_forgotten():
    feeds = Feeds(TAGS)
    feeds.run("C++")
    before = paths(feeds.run("C", "C++"))
    feeds.data = b"".join(x + b"\n" for x in feeds.data.splitlines() if b'"C++"' not in x)
    assert paths(feeds.run("C"))["C"] == before["C"]


def test_spellings_of_one_label_are_one_feed_under_its_first_name():
    feeds = Feeds(TAGS)
    feeds.run("Long Read")
    found = feeds.run("long  read", "LONG READ")
    assert paths(found) == {"Long Read": "tag/long-read"}
    assert found.lines == ()


def test_a_feed_of_a_label_once_published_stays_while_its_spec_exists():
    feeds = Feeds(MAIN, TAGS)
    feeds.run("Sea")
    assert paths(feeds.run()) == {"": "", "Sea": "tag/sea"}
    assert paths(feeds.run(specs=[MAIN])) == {"": ""}
    back = feeds.run("Sea")
    assert back.lines == ()
    assert paths(back) == {"": "", "Sea": "tag/sea"}


def test_a_moved_feed_keeps_its_id():
    feeds = Feeds(MAIN, TAGS)
    before = [line.id for _, line in feeds.run("Sea").places]
    moved = [FeedSpec("main", path="all"), FeedSpec("tag", per="tag", path="topics/{slug}")]
    found = feeds.run("Sea", specs=moved)
    assert [line.id for _, line in found.places] == before
    assert [line.path for _, line in found.places] == ["all", "topics/sea"]
    assert parse(feeds.data).feed_paths == {"", "tag/sea", "all", "topics/sea"}


def test_a_new_feed_in_an_old_folder_has_an_id_of_its_own():
    feeds = Feeds(MAIN)
    feeds.run()
    both = [FeedSpec("main", path="all"), FeedSpec("new")]
    found = feeds.run(specs=both)
    assert [line.id for _, line in found.places] == [URL, URL + "#2"]


def test_a_configured_folder_comes_before_a_labels():
    found = Feeds(FeedSpec("sea", path="tag/sea"), TAGS).run("Sea")
    assert found.places[0][1].path == "tag/sea"
    assert found.places[1][1].path.startswith("tag/sea-")


def test_long_labels_have_folders_that_a_file_system_takes():
    found = Feeds(TAGS).run("海" * 300, "海" * 301)
    folders = [line.path.removeprefix("tag/") for _, line in found.places]
    assert len(set(folders)) == 2
    assert all(len(folder.encode()) < 200 for folder in folders)


def test_names_of_feeds_for_tombstones():
    feeds = Feeds(MAIN, TAGS)
    feeds.run("Sea")
    assert parse(feeds.data).feed_names(feeds.specs) == (("main", ""), ("tag/sea", "tag/sea"))
    assert parse(feeds.data).feed_names([TAGS]) == (("tag/sea", "tag/sea"),)


def test_two_branches_that_gave_one_slug_to_two_labels_agree_on_the_older():
    one, two = Feeds(TAGS), Feeds(TAGS)
    one.run("C")
    two.now += timedelta(hours=2)
    two.run("C#")
    both = Feeds(TAGS)
    both.data = two.data + one.data
    found = both.run("C", "C#")
    assert paths(found)["C"] == "tag/c"
    assert paths(found)["C#"].startswith("tag/c-")
    assert both.run("C", "C#").lines == ()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(["a", "A", "a!", "?", "a-a", "ä", "a a", ""]), max_size=5))
)
def test_folders_are_distinct_and_never_move(runs):
    feeds = Feeds(TAGS)
    known = {}
    for labels in runs:
        found = paths(feeds.run(*(label for label in labels if label)))
        assert known.items() <= found.items()
        assert len(set(found.values())) == len(found)
        known = found
