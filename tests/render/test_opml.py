"""The list of feeds for readers."""

from lxml import etree
from lxml.etree import _Element

from feedwright.config.schema import Author, Site
from feedwright.render.opml import opml
from tests.render.samples import HOST, SITE, make_feed


def read(*feeds: object, site: Site = SITE) -> _Element:
    return etree.fromstring(opml(site, feeds))


def test_each_feed_stands_once_in_the_first_of_its_formats() -> None:
    root = read(make_feed(), make_feed(name="notes", formats=("json", "rss"), base=f"{HOST}/n/"))
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "Harbour & Light"
    first, second = root.findall("body/outline")
    assert dict(first.attrib) == {
        "text": "Harbour & Light",
        "title": "Harbour & Light",
        "type": "rss",
        "xmlUrl": f"{HOST}/feeds/rss.xml",
        "htmlUrl": f"{HOST}/",
        "description": "News from the harbour",
        "language": "en-GB",
    }
    assert second.get("xmlUrl") == f"{HOST}/n/feed.json"


def test_feeds_of_one_spec_stand_in_one_folder() -> None:
    names = ("category/sea", "main", "category/news", "tag/boats")
    root = read(*(make_feed(name=name, title=name) for name in names))
    folders = {
        outline.get("text"): [child.get("text") for child in outline]
        for outline in root.findall("body/outline")
    }
    assert folders == {
        "category": ["category/sea", "category/news"],
        "main": [],
        "tag": ["tag/boats"],
    }


def test_the_owner_is_named_and_any_text_is_well_formed() -> None:
    site = Site(title="a\x00<b>", url=f"{HOST}/", author=Author("Ann & Bo"))
    root = read(make_feed(title="]]> \x1f & <"), site=site)
    assert root.findtext("head/title") == "a<b>"
    assert root.findtext("head/ownerName") == "Ann & Bo"
    assert root.find("body/outline").get("text") == "]]>  & <"
