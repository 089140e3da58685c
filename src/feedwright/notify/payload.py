"""Payloads: the JSON that receivers get, thin and below a fixed size. Pure.

docs/notification.md and payload.schema.json have the form.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple, cast

from feedwright.notify.events import Facts
from feedwright.text.characters import shorten
from feedwright.text.dates import rfc3339

VERSION = 1
"""Of the form of payloads; it rises when a receiver would have to be changed."""
MAX_BYTES = 20_000
"""A payload is shorter than this."""
_ENVELOPE = 200
"""Bytes left for what stands around `data`."""


class Event(NamedTuple):
    """What a payload says."""

    type: str
    at: datetime
    data: Facts


def encode(event: Event) -> bytes:
    """Return a payload as bytes."""
    return dumps(
        {
            "type": event.type,
            "timestamp": rfc3339(event.at),
            "version": VERSION,
            "data": event.data,
        }
    ).encode("utf-8", "replace")


def dumps(value: object) -> str:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def feed_data(sequence: int, feeds: list[Facts]) -> Facts:
    """Return the data of `feed.updated`, cut to fit: first the lists, then the feeds themselves.

    A feed with cut lists is `truncated`; cut feeds are told by `truncated` and `feed_count`.
    """
    whole: Facts = {"sequence": sequence, "feeds": feeds}
    if _size(whole) < _ROOM:
        return whole
    longest = max(len(items) for feed in feeds for items in [[], *_lists(feed).values()])
    kept = _most(longest, lambda limit: _size(_with_lists(sequence, feeds, limit)) < _ROOM)
    if kept is not None:
        return _with_lists(sequence, feeds, kept)
    bare = cast("list[Facts]", _with_lists(sequence, feeds, 0)["feeds"])
    number = _most(len(feeds), lambda limit: _size(_first(sequence, bare, limit)) < _ROOM)
    return _first(sequence, bare, number or 0)


def entry_data(sequence: int, facts: Facts) -> Facts:
    """Return the data of `entry.*`, its texts shortened until it fits."""
    limit = 2_000
    entry = facts
    while _size({"sequence": sequence, "entry": entry}) >= _ROOM and limit > 15:
        limit //= 2
        entry = {name: _shortened(name, value, limit) for name, value in facts.items()}
    return {"sequence": sequence, "entry": entry}


_ROOM = MAX_BYTES - _ENVELOPE
_KEPT_WHOLE = frozenset(("id", "url", "published", "updated", "when"))


def _shortened(name: str, value: object, limit: int) -> object:
    if name in _KEPT_WHOLE:
        return value
    if isinstance(value, str):
        return shorten(value, limit)
    if isinstance(value, list):
        return value[: max(limit // 40, 1)]
    return value


def _size(value: object) -> int:
    return len(dumps(value).encode("utf-8", "replace"))


def _most(high: int, fits: Callable[[int], bool]) -> int | None:
    """Return the largest number from 0 to `high` that fits; None when not even 0 does."""
    if not fits(0):
        return None
    low = 0
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _with_lists(sequence: int, feeds: list[Facts], limit: int) -> Facts:
    return {"sequence": sequence, "feeds": [_cut(feed, limit) for feed in feeds]}


def _cut(feed: Facts, limit: int) -> Facts:
    lists = _lists(feed)
    if all(len(items) <= limit for items in lists.values()):
        return feed
    entries = {name: items[:limit] for name, items in lists.items()}
    return {**feed, "entries": entries, "truncated": True}


def _first(sequence: int, feeds: list[Facts], limit: int) -> Facts:
    return {
        "sequence": sequence,
        "feeds": feeds[:limit],
        "truncated": True,
        "feed_count": len(feeds),
    }


def _lists(feed: Mapping[str, object]) -> dict[str, list[Facts]]:
    return cast("dict[str, list[Facts]]", feed.get("entries", {}))
