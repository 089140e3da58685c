"""The frozen values that pass between stages, in the order of the flow.

    content/ -> sources -> normalize -> ledger -> select -> render -> gate -> publish

    SourceFile -> RawArticle -> Candidate -> Article -> Entry -> Fragment -> Document

Instants are aware UTC `datetime`s in whole seconds. Paths are POSIX, relative to the folder of
`config.yaml`. They are named tuples: cheap to make by the hundred thousand and to pass between
processes.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from feedwright.config.schema import Podcast

# ---------------------------------------------------------------- problems


class Severity(StrEnum):
    """`error` keeps an article (or a build) out, `warning` does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """Something that a person should mend: what, where, why and what to do."""

    severity: Severity
    name: str
    """Name of the rule, as in `content.accept` and docs/problems.md: `date-unreadable`."""
    path: str
    line: int
    """Counted from 1; 0 when there is none."""
    field: str
    what: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        field = f"{self.field}: " if self.field else ""
        cure = f"; {self.cure}" if self.cure else ""
        return f"{place}: {field}{self.what}{cure}"


class LeftOut(NamedTuple):
    """A file below `content/` that is no article, and why."""

    path: str
    reason: str


# ---------------------------------------------------------------- sources


class SourceFile(NamedTuple):
    """A file below a content folder, as the scan saw it."""

    path: str
    """Relative to the folder of config.yaml: `content/posts/a.md`."""
    below: str
    """The same below its content folder: `posts/a.md`."""
    absolute: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


RawValue = (
    None | str | bool | int | float | datetime | date | list["RawValue"] | dict[str, "RawValue"]
)
"""A value as its syntax gives it: YAML gives only strings, None, lists and mappings (nothing is
resolved), TOML and JSON give their own types."""


class RawField(NamedTuple):
    """One metadata field as written."""

    key: str
    value: RawValue
    line: int
    """Line in the file, from 1; 0 when there is none."""
    origin: str
    """Where it came from: `front matter`, `header lines`, `sidecar x.yaml`, `json-ld`, `article:`,
    `og:`, `meta`, `document`, `file name`, `folder`, `text`."""


class RawArticle(NamedTuple):
    """An article as written: nothing is trusted yet."""

    path: str
    below: str
    part: str
    """Which article of a file with many, else empty."""
    dialect: str
    """Name of the source reader, as in docs/dialects.md: `markdown`, `pelican`, `html`, ..."""
    fields: tuple[RawField, ...]
    """In order of precedence: of two fields with one meaning the first wins."""
    body: str
    """Line ends are LF; white space at the end is off."""
    markup: str
    """`markdown`, `mdx`, `rst`, `html`, `wordpress` (HTML with shortcodes) or `text`."""
    body_line: int
    """Line of the file at which the body begins, from 1."""
    problems: tuple[Problem, ...] = ()


# ---------------------------------------------------------------- normalize


class Person(NamedTuple):
    """An author. `name` is never empty once normalized."""

    name: str
    email: str = ""
    url: str = ""
    avatar: str = ""


class EnclosureRef(NamedTuple):
    """An enclosure as declared: the address may be relative, type and length unknown."""

    url: str
    media_type: str = ""
    length: int | None = None
    title: str = ""
    duration: int | None = None
    """Seconds."""


class Origin(NamedTuple):
    """Where a canonical field came from, for `show`."""

    field: str
    origin: str
    key: str
    """The key as written, or empty."""
    line: int


class Candidate(NamedTuple):
    """An article with normalized metadata, not yet with identity. Its body stays in its file."""

    path: str
    below: str
    part: str
    dialect: str
    title: str
    """Plain text on one line, never empty."""
    title_is_own: bool
    """False when it was made from the file name: then it is no part of the hash."""
    declared_id: str
    """As written; empty when none."""
    slug: str
    """URL segment for `{slug}`; never identity."""
    slug_is_declared: bool
    declared_permalink: str
    """`permalink`, `url`, `path` as written, may be relative to the site; empty when none."""
    published: datetime | None
    """Declared or from file name or markup; None: the ledger's first sight."""
    written_day: date | None
    """The day of `published` as written in the source, before any zone."""
    file_day: date | None
    """The day in the file name or its folders."""
    updated: datetime | None
    minor: bool
    """`minor: true`: an edit that is not to move `updated`."""
    authors: tuple[Person, ...]
    """Empty when the article names none: the entry then shows the site's."""
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    """Declared summary as plain text; empty when none."""
    language: str
    """BCP 47; empty: the site's."""
    image: str
    """As declared, may be relative; empty when none."""
    image_alt: str
    enclosures: tuple[EnclosureRef, ...]
    rights: str
    expires: datetime | None
    draft: bool
    hash: str
    """`1:` + hex sha256 of the article's own words: docs/identity.md."""
    extra: Mapping[str, RawValue]
    """What has no canonical field, by its key as written; podcast keys among it."""
    origins: tuple[Origin, ...]

    @property
    def section(self) -> str:
        """The top folder as written; empty for a file at the top."""
        folder, slash, _ = self.below.partition("/")
        return folder if slash else ""


