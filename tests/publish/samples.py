"""Valid entries and documents in every format, for rules to be broken in."""

import json

from feedwright.model import Document, Fragment

ID = "https://example.org/2024/05/boats/"

RSS_ITEM = f"""<item xml:lang="en">
<title>Boats &amp; bells</title>
<link>{ID}</link>
<description>Short</description>
<content:encoded>&lt;p&gt;Long &lt;a href="https://example.org/x"&gt;x&lt;/a&gt;&lt;/p&gt;</content:encoded>
<guid isPermaLink="false">{ID}</guid>
<category>Sea</category>
<dc:creator>Ann</dc:creator>
<enclosure url="https://example.org/a.mp3" length="12" type="audio/mpeg"/>
<media:content url="https://example.org/a.png" medium="image" type="image/png" fileSize="5"/>
<pubDate>Fri, 03 May 2024 10:00:00 +0000</pubDate>
<atom:updated>2024-05-03T10:00:00Z</atom:updated>
</item>"""
RSS_PREFIXES = frozenset({"content", "dc", "media", "atom", "itunes", "podcast"})

ATOM_ENTRY = f"""<entry xml:lang="en">
<id>{ID}</id>
<title type="text">Boats &amp; bells</title>
<updated>2024-05-03T10:00:00Z</updated>
<published>2024-05-03T10:00:00Z</published>
<author><name>Ann</name><uri>https://example.org/ann</uri></author>
<link rel="alternate" type="text/html" href="{ID}"/>
<link rel="enclosure" type="audio/mpeg" length="12" href="https://example.org/a.mp3"/>
<category term="Sea"/>
<summary type="text">Short</summary>
<content type="html">&lt;p&gt;Long &lt;a href="https://example.org/x"&gt;x&lt;/a&gt;&lt;/p&gt;</content>
</entry>"""

JSON_ITEM: dict[str, object] = {
    "id": ID,
    "url": ID,
    "title": "Boats & bells",
    "content_html": '<p>Long <a href="https://example.org/x">x</a></p>',
    "summary": "Short",
    "date_published": "2024-05-03T10:00:00Z",
    "date_modified": "2024-05-03T10:00:00Z",
    "authors": [{"name": "Ann"}],
    "tags": ["Sea"],
    "language": "en",
    "attachments": [
        {"url": "https://example.org/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}
    ],
}

RSS = f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:media="http://search.yahoo.com/mrss/" version="2.0">
<channel>
<title>Harbour</title>
<link>https://example.org/</link>
<description>News</description>
<language>en</language>
<atom:link rel="self" type="application/rss+xml" href="https://example.org/feeds/rss.xml"/>
<lastBuildDate>Fri, 03 May 2024 10:00:00 +0000</lastBuildDate>
<image><url>https://example.org/l.png</url><title>Harbour</title>
<link>https://example.org/</link></image>
{RSS_ITEM}
</channel>
</rss>"""

ATOM = f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"
 xml:lang="en">
<id>https://example.org/feeds/</id>
<title>Harbour</title>
<updated>2024-05-03T10:00:00Z</updated>
<link rel="self" type="application/atom+xml" href="https://example.org/feeds/atom.xml"/>
<link rel="alternate" href="https://example.org/"/>
{ATOM_ENTRY}
<at:deleted-entry ref="https://example.org/gone" when="2024-05-03T10:00:00Z"/>
</feed>"""

JSON: dict[str, object] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour",
    "home_page_url": "https://example.org/",
    "feed_url": "https://example.org/feeds/feed.json",
    "language": "en",
    "items": [JSON_ITEM],
}

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Harbour</title></head><body>
<outline type="rss" text="Harbour" title="Harbour" xmlUrl="https://example.org/feeds/rss.xml"
 htmlUrl="https://example.org/"/></body></opml>"""

PAGE = '<!doctype html>\n<html lang="en"><head><title>Feeds</title></head><body></body></html>'

MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "opml": "text/x-opml",
    "page": "text/html",
}
NAMES = {
    "rss": "rss.xml",
    "atom": "atom.xml",
    "json": "feed.json",
    "opml": "opml.xml",
    "page": "index.html",
}


def entry(format_name: str) -> str:
    """Return a valid entry as text."""
    return {"rss": RSS_ITEM, "atom": ATOM_ENTRY, "json": json.dumps(JSON_ITEM)}[format_name]


def fragment(format_name: str, data: str | bytes) -> Fragment:
    """Wrap the bytes of an entry."""
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return Fragment(ID, raw, RSS_PREFIXES if format_name == "rss" else frozenset())


def text_of(format_name: str) -> str:
    """Return a valid document as text."""
    texts = {"rss": RSS, "atom": ATOM, "json": json.dumps(JSON), "opml": OPML, "page": PAGE}
    return texts[format_name]


def document(format_name: str, data: str | bytes) -> Document:
    """Wrap the bytes of a document."""
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return Document(NAMES[format_name], MEDIA_TYPES[format_name], raw)
