"""Pelican: `pelicanconf.py`, with the address in `publishconf.py`."""

from collections.abc import Mapping
from typing import Any

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.articles import folders, holds_dated, tongues
from feedwright.operations.recognize.folder import SiteFolder, text, texts
from feedwright.operations.recognize.found import Found, Value, author
from feedwright.operations.recognize.patterns import checked
from feedwright.operations.recognize.pyvalues import constants
from feedwright.text import languages
from feedwright.text.patterns import lazy
from feedwright.text.placeholders import from_strftime

_DATE = lazy(r"\{date:([^{}]*)\}")
_PARTS = {"lang": "{language}", "slug": "{slug}", "category": "{category}", "author": "{author}"}
_DEFAULT = frozenset({"status", "author", "authors", "category", "tags", "lang"})
"""What `DEFAULT_METADATA` may say for articles."""
_WHOLE_PATH = lazy(r"\(\?P<(\w+)>\.[*+]\)\\\.(?:\.[*+]|\w+)")
"""`(?P<path_no_ext>.*)\\..*`: a name for the path without its extension."""
_PART = lazy(r"\{(\w+)\}")


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Pelican site."""
    because = site.first("pelicanconf.py", "settings.py", "pelican.conf.py")
    config = constants(site.text(because)) if because else {}
    if because != "pelicanconf.py" and "SITENAME" not in config:
        return None
    published = constants(site.text("publishconf.py"))
    path = (text(config.get("PATH")) or "content").strip("./") or "."
    articles = tuple(
        each.strip("/")
        for each in texts(config.get("ARTICLE_PATHS", config.get("ARTICLE_DIR")))
        if each != "."
    )
    main = text(config.get("DEFAULT_LANG")) or "en"
    others = tuple(each for each in tongues(site, path) if each != languages.normalize(main))
    permalink, rules, problems = _permalinks(config, others)
    return Found(
        "Pelican",
        because,
        title=text(config.get("SITENAME")),
        url=text(published.get("SITEURL"), config.get("SITEURL")),
        description=text(config.get("SITEDESCRIPTION"), config.get("SITESUBTITLE")),
        language=main,
        timezone=text(config.get("TIMEZONE")),
        author=author(config.get("AUTHOR")),
        path=(path,),
        include=tuple(f"{each}/**" for each in articles),
        exclude=tuple(f"{each.strip('/')}/**" for each in _left(site, config, path)),
        static=(path,),
        permalink=permalink,
        permalinks=rules,
        permalink_style="pelican",
        permalink_date="as-written",
        slug_from="filename" if _names_files(config) else "title",
        defaults=_defaults(site, config, path),
        limit=int(limit) if (limit := text(config.get("FEED_MAX_ITEMS"))).isdigit() else 0,
        check=(*problems, *_check(site, config, path)),
    )


def _left(site: SiteFolder, config: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """Return folders of pages and of files, which are no articles.

    Pelican looks for articles among files too: a folder of both (`STATIC_PATHS = ["blog"]`) stays.
    """
    pages = texts(config.get("PAGE_PATHS", config.get("PAGE_DIR", "pages")))
    articles = set(texts(config.get("ARTICLE_PATHS")))
    static = (
        each
        for each in texts(config.get("STATIC_PATHS", ["images"]))
        for folder in (f"{path}/{each.strip('/')}".removeprefix("./"),)
        if site.has_folder(folder) and not holds_dated(site, folder)
    )
    found = (*pages, *static, *texts(config.get("ARTICLE_EXCLUDES")))
    return tuple(dict.fromkeys(each for each in found if each not in articles | {"", path}))


def _defaults(
    site: SiteFolder, config: Mapping[str, Any], path: str
) -> tuple[tuple[str, dict[str, Value]], ...]:
    """Return what articles have that do not say otherwise: the category, `DEFAULT_METADATA`."""
    given = config.get("DEFAULT_METADATA")
    pairs = given.items() if isinstance(given, dict) else given if isinstance(given, list) else ()
    values: dict[str, Value] = {
        str(key).casefold(): text(value)
        for key, value in (each for each in pairs if len(each) == 2)
        if text(value) and str(key).casefold() in _DEFAULT
    }
    if not _by_folder(site, config, path):
        values.setdefault("category", text(config.get("DEFAULT_CATEGORY")) or "misc")
    return (("**", values),) if values else ()


def _by_folder(site: SiteFolder, config: Mapping[str, Any], path: str) -> bool:
    """Tell whether folders are categories as far as it matters.

    Where there are no folders, nobody has to turn them off, and one category is for all.
    """
    has_default = bool(text(config.get("DEFAULT_CATEGORY")))
    if _is_flat(site, path):
        return not has_default
    return config.get("USE_FOLDER_AS_CATEGORY") is not False


def _is_flat(site: SiteFolder, path: str) -> bool:
    below = "" if path == "." else path
    return set(folders(site, below)) <= {below}


def _names_files(config: Mapping[str, Any]) -> bool:
    pattern = _of_names(config)
    return text(config.get("SLUGIFY_SOURCE")) == "basename" or "(?P<slug>" in pattern


def _of_names(config: Mapping[str, Any]) -> str:
    return text(config.get("FILENAME_METADATA")) + text(config.get("PATH_METADATA"))


def _keeps_date(config: Mapping[str, Any]) -> bool:
    """Tell whether slugs are whole names: a date in a name is taken off only by a pattern."""
    own = _of_names(config)
    return _names_files(config) and not ("(?P<slug>" in own and "(?P<date>" in own)


def _permalinks(
    config: Mapping[str, Any], others: tuple[str, ...]
) -> tuple[str, tuple[PermalinkRule, ...], tuple[str, ...]]:
    written = text(config.get("ARTICLE_URL")) or "{slug}.html"
    parts = {**_PARTS, "slug": "{slug:dated}"} if _keeps_date(config) else {**_PARTS}
    whole = _WHOLE_PATH.fullmatch(text(config.get("PATH_METADATA")))
    parts |= {whole[1]: "{path}"} if whole is not None else {}
    permalink, problem = _ours(written, parts)
    other, _ = _ours(text(config.get("ARTICLE_LANG_URL")) or "{slug}-{lang}.html", parts)
    rules = (PermalinkRule(other, languages=others),) if other and others else ()
    return permalink or "/{slug}.html", rules, (problem,) if problem else ()


def _ours(written: str, parts: Mapping[str, str]) -> tuple[str, str]:
    made = _DATE.sub(lambda match: from_strftime(match[1]) or match[0], written)
    made = _PART.sub(lambda match: parts.get(match[1], match[0]), made)
    return checked(made, written)


def _check(site: SiteFolder, config: Mapping[str, Any], path: str) -> tuple[str, ...]:
    name = text(config.get("DEFAULT_CATEGORY"))
    if name and _by_folder(site, config, path):
        return (f'articles without a category are in "{name}" there, and in none here',)
    return ()
