"""Messages for Slack's incoming webhooks. Pure.

Limits: 50 blocks, 3,000 characters in the text of a section; `text` is what notifications show.
What Slack reads as markup (`&`, `<`, `>`) is escaped, so that no title can call a channel.
"""

from feedwright.notify.bodies.telling import LISTS, Body, Telling, title_of
from feedwright.notify.events import Facts
from feedwright.notify.payload import dumps
from feedwright.text.characters import shorten

MOST_ENTRIES = 20
SECTION = 3_000
TEXT = 300
_TITLE = 150
_SUMMARY = 300
_LONGEST_URL = 700
_MARKS = {"added": "•", "updated": "• _updated:_", "removed": "• _removed:_"}


def escape(text: str) -> str:
    """Make a text harmless for Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def body(telling: Telling) -> Body:
    """Render a message: a headline, then a line for each entry."""
    headline = shorten(telling.headline, TEXT)
    lines = _lines(telling)
    sections = [_section(text) for text in _joined([f"*{escape(headline)}*", *lines])]
    message = {
        "text": escape(headline),
        "blocks": sections,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return Body(dumps(message).encode("utf-8", "replace"), "application/json")


def _lines(telling: Telling) -> list[str]:
    entries = [(name, entry) for name in LISTS for entry in telling.entries[name]]
    lines = [_line(name, entry) for name, entry in entries[:MOST_ENTRIES]]
    more = sum(telling.counts.values()) - len(lines)
    if more > 0:
        lines.append(f"<{_address(telling.site.feeds_url)}|{more} more>")
    return lines


def _line(name: str, entry: Facts) -> str:
    title = escape(shorten(title_of(entry), _TITLE))
    address = _address(str(entry["url"]))
    linked = name != "removed" and address and len(address) <= _LONGEST_URL
    line = f"{_MARKS[name]} " + (f"<{address}|{title}>" if linked else title)
    summary = escape(shorten(str(entry.get("summary", "")), _SUMMARY))
    return f"{line}\n>{summary}" if summary else line


def _address(url: str) -> str:
    return url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")


def _joined(lines: list[str]) -> list[str]:
    """Fill sections with whole lines; one line is always short enough for a section."""
    texts = [""]
    for line in lines:
        if texts[-1] and len(texts[-1]) + 1 + len(line) > SECTION:
            texts.append("")
        texts[-1] += ("\n" if texts[-1] else "") + line
    return texts


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:SECTION]}}
