"""Where each feed lies and what its id is, for ever. Pure.

A feed of a label has its folder by the label's slug. Whoever has a slug keeps it; a later label
with the same slug gets `-` and four hex digits of its sha256.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from feedwright.config.schema import FeedSpec
from feedwright.ledger.iris import free_id
from feedwright.ledger.moments import TICK, whole_second
from feedwright.ledger.values import Ledger, feed_name
from feedwright.model import FeedLine
from feedwright.text.labels import label_key
from feedwright.text.urls import encode, slugify

__all__ = ["Feeds", "feed_name", "resolve_feeds"]

SLUG_BYTES = 120
"""Longer slugs are cut: a folder's name has at most 255 bytes, also with a suffix."""
_DIGITS = (4, 8, 16, 64)


class Feeds(NamedTuple):
    """What `resolve_feeds` found."""

    places: tuple[tuple[tuple[FeedSpec, str], FeedLine], ...]
    """(feed spec, label) and its line, in the order of the specs, then of labels."""
    lines: tuple[FeedLine, ...]
    """New and changed ones, for the ledger."""


def resolve_feeds(
    wanted: Iterable[tuple[FeedSpec, str]],
    specs: Sequence[FeedSpec],
    ledger: Ledger,
    now: datetime,
    feeds_url: str,
) -> Feeds:
    """Give each wanted feed, and each that was once published and has a spec, folder and id.

    Labels that differ only in case, composition or white space are one; the ledger's spelling
    stands. `feeds_url` is where `feeds/` is served: a new feed's id is the address of its folder.
    """
    claims = _claims(wanted, specs, ledger)
    taken = {claim.spec.path.casefold() for claim in claims if not claim.spec.per}
    paths: dict[_Key, str] = {}
    for claim in sorted(claims, key=_seniority):
        kept = claim.line.path if claim.line and claim.line.path in _paths(claim) else None
        if claim.spec.per and kept is not None and kept.casefold() not in taken:
            paths[claim.key] = kept
            taken.add(kept.casefold())
    ids = {line.id for line in ledger.feeds.values()}
    places = {}
    for claim in sorted(claims, key=_seniority):
        path = claim.spec.path if not claim.spec.per else paths.get(claim.key)
        if path is None:
            path = next(each for each in _paths(claim) if each.casefold() not in taken)
            taken.add(path.casefold())
        line = _line(claim, path, now, feeds_url, ids)
        ids.add(line.id)
        places[claim.key] = ((claim.spec, claim.label), line)
    order = {spec.name: number for number, spec in enumerate(specs)}
    keys = sorted(places, key=lambda key: (order.get(key[0], len(order)), key))
    ordered = tuple(places[key] for key in keys)
    known = set(ledger.feeds.values())
    return Feeds(ordered, tuple(line for _, line in ordered if line not in known))


_Key = tuple[str, str]


class _Claim(NamedTuple):
    spec: FeedSpec
    label: str
    line: FeedLine | None

    @property
    def key(self) -> _Key:
        return self.spec.name, label_key(self.label)


def _claims(
    wanted: Iterable[tuple[FeedSpec, str]], specs: Sequence[FeedSpec], ledger: Ledger
) -> list[_Claim]:
    """Collect wanted and known feeds, one for each key; the oldest line speaks for a key."""
    by_name = {spec.name: spec for spec in specs}
    claims: dict[_Key, _Claim] = {}
    for line in sorted(ledger.feeds.values(), key=lambda line: (line.first, line.label)):
        spec = by_name.get(line.feed)
        if spec is not None and bool(spec.per) == bool(line.label):
            claim = _Claim(spec, line.label, line)
            claims.setdefault(claim.key, claim)
    for spec, label in sorted(wanted, key=lambda each: (each[0].name, each[1])):
        claim = _Claim(spec, label if spec.per else "", None)
        claims.setdefault(claim.key, claim)
    return list(claims.values())


def _seniority(claim: _Claim) -> tuple[bool, float, _Key]:
    """Known feeds first, in the order of their first publication."""
    first = claim.line.first.timestamp() if claim.line else 0
    return claim.line is None, first, claim.key


def _paths(claim: _Claim) -> "_Variants":
    return _Variants(claim)


class _Variants:
    """The folders that a label may have, the best first."""

    def __init__(self, claim: _Claim) -> None:
        self._claim = claim

    def __iter__(self) -> Iterator[str]:
        spec, label = self._claim.spec, self._claim.label
        pattern = spec.path if "{slug}" in spec.path else f"{spec.path}/{{slug}}".lstrip("/")
        slug = slugify(label)
        digest = sha256(label_key(label).encode("utf-8", "surrogatepass")).hexdigest()
        if len(slug.encode()) > SLUG_BYTES:
            slug = slug.encode()[:SLUG_BYTES].decode("utf-8", "ignore").rstrip("-")
        elif slug:
            yield pattern.replace("{slug}", slug)
        for digits in _DIGITS:
            yield pattern.replace("{slug}", f"{slug or spec.per}-{digest[:digits]}")

    def __contains__(self, path: object) -> bool:
        return any(path == each for each in self)


def _line(claim: _Claim, path: str, now: datetime, feeds_url: str, ids: set[str]) -> FeedLine:
    known = claim.line
    if known is not None:
        if known.path == path:
            return known
        return known._replace(path=path, at=max(now, known.at + TICK))
    address = feeds_url + (path + "/" if path else "")
    first = whole_second(now)
    return FeedLine(claim.spec.name, claim.label, path, free_id(encode(address), ids), first, now)
