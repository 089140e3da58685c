"""Whom it concerns that a file changed which is no article: those that are read with it.

A data file is a sidecar, a folder's data, a file of records or nothing to anybody, by its name and
by what lies beside it. `scan` decides that for all files; here the same is decided for those that
changed and for those whose article came or went.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from feedwright.model import Problem, SourceFile
from feedwright.sources.beside import (
    around,
    folder_told,
    is_for_an_article,
    is_of_folder,
    may_hold_articles,
    names_of,
    orphan,
    owners,
    stem_of,
)
from feedwright.sources.kinds import DATA_EXTENSIONS, extension_of
from feedwright.sources.reading import ReadContext, may_cascade
from feedwright.sources.scan import Overview
from feedwright.store.index.opening import Index

_Files = dict[str, SourceFile | None]
"""By path; None for what is not there any more."""


class Seen(NamedTuple):
    """The files whose rows differ, as a scan sees them now."""

    articles: _Files
    data: _Files
    sections: _Files


class Beside(NamedTuple):
    """What to read again, and with what."""

    files: tuple[SourceFile, ...]
    """Source files that may have changed, or something that they are read with."""
    gone: frozenset[str]
    """Paths of what is no source file any more, if it was one."""
    context: ReadContext
    overview: Overview


def beside_now(
    index: Index,
    context: ReadContext,
    overview: Overview,
    seen: Seen,
    source_at: Callable[[str], SourceFile],
) -> Beside:
    """Find out who is read with what, from what it was and what differs.

    Raises ContentUnavailableError when an `_index` cannot be read.
    """
    data = _Data(index, context, seen.articles, source_at)
    looked_at = data.decide(seen.data)
    cascading = {
        path: file if file is not None and may_cascade(file, context.max_bytes) else None
        for path, file in seen.sections.items()
    }
    told = {*data.changed, *(path for path in cascading if path in context.data or cascading[path])}
    files = {**seen.articles, **data.records}
    concerned = {path for each in told for path in _readers(index, each)} - files.keys()
    if told:
        now = {**context.data, **data.changed, **cascading}
        context = context._replace(
            data={path: file for path, file in now.items() if file is not None},
            cascades=context.cascades or any(cascading.values()),
        )
    return Beside(
        (*(file for file in files.values() if file), *map(source_at, sorted(concerned))),
        frozenset(path for path, file in files.items() if file is None),
        context,
        overview._replace(problems=_problems(overview.problems, looked_at, data.orphans)),
    )


def _problems(
    before: tuple[Problem, ...], looked_at: Iterable[str], orphans: Iterable[str]
) -> tuple[Problem, ...]:
    """Return the problems of the scan with the orphans of now, in the order of paths."""
    again = set(map(orphan, looked_at))
    if not again:
        return before
    kept = (each for each in before if each not in again)
    return tuple(sorted((*kept, *map(orphan, orphans)), key=lambda each: each.path))


def _readers(index: Index, path: str) -> Iterator[str]:
    """Yield the source files of the last run that are read with a file, and perhaps others."""
    for name in owners(path):
        yield from _named(index, name)
    folder = folder_told(path)
    if folder is not None:
        yield from index.files.below(f"{folder}/" if folder else "")


def _named(index: Index, name: str) -> Iterator[str]:
    """Yield the source files of the last run that have a name (`names_of`)."""
    if index.files.digest(name) is not None:
        yield name
    yield from (path for path in index.files.below(f"{name}.") if name in names_of(path))


class _Names:
    """Source files by name, as they are now."""

    def __init__(self, index: Index, seen: _Files) -> None:
        self._index = index
        self._seen = seen
        self._found: dict[str, list[str]] = {}
        for path, file in seen.items():
            for name in names_of(path) if file is not None else ():
                self._found.setdefault(name, []).append(path)

    def have(self, name: str) -> Iterator[str]:
        """Yield the paths of those that have a name."""
        yield from self._found.get(name, ())
        yield from (path for path in _named(self._index, name) if path not in self._seen)


class _Data:
    """The data files that have to be looked at again."""

    def __init__(
        self,
        index: Index,
        context: ReadContext,
        articles: _Files,
        source_at: Callable[[str], SourceFile],
    ) -> None:
        self._index = index
        self._beside = context.data
        self._articles = articles
        self._source_at = source_at
        self.changed: _Files = {}
        """Those that articles are read with, or were, and that are not what they were."""
        self.records: _Files = {}
        """Those that are source files of their own, or were."""
        self.orphans: list[str] = []

    def decide(self, touched: _Files) -> frozenset[str]:
        """Look at what was touched, and at what came to belong to an article or no longer does.

        Returns the paths of all whose being an orphan was looked at.
        """
        # Which of them hold articles of their own depends on articles alone.
        again = self._around(self._articles) | touched.keys()
        names = _Names(self._index, self._articles)
        files = {path: self._now(path, touched) for path in again}
        for path, file in files.items():
            self._place(path, file, names, is_touched=path in touched)
        # Which are orphans depends on the others, too.
        more = self._around(self.records) - again
        files |= {path: self._now(path, touched) for path in more}
        names = _Names(self._index, self._articles | self.records)
        self.orphans += (
            path for path, file in files.items() if file and self._is_orphan(path, names)
        )
        return frozenset(files)

    def _around(self, files: _Files) -> set[str]:
        """Return where data of those files may lie that came or went."""
        return {
            each
            for path, file in files.items()
            if file is None or not self._was_source(path)
            for each in around(path)
        }

    def _now(self, path: str, touched: _Files) -> SourceFile | None:
        """Return a data file as it is now; None when there is none."""
        if path in touched:
            return touched[path]
        found = self._beside.get(path)
        return self._source_at(path) if found is None and self._was_source(path) else found

    def _place(
        self, path: str, file: SourceFile | None, names: _Names, *, is_touched: bool
    ) -> None:
        """Put a data file where a scan puts it."""
        holds = file is not None and may_hold_articles(path) and not _is_owned(path, names)
        if (holds and is_touched) or holds != self._was_source(path):
            self.records[path] = file if holds else None
        lies_beside = file if not holds or is_of_folder(path) else None
        was_beside = path in self._beside
        if (lies_beside and is_touched) or (lies_beside is not None) != was_beside:
            self.changed[path] = lies_beside

    def _is_orphan(self, path: str, names: _Names) -> bool:
        known = self._was_source(path)
        holds = self.records[path] is not None if path in self.records else known
        return not holds and is_for_an_article(path) and not any(names.have(stem_of(path)))

    def _was_source(self, path: str) -> bool:
        return self._index.files.digest(path) is not None


def _is_owned(path: str, names: _Names) -> bool:
    """Tell whether a data file belongs to an article, which is no file of records."""
    return any(extension_of(each) not in DATA_EXTENSIONS for each in names.have(stem_of(path)))
