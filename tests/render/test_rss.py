"""RSS 2.0, element by element."""

from html import escape

import pytest
from lxml import etree
from lxml.etree import _Element

from feedwright.config.schema import Podcast
from feedwright.model import Entry, Feed, Image, Person
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

RSS = FORMATS["rss"]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(feed: Feed, *entries: Entry, full: bool = True) -> _Element:
    data = whole_document(RSS, feed, [RSS.entry(entry, full) for entry in entries])
    return etree.fromstring(data)[0]


def item(entry: Entry, full: bool = True) -> _Element:
    return read(make_feed(), entry, full=full).find("item")


def texts(element: _Element, path: str) -> list[str]:
    return [found.text for found in element.findall(path, NAMESPACES)]


def test_the_guid_is_the_id_and_no_permalink() -> None:
    guid = item(make_entry(id="tag:example.org,2024:1")).find("guid")
    assert guid.text == "tag:example.org,2024:1"
    assert guid.get("isPermaLink") == "false"


def test_a_title_is_escaped_once() -> None:
    data = RSS.entry(make_entry(title="AT&T < Co"), True).data
    assert b"<title>AT&amp;T &lt; Co</title>" in data


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("What <b> meant", b"What &#x3C;b&gt; meant"),
        ("&copy; is not &lt;", b"&#x26;copy; is not &#x26;lt;"),
        ("&#60; and &2", b"&#x26;#60; and &#x26;2"),
    ],
)
def test_what_looks_like_markup_is_written_as_the_profile_wants(title: str, written: bytes) -> None:
    entry = make_entry(title=title, tags=(title,), content=f"<p>{escape(title)}</p>")
    data = RSS.entry(entry, True).data
    assert b"<title>" + written + b"</title>" in data
    assert b"<category>" + written + b"</category>" in data
    assert data.count(b"&#x") == 2 * written.count(b"&#x")  # the content stays as it is
    assert item(entry).findtext("title") == title
    assert b"<title>" + written + b"</title>" in whole_document(RSS, make_feed(title=title), [])


def test_there_is_a_creator_for_each_author_and_never_an_author() -> None:
    read_item = item(make_entry(authors=(Person("Ann", "ann@example.org"), Person("Bo"))))
    assert texts(read_item, "dc:creator") == ["Ann", "Bo"]
    assert read_item.find("author") is None


def test_the_summary_is_the_description_as_html_and_the_content_is_encoded() -> None:
    read_item = item(make_entry(summary="a < b & c", content="<p>a &lt; b</p>"))
    assert texts(read_item, "description") == ["a &lt; b &amp; c"]
    assert texts(read_item, "content:encoded") == ["<p>a &lt; b</p>"]
    tags = [child.tag for child in read_item]
    assert tags.index("description") < tags.index(f"{{{NAMESPACES['content']}}}encoded")


def test_an_entry_without_summary_is_described_by_its_content() -> None:
    read_item = item(make_entry(summary=""))
    assert texts(read_item, "description") == ["<p>A longer text.</p>"]
    assert texts(read_item, "content:encoded") == []


def test_the_short_form_has_the_summary_alone() -> None:
    read_item = item(make_full_entry(), full=False)
    assert texts(read_item, "description") == ["Five &lt; six &amp; more."]
    assert texts(read_item, "content:encoded") == []
    assert read_item.find("enclosure") is not None


def test_categories_come_before_tags_and_each_once() -> None:
    assert texts(item(make_full_entry()), "category") == ["Sea", "News", "boats", "a < b"]


def test_the_first_enclosure_is_one_and_the_others_are_media() -> None:
    read_item = item(make_full_entry())
    (enclosure,) = read_item.findall("enclosure")
    assert dict(enclosure.attrib) == {
        "url": f"{HOST}/horn.mp3",
        "length": "4242",
        "type": "audio/mpeg",
    }
    image, film, chart = read_item.findall("media:content", NAMESPACES)
    assert dict(image.attrib) == {
        "url": f"{HOST}/lamp.jpg",
        "fileSize": "11710",
        "type": "image/jpeg",
        "medium": "image",
    }
    assert dict(film.attrib) == {
        "url": f"{HOST}/film.mp4",
        "type": "video/mp4",
        "medium": "video",
    }
    assert (chart.get("medium"), chart.get("type")) == ("document", "application/octet-stream")


def test_an_enclosure_of_unknown_length_has_length_nought() -> None:
    first, *_ = make_full_entry().enclosures
    enclosure = item(make_entry(enclosures=(first._replace(length=0),))).find("enclosure")
    assert enclosure.get("length") == "0"


def test_an_edit_is_told_by_atom_updated_and_only_then() -> None:
    assert item(make_entry()).find("atom:updated", NAMESPACES) is None
    edited = item(make_entry(updated=MORNING))
    assert texts(edited, "atom:updated") == ["2024-01-02T10:00:00Z"]
    assert texts(edited, "pubDate") == ["Mon, 01 Jan 2024 10:00:00 +0000"]


