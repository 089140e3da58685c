"""The user's own body: a Jinja2 template in a sandbox. Jinja2 is an extra.

The template sees `type`, `timestamp`, `version` and `data` of the payload, `entries` (of all feeds,
each once: `added`, `updated`, `removed`), `counts`, `headline`, and `site` (`title`, `url`,
`feeds_url`). Filters beside Jinja2's: `shorten(n)`, `slack`, `discord`.
"""

import json
from collections.abc import Callable

from feedwright.errors import TemplateError
from feedwright.notify.bodies import discord, slack
from feedwright.notify.bodies.telling import Body, Telling
from feedwright.notify.payload import VERSION
from feedwright.text.characters import shorten
from feedwright.text.dates import rfc3339
from feedwright.text.mediatypes import media_type

_SUFFIXES = (".j2", ".jinja", ".jinja2")


def compiled(name: str, source: str) -> Callable[[Telling], Body]:
    """Return the renderer of a template; `name` is its path. Raises TemplateError."""
    try:
        from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - an extra

        from feedwright.notify.bodies.bounded import BoundedEnvironment  # noqa: PLC0415 - heavy
    except ImportError as error:
        raise TemplateError(
            f"{name}: a template of your own needs Jinja2; "
            "install it with: pip install 'feedwright[templates]'"
        ) from error
    environment = BoundedEnvironment()
    environment.add_filters({"shorten": shorten, "slack": slack.escape, "discord": discord.escape})
    try:
        template = environment.bounded(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{name}:{error.lineno}: {error.message}; mend it") from error
    except RecursionError as error:
        raise TemplateError(f"{name}: is nested too deeply; mend it") from error

    def render(telling: Telling) -> Body:
        try:
            text = environment.text_of(template, _context(telling))
        except Exception as error:
            raise TemplateError(f"{name}: {type(error).__name__}: {error}; mend it") from error
        return Body(text.encode("utf-8", "replace"), _content_type(name, text))

    return render


def _context(telling: Telling) -> dict[str, object]:
    return {
        "type": telling.event.type,
        "timestamp": rfc3339(telling.event.at),
        "version": VERSION,
        "data": telling.event.data,
        "entries": telling.entries,
        "counts": telling.counts,
        "headline": telling.headline,
        "site": telling.site._asdict(),
    }


def _content_type(name: str, text: str) -> str:
    """Tell the type by the template's name (`hook.json.j2`), else by what came out."""
    stem = name
    for suffix in _SUFFIXES:
        stem = stem.removesuffix(suffix)
    found = media_type(stem)
    if found == "application/octet-stream":
        try:
            json.loads(text)
        except ValueError:
            found = "text/plain"
        else:
            found = "application/json"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found
