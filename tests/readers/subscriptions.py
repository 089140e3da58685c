"""Every reader with every format that it reads; those that `.ci/run` installs are slow."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.readers.libraries import Feedparser, Lemon24
from tests.readers.node import Feedsmith, RssParser
from tests.readers.programs import Feed2exec, Newsboat, Rss2email, Sfeed
from tests.readers.serving import FeedServer
from tests.readers.shown import Reader


class Subscription(NamedTuple):
    """A reader, and the document that it is to follow."""

    kind: type[Reader]
    path: str

    def begin(self, server: FeedServer, home: Path) -> Reader:
        """Subscribe; the reader keeps its files in `home`, which is empty or missing."""
        home.mkdir(exist_ok=True)
        return self.kind(server.url(self.path), home)


XML = ("rss.xml", "atom.xml")
ALL = (*XML, "feed.json")
QUICK = ((Feedparser, XML), (Lemon24, ALL))
SLOW = ((Newsboat, XML), (Sfeed, XML), (Rss2email, XML), (Feed2exec, XML[1:]), (Feedsmith, ALL),
        (RssParser, XML))  # fmt: skip

SUBSCRIPTIONS = [
    pytest.param(Subscription(kind, path), id=f"{kind.__name__.lower()} {path}", marks=marks)
    for readers, marks in ((QUICK, ()), (SLOW, (pytest.mark.slow,)))
    for kind, paths in readers
    for path in paths
]
