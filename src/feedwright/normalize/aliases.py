"""Which keys mean which canonical field, in order of precedence. Data only.

A name may be a path into a mapping (`date.created`). Keys are compared without regard to case,
`_`, `-`, `:` and spaces. The names of `content.fields` come before all of these.
"""

from collections.abc import Mapping

Names = Mapping[str, tuple[str, ...]]

_TABLES = ("params", "extra")
"""Where Hugo (since 0.123) and Zola keep what is not theirs."""


def _also_in_tables(*names: str) -> tuple[str, ...]:
    return (*names, *(f"{table}.{name}" for table in _TABLES for name in names))


NAMES: Names = {
    "title": ("title", "headline", "link title"),
    "id": ("id", "guid", "uuid"),
    "slug": ("slug",),
    "permalink": ("permalink", "url", "path"),
    "published": (
        "date",
        "date.created",
        "date.published",
        "publish date",
        "pub date",
        "published",
        "pub datetime",
        "publish datetime",
        "published datetime",
        "date published",
        "date publish",
        "published at",
        "published on",
        "published time",
        "publish time",
        "published date",
        "publication date",
        "first published",
        "first published at",
        "post date",
        "posted",
        "posted on",
        "posted at",
        "date posted",
        "created",
        "created at",
        "created on",
        "created date",
        "created time",
        "date created",
        "create date",
        "create time",
        "creation date",
        "datetime",
        "timestamp",
        "written on",
        "written at",
    ),
    "embargo": ("publish date", "pub date"),
    "updated": (
        "last modified at",
        "lastmod",
        "last modified",
        "modified",
        "updated",
        "updated date",
        "date.updated",
        "date.modified",
        "last update.date",
        "last updated",
        "last update",
        "date modified",
        "date modify",
        "date updated",
        "modified date",
        "modified at",
        "modified time",
        "mod datetime",
        "mod date",
        "modified datetime",
        "updated datetime",
        "updated at",
        "updated on",
        "updated time",
        "update date",
        "update time",
        "modification date",
        "last updated at",
        "last edited",
        "edited",
        "edited at",
        "revised",
        "git.lastmod",
        *(f"{table}.updated" for table in _TABLES),
    ),
    "expires": (
        "expiry date",
        "unpublish date",
        "expires",
        "expires at",
        "expire date",
        "expiration date",
        "expires on",
        "expiry",
    ),
    "authors": (
        *_also_in_tables("authors", "author"),
        "taxonomies.authors",
        "taxonomies.author",
        "byline",
        "by",
        "written by",
        "dc:creator",
        "creator",
        "author name",
    ),
    "author email": ("author email", "author mail"),
    "author url": ("author url", "author link", "author website", "author homepage"),
    "author avatar": ("author image url", "author image", "author avatar", "author photo"),
    "categories": (
        "categories",
        "category",
        "topics",
        "topic",
        "taxonomies.categories",
        "taxonomies.category",
        "taxonomies.topics",
        "params.categories",
        "params.category",
    ),
    "tags": ("tags", "tag", "taxonomies.tags", "taxonomies.tag", "params.tags"),
    "summary": (
        "summary",
        "excerpt",
        "custom excerpt",
        "description",
        "abstract",
        "standfirst",
        "teaser",
        "dek",
        "meta description",
        "params.summary",
        "params.description",
        "extra.summary",
        "extra.description",
    ),
    "language": ("lang", "language", "locale", "in language"),
    "image": (
        *_also_in_tables(
            "image",
            "images",
            "featured image",
            "feature image",
            "hero image",
            "cover image",
            "cover",
            "hero",
            "preview image",
            "social image",
            "og image",
            "thumbnail",
            "thumb",
            "banner",
            "photos",
        ),
        "teaser image",
        "card image",
        "header.image",
        "header.og image",
        "header.teaser",
    ),
    "image alt": (
        "image alt",
        "image description",
        "hero image alt",
        "cover image alt",
        "cover alt",
        "featured image alt",
        "feature image alt",
        "og image alt",
        "alt",
    ),
    "enclosures": (
        "enclosures",
        "enclosure",
        "attachments",
        "podcast.enclosure",
        "audio",
        "audio url",
        "audio file",
        "podcast link",
        "podcast url",
        "podcast file",
        "podcast.url",
        "podcast.file",
        "podcast",
        "episode url",
        "mp3",
        "media",
        "file",
        "video",
        "video url",
    ),
    "enclosure length": (
        "enclosure length",
        "podcast length",
        "podcast file size",
        "podcast bytes",
        "podcast.length",
        "podcast.size",
        "audio length",
        "audio size",
        "audio bytes",
        "file size",
        "length",
        "size",
    ),
    "enclosure type": (
        "enclosure type",
        "enclosure mimetype",
        "podcast type",
        "podcast.type",
        "audio type",
        "mime type",
        "media type",
    ),
    "rights": ("rights", "copyright", "license", "licence", "copyright notice"),
    "minor": ("minor", "minor edit"),
}
"""Canonical field -> names. Rows that are no field of a candidate are read beside one."""

