"""Lektor: a file `*.lektorproject`."""

import configparser
from collections.abc import Mapping

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.folder import SiteFolder
from feedwright.operations.recognize.found import Found
from feedwright.operations.recognize.patterns import checked
from feedwright.text.patterns import lazy
from feedwright.text.placeholders import from_letters

_DATE = lazy(r"pub_date\s*\|\s*dateformat\(\s*[\"']([^\"']{1,40})[\"']")
_TITLE = lazy(r"\btitle\b")


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Lektor site."""
    because = next((name for name in site.names() if name.endswith(".lektorproject")), "")
    if not because:
        return None
    config = _ini(site.text(because))
    project = config.get("project", {})
    tongues = {
        section.partition(".")[2]: values
        for section, values in config.items()
        if section.startswith("alternatives.")
    }
    main = next((key for key, values in tongues.items() if values.get("primary") == "yes"), "")
    main = main or project.get("locale", "") or next(iter(tongues), "")
    others = tuple(key for key in tongues if key != main)
    slugs = _slugs(site)
    return Found(
        "Lektor",
        because,
        title=project.get("name", ""),
        url=project.get("url", ""),
        language=project.get("locale", "") or main,
        path=("content",),
        static=("assets", "content"),
        permalink=slugs or "/{path}/",
        permalink_slug="/{dir}/{slug}/",
        permalinks=tuple(
            PermalinkRule(
                f"/{tongues[key].get('url_prefix', key).strip('/')}{slugs or '/{path}/'}",
                languages=(key,),
            )
            for key in others
        ),
        languages=(main, *others) if others else (),
    )


def _ini(text: str) -> Mapping[str, Mapping[str, str]]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return {}
    return {section: dict(parser.items(section)) for section in parser.sections()}


def _slugs(site: SiteFolder) -> str:
    """Return the pattern that a blog's model gives its children; empty for their folders."""
    for name in site.names("models"):
        written = _ini(site.text(f"models/{name}")).get("children", {}).get("slug_format", "")
        date = _DATE.search(written)
        if date is not None:
            slug = "{title}" if _TITLE.search(written.replace(date[0], "")) else "{slug}"
            day = from_letters(date[1])
            pattern, problem = checked(f"/{{dir}}/{day}/{slug}/", written)
            return pattern if day and not problem else ""
    return ""
