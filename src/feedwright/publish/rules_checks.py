"""The gate's checks: each yields where a rule is broken and how; none knows a wire format."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from feedwright.publish import rules_values as values
from feedwright.publish.rules_facts import DOCUMENT, ENTRY, Facts, Value
from feedwright.text.patterns import lazy

Finding = tuple[str, str]
"""Where, and what is wrong there."""

Check = Callable[[Facts], Iterable[Finding]]

# ---------------------------------------------------------------- structure

_REQUIRED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("rss", ENTRY): ("title", "link", "guid", "pubDate"),
    ("rss", DOCUMENT): ("title", "link", "description"),
    ("atom", ENTRY): ("title", "id", "updated", "author", "link"),
    ("atom", DOCUMENT): ("title", "id", "updated", "link"),
    ("json", ENTRY): ("id", "url", "title", "date_published"),
    ("json", DOCUMENT): ("version", "title", "home_page_url", "feed_url", "items"),
    ("opml", DOCUMENT): ("head", "body"),
    ("page", DOCUMENT): ("!doctype html", "html", "title"),
}
_MANY = frozenset(
    {
        "category", "author", "contributor", "link", "dc:creator", "dc:subject",
        "atom:link", "media:content", "media:thumbnail", "media:group", "itunes:category",
        "podcast:transcript", "podcast:person", "podcast:soundbite", "podcast:funding",
        "at:deleted-entry"
    }
)  # fmt: skip
_MANY_IN_RSS = _MANY - {"link", "author"}


def missing(facts: Facts) -> Iterator[Finding]:
    """Find required elements that are not there."""
    for name in _REQUIRED.get((facts.format, facts.scope), ()):
        if name not in facts.names:
            yield name, "is not there"
    texts = {"content_html", "content_text"}
    if facts.format == "json" and facts.scope == ENTRY and not texts.intersection(facts.names):
        yield "content_html", "is not there, nor content_text"


def repeated(facts: Facts) -> Iterable[Finding]:
    """Find elements that may stand once and stand more often."""
    many = _MANY_IN_RSS if facts.format == "rss" else _MANY
    single = [name for name in facts.names if name not in many]
    if len(set(single)) == len(single):
        return ()
    return [(name, f"stands {times} times") for name, times in Counter(single).items() if times > 1]


def unknown(facts: Facts) -> Iterable[Finding]:
    """Find elements that the format does not have."""
    return [(name, f"is nothing that {facts.format} knows") for name in facts.unknown]


def strange(facts: Facts) -> Iterable[Finding]:
    """Find attributes that the format does not have."""
    return [
        (name, f"has an attribute {attribute} that {facts.format} does not know")
        for name, attribute in facts.strange
    ]


def blank(facts: Facts) -> Iterable[Finding]:
    """Find texts that may not be blank."""
    return [(where, "is blank") for where, text in facts.filled if not text]


def late(facts: Facts) -> Iterable[Finding]:
    """Find elements of the envelope behind an entry."""
    return [(name, "stands behind an entry") for name in facts.late]


def encoded_first(facts: Facts) -> Iterator[Finding]:
    """Find full text before the summary."""
    before, encoded, _ = "\n".join(facts.names).partition("content:encoded")
    if encoded and "description" not in before.split():
        yield "content:encoded", "has no description before it"


def two_authors(facts: Facts) -> Iterator[Finding]:
    """Find `author` beside `dc:creator`."""
    if "author" in facts.names and "dc:creator" in facts.names:
        yield "author", "stands beside dc:creator"


def no_text(facts: Facts) -> Iterator[Finding]:
    """Find an entry with neither content nor summary."""
    if not any(text.strip() for _, text in facts.bodies):
        yield "content", "is blank, and so is the summary"


def podcast(facts: Facts) -> Iterator[Finding]:
    """Find podcast tags without those that directories ask for."""
    if any(name.startswith("itunes:") for name in facts.names):
        for name in ("itunes:category", "itunes:explicit", "itunes:image"):
            if name not in facts.names:
                yield name, "is not there"


def episode_ending(facts: Facts) -> Iterable[Finding]:
    """Find enclosures of episodes whose address does not end as podcast directories want it."""
    if facts.web_addresses and any(name.startswith("itunes:") for name in facts.names):
        return _each(facts.web_addresses, values.ending_fault)
    return ()


def media_hosts(facts: Facts) -> Iterator[Finding]:
    """Find enclosures and episode images at hosts that validators reject."""
    images = (each for each in facts.addresses if each.field.startswith("itunes:image"))
    for where, text in (*facts.web_addresses, *images):
        if not values.address_fault(text, web=True):
            fault = values.host_fault(text)
            if fault:
                yield where, fault


# ---------------------------------------------------------------- identity and links


def ids(facts: Facts) -> Iterable[Finding]:
    """Find ids that are not absolute."""
    return _each(facts.ids, values.id_fault)


def same_ids(facts: Facts) -> Iterator[Finding]:
    """Find ids of more than one entry."""
    if len(set(facts.entry_ids)) < len(facts.entry_ids):
        for identity, times in Counter(facts.entry_ids).items():
            if times > 1:
                yield "id", f"{values.shown(identity)} stands {times} times"


def lives_and_gone(facts: Facts) -> Iterator[Finding]:
    """Find tombstones of entries that are there."""
    for identity in sorted(set(facts.entry_ids).intersection(facts.removed_ids)):
        yield "at:deleted-entry", f"{values.shown(identity)} is an entry of the same feed"


def addresses(facts: Facts) -> Iterable[Finding]:
    """Find addresses that are not absolute, or not encoded."""
    found = _each(facts.addresses, values.address_fault)
    return found + _each(facts.web_addresses, values.web_address_fault)


_RELATIONS = frozenset(
    {
        "alternate", "current", "describedby", "edit", "edit-media", "enclosure", "first",
        "hub", "last", "license", "next", "next-archive", "payment", "prev-archive",
        "previous", "related", "replies", "search", "self", "service", "up", "via"
    }
)  # fmt: skip


def relations(facts: Facts) -> Iterator[Finding]:
    """Find link relations that nobody registered."""
    for link in facts.links:
        if link.rel not in _RELATIONS and values.address_fault(link.rel):
            yield f"link {link.rel}", "is no registered link relation"


def self_link(facts: Facts) -> Iterator[Finding]:
    """Find a number of self links that is not one."""
    times = sum(link.rel == "self" for link in facts.links)
    if times != 1:
        where = "feed_url" if facts.format == "json" else "link self"
        yield where, f"stands {times} times"


def alternates(facts: Facts) -> Iterator[Finding]:
    """RFC 4287, 4.1.1: no two alternates of one type and language; here, one at least."""
    kinds = [(link.media_type, link.language) for link in facts.links if link.rel == "alternate"]
    if not kinds:
        yield "link alternate", "is not there"
    elif len(set(kinds)) < len(kinds):
        for kind, times in Counter(kinds).items():
            if times > 1:
                shown = " ".join(filter(None, kind)) or "no type"
                yield "link alternate", f"stands {times} times with {shown}"


# ---------------------------------------------------------------- values


def _each(found: Iterable[Value], fault_of: Callable[[str], str]) -> list[Finding]:
    return [(where, fault) for where, text in found if (fault := fault_of(text))]


def dates(facts: Facts) -> Iterable[Finding]:
    """Find dates that are invalid or without zone."""
    found = _each(facts.dates_822, values.rfc822_fault)
    return found + _each(facts.dates_3339, values.rfc3339_fault)


def old_dates(facts: Facts) -> Iterable[Finding]:
    """Find dates before the web."""
    return _each((*facts.dates_822, *facts.dates_3339), values.age_fault)


def order(facts: Facts) -> Iterator[Finding]:
    """Find an update before the publication."""
    fault = values.order_fault(facts.published, facts.updated)
    if fault:
        yield "updated", fault


def languages(facts: Facts) -> Iterable[Finding]:
    """Find language tags that are none."""
    return _each(facts.languages, values.language_fault)


def media_types(facts: Facts) -> Iterable[Finding]:
    """Find media types that are none."""
    return _each(facts.media_types, values.media_type_fault)


def persons(facts: Facts) -> Iterable[Finding]:
    """Find persons and emails that are none."""
    if not facts.persons and not facts.emails:
        return ()
    found = _each(facts.persons, values.person_fault)
    return found + _each(facts.emails, values.email_fault)


def numbers(facts: Facts) -> Iterable[Finding]:
    """Find numbers that are none, or too small."""
    return [
        (where, fault)
        for where, text, least in facts.numbers
        if (fault := values.number_fault(text, least))
    ]


def choices(facts: Facts) -> Iterable[Finding]:
    """Find words that are not among those allowed."""
    return [
        (where, fault)
        for where, text, allowed in facts.choices
        if (fault := values.choice_fault(text, allowed))
    ]


# ---------------------------------------------------------------- text

_DOUBTFUL = lazy("[\x80-\x9f\ufffd]")


def markup(facts: Facts) -> Iterable[Finding]:
    """Find markup and entities in titles."""
    return _each(facts.titles, values.title_fault)


def doubtful(facts: Facts) -> Iterator[Finding]:
    """Find characters of a wrong encoding."""
    found = None if facts.text.isascii() else _DOUBTFUL.search(facts.text)
    if found:
        yield "", f"holds U+{ord(found[0]):04X}, as text of a wrong encoding does"


def relative(facts: Facts) -> Iterable[Finding]:
    """Find relative addresses in content."""
    return [
        (where, fault)
        for where, attribute, target in facts.references
        if (fault := values.reference_fault(attribute, target))
    ]


def unsafe(facts: Facts) -> Iterable[Finding]:
    """Find scripts, forms and handlers."""
    return [(where, f"has {what}") for where, what in facts.unsafe]


def while_reading(facts: Facts) -> tuple[Finding, ...]:
    """Find nothing: the rule is decided while the bytes are read."""
    return ()
