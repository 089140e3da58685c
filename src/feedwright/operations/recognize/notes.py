"""Whether the articles of a site are notes: a vault of Obsidian, or what Foam and the like keep."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from feedwright.operations.recognize.config_text import glob_of
from feedwright.operations.recognize.folder import SiteFolder, text
from feedwright.operations.recognize.found import Found

_FOLDERS = (".obsidian", ".foam")
_FILES = ("quartz.config.ts", "logseq/config.edn")
_ABOVE = ("..", "../..")
"""A site may be a folder of a vault."""
_TEMPLATES = (
    (".obsidian/templates.json", "folder"),
    (".obsidian/plugins/templater-obsidian/data.json", "templates_folder"),
)
"""Files of settings, and the key that says where templates for new notes lie."""


def with_vault(found: Found, site: SiteFolder) -> Found:
    """Say of a site that it is a vault, if one lies in, beside or above its articles."""
    for place in dict.fromkeys(_places(found, site)):
        sign = _sign(site, place)
        if sign:
            check = (
                f"its articles are notes ({sign}): each below content.path is published that is "
                "no draft; put what is private into content.exclude"
            )
            return replace(
                found,
                vault=True,
                exclude=(*found.exclude, *dict.fromkeys(_templates(found, site, place))),
                check=(*found.check, check),
            )
    return found


def _places(found: Found, site: SiteFolder) -> Iterator[str]:
    for path in found.path:
        names = posixpath.normpath(path).split("/")
        yield from ("/".join(names[:number]) for number in range(len(names), 0, -1))
        yield from (posixpath.join(path, name) for name in site.names(path))
    yield from (".", *_ABOVE)


def _sign(site: SiteFolder, place: str) -> str:
    def within(names: tuple[str, ...]) -> Iterator[str]:
        return (posixpath.normpath(posixpath.join(place, name)) for name in names)

    return site.first_folder(*within(_FOLDERS)) or site.first(*within(_FILES))


def _templates(found: Found, site: SiteFolder, place: str) -> Iterator[str]:
    """Give globs for templates of notes, which are no articles."""
    for settings, key in _TEMPLATES:
        folder = text(site.values(posixpath.join(place, settings)).get(key)).strip("/")
        for path in found.path if folder else ():
            below = posixpath.relpath(posixpath.join(place, folder), path)
            if not below.startswith("."):
                yield f"{glob_of(below)}/**"
