"""Lines are a set, whatever a merge, a checkout or a crash made of the file."""

import json
import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.errors import LedgerError
from feedwright.ledger.compact import compact
from feedwright.ledger.lines import EMPTY, dump, parse
from feedwright.model import FeedLine, LedgerLine, State

T0 = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)
LINE = LedgerLine(
    id="https://example.org/a/",
    at=T0,
    first=T0,
    published=T0,
    inferred=True,
    path="content/a.md",
    part="",
    hash="1:abc",
    updated=T0,
    state=State.LIVE,
    title="A",
    url="https://example.org/a/",
)
FEED = FeedLine(
    "category", "Sea", "category/sea", "https://example.org/feeds/category/sea/", T0, T0
)

instants = st.integers(0, 9).map(lambda n: T0 + timedelta(hours=n))
texts = st.text(max_size=4)
article_lines = st.builds(
    LedgerLine,
    id=st.sampled_from(["urn:isbn:1", "urn:isbn:2", "urn:isbn:3"]),
    at=instants,
    first=instants,
    published=instants,
    inferred=st.booleans(),
    path=texts,
    part=texts,
    hash=texts,
    updated=instants,
    state=st.sampled_from([State.LIVE, State.GONE]),
    was=st.lists(texts, max_size=2).map(tuple),
    minted=st.booleans(),
    slug=texts,
    title=texts,
    url=texts,
    when=st.none() | instants,
    feeds=st.lists(texts, max_size=2).map(tuple),
    guid=texts,
)
feed_lines = st.builds(
    FeedLine,
    feed=st.sampled_from(["main", "tag"]),
    label=st.sampled_from(["", "x"]),
    path=texts,
    id=st.sampled_from(["urn:isbn:8", "urn:isbn:9"]),
    first=instants,
    at=instants,
)
some_lines = st.lists(article_lines | feed_lines, max_size=12)


def joined(lines):
    return b"".join(map(dump, lines))


def said(data):
    ledger = parse(data)
    return ledger.articles, ledger.feeds, ledger.feed_paths


def test_an_empty_file_is_an_empty_ledger():
    assert parse(b"") == EMPTY


def test_a_line_has_its_fields_in_a_fixed_order_and_no_empty_ones():
    assert dump(LINE) == (
        b'{"id":"https://example.org/a/","at":"2024-05-17T12:00:00.000000Z",'
        b'"first":"2024-05-17T12:00:00Z","published":"2024-05-17T12:00:00Z","inferred":true,'
        b'"path":"content/a.md","hash":"1:abc","updated":"2024-05-17T12:00:00Z","state":"live",'
        b'"title":"A","url":"https://example.org/a/"}\n'
    )
    assert dump(FEED) == (
        b'{"feed":"category","label":"Sea","path":"category/sea",'
        b'"id":"https://example.org/feeds/category/sea/","first":"2024-05-17T12:00:00Z",'
        b'"at":"2024-05-17T12:00:00.000000Z"}\n'
    )


@settings(deadline=None, max_examples=60)
@given(article_lines | feed_lines)
def test_every_line_is_read_back_as_it_was(line):
    ledger = parse(dump(line))
    assert [*ledger.articles.values(), *ledger.feeds.values()] == [line]
    assert ledger.whole == len(dump(line))


@settings(deadline=None, max_examples=60)
@given(article_lines | feed_lines)
def test_a_line_is_the_json_that_a_library_writes(line):
    written = dump(line).removesuffix(b"\n")
    libraries = [
        json.dumps(json.loads(written), ensure_ascii=ascii_only, separators=(",", ":"))
        for ascii_only in (False, True)
    ]
    assert written in [text.encode("utf-8", "surrogatepass") for text in libraries]


def test_a_file_name_that_is_no_utf8_survives():
    line = LINE._replace(path="content/\udcff.md", title="Ä")
    data = dump(line)
    assert data.isascii()
    assert parse(data).articles[LINE.id] == line


