"""What RSS, Atom and OPML share on the way from bytes to facts: parsing, names, common elements."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from feedwright.publish.rules_facts import Choice, Facts, Number, Value
from feedwright.publish.rules_html import look
from feedwright.text.patterns import lazy

NAMESPACES: Mapping[str, str] = {
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "fh": "http://purl.org/syndication/history/1.0",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
"""The prefixes that our documents may declare."""

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DOCUMENT_TYPE = lazy(rb"<!DOCTYPE", re.I)

_NONE: frozenset[str] = frozenset()
Element = etree._Element
Reader = Callable[[Facts, str, Element], None]

_PREFIX_OF = {address: prefix for prefix, address in NAMESPACES.items()}
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_blank_text=False
)
_BY_CODE = {9: "character-forbidden", 81: "character-forbidden", 201: "prefix-undeclared"}


def parse(data: bytes, facts: Facts) -> Element | None:
    """Return the root of `data`, which may declare no document type; None with a fault noted."""
    start = re.search(rb"<[A-Za-z]", data)
    prolog = data[: start.start()] if start else data
    if DOCUMENT_TYPE.search(prolog):
        facts.fault("doctype-declared", "", "declares a document type, and so entities")
        return None
    return _parsed(data, facts)


def _parsed(data: bytes, facts: Facts) -> Element | None:
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        name = _BY_CODE.get(getattr(error, "code", 0), "not-well-formed")
        facts.fault(name, "", (error.msg or "cannot be parsed").strip())
        return None


def parse_fragment(
    data: bytes, prefixes: frozenset[str], root: str, facts: Facts
) -> Element | None:
    """Return the element of a fragment; `root` is the start of its document's root element."""
    unknown = prefixes - NAMESPACES.keys()
    if unknown:
        facts.fault("prefix-undeclared", min(unknown), "is no prefix that documents declare")
        return None
    head, tail = _root(prefixes, root)
    whole = _parsed(head + data + tail, facts)
    if whole is None:
        return None
    if len(whole) != 1 or (whole.text or whole[0].tail or "").strip():
        facts.fault("not-well-formed", "", f"{len(whole)} elements where one is due")
        return None
    return whole[0]


@lru_cache(maxsize=64)
def _root(prefixes: frozenset[str], root: str) -> tuple[bytes, bytes]:
    declared = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in sorted(prefixes))
    return f"<{root}{declared}>".encode(), f"</{root.partition(' ')[0]}>".encode()


@lru_cache(maxsize=512)
def qualified(tag: str) -> str:
    """Write `{http://purl.org/dc/elements/1.1/}creator` as `dc:creator`; Atom's own as `atom:…`.

    An element of a namespace that we do not know begins with `?:`.
    """
    if tag[0] != "{":
        return tag
    address, _, name = tag[1:].partition("}")
    return f"{_PREFIX_OF.get(address, '?')}:{name}"


def text_of(element: Element) -> str:
    """Return the character data of an element without white space around it."""
    return (element.text or "").strip()


class Vocabulary(NamedTuple):
    """The elements of an entry or an envelope in one format."""

    readers: Mapping[str, Reader]
    attributes: Mapping[str, frozenset[str]]
    """What its own elements may carry, besides `xml:lang` and attributes of other namespaces."""
    own: str = ""
    """Prefix of the format's own elements, which is left off: `atom:` in Atom, none in RSS."""


def read_children(facts: Facts, parent: Element, vocabulary: Vocabulary, entries: str = "") -> None:
    """Take `parent` apart: each child goes to its reader; those with the tag `entries` do not."""
    own = vocabulary.own
    read_language(facts, parent)
    for child in parent:
        tag = child.tag
        if tag == entries or not isinstance(tag, str):
            continue
        name = qualified(tag)
        if own and name.startswith(own):
            name = name[len(own) :]
        facts.names.append(name)
        reader = vocabulary.readers.get(name)
        if reader is not None:
            reader(facts, name, child)
        elif ":" not in name or name[0] == "?":
            facts.unknown.append(name)
        if ":" not in name and (attributes := child.keys()):
            if XML_LANGUAGE in attributes:
                read_language(facts, child)
            allowed = vocabulary.attributes.get(name, _NONE)
            facts.strange += [
                Value(name, str(key)) for key in attributes if key not in allowed and key[0] != "{"
            ]


def read_language(facts: Facts, element: Element) -> None:
    """Read `xml:lang` of an element; the empty one says that the language is unknown."""
    language = element.get(XML_LANGUAGE)
    if language:
        facts.languages.append(Value(f"{qualified(str(element.tag))} xml:lang", language))


# ---------------------------------------------------------------- elements that formats share


def anything(facts: Facts, name: str, element: Element) -> None:
    """Read an element that the format has and we do not look into."""


def filled(facts: Facts, name: str, element: Element) -> None:
    """Read an element whose text may not be blank."""
    facts.filled.append(Value(name, text_of(element)))


