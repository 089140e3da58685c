"""Documents that are joined from pieces, against feedgen, schemas and other people's parsers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree

from feedwright.model import Entry, Feed
from feedwright.render import atom, feedgen_door, rss
from feedwright.render.formats import FORMATS, holds
from tests.render.samples import (
    ENTRIES,
    FEEDS,
    HOST,
    MORNING,
    make_entry,
    make_feed,
    make_full_entry,
    make_full_feed,
    whole_document,
)

SCHEMAS = Path(__file__).parent / "schemas"
ATOM_SCHEMA = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON_SCHEMA = json.loads((SCHEMAS / "jsonfeed.json").read_text())

every_feed = pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
every_list = pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES)
full_or_short = pytest.mark.parametrize("full", [True, False], ids=["full", "summaries"])


def document(name: str, feed: Feed, entries: Sequence[Entry], full: bool = True) -> bytes:
    form = FORMATS[name]
    return whole_document(form, feed, [form.entry(entry, full) for entry in entries])


def canonical(data: bytes) -> bytes:
    parser = etree.XMLParser(remove_blank_text=True, remove_pis=True)
    return etree.tostring(etree.fromstring(data, parser), method="c14n")


def whole_by_feedgen(
    name: str, feed: Feed, entries: Sequence[Entry], full: bool, monkeypatch: pytest.MonkeyPatch
) -> bytes:
    """The same feed and entries in one feed of feedgen's, written by feedgen in one go."""
    room = {"rss": rss, "atom": atom}[name]
    kept: list[Any] = []
    door_entry = {"rss": "rss_item", "atom": "atom_entry"}[name]
    with monkeypatch.context() as patch:
        patch.setattr(feedgen_door, door_entry, lambda entry: kept.append(entry) or b"")
        fragments = [room.entry(entry, full) for entry in entries]
        made: list[Any] = []
        patch.setattr(
            feedgen_door, f"{name}_envelope", lambda whole: made.append(whole) or (b"", b"")
        )
        room.frame(feed, {prefix for each in fragments for prefix in each.prefixes})
    for entry in kept:
        made[0].add_entry(entry, order="append")
    return getattr(made[0], f"{name}_str")()


