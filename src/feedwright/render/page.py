"""`index.html`: the feeds of the site for people, and how to subscribe to them.

One page without script that loads nothing but its style sheet, in English; what comes from the
site carries its own language and direction.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from html import escape
from itertools import groupby
from pkgutil import get_data
from typing import NamedTuple

from feedwright.config.schema import Site
from feedwright.model import Entry, Feed
from feedwright.render.formats import FORMATS
from feedwright.render.wire import legal
from feedwright.text.dates import rfc3339
from feedwright.text.languages import direction

STYLE = "style.css"
OPML = "opml.xml"

_FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


class FeedSummary(NamedTuple):
    """A feed and what it holds."""

    feed: Feed
    entries: int
    """How many entries its documents show."""
    languages: tuple[str, ...] = ()
    """Languages of its entries, the most frequent first; empty: the feed's own."""


def style_sheet() -> bytes:
    """Return the style sheet of the page, and of feeds that are opened in a browser."""
    data = get_data(__package__, STYLE)
    if data is None:
        message = "the package's loader gives no data"
        raise FileNotFoundError(message)
    return data


def index_page(site: Site, feeds: Sequence[FeedSummary], newest: Sequence[Entry]) -> bytes:
    """Write the page. `feeds` in the order of the configuration, `newest` the newest first.

    Links lead to documents beside the page, so that it also works where it is not published yet;
    the addresses that are shown are the public ones.
    """
    title = f"Feeds of {site.title}"
    parts = [
        _head(site, title, [summary.feed for summary in feeds]),
        _header(site),
        '<main id="content">',
        _feeds(feeds),
        _how_to_subscribe(),
        _newest(newest, _zone(site.timezone)),
        "</main>",
        _footer(site),
        "</body>",
        "</html>",
    ]
    return legal("\n".join(part for part in parts if part) + "\n").encode()


# ---------------------------------------------------------------- parts of the page


def _head(site: Site, title: str, feeds: Iterable[Feed]) -> str:
    alternates = "\n".join(
        f'<link rel="alternate" type="{FORMATS[name].media_type}" '
        f'title="{escape(feed.title)}" href="{escape(_document(feed, name))}">'
        for feed in feeds
        for name in feed.formats
    )
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<meta name="description" content="{escape(f"Feeds to follow {site.title} in a feed reader.")}">
<link rel="stylesheet" href="{STYLE}">
{alternates}
</head>"""


def _header(site: Site) -> str:
    marks = _marks(site.language)
    lead = f'<p class="lead"{marks}>{escape(site.description)}</p>\n' if site.description else ""
    return f"""\
<body>
<a class="skip" href="#content">Skip to the feeds</a>
<header>
<p class="over">Feeds of</p>
<h1><a href="{escape(site.url)}"{marks}>{escape(site.title)}</a></h1>
{lead}</header>"""


def _feeds(feeds: Sequence[FeedSummary]) -> str:
    single = [summary for summary in feeds if "/" not in summary.feed.name]
    several = [summary for summary in feeds if "/" in summary.feed.name]
    cards = "\n".join(_card(summary) for summary in single)
    groups = "\n".join(
        _group(name, list(group)) for name, group in groupby(several, key=_spec_name)
    )
    listed = f'<ul class="feeds">\n{cards}\n</ul>\n' if cards else ""
    return f"""\
<section aria-labelledby="feeds">
<h2 id="feeds">The feeds</h2>
{listed}{groups}
<p class="about">For all of them at once, import <a href="{OPML}">{OPML}</a>.</p>
</section>"""


def _card(summary: FeedSummary) -> str:
    feed = summary.feed
    marks = _marks(feed.language, feed.direction)
    about = f"<p{marks}>{escape(feed.description)}</p>\n" if feed.description else ""
    address = feed.base + FORMATS[feed.formats[0]].file_name
    return f"""\
