"""MkDocs with a blog: `mkdocs.yml` that names the plugin `blog`."""

from typing import Any

from feedwright.operations.recognize.folder import SiteFolder, is_off, mapping, text
from feedwright.operations.recognize.found import Found, author, joined
from feedwright.operations.recognize.patterns import checked
from feedwright.text import markup
from feedwright.text.patterns import lazy
from feedwright.text.placeholders import from_letters

_PART = lazy(r"\{(\w+)\}")


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a MkDocs site with a blog."""
    because = site.first("mkdocs.yml", "mkdocs.yaml")
    config = site.values(because) if because else {}
    blogs = _blogs(config.get("plugins"))
    if not blogs:
        return None
    docs = text(config.get("docs_dir")).strip("/") or "docs"
    ending = ".html" if is_off(config.get("use_directory_urls")) else "/"
    folders, patterns, problems = [], [], []
    for blog in blogs:
        below = text(blog.get("blog_dir")) if "blog_dir" in blog else "blog"
        below = below.strip("./")
        posts = (text(blog.get("post_dir")) or "{blog}/posts").replace("{blog}", below).strip("/")
        pattern, problem = _pattern(blog, below, ending)
        folders.append(joined(docs, posts))
        patterns.append(pattern)
        problems += [problem] if problem else []
    people = text(blogs[0].get("authors_file")) or "{blog}/.authors.yml"
    below = (text(blogs[0].get("blog_dir")) if "blog_dir" in blogs[0] else "blog").strip("./")
    language = mapping(config.get("theme")).get("language")
    return Found(
        "MkDocs",
        because,
        title=text(config.get("site_name")),
        url=text(config.get("site_url")),
        description=text(config.get("site_description")),
        language=text(language),
        author=author(text(config.get("site_author"))),
        rights=markup.plain(text(config.get("copyright"))),
        path=tuple(dict.fromkeys(folders)),
        static=(docs,),
        permalink=patterns[0],
        permalink_style="mkdocs",
        permalink_date="as-written",
        slug_from="title",
        authors=site.first(joined(docs, people.replace("{blog}", below).strip("/"))),
        check=tuple(problems) + (_SEVERAL if len(set(patterns)) > 1 else ()),
    )


_SEVERAL = ("there are several blogs; write content.permalinks for the second and further ones",)


def _blogs(plugins: Any) -> list[dict[str, Any]]:
    """Return the settings of each `blog` among the plugins, which may be names or mappings."""
    items = plugins if isinstance(plugins, list) else [plugins]
    found: list[dict[str, Any]] = []
    for item in items:
        if isinstance(item, str) and item.rpartition("/")[2] == "blog":
            found.append({})
        for key, value in mapping(item).items():
            if str(key).rpartition("/")[2] == "blog":
                found.append(mapping(value))
    return found


def _pattern(blog: dict[str, Any], below: str, ending: str) -> tuple[str, str]:
    date = from_letters(text(blog.get("post_url_date_format")) or "yyyy/MM/dd")
    many = text(blog.get("post_url_max_categories")) not in {"", "1"}
    parts = {
        "date": date or "{year}/{month}/{day}",
        "slug": "{slug}",
        "file": "{stem}",
        "categories": "{categories}" if many else "{category}",
    }
    written = text(blog.get("post_url_format")) or "{date}/{slug}"
    made = _PART.sub(lambda match: parts.get(match[1], match[0]), written)
    pattern, problem = checked("/" + joined(below, made.strip("/")) + ending, written)
    return pattern or f"/{joined(below, '{year}/{month}/{day}/{slug}')}{ending}", problem
