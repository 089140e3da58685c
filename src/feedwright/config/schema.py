"""What may stand in `config.yaml`, typed. Pure: reading is `loading`'s.

Named tuples, since a run imports them long before it works, and a dataclass costs many times one.
The classes are the single source of keys, types and defaults; the shipped JSON Schema and
docs/configuration.md are held against them by tests. Addresses are absolute here: `loading`
resolves them against `site.url`.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

FORMATS = ("rss", "atom", "json")
PER = ("category", "tag", "author", "language", "section")
FIELDS = (
    "title",
    "id",
    "slug",
    "permalink",
    "published",
    "updated",
    "expires",
    "authors",
    "categories",
    "tags",
    "summary",
    "language",
    "image",
    "image_alt",
    "enclosures",
    "rights",
    "minor",
    "draft",
)
"""Canonical fields that `content.fields` may name."""
PERMALINK_STYLES = (
    "plain",
    "hugo",
    "hugo-cased",
    "hugo-unaccented",
    "hugo-cased-unaccented",
    "jekyll",
    "pelican",
    "eleventy",
    "nikola",
    "zola",
    "astro",
    "hexo",
    "mkdocs",
    "nuxt",
    "nuxt-cased",
)
"""Whose rules make addresses of names and titles: `text.slugs` has them."""
EVENTS = ("feed.updated", "entry.published", "entry.updated", "entry.removed")

_NO_FIELDS: Mapping[str, tuple[str, ...]] = {}


class Author(NamedTuple):
    """A person or a desk."""

    name: str
    email: str = ""
    url: str = ""


class Site(NamedTuple):
    """The site whose articles are published."""

    title: str
    url: str
    """Home page; ends with a slash when its path is a folder as written."""
    feeds_url: str = ""
    """Where `feeds/` is served; ends with a slash; default: `url` + `feeds/`."""
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    author: Author | None = None
    publish_emails: bool = False
    rights: str = ""
    icon: str = ""
    logo: str = ""


class Default(NamedTuple):
    """Values for articles that lack them."""

    match: str
    values: Mapping[str, object]


class PermalinkRule(NamedTuple):
    """Another pattern for some articles: those that `match` and `languages` both mean."""

    pattern: str
    match: str = "**"
    languages: tuple[str, ...] = ()
    """Empty: of any language."""


class Content(NamedTuple):
    """Where articles lie and how they are read."""

    path: tuple[str, ...] = ("content",)
    include: tuple[str, ...] = ("**",)
    exclude: tuple[str, ...] = ("README.md",)
    static: tuple[str, ...] = ("static",)
    permalink: str = "/{year}/{month}/{slug}/"
    permalink_slug: str = ""
    permalinks: tuple[PermalinkRule, ...] = ()
    permalink_style: str = ""
    permalink_date: str = "local"
    slug_from: str = "filename"
    fields: Mapping[str, tuple[str, ...]] = _NO_FIELDS
    authors: str = "authors.yml"
    split_authors: bool = False
    tags: str = ""
    vault: bool = False
    defaults: tuple[Default, ...] = ()
    accept: tuple[str, ...] = ()
    max_bytes: int = 20_000_000


class Where(NamedTuple):
    """Which articles belong to a feed; empty tuples ask for nothing."""

    any_categories: tuple[str, ...] = ()
    all_categories: tuple[str, ...] = ()
    not_categories: tuple[str, ...] = ()
    any_tags: tuple[str, ...] = ()
    all_tags: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    any_authors: tuple[str, ...] = ()
    all_authors: tuple[str, ...] = ()
    not_authors: tuple[str, ...] = ()
    any_languages: tuple[str, ...] = ()
    all_languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    any_sections: tuple[str, ...] = ()
    all_sections: tuple[str, ...] = ()
    not_sections: tuple[str, ...] = ()
    newer_than: timedelta | None = None


class Owner(NamedTuple):
    """Whom a podcast directory writes to; always published."""

    name: str
    email: str


class Podcast(NamedTuple):
    """Channel tags for podcast directories (iTunes and the podcast namespace)."""

    category: tuple[str, ...] = ()
    """Each `Arts` or `Arts > Books`."""
    explicit: bool = False
    image: str = ""
    author: str = ""
    owner: Owner | None = None
    type: str = ""
    """`episodic` or `serial`."""
    guid: str = ""
    locked: bool | None = None
    funding: str = ""
    """Address."""
    block: bool = False
    complete: bool = False


class FeedSpec(NamedTuple):
    """The configuration of a feed, or of one feed for each label (`per`)."""

    name: str
    per: str = ""
    path: str = ""
    """Below `feeds/`; with `{slug}` for a `per` feed."""
    formats: tuple[str, ...] = FORMATS
    limit: int = 50
    max_bytes: int = 1_000_000
    content: str = "full"
    archive: bool = False
    title: str = ""
    description: str = ""
    language: str = ""
    home: str = ""
    where: Where = Where()
    podcast: Podcast | None = None


class Webhook(NamedTuple):
    """A receiver of messages. Secrets and a proxy, which may hold one, never show in `repr`."""

    name: str
    url: str
    secret: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ("*",)
    events: tuple[str, ...] = ("feed.updated",)
    body: str = "standard"
    allow_http: bool = False
    allow_private: bool = False
    proxy: str = ""
    timeout: timedelta = timedelta(seconds=15)
    disabled: str = ""
    """Why it cannot be used in this run (a variable is not set); its messages wait."""

    def __repr__(self) -> str:
        shown = self._asdict()
        del shown["secret"], shown["proxy"]
        return f"Webhook({', '.join(f'{name}={value!r}' for name, value in shown.items())})"


class Hub(NamedTuple):
    """A WebSub hub."""

    url: str
    allow_http: bool = False
    allow_private: bool = False


class WebSub(NamedTuple):
    """Hubs that are told of changes."""

    hubs: tuple[Hub, ...] = ()


class Notify(NamedTuple):
    """Who is told of changes, and how."""

    send_within: timedelta = timedelta(seconds=10)
    metrics: str = ""
    keep_attempts: timedelta = timedelta(days=30)
    webhooks: tuple[Webhook, ...] = ()
    websub: WebSub = WebSub()


class MaxRemoved(NamedTuple):
    """How many published articles may leave at once: a share of them, or a number."""

    share: float | None = 0.2
    number: int | None = None


class Publish(NamedTuple):
    """Safety of publishing."""

    max_removed: MaxRemoved = MaxRemoved()


class Config(NamedTuple):
    """All of `config.yaml`."""

    site: Site
    content: Content = Content()
    feeds: tuple[FeedSpec, ...] = (FeedSpec(name="main"),)
    notify: Notify = Notify()
    publish: Publish = Publish()
    state: str = ".feedwright"
    ledger: str = "ledger.jsonl"