<li>
<h3{marks}>{escape(feed.title)}</h3>
{about}<p class="about">{_holds(summary)}</p>
{_formats(feed)}
<code class="address">{escape(address)}</code>
</li>"""


def _group(name: str, feeds: Sequence[FeedSummary]) -> str:
    rows = "\n".join(_row(summary) for summary in feeds)
    return f'<h3 class="group">By {escape(name)}</h3>\n<ul class="labels">\n{rows}\n</ul>'


def _row(summary: FeedSummary) -> str:
    feed = summary.feed
    marks = _marks(feed.language, feed.direction)
    return (
        f'<li><span class="name"><span{marks}>{escape(feed.title)}</span> '
        f'<span class="about">{_holds(summary)}</span></span>\n{_formats(feed)}</li>'
    )


def _formats(feed: Feed) -> str:
    links = "".join(
        f'<li><a href="{escape(_document(feed, name))}" type="{FORMATS[name].media_type}" '
        f'aria-label="{escape(feed.title)}: {_FORMAT_NAMES[name]}">{_FORMAT_NAMES[name]}</a></li>'
        for name in feed.formats
    )
    return f'<ul class="formats">{links}</ul>'


def _how_to_subscribe() -> str:
    return """\
<section aria-labelledby="subscribe">
<h2 id="subscribe">How to subscribe</h2>
<p>A feed brings what is new to you: no account, no newsletter, no algorithm in between. You need
a feed reader, an app or a website that looks at the feeds you choose and shows what is new.</p>
<ol class="steps">
<li>Get a feed reader if you have none: Feeder or NetNewsWire on a phone, Thunderbird on a
computer, or any other.</li>
<li>Copy the address of a feed above: one click on it selects all of it. The formats say the same;
any of them will do.</li>
<li>Paste it where the reader says “Add feed”, “Subscribe” or “+”.</li>
</ol>
</section>"""


def _newest(entries: Sequence[Entry], zone: tzinfo) -> str:
    if not entries:
        return ""
    rows = "\n".join(_newest_row(entry, zone) for entry in entries)
    return f"""\
<section aria-labelledby="newest">
<h2 id="newest">Newest</h2>
<ol class="newest">
{rows}
</ol>
</section>"""


def _newest_row(entry: Entry, zone: tzinfo) -> str:
    marks = _marks(entry.language, entry.direction)
    summary = f'<p class="summary">{escape(entry.summary)}</p>' if entry.summary else ""
    return (
        f'<li><time datetime="{rfc3339(entry.published)}">{_day(entry.published, zone)}</time>\n'
        f'<div{marks}><a class="title" href="{escape(entry.permalink)}">{escape(entry.title)}</a>'
        f"{summary}</div></li>"
    )


def _footer(site: Site) -> str:
    rights = f"<p{_marks(site.language)}>{escape(site.rights)}</p>\n" if site.rights else ""
    return f"<footer>\n{rights}<p>Made by Feedwright.</p>\n</footer>"


# ---------------------------------------------------------------- pieces of text


def _document(feed: Feed, name: str) -> str:
    """Return the address of a document as seen from the page."""
    file_name = FORMATS[name].file_name
    return f"{feed.path}/{file_name}" if feed.path else file_name


def _spec_name(summary: FeedSummary) -> str:
    return summary.feed.name.partition("/")[0]


def _holds(summary: FeedSummary) -> str:
    languages = summary.languages or (summary.feed.language,)
    names = dict.fromkeys(_language_name(tag) for tag in languages if tag)
    count = {0: "No entries yet", 1: "1 entry"}.get(summary.entries, f"{summary.entries} entries")
    return escape(" · ".join([count, *([", ".join(names)] if names else [])]))


def _language_name(tag: str) -> str:
    return _LANGUAGES.get(tag.partition("-")[0].lower(), tag)


def _marks(language: str, text_direction: str = "") -> str:
    """Return the attributes of text in a language of its own."""
    if not language:
        return ""
    return f' lang="{escape(language)}" dir="{text_direction or direction(language)}"'


def _day(instant: datetime, zone: tzinfo) -> str:
    local = instant.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def _zone(name: str) -> tzinfo:
    if name == "UTC":  # the default
        return UTC
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # only runs that write the page need it

    return ZoneInfo(name)
