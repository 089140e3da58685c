"""The index of what the last run knew: trusted as it was written, or not at all."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from feedwright.model import Problem, Severity
from feedwright.store.index.files import FileRow
from feedwright.store.index.members import MemberRow, RemovalRow
from feedwright.store.index.opening import Index

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index.sqlite"


def kept(path, **values):
    index = Index.new(path, "1")
    index.filled()
    for name, value in values.items():
        index.put(name, value)
    index.commit()


def value(path, name):
    index = Index.known(path, "1")
    if index is None:
        return None
    try:
        return index.get(name)
    finally:
        index.abandon()


def test_what_was_kept_is_known(path):
    kept(path, a=("x", NOON))
    assert value(path, "a") == ("x", NOON)
    assert value(path, "b") is None


def test_what_was_abandoned_is_not(path):
    kept(path, a=1)
    index = Index.known(path, "1")
    index.put("a", 2)
    index.abandon()
    assert value(path, "a") == 1
    index = Index.new(path, "1")
    index.put("a", 3)
    index.abandon()
    assert value(path, "a") == 1
    assert [each.name for each in path.parent.iterdir() if each.suffix == ".new"] == []


@pytest.mark.parametrize("damage", ["byte", "cut", "lost", "mark", "touched"])
def test_an_index_that_somebody_touched_is_not_trusted(path, damage):
    kept(path, a=1)
    data = path.read_bytes()
    if damage == "byte":
        path.write_bytes(data[:-1] + b"!")
    elif damage == "cut":
        path.write_bytes(data[:5000])
    elif damage == "lost":
        path.unlink()
    elif damage == "mark":
        (path.parent / "index.sqlite.mark").unlink()
    else:
        path.write_bytes(data)
    assert Index.known(path, "1") is None


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(sqlite3.Error):
        Index.new(tmp_path / "no" / "index.sqlite")


def test_a_commit_that_fails_leaves_the_index_that_was(path, monkeypatch):
    kept(path, a=1)
    index = Index.new(path, "1")
    index.put("a", 2)
    monkeypatch.setattr("feedwright.store.index.opening._replace", failing)
    index.commit()
    monkeypatch.undo()
    assert value(path, "a") == 1


def failing(*_):
    raise OSError(28, "No space left on device")


def test_members_come_newest_first_then_by_id_after_an_instant():
    index = Index.new(None)
    rows = [("a", NOON), ("c", NOON + DAY), ("b", NOON + DAY), ("old", NOON - 9 * DAY)]
    index.members.put(MemberRow("tag", "sea", published, each, "Sea") for each, published in rows)
    index.filled()
    with pytest.raises(KeyError):
        index.articles.live("a")
    assert index.members.labels("tag", None) == [("sea", "Sea", 4)]
    assert index.members.labels("tag", NOON) == [("sea", "Sea", 2)]
    assert index.members.labels("other", None) == []
    index.members.drop(["a", "b"])
    assert index.members.labels("tag", None) == [("sea", "Sea", 2)]
    index.members.put([MemberRow("tag", "sea", NOON, "a", "SEA")])
    assert index.members.labels("tag", None) == [("sea", "SEA", 1), ("sea", "Sea", 2)]
    index.members.drop(["a", "c", "old"])
    assert index.members.labels("tag", None) == []


def test_what_left_a_feed_is_told_newest_first():
    index = Index.new(None)
    index.members.remove(
        RemovalRow(feed, NOON + days * DAY, each)
        for each, days in (("a", 1), ("b", 3), ("c", 2))
        for feed in ("", "main")
    )
    stones = index.members.tombstones("main", NOON + DAY, 5)
    assert [(each.id, each.when) for each in stones] == [
        ("b", NOON + 3 * DAY),
        ("c", NOON + 2 * DAY),
    ]
    assert index.members.last_removal("main") == NOON + 3 * DAY
    assert index.members.first_removal(NOON + DAY) == NOON + 2 * DAY
    index.members.forget_removal(["b", "c"])
    assert index.members.last_removal("main") == NOON + DAY
    assert index.members.last_removal("other") is None


def test_who_names_somebody_is_found_until_it_is_dropped():
    index = Index.new(None)
    long = "x" * 300
    index.files.put(
        [
            FileRow("a.md", b"d", "", (), ("ann", long, long + "y")),
            FileRow("b.md", b"d", "", (), ("ann", "bob")),
        ]
    )
    assert index.files.naming(["ann", "cy"]) == {"a.md", "b.md"}
    assert index.files.naming([long + "z"]) == {"a.md"}
    index.files.drop(["a.md"])
    assert index.files.naming(["ann", long]) == {"b.md"}


def test_sections_are_each_told_once():
    index = Index.new(None)
    index.files.put(
        [
            FileRow(f"{folder}/{n}.md", b"d", folder, ())
            for folder in ("b", "a/x", "a")
            for n in range(3)
        ]
    )
    assert list(index.files.sections()) == ["a", "a/x", "b"]
    index.files.drop(["b/0.md", "b/1.md", "b/2.md"])
    assert list(index.files.sections()) == ["a", "a/x"]
    assert index.files.in_section("a") == ["a/0.md", "a/1.md", "a/2.md"]
    assert index.files.below("a/x/") == ["a/x/0.md", "a/x/1.md", "a/x/2.md"]
    assert index.files.number() == 6


def test_problems_of_files_are_kept_until_they_are_read_again():
    index = Index.new(None)
    problem = Problem(Severity.WARNING, "x", "a.md", 1, "date", "what \udce9", "cure")
    index.files.put([FileRow("a.md", b"1", "", (problem,)), FileRow("b.md", b"2", "", ())])
    assert index.files.problems() == [problem]
    index.files.put([FileRow("a.md", b"3", "", ())])
    assert index.files.problems() == []
    assert index.files.digest("a.md") == b"3"
    assert index.files.digest("c.md") is None
