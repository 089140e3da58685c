"""Source reader `ghost`: an export of Ghost (JSON), with many posts and the tables around them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from feedwright.model import Problem, RawField, RawValue
from feedwright.sources import ghosttext
from feedwright.sources.ghosttext import Written
from feedwright.sources.shapes import (
    LINE_EXTENSIONS,
    Piece,
    Pieces,
    Place,
    UnreadableError,
    warning,
)
from feedwright.sources.values import clean
from feedwright.text import dates
from feedwright.text.patterns import lazy

_ORIGIN = "ghost export"
_BEGINS = lazy(r'\s*\{\s*"(?:db"\s*:\s*\[|(?:meta|data)"\s*:\s*\{)')
_NAIVE = lazy(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?")
_SITE = "__GHOST_URL__"
_MISSES = 3
_PERSON: Mapping[str, str] = {
    "name": "name",
    "key": "slug",
    "email": "email",
    "url": "website",
    "avatar": "profile_image",
}
"""Keys of an author as the normalizer knows them, and Ghost's."""

Row = Mapping[str, Any]


def begins(text: str, place: Place) -> bool:
    """Whether this is `{"db": [{"data": …}]}` or `{"data": …}` with posts."""
    if place.extension in LINE_EXTENSIONS or not _BEGINS.match(text):
        return False
    return '"posts"' in text


def read(text: str, place: Place) -> Pieces:
    """Read the posts; pages are left out, drafts and what only members may read are drafts."""
    data = _data(text)
    tables = _Tables.of(data)
    pieces: list[Piece] = []
    problems: list[Problem] = []
    lines = _Lines(text)
    pages = 0
    for post in tables.posts:
        line = lines.of(post)
        if _is_page(post):
            pages += 1
            continue
        try:
            written = _written(post, line)
            pieces.append(_piece(post, tables, line, written))
        except UnreadableError as error:
            problems.append(error.problem(place.path))
        else:
            problems += _unknown(post, written, place.path, line)
    rest = f"its pages are no articles ({pages})" if pages else ""
    if not pieces and not problems:
        rest = rest or "is an export without posts"
    return Pieces(tuple(pieces), tuple(problems), rest)


def _data(text: str) -> Row:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"is an export of Ghost that cannot be read: {error.msg[:1].lower()}{error.msg[1:]}"
        cure = "export it again; it may have been cut off"
        raise UnreadableError("export", error.lineno, what, cure) from error
    except (RecursionError, ValueError) as error:
        what = "is an export of Ghost that is nested beyond all measure"
        raise UnreadableError("export", 1, what, "export it again") from error
    if isinstance(value.get("db"), list):
        value = next((each for each in value["db"] if isinstance(each, dict)), {})
    data = value.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("posts"), list):
        what = "looks like an export of Ghost, but has no data.posts"
        raise UnreadableError("export", 1, what, "export it again")
    return data


class _Tables(NamedTuple):
    """The tables of an export, joined."""

    posts: tuple[Row, ...]
    meta: Mapping[str, Row]
    """By the id of the post, as text: old exports have numbers."""
    tags: Mapping[str, list[Row]]
    authors: Mapping[str, list[Row]]
    users: Mapping[str, Row]

    @classmethod
    def of(cls, data: Row) -> "_Tables":
        users = _by_id(_rows(data, "users"))
        tags = _by_id(_rows(data, "tags"))
        return cls(
            tuple(_rows(data, "posts")),
            {str(row.get("post_id")): row for row in _rows(data, "posts_meta")},
            _joined(_rows(data, "posts_tags"), "tag_id", tags),
            _joined(_rows(data, "posts_authors"), "author_id", users),
            users,
        )


def _rows(data: Row, table: str) -> Iterator[Row]:
    rows = data.get(table)
    return (row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict))


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {str(row.get("id")): row for row in rows}


