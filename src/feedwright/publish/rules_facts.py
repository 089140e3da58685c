"""What the gate's rules look at: an entry or an envelope taken apart, whatever its format.

A reader for each wire format (`rules_rss`, `rules_atom`, `rules_json`, `rules_opml`) fills these
lists; the rules in `rules_table` read them and know no format.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

ENTRY = "entry"
DOCUMENT = "document"


class Value(NamedTuple):
    """A value and where it stands: `guid`, `enclosure length`."""

    field: str
    text: str


class Number(NamedTuple):
    """A number as written and the least it may be."""

    field: str
    text: str
    least: int


class Choice(NamedTuple):
    """A word and the words that are allowed in its place."""

    field: str
    text: str
    allowed: tuple[str, ...]


class FeedLink(NamedTuple):
    """A link element."""

    rel: str
    href: str
    media_type: str
    language: str


class Fault(NamedTuple):
    """A rule that was found broken while reading."""

    rule: str
    field: str
    what: str


@dataclass(slots=True)
class Facts:
    """One entry, or the envelope of one document."""

    format: str
    """`rss`, `atom`, `json`, `opml` or `page`."""
    scope: str
    """`entry` or `document`."""
    names: list[str] = field(default_factory=list)
    """Its elements or members, in order."""
    unknown: list[str] = field(default_factory=list)
    """Elements or members that the format does not have."""
    strange: list[Value] = field(default_factory=list)
    """Attributes that the format does not have: element and attribute."""
    titles: list[Value] = field(default_factory=list)
    filled: list[Value] = field(default_factory=list)
    """What may not be blank."""
    addresses: list[Value] = field(default_factory=list)
    web_addresses: list[Value] = field(default_factory=list)
    ids: list[Value] = field(default_factory=list)
    dates_822: list[Value] = field(default_factory=list)
    dates_3339: list[Value] = field(default_factory=list)
    published: str = ""
    updated: str = ""
    languages: list[Value] = field(default_factory=list)
    media_types: list[Value] = field(default_factory=list)
    persons: list[Value] = field(default_factory=list)
    emails: list[Value] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    links: list[FeedLink] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    """Addresses inside content that do not begin with `http`: element, attribute, address."""
    unsafe: list[Value] = field(default_factory=list)
    text: str = ""
    """All of it, to look for doubtful characters."""
    has_text: bool = False
    """A summary or content that is not blank."""
    entry_ids: list[str] = field(default_factory=list)
    """Of a document: the ids of its entries."""
    removed_ids: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    """Elements of the envelope that stand behind an entry."""
    faults: list[Fault] = field(default_factory=list)

    def fault(self, rule: str, where: str, what: str) -> None:
        """Note that `rule` is broken."""
        self.faults.append(Fault(rule, where, what))
