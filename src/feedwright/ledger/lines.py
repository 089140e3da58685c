"""Lines of the ledger: bytes to what they say together, and back. Pure.

Lines are a set: order and repetition say nothing, so that `git merge` may join two ledgers in any
way (docs/identity.md).
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import NamedTuple

from feedwright.errors import LedgerError
from feedwright.ledger.values import EMPTY, Ledger
from feedwright.model import FeedLine, LedgerLine, State

__all__ = ["EMPTY", "Ends", "Ledger", "Record", "dump", "ends", "parse", "records"]

Line = LedgerLine | FeedLine
Key = tuple[str, ...]
Quote = Callable[[str], str]
"""Writes a text as JSON."""

_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_BOM = b"\xef\xbb\xbf"
_STATES = {"live": State.LIVE, "gone": State.GONE}
_RESTORE = "restore the ledger from version control, or mend the line"


class Record(NamedTuple):
    """One line as it stands in the file."""

    at: datetime
    raw: bytes
    """Without line end."""
    line: Line


class Ends(NamedTuple):
    """Of all lines about one article or feed, those with the smallest and the largest `at`.

    Ties are broken by the bytes of the lines, never by their position. No other line counts.
    """

    first: Record
    last: Record


def parse(data: bytes, name: str = "ledger.jsonl") -> Ledger:
    """Read a ledger. Raises LedgerError with the number of a line that cannot be read.

    Only an unterminated last line may be torn: then it is ignored.
    """
    articles: dict[str, LedgerLine] = {}
    feeds: dict[tuple[str, str], FeedLine] = {}
    found, count, paths = ends(data, name)
    for first, last in found.values():
        if isinstance(last.line, LedgerLine) and isinstance(first.line, LedgerLine):
            articles[last.line.id] = _article_of(first.line, last.line)
        elif isinstance(last.line, FeedLine) and isinstance(first.line, FeedLine):
            key = (last.line.feed, last.line.label)
            feeds[key] = last.line._replace(id=first.line.id, first=first.line.first)
    return Ledger(articles, feeds, paths, count, _whole(data))


def ends(data: bytes, name: str = "ledger.jsonl") -> tuple[dict[Key, Ends], int, frozenset[str]]:
    """Return the lines that count, by article or feed, the number of all, and all feed paths."""
    found: dict[Key, Ends] = {}
    count = 0
    paths = set()
    for record in records(data, name):
        count += 1
        line = record.line
        if isinstance(line, FeedLine):
            paths.add(line.path)
            key: Key = ("feed", line.feed, line.label)
        else:
            key = (line.id,)
        known = found.get(key)
        if known is None:
            found[key] = Ends(record, record)
        else:
            found[key] = Ends(min(known.first, record), max(known.last, record))
    return found, count, frozenset(paths)


def records(data: bytes, name: str = "ledger.jsonl") -> Iterator[Record]:
    """Yield each line as it stands, in the order of the file; raises as `parse` does.

    Blank lines, a byte-order mark and CRLF, as a careless checkout leaves them, are tolerated.
    """
    pieces = data.removeprefix(_BOM).split(b"\n")
    last = pieces.pop()
    if _is_whole(last):
        pieces.append(last)
    for number, piece in enumerate(pieces, 1):
        raw = piece.strip()
        if raw:
            line = _read(raw, name, number)
            yield Record(line.at, raw, line)


def dump(line: Line) -> bytes:
    """Write one line: a JSON object with its keys in a fixed order, and a line feed."""
    try:
        return _written(line, encode_basestring).encode()
    except UnicodeEncodeError:  # a file name that is no UTF-8: its lone surrogates as \udcxx
        return _written(line, encode_basestring_ascii).encode()


def _article_of(first: LedgerLine, last: LedgerLine) -> LedgerLine:
    if first is last:
        return last
    published = first.published if last.inferred else last.published
    return last._replace(first=first.first, published=published)


# ---------------------------------------------------------------- whole and torn lines


def _whole(data: bytes) -> int:
    """Bytes up to the end of the last line that is not torn."""
    end = data.rfind(b"\n") + 1
    return len(data) if _is_whole(data[end:]) else end


def _is_whole(last: bytes) -> bool:
    """Whether a last line without line feed is all there: an editor took only its end away.

    An object cut anywhere is no object, so nothing torn passes.
    """
    text = last.removeprefix(_BOM).strip()
    if not (text.startswith(b"{") and text.endswith(b"}")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


# ---------------------------------------------------------------- reading one line


def _read(raw: bytes, name: str, number: int) -> Line:
    place = f"{name}:{number}"
    if raw.startswith(_MARKERS):
        raise LedgerError(
            f"{place}: a merge conflict was left here; delete only the lines that begin with "
            "<<<<<<<, =======, ||||||| or >>>>>>> (the lines of both sides are right, in any order)"
        )
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise LedgerError(f"{place}: this is no JSON object ({error}); {_RESTORE}") from error
    try:
        if not isinstance(fields, dict):
            raise ValueError("this is no JSON object")
        return _feed_line(fields) if "feed" in fields else _article_line(fields)
    except ValueError as error:
        raise LedgerError(f"{place}: {error}; {_RESTORE}") from error


def _article_line(fields: dict[str, object]) -> LedgerLine:
    state = _STATES.get(_text(fields, "state", "live"))
    if state is None:
        raise ValueError("state is neither live nor gone")
    published = _moment(fields, "published")
    edited = fields.get("updated", fields["published"]) != fields["published"]
    when = fields.get("when")
    return LedgerLine(
        id=_filled(fields, "id"),
        at=_instant(fields, "at"),
        first=_moment(fields, "first"),
        published=published,
        inferred=_flag(fields, "inferred", default=False),
        path=_text(fields, "path"),
        part=_text(fields, "part", ""),
        hash=_text(fields, "hash"),
        updated=_moment(fields, "updated") if edited else published,
        state=state,
        was=_texts(fields, "was"),
        minted=_flag(fields, "minted", default=True),
        slug=_text(fields, "slug", ""),
        title=_text(fields, "title", ""),
        url=_text(fields, "url", ""),
        when=None if when is None else _moment(fields, "when"),
        feeds=_texts(fields, "feeds"),
        guid=_text(fields, "guid", ""),
    )


def _feed_line(fields: dict[str, object]) -> FeedLine:
    first = _moment(fields, "first")
    return FeedLine(
        feed=_filled(fields, "feed"),
        label=_text(fields, "label", ""),
        path=_text(fields, "path"),
        id=_filled(fields, "id"),
        first=first,
        at=_instant(fields, "at") if "at" in fields else first,
    )


def _text(fields: dict[str, object], key: str, default: str | None = None) -> str:
    value = fields.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f"{key} is missing" if value is None else f"{key} is no text")
    return value


def _filled(fields: dict[str, object], key: str) -> str:
    value = _text(fields, key)
    if not value:
        raise ValueError(f"{key} is empty")
    return value


def _flag(fields: dict[str, object], key: str, *, default: bool) -> bool:
    value = fields.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"{key} is neither true nor false")
    return value


def _texts(fields: dict[str, object], key: str) -> tuple[str, ...]:
    value = fields.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{key} is no list of texts")
    return tuple(value)


def _moment(fields: dict[str, object], key: str) -> datetime:
    instant = _instant(fields, key)
    return instant.replace(microsecond=0) if instant.microsecond else instant


def _instant(fields: dict[str, object], key: str) -> datetime:
    text = _text(fields, key)
    try:
        return _instant_of(text)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


@lru_cache(maxsize=64)  # what one run wrote has its time
def _instant_of(text: str) -> datetime:
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f'cannot read "{text}"') from None
    if value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError(f'"{text}" has no zone')
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(f'"{text}" is out of range') from None


# ---------------------------------------------------------------- writing one line


def _written(line: Line, quoted: Quote) -> str:
    written = _feed(line, quoted) if isinstance(line, FeedLine) else _article(line, quoted)
    return written + "\n"


def _article(line: LedgerLine, quoted: Quote) -> str:
    """Write what always stands, and of the rest what its absence does not say."""
    written = (
        f'{{"id":{quoted(line.id)},"at":"{_micro(line.at)}","first":"{_second(line.first)}"'
        f',"published":"{_second(line.published)}"'
    )
    if line.inferred:
        written += ',"inferred":true'
    written += f',"path":{quoted(line.path)}'
    if line.part:
        written += f',"part":{quoted(line.part)}'
    written += f',"hash":{quoted(line.hash)},"updated":"{_second(line.updated)}"'
    written += f',"state":"{line.state.value}"'
    if line.was:
        written += f',"was":{_list(line.was, quoted)}'
    if not line.minted:
        written += ',"minted":false'
    if line.slug:
        written += f',"slug":{quoted(line.slug)}'
    if line.title:
        written += f',"title":{quoted(line.title)}'
    if line.url:
        written += f',"url":{quoted(line.url)}'
    if line.when:
        written += f',"when":"{_second(line.when)}"'
    if line.feeds:
        written += f',"feeds":{_list(line.feeds, quoted)}'
    if line.guid:
        written += f',"guid":{quoted(line.guid)}'
    return written + "}"


def _feed(line: FeedLine, quoted: Quote) -> str:
    return (
        f'{{"feed":{quoted(line.feed)},"label":{quoted(line.label)},"path":{quoted(line.path)}'
        f',"id":{quoted(line.id)},"first":"{_second(line.first)}","at":"{_micro(line.at)}"}}'
    )


def _list(texts: tuple[str, ...], quoted: Quote) -> str:
    return f"[{','.join(map(quoted, texts))}]"


@lru_cache(maxsize=64)  # a run writes its own time into all lines
def _second(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


@lru_cache(maxsize=64)
def _micro(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
