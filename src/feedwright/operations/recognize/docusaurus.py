"""Docusaurus: `docusaurus.config.*`; its blog, of the preset or of a plugin."""

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.folder import SiteFolder
from feedwright.operations.recognize.found import Found, joined, with_base
from feedwright.operations.recognize.jsvalues import (
    Constant,
    constants,
    find,
    find_switch,
)
from feedwright.text import languages

_CONFIGS = tuple(f"docusaurus.config.{syntax}" for syntax in ("js", "ts", "mjs", "cjs"))
_TRANSLATIONS = "i18n/{}/docusaurus-plugin-content-blog"
_DATED = "[0-9][0-9][0-9][0-9]-[0-9]*"
_DAY_IN_YEAR = "[0-9][0-9][0-9][0-9]/[0-9][0-9]-[0-9][0-9]-*"


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Docusaurus site."""
    because = site.first(*_CONFIGS)
    if not because:
        return None
    config = constants(site.text(because))
    blog = _blog(config)
    folder = (find(blog, "path") or "blog").strip("./")
    route = (find(blog, "routeBasePath") or "blog").strip("/")
    ending = "/" if find_switch(config, "trailingSlash") else ""
    main = find(config, "i18n", "defaultLocale") or "en"
    locales = _locales(site, main)
    if locales:
        route = "{language:locale}/" + route
    return Found(
        "Docusaurus",
        because,
        title=find(config, "title"),
        url=_url(config),
        description=find(config, "tagline"),
        language=main,
        languages=(main, *locales) if locales else (),
        path=(folder, *(_TRANSLATIONS.format(locale) for locale in locales)),
        exclude=("_*",),
        static=(find(config, "staticDirectories") or "static",),
        permalink=f"/{joined(route, '{path}')}{ending}",
        permalink_slug=f"/{joined(route, '{slug}')}{ending}",
        permalinks=(
            PermalinkRule(
                f"/{joined(route, '{year}/{month}/{day}/{dir}/{slug}')}{ending}", match=_DATED
            ),
            PermalinkRule(
                f"/{joined(route, '{year}/{month}/{day}/{slug}')}{ending}", match=_DAY_IN_YEAR
            ),
        ),
        permalink_date="filename",
        authors=site.first(
            f"{folder}/{find(config, 'authorsMapPath') or 'authors.yml'}", f"{folder}/authors.yaml"
        ),
        tags=site.first(f"{folder}/{find(blog, 'tags') or 'tags.yml'}", f"{folder}/tags.yml"),
    )


def _locales(site: SiteFolder, main: str) -> tuple[str, ...]:
    """Return the languages, but the main one, that have articles of their own, sorted."""
    files = site.files("i18n") if site.has_folder("i18n") else ()
    parts = (path.split("/") for path in files if path.endswith((".md", ".mdx")))
    found = {names[1] for names in parts if names[2:3] == ["docusaurus-plugin-content-blog"]}
    return tuple(sorted(each for each in found - {main} if languages.normalize(each)))


def _url(config: list[Constant]) -> str:
    """Return the address of the site; functions in the file may have a `baseUrl` of their own."""
    address = find(config, "url")
    sites = [each.path[:-1] for each in config if each.path[-1:] == ("url",)]
    above = min(sites, key=len, default=())
    beside = [each for each in config if each.path == (*above, "baseUrl")]
    return with_base(address, find(beside, "baseUrl"))


def _blog(config: list[Constant]) -> list[Constant]:
    """Return the options of the preset's blog, else of the first plugin that is one."""
    of_preset = [each for each in config if "blog" in each.path]
    if of_preset:
        return of_preset
    names = [number for number, each in enumerate(config) if _names_blog(each)]
    if not names:
        return []
    found = []
    for each in config[names[0] + 1 :]:
        if isinstance(each.value, str) and each.value.startswith(("@docusaurus/", "content-")):
            break  # the next plugin
        found.append(each)
    return found


def _names_blog(constant: Constant) -> bool:
    return str(constant.value).removeprefix("@docusaurus/").removeprefix("plugin-") == (
        "content-blog"
    )
