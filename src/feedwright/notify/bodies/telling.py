"""What every body is made of, and what the chat services share. Pure."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from feedwright.notify.events import ENTRY_PUBLISHED, ENTRY_REMOVED, ENTRY_UPDATED, Facts
from feedwright.notify.payload import Event
from feedwright.text.characters import one_line

LISTS = ("added", "updated", "removed")
_ENTRY_LISTS = {
    ENTRY_PUBLISHED: "added",
    ENTRY_UPDATED: "updated",
    ENTRY_REMOVED: "removed",
}
_WORDS = {"added": "new", "updated": "updated", "removed": "removed"}


class Place(NamedTuple):
    """Whose message it is."""

    title: str
    url: str
    feeds_url: str


class Body(NamedTuple):
    """What is sent."""

    data: bytes
    content_type: str


def title_of(entry: Facts) -> str:
    """Return what to call an entry: never empty."""
    return one_line(str(entry["title"])) or str(entry["id"])


class Telling(NamedTuple):
    """An event and the site that tells it."""

    event: Event
    site: Place

    @property
    def entries(self) -> dict[str, list[Facts]]:
        """Return the entries of all feeds, each once: `added`, `updated`, `removed`."""
        found: dict[str, dict[str, Facts]] = {name: {} for name in LISTS}
        for name, entry in self._entries():
            found[name].setdefault(str(entry["id"]), entry)
        return {name: list(entries.values()) for name, entries in found.items()}

    def _entries(self) -> Iterator[tuple[str, Facts]]:
        data = self.event.data
        if self.event.type in _ENTRY_LISTS:
            yield _ENTRY_LISTS[self.event.type], cast("Facts", data["entry"])
        for feed in self._feeds():
            lists = cast("dict[str, list[Facts]]", feed.get("entries", {}))
            for name in LISTS:
                yield from ((name, entry) for entry in lists.get(name, []))

    def _feeds(self) -> list[Facts]:
        return cast("list[Facts]", self.event.data.get("feeds", []))

    @property
    def counts(self) -> dict[str, int]:
        """Return how many entries changed. A count over several feeds is of the largest."""
        listed = self.entries
        return {
            name: max(
                [len(listed[name])]
                + [cast("dict[str, int]", feed["counts"])[name] for feed in self._feeds()]
            )
            for name in LISTS
        }

    @property
    def headline(self) -> str:
        """Return one line of plain text: `Harbour Light: 2 new, 1 removed`."""
        if self.event.type in _ENTRY_LISTS:
            entry = cast("Facts", self.event.data["entry"])
            word = _WORDS[_ENTRY_LISTS[self.event.type]]
            return f"{self.site.title}: {word}: {entry['title']}"
        counts = self.counts
        told = [f"{counts[name]} {_WORDS[name]}" for name in LISTS if counts[name]]
        return f"{self.site.title}: {', '.join(told) or 'a test message'}"
