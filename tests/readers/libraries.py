"""The readers that are Python libraries: feedparser and lemon24's reader."""

import calendar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import reader

from tests.readers.shown import Reader, Shown


class Feedparser(Reader):
    """feedparser, as the programs that are built on it use it: ids that it has not seen are new."""

    def __init__(self, url: str, _home: Path) -> None:
        self._url = url
        self._validators: dict[str, str] = {}
        self._seen: set[str] = set()

    def poll(self) -> list[Shown]:
        parsed = feedparser.parse(self._url, **self._validators)
        assert not parsed.bozo, parsed.bozo_exception
        assert parsed.status in {200, 304}
        self._validators = {"etag": parsed.etag, "modified": parsed.modified}
        new = [entry for entry in parsed.entries if entry.id not in self._seen]
        self._seen |= {entry.id for entry in new}
        return [_of_feedparser(entry) for entry in new]


def _of_feedparser(entry: Any) -> Shown:
    enclosures = entry.get("enclosures", [])
    return Shown(
        entry.id,
        entry.title,
        entry.link,
        tuple(author["name"] for author in entry.authors),
        datetime.fromtimestamp(calendar.timegm(entry.published_parsed), UTC),
        entry.content[0].value,
        enclosures[0].href if enclosures else "",
    )


class Lemon24(Reader):
    """The `reader` library: what it counts as new, and what it holds as unread."""

    def __init__(self, url: str, home: Path) -> None:
        self._url = url
        self._reader = reader.make_reader(str(home / "reader.sqlite"))
        self._reader.add_feed(url)

    def poll(self) -> list[Shown]:
        updated = self._reader.update_feed(self._url)
        unread = list(self._reader.get_entries(read=False))
        for entry in unread:
            self._reader.mark_entry_as_read(entry)
        assert len(unread) == (updated.new if updated else 0)
        return [_of_lemon24(entry) for entry in unread]

    def close(self) -> None:
        self._reader.close()


def _of_lemon24(entry: reader.Entry) -> Shown:
    content = entry.get_content(prefer_summary=False)
    return Shown(
        entry.id,
        entry.title or "",
        entry.link or "",
        tuple(author.name or "" for author in entry.authors),
        entry.published,
        content.value if content else "",
        entry.enclosures[0].href if entry.enclosures else "",
    )