HTML_NAMES: Names = {
    "permalink": ("canonical", "permalink", "url"),
    "tags": ("tags", "tag", "keywords"),
    "categories": ("categories", "category", "article section", "section"),
}
JEKYLL_NAMES: Names = {
    "categories": ("category", "categories", "params.categories"),
    "tags": ("tag", "tags", "params.tags"),
}
PELICAN_NAMES: Names = {
    "permalink": ("url", "permalink", "save as"),
    "tags": ("tags", "tag", "keywords"),
}
DIALECT_NAMES: Mapping[str, Names] = {
    "html": HTML_NAMES,
    "jekyll": JEKYLL_NAMES,
    "pelican": PELICAN_NAMES,
    "rst": PELICAN_NAMES,
    "nikola": {"tags": ("tags", "tag", "keywords")},
    "records": {
        "permalink": ("permalink", "url", "path", "link"),
        "authors": (*NAMES["authors"], "user.name"),
        "tags": (*NAMES["tags"], "tag list"),
    },
}
"""Rows that a dialect has otherwise."""

BESIDE = frozenset({"enclosure length", "enclosure type"})
"""Rows of names that may well mean something else: they stay under `extra` too."""

AFTER_DEFAULTS: Mapping[str, frozenset[str]] = {"categories": frozenset({"folder"})}
"""Origins that say less than a value of `content.defaults`."""

FROM_PLACE = frozenset({"file name", "folder"})
"""Origins that are no words of the article itself."""

FOLDER_DATA = "folder data"
"""What the origins of values begin with that a folder has for its articles."""

LOOSE_ENCLOSURES = frozenset({"audio", "podcast", "mp3", "media", "file", "video", "attachments"})
"""Names that often mean something else: only what is audio or video counts."""

NEVER_SPLIT = frozenset({"category", "topic"})
"""Names of which a string is one label, whatever stands in it."""

SPACE_SPLIT = frozenset({"categories", "tags"})
"""Names of which Jekyll splits a string at white space."""

SEMICOLON_DIALECTS = frozenset({"pelican", "rst"})
"""Dialects whose lists split at `;` when there is one, else at `,`; `authors` too."""

# ---------------------------------------------------------------- drafts

SWITCHES: Names = {
    "out when true": (
        "draft",
        "is draft",
        "hidden",
        "unlisted",
        "private",
        "unpublished",
        "eleventy exclude from collections",
    ),
    "out when false": ("published", "is published", "public"),
    "out when false, else no switch": ("publish", "permalink"),
    "by word": ("status", "visibility", "post status"),
    "out when set": ("password", "post password"),
}
"""`permalink: false` is Eleventy's "write no page". All of them count, not only the first."""

_OUT = """
    archived auto-draft deleted draft drafts embargoed false hidden inherit internal members no off
    paid pending private removed skip tiers trash unlisted unpublished wip withdrawn
"""
_IN = """
    active complete completed done everyone featured final listed live on online post posted public
    publish published ready released sent true visible yes
"""
OUT_WORDS = frozenset(_OUT.split())
IN_WORDS = frozenset(_IN.split())
TIMED_WORDS = frozenset({"scheduled", "future"})
"""In, when a date says from when."""

# ---------------------------------------------------------------- podcasts

EPISODE_NAMES: Names = {
    "duration": (
        "itunes duration",
        "itunes.duration",
        "podcast duration",
        "podcast.duration",
        "episode duration",
        "audio duration",
        "duration",
    ),
    "number": (
        "itunes episode",
        "itunes.episode",
        "podcast episode",
        "podcast.episode",
        "episode number",
        "episode",
    ),
    "season": ("itunes season", "itunes.season", "podcast season", "podcast.season", "season"),
    "kind": (
        "itunes episode type",
        "itunes.episode type",
        "podcast.episode type",
        "episode type",
    ),
    "explicit": ("itunes explicit", "itunes.explicit", "podcast.explicit", "explicit"),
    "image": ("itunes image", "itunes.image", "podcast image", "podcast.image", "episode image"),
    "title": ("itunes title", "itunes.title", "podcast.title"),
    "subtitle": ("itunes subtitle", "itunes.subtitle", "podcast.subtitle", "subtitle"),
    "block": ("itunes block", "itunes.block", "podcast.block"),
    "transcripts": (
        "podcast transcript",
        "podcast.transcript",
        "podcast.transcripts",
        "transcripts",
        "transcript",
    ),
    "chapters": ("podcast chapters", "podcast.chapters", "chapters"),
    "persons": ("podcast person", "podcast.person", "podcast.persons", "persons", "person"),
    "hosts": ("podcast.hosts", "hosts", "host"),
    "guests": ("podcast.guests", "guests", "guest"),
}
EPISODE_PREFIXES = ("itunes", "podcast")
"""Names that speak of a podcast even where no audio or video is enclosed."""

EXTRA_NAMES: Names = {
    **EPISODE_NAMES,
    "comments": ("comments url", "comments link", "comments", "discussion", "discussion url"),
}
"""What is read of an article's `extra`."""
