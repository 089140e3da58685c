"""The generators, in the order in which they are asked: the first that knows the site has it."""

from collections.abc import Callable

from feedwright.operations.recognize import (
    astro,
    docusaurus,
    eleventy,
    exports,
    hexo,
    hugo,
    jekyll,
    lektor,
    mkdocs,
    nikola,
    nuxt,
    pelican,
    plain,
    zola,
)
from feedwright.operations.recognize import next as next_
from feedwright.operations.recognize.folder import SiteFolder
from feedwright.operations.recognize.found import Found
from feedwright.operations.recognize.notes import with_vault

Recognizer = Callable[[SiteFolder], Found | None]

GENERATORS: tuple[Recognizer, ...] = (
    docusaurus.recognize,
    astro.recognize,
    eleventy.recognize,
    lektor.recognize,
    pelican.recognize,
    nikola.recognize,
    mkdocs.recognize,
    zola.recognize,  # before Hugo: both have a config.toml
    hugo.recognize,
    hexo.recognize,  # before Jekyll: both have a _config.yml
    jekyll.recognize,
    nuxt.recognize,
    next_.recognize,
    exports.wordpress,
    exports.ghost,
    plain.recognize,
)


def recognize(site: SiteFolder) -> Found | None:
    """Return what is found out about a site; None when there is nothing to read."""
    found = next((found for each in GENERATORS if (found := each(site)) is not None), None)
    return with_vault(found, site) if found is not None else None
