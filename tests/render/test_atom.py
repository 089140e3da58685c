"""Atom 1.0, element by element."""

from lxml import etree
from lxml.etree import _Element

from feedwright.model import Entry, Feed, Person
from feedwright.render.formats import FORMATS
from feedwright.render.namespaces import NAMESPACES
from tests.render.samples import (
    HOST,
    MORNING,
    make_arabic_entry,
    make_entry,
    make_feed,
    make_full_entry,
    make_full_feed,
    whole_document,
)

ATOM = FORMATS["atom"]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(feed: Feed, *entries: Entry, full: bool = True) -> _Element:
    return etree.fromstring(
        whole_document(ATOM, feed, [ATOM.entry(entry, full) for entry in entries])
    )


def entry_of(entry: Entry, full: bool = True) -> _Element:
    return read(make_feed(), entry, full=full).find("atom:entry", NAMESPACES)


def texts(element: _Element, path: str) -> list[str]:
    return [found.text for found in element.findall(path, NAMESPACES)]


def links(element: _Element) -> list[dict[str, str]]:
    return [dict(link.attrib) for link in element.findall("atom:link", NAMESPACES)]


def test_a_title_is_text_and_escaped_once() -> None:
    data = ATOM.entry(make_entry(title="AT&T <b>"), True).data
    assert b'<title type="text">AT&amp;T &lt;b&gt;</title>' in data


def test_what_looks_like_an_entity_is_written_as_a_reference() -> None:
    entry = make_entry(title="&copy;", summary="a &lt; b", categories=("&amp;",))
    data = ATOM.entry(entry, True).data
    assert b'<title type="text">&#x26;copy;</title>' in data
    assert b'<summary type="text">a &#x26;lt; b</summary>' in data
    assert b'term="&#x26;amp;" label="&#x26;amp;"' in data
    assert texts(entry_of(entry), "atom:title") == ["&copy;"]


def test_every_entry_names_its_authors() -> None:
    read_entry = entry_of(make_full_entry())
    assert texts(read_entry, "atom:author/atom:name") == ["Ann Ivory", "Bo (the) Boat"]
    assert texts(read_entry, "atom:author/atom:email") == ["ann@example.org"]
    assert texts(read_entry, "atom:author/atom:uri") == [f"{HOST}/ann"]


def test_links_keep_their_relation_type_length_and_title() -> None:
    assert links(entry_of(make_full_entry())) == [
        {"href": f"{HOST}/2024/01/entry-7/", "rel": "alternate", "type": "text/html"},
        {
            "href": f"{HOST}/horn.mp3",
            "rel": "enclosure",
            "type": "audio/mpeg",
            "length": "4242",
            "title": "The horn",
        },
        {"href": f"{HOST}/film.mp4", "rel": "enclosure", "type": "video/mp4", "length": "0"},
        {
            "href": f"{HOST}/chart",
            "rel": "enclosure",
            "type": "application/octet-stream",
            "length": "12",
        },
        {
            "href": f"{HOST}/2024/01/entry-7/#comments",
            "rel": "replies",
            "type": "text/html",
        },
    ]


def test_summary_and_content_stand_together() -> None:
    read_entry = entry_of(make_entry(summary="a < b", content="<p>a &lt; b</p>"))
    summary = read_entry.find("atom:summary", NAMESPACES)
    content = read_entry.find("atom:content", NAMESPACES)
    assert (summary.get("type"), summary.text) == ("text", "a < b")
    assert (content.get("type"), content.text) == ("html", "<p>a &lt; b</p>")


def test_the_short_form_has_the_summary_alone() -> None:
    read_entry = entry_of(make_full_entry(), full=False)
    assert read_entry.find("atom:content", NAMESPACES) is None
    assert texts(read_entry, "atom:summary") == ["Five < six & more."]


def test_instants_are_those_of_the_entry() -> None:
    read_entry = entry_of(make_entry(updated=MORNING))
    assert texts(read_entry, "atom:updated") == ["2024-01-02T10:00:00Z"]
    assert texts(read_entry, "atom:published") == ["2024-01-01T10:00:00Z"]


def test_categories_have_term_and_label_each_once() -> None:
    found = entry_of(make_full_entry()).findall("atom:category", NAMESPACES)
    assert [(each.get("term"), each.get("label")) for each in found] == [
        ("Sea", "Sea"),
        ("News", "News"),
        ("boats", "boats"),
        ("a < b", "a < b"),
    ]


def test_languages_stand_at_feed_and_entry_and_direction_in_the_content() -> None:
    feed = read(make_feed(), make_arabic_entry())
    assert feed.get(LANG) == "en-GB"
    entry = feed.find("atom:entry", NAMESPACES)
    assert entry.get(LANG) == "ar"
    assert texts(entry, "atom:content")[0].startswith('<div dir="rtl" lang="ar">')


def test_an_image_is_media_content_outside_any_group() -> None:
    media = entry_of(make_full_entry()).find("media:content", NAMESPACES)
    assert (media.get("medium"), media.get("fileSize")) == ("image", "11710")


def test_the_feed_has_its_facts() -> None:
    feed = read(make_full_feed())
    assert texts(feed, "atom:id") == ["tag:example.org,2024:main"]
    assert texts(feed, "atom:updated") == ["2024-01-02T10:00:00Z"]
    assert texts(feed, "atom:subtitle") == ["News from the harbour"]
    assert texts(feed, "atom:rights") == ["© Harbour Light"]
    assert texts(feed, "atom:icon") == [f"{HOST}/icon.png"]
    assert texts(feed, "atom:logo") == [f"{HOST}/logo.png"]
    assert texts(feed, "atom:author/atom:name") == ["Harbour (Light)"]
    generator = feed.find("atom:generator", NAMESPACES)
    assert (generator.text, dict(generator.attrib)) == ("Feedwright", {})


def test_the_feed_links_to_itself_home_and_its_hubs() -> None:
    assert [(link["rel"], link["href"]) for link in links(read(make_full_feed()))] == [
        ("self", f"{HOST}/feeds/atom.xml"),
        ("alternate", f"{HOST}/"),
        ("hub", "https://hub.example.net/"),
        ("hub", "https://hub.example.com/?a=1&b=2"),
        ("prev-archive", f"{HOST}/feeds/atom-archive-4.xml"),
    ]


def test_a_removed_entry_leaves_a_tombstone() -> None:
    feed = read(make_full_feed(), make_entry())
    tombstone = feed.find("at:deleted-entry", NAMESPACES)
    assert dict(tombstone.attrib) == {"ref": f"{HOST}/gone/", "when": "2024-01-02T10:00:00Z"}
    assert "at" not in read(make_feed(), make_entry()).nsmap


def test_a_sloppy_email_is_not_shown() -> None:
    feed = read(make_feed(author=Person("Desk", "Desk <desk@example.org>")))
    assert texts(feed, "atom:author/atom:email") == []


def test_the_style_sheet_stands_before_the_root() -> None:
    data = whole_document(ATOM, make_feed(style=f"{HOST}/s.css?a=1&b=2"), [])
    assert data.startswith(
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<?xml-stylesheet type="text/css" href="https://example.org/s.css?a=1&amp;b=2"?>\n<feed '
    )
    assert b"stylesheet" not in whole_document(ATOM, make_feed(style=""), [])
