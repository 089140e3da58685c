"""Coalescing: what was never tried is told together with what came after it. Pure.

The newest message keeps its id, sequence and time; the lists of the older ones are added to its
own. Nothing that was tried changes.
"""

from typing import cast

from feedwright.notify.events import FEED_UPDATED, LISTED, Facts
from feedwright.notify.payload import feed_data

_LISTS = ("added", "updated", "removed")


def merged(kind: str, older: Facts, newer: Facts) -> Facts:
    """Return the data of the newer message with what the older one would have told."""
    if kind != FEED_UPDATED:
        return newer  # of one entry or document the newest says it all
    new_feeds = {str(feed["name"]): feed for feed in _feeds(newer)}
    feeds = []
    for old in _feeds(older):
        new = new_feeds.pop(str(old["name"]), None)
        feeds.append(_merged_feed(old, new) if new is not None else old)
    feeds += new_feeds.values()
    data = feed_data(cast("int", newer["sequence"]), feeds)
    unnamed = max(_unnamed(older), _unnamed(newer))
    if unnamed:
        known = max(int(cast("int", data.get("feed_count", 0))), len(feeds))
        data = {**data, "truncated": True, "feed_count": known + unnamed}
    return data


def _unnamed(data: Facts) -> int:
    """Return how many feeds had no room in a payload."""
    return max(int(cast("int", data.get("feed_count", 0))) - len(_feeds(data)), 0)


def _feeds(data: Facts) -> list[Facts]:
    return cast("list[Facts]", data["feeds"])


def _merged_feed(old: Facts, new: Facts) -> Facts:
    places: dict[str, tuple[str, Facts]] = {}
    collapsed = dict.fromkeys(_LISTS, 0)
    for feed in (old, new):
        for name in _LISTS:
            for entry in _entries(feed).get(name, []):
                known = places.pop(str(entry["id"]), None)
                place = _place(known[0] if known else "", name)
                if known is not None:  # told once, in one list
                    collapsed[known[0]] += 1
                    collapsed[name] += 1
                    collapsed[place] -= 1
                places[str(entry["id"])] = (place, entry)
    counts = {name: _counts(old)[name] + _counts(new)[name] - collapsed[name] for name in _LISTS}
    newest = {str(entry["id"]) for name in _LISTS for entry in _entries(new).get(name, [])}
    ordered = sorted(places.items(), key=lambda item: item[0] not in newest)
    lists = {name: [entry for _, (at, entry) in ordered if at == name] for name in _LISTS}
    facts: Facts = {"name": new["name"], "documents": _documents(old, new), "counts": counts}
    if "entries" in old or "entries" in new:
        facts["entries"] = {name: entries[:LISTED] for name, entries in lists.items()}
        if any(counts[name] > min(len(lists[name]), LISTED) for name in _LISTS):
            facts["truncated"] = True
    return facts


def _place(before: str, now: str) -> str:
    """Return the list in which an entry stands that stood in one, and now stands in another."""
    return "added" if before == "added" and now == "updated" else now


def _documents(old: Facts, new: Facts) -> list[Facts]:
    documents = {str(each["url"]): each for each in cast("list[Facts]", old["documents"])}
    documents |= {str(each["url"]): each for each in cast("list[Facts]", new["documents"])}
    return list(documents.values())


def _entries(feed: Facts) -> dict[str, list[Facts]]:
    return cast("dict[str, list[Facts]]", feed.get("entries", {}))


def _counts(feed: Facts) -> dict[str, int]:
    return cast("dict[str, int]", feed["counts"])
