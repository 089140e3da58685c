"""CPU of the stages of a first build, in one process, by the stage's own functions."""

import gc
import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from feedwright.ledger import lines
from feedwright.ledger.resolve import resolve
from feedwright.ledger.values import EMPTY, ResolveTools
from feedwright.model import Article, RawArticle
from feedwright.normalize.article import normalize
from feedwright.normalize.body import BodyTools, render_body
from feedwright.normalize.entry import entry_of
from feedwright.normalize.permalinks import permalink
from feedwright.normalize.rules import Rules, rules_of
from feedwright.publish.gate import lint_entry
from feedwright.render.formats import FORMATS
from feedwright.site import Site
from feedwright.sources.files import Measurer
from feedwright.sources.reading import ReadContext, interpret, load
from feedwright.sources.scan import scan

T = TypeVar("T")

_ENTRIES = 1000
_FEEDS = ("rss", "atom", "json")


class _Clock:
    """Adds up what each stage takes."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}

    def __call__(self, name: str, count: int, work: Callable[[], T]) -> T:
        begun = time.process_time()
        made = work()
        self.parts[name] = (time.process_time() - begun) / count * 1e6
        return made


def measured(folder: Path, most: int) -> Mapping[str, float]:
    """Return CPU microseconds by stage for an article or an entry, of at most so many."""
    gc.disable()
    try:
        return _measured(folder, most)
    finally:
        gc.enable()


def _measured(folder: Path, most: int) -> Mapping[str, float]:
    site = Site(folder / "config.yaml", os.environ)
    content = site.config.content
    found = scan(str(site.root), content)
    context = ReadContext.of(str(site.root), content, found)
    rules = rules_of(site.config, site.people)
    clock = _Clock()
    clock("scan, per file", len(found.files), lambda: scan(str(site.root), content))
    files = found.files[:most]
    count = len(files)
    loaded = clock("open and read, per file", count, lambda: [load(f, context) for f in files])
    readings = clock(
        "find and read the front matter",
        count,
        lambda: [interpret(each, context) for each in loaded if each is not None],
    )
    raws = [article for reading in readings for article in reading.articles]
    normalized = clock("normalize and hash", count, lambda: [normalize(r, rules) for r in raws])
    candidates = [each.candidate for each in normalized if each.candidate is not None]
    tools = ResolveTools(lambda one, at: permalink(one, at, rules), "b.example")
    now = datetime.now(UTC)
    resolution = clock(
        "identity and permalink", count, lambda: resolve(candidates, {}, EMPTY, now, tools)
    )
    data = clock("write the ledger", count, lambda: b"".join(map(lines.dump, resolution.lines)))
    clock("read the ledger", count, lambda: lines.parse(data))
    _entries(clock, site, rules, {raw.path: raw for raw in raws}, resolution.articles[:_ENTRIES])
    return clock.parts


def _entries(
    clock: _Clock,
    site: Site,
    rules: Rules,
    raws: Mapping[str, RawArticle],
    articles: tuple[Article, ...],
) -> None:
    count = len(articles)
    tools = BodyTools(lambda path: None, site.config.site.url)
    measure = Measurer(str(site.root), site.config.content).measure
    bodies = clock(
        "Markdown, cleaning, links, per entry",
        count,
        lambda: [render_body(raws[a.path], a.candidate, a.permalink, tools) for a in articles],
    )
    entries = [
        entry_of(article, body, rules, measure)[0]
        for article, body in zip(articles, bodies, strict=True)
    ]
    written = clock(
        "RSS, Atom and JSON, per entry",
        count,
        lambda: [[FORMATS[name].entry(each, True) for name in _FEEDS] for each in entries],  # noqa: FBT003
    )
    clock(
        "gate, per entry in three formats",
        count,
        lambda: [
            [lint_entry(name, each, "") for name, each in zip(_FEEDS, fragments, strict=True)]
            for fragments in written
        ],
    )
