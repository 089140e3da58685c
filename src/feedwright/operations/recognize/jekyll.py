"""Jekyll (and Octopress): `_config.yml` with `_posts` somewhere."""

from typing import Any

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.articles import LIKELY, WRITTEN
from feedwright.operations.recognize.articles import folders as dated_folders
from feedwright.operations.recognize.folder import (
    SiteFolder,
    Values,
    is_off,
    is_on,
    mapping,
    text,
    texts,
)
from feedwright.operations.recognize.found import Found, Value, author, with_base
from feedwright.operations.recognize.patterns import ours
from feedwright.text.patterns import lazy
from feedwright.text.placeholders import JEKYLL

_DATED = lazy(r"(?:^|/)\d{2,4}-\d{1,2}-\d{1,2}-[^/]*\.[^/.]+$")
_GLOB_SIGNS = lazy(r"[\[\]{}*\\]")
_MOST_UNREAD = 40
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""Names that `permalink` may have in place of a pattern."""
_DEFAULTS = ("author", "authors", "category", "categories", "tags", "lang", "published", "image")
"""Values of `defaults` that an article takes over."""


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Jekyll site."""
    because = site.first("_config.yml", "_config.yaml", "_config.toml")
    if not because or not _is_jekyll(site, config := site.values(because)):
        return None
    source = text(config.get("source")).strip("./")
    top = f"{source}/" if source else ""
    collections = top + text(config.get("collections_dir")).strip("./")
    folders, include = _folders(site, top, collections)
    written, others = _written(config), _collections(site, config, collections)
    undated = {} if others or _posts(site, top) else _named(site, config, collections)
    others = others or undated
    kinds = {"posts", "post", "drafts"}
    name = ""
    if others and not _posts(site, top):
        name, of_articles = next(iter(others.items()))
        folders, include, written, kinds = (of_articles,), (), _of_collection(config, name), {name}
        others = {key: folder for key, folder in others.items() if folder != of_articles}
    values, rules = _defaults(config, folders, kinds)
    permalink, problem = ours(written, JEKYLL)
    fallback, _ = ours(_STYLES["date"], JEKYLL)
    language = _polyglot(config)
    return Found(
        "Jekyll",
        because,
        title=text(config.get("title"), config.get("name")),
        url=with_base(text(config.get("url")), text(config.get("baseurl"))),
        description=text(config.get("description"), config.get("tagline"), config.get("subtitle")),
        language=text(
            config.get("lang"),
            config.get("locale"),
            config.get("language"),
            config.get("default_lang"),
        ),
        timezone=text(config.get("timezone")),
        author=author(config.get("author")),
        path=folders,
        include=include,
        exclude=() if name else _unread(site, folders),
        static=(source or ".",),
        permalink=(permalink or fallback) if not language else language + (permalink or fallback),
        permalinks=tuple(PermalinkRule(language + each.pattern, each.match) for each in rules),
        permalink_style="jekyll",
        authors=site.first(f"{top}_data/authors.yml", f"{top}_data/authors.yaml"),
        defaults=values,
        limit=_limit(config),
        undated=bool(undated),
        check=((problem,) if problem else ()) + _said(others),
    )


def _written(config: Values) -> str:
    """Return the pattern of posts."""
    posts = mapping(mapping(config.get("collections")).get("posts"))
    written = text(posts.get("permalink"), config.get("permalink")) or "date"
    return _STYLES.get(written, written)


def _unread(site: SiteFolder, folders: tuple[str, ...]) -> tuple[str, ...]:
    """Return globs of files that Jekyll passes over: those in `_posts` without a date in the name.

    A person has to think when there are many.
    """
    found = [
        path[len(prefix) :]
        for folder in folders
        for prefix in (f"{folder}/" if folder != "." else "",)
        for path in site.files("" if folder == "." else folder)
        if path.casefold().endswith(WRITTEN) and "_posts/" in path and not _DATED.search(path)
    ]
    globs = dict.fromkeys(_GLOB_SIGNS.sub("?", each) for each in found)
    return tuple(globs) if len(globs) <= _MOST_UNREAD else ()


def _collections(site: SiteFolder, config: Values, below: str) -> dict[str, str]:
    """Return collections that are put out and hold dated documents, with their folders."""
    declared = config.get("collections")
    found: dict[str, str] = {}
    for name, given in mapping(declared).items():
        folder = f"{below}/_{name}".lstrip("/")
        is_out = is_on(mapping(given).get("output")) and name not in {"posts", "drafts"}
        if is_out and site.has_folder(folder) and dated_folders(site, folder):
            found[name] = folder
    return found