def address(facts: Facts, name: str, element: Element) -> None:
    """Read an element whose text is an address."""
    facts.addresses.append(Value(name, text_of(element)))


def date_3339(facts: Facts, name: str, element: Element) -> None:
    """Read an element whose text is an RFC 3339 date."""
    facts.dates_3339.append(Value(name, element.text or ""))


def number(least: int) -> Reader:
    """Make a reader of elements whose text is an integer of at least `least`."""

    def read(facts: Facts, name: str, element: Element) -> None:
        facts.numbers.append(Number(name, text_of(element), least))

    return read


def choice(*allowed: str) -> Reader:
    """Make a reader of elements whose text is one of some words."""

    def read(facts: Facts, name: str, element: Element) -> None:
        facts.choices.append(Choice(name, text_of(element), allowed))

    return read


def html(facts: Facts, name: str, element: Element) -> None:
    """Read an element whose text is HTML."""
    read_html(facts, name, element.text or "")


def read_html(facts: Facts, name: str, source: str) -> None:
    """Read HTML in any format."""
    facts.bodies.append(Value(name, source))
    if "<" not in source:
        return
    seen = look(source)
    facts.references += [(name, attribute, target) for attribute, target in seen.without_host]
    facts.unsafe += [Value(name, what) for what in seen.unsafe]


def required_address(facts: Facts, name: str, element: Element, attribute: str) -> None:
    """Read an attribute that has to be there and to be an address."""
    facts.addresses.append(Value(f"{name} {attribute}", element.get(attribute, "")))


def optional_type(facts: Facts, name: str, element: Element) -> None:
    """Read a `type` attribute that is a media type where it stands."""
    media_type = element.get("type")
    if media_type is not None:
        facts.media_types.append(Value(f"{name} type", media_type))


# ---------------------------------------------------------------- extensions of both formats


def _media(facts: Facts, name: str, element: Element) -> None:
    """`media:content`, `media:thumbnail` (Media RSS 1.5.1)."""
    required_address(facts, name, element, "url")
    optional_type(facts, name, element)
    medium = element.get("medium")
    if medium is not None:
        allowed = ("image", "audio", "video", "document", "executable")
        facts.choices.append(Choice(f"{name} medium", medium, allowed))
    for attribute in ("fileSize", "width", "height"):
        value = element.get(attribute)
        if value is not None:
            facts.numbers.append(Number(f"{name} {attribute}", value, 1))


def _media_group(facts: Facts, name: str, element: Element) -> None:
    parts = [child for child in element if child.tag == f"{{{NAMESPACES['media']}}}content"]
    if len(parts) < 2:
        facts.fault("media-group-single", name, f"holds {len(parts)} media:content")
    for part in parts:
        _media(facts, "media:content", part)


def _duration(facts: Facts, name: str, element: Element) -> None:
    """`itunes:duration`: seconds or h:mm:ss."""
    text = text_of(element)
    if not re.fullmatch(r"\d{1,9}(?::[0-5]\d){0,2}", text):
        facts.numbers.append(Number(name, text, 0))


def _href(facts: Facts, name: str, element: Element) -> None:
    required_address(facts, name, element, "href")


def _typed_url(facts: Facts, name: str, element: Element) -> None:
    """`podcast:transcript`, `podcast:chapters`: url and type are required."""
    required_address(facts, name, element, "url")
    facts.media_types.append(Value(f"{name} type", element.get("type", "")))


def _person(facts: Facts, name: str, element: Element) -> None:
    """`podcast:person`."""
    filled(facts, name, element)
    for attribute in ("img", "href"):
        if element.get(attribute) is not None:
            required_address(facts, name, element, attribute)


def _owner(facts: Facts, name: str, element: Element) -> None:
    """`itunes:owner`."""
    for child in element:
        if qualified(str(child.tag)) == "itunes:email":
            facts.emails.append(Value(f"{name} email", text_of(child)))


EXTENSIONS: Mapping[str, Reader] = {
    "media:content": _media,
    "media:thumbnail": _media,
    "media:group": _media_group,
    "itunes:author": filled,
    "itunes:block": choice("yes", "no", "Yes", "No"),
    "itunes:complete": choice("yes", "no", "Yes", "No"),
    "itunes:duration": _duration,
    "itunes:episode": number(1),
    "itunes:season": number(1),
    "itunes:episodeType": choice("full", "trailer", "bonus"),
    "itunes:type": choice("episodic", "serial"),
    "itunes:explicit": choice("true", "false"),
    "itunes:image": _href,
    "itunes:owner": _owner,
    "itunes:subtitle": filled,
    "itunes:title": filled,
    "podcast:transcript": _typed_url,
    "podcast:chapters": _typed_url,
    "podcast:person": _person,
}
"""Elements of other namespaces, alike in RSS and Atom."""
