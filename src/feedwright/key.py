"""The key of an index: all that articles and feeds come from, besides content and ledger."""

import os
import sys
from collections.abc import Iterator
from hashlib import sha256

import feedwright
from feedwright import __version__
from feedwright.site import Site


def key_of(site: Site) -> str:
    """Return a digest over everything but content and ledger that articles and feeds come from.

    To be taken before anything is read. The program is part of it, as installed or as it is being
    written, and so is what it uses.
    """
    parts = [__version__, sys.version, str(site.config_path.absolute())]
    parts += [site.config_bytes.hex()]
    parts += [f"{name}={value!r}" for name, value in sorted(site.variables.items())]
    parts += [f"{handle} {person!r}" for handle, person in sorted(site.people.items())]
    parts += map(str, site.people_problems)
    parts += _program(os.path.dirname(feedwright.__file__))
    parts += [
        f"{path} {os.stat(path).st_mtime_ns}"
        for path in sys.path
        if path.endswith("-packages") and os.path.isdir(path)
    ]
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _program(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _program(entry.path)
            else:
                stat = entry.stat()
                yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns}"
