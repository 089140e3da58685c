"""What all formats share: characters, instants, labels and the direction of text."""

import re
from datetime import datetime
from html import escape

from feedwright.model import Entry

GENERATOR = "Feedwright"
"""Without a version: an upgrade of the program is to rewrite no document."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)

# Forbidden by XML 1.0 (section 2.2), and the C1 controls, which validators warn of. A carriage
# return would be written as a character reference that readers show as a blank.
_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MENDED = {
    character: character.encode("latin-1").decode("windows-1252", "ignore")
    for character in map(chr, range(0x80, 0xA0))
} | {"\r": "\n"}

# In UTF-8, text without any of these bytes has no bad character: a quick look that spares most text
# the pattern, which is six times as slow.
_SUSPECT_BYTES = bytes({*range(0x20), 0x7F} - {0x09, 0x0A})
_SUSPECT_LEADS = (b"\xc2", b"\xef\xbf")  # of C1 controls, of U+FFFE and U+FFFF

# An address that mail programs and validators agree on (RFC 5322, section 3.4.1, unquoted).
_EMAIL = re.compile(r"[A-Za-z0-9_.+'-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9][A-Za-z0-9-]*")


def legal(text: str) -> str:
    """Return `text` without what XML forbids; C1 controls become what they were meant to be.

    Text in windows-1252 that somebody read as Latin-1 is where C1 controls come from.
    """
    if _looks_legal(text) or not _BAD.search(text):
        return text
    return _BAD.sub(lambda match: _MENDED.get(match[0], ""), text.replace("\r\n", "\n"))


def _looks_legal(text: str) -> bool:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _SUSPECT_BYTES)) == len(data) and not any(
        lead in data for lead in _SUSPECT_LEADS
    )


def rfc3339(instant: datetime) -> str:
    """Return `2024-01-02T10:00:00Z` of an aware UTC instant (RFC 3339, section 5.6)."""
    return instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def rfc822(instant: datetime) -> str:
    """Return `Tue, 02 Jan 2024 10:00:00 +0000` of an aware UTC instant, whatever the locale."""
    return (
        f"{_DAYS[instant.weekday()]}, {instant.day:02} {_MONTHS[instant.month - 1]} "
        f"{instant.year:04} {instant:%H:%M:%S} +0000"
    )


def labels(entry: Entry) -> tuple[str, ...]:
    """Return categories, then tags, each once."""
    cleaned = (legal(label) for label in (*entry.categories, *entry.tags))
    return tuple(dict.fromkeys(label for label in cleaned if label))


def title_of(entry: Entry) -> str:
    """Return the title, which no format allows to be empty."""
    return legal(entry.title) or legal(entry.permalink)


def content_html(entry: Entry) -> str:
    """Return the content; right-to-left text carries its direction and language with it.

    Readers drop `xml:lang` and know no direction in either format, but keep both in the content.
    """
    content = legal(entry.content)
    if not content or entry.direction != "rtl":
        return content
    language = f' lang="{escape(entry.language)}"' if entry.language else ""
    return f'<div dir="rtl"{language}>{content}</div>'


def real_email(text: str) -> str:
    """Return `text` when it is an email address, else nothing."""
    return text if _EMAIL.fullmatch(text) else ""


def medium(media_type: str) -> str:
    """Return the `medium` of Media RSS for a media type."""
    kind = media_type.partition("/")[0]
    return kind if kind in {"image", "audio", "video"} else "document"


def type_of(media_type: str) -> str:
    """Return a media type that is never empty."""
    return media_type or "application/octet-stream"
