"""The program that is running: a digest that differs when any part of it does."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

import feedwright
from feedwright import __version__


@cache
def digest() -> str:
    """Return a digest over the program, as installed or as it is being written, and what it uses.

    To be taken before anything is read.
    """
    parts = [__version__, sys.version]
    parts += _sources(os.path.dirname(feedwright.__file__))
    parts += [
        f"{path} {os.stat(path).st_mtime_ns}"
        for path in sys.path
        if path.endswith("-packages") and os.path.isdir(path)
    ]
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _sources(entry.path)
            else:
                stat = entry.stat()
                yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns}"