class Normalized(NamedTuple):
    """What the normalizer makes of one raw article; no candidate when an error keeps it out."""

    candidate: Candidate | None
    problems: tuple[Problem, ...]
    people: frozenset[str] = frozenset()
    """Handles of the authors file that it asked for, there or not."""


# ---------------------------------------------------------------- ledger


class State(StrEnum):
    """The states of an article."""

    LIVE = "live"
    DRAFT = "draft"
    FUTURE = "future"
    EXPIRED = "expired"
    HELD = "held"
    GONE = "gone"


class LedgerLine(NamedTuple):
    """One line of the ledger about an article; docs/identity.md has the form."""

    id: str
    at: datetime
    """When the line was written, in microseconds: of two lines of one id the later one counts."""
    first: datetime
    """First publication."""
    published: datetime
    inferred: bool
    """`published` was not declared: it is the first sight, and stands for ever."""
    path: str
    part: str
    hash: str
    updated: datetime
    state: State
    """`live` or `gone`."""
    was: tuple[str, ...] = ()
    """Former paths, the newest last."""
    minted: bool = True
    """False: the article declares its id (or did once)."""
    slug: str = ""
    """The declared slug."""
    title: str = ""
    url: str = ""
    """Permalink when the line was written: for `entry.removed` and for people."""
    when: datetime | None = None
    """Of a gone line: its expiry, or the time of the run."""
    feeds: tuple[str, ...] = ()
    """Of a gone line: names of the feeds that held it, for tombstones."""
    guid: str = ""
    """Of an imported article: what RSS and JSON readers know it by, where that is no IRI."""


class FeedLine(NamedTuple):
    """One line of the ledger about a feed."""

    feed: str
    """Name of the feed spec."""
    label: str
    """Of a `per` feed: the category, tag, author, language or section; else empty."""
    path: str
    """Folder below `feeds/`; empty is `feeds/` itself."""
    id: str
    first: datetime
    at: datetime


class Article(NamedTuple):
    """A candidate with identity, permalink and dates."""

    candidate: Candidate
    id: str
    permalink: str
    published: datetime
    updated: datetime
    first: datetime
    state: State
    guid: str = ""
    """What RSS and JSON documents write in place of the id; empty: the id itself."""

    @property
    def path(self) -> str:
        """Path of its source file."""
        return self.candidate.path

    @property
    def title(self) -> str:
        """Plain text on one line."""
        return self.candidate.title


class Member(NamedTuple):
    """An article as the order of a feed knows it: what it takes to choose it, and no more."""

    id: str
    published: datetime
    updated: datetime
    language: str
    """As declared; empty: the site's."""


# ---------------------------------------------------------------- render


class Image(NamedTuple):
    """An image with an absolute address; `length` in bytes, 0 when unknown."""

    url: str
    media_type: str
    length: int
    alt: str = ""


class Enclosure(NamedTuple):
    """An enclosure with an absolute address; `length` in bytes, 0 when unknown."""

    url: str
    media_type: str
    length: int
    title: str = ""
    duration: int | None = None
    """Seconds."""


class Link(NamedTuple):
    """A typed link of an episode: transcript, chapters."""

    url: str
    media_type: str
    language: str = ""


class Episode(NamedTuple):
    """What podcast apps read of an entry (iTunes tags and the podcast namespace)."""

    duration: int | None = None
    """Seconds."""
    number: int | None = None
    season: int | None = None
    kind: str = ""
    """`full`, `trailer` or `bonus`."""
    explicit: bool | None = None
    image: str = ""
    title: str = ""
    subtitle: str = ""
    block: bool = False
    transcripts: tuple[Link, ...] = ()
    chapters: Link | None = None
    persons: tuple[tuple[str, str, str, str], ...] = ()
    """name, role, image, href"""


class Entry(NamedTuple):
    """An article as it stands in a feed: everything is text for readers, all addresses absolute."""

    id: str
    permalink: str
    title: str
    published: datetime
    updated: datetime
    authors: tuple[Person, ...]
    """Never empty; emails only where they may be published."""
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    """Plain text; may be empty."""
    content: str
    """Clean HTML; may be empty."""
    language: str
    direction: str
    """`ltr` or `rtl`."""
    image: Image | None
    enclosures: tuple[Enclosure, ...]
    rights: str
    episode: Episode | None = None
    comments: str = ""
    """Address of the page with comments; may be empty."""
    guid: str = ""
    """What RSS and JSON documents write in place of the id; empty: the id itself."""


class Fragment(NamedTuple):
    """An entry as bytes of one format, to be joined between a head and a tail."""

    id: str
    data: bytes
    prefixes: frozenset[str]
    """Namespace prefixes that the root has to declare."""
    guid: str = ""
    """What it says in place of the id, adopted from an older feed; empty: the id itself."""


class Tombstone(NamedTuple):
    """A removed entry (RFC 6721)."""

    id: str
    when: datetime


class Archive(NamedTuple):
    """Where a document stands in a paged archive (RFC 5005, section 4). Names as in `Feed.path`."""

    previous: int | None
    """Number of the next older archive document."""
    next: int | None
    """Number of the next newer archive document; None in the newest and in the feed itself."""
    number: int | None
    """Own number; None in the subscription document."""


