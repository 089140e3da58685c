"""Next, Gatsby, Nuxt and their like: a package whose articles lie in a folder of Markdown."""

from feedwright.operations.recognize.articles import folders
from feedwright.operations.recognize.folder import SiteFolder, mapping
from feedwright.operations.recognize.found import Found, author, with_base
from feedwright.operations.recognize.jsvalues import Constant, constants, find, find_switch
from feedwright.text.patterns import lazy

_KINDS = {"next": "Next", "gatsby": "Gatsby", "nuxt": "Nuxt", "@sveltejs/kit": "SvelteKit"}
_ABOUT = (
    "data/siteMetadata.js",
    "data/siteMetadata.ts",
    "siteMetadata.js",
    "site.config.js",
    "site.config.ts",
    "src/config.ts",
    "src/config/site.ts",
    "config/site.ts",
    "lib/constants.ts",
    "src/lib/constants.ts",
    "lib/config.ts",
    "src/lib/config.ts",
    "next-seo.config.js",
    "gatsby-config.js",
    "gatsby-config.ts",
    "config.js",
)
_TOPS = ("app", "src/app", "pages", "src/pages", "app/pages", "src/routes")
_ROUTE = lazy(
    r"(?:src/)?(?:app/pages|app|pages|routes)/(.*?)/?(?:\[(?:\[?\.\.\.)?(\w+)\]?\]|_\w+)"
    r"(?:/\+?page(?:\.server)?|/index)?\.(?:jsx?|tsx?|mdx?|vue|svelte|svx)"
)
_GROUP = lazy(r"\([^()/]*\)/?|\[[^\[\]/]*\]/?")


def recognize(site: SiteFolder) -> Found | None:
    """Read what tells of a site made with a JavaScript framework."""
    package = site.values("package.json") if site.has("package.json") else {}
    needs = {**mapping(package.get("dependencies")), **mapping(package.get("devDependencies"))}
    kind = next((name for need, name in _KINDS.items() if need in needs), "")
    config = site.first(*(f"next.config.{syntax}" for syntax in ("js", "mjs", "ts", "cjs")))
    if not kind and not config:
        return None
    kind = kind or "Next"
    about = constants("\n".join(site.text(path) for path in _ABOUT))
    found = folders(site, "", (".md", ".mdx", ".markdown"))
    folder = found[0] if found else ""
    ending = "/" if kind == "Gatsby" or _slash(site, config) else ""
    route = "" if kind == "Gatsby" else _route(site, folder)
    return Found(
        kind,
        config or "package.json",
        title=find(about, "title") or find(about, "siteName") or find(about, "name"),
        url=_url(about, constants(site.text(config)) if config else []),
        description=find(about, "description"),
        language=find(about, "language") or find(about, "locale") or find(about, "lang"),
        author=author(find(about, "author", "name") or find(about, "author")),
        path=(folder or ".",),
        static=("public", "static"),
        permalink=f"/{route}{{path}}{ending}",
        permalink_slug=f"/{route}{{slug}}{ending}",
        authors=site.first_folder(f"{folder.rpartition('/')[0]}/authors", "data/authors"),
        check=() if found else ("no dated articles were found; set content.path",),
    )


def _slash(site: SiteFolder, config: str) -> bool:
    return bool(config) and bool(find_switch(constants(site.text(config)), "trailingSlash"))


def _url(about: list[Constant], config: list[Constant]) -> str:
    names = ("siteUrl", "siteURL", "url", "website", "baseUrl", "BASE_URL", "SITE_URL")
    url = next((found for name in names if (found := find(about, name)).startswith("http")), "")
    return with_base(url, find(config, "basePath"))


def _route(site: SiteFolder, folder: str) -> str:
    """Return the route of the page that shows an article, ends with a slash; empty at the top."""
    if folder.startswith(("pages", "src/pages", "app", "src/app")):
        return folder.partition("pages")[2].strip("/") + "/" if "pages" in folder else ""
    name = folder.rpartition("/")[2].lstrip("_")
    best = best_route(site, name)
    route = name if best is None else best
    return f"{route}/" if route else ""


def best_route(site: SiteFolder, name: str) -> str | None:
    """Return the likeliest route of pages with a parameter, for a folder of this name."""
    routes = []
    for top in _TOPS:
        for path in site.files(top) if site.has_folder(top) else ():
            found = _ROUTE.fullmatch(path)
            if found is not None:
                route = _GROUP.sub("", found[1] + "/").strip("/")
                last = route.rpartition("/")[2]
                fits = last == name, last in {"blog", "posts", "articles", "post"}, not route
                routes.append((tuple(not each for each in fits), route))
    return min(routes)[1] if routes else None
