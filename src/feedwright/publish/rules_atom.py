"""Atom 1.0 (RFC 4287) on the way from bytes to facts: one reader for each element."""

from collections.abc import Mapping

from feedwright.model import Fragment
from feedwright.publish import rules_xml as xml
from feedwright.publish.rules_facts import DOCUMENT, ENTRY, Choice, Facts, FeedLink, Number, Value

_TEXT = frozenset({"type"})
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "category": frozenset({"term", "scheme", "label"}),
    "content": frozenset({"type", "src"}),
    "generator": frozenset({"uri", "version"}),
    "link": frozenset({"href", "rel", "type", "hreflang", "title", "length"}),
    "rights": _TEXT,
    "subtitle": _TEXT,
    "summary": _TEXT,
    "title": _TEXT,
}
_ROOT = f'feed xmlns="{xml.NAMESPACES["atom"]}"'


def _title(facts: Facts, name: str, element: xml.Element) -> None:
    """Plain text: every reader shows `type="text"` right (RFC 4287, 4.2.14)."""
    facts.choices.append(Choice(f"{name} type", element.get("type", "text"), ("text",)))
    facts.titles.append(Value(name, xml.text_of(element)))
    xml.filled(facts, name, element)


def _text(facts: Facts, name: str, element: xml.Element) -> None:
    """Read a text construct (3.1), also `content` (4.1.3)."""
    kind = element.get("type", "text")
    facts.choices.append(Choice(f"{name} type", kind, ("text", "html", "xhtml")))
    text = element.text or ""
    if kind == "html":
        xml.html(facts, name, element)
    elif name in {"summary", "content"}:
        facts.bodies.append(Value(name, text))
    if kind == "text" and len(element):
        facts.fault("element-unknown", name, "has elements inside, but says that it is text")
    if not text.strip() and not len(element) and not element.get("src"):
        facts.filled.append(Value(name, ""))


def _id(facts: Facts, name: str, element: xml.Element) -> None:
    facts.ids.append(Value(name, xml.text_of(element)))


def _published(facts: Facts, name: str, element: xml.Element) -> None:
    xml.date_3339(facts, name, element)
    facts.published = element.text or ""


def _updated(facts: Facts, name: str, element: xml.Element) -> None:
    xml.date_3339(facts, name, element)
    facts.updated = element.text or ""


def _person(facts: Facts, name: str, element: xml.Element) -> None:
    """Read a person construct (3.2): one name, at most one uri and email."""
    parts = {"name": 0, "uri": 0, "email": 0}
    for child in element:
        part = str(child.tag).removeprefix(xml.ATOM)
        if part in parts:
            parts[part] += 1
            _person_part(facts, f"{name} {part}", part, xml.text_of(child))
    if not parts["name"]:
        facts.fault("author-empty", f"{name} name", "is not there")
    for part, times in parts.items():
        if times > 1:
            facts.fault("element-repeated", f"{name} {part}", f"stands {times} times")


def _person_part(facts: Facts, where: str, part: str, text: str) -> None:
    if part == "name" and not text:
        facts.fault("author-empty", where, "is blank")
    elif part == "uri":
        facts.addresses.append(Value(where, text))
    elif part == "email":
        facts.emails.append(Value(where, text))


def _category(facts: Facts, name: str, element: xml.Element) -> None:
    facts.filled.append(Value(f"{name} term", element.get("term", "").strip()))
    if element.get("scheme") is not None:
        xml.required_address(facts, name, element, "scheme")


def _link(facts: Facts, name: str, element: xml.Element) -> None:
    """Read a link (4.2.7)."""
    rel = element.get("rel", "alternate")
    where = f"{name} {rel}"
    xml.required_address(facts, where, element, "href")
    xml.optional_type(facts, where, element)
    length = element.get("length")
    if length is not None:
        facts.numbers.append(Number(f"{where} length", length, 0))
    elif rel == "enclosure":
        facts.numbers.append(Number(f"{where} length", "", 0))
    if rel == "enclosure" and element.get("type") is None:
        facts.media_types.append(Value(f"{where} type", ""))
    language = element.get("hreflang", "")
    if language:
        facts.languages.append(Value(f"{where} hreflang", language))
    href = element.get("href", "")
    facts.links.append(FeedLink(rel, href, element.get("type", ""), language))


_ENTRY_READERS: Mapping[str, xml.Reader] = {
    **xml.EXTENSIONS,
    "author": _person,
    "category": _category,
    "content": _text,
    "contributor": _person,
    "id": _id,
    "link": _link,
    "published": _published,
    "rights": _text,
    "source": xml.anything,
    "summary": _text,
    "title": _title,
    "updated": _updated,
    "dc:creator": xml.filled,
}

_FEED_READERS: Mapping[str, xml.Reader] = {
    **xml.EXTENSIONS,
    "author": _person,
    "category": _category,
    "contributor": _person,
    "generator": xml.filled,
    "icon": xml.address,
    "id": _id,
    "link": _link,
    "logo": xml.address,
    "rights": _text,
    "subtitle": _text,
    "title": _title,
    "updated": _updated,
}

_ENTRY = xml.Vocabulary(_ENTRY_READERS, _ATTRIBUTES, "atom:")
_FEED = xml.Vocabulary(_FEED_READERS, _ATTRIBUTES, "atom:")


def read_entry(fragment: Fragment) -> Facts:
    """Read an `<entry>`."""
    facts = Facts("atom", ENTRY)
    entry = xml.parse_fragment(fragment.data, fragment.prefixes, _ROOT, facts)
    if entry is None:
        return facts
    if entry.tag != f"{xml.ATOM}entry":
        facts.fault("not-well-formed", xml.qualified(str(entry.tag)), "stands where <entry> is due")
        return facts
    facts.text = fragment.data.decode("utf-8", "replace")
    xml.read_children(facts, entry, _ENTRY)
    return facts


def read_document(data: bytes) -> Facts:
    """Read a document's envelope, the ids of its entries and of its tombstones."""
    facts = Facts("atom", DOCUMENT)
    root = xml.parse(data, facts)
    if root is None:
        return facts
    if root.tag != f"{xml.ATOM}feed":
        facts.fault("version-wrong", xml.qualified(str(root.tag)), "is no <feed> of Atom 1.0")
        return facts
    entries = root.findall(f"{xml.ATOM}entry")
    facts.entry_ids = [entry.findtext(f"{xml.ATOM}id", "").strip() for entry in entries]
    behind = entries[0].itersiblings(f"{xml.ATOM}*") if entries else ()
    facts.late = [xml.qualified(each.tag) for each in behind if each.tag != f"{xml.ATOM}entry"]
    _tombstones(facts, root)
    xml.read_children(facts, root, _FEED, entries=f"{xml.ATOM}entry")
    return facts


def _tombstones(facts: Facts, root: xml.Element) -> None:
    """`at:deleted-entry` (RFC 6721, section 3): which entry, and when it went."""
    for removed in root.findall(f"{{{xml.NAMESPACES['at']}}}deleted-entry"):
        facts.removed_ids.append(removed.get("ref", ""))
        facts.ids.append(Value("at:deleted-entry ref", removed.get("ref", "")))
        facts.dates_3339.append(Value("at:deleted-entry when", removed.get("when", "")))