class Feed(NamedTuple):
    """The metadata of a feed; its entries come beside it, as fragments."""

    name: str
    """`main`, of a `per` feed `category/sea`."""
    path: str
    """Folder of its documents below `feeds/`."""
    id: str
    title: str
    description: str
    language: str
    direction: str
    home: str
    """Absolute address of the page for people."""
    base: str
    """Absolute address of the folder of its documents, ends with a slash."""
    formats: tuple[str, ...]
    updated: datetime
    author: Person
    rights: str
    icon: str
    logo: str
    hubs: tuple[str, ...]
    style: str
    """Absolute address of the style sheet."""
    tombstones: tuple[Tombstone, ...] = ()
    podcast: Podcast | None = None
    """The feed spec's `podcast`: docs/configuration.md."""
    archive: Archive | None = None


class Document(NamedTuple):
    """A file for `feeds/`."""

    path: str
    """Below `feeds/`: `rss.xml`, `category/sea/atom.xml`."""
    media_type: str
    data: bytes
    feed: str = ""
    """Name of its feed; empty for index, OPML and style sheet."""
    sample: bytes = b""
    """What is left to lint of a document whose entries were linted: it with two of them. Empty: it
    has to be linted as a whole."""
    entry_ids: tuple[str, ...] = ()
    """Beside a sample: those of all entries, as they write them."""

    @property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal digits."""
        return sha256(self.data).hexdigest()


class Streamed(NamedTuple):
    """A document too large to be held in memory: its bytes are made whenever they are asked for."""

    path: str
    media_type: str
    sha256: str
    """In hexadecimal digits."""
    pieces: Callable[[], Iterator[bytes]]
    """Gives the bytes piece by piece, the same each time."""
    feed: str
    sample: bytes
    entry_ids: tuple[str, ...]


class Kept(NamedTuple):
    """A document that lies in `feeds/` as it should: it was made of the same before."""

    path: str
    media_type: str
    sha256: str
    """In hexadecimal digits."""
    feed: str


# ---------------------------------------------------------------- notification


class Endpoint(NamedTuple):
    """A configured receiver: a webhook or a WebSub hub."""

    name: str
    kind: str
    """`webhook` or `websub`."""
    url: str
    secrets: tuple[str, ...] = ()
    """`whsec_…`; two while rotating."""
    allow_http: bool = False
    allow_private: bool = False
    proxy: str = ""
    timeout: float = 15.0
    """Seconds for one whole exchange."""
    disabled: str = ""
    """Why the configuration keeps it from being used (a variable is not set); else empty."""

    def __repr__(self) -> str:
        """Show no secret: addresses of chat services are secrets, too."""
        return f"Endpoint({self.name!r}, {self.kind!r})"


class DeliveryState(StrEnum):
    """The states of a delivery."""

    WAITING = "waiting"
    """Held, its publication is not finished, or its endpoint is disabled."""
    PENDING = "pending"
    DELIVERED = "delivered"
    REFUSED = "refused"
    """The address or its scheme is not allowed."""
    DEAD = "dead"
    """Every try failed; it can be replayed."""
    DISCARDED = "discarded"


class Message(NamedTuple):
    """The payload of an event for one endpoint. Its id and bytes are the same on every attempt."""

    id: str
    type: str
    """`feed.updated`, `entry.published`, ..., `webhook.test`, `websub.publish`."""
    endpoint: str
    """Name of the endpoint."""
    group: str
    """Messages of one group may collapse: endpoint, type and feed filter. Empty: never."""
    body: bytes
    content_type: str
    data: str
    """JSON: what coalescing merges."""
    due: datetime
    hold: bool = False
    """Whether it waits until it is released (`build --hold`)."""


class Due(NamedTuple):
    """A delivery that a worker has leased."""

    delivery: int
    message: Message
    attempts: int
    """Recorded attempts so far."""
    tries: int
    """Position in the schedule of retries: attempts that moved along it."""
    created: datetime
    since: datetime
    """When it was created, or last made due by hand: the schedule counts from here."""
    lease: int
    """Number of the lease; what another worker does in the meantime has another one."""
    until: datetime
    """End of the lease."""


class Attempt(NamedTuple):
    """One HTTP exchange, or what kept it from taking place."""

    at: datetime
    status: int | None
    """None when there was no answer."""
    seconds: float
    answer: str = ""
    """The first 200 bytes of the body, as text."""
    error: str = ""
    """What went wrong, in words; never an address, a secret or a header."""
    retry_after: str = ""
    """`Retry-After` as sent."""
    refused: bool = False
    """The address or its scheme is not allowed: nothing was sent."""


class Decision(NamedTuple):
    """What follows from an attempt."""

    state: DeliveryState
    due: datetime
    """Of the next attempt when `state` is pending."""
    tries: int
    disable: str = ""
    """Why the endpoint must get nothing more; else empty."""
    pause_until: datetime | None = None
    """The whole endpoint rests until then."""
    failing_since: datetime | None = None
    """Since when the endpoint has had nothing but failures; None after a success."""
