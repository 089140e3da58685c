"""Hugo: `hugo.toml`, or `config.toml` with a `baseURL`; or the same as YAML or JSON."""

from collections.abc import Callable
from typing import Any, NamedTuple

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.folder import (
    SiteFolder,
    folded,
    is_on,
    mapping,
    text,
    texts,
)
from feedwright.operations.recognize.found import Found, author
from feedwright.operations.recognize.patterns import ours
from feedwright.text import languages, markup
from feedwright.text.placeholders import HUGO

_SYNTAXES = ("toml", "yaml", "yml", "json")
_PARTS = ("params", "languages", "permalinks", "frontmatter", "services")
"""Keys that may stand in files of their own, below `config/_default/`."""


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Hugo site."""
    because, config = _config(site)
    if not because:
        return None
    params = mapping(config.get("params"))
    tongues = mapping(config.get("languages"))
    main = text(config.get("defaultcontentlanguage")) or "en"
    own = {**mapping(tongues.get(main)), **mapping(mapping(tongues.get(main)).get("params"))}
    path, defaults = _content(config, tongues)
    others = [each for each in tongues if each != main]
    is_below = is_on(config.get("defaultcontentlanguageinsubdir"))
    language = "" if not others else "/{language}" if is_below else "/{language:other}"
    permalinks = _permalinks(config, language, lambda name: _is_section(site, path, name))
    if language == "/{language}":
        defaults = (*defaults, ("**", {"lang": main})) if len(path) < 2 else defaults
    return Found(
        "Hugo",
        because,
        title=text(own.get("title"), config.get("title")),
        url=text(config.get("baseurl")),
        description=text(own.get("description"), params.get("description"), params.get("subtitle")),
        language=main if others else _language(config, own, main),
        timezone=text(config.get("timezone")),
        author=author(own.get("author")) or author(params.get("author") or config.get("author")),
        rights=markup.plain(text(config.get("copyright"), params.get("copyright"))),
        path=path,
        static=texts(config.get("staticdir")) or ("static",),
        permalink=permalinks.pattern,
        permalinks=permalinks.rules,
        permalink_style="plain" if is_on(config.get("disablepathtolower")) else "hugo",
        slug_from="title" if permalinks.uses_title else "",
        defaults=defaults,
        sections=texts(params.get("mainsections") or config.get("mainsections")),
        languages=(main, *others) if others else (),
        limit=_limit(config),
        check=permalinks.check,
    )


def _config(site: SiteFolder) -> tuple[str, dict[str, Any]]:
    """Return what gave Hugo away, and the whole configuration with casefolded keys."""
    hugo = site.first(*(f"hugo.{syntax}" for syntax in _SYNTAXES))
    if hugo:
        return hugo, folded(site.values(hugo))
    folder = "config/_default"
    if site.has_folder(folder):
        config: dict[str, Any] = {}
        for syntax in _SYNTAXES:
            config |= folded(site.values(site.first(f"{folder}/hugo.{syntax}")))
            config |= folded(site.values(site.first(f"{folder}/config.{syntax}")))
            for part in _PARTS:
                found = folded(site.values(site.first(f"{folder}/{part}.{syntax}")))
                config |= {part: found} if found else {}
        return (folder, config) if "baseurl" in config or "languages" in config else ("", {})
    old = site.first(*(f"config.{syntax}" for syntax in _SYNTAXES))
    config = folded(site.values(old))
    is_hugo = "baseurl" in config or ("languagecode" in config and "title" in config)
    return (old, config) if is_hugo else ("", {})


def _language(config: dict[str, Any], own: dict[str, Any], main: str) -> str:
    code = text(
        own.get("locale"), own.get("languagecode"), config.get("locale"), config.get("languagecode")
    )
    same = languages.normalize(code).partition("-")[0] == main.partition("-")[0].lower()
    return code if same or "defaultcontentlanguage" not in config else main


def _content(
    config: dict[str, Any], tongues: dict[str, Any]
) -> tuple[tuple[str, ...], tuple[tuple[str, dict[str, str]], ...]]:
    """Return the content folders, and the language of each that has one."""
    folder = (text(config.get("contentdir")) or "content").strip("/")
    own = {key: text(mapping(value).get("contentdir")).strip("/") for key, value in tongues.items()}
    if any(own.values()):
        own = {key: path or folder for key, path in own.items()}
    own = {key: path for key, path in own.items() if path}
    folders = tuple(dict.fromkeys(own.values()))
    if len(folders) < 2:
        return (folders or (folder,)), ()
    return folders, tuple((f"**/{path}/**", {"lang": key}) for key, path in own.items())


def _limit(config: dict[str, Any]) -> int:
    services = mapping(mapping(config.get("services")).get("rss"))
    limit = text(services.get("limit"), config.get("rsslimit"))
    return int(limit) if limit.isdigit() else 0


# ---------------------------------------------------------------- permalinks


class _Permalinks(NamedTuple):
    pattern: str
    rules: tuple[PermalinkRule, ...]
    """For sections."""
    uses_title: bool
    """A slug that is not declared comes from the title."""
    check: tuple[str, ...]


def _is_section(site: SiteFolder, folders: tuple[str, ...], name: str) -> bool:
    """Tell whether there are articles in a section: `tags` and `authors` have addresses too."""
    return any(site.has_folder(f"{folder}/{name.strip('/')}") for folder in folders)


def _permalinks(
    config: dict[str, Any], language: str, is_section: Callable[[str], bool]
) -> _Permalinks:
    """Read `permalinks`; `language` is what every pattern begins with."""
    ending = ".html" if is_on(config.get("uglyurls")) else "/"
    dates = texts(mapping(config.get("frontmatter")).get("date"))
    slug = "{slug}" if any(each.startswith(":filename") for each in dates) else "{slug:dated}"
    default = f"{language}/{{dir}}/{slug}{ending}"
    declared = mapping(config.get("permalinks"))
    declared = mapping(declared.get("page")) or declared
    rules: list[PermalinkRule] = []
    check: list[str] = []
    uses_title = False
    for section, written in declared.items():
        if not text(written) or not is_section(section):
            continue
        made, problem = ours(text(written), HUGO)
        if problem:
            check.append(problem)
            continue
        uses_title = uses_title or ":slug" in text(written).replace(":slugor", "")
        made += "" if made.endswith("/") or "." in made.rpartition("/")[2] else "/"
        if section.strip("/"):
            rules.append(PermalinkRule(language + made, match=f"{section}/**"))
        else:
            default = language + made
    return _Permalinks(default, tuple(rules), uses_title, tuple(check))
