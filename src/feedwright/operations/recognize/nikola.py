"""Nikola: `conf.py` with `POSTS` and `BLOG_TITLE`."""

from typing import Any

from feedwright.config.schema import PermalinkRule
from feedwright.operations.recognize.folder import SiteFolder, text
from feedwright.operations.recognize.found import Found, author, joined
from feedwright.operations.recognize.pyvalues import constants


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Nikola site."""
    config = constants(site.text("conf.py"))
    if not {"POSTS", "post_pages", "BLOG_TITLE"} & set(config):
        return None
    old = config.get("post_pages")  # before version 6
    places = _places(config.get("POSTS", old))
    main = text(config.get("DEFAULT_LANG")) or "en"
    translations = config.get("TRANSLATIONS")
    known = [str(each) for each in translations] if isinstance(translations, dict) else [main]
    others = tuple(each for each in known if each != main)
    ending = ".html"
    if config.get("PRETTY_URLS", old is None):
        ending = "/index.html" if config.get("STRIP_INDEXES") is False else "/"
    folders = tuple(places)
    language = "{language:other}" if others else ""
    patterns = [f"/{joined(language, route, '{dir}/{slug}')}{ending}" for route in places.values()]
    return Found(
        "Nikola",
        "conf.py",
        title=_translated(config.get("BLOG_TITLE"), main),
        url=text(config.get("SITE_URL"), config.get("BASE_URL"), config.get("BLOG_URL")),
        description=_translated(config.get("BLOG_DESCRIPTION"), main),
        language=main,
        timezone=text(config.get("TIMEZONE")),
        author=author(_with_email(config, main)),
        path=folders,
        static=("files",),
        permalink=patterns[0],
        permalinks=tuple(
            PermalinkRule(pattern, match=f"**/{folder}/**")
            for folder, pattern in zip(folders[1:], patterns[1:], strict=True)
        ),
        permalink_style="nikola",
        languages=(main, *others) if others else (),
        limit=int(limit) if (limit := text(config.get("FEED_LENGTH"))).isdigit() else 0,
    )


def _places(posts: Any) -> dict[str, str]:
    """Return the folders of posts and where each goes: `("posts/*.rst", "blog", "post.tmpl")`."""
    found: dict[str, str] = {}
    for item in posts if isinstance(posts, list) else []:
        if isinstance(item, list) and len(item) > 1 and isinstance(item[0], str):
            if len(item) > 3 and item[3] is False:
                continue  # `post_pages` told posts from pages so
            folder = item[0].rpartition("/")[0].strip("/")
            route = _translated(item[1], "")
            if folder and not any(folder.startswith(f"{other}/") for other in found):
                found.setdefault(folder, route.strip("/"))
    return found or {"posts": "posts"}


def _translated(value: Any, main: str) -> str:
    """Give a setting that may differ by language in the main one."""
    if isinstance(value, dict):
        return text(value.get(main), *value.values())
    return text(value)


def _with_email(config: Any, main: str) -> dict[str, str]:
    name = _translated(config.get("BLOG_AUTHOR"), main)
    return {"name": name, "email": text(config.get("BLOG_EMAIL"))}
