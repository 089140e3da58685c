"""Hexo: `_config.yml` beside `source/_posts`."""

import re
from itertools import islice

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.folder import (
    SiteFolder,
    Values,
    is_on,
    mapping,
    text,
    texts,
)
from feedwright.operations.recognize.found import Found, author, with_base
from feedwright.operations.recognize.patterns import checked, ours
from feedwright.text import languages
from feedwright.text.patterns import lazy
from feedwright.text.placeholders import HEXO, from_tokens

_KNOWN = frozenset(
    (
        "new_post_name",
        "source_dir",
        "public_dir",
        "filename_case",
        "tag_dir",
        "archive_dir",
        "skip_render",
        "exclude_generator",
        "pagination_dir",
        "per_page",
        "post_asset_folder",
    )
)
"""Keys that no other generator has."""
_ID = lazy(r"^id:[ \t]*\S", re.MULTILINE)
_HEAD = 1000
_LOOKED_AT = 20
_DATED = (":year", ":month", ":day", ":i_month", ":i_day")


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Hexo site."""
    because = site.first("_config.yml", "_config.yaml")
    config = site.values(because)
    source = text(config.get("source_dir")).strip("/") or "source"
    if not _KNOWN & set(config) and "hexo" not in site.text("package.json"):
        return None
    if not because or not site.has_folder(f"{source}/_posts"):
        return None
    permalink, problem, fields = _permalink(config, has_ids=_have_ids(site, f"{source}/_posts"))
    tongues = tuple(each for each in texts(config.get("language")) if each != "default")
    drafts = site.first_folder(f"{source}/_drafts")
    url = text(config.get("url"))
    root = text(config.get("root"))
    return Found(
        "Hexo",
        because,
        title=text(config.get("title")),
        url=url if url.rstrip("/").endswith(root.rstrip("/")) else with_base(url, root),
        description=text(config.get("description"), config.get("subtitle")),
        language=next(filter(languages.normalize, tongues), ""),
        timezone=text(config.get("timezone")),
        author=author(config.get("author")),
        path=tuple(filter(None, (f"{source}/_posts", drafts))),
        include=_of_posts(config),
        exclude=_skipped(config),
        static=(source,),
        permalink=permalink,
        permalinks=_by_language(config, permalink),
        permalink_style="hexo",
        fields=fields,
        limit=_limit(config),
        check=(problem,) if problem else (),
    )


def _have_ids(site: SiteFolder, posts: str) -> bool:
    """Tell whether posts declare the `:id` of their addresses: else it is a number of Hexo's."""
    paths = islice((path for path in site.files(posts) if path.endswith(".md")), _LOOKED_AT)
    return any(_ID.search(site.text(path)[:_HEAD]) for path in paths)


def _permalink(config: Values, *, has_ids: bool) -> tuple[str, str, dict[str, tuple[str, ...]]]:
    """Return the pattern, what to check, and names of fields that the pattern needs."""
    written = text(config.get("permalink")) or ":year/:month/:day/:title/"
    name = text(config.get("new_post_name")) or ":title.md"
    is_dated = any(word in name for word in _DATED)
    tokens = {**HEXO, "title": "{dir}/{slug}" if is_dated else "{path}"}
    tokens |= {} if is_dated else {"name": "{stem}"}
    fields: dict[str, tuple[str, ...]] = {}
    unknown = from_tokens(written, tokens)[1]
    if len(unknown) == 1 and unknown[0] != "hash" and (unknown[0] != "id" or has_ids):
        # A key of the articles, as plugins write it (abbrlink): it is the slug then.
        tokens[unknown[0]] = "{slug}"
        fields = {"slug": (unknown[0],)}
    pretty = mapping(config.get("pretty_urls"))
    if text(pretty.get("trailing_html")).casefold() == "false":
        written = written.removesuffix(".html")
    made, problem = ours(written, tokens)
    return made or "/{year}/{month}/{day}/{path}/", problem, fields


def _of_posts(config: Values) -> tuple[str, ...]:
    """Return what posts are called where each has a folder of files beside it."""
    name = text(config.get("new_post_name")) or ":title.md"
    has_files = is_on(config.get("post_asset_folder")) and "." in name
    return (f"**/*.{name.rpartition('.')[2]}",) if has_files else ()


def _skipped(config: Values) -> tuple[str, ...]:
    """Return globs of `skip_render` that lie among posts, as far as we have the like."""
    return tuple(
        written.removeprefix("_posts/")
        for written in texts(config.get("skip_render"))
        if written.startswith("_posts/") and not set("{}!()\\") & set(written)
    )


def _by_language(config: Values, permalink: str) -> tuple[PermalinkRule, ...]:
    category = mapping(config.get("permalink_defaults"))
    if "{language}" not in permalink or not text(category.get("lang")):
        return ()
    lang = text(category.get("lang"))
    pattern, problem = checked(permalink.replace("{language}", lang), permalink)
    known = languages.normalize(lang)
    return () if problem or not known else (PermalinkRule(pattern, languages=(known,)),)


def _limit(config: Values) -> int:
    limit = text(mapping(config.get("feed")).get("limit"))
    return int(limit) if limit.isdigit() else 0
