"""content/ -> sources -> normalize: every article of the site as a candidate.

Bodies are not kept: a candidate is small, and the few articles that stand in a feed are read
again (or taken from a bounded memory of what was just read).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from feedwright.model import (
    Candidate,
    LeftOut,
    Normalized,
    Problem,
    RawArticle,
    Severity,
    SourceFile,
)
from feedwright.normalize.article import normalize
from feedwright.normalize.rules import Rules, rules_of
from feedwright.site import Site
from feedwright.sources.reading import ReadContext, read
from feedwright.sources.scan import scan

_KEEP_BODIES = 48_000_000
"""Characters of raw articles that are kept from reading to rendering."""


class Gathered(NamedTuple):
    """What lies in the content folders."""

    candidates: tuple[Candidate, ...]
    broken: Mapping[str, str]
    """Path of each file that an error keeps out, and why."""
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    rules: Rules
    library: "Library"


class Library:
    """Raw articles by path and part: kept while there is room, else read again."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context
        self._files: dict[str, SourceFile] = {}
        self._kept: dict[tuple[str, str], RawArticle] = {}
        self._room = _KEEP_BODIES

    def add(self, file: SourceFile, articles: Sequence[RawArticle]) -> None:
        """Remember where articles came from, and themselves while there is room."""
        self._files[file.path] = file
        for article in articles:
            self._room -= len(article.body) + 500
            if self._room > 0:
                self._kept[article.path, article.part] = article

    def raw(self, candidate: Candidate) -> RawArticle | None:
        """Return the raw article of a candidate; None when its file vanished meanwhile."""
        found = self._kept.get((candidate.path, candidate.part))
        if found is not None:
            return found
        for article in read(self._files[candidate.path], self._context).articles:
            if article.part == candidate.part:
                return article
        return None


def gather(site: Site) -> Gathered:
    """Scan, read and normalize all content.

    Raises ContentUnavailableError when a folder is missing, or anything below cannot be read for
    other reasons than absence.
    """
    content = site.config.content
    found = scan(str(site.root), content)
    context = ReadContext.of(str(site.root), content, found)
    rules = rules_of(site.config, site.people)
    library = Library(context)
    candidates: list[Candidate] = []
    broken: dict[str, str] = {}
    problems = [*site.warnings, *site.people_problems, *found.problems]
    left_out = [*found.left_out]
    for problem in found.problems:
        _note(problem, broken)
    for file in found.files:
        reading = read(file, context)
        problems += reading.problems
        left_out += reading.left_out
        for problem in reading.problems:
            _note(problem, broken)
        library.add(file, reading.articles)
        for normalized in _normalized(reading.articles, rules):
            problems += normalized.problems
            if normalized.candidate is not None:
                candidates.append(normalized.candidate)
            else:
                for problem in normalized.problems:
                    _note(problem, broken)
    return Gathered(tuple(candidates), broken, tuple(problems), tuple(left_out), rules, library)


def _normalized(articles: Sequence[RawArticle], rules: Rules) -> Iterator[Normalized]:
    return (normalize(article, rules) for article in articles)


def _note(problem: Problem, broken: dict[str, str]) -> None:
    if problem.severity is Severity.ERROR:
        broken.setdefault(problem.path, problem.what)