def _named(site: SiteFolder, config: Values, below: str) -> dict[str, str]:
    """Return collections without dates whose names say that they hold articles."""
    found = mapping(config.get("collections"))
    return {
        name: folder
        for name in LIKELY
        for folder in (f"{below}/_{name}".lstrip("/"),)
        if name in found and is_on(mapping(found[name]).get("output")) and site.has_folder(folder)
    }


def _of_collection(config: Values, name: str) -> str:
    """Return the pattern of a collection: its own, or the site's style."""
    written = text(mapping(mapping(config.get("collections")).get(name)).get("permalink"))
    style = text(config.get("permalink")) or "date"
    ending = ":output_ext"
    if style not in _STYLES:
        ending = "/" if style.endswith("/") else ending if style.endswith(ending) else ""
    elif style == "pretty":
        ending = "/"
    written = written or f"/:collection/:path{ending}"
    return written.replace(":collection", name).replace(":name", ":title")


def _said(others: dict[str, str]) -> tuple[str, ...]:
    if not others:
        return ()
    names = ", ".join(others.values())
    return (f"there are dated files in {names} too; add to content.path what is an article",)


def _polyglot(config: Values) -> str:
    """Return what addresses begin with: Polyglot puts other languages below theirs."""
    plugins = {*texts(config.get("plugins")), *texts(config.get("gems"))}
    is_polyglot = "jekyll-polyglot" in plugins and len(texts(config.get("languages"))) > 1
    return "/{language:other}" if is_polyglot else ""


def _is_jekyll(site: SiteFolder, config: Values) -> bool:
    known = {"baseurl", "permalink", "markdown", "kramdown", "collections", "plugins", "gems"}
    return bool(known & set(config)) or any("_posts" in folder for folder in _posts(site, ""))


def _posts(site: SiteFolder, top: str) -> list[str]:
    """Return the folders `_posts` and `_drafts`, at the top and below folders of categories."""
    found = {
        path[: path.index(name) + len(name) - 1]
        for path in site.files(top.rstrip("/"))
        for name in ("_posts/", "_drafts/")
        if f"/{name}" in f"/{path}"
    }
    return sorted(found, key=lambda path: (path.endswith("_drafts"), path))


def _folders(
    site: SiteFolder, top: str, collections: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return content folders and globs: `_posts` alone, or all of it where posts lie deeper."""
    found = _posts(site, top)
    shallow = {top + "_posts", top + "_drafts"}
    if collections:
        shallow |= {f"{collections}/_posts", f"{collections}/_drafts"}
    if found and set(found) <= shallow:
        return tuple(found), ()
    return (top.rstrip("/") or ".",), ("**/_posts/**", "**/_drafts/**")


def _limit(config: Values) -> int:
    limit = text(mapping(config.get("feed")).get("posts_limit"))
    return int(limit) if limit.isdigit() else 0


def _defaults(
    config: Values, folders: tuple[str, ...], kinds: set[str]
) -> tuple[tuple[tuple[str, dict[str, Value]], ...], tuple[PermalinkRule, ...]]:
    """Return values and permalinks of `defaults` for posts; the narrower one counts in Jekyll."""
    values: list[tuple[str, dict[str, Value]]] = []
    rules: list[PermalinkRule] = []
    items = config.get("defaults")
    for item in items if isinstance(items, list) else []:
        scope, given = mapping(mapping(item).get("scope")), mapping(mapping(item).get("values"))
        match = _glob(text(scope.get("path")), folders)
        if text(scope.get("type")) not in {"", *kinds} or not match:
            continue
        taken = {key: found for key in _DEFAULTS if (found := _value(given.get(key)))}
        taken |= {"published": "false"} if is_off(given.get("published")) else {}
        if taken:
            values.append((match, taken))
        pattern, _ = (
            ours(text(given.get("permalink")), JEKYLL) if given.get("permalink") else ("", "")
        )
        if pattern:
            rules.insert(0, PermalinkRule(pattern, match=match))
    return tuple(values), tuple(rules)


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(text(item) for item in value if text(item))
    return text(value)


def _glob(path: str, folders: tuple[str, ...]) -> str:
    """Write the path of a scope as a glob below the content folder; empty when it is elsewhere."""
    path = path.strip("/")
    if not path:
        return "**"
    if any(sign in path for sign in "{}"):
        return ""
    within = next((path[len(each) :].strip("/") for each in folders if path.startswith(each)), None)
    if within is None and "." not in folders:
        return f"{path}/**" if "*" in path else ""
    within = path if within is None else within
    return f"{within}/**" if within else "**"
