"""Exports of WordPress (WXR) and Ghost: one file with many articles."""

import html
import json
import re
from typing import Any

from feedwright.operations.recognize.folder import SiteFolder, mapping, text
from feedwright.operations.recognize.found import Found
from feedwright.operations.recognize.patterns import ours

_HEAD = 200_000
_LARGEST_JSON = 50_000_000
_LANGUAGES = ("locale", "default_locale", "lang", "defaultLang")
_GHOST = {"year": "{year}", "month": "{month}", "day": "{day}", "slug": "{slug}"}
"""Of its `permalinks`, which newer versions have in a file beside the export."""


def wordpress(site: SiteFolder) -> Found | None:
    """Read the channel of a WordPress export."""
    for name in site.names():
        if not name.casefold().endswith(".xml"):
            continue
        head = _head(site, name)
        if "<rss" not in head or "wordpress.org/export/" not in head:
            continue
        channel = head.partition("<item>")[0]
        url = _element(channel, "wp:base_blog_url") or _element(channel, "link")
        return Found(
            "WordPress",
            name,
            title=_element(channel, "title"),
            url=url if url.endswith("/") or not url else url + "/",
            description=_element(channel, "description"),
            language=_element(channel, "language"),
            include=(name,),
            permalink="/{year}/{month}/{day}/{slug}/",
        )
    return None


def ghost(site: SiteFolder) -> Found | None:
    """Read the settings of a Ghost export."""
    for name in site.names():
        if not name.casefold().endswith(".json"):
            continue
        data = _ghost_data(site, name)
        if not data:
            continue
        settings = {
            str(row.get("key")): row.get("value")
            for row in data.get("settings", [])
            if isinstance(row, dict)
        }
        return Found(
            "Ghost",
            name,
            title=text(settings.get("title")),
            description=text(settings.get("description")),
            language=text(*(settings.get(key) for key in _LANGUAGES)),
            timezone=text(settings.get("timezone"), settings.get("active_timezone")),
            include=(name,),
            permalink=ours(text(settings.get("permalinks")) or "/:slug/", _GHOST)[0] or "/{slug}/",
        )
    return None


def _ghost_data(site: SiteFolder, name: str) -> dict[str, Any]:
    try:
        if (site.root / name).stat().st_size > _LARGEST_JSON:
            return {}
        found = json.loads((site.root / name).read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    database = mapping(found).get("db")
    first = database[0] if isinstance(database, list) and database else found
    data = mapping(mapping(first).get("data"))
    return data if isinstance(data.get("posts"), list) else {}


def _head(site: SiteFolder, name: str) -> str:
    try:
        with (site.root / name).open("rb") as file:
            return file.read(_HEAD).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _element(channel: str, name: str) -> str:
    found = re.search(rf"<{name}>\s*(?:<!\[CDATA\[)?([^<\]]*)", channel)
    return html.unescape(found[1]).strip() if found else ""
