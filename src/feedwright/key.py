"""The key of an index: all that articles and feeds come from, besides content and ledger."""

from hashlib import sha256

from feedwright import program
from feedwright.site import Site


def key_of(site: Site) -> str:
    """Return a digest over everything but content and ledger that articles and feeds come from.

    To be taken before anything is read. The program is part of it.
    """
    parts = [program.digest(), str(site.config_path.absolute())]
    parts += [site.config_bytes.hex()]
    parts += [f"{name}={value!r}" for name, value in sorted(site.variables.items())]
    parts += [f"{handle} {person!r}" for handle, person in sorted(site.people.items())]
    parts += map(str, site.people_problems)
    if site.config.content.tags:
        parts += [f"{key}={label!r}" for key, label in sorted(site.tags.items())]
        parts += map(str, site.tags_problems)
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
