"""Messages for Discord's webhooks. Pure.

Limits: 2,000 characters of content, 10 embeds with 256 characters of title and 4,096 of
description, 6,000 in all embeds together. Mentions are off, so that no title can call everyone.
"""

from feedwright.notify.bodies.telling import LISTS, Body, Telling, title_of
from feedwright.notify.events import Facts
from feedwright.notify.payload import dumps
from feedwright.text.characters import shorten
from feedwright.text.patterns import lazy

MOST_EMBEDS = 10
CONTENT = 2_000
TITLE = 256
DESCRIPTION = 500
_LONGEST_URL = 2_000
_MARKUP = lazy(r"([\\*_~`|>#\[\]])")
_PREFIXES = {"added": "", "updated": "Updated: ", "removed": "Removed: "}


def escape(text: str) -> str:
    """Make a text harmless for Discord's markup."""
    return _MARKUP.sub(r"\\\1", text)


def body(telling: Telling) -> Body:
    """Render a message: a headline, then an embed for each entry."""
    entries = [(name, entry) for name in LISTS for entry in telling.entries[name]]
    shown = entries[:MOST_EMBEDS]
    content = escape(shorten(telling.headline, 500))
    more = sum(telling.counts.values()) - len(shown)
    if more > 0:
        content += f"\n{more} more: <{telling.site.feeds_url}>"
    message = {
        "content": content[:CONTENT],
        "embeds": [_embed(name, entry) for name, entry in shown],
        "allowed_mentions": {"parse": []},
    }
    return Body(dumps(message).encode("utf-8", "replace"), "application/json")


def _embed(name: str, entry: Facts) -> dict[str, str]:
    title = shorten(_PREFIXES[name] + title_of(entry), TITLE // 2)
    embed = {"title": escape(title)}  # escaping doubles it at most
    url = str(entry["url"])
    if name != "removed" and url.startswith(("http://", "https://")) and len(url) <= _LONGEST_URL:
        embed["url"] = url
    summary = shorten(str(entry.get("summary", "")), DESCRIPTION // 2)
    if summary:
        embed["description"] = escape(summary)
    if name != "removed":
        embed["timestamp"] = str(entry["published"])
    return embed
