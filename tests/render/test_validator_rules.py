"""The rules of the W3C feed validator that our documents could break, held one by one.

Each is an error or a warning there (docs/ of github.com/w3c/feedvalidator names them); what an
article's own words force, such as markup in a title, is not among them.
"""

import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree
from lxml.etree import _Element

from feedwright.model import Entry, Feed
from feedwright.render.formats import FORMATS
from feedwright.render.namespaces import NAMESPACES
from tests.render.samples import ENTRIES, FEEDS, make_full_feed, whole_document

# What the validator takes for a URI, a media type, a date, an email with a name.
URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+.-]*:(//)?[0-9a-zA-Z;/?:@&=+$._!~*'()%,#-]+")
MEDIA_TYPE = re.compile(r'[^\s()<>,;:\\"/[\]?=]+/[^\s()<>,;:\\"/[\]?=]+')
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000"
)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NAMED_EMAIL = re.compile(r"[\w.+'-]+@([\w-]+\.)+[\w-]+ \([^()]+\)")
RELATIONS = frozenset(
    ("alternate", "current", "enclosure", "hub", "next-archive", "prev-archive", "replies", "self")
)
ONCE_IN_AN_ITEM = (
    *("title", "link", "description", "guid", "pubDate", "comments", "enclosure"),
    *("content:encoded", "dc:language", "dc:rights", "atom:updated", "itunes:title"),
    *("itunes:duration", "itunes:explicit", "itunes:image", "itunes:episode", "itunes:season"),
)

every_feed = pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
every_list = pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES)


def root(name: str, feed: Feed, entries: Sequence[Entry]) -> _Element:
    form = FORMATS[name]
    return etree.fromstring(
        whole_document(form, feed, [form.entry(entry, True) for entry in entries])
    )


def found(element: _Element, path: str) -> list[_Element]:
    return element.findall(path, NAMESPACES)


def shared_rules(document: _Element) -> None:
    """What the validator asks of media, links and languages in both formats."""
    for prefix, uri in document.nsmap.items():
        assert prefix is None or NAMESPACES[prefix] == uri  # ReservedPrefix, NonstdPrefix
    assert not found(document, ".//media:group")  # MediaGroupWithoutAlternatives
    for media in found(document, ".//media:content"):
        assert URI.fullmatch(media.get("url"))
        assert int(media.get("fileSize", "1")) > 0  # InvalidPositiveInteger
        assert MEDIA_TYPE.fullmatch(media.get("type", "a/b"))
        assert media.get("medium") in {"image", "audio", "video", "document"}
    for link in found(document, ".//atom:link"):
        assert URI.fullmatch(link.get("href"))
        assert link.get("rel") in RELATIONS  # UnregisteredAtomLinkRel
        assert MEDIA_TYPE.fullmatch(link.get("type", "a/b"))
        assert int(link.get("length", "0")) >= 0
        assert link.get("title") != ""  # AttrNotBlank
    for element in document.iter():
        language = element.get("{http://www.w3.org/XML/1998/namespace}lang", "en")
        assert re.fullmatch(r"[a-z]{2,3}(-\w+)*", language)
        assert not re.search("[\x80-\x9f\ufffd]", element.text or "")  # BadCharacters


@every_feed
@every_list
def test_rss_breaks_no_rule(feed: Feed, entries: Sequence[Entry]) -> None:
    document = root("rss", feed, entries)
    shared_rules(document)
    (channel,) = document
    # Suppresses UseOfExtensionAttr for xml:lang.
    assert channel.findtext("docs") == "http://www.rssboard.org/rss-specification"
    kinds = [child.tag == "item" for child in channel]
    assert kinds == sorted(kinds)  # MisplacedItem
    tags = [child.tag for child in channel if child.prefix is None and child.tag != "item"]
    assert len(tags) == len(set(tags))  # DuplicateElement
    assert {"title", "link", "description", "language"} <= set(tags)
    assert [link.get("rel") for link in found(channel, "atom:link")].count("self") == 1
    for image in found(channel, "image"):  # ImageTitleDoesntMatch, ImageLinkDoesntMatch
        assert image.findtext("title") == channel.findtext("title")
        assert image.findtext("link") == channel.findtext("link")
    for editor in found(channel, "managingEditor"):  # MissingRealName, EmailFormat
        assert NAMED_EMAIL.fullmatch(editor.text)
    assert not found(channel, "dc:creator")  # DuplicateSemantics with managingEditor
    guids = [guid.text for guid in found(channel, "item/guid")]
    assert len(guids) == len(set(guids)) == len(entries)
    for item in found(channel, "item"):
        rss_item_rules(item)


