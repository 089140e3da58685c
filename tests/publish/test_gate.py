"""The gate over what our renderer writes, over garbage, and over much of it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.model import (
    Enclosure,
    Entry,
    Feed,
    Fragment,
    Image,
    Person,
    Streamed,
    Tombstone,
)
from feedwright.publish import rules_html
from feedwright.publish import rules_values as values
from feedwright.publish.gate import lint_document, lint_entry
from feedwright.render.formats import FORMATS
from tests.patience import little_work
from tests.publish import samples
from tests.render.samples import whole_document

NOON = datetime(2024, 5, 3, 12, tzinfo=UTC)
FORMAT_NAMES = ("rss", "atom", "json")


def _entry(number: int = 1, words: int = 5) -> Entry:
    address = f"https://example.org/2024/05/{number}/"
    paragraph = f'<p>Boats <a href="{address}#n" title="a > b">and</a> <em>bells</em>. </p>\n'
    return Entry(
        id=address,
        permalink=address,
        title=f'Boats & "bells" < {number} ]]>',
        published=NOON + timedelta(minutes=number),
        updated=NOON + timedelta(minutes=number),
        authors=(Person("Ann"), Person("Ben", "ben@example.org", "https://example.org/ben")),
        categories=("Sea", "Море"),
        tags=("a & b",),
        summary="Short & sweet <ok>",
        content=paragraph * words,
        language="en",
        direction="ltr",
        image=Image("https://example.org/a.png", "image/png", 0, "A boat"),
        enclosures=(
            Enclosure("https://example.org/a.mp3", "audio/mpeg", 12),
            Enclosure("https://example.org/b.mp3", "audio/mpeg", 0),
        ),
        rights="© Ann",
    )


FEED = Feed(
    name="main",
    path="",
    id="https://example.org/feeds/",
    title="Harbour & co",
    description="News",
    language="en-GB",
    direction="ltr",
    home="https://example.org/",
    base="https://example.org/feeds/",
    formats=FORMAT_NAMES,
    updated=NOON,
    author=Person("Harbour", "desk@example.org", "https://example.org/about"),
    rights="© Harbour",
    icon="https://example.org/icon.png",
    logo="https://example.org/logo.png",
    hubs=("https://hub.example.net/",),
    style="https://example.org/feeds/style.css",
    tombstones=(Tombstone("https://example.org/gone/", NOON),),
)


@pytest.mark.parametrize("format_name", FORMAT_NAMES)
@pytest.mark.parametrize("full", [True, False])
def test_what_the_renderer_writes_passes(format_name: str, *, full: bool) -> None:
    form = FORMATS[format_name]
    fragments = [form.entry(_entry(number), full) for number in range(3)]
    for fragment in fragments:
        assert lint_entry(format_name, fragment, "content/a.md") == ()
    document = samples.document(format_name, whole_document(form, FEED, fragments))
    assert lint_document(document) == ()
    empty = samples.document(format_name, whole_document(form, FEED, []))
    assert lint_document(empty) == ()


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200), st.sampled_from(FORMAT_NAMES))
def test_any_bytes_give_problems_and_no_exception(data: bytes, format_name: str) -> None:
    assert lint_entry(format_name, Fragment("x:y", data, frozenset()), "content/a.md")
    assert lint_document(samples.document(format_name, data))


_PIECES = st.sampled_from(
    ["<a ", "<img", " href=", ' "', "'", ">", "<!--", "-->", "x", " srcset=", ",", "/", "=", "&#1;"]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_html_can_be_looked_at(html: str) -> None:
    seen = rules_html.look(html)
    assert all(isinstance(address, str) for _, address in seen.references)


@pytest.mark.parametrize(
    "unit", ['<a b="', "<a b='", "<!--", "<a " + "b " * 20, "<", "srcset=,", '<img srcset="a,,']
)
def test_looking_at_html_takes_linear_time(unit: str) -> None:
    with little_work():
        rules_html.look(unit * 100_000)


@settings(deadline=None, max_examples=200)
@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(9999, 1, 1)))  # noqa: DTZ001  # bounds of a naive strategy
def test_dates_as_we_write_them_are_valid(moment: datetime) -> None:
    at = moment.replace(microsecond=0, tzinfo=UTC)
    assert values.rfc3339_fault(at.isoformat().replace("+00:00", "Z")) == ""
    assert values.rfc822_fault(at.strftime("%a, %d %b %Y %H:%M:%S +0000")) == ""


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=30))
def test_only_ascii_without_spaces_is_an_address(text: str) -> None:
    if values.address_fault(text) == "":
        assert text.isascii()
        assert not set(text) & set(' <>"{}|\\^`')


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://localhost:8000/a?b=c#d",
        "https://xn--mgbh0fb.example/%D8%A7",
        "https://[2001:db8::1]/",
        "tag:example.org,2024:a",
        "urn:uuid:12345678-1234-1234-1234-123456789abc",
        "mailto:a@example.org",
    ],
)
def test_addresses_that_are_absolute(address: str) -> None:
    assert values.address_fault(address) == ""
    assert values.id_fault(address) == ""


@pytest.mark.parametrize(
    "address",
    ["", "a", "/a", "//e.org/a", "#a", "https:", "https://", "https:///a", "mailto:",
     "https://مثال/", "https://e.org/a b", "https://e.org/%zz", "https://e.org/#a#b", "https://e.org/[a]"],
)  # fmt: skip
def test_addresses_that_are_not(address: str) -> None:
    assert values.address_fault(address) != ""


@pytest.mark.parametrize(
    "identity", ["https://مثال/é", "https://e.org/%zz", "https://e.org/#a#b", "tag:e.org,2024:é"]
)
def test_an_adopted_iri_is_an_id_though_no_address(identity: str) -> None:
    assert values.address_fault(identity) != ""
    assert values.id_fault(identity) == ""


@pytest.mark.parametrize(
    "identity",
    ["", "a", "1234", "/a", "//e.org/a", "https:", "https:///a", "tag:", "tag:e.org:a", "urn:x",
     "urn:uuid:1", "https://e.org/a b", "https://e.org/a|b", "https://e.org/\x01", "tag:e.org,2:<"],
)  # fmt: skip
def test_what_is_no_iri_is_no_id(identity: str) -> None:
    assert values.id_fault(identity) != ""


def test_an_adopted_guid_may_be_anything_but_another() -> None:
    item = samples.RSS_ITEM.replace(f">{samples.ID}</guid>", ">1234</guid>")
    fragment = samples.fragment("rss", item)._replace(guid="1234")
    assert lint_entry("rss", fragment, "content/a.md") == ()
    found = lint_entry("rss", fragment._replace(guid="1235"), "content/a.md")
    assert "id-differs" in {each.name for each in found}


def test_srcset_candidates_keep_commas_of_addresses() -> None:
    srcset = " https://e.org/a,b.png 1x,c.png  2x , d.png,\ne.png, data:image/png;base64,AA== 3x"
    assert list(rules_html.candidates(srcset)) == [
        "https://e.org/a,b.png",
        "c.png",
        "d.png",
        "e.png",
        "data:image/png;base64,AA==",
    ]


def test_deep_json_is_refused_and_not_followed() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    found = lint_document(samples.document("json", deep))
    assert [problem.name for problem in found] == ["not-well-formed"]


def test_items_without_an_id_are_repeated_ids() -> None:
    feed = json.dumps(samples.JSON | {"items": [{}, {}]})
    names = [problem.name for problem in lint_document(samples.document("json", feed))]
    assert names == ["id-repeated"]


@pytest.mark.parametrize("format_name", FORMAT_NAMES)
@pytest.mark.parametrize("numbers", [(0, 1, 2), (0, 1, 0)])
def test_a_document_with_a_sample_is_held_to_what_a_whole_one_is(
    format_name: str, numbers: tuple[int, ...]
) -> None:
    form = FORMATS[format_name]
    fragments = [form.entry(_entry(number), True) for number in numbers]
    tombstones = (Tombstone(fragments[1].id, NOON),)
    for feed in (FEED, FEED._replace(tombstones=tombstones)):
        whole = samples.document(format_name, whole_document(form, feed, fragments))
        sample = whole_document(form, feed, fragments[:2])
        ids = tuple(each.guid or each.id for each in fragments)
        streamed = Streamed(
            whole.path, whole.media_type, whole.sha256, lambda: iter(()), "main", sample, ids
        )
        found = [(each.name, each.what) for each in lint_document(whole)]
        for each in (streamed, whole._replace(sample=sample, entry_ids=ids)):
            assert found == [(each.name, each.what) for each in lint_document(each)]
        assert bool(found) == (len(set(numbers)) < 3 or (feed is not FEED and form.name == "atom"))