@every_feed
@every_list
@full_or_short
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_joined_pieces_are_what_feedgen_writes_for_the_whole_feed(
    name: str,
    feed: Feed,
    entries: Sequence[Entry],
    full: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = whole_by_feedgen(name, feed, entries, full, monkeypatch)
    assert canonical(document(name, feed, entries, full)) == canonical(whole)


@every_feed
@every_list
@full_or_short
def test_atom_documents_are_valid_by_the_schema_of_the_rfc(
    feed: Feed, entries: Sequence[Entry], full: bool
) -> None:
    ATOM_SCHEMA.assertValid(etree.fromstring(document("atom", feed, entries, full)))


@every_feed
@every_list
@full_or_short
def test_json_documents_are_valid_by_the_schema(
    feed: Feed, entries: Sequence[Entry], full: bool
) -> None:
    jsonschema.validate(json.loads(document("json", feed, entries, full)), JSON_SCHEMA)


@every_feed
@every_list
@full_or_short
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_feedparser_reads_every_entry(
    name: str, feed: Feed, entries: Sequence[Entry], full: bool
) -> None:
    parsed = feedparser.parse(document(name, feed, entries, full))
    assert not parsed.bozo
    assert parsed.feed.title == feed.title
    assert parsed.feed.link == feed.home
    assert [entry.id for entry in parsed.entries] == [entry.id for entry in entries]
    assert [entry.link for entry in parsed.entries] == [entry.permalink for entry in entries]
    for read, entry in zip(parsed.entries, entries, strict=True):
        assert [author.get("name") for author in read.authors] == [
            author.name for author in entry.authors
        ]
        assert read.get("summary", "") or not entry.summary
        assert len(read.enclosures) == (
            len(entry.enclosures[:1]) if name == "rss" else len(entry.enclosures)
        )


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_feed_gives_the_same_bytes(name: str) -> None:
    entries = ENTRIES["full"]
    first = document(name, make_full_feed(), entries)
    assert document(name, make_full_feed(), entries) == first


@pytest.mark.parametrize("name", FORMATS)
@every_list
def test_no_instant_stands_in_a_document_but_those_of_its_feed(
    name: str, entries: Sequence[Entry]
) -> None:
    long_ago = MORNING.replace(year=1999)
    moved = [entry._replace(published=long_ago, updated=long_ago) for entry in entries]
    data = document(name, make_feed(updated=long_ago), moved).decode()
    assert str(long_ago.year) in data or name == "json"
    assert "202" not in data.replace("/2024/", "/").replace(",2024:", ",")


@pytest.mark.parametrize("name", FORMATS)
def test_an_entry_has_the_same_bytes_beside_any_others(name: str) -> None:
    fragment = FORMATS[name].entry(make_full_entry(), True)
    FORMATS[name].entry(make_entry(1), False)
    assert FORMATS[name].entry(make_full_entry(), True) == fragment
    assert fragment.data in document(name, make_full_feed(), ENTRIES["full"])


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_only_prefixes_that_are_used_are_declared(name: str) -> None:
    always = {"rss": {"atom", "content"}, "atom": set()}[name]
    bare = make_entry(1, authors=(), language="")
    root = etree.fromstring(document(name, make_feed(), [bare]))
    assert {prefix for prefix in root.nsmap if prefix} == always
    root = etree.fromstring(document(name, make_full_feed(), ENTRIES["full"]))
    used = {
        etree.QName(element).namespace
        for element in root.iter()
        if isinstance(element.tag, str) and element.prefix
    }
    assert {uri for prefix, uri in root.nsmap.items() if prefix} == used


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_is_asked_which_entries_it_holds(name: str) -> None:
    odd = make_entry(2, id='https://example.org/?a=1&b="<2>"')
    feed = make_full_feed()
    data = document(name, feed, [make_entry(1), odd])
    assert holds(name, data, make_entry(1).id)
    assert holds(name, data, odd.id)
    assert not holds(name, data, make_entry(3).id)
    old = make_entry(4, guid="post 4 & more")
    data_of_old = document(name, feed, [old])
    assert holds(name, data_of_old, old.id, old.guid)
    assert holds(name, data_of_old, old.id) == (name == "atom")
    assert not holds(name, data, feed.id)
    assert not holds(name, data, feed.tombstones[0].id)


def test_the_path_of_a_document_is_the_folder_of_its_feed_and_the_number_of_its_archive() -> None:
    form = FORMATS["rss"]
    assert form.path(make_feed()) == "rss.xml"
    assert form.path(make_feed(path="category/sea")) == "category/sea/rss.xml"
    assert form.path(FEEDS["archive"]) == "rss-archive-4.xml"


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_an_archive_document_leads_to_its_neighbours_and_to_the_feed(name: str) -> None:
    root = etree.fromstring(document(name, FEEDS["archive"], ENTRIES["plain"]))
    links = {
        link.get("rel"): link.get("href")
        for link in root.iter("{http://www.w3.org/2005/Atom}link")
        if link.getparent().tag.endswith(("feed", "channel"))
    }
    base = f"{HOST}/feeds/{name}"
    assert links["self"] == f"{base}-archive-4.xml"
    assert links["current"] == f"{base}.xml"
    assert links["prev-archive"] == f"{base}-archive-3.xml"
    assert links["next-archive"] == f"{base}-archive-5.xml"
    assert root.find(".//{http://purl.org/syndication/history/1.0}archive") is not None


def test_an_id_that_is_no_iri_lives_on_as_guid_in_rss_and_json() -> None:
    old = make_entry(1, id="tag:example.org,2024:post%201", guid="post 1")
    rss_item = etree.fromstring(document("rss", make_feed(), [old])).find("channel/item")
    assert rss_item.findtext("guid") == "post 1"
    assert json.loads(document("json", make_feed(), [old]))["items"][0]["id"] == "post 1"
    entry = etree.fromstring(document("atom", make_feed(), [old])).find("{*}entry")
    assert entry.findtext("{*}id") == old.id
