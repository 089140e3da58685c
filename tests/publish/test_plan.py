from hashlib import sha256

import pytest

from feedwright.errors import PathTakenError
from feedwright.model import Document, Streamed
from feedwright.publish.plan import Existing, compare


def document(path, data=b"new"):
    return Document(path, "text/plain", data)


def there(data):
    return Existing(sha256(data).hexdigest(), data)


def test_equal_bytes_are_kept_and_nothing_else_happens():
    plan = compare([document("rss.xml")], {"rss.xml": there(b"new")}, {"rss.xml"})
    assert plan.steps == ()
    assert plan.kept == 1


def test_a_missing_document_is_created_and_another_replaced():
    plan = compare(
        [document("a.xml"), document("b.xml")], {"b.xml": there(b"old")}, {"a.xml", "b.xml"}
    )
    assert [(step.verb, step.path) for step in plan.steps] == [
        ("create", "a.xml"),
        ("replace", "b.xml"),
    ]


def test_our_documents_without_a_feed_are_removed_last():
    plan = compare([document("z.xml")], {"a.xml": there(b"old")}, {"a.xml", "z.xml"})
    assert [(step.verb, step.path) for step in plan.steps] == [
        ("create", "z.xml"),
        ("remove", "a.xml"),
    ]


def test_the_page_for_people_changes_after_the_documents_that_it_names():
    plan = compare([document("index.html"), document("opml.xml"), document("z/rss.xml")], {}, ())
    assert [step.path for step in plan.steps] == ["z/rss.xml", "index.html", "opml.xml"]


def test_anothers_file_in_the_way_is_refused_with_the_cure():
    with pytest.raises(PathTakenError, match=r"feeds/rss\.xml.*--adopt") as error:
        compare([document("rss.xml")], {"rss.xml": there(b"theirs")}, ())
    assert error.value.exit_code == 3


def test_anothers_file_with_our_bytes_is_no_obstacle():
    assert compare([document("rss.xml")], {"rss.xml": there(b"new")}, ()).kept == 1


def test_adopting_replaces_anothers_file():
    plan = compare([document("rss.xml")], {"rss.xml": there(b"theirs")}, (), adopt=True)
    assert [step.verb for step in plan.steps] == ["replace"]


def test_documents_of_ours_that_a_lost_ledger_does_not_know_are_told_apart():
    old = b"<rss><channel><generator>Feedwright</generator></channel></rss>"
    with pytest.raises(PathTakenError, match=r"restore the ledger.*ledger import"):
        compare([document("rss.xml")], {"rss.xml": there(old)}, ())


def test_a_streamed_document_is_compared_by_its_digest():
    large = streamed("rss.xml", b"a", b"b")
    assert compare([large], {"rss.xml": there(b"ab")}, {"rss.xml"}).kept == 1
    (step,) = compare([large], {"rss.xml": there(b"other")}, {"rss.xml"}).steps
    assert (step.verb, step.old, step.new) == ("replace", there(b"other").sha256, large.sha256)
    assert step.pieces is not None
    assert b"".join(step.pieces()) == b"".join(step.pieces()) == b"ab"
    assert compare([large], {}, ()).steps[0].verb == "create"


def test_a_streamed_document_takes_nobodys_place():
    with pytest.raises(PathTakenError, match="is not Feedwright's"):
        compare([streamed("rss.xml", b"a")], {"rss.xml": there(b"theirs")}, ())


def test_a_streamed_document_of_ours_that_the_ledger_forgot_is_known_by_its_beginning():
    old = there(b"<rss><generator>Feedwright</generator>")
    with pytest.raises(PathTakenError, match="restore the ledger"):
        compare([streamed("rss.xml", b"a")], {"rss.xml": old}, ())


def streamed(path: str, *pieces: bytes) -> Streamed:
    digest = sha256(b"".join(pieces)).hexdigest()
    return Streamed(path, "application/rss+xml", digest, lambda: iter(pieces), "main", b"", ())
