"""The listing of the content folders, row by row: what differs from the one of the last run."""

import os
from collections.abc import Iterator, Mapping
from stat import S_IFDIR
from typing import NamedTuple

from feedwright import unchanged
from feedwright.site import Site
from feedwright.sources.scan import prefix_of

_FOLDER = f"{S_IFDIR >> 12} "
"""How the row of a link to a folder begins."""


class Row(NamedTuple):
    """A file whose row differs: it is new, gone or touched."""

    folder: str
    """The content folder, as configured."""
    below: str
    """Path below it."""
    is_link: bool = False

    @property
    def path(self) -> str:
        """Its path among those of source files."""
        return prefix_of(self.folder) + self.below


def differing(
    site: Site,
    before: Mapping[str, bytes],
    listing: unchanged.Listing,
    followed: frozenset[str],
) -> Iterator[Row]:
    """Yield each file whose row differs once, but for those behind links that are not followed.

    `before` are the rows of the last run, `followed` the paths of links as a scan gave them.
    """
    now, links = listing.folders, listing.links
    tops = dict(zip(site.content_folders, site.config.content.path, strict=True))
    for folder in before.keys() | now.keys():
        packed = before.get(folder, b""), now.get(folder, b"")
        if packed[0] == packed[1]:
            continue
        old, new = map(unchanged.rows_of, packed)
        top = next(each for each in tops if (folder + "/").startswith(each.rstrip("/") + "/"))
        inner = folder[len(top) :].strip("/")
        prefix = f"{inner}/" if inner else ""
        for name in {name for name, _ in old.items() ^ new.items()}:
            row = Row(tops[top], prefix + name, f"{folder}/{name}" in links)
            if not links or _is_followed(row, top, links, followed):
                yield row


def _is_followed(row: Row, top: str, links: Mapping[str, str], followed: frozenset[str]) -> bool:
    """Tell whether a scan follows every link on the way to a file."""
    way = row.below
    while way:
        if f"{top}/{way}" in links and prefix_of(row.folder) + way not in followed:
            return False
        way = way.rpartition("/")[0]
    return True


def lists_all(site: Site, listing: unchanged.Listing, followed: frozenset[str]) -> bool:
    """Tell whether the listing has the files behind these links under their paths.

    It walks through a folder once, whichever link comes first; a scan may prefer another.
    """
    folders = zip(site.content_folders, site.config.content.path, strict=True)
    prefixes = {prefix_of(path): top for top, path in folders}
    for path in followed:
        prefix = next(each for each in prefixes if path.startswith(each))
        link = f"{prefixes[prefix]}/{path[len(prefix) :]}"
        what = listing.links.get(link, "")
        if not what or (what.startswith(_FOLDER) and link not in listing.folders):
            return False
    return True


def are_nested(site: Site) -> bool:
    """Whether a content folder lies in another, by a link: a file then has two paths below one."""
    tops = [os.path.realpath(folder) + "/" for folder in site.content_folders]
    return any(one.startswith(other) for one in tops for other in tops if one is not other)


def rows_to_keep(listing: unchanged.Listing, started_ns: int) -> dict[str, bytes]:
    """Return the listing for the next run. What was touched just now counts as changed then."""
    racy = {
        folder: unchanged.without_racy(listing.folders[folder], started_ns)
        for folder, newest in listing.newest_in.items()
        if unchanged.is_racy(newest, started_ns)
    }
    return listing.folders | racy
