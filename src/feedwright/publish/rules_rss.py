"""RSS 2.0 on the way from bytes to facts: one reader for each element."""

from collections.abc import Mapping

from feedwright.model import Fragment
from feedwright.publish import rules_xml as xml
from feedwright.publish.rules_facts import DOCUMENT, ENTRY, Facts, FeedLink, Number, Value

_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "category": frozenset({"domain"}),
    "cloud": frozenset({"domain", "port", "path", "registerProcedure", "protocol"}),
    "enclosure": frozenset({"url", "length", "type"}),
    "guid": frozenset({"isPermaLink"}),
    "source": frozenset({"url"}),
}


def _title(facts: Facts, name: str, element: xml.Element) -> None:
    facts.titles.append(Value(name, xml.text_of(element)))
    xml.filled(facts, name, element)


def _guid(facts: Facts, name: str, element: xml.Element) -> None:
    text = xml.text_of(element)
    facts.ids.append(Value(name, text))
    kind = element.get("isPermaLink", "true")
    if kind == "true" and not text.lower().startswith(("http://", "https://")):
        facts.fault("guid-permalink", name, "is called a permalink but is no web address")
    elif kind not in {"true", "false"}:
        facts.fault("guid-permalink", name, f'isPermaLink is "{kind}"')


def _date(facts: Facts, name: str, element: xml.Element) -> None:
    facts.dates_822.append(Value(name, element.text or ""))


def _person(facts: Facts, name: str, element: xml.Element) -> None:
    facts.persons.append(Value(name, xml.text_of(element)))


def _enclosure(facts: Facts, name: str, element: xml.Element) -> None:
    facts.web_addresses.append(Value(f"{name} url", element.get("url", "")))
    facts.media_types.append(Value(f"{name} type", element.get("type", "")))
    facts.numbers.append(Number(f"{name} length", element.get("length", ""), 0))


def _source(facts: Facts, name: str, element: xml.Element) -> None:
    xml.required_address(facts, name, element, "url")


def _language(facts: Facts, name: str, element: xml.Element) -> None:
    facts.languages.append(Value(name, xml.text_of(element)))


def _image(facts: Facts, name: str, element: xml.Element) -> None:
    """Read `<image>`: its title and link are the channel's (RSS best practices)."""
    channel = element.getparent()
    for part in ("url", "title", "link"):
        if element.find(part) is None:
            facts.fault("element-missing", f"{name} {part}", "is not there")
    url = element.findtext("url", "").strip()
    facts.addresses.append(Value(f"{name} url", url))
    if not url.lower().partition("?")[0].endswith((".png", ".jpg", ".jpeg", ".gif")):
        facts.fault("image-form", f"{name} url", "is no PNG, JPEG or GIF")
    for part in ("title", "link"):
        if channel is not None and element.findtext(part) != channel.findtext(part):
            facts.fault("image-form", f"{name} {part}", f"is not the channel's {part}")


def _link(facts: Facts, name: str, element: xml.Element) -> None:
    href = element.get("href", "")
    facts.addresses.append(Value(f"{name} href", href))
    xml.optional_type(facts, name, element)
    rel = element.get("rel", "alternate")
    facts.links.append(FeedLink(rel, href, element.get("type", ""), element.get("hreflang", "")))


_ITEM_READERS: Mapping[str, xml.Reader] = {
    **xml.EXTENSIONS,
    "title": _title,
    "link": xml.address,
    "description": xml.html,
    "author": _person,
    "category": xml.filled,
    "comments": xml.address,
    "enclosure": _enclosure,
    "guid": _guid,
    "pubDate": _date,
    "source": _source,
    "content:encoded": xml.html,
    "dc:creator": xml.filled,
    "dc:rights": xml.filled,
    "atom:updated": xml.date_3339,
    "atom:link": _link,
    "dcterms:modified": xml.date_3339,
    "wfw:commentRss": xml.address,
}

_CHANNEL_READERS: Mapping[str, xml.Reader] = {
    **xml.EXTENSIONS,
    "title": _title,
    "link": xml.address,
    "description": xml.filled,
    "language": _language,
    "copyright": xml.filled,
    "managingEditor": _person,
    "webMaster": _person,
    "pubDate": _date,
    "lastBuildDate": _date,
    "category": xml.filled,
    "generator": xml.filled,
    "docs": xml.address,
    "ttl": xml.number(1),
    "image": _image,
    "cloud": xml.anything,
    "rating": xml.anything,
    "textInput": xml.anything,
    "skipHours": xml.anything,
    "skipDays": xml.anything,
    "atom:link": _link,
    "atom:updated": xml.date_3339,
    "dc:creator": xml.filled,
}

_ITEM = xml.Vocabulary(_ITEM_READERS, _ATTRIBUTES)
_CHANNEL = xml.Vocabulary(_CHANNEL_READERS, _ATTRIBUTES)


def read_entry(fragment: Fragment) -> Facts:
    """Read an `<item>`."""
    facts = Facts("rss", ENTRY)
    item = xml.parse_fragment(fragment.data, fragment.prefixes, "rss", facts)
    if item is None:
        return facts
    if item.tag != "item":
        facts.fault("not-well-formed", xml.qualified(str(item.tag)), "stands where <item> is due")
        return facts
    facts.text = fragment.data.decode("utf-8", "replace")
    xml.read_children(facts, item, _ITEM)
    return facts


def read_document(data: bytes) -> Facts:
    """Read a document's envelope, and the ids of its items."""
    facts = Facts("rss", DOCUMENT)
    root = xml.parse(data, facts)
    if root is None:
        return facts
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None or len(root) != 1:
        facts.fault("version-wrong", "rss", 'is no <rss version="2.0"> with one <channel>')
        return facts
    items = channel.findall("item")
    facts.entry_ids = [item.findtext("guid", "").strip() for item in items]
    behind = items[0].itersiblings("{*}*") if items else ()
    facts.late = [str(each.tag) for each in behind if each.tag[0] != "{" and each.tag != "item"]
    xml.read_language(facts, root)
    xml.read_children(facts, channel, _CHANNEL, entries="item")
    return facts
