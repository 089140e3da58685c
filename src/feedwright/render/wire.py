"""What all formats share: characters, labels and the direction of text."""

from functools import lru_cache
from html import escape

from feedwright.model import Entry
from feedwright.text.characters import clean_text
from feedwright.text.patterns import lazy

GENERATOR = "Feedwright"
"""Without a version: an upgrade of the program is to rewrite no document."""

# Control characters, and the first bytes in UTF-8 of C1 controls (C2) and of noncharacters. Text
# without them has nothing to clean: a quick look that spares most text a pattern six times as slow.
_SUSPECT = bytes({*range(0x20), 0x7F, 0xC2, 0xEF, *range(0xF0, 0xF5)} - {0x09, 0x0A})

# An address that mail programs and validators agree on (RFC 5322, section 3.4.1, unquoted).
_EMAIL = lazy(r"[A-Za-z0-9_.+'-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9][A-Za-z0-9-]*")


def legal(text: str) -> str:
    """Return `text` without what XML forbids and validators warn of: the last guard of documents.

    A carriage return would be written as a reference that readers show as a blank.
    """
    if text.isascii() and text.isprintable():
        return text
    return _legal(text)


@lru_cache(maxsize=4)  # an entry has the same content in all formats
def _legal(text: str) -> str:
    if _looks_legal(text):
        return text
    return clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def _looks_legal(text: str) -> bool:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _SUSPECT)) == len(data)


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
