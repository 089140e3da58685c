"""What was found out about a site, before it becomes a configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedwright.config.schema import Author, PermalinkRule

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A site, and what its own configuration says. Empty where it says nothing.

    Paths are relative to the site's folder.
    """

    generator: str
    because: str
    """What gave it away: a file, a folder."""
    title: str = ""
    url: str = ""
    description: str = ""
    language: str = ""
    timezone: str = ""
    author: Author | None = None
    rights: str = ""
    path: tuple[str, ...] = (".",)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    permalink: str = ""
    permalink_slug: str = ""
    permalinks: tuple[PermalinkRule, ...] = ()
    permalink_style: str = ""
    permalink_date: str = ""
    slug_from: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    authors: str = ""
    """The authors file or folder."""
    tags: str = ""
    """The tags file."""
    vault: bool = False
    """Whether its articles are notes of Obsidian or the like."""
    defaults: tuple[tuple[str, Mapping[str, Value]], ...] = ()
    """Glob and values."""
    sections: tuple[str, ...] = ()
    """Top folders whose articles the main feed had; empty: all."""
    languages: tuple[str, ...] = ()
    """When there are several."""
    limit: int = 0
    """Of the feed that the site had; 0: unknown."""
    undated: bool = False
    """Articles without a date are as good as others."""
    check: tuple[str, ...] = ()
    """What a person should look at, each a sentence."""


def author(value: object) -> Author | None:
    """Read an author as generators have it: a name, a mapping, the first of a list."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    if isinstance(value, dict):
        plain = {str(key).casefold(): each for key, each in value.items()}
        name = plain.get("name") or plain.get("nickname") or plain.get("display_name")
        if not isinstance(name, str) or not name.strip():
            return None
        email, url = plain.get("email"), plain.get("url") or plain.get("website")
        return Author(
            " ".join(name.split()),
            email if isinstance(email, str) and "@" in email else "",
            url if isinstance(url, str) and url.startswith("http") else "",
        )
    if isinstance(value, str) and value.strip():
        return Author(" ".join(value.split()))
    return None


def joined(*parts: str) -> str:
    """Join parts of an address or a pattern with single slashes."""
    made = "/".join(part.strip("/") for part in parts[:-1] if part.strip("/"))
    last = parts[-1].lstrip("/")
    return f"{made}/{last}" if made else last


def with_base(url: str, base: str) -> str:
    """Put a site's address and the path below it together; with a slash at the end."""
    url = url if not base.startswith("http") else ""
    whole = joined(url, base.strip("/") + "/") if base.strip("/") else url
    return whole if not whole or whole.endswith("/") else whole + "/"
