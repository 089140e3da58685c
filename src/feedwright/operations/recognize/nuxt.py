"""Nuxt Content: a package that needs `@nuxt/content`, with articles below `content/`."""

from feedwright.operations.recognize.articles import LIKELY, folders
from feedwright.operations.recognize.folder import SiteFolder, mapping
from feedwright.operations.recognize.found import Found, joined, with_base
from feedwright.operations.recognize.jsvalues import constants, find, find_switch
from feedwright.operations.recognize.next import best_route
from feedwright.text.slugs import nuxt, nuxt_cased

_CONFIGS = tuple(f"nuxt.config.{syntax}" for syntax in ("ts", "js", "mjs"))
_CONTENT = "content"


def recognize(site: SiteFolder) -> Found | None:
    """Read what tells of a site whose addresses Nuxt Content makes of the names of its files."""
    package = site.values("package.json") if site.has("package.json") else {}
    needs = {**mapping(package.get("dependencies")), **mapping(package.get("devDependencies"))}
    if "@nuxt/content" not in needs or not site.has_folder(_CONTENT):
        return None
    config = constants(site.text(site.first(*_CONFIGS)))
    found = folders(site, _CONTENT, (".md",))
    folder = _above(found[0]) if found else _CONTENT
    is_cased = bool(find_switch(config, "respectPathCase"))
    names = [(nuxt_cased if is_cased else nuxt)(name) for name in folder.split("/")[1:]]
    # A page that shows articles of a folder, else the catch-all, which takes paths as they are.
    route = best_route(site, names[-1] if names else "") or "/".join(names)
    return Found(
        "Nuxt",
        "@nuxt/content",
        title=find(config, "site", "name") or find(config, "title"),
        url=with_base(find(config, "site", "url"), find(config, "app", "baseURL")),
        description=find(config, "site", "description"),
        language=find(config, "site", "defaultLocale") or find(config, "lang"),
        path=(folder,),
        exclude=("_*",),
        static=("public", "static"),
        permalink=f"/{joined(route, '{path}')}",
        permalink_style="nuxt-cased" if is_cased else "nuxt",
        defaults=(("**/*.draft.*", {"draft": "true"}), ("**/*.draft/**", {"draft": "true"})),
        check=() if found else ("no dated articles were found; set content.path",),
    )


def _above(folder: str) -> str:
    """Return the folder of all articles: the outermost with a likely name, else the one found."""
    names = folder.split("/")
    for number, name in enumerate(names[1:], start=2):
        if nuxt(name) in LIKELY:
            return "/".join(names[:number])
    return folder
