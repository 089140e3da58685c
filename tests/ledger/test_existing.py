"""Feeds of other programs, read for their ids."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.errors import FeedUnavailableError
from feedwright.ledger.existing import ExistingEntry, read

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
<channel><title>Site</title><link>https://old.example/</link>
<atom:link rel="self" href="https://old.example/feed"/>
<atom:link rel="next" href="/feed?paged=2"/>
<item><media:title>Not this</media:title><title>One &amp;amp; only</title>
 <atom:link rel="enclosure" href="https://old.example/a.mp3"/>
 <link>https://old.example/one/</link><guid isPermaLink="false"> https://old.example/?p=1 </guid>
 <pubDate>Wed, 02 Oct 2002 15:00:00 +0200</pubDate></item>
<item><title>Two</title><guid>https://old.example/two/</guid></item>
<item><title>Three</title><link>https://proxy.example/3</link>
 <feedburner:origLink>https://old.example/three/</feedburner:origLink>
 <guid isPermaLink="false">1234</guid></item>
<item><title>Neither id nor link</title></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://old.example/blog/">
<id>urn:uuid:feed</id><title>Site</title>
<link rel="next" href="../page2.atom"/>
<entry><id>tag:old.example,2019:1</id><title type="html">One &lt;b&gt;bold&lt;/b&gt;</title>
<link rel="enclosure" href="x.mp3"/><link href="one/"/>
<published>2019-03-04T05:06:07Z</published><updated>2020-01-01T00:00:00+01:00</updated></entry>
</feed>"""

JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://old.example/",
"next_url": "feed2.json", "items": [
{"id": 12, "url": "/one", "title": "One", "date_published": "2019-03-04T05:06:07Z"},
{"id": "urn:isbn:2", "external_url": "https://elsewhere.example/"}, "junk", {"title": "no id"}]}"""


def test_rss_with_what_feeds_in_the_wild_have():
    feed = read(RSS, "https://old.example/feed")
    assert feed.format == "rss"
    assert feed.older == "https://old.example/feed?paged=2"
    assert feed.entries == (
        ExistingEntry(
            "https://old.example/?p=1",
            "https://old.example/one/",
            "One &amp; only",
            datetime(2002, 10, 2, 13, 0, tzinfo=UTC),
            None,
        ),
        ExistingEntry("https://old.example/two/", "https://old.example/two/", "Two", None, None),
        ExistingEntry("1234", "https://old.example/three/", "Three", None, None),
    )


def test_atom_with_a_base():
    feed = read(ATOM, "https://proxy.example/x")
    assert (feed.format, feed.older) == ("atom", "https://old.example/page2.atom")
    assert feed.entries == (
        ExistingEntry(
            "tag:old.example,2019:1",
            "https://old.example/blog/one/",
            "One <b>bold</b>",
            datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC),
            datetime(2019, 12, 31, 23, 0, tzinfo=UTC),
        ),
    )


def test_json_feed():
    feed = read(b"\xef\xbb\xbf" + JSON, "https://old.example/feed.json")
    assert (feed.format, feed.older) == ("json", "https://old.example/feed2.json")
    assert [(entry.id, entry.link) for entry in feed.entries] == [
        ("12", "https://old.example/one"),
        ("urn:isbn:2", "https://elsewhere.example/"),
    ]


def test_rss_1_is_known_by_its_about():
    data = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
     xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/one</link>
    <dc:date>2004-01-02</dc:date></item></rdf:RDF>"""
    (entry,) = read(data).entries
    assert (entry.id, entry.link) == ("https://old.example/1", "https://old.example/one")
    assert entry.published == datetime(2004, 1, 2, tzinfo=UTC)


def test_broken_xml_is_read_as_far_as_it_goes():
    feed = read(
        RSS.replace(b"One &amp;amp; only", b"A & B \x01 &nbsp;").replace(b"</channel></rss>", b"")
    )
    assert len(feed.entries) == 3


def test_entities_are_not_expanded_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 20}">' for n in range(1, 12))
    data = (
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{bomb}<!ENTITY x SYSTEM "file://{secret}">]>'
        "<rss><channel><item><guid>1</guid><title>&l11;&x;</title></item></channel></rss>"
    ).encode()
    (entry,) = read(data).entries
    assert len(entry.title) < 100
    assert "secret" not in entry.title


@pytest.mark.parametrize(
    "data",
    [b"", b"   ", b"no feed", b"<html><body/></html>", b"[]", b"{", b'{"items": 3}', b"[" * 99_999],
)
def test_what_is_no_feed_is_told(data):
    with pytest.raises(FeedUnavailableError, match=r"old\.xml: cannot be read as a feed"):
        read(data, "old.xml")


@settings(deadline=None, max_examples=100)
@given(
    st.binary(max_size=80), st.sampled_from([b"", b"<rss>", b"<feed><entry><id>", b'{"items":[{'])
)
def test_any_bytes_give_entries_or_our_own_error(data, start):
    try:
        feed = read(start + data)
    except FeedUnavailableError:
        return
    assert all(entry.id for entry in feed.entries)
