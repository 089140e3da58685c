"""Feeds and entries for the tests of this room."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from feedwright.config.schema import Owner, Podcast, Site
from feedwright.model import (
    Archive,
    Enclosure,
    Entry,
    Episode,
    Feed,
    Fragment,
    Image,
    Link,
    Person,
    Tombstone,
)
from feedwright.render.formats import Format

MORNING = datetime(2024, 1, 2, 10, tzinfo=UTC)
HOST = "https://example.org"

SITE = Site(
    title="Harbour & Light",
    url=f"{HOST}/",
    feeds_url=f"{HOST}/feeds/",
    description="News from the harbour",
    language="en-GB",
    timezone="Europe/London",
    icon=f"{HOST}/icon.png",
    logo=f"{HOST}/logo.png",
)


def make_entry(number: int = 1, **changes: object) -> Entry:
    entry = Entry(
        id=f"{HOST}/2024/01/entry-{number}/",
        permalink=f"{HOST}/2024/01/entry-{number}/",
        title=f"Entry {number}",
        published=MORNING - timedelta(days=number),
        updated=MORNING - timedelta(days=number),
        authors=(Person("Ann Ivory"),),
        categories=(),
        tags=(),
        summary="A short text.",
        content="<p>A longer text.</p>",
        language="en-GB",
        direction="ltr",
        image=None,
        enclosures=(),
        rights="",
    )
    return entry._replace(**changes)


def make_full_entry(number: int = 7) -> Entry:
    """An entry that has everything an entry can have."""
    return make_entry(
        number,
        title='Markup: <b>bold</b>, "quotes", AT&T and ]]>',
        updated=MORNING,
        authors=(
            Person("Ann Ivory", "ann@example.org", f"{HOST}/ann", f"{HOST}/ann.png"),
            Person("Bo (the) Boat", "not an email"),
        ),
        categories=("Sea", "News"),
        tags=("boats", "Sea", "a < b"),
        summary="Five < six & more.",
        content='<p>One & <a href="https://example.org/x?a=1&amp;b=2">two</a></p>\n<pre>]]&gt;</pre>',
        image=Image(f"{HOST}/lamp.jpg", "image/jpeg", 11710, "The lamp"),
        enclosures=(
            Enclosure(f"{HOST}/horn.mp3", "audio/mpeg", 4242, "The horn", 61),
            Enclosure(f"{HOST}/film.mp4", "video/mp4", 0),
            Enclosure(f"{HOST}/chart", "", 12),
        ),
        rights="© Ann Ivory",
        episode=Episode(
            duration=61,
            number=3,
            season=2,
            kind="full",
            explicit=False,
            image=f"{HOST}/cover.png",
            title="The horn",
            subtitle="Low and long. " * 30,
            block=True,
            transcripts=(Link(f"{HOST}/horn.vtt", "text/vtt", "en"),),
            chapters=Link(f"{HOST}/horn.json", "application/json+chapters"),
            persons=(("Ann Ivory", "host", f"{HOST}/ann.png", f"{HOST}/ann"),),
        ),
        comments=f"{HOST}/2024/01/entry-7/#comments",
    )


def make_arabic_entry(number: int = 3) -> Entry:
    return make_entry(
        number,
        title="المقهى القديم",
        summary="قهوة عند الميناء.",
        content="<p>قهوة عند الميناء.</p>",
        language="ar",
        direction="rtl",
    )


def make_feed(**changes: object) -> Feed:
    feed = Feed(
        name="main",
        path="",
        id="tag:example.org,2024:main",
        title="Harbour & Light",
        description="News from the harbour",
        language="en-GB",
        direction="ltr",
        home=f"{HOST}/",
        base=f"{HOST}/feeds/",
        formats=("rss", "atom", "json"),
        updated=MORNING,
        author=Person("Harbour Light"),
        rights="",
        icon="",
        logo="",
        hubs=(),
        style=f"{HOST}/feeds/style.css",
    )
    return feed._replace(**changes)


def make_full_feed() -> Feed:
    """A feed that has everything a feed can have."""
    return make_feed(
        author=Person("Harbour (Light)", "desk@example.org", f"{HOST}/about"),
        rights="© Harbour Light",
        icon=f"{HOST}/icon.png",
        logo=f"{HOST}/logo.png",
        hubs=("https://hub.example.net/", "https://hub.example.com/?a=1&b=2"),
        tombstones=(Tombstone(f"{HOST}/gone/", MORNING),),
        podcast=Podcast(
            category=("News > Daily News", "Arts"),
            explicit=True,
            image=f"{HOST}/podcast.png",
            author="Harbour Light",
            owner=Owner("Harbour Light", "desk@example.org"),
            type="serial",
            guid="9b024349-ccf0-5f69-a609-6b82873eab3c",
            locked=True,
            funding=f"{HOST}/support",
            block=True,
            complete=True,
        ),
        archive=Archive(previous=4, next=None, number=None),
    )


FEEDS = {
    "plain": make_feed(),
    "full": make_full_feed(),
    "archive": make_feed(archive=Archive(previous=3, next=5, number=4)),
}
ENTRIES = {
    "none": (),
    "plain": (make_entry(1), make_entry(2)),
    "full": (make_full_entry(), make_arabic_entry(), make_entry(1, summary="", content="")),
}


def whole_document(form: Format, feed: Feed, fragments: Sequence[Fragment]) -> bytes:
    """Join the document with these entries, in this order."""
    prefixes = frozenset[str]().union(*(fragment.prefixes for fragment in fragments))
    return form.frame(feed, prefixes).join(fragments)
