"""Source reader `wxr`: an export of WordPress, with many posts and their authors and pictures."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedwright.model import RawField, RawValue
from feedwright.sources.shapes import Piece, Pieces, Place
from feedwright.text.patterns import lazy

if TYPE_CHECKING:
    from feedwright.sources.wxrfile import Export, Item

_ORIGIN = "wordpress export"
_BEGINS = lazy(r"wordpress\.org/export/\d", re.IGNORECASE)
_HEAD = 50_000
_DISCARDED = frozenset({"trash", "auto-draft"})
_NO_POSTS = _DISCARDED | {"inherit"}
_CATEGORIES = frozenset({"", "category"})
_TAGS = frozenset({"post_tag", "tag"})
_PLAIN_LINK = lazy(r"[?&](?:p|page_id|preview)=")
_GALLERY = lazy(r"\[gallery(?=[\s\]])([^\]]{0,2000})\]", re.IGNORECASE)
_IDS = lazy(r"""\bids\s*=\s*["']?([\d,\s]{1,2000})""", re.IGNORECASE)
_MOMENT = lazy(r"(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_LONGEST_OFFSET = timedelta(hours=14)
_SHOWN_TYPES = 5


def begins(text: str, _place: Place) -> bool:
    """Whether an XML file is an export of WordPress."""
    return _BEGINS.search(text[:_HEAD]) is not None


def read(text: str, place: Place) -> Pieces:
    """Read the posts. Where the XML is broken the error is named, and the other posts are read."""
    from feedwright.sources.wxrfile import read_export  # noqa: PLC0415  an XML parser: few need it

    export = read_export(text)
    problems = [error.problem(place.path) for error in export.errors]
    posts = [item for item in export.items if _is_post(item)]
    pieces = tuple(_each_of_its_own(_piece(item, export) for item in posts))
    left_out = _left_out(export)
    if not pieces and not problems:
        left_out = left_out or "is an export without posts"
    return Pieces(pieces, tuple(problems), left_out)


def _each_of_its_own(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Tell posts apart that have one number: merged and hand-made exports repeat them.

    Of posts with the same slug as well the later ones are the same post again: they are held.
    """
    taken: set[str] = set()
    for piece in pieces:
        slug = next((field.value for field in piece.fields if field.key == "slug"), "")
        if piece.part in taken and slug:
            # Made of the number, these would be the first one's as well.
            own = (field for field in piece.fields if not _is_numbered(field, piece.part))
            yield piece._replace(part=f"{piece.part}-{slug}", fields=tuple(own))
        else:
            taken.add(piece.part)
            yield piece


def _is_numbered(field: RawField, number: str) -> bool:
    return field.key in {"id", "permalink"} and str(field.value).endswith(f"={number}")


def _is_post(item: "Item") -> bool:
    return item.text("wp:post_type", "post") == "post" and item.text("wp:status") not in _NO_POSTS


def _left_out(export: "Export") -> str:
    kinds = Counter(
        item.text("wp:status")
        if item.text("wp:status") in _DISCARDED
        else item.line_text("wp:post_type")
        for item in export.items
        if not _is_post(item)
    )
    if not kinds:
        return ""
    shown = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common(_SHOWN_TYPES))
    return f"other items are no posts ({shown}{', …' if len(kinds) > _SHOWN_TYPES else ''})"


def _piece(item: "Item", export: "Export") -> Piece:
    found = item.values.get("content:encoded")
    source, line = found[-1] if found else ("", item.line)
    key = next(filter(None, map(item.line_text, ("wp:post_id", "guid", "wp:post_name"))), "")
    body = _with_pictures(source, item, export).strip("\n").rstrip()
    lead = len(source) - len(source.lstrip("\n"))
    fields = (field for field in _fields(item, export) if field.value)
    language = export.language
    late = (RawField("lang", language, 0, _ORIGIN),) if language else ()
    part = key or str(item.line)
    return Piece(tuple(fields), body, "wordpress", line + lead, late, part)


def _fields(item: "Item", export: "Export") -> Iterator[RawField]:
    def field(key: str, name: str, value: RawValue) -> RawField:
        return RawField(key, value, item.line_of(name), _ORIGIN)

    yield field("status", "wp:status", item.text("wp:status", "publish"))
    yield field("password", "wp:post_password", item.text("wp:post_password"))
    yield field("title", "title", item.text("title"))
    yield field("id", "guid", item.text("guid"))
    yield field("slug", "wp:post_name", unquote(item.text("wp:post_name")))
    yield field("permalink", "link", _link(item))
    yield field("date", "wp:post_date_gmt", _moment(item, "wp:post_date", item.text("pubDate")))
    yield field("updated", "wp:post_modified_gmt", _moment(item, "wp:post_modified", ""))
    yield field("authors", "dc:creator", _authors(item, export))
    yield field("categories", "category", item.labels(_CATEGORIES))
    yield field("tags", "category", item.labels(_TAGS))
    yield field("summary", "excerpt:encoded", item.text("excerpt:encoded"))
    yield field("enclosure", "wp:postmeta", list(item.meta.get("enclosure", ())))
    picture = export.attachments.get(item.meta.get("_thumbnail_id", [""])[-1].strip())
    if picture is not None:
        yield field("image", "wp:postmeta", picture.text("wp:attachment_url"))
        alternative = picture.meta.get("_wp_attachment_image_alt", [""])[-1]
        yield field("image alt", "wp:postmeta", alternative.strip())


def _link(item: "Item") -> str:
    """Return the permalink; one that only a preview has is none."""
    link = item.text("link")
    waiting = item.text("wp:status") not in {"", "publish", "private"}
    return "" if waiting and _PLAIN_LINK.search(link) else link


def _moment(item: "Item", name: str, otherwise: str) -> str:
    """Return a date with its offset, so that instant and day as written are both kept.

    Without the time in UTC (`0000-00-00`) it has none, and is read in the zone of the site.
    """
    local, utc = item.text(name), item.text(name + "_gmt")
    has_local, has_utc = _MOMENT.fullmatch(local), _MOMENT.fullmatch(utc)
    if not has_utc:
        if has_local:
            return local
        return otherwise if "-0001" not in otherwise else ""
    if has_local:
        try:
            offset = datetime.fromisoformat(local) - datetime.fromisoformat(utc)
        except ValueError:
            return utc + "Z"
        minutes = int(offset.total_seconds()) // 60
        if abs(offset) <= _LONGEST_OFFSET and not minutes % 15 and not offset.seconds % 60:
            sign = "-" if minutes < 0 else "+"
            return f"{local}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return utc + "Z"


def _authors(item: "Item", export: "Export") -> list[RawValue]:
    """Return the people behind logins; several only where a plug-in for co-authors names them."""
    logins = item.labels(frozenset({"author"})) or [item.text("dc:creator")]
    return [_person(str(login), export.people) for login in logins if login]


def _person(login: str, people: Mapping[str, Mapping[str, str]]) -> RawValue:
    known = people.get(login) or people.get(login.removeprefix("cap-"))
    if known is None:
        return login
    return {"name": known.get("name") or login, "login": login, "email": known.get("email", "")}


def _with_pictures(source: str, item: "Item", export: "Export") -> str:
    """Put the pictures in place of `[gallery]`, which names them by number only."""

    def gallery(found: re.Match[str]) -> str:
        ids = _IDS.search(found[1])
        numbers = re.findall(r"\d+", ids[1]) if ids is not None else export.children(item)
        pictures = [export.attachments[each] for each in numbers if each in export.attachments]
        return "\n".join(filter(None, map(_picture, pictures))) or found[0]

    return _GALLERY.sub(gallery, source) if "[gallery" in source else source


def _picture(attachment: "Item") -> str:
    address = attachment.text("wp:attachment_url")
    about = attachment.meta.get("_wp_attachment_image_alt", [""])[-1].strip()
    caption = attachment.text("excerpt:encoded")
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    shown = f'<img src="{escape(address)}" alt="{escape(about)}">'
    return f"<figure>{shown}{below}</figure>" if address else ""