def test_right_to_left_content_carries_its_direction_and_language() -> None:
    read_item = item(make_arabic_entry())
    assert read_item.get(LANG) == "ar"
    assert texts(read_item, "dc:language") == ["ar"]
    (content,) = texts(read_item, "content:encoded")
    assert content == '<div dir="rtl" lang="ar"><p>قهوة عند الميناء.</p></div>'


def test_the_channel_links_home_to_itself_and_to_its_hubs() -> None:
    channel = read(make_full_feed())
    assert texts(channel, "link") == [f"{HOST}/"]
    links = [
        (link.get("rel"), link.get("href")) for link in channel.findall("atom:link", NAMESPACES)
    ]
    assert links == [
        ("self", f"{HOST}/feeds/rss.xml"),
        ("hub", "https://hub.example.net/"),
        ("hub", "https://hub.example.com/?a=1&b=2"),
        ("prev-archive", f"{HOST}/feeds/rss-archive-4.xml"),
    ]


def test_a_feed_below_a_folder_links_to_itself_there() -> None:
    channel = read(make_feed(path="category/sea", base=f"{HOST}/feeds/category/sea/"))
    assert channel.find("atom:link", NAMESPACES).get("href").endswith("/category/sea/rss.xml")


def test_the_editor_is_shown_only_with_an_email() -> None:
    assert texts(read(make_full_feed()), "managingEditor") == ["desk@example.org (Harbour [Light])"]
    assert texts(read(make_feed()), "managingEditor") == []
    nameless = make_feed(author=Person("Desk", "desk at example"))
    assert texts(read(nameless), "managingEditor") == []


def test_channel_facts_stand_before_the_items_and_without_clock_or_version() -> None:
    channel = read(make_full_feed(), make_entry())
    tags = [etree.QName(child).localname for child in channel]
    assert tags[-1] == "item"
    assert tags.count("item") == 1
    assert texts(channel, "generator") == ["Feedwright"]
    assert texts(channel, "lastBuildDate") == ["Tue, 02 Jan 2024 10:00:00 +0000"]
    assert texts(channel, "copyright") == ["© Harbour Light"]
    assert texts(channel, "language") == ["en-GB"]
    assert "ttl" not in tags


@pytest.mark.parametrize(
    ("logo", "icon", "shown"),
    [
        (f"{HOST}/logo.png", f"{HOST}/icon.png", f"{HOST}/logo.png"),
        (f"{HOST}/logo.svg", f"{HOST}/icon.PNG", f"{HOST}/icon.PNG"),
        (f"{HOST}/logo.svg", "", None),
    ],
)
def test_the_image_of_the_channel_is_of_a_kind_that_rss_allows(
    logo: str, icon: str, shown: str | None
) -> None:
    channel = read(make_feed(logo=logo, icon=icon))
    assert channel.findtext("image/url") == shown
    if shown:
        assert channel.findtext("image/title") == channel.findtext("title")
        assert channel.findtext("image/link") == channel.findtext("link")


def test_a_feed_without_description_is_described_by_its_title() -> None:
    assert texts(read(make_feed(description="")), "description") == ["Harbour & Light"]


def test_an_image_of_unknown_size_and_type_has_neither() -> None:
    entry = make_entry(image=Image(f"{HOST}/lamp", "", 0))
    media = item(entry).find("media:content", NAMESPACES)
    assert dict(media.attrib) == {"url": f"{HOST}/lamp", "medium": "image"}


def test_an_episode_has_its_tags() -> None:
    read_item = item(make_full_entry())
    itunes = {
        etree.QName(child).localname: child.text or child.get("href")
        for child in read_item
        if child.prefix == "itunes"
    }
    assert len(itunes.pop("subtitle")) == 255
    assert itunes == {
        "title": "The horn",
        "duration": "61",
        "episode": "3",
        "season": "2",
        "episodeType": "full",
        "explicit": "false",
        "image": f"{HOST}/cover.png",
        "block": "Yes",
    }
    transcript = read_item.find("podcast:transcript", NAMESPACES)
    assert (transcript.get("type"), transcript.get("language")) == ("text/vtt", "en")
    person = read_item.find("podcast:person", NAMESPACES)
    assert (person.text, person.get("role"), person.get("img")) == (
        "Ann Ivory",
        "host",
        f"{HOST}/ann.png",
    )


def test_a_podcast_has_its_tags() -> None:
    channel = read(make_full_feed())
    outer = channel.find("itunes:category", NAMESPACES)
    assert (outer.get("text"), outer[0].get("text")) == ("News", "Daily News")
    assert texts(channel, "itunes:explicit") == ["true"]
    assert texts(channel, "itunes:owner/itunes:email") == ["desk@example.org"]
    assert texts(channel, "itunes:type") == ["serial"]
    assert texts(channel, "podcast:locked") == ["yes"]
    assert channel.find("podcast:funding", NAMESPACES).get("url") == f"{HOST}/support"


def test_a_podcast_with_nothing_set_still_says_that_it_is_not_explicit() -> None:
    channel = read(make_feed(podcast=Podcast()))
    assert texts(channel, "itunes:explicit") == ["false"]
    assert "podcast" not in channel.getparent().nsmap
