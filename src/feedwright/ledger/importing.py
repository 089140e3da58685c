"""Taking over the ids of a feed that another program published. Pure.

An entry is an article's if it declares the id, if it links to the article, or if title and day
are the same: each only where one entry and one article have it.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from feedwright.ledger import matching
from feedwright.ledger.existing import ExistingEntry
from feedwright.ledger.iris import declared_iri, encode_id, tag_iri
from feedwright.ledger.kinship import unique
from feedwright.ledger.matching import place_of
from feedwright.ledger.minting import declares
from feedwright.ledger.moments import whole_second
from feedwright.ledger.values import Ledger, ResolveTools
from feedwright.model import Candidate, LedgerLine, State
from feedwright.text.patterns import lazy
from feedwright.text.urls import is_absolute_iri

_ANY_MOMENTS = [datetime(2001, 1, 1, tzinfo=UTC), datetime(2012, 12, 22, tzinfo=UTC)]
_TAGS = lazy(r"<[^<>]*>")
_NO_WORD = lazy(r"[\W_]+")
_ADDRESS = lazy(r"(?:https?:)?//(?:[^/?#@]*@)?(?:www\.)?([^/?#]*)([^?#]*)(\?[^#]*)?.*", re.I | re.S)
_TRACKING = lazy(r"(?:utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid)=[^&]*&?", re.IGNORECASE)
_INDEX = lazy(r"/(?:index\.(?:html?|php))?$|\.html?$", re.IGNORECASE)


class Imported(NamedTuple):
    """What an import found."""

    lines: tuple[LedgerLine, ...]
    """For the ledger."""
    matched: tuple[tuple[ExistingEntry, Candidate], ...]
    """Entry and article of each line, in the same order."""
    known: tuple[ExistingEntry, ...]
    """The ledger has their ids already."""
    taken: tuple[tuple[ExistingEntry, LedgerLine], ...]
    """Their articles were published here under another id, which stays."""
    changed: tuple[tuple[ExistingEntry, LedgerLine], ...]
    """Their ids are no IRIs: readers of Atom documents will see them as new."""
    unmatched: tuple[ExistingEntry, ...]


def match(
    entries: Sequence[ExistingEntry],
    candidates: Sequence[Candidate],
    ledger: Ledger,
    now: datetime,
    tools: ResolveTools,
    *,
    format_name: str = "rss",
) -> Imported:
    """Find the article of each entry, and what the ledger should say of it.

    `format_name` is the feed's: an id that is no URI lives on as guid in RSS and JSON documents,
    and one of Atom, which may be an IRI, as it is.
    """
    fresh, known = _without_known(entries, ledger)
    ordered = sorted(candidates, key=place_of)
    rows = matching.match(ordered, [True] * len(ordered), {}, ledger).rows
    lines, matched, taken = [], [], []
    left = dict(enumerate(fresh))
    ids = set(ledger.articles)
    for number, index in sorted(_pairs(fresh, ordered, tools).items()):
        entry, candidate, row = fresh[number], ordered[index], rows[index]
        if row is not None:
            taken.append((left.pop(number), row))
            continue
        line = _line(entry, candidate, now, tools, format_name)
        if line.id not in ids:
            ids.add(line.id)
            lines.append(line)
            matched.append((left.pop(number), candidate))
    changed = ((e, line) for (e, _), line in zip(matched, lines, strict=True))
    return Imported(
        tuple(lines),
        tuple(matched),
        known,
        tuple(taken),
        tuple((e, line) for e, line in changed if e.id not in {line.id, line.guid}),
        tuple(left.values()),
    )


def _without_known(
    entries: Iterable[ExistingEntry], ledger: Ledger
) -> tuple[list[ExistingEntry], tuple[ExistingEntry, ...]]:
    guids = {row.guid for row in ledger.articles.values() if row.guid}
    fresh: dict[str, ExistingEntry] = {}
    ids = ledger.articles.keys()
    known = []
    for entry in entries:
        if {entry.id, encode_id(entry.id)} & ids or entry.id in guids:
            known.append(entry)
        else:
            fresh.setdefault(entry.id, entry)
    return list(fresh.values()), tuple(known)


# ---------------------------------------------------------------- which entry is which article

_FORMER = frozenset({"aliases", "alias", "redirect_from", "redirectfrom"})
"""Keys of articles under which former addresses stand, casefolded."""
_EntryKeys = Callable[[ExistingEntry], Iterable[Hashable]]
_CandidateKeys = Callable[[Candidate], Iterable[Hashable]]


def _pairs(
    entries: Sequence[ExistingEntry], candidates: Sequence[Candidate], tools: ResolveTools
) -> dict[int, int]:
    """Return for each matched entry the index of its article, by the rules in their order."""

    def permalinks(candidate: Candidate) -> set[str]:
        """Without a date only a permalink that does not depend on it is certain."""
        moments = [candidate.published] if candidate.published else _ANY_MOMENTS
        found = {tools.permalink_of(candidate, moment) for moment in moments}
        return found if len(found) == 1 else set()

    rules: tuple[tuple[_EntryKeys, _CandidateKeys], ...] = (
        (lambda entry: [entry.id, encode_id(entry.id)], _declared),
        (lambda entry: _addresses(entry.link), lambda c: map(_address, permalinks(c))),
        (lambda entry: _paths(entry.link), lambda c: map(_path, permalinks(c))),
        (lambda entry: _paths(entry.link), _former_paths),
        (_titles_and_days, _titles_and_days_of),
        (lambda entry: _title_keys(entry.title), _undated_titles),
    )
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for keys_of_entry, keys_of_candidate in rules:
        waiting = _by_key(
            (i, keys_of_candidate(c)) for i, c in enumerate(candidates) if i not in used
        )
        open_entries = _by_key(
            (n, keys_of_entry(e)) for n, e in enumerate(entries) if n not in pairs
        )
        for key, number in open_entries.items():
            index = waiting.get(key)
            if index is not None and index not in used and number not in pairs:
                pairs[number] = index
                used.add(index)
    return pairs


def _by_key(keyed: Iterable[tuple[int, Iterable[Hashable]]]) -> dict[Hashable, int]:
    return unique((key, number) for number, keys in keyed for key in set(keys))


def _declared(candidate: Candidate) -> list[str]:
    declared = candidate.declared_id
    return [each for each in (declared, declared_iri(declared)) if each]


def _address(link: str) -> Hashable:
    """Address without scheme, `www.`, fragment, tracking, `index.html` and slash at the end."""
    match = _ADDRESS.fullmatch(link)
    if not match:
        return link
    host, path, query = match[1].lower(), _INDEX.sub("", match[2]), match[3] or ""
    query = _TRACKING.sub("", query).rstrip("?&")
    return host, encode_id(path), query


def _addresses(link: str) -> Iterable[Hashable]:
    return [_address(link)] if link else []


def _path(link: str) -> Hashable:
    """Address without host too: the site may have moved."""
    address = _address(link)
    return address[1:] if isinstance(address, tuple) else address


def _paths(link: str) -> Iterable[Hashable]:
    path = _path(link)
    return [] if path in {"", ("", "")} else [path]


def _former_paths(candidate: Candidate) -> Iterable[Hashable]:
    """Give the addresses that an article says it had (Hugo's and Zola's `aliases`, …)."""
    for key, value in candidate.extra.items():
        if key.casefold() in _FORMER:
            for alias in value if isinstance(value, list) else [value]:
                if isinstance(alias, str) and alias.strip().startswith(("/", "http")):
                    whole = alias.strip()
                    yield _path(whole if whole.startswith("http") else f"https://x{whole}")


def _title_key(title: str) -> str:
    """Letters and digits alone: feeds curl quotes and escape what the source has straight."""
    text = html.unescape(_TAGS.sub("", html.unescape(title)))
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _title_keys(title: str) -> list[str]:
    key = _title_key(title)
    return [key] if key else []


def _titles_and_days(entry: ExistingEntry) -> Iterable[Hashable]:
    moment = entry.published or entry.updated
    return [(title, moment.date()) for title in _title_keys(entry.title)] if moment else []


def _titles_and_days_of(candidate: Candidate) -> Iterable[Hashable]:
    days: set[date | None] = {candidate.written_day, candidate.file_day}
    if candidate.published is not None:
        days.add(candidate.published.astimezone(UTC).date())
    return [(title, day) for title in _title_keys(candidate.title) for day in days if day]


def _undated_titles(candidate: Candidate) -> Iterable[Hashable]:
    return _title_keys(candidate.title) if candidate.published is None else []


# ---------------------------------------------------------------- what the ledger should say


def _line(
    entry: ExistingEntry,
    candidate: Candidate,
    now: datetime,
    tools: ResolveTools,
    format_name: str,
) -> LedgerLine:
    latest = whole_second(now)
    sight = min(entry.published or entry.updated or latest, latest)
    published = candidate.published or sight
    in_atom = format_name == "atom"
    article_id = _id(entry.id, sight.year, tools.host, in_atom=in_atom)
    declared = candidate.updated if candidate.updated and candidate.updated <= now else None
    updated = declared or min(entry.updated or published, latest)
    line = LedgerLine(
        id=article_id,
        at=now,
        first=sight,
        published=published,
        inferred=candidate.published is None,
        path=candidate.path,
        part=candidate.part,
        hash=candidate.hash,
        updated=max(updated, published),
        state=State.LIVE,
        slug=candidate.slug if candidate.slug_is_declared else "",
        title=candidate.title,
        url=tools.permalink_of(candidate, published),
        guid="" if in_atom or article_id == entry.id else entry.id,
    )
    return line._replace(minted=not declares(candidate, line))


def _id(known_as: str, year: int, host: str, *, in_atom: bool) -> str:
    """Keep a URI, and in Atom an IRI, to the letter; wrap what is none in a `tag:`.

    Validators take no raw letters in an id. Readers of RSS and JSON Feed look at the guid, so that
    there Atom can have the id percent-encoded; subscribers to an Atom feed have nothing else.
    """
    if in_atom and is_absolute_iri(known_as):
        return known_as
    return declared_iri(known_as) or tag_iri(host, year, known_as)
