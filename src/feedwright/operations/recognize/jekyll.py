"""Jekyll (and Octopress): `_config.yml` with `_posts` somewhere."""

from typing import Any

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.folder import SiteFolder, Values, is_off, mapping, text
from feedwright.operations.recognize.found import Found, Value, author, with_base
from feedwright.operations.recognize.patterns import ours
from feedwright.text.placeholders import JEKYLL

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
    folders, include = _folders(site, top, text(config.get("collections_dir")))
    values, rules = _defaults(config, folders)
    posts = mapping(mapping(config.get("collections")).get("posts"))
    written = text(posts.get("permalink"), config.get("permalink")) or "date"
    permalink, problem = ours(_STYLES.get(written, written), JEKYLL)
    fallback, _ = ours(_STYLES["date"], JEKYLL)
    return Found(
        "Jekyll",
        because,
        title=text(config.get("title"), config.get("name")),
        url=with_base(text(config.get("url")), text(config.get("baseurl"))),
        description=text(config.get("description"), config.get("tagline"), config.get("subtitle")),
        language=text(config.get("lang"), config.get("locale"), config.get("language")),
        timezone=text(config.get("timezone")),
        author=author(config.get("author")),
        path=folders,
        include=include,
        static=(source or ".",),
        permalink=permalink or fallback,
        permalinks=rules,
        permalink_style="jekyll",
        authors=site.first(f"{top}_data/authors.yml", f"{top}_data/authors.yaml"),
        defaults=values,
        limit=_limit(config),
        check=(problem,) if problem else (),
    )


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
        shallow |= {f"{top}{collections}/_posts", f"{top}{collections}/_drafts"}
    if found and set(found) <= shallow:
        return tuple(found), ()
    return (top.rstrip("/") or ".",), ("**/_posts/**", "**/_drafts/**")


def _limit(config: Values) -> int:
    limit = text(mapping(config.get("feed")).get("posts_limit"))
    return int(limit) if limit.isdigit() else 0


def _defaults(
    config: Values, folders: tuple[str, ...]
) -> tuple[tuple[tuple[str, dict[str, Value]], ...], tuple[PermalinkRule, ...]]:
    """Return values and permalinks of `defaults` for posts; the narrower one counts in Jekyll."""
    values: list[tuple[str, dict[str, Value]]] = []
    rules: list[PermalinkRule] = []
    items = config.get("defaults")
    for item in items if isinstance(items, list) else []:
        scope, given = mapping(mapping(item).get("scope")), mapping(mapping(item).get("values"))
        match = _glob(text(scope.get("path")), folders)
        if text(scope.get("type")) not in {"", "posts", "post", "drafts"} or not match:
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
