"""feeds -> documents: what each feed is made of, and whether its documents already are.

A feed that is made of the same entries as at its last publication keeps its documents, if nobody
has touched them since. One of many entries is streamed: it is never whole in memory.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b, sha256
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from feedwright.config.schema import Config, FeedSpec
from feedwright.ledger.feeds import feed_name
from feedwright.model import (
    Archive,
    Document,
    Feed,
    FeedLine,
    Fragment,
    Kept,
    Member,
    Person,
    Problem,
    Streamed,
)
from feedwright.render.formats import FORMATS
from feedwright.store.index.opening import Index
from feedwright.store.index.renderings import DocumentRow, FeedRow
from feedwright.survey.entries import Entries
from feedwright.text.languages import direction
from feedwright.text.urls import encode

TOMBSTONES = 20
TOMBSTONE_LIFE = timedelta(days=30)
MANY = 1_000
"""A feed of more entries is streamed."""
_SAMPLE = 2
"""Entries of a document that the gate sees: how the first joins what stands before it, and the
second the first, is how all do."""


class Chosen(NamedTuple):
    """A feed and the articles that stand in it, the newest first."""

    spec: FeedSpec
    label: str
    line: FeedLine
    articles: tuple[Member, ...]
    pages: tuple[tuple[Member, ...], ...]
    """Of its archive documents (RFC 5005), the oldest page first; empty without `archive`."""

    @property
    def name(self) -> str:
        """`main`, of a `per` feed `category/sea`."""
        return feed_name(self.spec, self.line)

    @property
    def everything(self) -> Iterator[Member]:
        """All articles of its documents, those of archive documents too."""
        yield from self.articles
        for page in self.pages:
            yield from page


class Documents:
    """Makes the documents of feeds, or keeps those that are made of the same."""

    def __init__(
        self, config: Config, entries: Entries, index: Index, now: datetime, folder: str
    ) -> None:
        self._config = config
        self._entries = entries
        self._index = index
        self._now = now
        self._folder = folder
        self._published = index.renderings.documents()
        self.documents: list[Document | Streamed] = []
        self.kept: list[Kept] = []
        self.feeds: list[tuple[Feed, tuple[Member, ...]]] = []
        self.problems: list[Problem] = []
        self.recipes: dict[str, bytes] = {}

    def make(self, chosen: Chosen) -> None:
        """Make the documents of a feed."""
        feed = _feed(self._config, chosen, chosen.articles, self._index, self._now)
        recipe = self._recipe(feed, chosen)
        known = self._index.renderings.feed(feed.name)
        kept = self._kept(feed, chosen, recipe)
        if known is not None and known.recipe == recipe and kept:
            shown = chosen.articles[: known.shown]
            self.kept += kept
            self.problems += known.problems
            feed = self._shown(feed, chosen, shown)
        else:
            shown, full, problems = self._entries.fit(feed, chosen.spec, chosen.articles)
            self.problems += problems
            feed = self._shown(feed, chosen, shown)
            made = (*self._made(feed, shown, full), *self._archive(feed, chosen))
            self.documents += made
            self._index.renderings.put_feed(feed.name, FeedRow(recipe, len(shown), problems))
            self.recipes |= {document.path: recipe for document in made}
        self.feeds.append((feed, shown))

    def _recipe(self, feed: Feed, chosen: Chosen) -> bytes:
        """Return a digest of all that the documents of a feed are made of."""
        digest = blake2b(repr((feed, chosen.spec)).encode("utf-8", "surrogatepass"), digest_size=16)
        for article in chosen.everything:
            digest.update(self._entries.digests[article.id])
        digest.update(repr([len(page) for page in chosen.pages]).encode())
        return digest.digest()

    def _kept(self, feed: Feed, chosen: Chosen, recipe: bytes) -> list[Kept]:
        """Return the documents of a feed if all stand there as they were published."""
        kept = []
        for each in (feed, *(page for page, _ in self._archive_feeds(feed, chosen))):
            for name in feed.formats:
                form = FORMATS[name]
                path = form.path(each)
                row = self._published.get(path)
                if row is None or row.recipe != recipe or row.stat != self._stat(path):
                    return []
                kept.append(Kept(path, form.media_type, row.sha256, feed.name))
        return kept

    def _stat(self, path: str) -> str:
        return document_stat(os.path.join(self._folder, path))

    def _shown(self, feed: Feed, chosen: Chosen, shown: Sequence[Member]) -> Feed:
        if len(shown) == len(chosen.articles):
            return feed
        return _feed(self._config, chosen, shown, self._index, self._now)

    def _made(
        self, feed: Feed, articles: Sequence[Member], full: Collection[str]
    ) -> Iterator[Document | Streamed]:
        for name in feed.formats:
            if len(articles) > MANY:
                yield self._streamed(feed, name, articles, full)
                continue
            form = FORMATS[name]
            fragments = [
                self._entries.fragment(each, name, full=each.id in full) for each in articles
            ]
            prefixes = frozenset[str]().union(*(fragment.prefixes for fragment in fragments))
            frame = form.frame(feed, prefixes)
            yield Document(
                form.path(feed),
                form.media_type,
                frame.join(fragments),
                feed.name,
                frame.join(fragments[:_SAMPLE]) if len(fragments) > _SAMPLE else b"",
                tuple(map(_written_id, fragments)),
            )

    def _streamed(
        self, feed: Feed, name: str, articles: Sequence[Member], full: Collection[str]
    ) -> Streamed:
        """Make a document that is never whole in memory."""
        form = FORMATS[name]

        def fragments() -> Iterator[Fragment]:
            for each in articles:
                yield self._entries.fragment(each, name, full=each.id in full)

        prefixes: set[str] = set()
        entry_ids = []
        for each in fragments():
            prefixes |= each.prefixes
            entry_ids.append(_written_id(each))
        frame = form.frame(feed, prefixes)
        digest = sha256()
        for piece in frame.stream(fragments()):
            digest.update(piece)
        return Streamed(
            form.path(feed),
            form.media_type,
            digest.hexdigest(),
            lambda: frame.stream(fragments()),
            feed.name,
            frame.join(tuple(islice(fragments(), _SAMPLE))),
            tuple(entry_ids),
        )

    def _archive(self, feed: Feed, chosen: Chosen) -> Iterator[Document | Streamed]:
        for page, articles in self._archive_feeds(feed, chosen):
            whole = chosen.spec.content == "full"
            full = {each.id for each in articles} if whole else set[str]()
            yield from self._made(page, articles, full)

    def _archive_feeds(
        self, feed: Feed, chosen: Chosen
    ) -> Iterator[tuple[Feed, tuple[Member, ...]]]:
        last = len(chosen.pages)
        for number, articles in enumerate(chosen.pages, 1):
            page = feed._replace(
                updated=max(article.updated for article in articles),
                tombstones=(),
                archive=Archive(
                    previous=number - 1 if number > 1 else None,
                    next=number + 1 if number < last else None,
                    number=number,
                ),
            )
            yield page, articles


def _written_id(fragment: Fragment) -> str:
    return fragment.guid.strip() or fragment.id


def document_stat(path: str) -> str:
    """Return what changes when somebody else writes a document; empty when it is not there."""
    try:
        seen = os.stat(path)
    except OSError:
        return ""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"


def published_rows(
    documents: Iterable[Document | Streamed], recipes: Mapping[str, bytes], folder: str
) -> list[DocumentRow]:
    """Return what the index keeps of the documents of feeds, once they lie in `folder`."""
    return [
        DocumentRow(
            each.path,
            recipes[each.path],
            each.sha256,
            document_stat(os.path.join(folder, each.path)),
        )
        for each in documents
        if each.path in recipes
    ]


def _feed(
    config: Config,
    chosen: Chosen,
    articles: Sequence[Member],
    index: Index,
    now: datetime,
) -> Feed:
    spec, site, label = chosen.spec, config.site, chosen.line.label
    language = spec.language or (label if spec.per == "language" else "") or site.language
    default = f"{site.title}: {label}" if spec.per else _title_of(config, spec)
    slug = chosen.name.removeprefix(spec.name + "/")
    home = spec.home.replace("{slug}", slug).replace("{label}", quote(label, safe=""))
    moments = [article.updated for article in articles]
    removal = index.members.last_removal(chosen.name)
    if removal is not None:
        moments.append(removal)
    author = site.author
    return Feed(
        name=chosen.name,
        path=chosen.line.path,
        id=chosen.line.id,
        title=spec.title.replace("{label}", label) or default,
        description=spec.description.replace("{label}", label) or site.description or site.title,
        language=language,
        direction=direction(language),
        home=encode(home) or site.url,
        base=encode(site.feeds_url + (chosen.line.path + "/" if chosen.line.path else "")),
        formats=spec.formats,
        updated=max(moments, default=chosen.line.first),
        author=Person(
            author.name,
            author.email if site.publish_emails else "",
            author.url,
        )
        if author
        else Person(site.title),
        rights=site.rights,
        icon=site.icon,
        logo=site.logo,
        hubs=tuple(hub.url for hub in config.notify.websub.hubs),
        style=site.feeds_url + "style.css",
        tombstones=index.members.tombstones(chosen.name, now - TOMBSTONE_LIFE, TOMBSTONES),
        podcast=spec.podcast,
        archive=Archive(len(chosen.pages), None, None) if chosen.pages else None,
    )


def _title_of(config: Config, spec: FeedSpec) -> str:
    if len([each for each in config.feeds if not each.per]) == 1 or not spec.path:
        return config.site.title
    return f"{config.site.title}: {spec.name}"
