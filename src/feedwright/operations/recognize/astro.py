"""Astro: `astro.config.*`, with collections below `src/content` or pages below `src/pages`."""

from typing import NamedTuple

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.articles import folders
from feedwright.operations.recognize.folder import SiteFolder, is_on, mapping, text
from feedwright.operations.recognize.found import Found, author, joined, with_base
from feedwright.operations.recognize.jsvalues import Constant, constants, find
from feedwright.operations.recognize.patterns import checked
from feedwright.text.patterns import lazy

_CONFIGS = tuple(f"astro.config.{syntax}" for syntax in ("mjs", "js", "ts", "mts", "cjs"))
_ABOUT = (
    "src/consts.ts",
    "src/consts.js",
    "src/config.ts",
    "src/config.js",
    "src/site.config.ts",
    "src/site-config.ts",
    "src/constants.ts",
    "src/data/site.ts",
    "src/config/index.ts",
    "astro-paper.config.ts",
)
_PATHS = ("src/utils/getPath.ts", "src/utils/getPostPaths.ts")
_DROPS_FOLDERS = lazy(r"startsWith\(\s*[\"']_[\"']\s*\)")
_CONTENT = ("src/content", "content", "src/data", "data", "src/pages")
_PEOPLE = tuple(
    f"src/{folder}/authors{syntax}"
    for folder in ("data", "data/authors", "content", "content/authors")
    for syntax in (".json", ".yaml", ".yml", ".toml")
)
_FOLDERS_OF_PEOPLE = ("src/content/authors", "src/content/author", "src/data/authors")
_VARIABLE = lazy(r"%(slug|year|month|day|hour|minute|second|category)%")
_TONGUE = lazy(r"(?:^|/)\[(?:\.\.\.)?(?:lang|locale|language)\](?=/|$)")
_ROUTE = lazy(r"src/pages/(.*?)/?\[(?:\.\.\.)?(slug|id|path|post|page)\](?:/index)?\.astro")
_COLLECTION = lazy(r"getCollection\(\s*[\"'](\w[\w-]*)[\"']")


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of an Astro site."""
    because = site.first(*_CONFIGS)
    if not because:
        return None
    config = constants(site.text(because))
    about = constants("\n".join(site.text(path) for path in _ABOUT))
    folder = _folder(site)
    route = _route(site, folder)
    ending = _ending(find(config, "trailingSlash"), find(config, "build", "format"))
    theme = _theme(site)
    is_page = folder.startswith("src/pages")
    name = joined(route, "{path}" if is_page else "{slug}")
    pattern = f"/{joined(route, '{path}')}{ending}"
    pattern = theme.permalink or pattern
    check = () if folder else ("no dated articles were found; set content.path",)
    return Found(
        "Astro",
        because,
        title=find(about, "SITE_TITLE")
        or find(about, "title")
        or find(about, "name")
        or theme.title,
        url=_url(config) if find(config, "site") else _own_address(about) or theme.url,
        description=find(about, "SITE_DESCRIPTION")
        or find(about, "description")
        or find(about, "desc"),
        language=find(config, "i18n", "defaultLocale")
        or find(about, "lang")
        or find(about, "locale"),
        author=author(find(about, "author", "name") or find(about, "author")),
        path=(folder or "src/content",),
        static=("public",),
        permalink=pattern,
        permalink_slug="" if is_page or theme.permalink else f"/{name}{ending}",
        permalinks=_permalinks(site, route, ending),
        permalink_style="astro" if not is_page else "plain",
        permalink_date="utc",
        authors=site.first(*_PEOPLE) or site.first_folder(*_FOLDERS_OF_PEOPLE),
        check=check,
    )


class _Theme(NamedTuple):
    """What AstroWind keeps in a file of its own. Empty: another theme."""

    title: str
    url: str
    permalink: str


def _theme(site: SiteFolder) -> _Theme:
    values = site.values(site.first("src/config.yaml", "src/config.yml"))
    about = mapping(values.get("site"))
    post = mapping(mapping(mapping(values.get("apps")).get("blog")).get("post"))
    written = text(post.get("permalink"))
    made = _VARIABLE.sub(lambda found: f"{{{found[1]}}}", written)
    ending = "/" if is_on(about.get("trailingSlash")) else ""
    pattern, _ = checked(made.rstrip("/") + ending, written) if written else ("", "")
    url = with_base(text(about.get("site")), text(about.get("base")))
    return _Theme(text(about.get("name")), url, pattern)


def _own_address(about: list[Constant]) -> str:
    names = ("website", "siteUrl", "SITE_URL", "url", "site", "baseUrl")
    return next((found for name in names if (found := find(about, name)).startswith("http")), "")


def _permalinks(site: SiteFolder, route: str, ending: str) -> tuple[PermalinkRule, ...]:
    """Return the rule of AstroPaper: folders whose name begins with _ are no part of addresses."""
    if not _DROPS_FOLDERS.search("\n".join(map(site.text, _PATHS))):
        return ()
    return (PermalinkRule(f"/{joined(route, '{slug}')}{ending}", match="_*/*"),)


def _url(config: list[Constant]) -> str:
    return with_base(find(config, "site"), find(config, "base"))


def _folder(site: SiteFolder) -> str:
    for top in _CONTENT:
        found = folders(site, top) if site.has_folder(top) else []
        if found:
            return found[0]
    return ""


def _route(site: SiteFolder, folder: str) -> str:
    """Return the route below which a collection's articles stand, judged by its pages."""
    if folder.startswith("src/pages"):
        return folder.removeprefix("src/pages").strip("/")
    name = folder.rpartition("/")[2]
    routes: list[tuple[int, str]] = []
    for path in site.files("src/pages"):
        found = _ROUTE.fullmatch(path)
        if found is not None:
            named = _COLLECTION.findall(site.text(path))
            top = _TONGUE.sub("", found[1]).strip("/")
            fits = 2 if name in named or name == top.rpartition("/")[2] else not named
            if "[" not in top:
                routes.append((-int(fits), top))
    best = min(routes, default=(0, name))
    return best[1] if best[0] < 0 or not routes else name


def _ending(slash: str, form: str) -> str:
    if form == "file":
        return ".html"
    return "" if slash == "never" else "/"
