"""Eleventy: `eleventy.config.js`, `.eleventy.js`, or a package that depends on it."""

from itertools import pairwise
from typing import Any

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.articles import best_folder, folders
from feedwright.operations.recognize.folder import SiteFolder, mapping, text
from feedwright.operations.recognize.found import Found, Value, author, joined, with_base
from feedwright.operations.recognize.jsvalues import Constant, constants, find
from feedwright.operations.recognize.patterns import checked
from feedwright.text.patterns import lazy
from feedwright.text.placeholders import from_template

_CONFIGS = (
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
    ".eleventy.js",
)
_DATA = ("metadata", "site", "meta", "config", "global", "siteConfig", "blog")
_KEPT = ("author", "authors", "categories", "category", "lang", "draft")
_GLOBAL = "addGlobalData"
_COPY = "addPassthroughCopy"
_INDEX = lazy(r"(^|/)index\.html$")


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of an Eleventy site."""
    because = site.first(*_CONFIGS) or _package(site)
    if not because:
        return None
    config = constants(site.text(because)) if because != "package.json" else []
    source = find(config, "dir", "input") or find(config, "setInputDirectory")
    source = source.strip("./") or _source(site)
    about = _about(site, joined(source, find(config, "dir", "data") or "_data"))
    posts = folders(site, source, (".md", ".markdown", ".html", ".njk", ".liquid"))
    best = best_folder(site, source, (".md", ".markdown", ".html"))
    paths = tuple(folder for folder in posts if folder == best)
    route = best.removeprefix(source).strip("/")
    values, rules = _of_folders(site, paths)
    for_all = _for_all(config)
    # The path of a page is one below the input folder: so must ours be.
    by_path = bool(route) and any("{dir}" in each.pattern for each in (*for_all, *rules))
    default = f"/{joined('' if by_path else route, '{path}/')}"  # a date in a name stays
    passed = (
        c.value if c.path[-1] == _COPY else c.path[-1] for c in config if _COPY in c.path[-2:]
    )
    return Found(
        "Eleventy",
        because,
        title=about.get("title", ""),
        url=with_base(about.get("url", ""), find(config, "pathPrefix")),
        description=about.get("description", ""),
        language=about.get("language", ""),
        author=author(about),
        path=(source or ".",) if by_path else paths or (source or ".",),
        include=(f"{route}/**",) if by_path else (),
        static=tuple(dict.fromkeys(folder for each in passed if (folder := str(each).strip("./"))))
        or ("public",),
        permalink=for_all[0].pattern if for_all else default,
        permalinks=rules,
        permalink_style="eleventy",
        permalink_date="utc",
        defaults=values,
        check=_others(posts, paths),
    )


def _package(site: SiteFolder) -> str:
    package = site.values("package.json") if site.has("package.json") else {}
    needs = {**mapping(package.get("dependencies")), **mapping(package.get("devDependencies"))}
    return "package.json" if "@11ty/eleventy" in needs else ""


def _source(site: SiteFolder) -> str:
    return site.first_folder("src", "content") if not site.has_folder("posts") else ""


def _others(found: list[str], taken: tuple[str, ...]) -> tuple[str, ...]:
    left = [folder or "." for folder in found if folder not in taken]
    if not left:
        return ()
    names = ", ".join(left[:6])
    return (f"there are dated files in {names} too; add to content.path what is an article",)


def _about(site: SiteFolder, data: str) -> dict[str, str]:
    """Return what the site's global data say about it, with an author's name, email and url."""
    found: dict[str, str] = {}
    for name in _DATA:
        path = site.first(*(f"{data}/{name}.{syntax}" for syntax in ("json", "js", "mjs", "cjs")))
        if not path:
            continue
        is_json = path.endswith(".json")
        of = _from_json(site.values(path)) if is_json else _from_js(constants(site.text(path)))
        found = {**of, **found}
    return {key: value for key, value in found.items() if value}


def _from_json(values: Any) -> dict[str, str]:
    who = values.get("author")
    person = author(who)
    return {
        "title": text(values.get("title"), values.get("name")),
        "url": text(values.get("url"), values.get("baseUrl"), values.get("siteUrl")),
        "description": text(values.get("description")),
        "language": text(values.get("language"), values.get("lang"), values.get("locale")),
        "name": person.name if person else text(values.get("authorName")),
        "email": person.email if person else text(values.get("authorEmail")),
    }


def _from_js(found: list[Constant]) -> dict[str, str]:
    return {
        "title": find(found, "title") or find(found, "name"),
        "url": find(found, "url") or find(found, "baseUrl") or find(found, "siteUrl"),
        "description": find(found, "description"),
        "language": find(found, "language") or find(found, "lang") or find(found, "locale"),
        "name": find(found, "author", "name") or find(found, "author"),
        "email": find(found, "author", "email") or find(found, "email"),
    }


def _of_folders(
    site: SiteFolder, paths: tuple[str, ...]
) -> tuple[tuple[tuple[str, dict[str, Value]], ...], tuple[PermalinkRule, ...]]:
    """Return what the data files of folders (`posts/posts.json`) give to their articles."""
    values: list[tuple[str, dict[str, Value]]] = []
    rules: list[PermalinkRule] = []
    for folder in paths:
        name = folder.rpartition("/")[2]
        stem = f"{folder}/{name}"
        path = site.first(
            f"{stem}.json", f"{stem}.11tydata.json", f"{stem}.11tydata.js", f"{stem}.11tydata.cjs"
        )
        given = _given(site, path) if path else {}
        taken = {key: found for key in _KEPT if (found := text(given.get(key)))}
        if taken:
            values.append(("**", dict(taken)))
        rules += _rule(text(given.get("permalink")))
    return tuple(values), tuple(rules)


def _for_all(config: list[Constant]) -> list[PermalinkRule]:
    """Return what `addGlobalData("permalink", …)` says."""
    pairs = pairwise(config)
    written = (
        second.value
        for first, second in pairs
        if first.path[-1:] == second.path[-1:] == (_GLOBAL,) and first.value == "permalink"
    )
    return [rule for each in written for rule in _rule(str(each))]


def _rule(written: str) -> list[PermalinkRule]:
    """Return a template of addresses as a rule; none when it cannot be taken."""
    made = _INDEX.sub(r"\1", from_template(written)) if written else ""
    pattern, problem = checked(made, written) if made else ("", "")
    return [PermalinkRule(pattern)] if pattern and not problem else []


def _given(site: SiteFolder, path: str) -> dict[str, Any]:
    if path.endswith(".json"):
        return dict(site.values(path))
    found = constants(site.text(path))
    return {key: find(found, key) for key in (*_KEPT, "permalink")}
