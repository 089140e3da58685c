"""content/ -> sources -> normalize: every article of the site as a candidate.

Bodies are not kept: a candidate is small, and the few articles that stand in a feed are read
again (or taken from a bounded memory of what was just read).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedwright.model import Candidate, LeftOut, Problem, RawArticle, Severity, SourceFile
from feedwright.normalize.article import normalize
from feedwright.normalize.rules import Rules, rules_of
from feedwright.packing import Packed, pack_candidate, unpack_candidate
from feedwright.site import Site
from feedwright.sources.glance import source_file
from feedwright.sources.pages import section_of
from feedwright.sources.reading import Loaded, ReadContext, interpret, load, read
from feedwright.sources.scan import Overview, scan
from feedwright.store.index.files import FileRow
from feedwright.store.index.opening import Index
from feedwright.survey.changed import Changed

_KEEP_BODIES = 48_000_000
"""Characters of raw articles that are kept from reading to rendering."""
_KEEP_FILES = 100_000_000
"""Characters of files with many articles, such as exports, that are kept from one to the next."""
_WORTH_PROCESSES = 2_000
"""From so many files on, starting processes costs less than it saves."""
_WORTH_TWO = 20_000
"""The same of two, for which one also has to take over what both found: at 10,000 files they took
a fifth more CPU, and the same time."""
_PIECE = 250
"""Files that a process reads at a time."""


class Gathered(NamedTuple):
    """What lies in the content folders; of a run that reads only what changed, that."""

    candidates: tuple[Candidate, ...]
    broken: Mapping[str, str]
    """Path of each file of the site that an error keeps out, and why."""
    problems: tuple[Problem, ...]
    """Of the whole site."""
    left_out: tuple[LeftOut, ...]
    rules: Rules
    library: "Library"
    files: tuple[FileRow, ...]
    """Those that were read."""
    context: ReadContext
    overview: Overview
    """What the folders say as a whole."""
    dialects: frozenset[str]
    """Of all that was read, now and earlier."""


class Library:
    """Raw articles by path and part: kept while there is room, else read again.

    A file with many articles is not read anew for each of them: those used last are kept whole.
    """

    def __init__(
        self, context: ReadContext, source_of: Callable[[Candidate], SourceFile | None]
    ) -> None:
        """Take what finds the file of a candidate."""
        self._context = context
        self._source_of = source_of
        self._kept: dict[tuple[str, str], RawArticle] = {}
        self._whole: dict[str, _Whole] = {}
        """By path, the file used last at the end."""
        self._room = _KEEP_BODIES

    def keep(self, articles: Iterable[RawArticle]) -> None:
        """Remember articles while there is room."""
        for article in articles:
            self._room -= len(article.body) + 500
            if self._room > 0:
                self._kept[article.path, article.part] = article

    def raw(self, candidate: Candidate) -> RawArticle | None:
        """Return the raw article of a candidate; None when its file vanished meanwhile."""
        found = self._kept.get((candidate.path, candidate.part))
        if found is not None:
            return found
        whole = self._whole.pop(candidate.path, None)
        if whole is None:
            source = self._source_of(candidate)
            articles = read(source, self._context).articles if source else ()
            if len(articles) == 1 and articles[0].part == candidate.part:
                return articles[0]
            whole = _Whole.of(articles)
        self._whole[candidate.path] = whole
        while len(self._whole) > 1 and self._size() > _KEEP_FILES:
            del self._whole[next(iter(self._whole))]
        return whole.articles.get(candidate.part)

    def _size(self) -> int:
        return sum(whole.size for whole in self._whole.values())


class _Whole(NamedTuple):
    """All articles of one file."""

    size: int
    articles: Mapping[str, RawArticle]
    """By part."""

    @classmethod
    def of(cls, articles: Sequence[RawArticle]) -> "_Whole":
        size = sum(len(article.body) + 500 for article in articles)
        return cls(size, {article.part: article for article in reversed(articles)})


def gather(site: Site, jobs: int = 0) -> Gathered:
    """Scan, read and normalize all content, with `jobs` processes (0: one for each core).

    Raises ContentUnavailableError when a folder is missing, or anything below cannot be read for
    other reasons than absence.
    """
    content = site.config.content
    found = scan(str(site.root), content)
    context = ReadContext.of(str(site.root), content, found)
    rules = rules_of(site.config, site.people, site.tags)
    files = {file.path: file for file in found.files}
    library = Library(context, lambda candidate: files.get(candidate.path))
    jobs = jobs or len(os.sched_getaffinity(0))
    many = jobs > 1 and len(found.files) >= (_WORTH_PROCESSES if jobs > 2 else _WORTH_TWO)
    shelves = (
        _shelves_by_processes(found.files, context, rules, jobs)
        if many
        else (_shelve(found.files, context, rules, library),)
    )
    shelf = _Shelf([], [], [], set())
    for each in shelves:
        shelf.candidates.extend(each.candidates)
        shelf.files.extend(each.files)
        shelf.left_out.extend(each.left_out)
        shelf.dialects.update(each.dialects)
    return _gathered(
        site,
        shelf,
        [problem for row in shelf.files for problem in row.problems],
        found.overview,
        found.left_out,
        library,
        rules,
        context,
    )


def gather_changed(site: Site, index: Index, changed: Changed) -> Gathered:
    """Read and normalize what changed; the index has the rest, and learns what was read."""
    rules = rules_of(site.config, site.people, site.tags)
    library = Library(changed.context, lambda candidate: source_file(str(site.root), candidate))
    shelf = _Shelf([], [], [], set(changed.dialects))
    for loaded in changed.files:
        _take(loaded, changed.context, rules, library, shelf)
    index.files.drop((*changed.vanished, *(row.path for row in shelf.files)))
    index.files.put(shelf.files)
    problems = index.files.problems()
    return _gathered(site, shelf, problems, changed.overview, (), library, rules, changed.context)


def _gathered(
    site: Site,
    shelf: "_Shelf",
    of_files: Iterable[Problem],
    overview: Overview,
    left_out: tuple[LeftOut, ...],
    library: Library,
    rules: Rules,
    context: ReadContext,
) -> Gathered:
    problems = (
        *site.warnings,
        *site.people_problems,
        *site.tags_problems,
        *overview.problems,
        *of_files,
    )
    broken = {
        each.path: each.what for each in reversed(problems) if each.severity is Severity.ERROR
    }
    return Gathered(
        tuple(shelf.candidates),
        broken,
        problems,
        (*left_out, *shelf.left_out),
        rules,
        library,
        tuple(shelf.files),
        context,
        overview,
        frozenset(shelf.dialects),
    )


class _Shelf(NamedTuple):
    """What some source files hold."""

    candidates: list[Candidate]
    files: list[FileRow]
    left_out: list[LeftOut]
    dialects: set[str]


def _shelve(
    files: Sequence[SourceFile], context: ReadContext, rules: Rules, library: Library | None
) -> _Shelf:
    shelf = _Shelf([], [], [], set())
    for file in files:
        loaded = load(file, context)
        if loaded is not None:
            _take(loaded, context, rules, library, shelf)
    return shelf


def _take(
    loaded: Loaded, context: ReadContext, rules: Rules, library: Library | None, shelf: _Shelf
) -> None:
    """Read and normalize one file."""
    reading = interpret(loaded, context)
    problems = list(reading.problems)
    shelf.left_out.extend(reading.left_out)
    if library is not None:
        library.keep(reading.articles)
    people: set[str] = set()
    for article in reading.articles:
        shelf.dialects.add(article.dialect)
        normalized = normalize(article, rules)
        problems.extend(_named(problem, article) for problem in normalized.problems)
        people |= normalized.people
        if normalized.candidate is not None:
            shelf.candidates.append(normalized.candidate)
    path = loaded.file.path
    shelf.files.append(
        FileRow(path, loaded.digest(), section_of(path), tuple(problems), tuple(people))
    )


def _named(problem: Problem, article: RawArticle) -> Problem:
    """Let the problem of one of many articles in a file say of which."""
    if not article.part:
        return problem
    field = f"{article.part}: {problem.field}" if problem.field else article.part
    return problem._replace(field=field)


# ---------------------------------------------------------------- with several processes

_inherited: tuple[ReadContext, Rules] | None = None
"""What a forked process has from its parent; set in children only."""


def _shelves_by_processes(
    files: Sequence[SourceFile], context: ReadContext, rules: Rules, jobs: int
) -> Iterator[_Shelf]:
    """Read in forked processes; shelves come in the order of the files."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only for much content
    from multiprocessing import get_context  # noqa: PLC0415 - heavy

    pieces = [files[start : start + _PIECE] for start in range(0, len(files), _PIECE)]
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("fork"), initializer=_inherit, initargs=(context, rules)
    ) as pool:
        for candidates, rows, left_out, dialects in pool.map(_shelve_piece, pieces):
            yield _Shelf(
                [unpack_candidate(each) for each in candidates],
                [FileRow(*row) for row in rows],
                left_out,
                dialects,
            )


def _inherit(context: ReadContext, rules: Rules) -> None:
    global _inherited  # noqa: PLW0603 - the child's one way to what it inherits
    _inherited = (context, rules)


def _shelve_piece(
    files: Sequence[SourceFile],
) -> tuple[list[Packed], list[Packed], list[LeftOut], set[str]]:
    assert _inherited is not None
    shelf = _shelve(files, *_inherited, None)
    candidates = [pack_candidate(each) for each in shelf.candidates]
    return candidates, [tuple(row) for row in shelf.files], shelf.left_out, shelf.dialects
