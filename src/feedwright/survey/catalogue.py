"""What a run writes into the index: files, articles, ledger lines, feeds of articles.

A run from nothing writes everything, another what it looked at again; both then choose and render
by the same questions to the index (`compose`), and so come to the same documents.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from feedwright import select
from feedwright.config.schema import Config
from feedwright.ledger.matching import value_of
from feedwright.model import Article, Candidate, LedgerLine, State
from feedwright.normalize.links import ends_of, names_of
from feedwright.store.index.articles import ArticleRow
from feedwright.store.index.members import MemberRow, RemovalRow
from feedwright.store.index.opening import Index
from feedwright.store.index.renderings import NAME, PATH
from feedwright.survey.changed import Changed
from feedwright.survey.identify import Identified


def write_articles(index: Index, found: Identified) -> None:
    """Write down what became of the candidates that were looked at, and which feeds they have."""
    if index.is_new:
        index.files.put(found.gathered.files)
        index.lines.put(_rows(found.ledger.articles.values()))
    else:
        _forget(index, found)
    index.articles.put(_article_rows(found))
    config = found.site.config
    index.members.put(
        sorted(_memberships(config, found.resolution.articles))
        if index.is_new
        else _memberships(config, found.resolution.articles)
    )
    _write_removals(index, found)
    index.filled()


def forget_configuration(index: Index, config: Config, news: Changed) -> None:
    """Forget what another configuration made of the articles that the index knows."""
    if news.regroup:
        index.members.replace(sorted(_memberships(config, index.articles.all_live())))
    if news.rerender:
        index.renderings.drop_entries(index.renderings.digests())


def write_lines(index: Index, lines: Iterable[LedgerLine]) -> None:
    """Write down what a publication adds to the ledger."""
    index.lines.put(_rows(lines))


def _rows(lines: Iterable[LedgerLine]) -> Iterator[tuple[LedgerLine, str]]:
    return ((line, value_of(line)) for line in lines)


# ---------------------------------------------------------------- articles


def _article_rows(found: Identified) -> Iterator[ArticleRow]:
    resolution = found.resolution
    told = {problem.path for problem in resolution.problems}
    shown: set[int] = set()
    for article in (*resolution.articles, *resolution.others):
        shown.add(id(article.candidate))
        live = article.state is State.LIVE
        settled = live and article.path not in told
        due = _due(article.candidate, found.now) if settled else None
        yield ArticleRow(article, live, settled, due)
    for candidate in _looked_at(found):
        if id(candidate) not in shown:
            yield ArticleRow(candidate, live=False, settled=False, due=None)


def _looked_at(found: Identified) -> Iterator[Candidate]:
    """Yield all candidates of this run that were resolved for their own sake."""
    yield from found.gathered.candidates
    waiting = (stored.candidate for stored in found.before)
    yield from (each for each in waiting if each.path not in found.changed_paths)


def _due(candidate: Candidate, now: datetime) -> datetime | None:
    moments = (candidate.expires, candidate.updated)
    return min((each for each in moments if each is not None and each > now), default=None)


def _memberships(config: Config, articles: Iterable[Article]) -> Iterator[MemberRow]:
    specs = [spec for spec in config.feeds if not select.takes_all(spec)]
    for article in articles:
        for spec in specs:
            for key, label in select.memberships(spec, article, config.site):
                yield MemberRow(spec.name, key, article.published, article.id, label)


def _write_removals(index: Index, found: Identified) -> None:
    """Write down the feeds of everything that is gone after this run."""
    back = {article.id for article in found.resolution.articles}
    again = {line.id: line for line in found.gone}
    gone = {
        line.id: line
        for line in found.ledger.articles.values()
        if line.state is State.GONE and line.id not in back
    }
    if not index.is_new:
        index.members.forget_removal((*back, *again))
    index.members.remove(
        RemovalRow(feed, line.when, line.id)
        for line in (gone | again).values()
        if line.when is not None
        for feed in ("", *line.feeds)
    )


# ---------------------------------------------------------------- what was looked at again


def _forget(index: Index, found: Identified) -> None:
    """Take out what stood there of all that was looked at again, and what was made of it."""
    before = {stored.number: stored.what for stored in found.before}
    articles = {
        each.id: each
        for each in before.values()
        if isinstance(each, Article) and each.state is State.LIVE
    }
    now = {each.id: each for each in found.resolution.articles}
    changed = found.changed_paths
    index.articles.drop(before)
    index.members.drop(articles)
    index.renderings.drop_entries(
        each.id
        for each in (*articles.values(), *now.values())
        if each.path in changed or now.get(each.id) != articles.get(each.id)
    )
    _forget_who_asked(index, _moved(articles.values(), now.values()))


def _moved(before: Iterable[Article], now: Iterable[Article]) -> Mapping[str, str]:
    """Return the paths that have another permalink than before, with any of the two."""
    old = {each.path: each.permalink for each in before}
    new = {each.path: each.permalink for each in now}
    return {path: link for path, link in (old | new).items() if old.get(path) != new.get(path)}


def _forget_who_asked(index: Index, moved: Mapping[str, str]) -> None:
    asked = [(PATH, path) for path in moved]
    asked += [(NAME, name) for name in (*names_of(moved), *ends_of(moved))]
    for kind, name in asked:
        index.renderings.drop_entries(index.renderings.who_asked(kind, name))
