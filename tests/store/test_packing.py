"""Values come back from plain tuples as they were."""

from datetime import UTC, date, datetime, timedelta

from feedwright.model import Article, EnclosureRef, LedgerLine, Origin, Person, State
from feedwright.packing import (
    pack_article,
    pack_candidate,
    pack_line,
    unpack_article,
    unpack_candidate,
    unpack_line,
)
from feedwright.store.index.schema import dump, load
from tests.ledger.builders import candidate

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
FULL = candidate(
    "a.md",
    authors=(Person("Ada", url="https://example.org/"), Person("Bob")),
    enclosures=(EnclosureRef("a.mp3", "audio/mpeg", 9),),
    origins=(Origin("title", "front matter", "Title", 2),),
    published=NOON,
    updated=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    expires=datetime(1, 1, 1, tzinfo=UTC),
    written_day=date(2024, 5, 1),
    extra={"series": ["x", {"y": NOON}]},
)


def is_same(one, other):
    return one == other and repr(one) == repr(other)


def test_candidates_and_articles_come_back():
    for each in (FULL, candidate("b.md")):
        assert is_same(unpack_candidate(load(dump(pack_candidate(each)))), each)
        for state in State:
            article = Article(each, "id", "link", NOON, NOON, NOON, state, "guid")
            assert is_same(unpack_article(load(dump(pack_article(article)))), article)


def test_lines_come_back():
    at = NOON + timedelta(microseconds=1)
    line = LedgerLine("id", at, NOON, NOON, True, "a.md", "", "1:0", NOON, State.GONE, ("b.md",))
    assert is_same(unpack_line(load(dump(pack_line(line)))), line)
