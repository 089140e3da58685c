"""The keys of an index: what it was made of besides content and ledger, each part by itself.

Where only a part is another one, only what is made of that part is made anew.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from feedwright import program
from feedwright.config.schema import Config, Notify, Publish
from feedwright.select import takes_all
from feedwright.site import Site


class Keys(NamedTuple):
    """Digests of what is configured and of what surrounds it."""

    reading: str
    """What articles come from: program, tags, all of the configuration but what follows."""
    people: Mapping[str, str]
    """Who stands under each handle of the authors file."""
    title: str
    """The site's, which is taken off the titles of HTML pages."""
    grouping: str
    """What tells to which feeds an article belongs."""
    rendering: str
    """What entries come from, besides articles."""


def keys_of(site: Site) -> Keys:
    """Return the keys of a site. To be taken before anything is read."""
    config = site.config
    surrounding = [program.digest(), str(site.config_path.absolute()), repr(_read_by(config))]
    if config.content.tags:
        surrounding += [f"{key}={label!r}" for key, label in sorted(site.tags.items())]
        surrounding += map(str, site.tags_problems)
    specs = [
        (spec.name, spec.per, spec.where._replace(newer_than=None))
        for spec in config.feeds
        if not takes_all(spec)
    ]
    formats = sorted({name for spec in config.feeds for name in spec.formats})
    return Keys(
        _digest(surrounding),
        {handle: repr(person) for handle, person in site.people.items()},
        config.site.title,
        _digest((repr(specs), repr(config.site.author), config.site.language)),
        _digest((repr(config.site), *formats)),
    )


def _read_by(config: Config) -> Config:
    """Return a configuration without what no article comes from: it is asked for later on."""
    site = config.site._replace(
        title="",
        feeds_url="",
        description="",
        author=None,
        publish_emails=False,
        rights="",
        icon="",
        logo="",
    )
    return config._replace(site=site, feeds=(), notify=Notify(), publish=Publish())


def _digest(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
