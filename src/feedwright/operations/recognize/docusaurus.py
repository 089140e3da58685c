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

_CONFIGS = tuple(f"docusaurus.config.{syntax}" for syntax in ("js", "ts", "mjs", "cjs"))
_DATED = "[0-9][0-9][0-9][0-9]-[0-9]*"
_YEAR = "[0-9][0-9][0-9][0-9]"


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Docusaurus site."""
    because = site.first(*_CONFIGS)
    if not because:
        return None
    config = constants(site.text(because))
    folder = _folder(site, config)
    given = find(config, "blog", "routeBasePath") or find(config, "routeBasePath")
    route = given.strip("/") if given else folder.rpartition("/")[2]
    ending = "/" if find_switch(config, "trailingSlash") else ""
    return Found(
        "Docusaurus",
        because,
        title=find(config, "title"),
        url=with_base(find(config, "url"), find(config, "baseUrl")),
        description=find(config, "tagline"),
        language=find(config, "i18n", "defaultLocale"),
        path=(folder,),
        exclude=("_*",),
        static=(find(config, "staticDirectories") or "static",),
        permalink=f"/{joined(route, '{path}')}{ending}",
        permalink_slug=f"/{joined(route, '{slug}')}{ending}",
        permalinks=(
            PermalinkRule(
                f"/{joined(route, '{year}/{month}/{day}/{dir}/{slug}')}{ending}", match=_DATED
            ),
        ),
        permalink_date="filename",
        authors=site.first(
            f"{folder}/{find(config, 'authorsMapPath') or 'authors.yml'}", f"{folder}/authors.yaml"
        ),
    )


def _folder(site: SiteFolder, config: list[Constant]) -> str:
    """Return the folder of the blog: as configured, else the usual one."""
    given = find(config, "blog", "path")
    if not given and not site.has_folder("blog"):
        given = find(config, "path")
    return given.strip("./") if given else "blog"