def _joined(links: Iterable[Row], key: str, rows: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Return the rows of each post, in the order that the export declares."""
    found: defaultdict[str, list[tuple[int, Row]]] = defaultdict(list)
    for link in links:
        row = rows.get(str(link.get(key)))
        order = link.get("sort_order")
        if row is not None:
            place = order if isinstance(order, int) else 0
            found[str(link.get("post_id"))].append((place, row))
    return {
        post: [row for _, row in sorted(pairs, key=lambda pair: pair[0])]
        for post, pairs in found.items()
    }


class _Lines:
    """Tells on which line a post stands: each is looked for behind the one before."""

    def __init__(self, text: str) -> None:
        self._text = text if "\n" in text else ""
        self._position = self._misses = 0
        self._line = 1

    def of(self, post: Row) -> int:
        """Return the line of a post; 0 when it is not found, or when all is one line."""
        wanted = f'"{post.get("uuid") or post.get("slug") or ""}"'
        if not self._text or self._misses >= _MISSES or len(wanted) < 3:
            return 0
        at = self._text.find(wanted, self._position)
        if at < 0:
            self._misses += 1
            return 0
        self._line += self._text.count("\n", self._position, at)
        self._position = at
        return self._line


# ---------------------------------------------------------------- a post


def _is_page(post: Row) -> bool:
    return post.get("type") == "page" or post.get("page") in (True, 1, "1")


def _key(post: Row) -> str:
    return str(post.get("id") or post.get("slug") or "").strip()


def _written(post: Row, line: int) -> Written:
    if not _key(post):
        what = "has a post without id and slug"
        raise UnreadableError("record", line, what, "export it again")
    written = ghosttext.of(post)
    if written is None and _is_published(post):
        what = f'the post "{_name(post)}" has its text only in a format that cannot be read'
        cure = "open and update it in Ghost, then export again: html is missing"
        raise UnreadableError("record", line, what, cure)
    return written or Written("", "html")


def _unknown(post: Row, written: Written, path: str, line: int) -> Iterator[Problem]:
    if written.unknown and _is_published(post):
        names = ", ".join(written.unknown)
        what = (
            f'the post "{_name(post)}" has cards that are not known ({names}); their text is shown'
        )
        cure = "look at it; open and update it in Ghost, then export again, for its own HTML"
        yield warning("ghost-card", path, line, what=what, cure=cure)


def _is_published(post: Row) -> bool:
    return _state(post)["status"] == "published"


def _name(post: Row) -> str:
    return _text(post, "slug") or _key(post)


def _piece(post: Row, tables: _Tables, line: int, written: Written) -> Piece:
    more = tables.meta.get(str(post.get("id")), {})
    values: dict[str, RawValue] = {
        **_state(post),
        "title": _text(post, "title"),
        "id": _id(post),
        "slug": _text(post, "slug"),
        "date": _moment(post.get("published_at")),
        "updated": _moment(post.get("updated_at")),
        "authors": _authors(post, tables),
        "tags": _tags(post, tables),
        "summary": _text(post, "custom_excerpt"),
        "description": _text(post, "meta_description") or _text(more, "meta_description"),
        "image": _address(_text(post, "feature_image") or _text(post, "image")),
        "image alt": _text(post, "feature_image_alt") or _text(more, "feature_image_alt"),
        "lang": _text(post, "locale"),
    }
    fields = (RawField(name, value, line, _ORIGIN) for name, value in values.items() if value)
    text = written.text.replace("\r\n", "\n").replace(_SITE, "{static}").strip("\n").rstrip()
    return Piece(tuple(fields), text, written.markup, max(line, 1), part=_key(post))


def _state(post: Row) -> dict[str, str]:
    """Return status and visibility; what was only mailed, or is not for all, is not public."""
    status = _text(post, "status") or "draft"
    visibility = _text(post, "visibility") or "public"
    return {
        "status": "private" if status == "sent" else status,
        "visibility": "" if visibility == "public" else "members",
    }


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return clean(value).strip() if isinstance(value, str) else ""


def _address(address: str) -> str:
    return address.replace(_SITE, "{static}")


def _id(post: Row) -> RawValue:
    """Return what Ghost's feed has for a guid: the uuid while ids were numbers, then the id."""
    number = _text(post, "id")
    return number if number and not number.isdigit() else _text(post, "uuid")


def _moment(value: object) -> RawValue:
    """Return a date as text: milliseconds since 1970 in old exports, and always in UTC."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return dates.rfc3339(dates.from_epoch(value).instant)
        except dates.DateError:
            return str(value)
    text = clean(value).strip() if isinstance(value, str) else ""
    return text + "Z" if _NAIVE.fullmatch(text) else text


def _tags(post: Row, tables: _Tables) -> list[RawValue]:
    """Return the tags that readers see: internal ones begin with `#`."""
    return [
        name
        for tag in tables.tags.get(str(post.get("id")), ())
        if (name := _text(tag, "name")) and name[0] != "#" and tag.get("visibility") != "internal"
    ]


def _authors(post: Row, tables: _Tables) -> list[RawValue]:
    people = tables.authors.get(str(post.get("id")), [])
    if not people:
        author = tables.users.get(str(post.get("author_id") or post.get("created_by")))
        people = [author] if author is not None else []
    return [_person(user) for user in people if _text(user, "name")]


def _person(user: Row) -> RawValue:
    found = {key: _address(_text(user, name)) for key, name in _PERSON.items()}
    return {key: text for key, text in found.items() if text}
