"""OPML 2.0 (https://opml.org/spec2.opml): the feeds of the site, for readers that import lists."""

from collections.abc import Sequence

from lxml.etree import Element, SubElement, _Element, tostring

from feedwright.config.schema import Site
from feedwright.model import Feed
from feedwright.render.formats import FORMATS
from feedwright.render.frame import XML_DECLARATION
from feedwright.render.wire import legal

FILE_NAME = "opml.xml"
MEDIA_TYPE = "text/x-opml"


def opml(site: Site, feeds: Sequence[Feed]) -> bytes:
    """Write the list: each feed once, in the first of its formats.

    The feeds of a spec with `per` stand in a folder of its name. There is no date in it: the list
    changes when the feeds do.
    """
    root = Element("opml", {"version": "2.0"})
    head = SubElement(root, "head")
    SubElement(head, "title").text = legal(site.title)
    if site.author:
        SubElement(head, "ownerName").text = legal(site.author.name)
    body = SubElement(root, "body")
    folders: dict[str, _Element] = {}
    for feed in feeds:
        folder, slash, _ = feed.name.partition("/")
        parent = body
        if slash:
            if folder not in folders:
                folders[folder] = SubElement(body, "outline", {"text": legal(folder)})
            parent = folders[folder]
        SubElement(parent, "outline", _outline(feed))
    return XML_DECLARATION + tostring(root, encoding="UTF-8", pretty_print=True)


def _outline(feed: Feed) -> dict[str, str]:
    form = FORMATS[feed.formats[0]]
    made = {
        "text": legal(feed.title),
        "title": legal(feed.title),
        "type": "rss",
        "xmlUrl": feed.base + form.file_name,
        "htmlUrl": feed.home,
        "description": legal(feed.description),
        "language": feed.language,
    }
    return {key: value for key, value in made.items() if value}
