"""What each key of `config.yaml` means and takes: one table for reading, JSON Schema and docs.

Types and defaults are the schema's classes; tests hold that every field stands here.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from feedwright.config import schema
from feedwright.config.addresses import (
    ENDPOINT,
    FEEDS_URL,
    LABELLED_REFERENCE,
    PROXY,
    REFERENCE,
    SITE_URL,
)
from feedwright.config.patterns import (
    BODY,
    FEED_GLOB,
    FEED_PATH,
    GLOB,
    NAME,
    PATH,
    PERMALINK,
    PODCAST_CATEGORY,
    SECTION,
    WARNING,
)
from feedwright.config.short import AUTHOR, HUB
from feedwright.config.values import (
    BOOLEAN,
    EMAIL,
    LANGUAGE,
    MAX_REMOVED,
    SECRET,
    TEXT,
    UUID,
    ZONE,
    Kind,
    choice,
    duration,
    integer,
    size,
)


class Key(NamedTuple):
    """What a key takes. For a list, `kind` is that of each item."""

    meaning: str
    kind: Kind | None = TEXT
    """None: only a mapping (or a list of them)."""
    least: int = 0
    """Items that a list has at least."""
    empty: bool = False
    """The empty text is a value although it is not the default."""
    secret: bool = False
    """Never show the value."""


_CENTURY = timedelta(days=36_500)
_SECOND = timedelta(seconds=1)
_KEPT = duration(timedelta(days=1), _CENTURY, "30d")
_FORMAT = choice(
    schema.FORMATS,
    {"xml": "rss", "rss2": "rss", "rss.xml": "rss", "atom.xml": "atom", "feed.json": "json"}
    | {"jsonfeed": "json", "json feed": "json", "json-feed": "json"},
)
_PER = choice(
    schema.PER,
    {"categories": "category", "tags": "tag", "authors": "author", "lang": "language"}
    | {"languages": "language", "sections": "section", "folder": "section", "topic": "category"},
)
_EVENT = choice(schema.EVENTS, {"feed": "feed.updated", "entry.created": "entry.published"})

_SITE = {
    "title": Key("Name of the site; feeds without a title of their own take it."),
    "url": Key(
        "Home page of the site; relative addresses of the file resolve against it.", SITE_URL
    ),
    "feeds_url": Key("Where `feeds/` is served.", FEEDS_URL),
    "description": Key("What the site is, in a sentence."),
    "language": Key("Language of articles that name none (BCP 47).", LANGUAGE),
    "timezone": Key("Zone of dates without one (a name of the IANA database).", ZONE),
    "author": Key("Author of articles that name none.", AUTHOR),
    "publish_emails": Key("Whether email addresses of authors stand in the feeds.", BOOLEAN),
    "rights": Key("Copyright notice."),
    "icon": Key("Small square image.", REFERENCE),
    "logo": Key("Larger image.", REFERENCE),
}
_AUTHOR = {
    "name": Key("Name of the person or desk."),
    "email": Key("Email address.", EMAIL),
    "url": Key("Page about the author.", REFERENCE),
}
_CONTENT = {
    "path": Key("Folders with articles.", PATH, least=1),
    "include": Key("Globs of files that are read.", GLOB, least=1),
    "exclude": Key("Globs of files that are not read.", GLOB),
    "static": Key('Folders in which `"/x.png"` of an article lies.', PATH),
    "permalink": Key("Pattern of permalinks, appended to `site.url`.", PERMALINK),
    "permalink_slug": Key("Another pattern for articles that declare a slug.", PERMALINK),
    "permalinks": Key("Other patterns for some articles, by glob and language.", None),
    "permalink_style": Key(
        "Whose rules make addresses of names and titles.",
        choice(
            schema.PERMALINK_STYLES,
            {"11ty": "eleventy", "docusaurus": "plain", "lektor": "plain", "next": "plain"}
            | {"octopress": "jekyll", "gatsby": "plain", "mkdocs-material": "mkdocs"},
        ),
    ),
    "permalink_date": Key(
        "Which day the placeholders of the date mean.",
        choice(
            ("utc", "local", "as-written", "filename"),
            {"written": "as-written", "as_written": "as-written", "file": "filename"},
        ),
    ),
    "slug_from": Key(
        "What makes the slug of articles that declare none.", choice(("filename", "title"))
    ),
    "fields": Key("Further names of canonical fields, looked up before all others."),
    "authors": Key("File or folder that says who the handles of authors are.", PATH, empty=True),
    "split_authors": Key('Whether "A and B" and "A, B" are several people.', BOOLEAN),
    "tags": Key("File that says what the labels of tags are.", PATH, empty=True),
    "vault": Key("Whether articles are notes of Obsidian, Foam or the like.", BOOLEAN),
    "defaults": Key("Values for articles that lack them, by glob.", None),
    "accept": Key("Names of warnings that are not to be repeated.", WARNING),
    "max_bytes": Key("Size of the largest source file that is read.", size(1000, 1000**3)),
}
_PERMALINK_RULE = {
    "pattern": Key("The pattern, as in `permalink`.", PERMALINK),
    "match": Key("Glob below the content folder.", GLOB),
    "languages": Key("Languages of the articles that are meant; none: any.", LANGUAGE),
}
_DEFAULT = {
    "match": Key("Glob below the content folder.", GLOB),
    "values": Key("Fields as an article would write them."),
}
_LABELS = {
    "categories": TEXT,
    "tags": TEXT,
    "authors": TEXT,
    "languages": LANGUAGE,
    "sections": SECTION,
}
_WHERE = {
    f"{word}_{labels}": Key(f"{meaning} {labels}.", kind)
    for labels, kind in _LABELS.items()
    for word, meaning in (
        ("any", "At least one of these"),
        ("all", "All of these"),
        ("not", "None of these"),
    )
} | {
    "newer_than": Key(
        "Only articles published less than this ago.", duration(_SECOND, _CENTURY, "365d")
    )
}
_PODCAST = {
    "category": Key(
        'Categories of podcast directories: `Arts`, `"Arts > Books"`.', PODCAST_CATEGORY
    ),
    "explicit": Key("Whether it is for adults.", BOOLEAN),
    "image": Key("Square cover, 1400 to 3000 pixels.", REFERENCE),
    "author": Key("Who makes it, as directories show it."),
    "owner": Key("Whom directories write to; always published.", None),
    "type": Key("Newest first, or in order.", choice(("episodic", "serial"))),
    "guid": Key("UUID of the show (podcast:guid).", UUID),
    "locked": Key("Whether other platforms may not import it.", BOOLEAN),
    "funding": Key("Page on which to support it.", REFERENCE),
    "block": Key("Whether directories are not to list it.", BOOLEAN),
    "complete": Key("Whether no further episode will come.", BOOLEAN),
}
_OWNER = {"name": Key("Name."), "email": Key("Email address.", EMAIL)}
_FEED = {
    "name": Key("Name of the feed in messages, webhooks and the ledger; for ever.", NAME),
    "per": Key("One feed for each of these.", _PER),
    "path": Key("Folder below `feeds/`; with `{slug}` when `per` is given.", FEED_PATH, empty=True),
    "formats": Key("Documents to write.", _FORMAT, least=1),
    "limit": Key("Most entries in a document; 0 is no limit.", integer(0, 1_000_000, "no limit")),
    "max_bytes": Key("Size of the largest document.", size(10_000, 1000**3)),
    "content": Key(
        "Whether entries have the whole article.",
        choice(("full", "summary"), {"excerpt": "summary", "true": "full", "false": "summary"}),
    ),
    "archive": Key("Whether older entries stand in archive documents (RFC 5005).", BOOLEAN),
    "title": Key("Title of the feed; `{label}` when `per` is given."),
    "description": Key("What the feed is; `{label}` when `per` is given."),
    "language": Key("Language of the feed (BCP 47).", LANGUAGE),
    "home": Key("Page for people; `{slug}` and `{label}` when `per` is given.", LABELLED_REFERENCE),
    "where": Key("Which articles belong to the feed.", None),
    "podcast": Key("Tags for podcast directories.", None),
}
_WEBHOOK = {
    "name": Key("Name of the webhook.", NAME),
    "url": Key("Where messages are sent.", ENDPOINT, secret=True),
    "secret": Key("Key of the signature (`whsec_…`); a list while rotating.", SECRET, secret=True),
    "feeds": Key('Names of feeds, or globs such as `"category/*"`.', FEED_GLOB, least=1),
    "events": Key("What it is told of.", _EVENT, least=1),
    "body": Key("`standard`, `slack`, `discord` or the path of a template.", BODY),
    "allow_http": Key("Whether `url` may be http.", BOOLEAN),
    "allow_private": Key("Whether it may be in a private network.", BOOLEAN),
    "proxy": Key("Proxy to send through.", PROXY, secret=True),
    "timeout": Key(
        "How long one exchange may take.", duration(_SECOND, timedelta(minutes=5), "15s")
    ),
}
_HUB = {
    "url": Key("Address of the hub.", ENDPOINT),
    "allow_http": Key("Whether `url` may be http.", BOOLEAN),
    "allow_private": Key("Whether it may be in a private network.", BOOLEAN),
}
_NOTIFY = {
    "send_within": Key(
        "How long a build may send; the rest is the next run's.",
        duration(timedelta(0), timedelta(hours=1), "10s"),
    ),
    "metrics": Key("Path of a Prometheus text file to write.", PATH),
    "keep_attempts": Key("How long attempts stay on record.", _KEPT),
    "webhooks": Key("Receivers of messages.", None),
    "websub": Key("WebSub hubs.", None),
}
_CONFIG = {
    "site": Key("The site.", None),
    "content": Key("Where articles lie and how they are read.", None),
    "feeds": Key("The feeds.", None, least=1),
    "notify": Key("Who is told of changes.", None),
    "publish": Key("Safety of publishing.", None),
    "state": Key("Folder of what the program remembers; may be deleted.", PATH),
    "ledger": Key("The record of identity; to be committed and kept.", PATH),
}
_PUBLISH = {"max_removed": Key("How many published articles may leave at once.", MAX_REMOVED)}
_WEBSUB = {"hubs": Key("Addresses of hubs.", HUB)}

KEYS: Mapping[type, Mapping[str, Key]] = {
    schema.Config: _CONFIG,
    schema.Site: _SITE,
    schema.Author: _AUTHOR,
    schema.Content: _CONTENT,
    schema.PermalinkRule: _PERMALINK_RULE,
    schema.Default: _DEFAULT,
    schema.FeedSpec: _FEED,
    schema.Where: _WHERE,
    schema.Podcast: _PODCAST,
    schema.Owner: _OWNER,
    schema.Notify: _NOTIFY,
    schema.Webhook: _WEBHOOK,
    schema.WebSub: _WEBSUB,
    schema.Hub: _HUB,
    schema.Publish: _PUBLISH,
}
"""Keys of every mapping, in the order of the documentation."""
