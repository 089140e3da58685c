"""How a Hugo site makes the addresses of its articles: `permalinks`, `uglyURLs`, `frontmatter`."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.articles import lacks_own_date
from feedwright.operations.recognize.folder import SiteFolder, folded, is_on, mapping, text, texts
from feedwright.operations.recognize.patterns import ours
from feedwright.text.placeholders import HUGO


class Permalinks(NamedTuple):
    """Patterns, and what they need."""

    pattern: str
    rules: tuple[PermalinkRule, ...]
    """For sections."""
    uses_title: bool
    """A slug that is not declared comes from the title."""
    check: tuple[str, ...]


def permalinks_of(
    site: SiteFolder,
    config: dict[str, Any],
    language: str,
    folders: tuple[str, ...],
    nested: Sequence[str] = (),
) -> Permalinks:
    """Read how addresses are made; `language` is what every pattern begins with.

    `nested` are folders of languages within another content folder: no part of the address.
    """
    dates = texts(mapping(config.get("frontmatter")).get("date"))
    from_name = _takes_slugs_of_names(site, dates, folders)
    slug = "{slug}" if from_name else "{slug:dated}"
    ugly = config.get("uglyurls")
    default = f"{language}/{{dir}}/{slug}{_ending(ugly, '')}"
    rules: list[PermalinkRule] = []
    check: list[str] = []
    uses_title = False
    for section, written in _declared(config.get("permalinks")):
        if section and not _is_section(site, folders, section):
            continue
        made, problem = ours(_without_slices(site, folders, section, written), HUGO)
        if problem:
            check.append(problem)
            continue
        uses_title = uses_title or ":slug" in written.replace(":slugor", "")
        made = language + _ended(made, _ending(ugly, section))
        if section:
            rules.append(PermalinkRule(made, match=f"{section}/**"))
        else:
            default = made
    named = {rule.match for rule in rules}
    rules += [
        PermalinkRule(f"{language}/{{dir}}/{slug}.html", match=f"{section}/**")
        for section in mapping(ugly)
        if is_on(mapping(ugly)[section]) and f"{section}/**" not in named
    ]
    rules += [
        PermalinkRule(f"{language}/{{dir:below}}/{slug}{_ending(ugly, '')}", match=f"{each}/**")
        for each in nested
        if "/" not in each
    ]
    return Permalinks(default, tuple(rules), uses_title and not from_name, tuple(check))


def _declared(value: object) -> Iterator[tuple[str, str]]:
    """Give sections and patterns: of a table, or of the list that newer versions have."""
    if isinstance(value, list):
        for item in value:
            each = folded(mapping(item))
            target = mapping(each.get("target"))
            path = text(target.get("path")).strip("{}/").removesuffix("/**")
            if text(target.get("kind")) in {"", "page"} and set(target) <= {"kind", "path"}:
                yield path.strip("*/"), text(each.get("pattern"))
        return
    table = mapping(value)
    for section, written in (mapping(table.get("page")) or table).items():
        if text(written):
            yield section.strip("/"), text(written)


def _is_section(site: SiteFolder, folders: tuple[str, ...], name: str) -> bool:
    """Tell whether there are articles in a section: `tags` and `authors` have addresses too."""
    return any(site.has_folder(f"{folder}/{name}") for folder in folders)


def _without_slices(site: SiteFolder, folders: tuple[str, ...], section: str, written: str) -> str:
    """Write `:sections[1:]` as words that have a counterpart.

    Only a folder with an `_index` is a section of its own: without any, all lie in the top one.
    """
    deep = any(
        path.rpartition("/")[2].startswith("_index.") and path.count("/") > depth
        for folder in folders
        for depth in (folder.count("/") + 2,)
        for path in site.files(f"{folder}/{section}".rstrip("/"))
    )
    if deep or not section:
        return written
    written = written.replace("/:sections[1:]", "")
    return re.sub(r":sections(?:lugs)?(?:\[:?[01]\])?", ":section", written)


def _ending(ugly: object, section: str) -> str:
    is_ugly = is_on(mapping(ugly).get(section)) if isinstance(ugly, dict) else is_on(ugly)
    return ".html" if is_ugly else "/"


def _ended(pattern: str, ending: str) -> str:
    if "." in pattern.rpartition("/")[2]:
        return pattern
    return pattern.rstrip("/") + ending


def _takes_slugs_of_names(
    site: SiteFolder, dates: tuple[str, ...], folders: tuple[str, ...]
) -> bool:
    """Tell whether slugs are taken of `2024-01-05-crane.md`.

    They are where the date is: with `:filename` before `date`, or in articles without a `date`.
    """
    names = [each.casefold() for each in dates]
    place = next((at for at, each in enumerate(names) if each.startswith(":filename")), None)
    if place is None:
        return False
    first = min((names.index(each) for each in ("date", ":default") if each in names), default=None)
    if first is None or place < first:
        return True
    return any(lacks_own_date(site, folder) for folder in folders)