def rss_item_rules(item: _Element) -> None:
    for path in ONCE_IN_AN_ITEM:
        assert len(found(item, path)) <= 1  # DuplicateElement, DuplicateEnclosure
    assert item.findtext("title")
    assert URI.fullmatch(item.findtext("link"))
    assert item.find("guid").get("isPermaLink") == "false"
    assert not found(item, "author")  # DuplicateItemSemantics with dc:creator
    assert not found(item, "dc:date") + found(item, "dc:subject") + found(item, "atom:published")
    children = list(item)
    for content in found(item, "content:encoded"):  # NeedDescriptionBeforeContent
        assert children.index(item.find("description")) < children.index(content)
    for category in found(item, "category"):
        assert category.text  # NotBlank
    for date in found(item, "pubDate"):
        assert RFC822.fullmatch(date.text)
        assert f"{parsedate_to_datetime(date.text):%a}" == date.text[:3]  # IncorrectDOW
    for date in found(item, "atom:updated"):
        assert RFC3339.fullmatch(date.text)
    for enclosure in found(item, "enclosure"):
        assert sorted(enclosure.attrib) == ["length", "type", "url"]
        assert int(enclosure.get("length")) >= 0
        assert MEDIA_TYPE.fullmatch(enclosure.get("type"))
        assert enclosure.get("url").startswith(("http://", "https://"))


@every_feed
@every_list
def test_itunes_tags_break_no_rule(feed: Feed, entries: Sequence[Entry]) -> None:
    document = root("rss", feed, entries)
    for explicit in found(document, ".//itunes:explicit"):
        assert explicit.text in {"true", "false"}  # InvalidTrueFalse
    for block in found(document, ".//itunes:block"):
        assert block.text.lower() in {"yes", "no", "clean"}
    for subtitle in found(document, ".//itunes:subtitle"):
        assert len(subtitle.text) <= 255  # TooLong
    for duration in found(document, ".//itunes:duration"):
        assert re.fullmatch(r"\d+(:[0-5]\d(:[0-5]\d)?)?", duration.text)


def test_a_podcast_has_what_the_validator_asks_of_podcasts() -> None:
    (channel,) = root("rss", make_full_feed(), ())
    for path in ("language", "itunes:category", "itunes:explicit", "itunes:owner/itunes:email"):
        assert found(channel, path)  # MissingItunesElement, MissingItunesEmail


@every_feed
@every_list
def test_atom_breaks_no_rule(feed: Feed, entries: Sequence[Entry]) -> None:
    document = root("atom", feed, entries)
    shared_rules(document)
    assert not {"atom", "xhtml"} & set(document.nsmap)  # AvoidNamespacePrefix
    assert document.prefix is None
    kinds = [etree.QName(child).localname == "entry" for child in document]
    assert kinds == sorted(kinds)  # MisplacedMetadata
    rels = [link.get("rel") for link in found(document, "atom:link")]
    assert rels.count("self") == rels.count("alternate") == 1
    assert ("current" in rels) == bool(found(document, "fh:archive"))  # MissingCurrentInArchive
    assert found(document, "atom:author/atom:name")
    ids = [each.text for each in found(document, "atom:entry/atom:id")]
    assert len(ids) == len(set(ids)) == len(entries)  # DuplicateEntries
    for date in [*found(document, ".//atom:updated"), *found(document, ".//atom:published")]:
        assert RFC3339.fullmatch(date.text)
    for text in ("title", "subtitle", "summary", "rights", "content", "name", "generator"):
        for each in found(document, f".//atom:{text}"):
            assert each.text  # NotBlank
            assert each.get("type", "text") in {"text", "html"}
    for entry in found(document, "atom:entry"):
        assert found(entry, "atom:author/atom:name")
        alternates = [link for link in found(entry, "atom:link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1  # DuplicateAtomLink
        for category in found(entry, "atom:category"):
            assert category.get("term")
