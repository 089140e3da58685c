"""What the gate's rules look at: an entry or an envelope taken apart, whatever its format.

A reader for each wire format (`rules_rss`, `rules_atom`, `rules_json`, `rules_opml`) fills these
lists; the rules in `rules_table` read them and know no format.
"""

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


class Facts:
    """One entry, or the envelope of one document."""

    def __init__(self, format_name: str, scope: str) -> None:
        self.format = format_name
        """`rss`, `atom`, `json`, `opml` or `page`."""
        self.scope = scope
        """`entry` or `document`."""
        self.names: list[str] = []
        """Its elements or members, in order."""
        self.unknown: list[str] = []
        """Elements or members that the format does not have."""
        self.strange: list[Value] = []
        """Attributes that the format does not have: element and attribute."""
        self.titles: list[Value] = []
        self.filled: list[Value] = []
        """What may not be blank."""
        self.addresses: list[Value] = []
        self.web_addresses: list[Value] = []
        self.ids: list[Value] = []
        self.dates_822: list[Value] = []
        self.dates_3339: list[Value] = []
        self.published = ""
        self.updated = ""
        self.languages: list[Value] = []
        self.media_types: list[Value] = []
        self.persons: list[Value] = []
        self.emails: list[Value] = []
        self.numbers: list[Number] = []
        self.choices: list[Choice] = []
        self.links: list[FeedLink] = []
        self.references: list[tuple[str, str, str]] = []
        """Addresses inside content that do not begin with `http`: element, attribute, address."""
        self.unsafe: list[Value] = []
        self.text = ""
        """All of it, to look for doubtful characters."""
        self.bodies: list[Value] = []
        """Summary and content, as text or HTML."""
        self.entry_ids: list[str] = []
        """Of a document: the ids of its entries."""
        self.removed_ids: list[str] = []
        self.late: list[str] = []
        """Elements of the envelope that stand behind an entry."""
        self.faults: list[Fault] = []

    def fault(self, rule: str, where: str, what: str) -> None:
        """Note that `rule` is broken."""
        self.faults.append(Fault(rule, where, what))