@settings(deadline=None, max_examples=120)
@given(some_lines, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_say_the_same(lines, chance: random.Random):
    again = [*lines, *(chance.choice(lines) for _ in lines)]
    chance.shuffle(again)
    assert said(joined(again)) == said(joined(lines))


@settings(deadline=None, max_examples=120)
@given(some_lines, some_lines)
def test_compacting_before_or_after_a_merge_says_the_same(mine, yours):
    small = compact(joined(mine))
    assert said(small + joined(yours)) == said(joined(mine) + joined(yours))
    articles = [line.id for line in mine if isinstance(line, LedgerLine)]
    assert small.count(b"\n") <= 2 * len(set(articles)) + len(mine) - len(articles)
    assert compact(small) == small


def test_first_and_inferred_date_are_of_the_earliest_line_the_rest_of_the_latest():
    late = LINE._replace(
        at=T0 + timedelta(1),
        first=T0 + timedelta(2),
        published=T0 + timedelta(3),
        path="content/b.md",
    )
    (line,) = parse(joined([late, LINE])).articles.values()
    assert line == late._replace(first=T0, published=T0)
    declared = late._replace(inferred=False)
    (line,) = parse(joined([declared, LINE])).articles.values()
    assert line == declared._replace(first=T0)


def test_a_feed_keeps_its_first_id_and_has_its_latest_folder():
    moved = FEED._replace(at=T0 + timedelta(1), path="topics/sea", id="urn:isbn:2")
    ledger = parse(joined([moved, FEED]))
    assert ledger.feeds == {("category", "Sea"): FEED._replace(at=moved.at, path="topics/sea")}
    assert ledger.feed_paths == {"category/sea", "topics/sea"}


def test_a_torn_last_line_is_ignored_wherever_it_was_cut():
    whole, last = dump(LINE), dump(LINE._replace(id="urn:isbn:2"))
    for cut in range(len(last) - 1):
        ledger = parse(whole + last[:cut])
        assert list(ledger.articles) == [LINE.id]
        assert ledger.whole == len(whole)


def test_a_last_line_that_lost_only_its_end_is_no_torn_line():
    data = (dump(LINE) + dump(LINE._replace(id="urn:isbn:2"))).removesuffix(b"\n")
    ledger = parse(data)
    assert len(ledger.articles) == 2
    assert ledger.whole == len(data)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\n" + data + b"\n\n",
        lambda data: data + data,
    ],
    ids=["crlf", "byte-order mark", "blank lines", "twice"],
)
def test_what_editors_and_checkouts_do_is_tolerated(spoil):
    data = dump(LINE) + dump(FEED)
    assert said(spoil(data)) == said(data)


def test_markers_of_a_merge_conflict_are_named_with_line_and_cure():
    data = b"<<<<<<< HEAD\n" + dump(LINE) + b"=======\n" + dump(FEED) + b">>>>>>> other\n"
    with pytest.raises(LedgerError, match=r"ledger\.jsonl:1: a merge conflict .* delete only"):
        parse(data)
    with pytest.raises(LedgerError, match=r"ledger\.jsonl:2: a merge conflict"):
        parse(dump(LINE) + b"=======\n")


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"id": None},
        {"at": "yesterday"},
        {"at": "2024-05-17T12:00:00"},
        {"first": 3},
        {"published": "0001-01-01T00:00:00+14:00"},
        {"path": ["x"]},
        {"inferred": "yes"},
        {"state": "draft"},
        {"state": 1},
        {"was": "content/b.md"},
        {"feeds": [1]},
        {"when": 5},
        {"feed": ""},
    ],
)
def test_a_line_that_cannot_be_understood_is_named(change):
    fields = json.loads(dump(LINE)) | change
    data = dump(FEED) + json.dumps(fields).encode() + b"\n"
    with pytest.raises(LedgerError, match=r"mine\.jsonl:2: .*; restore the ledger"):
        parse(data, "mine.jsonl")


@pytest.mark.parametrize("junk", [b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"1" * 9999])
def test_junk_in_the_middle_is_named(junk):
    with pytest.raises(LedgerError, match=r"ledger\.jsonl:1: "):
        parse(junk + b"\n" + dump(LINE))


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=60))
def test_any_bytes_give_a_ledger_or_our_own_error(data):
    with suppress(LedgerError):
        parse(data)


def test_fields_of_later_versions_are_left_alone():
    fields = json.loads(dump(LINE)) | {"later": {"x": 1}}
    assert parse(json.dumps(fields).encode() + b"\n").articles == {LINE.id: LINE}
