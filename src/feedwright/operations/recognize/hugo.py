"""Hugo: `hugo.toml`, or `config.toml` with a `baseURL`; or the same as YAML or JSON."""

import re
from typing import Any

from feedwright.operations.recognize.folder import (
    SiteFolder,
    folded,
    is_on,
    mapping,
    text,
    texts,
)
from feedwright.operations.recognize.found import Found, Value, author
from feedwright.operations.recognize.hugolinks import permalinks_of
from feedwright.text import languages, markup
from feedwright.text.patterns import lazy

_SYNTAXES = ("toml", "yaml", "yml", "json")
_DEFAULT = "config/_default"
_PARTS = ("params", "languages", "permalinks", "frontmatter", "services", "module", "cascade")
"""Keys that may stand in files of their own, below `config/_default/`."""
_OF_LANGUAGE = lazy(r"languages\.([\w-]+)\.(?:toml|ya?ml|json)")
_CASCADED = ("author", "authors", "categories", "tags", "lang", "draft", "license")
"""What the configuration's `cascade` may say for articles."""
_MOST_IGNORED = 40


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Hugo site."""
    because, config = _config(site)
    if not because:
        return None
    params = mapping(config.get("params"))
    tongues = _languages(config)
    main = text(config.get("defaultcontentlanguage")) or "en"
    own = {**mapping(tongues.get(main)), **mapping(mapping(tongues.get(main)).get("params"))}
    content = _content(config, tongues, main)
    path, defaults = _outer(tuple(dict.fromkeys(content.values())), content)
    others = [each for each in tongues if each != main]
    is_below = is_on(config.get("defaultcontentlanguageinsubdir"))
    language = "" if not others else "/{language}" if is_below else "/{language:other}"
    nested = [each.removeprefix(f"{path[0]}/") for each in content.values() if each not in path]
    permalinks = permalinks_of(site, config, language, path, nested)
    if language == "/{language}":
        defaults = (("**", {"lang": main}), *defaults) if len(path) < 2 else defaults
    return Found(
        "Hugo",
        because,
        title=text(own.get("title"), config.get("title")),
        url=text(own.get("baseurl"), config.get("baseurl")),
        description=text(own.get("description"), params.get("description"), params.get("subtitle")),
        language=main if others else _language(config, own, main),
        timezone=text(config.get("timezone")),
        author=author(own.get("author")) or author(params.get("author") or config.get("author")),
        rights=markup.plain(text(config.get("copyright"), params.get("copyright"))),
        path=path,
        exclude=_ignored(site, config, path),
        static=texts(config.get("staticdir")) or ("static",),
        permalink=permalinks.pattern,
        permalinks=permalinks.rules,
        permalink_date="as-written",
        permalink_style=_style(config),
        slug_from="title" if permalinks.uses_title else "",
        fields=_fields(mapping(config.get("frontmatter"))),
        defaults=(*_cascade(config.get("cascade")), *defaults),
        sections=texts(params.get("mainsections") or config.get("mainsections")),
        languages=(main, *others) if others else (),
        limit=_limit(config),
        check=(*permalinks.check, *_of_git(config)),
    )


def _style(config: dict[str, Any]) -> str:
    cased = "-cased" if is_on(config.get("disablepathtolower")) else ""
    return f"hugo{cased}{'-unaccented' if is_on(config.get('removepathaccents')) else ''}"


def _of_git(config: dict[str, Any]) -> tuple[str, ...]:
    if not is_on(config.get("enablegitinfo")):
        return ()
    return ("dates of Git (enableGitInfo) are not read; articles without a date need one",)


def _config(site: SiteFolder) -> tuple[str, dict[str, Any]]:
    """Return what gave Hugo away, and the whole configuration with casefolded keys."""
    hugo = site.first(*(f"hugo.{syntax}" for syntax in _SYNTAXES))
    if hugo:
        return hugo, {**_of_folder(site), **folded(site.values(hugo))}
    if site.has_folder(_DEFAULT):
        config = _of_folder(site)
        old = site.first(*(f"config.{syntax}" for syntax in _SYNTAXES))
        config = {**config, **folded(site.values(old))}
        return (_DEFAULT, config) if "baseurl" in config or "languages" in config else ("", {})
    old = site.first(*(f"config.{syntax}" for syntax in _SYNTAXES))
    config = folded(site.values(old))
    is_hugo = "baseurl" in config or ("languagecode" in config and "title" in config)
    return (old, config) if is_hugo else ("", {})


def _of_folder(site: SiteFolder) -> dict[str, Any]:
    """Return what stands below `config/_default/`, also in `languages.fr.toml`."""
    config: dict[str, Any] = {}
    for syntax in _SYNTAXES:
        config |= folded(site.values(site.first(f"{_DEFAULT}/hugo.{syntax}")))
        config |= folded(site.values(site.first(f"{_DEFAULT}/config.{syntax}")))
        for part in _PARTS:
            found = folded(site.values(site.first(f"{_DEFAULT}/{part}.{syntax}")))
            config |= {part: found.get(part, found)} if found else {}
    for name in site.names(_DEFAULT):
        language = _OF_LANGUAGE.fullmatch(name)
        if language is not None:
            own = folded(site.values(f"{_DEFAULT}/{name}"))
            known = mapping(config.get("languages"))
            config["languages"] = {**known, language[1]: {**mapping(known.get(language[1])), **own}}
    return config


def _languages(config: dict[str, Any]) -> dict[str, Any]:
    """Return the languages that are not turned off."""
    off = {each.casefold() for each in texts(config.get("disablelanguages"))}
    return {
        key: value
        for key, value in mapping(config.get("languages")).items()
        if key not in off and not is_on(mapping(value).get("disabled"))
    }


def _language(config: dict[str, Any], own: dict[str, Any], main: str) -> str:
    code = text(
        own.get("locale"), own.get("languagecode"), config.get("locale"), config.get("languagecode")
    )
    same = languages.normalize(code).partition("-")[0] == main.partition("-")[0].lower()
    return code if same or "defaultcontentlanguage" not in config else main


def _limit(config: dict[str, Any]) -> int:
    services = mapping(mapping(config.get("services")).get("rss"))
    limit = text(services.get("limit"), config.get("rsslimit"))
    return int(limit) if limit.isdigit() else 0


# ---------------------------------------------------------------- content

Defaults = tuple[tuple[str, dict[str, Value]], ...]


def _content(config: dict[str, Any], tongues: dict[str, Any], main: str) -> dict[str, str]:
    """Return the content folder of each language; of the main one when there are no others."""
    folder = _folder(config.get("contentdir")) or "content"
    own = {key: _folder(mapping(value).get("contentdir")) for key, value in tongues.items()}
    own |= _mounted(config, main)
    if not any(own.values()):
        return {main: folder}
    return {key: path or folder for key, path in own.items()}


def _mounted(config: dict[str, Any], main: str) -> dict[str, str]:
    """Return folders that `module.mounts` put in the place of `content`, by language."""
    mounts = mapping(config.get("module")).get("mounts")
    found: dict[str, str] = {}
    for each in mounts if isinstance(mounts, list) else []:
        mount = folded(mapping(each))
        if _folder(mount.get("target")) == "content":
            found.setdefault(text(mount.get("lang")) or main, _folder(mount.get("source")))
    return {key: path for key, path in found.items() if path and not path.startswith("..")}


def _folder(path: object) -> str:
    return text(path).removeprefix("./").strip("/")


def _outer(folders: tuple[str, ...], content: dict[str, str]) -> tuple[tuple[str, ...], Defaults]:
    """Return the folders of which none lies in another, and the language of each that has one."""
    outer = tuple(
        each for each in folders if not any(each.startswith(f"{other}/") for other in folders)
    )
    if len(folders) < 2:
        return outer, ()
    deepest = sorted(content.items(), key=lambda pair: pair[1].count("/"))
    return outer, tuple((f"**/{path}/**", {"lang": key}) for key, path in deepest)


def _ignored(site: SiteFolder, config: dict[str, Any], folders: tuple[str, ...]) -> tuple[str, ...]:
    """Write `ignoreFiles`, which are regular expressions, as globs of the articles they fit."""
    patterns = []
    for written in texts(config.get("ignorefiles")):
        try:
            patterns.append(re.compile(written))
        except re.error:
            continue
    found: dict[str, None] = {}
    for folder in folders if patterns else ():
        for path in site.files(folder):
            if path.endswith((".md", ".html", ".markdown", ".htm")) and any(
                pattern.search(f"/{path}") for pattern in patterns
            ):
                found[path.removeprefix(f"{folder}/")] = None
    return _short(list(found))


def _short(paths: list[str]) -> tuple[str, ...]:
    names = dict.fromkeys(path.rpartition("/")[2] for path in paths)
    globs = paths if len(paths) <= len(names) else list(names)
    return tuple(re.sub(r"[\[\]{}*\\]", "?", each) for each in globs[:_MOST_IGNORED])


# ---------------------------------------------------------------- metadata


def _fields(config: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return names that come before Hugo's own for a date: `date = ["published", ":default"]`."""
    found: dict[str, tuple[str, ...]] = {}
    for canonical, key in (("published", "date"), ("updated", "lastmod")):
        names = []
        for name in texts(config.get(key)):
            if name.casefold() in {key, ":default"}:
                break
            if not name.startswith(":"):
                names.append(name)
        if names:
            found[canonical] = tuple(names)
    return found


def _cascade(value: object) -> Defaults:
    """Read what the configuration says for articles: their sections say it in `_index.md`."""
    items = value if isinstance(value, list) else [value]
    found: list[tuple[str, dict[str, Value]]] = []
    for item in items:
        each = folded(mapping(item))
        target = {**mapping(each.get("_target")), **mapping(each.get("target"))}
        given = {**mapping(each.get("params")), **each}
        values = {key: read for key in _CASCADED if (read := _value(given.get(key)))}
        path = text(target.get("path")).strip("/")
        if values and set(target) <= {"path", "kind"} and text(target.get("kind")) in {"", "page"}:
            found.append((path or "**", values))
    return tuple(pair for pair in found if not set("{}") & set(pair[0]))


def _value(value: Any) -> Value:
    return texts(value) if isinstance(value, list) else text(value)
