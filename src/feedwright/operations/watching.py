"""Building whenever something changes: by looking, which works on every file system."""

import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from feedwright.errors import FeedwrightError
from feedwright.unchanged import Listing

_SHARE = 20
"""Looking may take at most one part in so many of the time."""


def watch(
    folders: Callable[[], Iterable[str]],
    build: Callable[[], float | None],
    files: Callable[[], Iterable[Path]],
    interval: float,
) -> NoReturn:
    """Build now, and whenever something changes or becomes due. Ends by an exception only.

    `folders` and `files` name what to look at; they are asked each time, since the configuration
    may change. `build` returns the next moment when time changes something, in seconds since 1970.
    """
    seen = snapshot(folders, files)
    due = build()
    while True:
        began = time.monotonic()
        now = snapshot(folders, files)
        took = time.monotonic() - began
        if now != seen or (due is not None and time.time() >= due):
            seen = now  # taken before the build: what changes meanwhile is built next time
            due = build()
        time.sleep(max(interval, took * _SHARE))


def snapshot(folders: Callable[[], Iterable[str]], files: Callable[[], Iterable[Path]]) -> str:
    """Return a digest of the stat of all that is watched; what cannot be read is part of it."""
    parts = []
    try:
        parts.append(Listing(folders()).digest)
    except (OSError, FeedwrightError) as error:
        parts.append(str(error))
    for path in files():
        try:
            stat = path.stat()
        except OSError as error:
            parts.append(f"{path} {error.strerror}")
        else:
            parts.append(f"{path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}")
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
