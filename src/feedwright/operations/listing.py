"""Articles as normalized, for `list`; one with where each field came from, for `show`."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from feedwright.model import Article, Candidate, Origin, Problem, Severity, State
from feedwright.survey.identify import Identified, tools
from feedwright.survey.run import Survey
from feedwright.text.dates import rfc3339
from feedwright.text.urls import encode

Record = dict[str, object]


def records(found: Identified) -> Iterator[Record]:
    """Yield every article with all canonical fields: live, waiting, held; the newest first.

    An article that an error keeps out has its path, state `held` and the reason; when it could be
    read, and only a clash keeps it out, all fields too.
    """
    everything = [*found.resolution.articles, *found.resolution.others]
    everything.sort(key=lambda each: (each.published, each.path), reverse=True)
    for article in everything:
        yield record(found, article)
    clashing = {(each.path, each.part): each for each in found.gathered.candidates}
    for (path, part), why in sorted(_held(found).items()):
        candidate = clashing.get((path, part))
        full = {} if candidate is None else record(found, _unidentified(found, candidate))
        short = {"path": path, **({"part": part} if part else {}), "state": str(State.HELD)}
        yield {**(full or short), "reason": why}


def record(found: Identified, article: Article, *, held: bool = False) -> Record:
    """Return all canonical fields of one article as JSON values."""
    candidate = article.candidate
    return {
        "path": article.path,
        **({"part": candidate.part} if candidate.part else {}),
        "state": str(State.HELD if held else article.state),
        "id": article.id,
        "permalink": article.permalink,
        "title": article.title,
        "published": _moment(_published(article)),
        "updated": _moment(_updated(article)),
        "authors": [_without_empty(person._asdict()) for person in candidate.authors],
        "categories": list(candidate.categories),
        "tags": list(candidate.tags),
        "summary": candidate.summary,
        "language": candidate.language or found.site.config.site.language,
        "image": candidate.image,
        "enclosures": [_without_empty(each._asdict()) for each in candidate.enclosures],
        "rights": candidate.rights,
        "expires": _moment(candidate.expires),
        "draft": candidate.draft,
        "slug": candidate.slug,
        "dialect": candidate.dialect,
        "extra": {key: _json(value) for key, value in candidate.extra.items()},
    }


def local_day(found: Identified, record: Record) -> str:
    """Return the day of publication in the zone of the site, as people know it; may be empty."""
    published = record.get("published")
    if not isinstance(published, str):
        return ""
    return f"{datetime.fromisoformat(published).astimezone(found.gathered.rules.zone):%Y-%m-%d}"


def name_of(found: Identified, name: str) -> str:
    """Write the path of a file, as seen from the current folder, as the site names it.

    What is no such path stays: an id, a permalink, a slug, a path within the site.
    """
    root = found.site.root.resolve()
    with suppress(OSError, ValueError):  # no path at all, such as one with a NUL
        path = Path(name).resolve()
        if path.is_file() and not (root / name).is_file() and path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return name


def find(found: Identified, name: str) -> Article | None:
    """Find an article by path (as printed or below its content folder), id, permalink or slug."""
    articles = [*found.resolution.articles, *found.resolution.others]
    wanted = {name, name.removeprefix("./"), encode(name)}
    for key in _NAMES:
        for article in articles:
            if key(article) in wanted:
                return article
    return None


_NAMES: tuple[Callable[[Article], str], ...] = (
    lambda article: article.path,
    lambda article: article.candidate.below,
    lambda article: article.id,
    lambda article: article.permalink,
    lambda article: article.candidate.slug,
)


def problems_at(found: Survey, name: str) -> tuple[Problem, ...]:
    """Return what keeps the articles of a file out, by its path as printed or below its folder."""
    name = name.removeprefix("./")
    folders = found.site.config.content.path
    wanted = {name, *(f"{folder}/{name}" for folder in folders)}
    return tuple(
        each for each in found.problems if each.path in wanted and each.severity is Severity.ERROR
    )


class Explained(NamedTuple):
    """One article with where each field came from."""

    record: Record
    origins: dict[str, str]
    feeds: tuple[str, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> Record:
        """Return it for `show --json`."""
        return {
            **self.record,
            "origins": self.origins,
            "feeds": list(self.feeds),
            "problems": [
                {**problem._asdict(), "severity": str(problem.severity)}
                for problem in self.problems
            ],
        }

    def as_text(self) -> str:
        """Return it for people, a line for each field."""
        lines = []
        for key, value in self.record.items():
            text = _text(value)
            if text or key in self.origins:
                origin = self.origins.get(key, "")
                lines.append(f"{key:<11} {text}" + (f"   ({origin})" if origin else ""))
        lines.append(f"{'feeds':<11} {', '.join(self.feeds) or 'none'}")
        lines += [f"{problem.severity:<11} {problem}" for problem in self.problems]
        return "\n".join(lines)


def explain(found: Survey, article: Article) -> Explained:
    """Collect what `show` prints of an article."""
    return Explained(
        record(found.identified, article, held=article.id in found.composition.held),
        _origins(found.identified, article),
        tuple(
            feed.name
            for feed, articles in found.composition.feeds
            if any(each.id == article.id for each in articles)
        ),
        tuple(each for each in found.problems if each.path == article.path),
    )


def _origins(found: Identified, article: Article) -> dict[str, str]:
    candidate: Candidate = article.candidate
    origins = {each.field: _origin(each) for each in candidate.origins}
    known = found.ledger.articles.get(article.id)
    origins["id"] = "ledger" if known else origins.get("id", "made from the permalink")
    if candidate.published is None:
        origins["published"] = "first sight, kept in the ledger"
    if "updated" not in origins and article.updated != article.published:
        origins["updated"] = "ledger: when its words last changed"
    if not candidate.authors:
        origins["authors"] = "none: entries show site.author"
    if not candidate.language:
        origins["language"] = "site.language"
    origins["permalink"] = (
        origins.get("permalink", "declared")
        if candidate.declared_permalink
        else "content.permalink"
    )
    return origins


def _origin(origin: Origin) -> str:
    key = f" {origin.key}" if origin.key else ""
    line = f", line {origin.line}" if origin.line else ""
    return f"{origin.origin}{key}{line}"


def _held(found: Identified) -> dict[tuple[str, str], str]:
    """Return why each article is held, by path and part."""
    articles = (*found.resolution.articles, *found.resolution.others)
    shown = {(each.path, each.candidate.part) for each in articles}
    paths = {path for path, _ in shown}
    held = {(path, ""): why for path, why in found.gathered.broken.items() if path not in paths}
    for each in found.resolution.held:
        if (each.path, each.part) not in shown:
            held[each.path, each.part] = each.reason
    return held


def _unidentified(found: Identified, candidate: Candidate) -> Article:
    """Return an article that has no id, since another has its permalink or id."""
    published = candidate.published or found.now
    updated = candidate.updated or published
    permalink = tools(found.site, found.gathered).permalink_of(candidate, published)
    return Article(candidate, "", permalink, published, updated, published, State.HELD)


def _published(article: Article) -> datetime | None:
    return article.published if article.state is State.LIVE else article.candidate.published


def _updated(article: Article) -> datetime | None:
    return article.updated if article.state is State.LIVE else article.candidate.updated


def _moment(value: datetime | None) -> str | None:
    return rfc3339(value) if value else None


def _json(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_json(each) for each in value]
    return value


def _without_empty(fields: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value not in ("", None)}


def _text(value: object) -> str:
    if value in (None, "", [], {}, False):
        return ""
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())
    return str(value)
