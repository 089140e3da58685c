"""Zola: `zola.toml`, or `config.toml` with a `base_url`."""

from feedwright.operations.recognize.folder import SiteFolder, mapping, text
from feedwright.operations.recognize.found import Found, author


def recognize(site: SiteFolder) -> Found | None:
    """Read the configuration of a Zola site."""
    because = site.first("zola.toml", "config.toml")
    config = site.values(because)
    if "base_url" not in config or not site.has_folder("content"):
        return None
    extra = mapping(config.get("extra"))
    main = text(config.get("default_language")) or "en"
    others = tuple(key for key in _languages(config.get("languages")) if key != main)
    paths = mapping(config.get("slugify"))
    limit = text(config.get("feed_limit"))
    slug = "{slug:dated}" if paths.get("paths_keep_dates") else "{slug}"
    language = "/{language:other}" if others else ""
    return Found(
        "Zola",
        because,
        title=text(config.get("title")),
        url=text(config.get("base_url")),
        description=text(config.get("description")),
        language=main,
        author=author(config.get("author") or extra.get("author")),
        path=("content",),
        static=("static", "content"),
        permalink=f"{language}/{{dir}}/{slug}/",
        permalink_style="zola" if (text(paths.get("paths")) or "on") == "on" else "plain",
        languages=(main, *others) if others else (),
        limit=int(limit) if limit.isdigit() else 0,
    )


def _languages(value: object) -> tuple[str, ...]:
    """Return the codes of languages: keys of tables, or `code` in a list as it once was."""
    if isinstance(value, list):
        return tuple(code for each in value if (code := text(mapping(each).get("code"))))
    return tuple(mapping(value))
