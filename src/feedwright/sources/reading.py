"""A source file to raw articles: its bytes, its text, its dialect, its reader; what lies beside."""

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from feedwright.config.schema import Content
from feedwright.errors import ContentUnavailableError
from feedwright.model import LeftOut, Problem, RawArticle, RawField, SourceFile
from feedwright.sources import cascade, detect, directorydata, names, others, pages, sidecar
from feedwright.sources.decoding import decode
from feedwright.sources.kinds import extension_of, without_extension
from feedwright.sources.scan import Scan
from feedwright.sources.shapes import Piece, Pieces, Place, UnreadableError
from feedwright.sources.table import reader_of


class ReadContext(NamedTuple):
    """What reading needs besides the file. Cheap to pass between processes."""

    data: Mapping[str, SourceFile]
    """Sidecar files by path, as the scan found them, and sections that say something for others."""
    names: frozenset[str]
    """Further metadata keys of `content.fields`, casefolded."""
    folders: Mapping[str, str]
    """Content folder as it begins paths, to its own name: `_posts` is one with a meaning."""
    max_bytes: int
    layout: pages.Layout = pages.NOTHING
    """What the content folders as a whole tell of single files."""
    cascades: bool = False
    """Some section says something for others."""
    locales: Mapping[str, str] = {}
    """Language of the articles in a content folder, where its own path tells it."""

    @classmethod
    def of(cls, _root: str, content: Content, found: Scan) -> "ReadContext":
        """Take the context from the configuration and what the scan found."""
        cascading = dict(_cascading(found.sections, content.max_bytes))
        return cls(
            {**found.data, **cascading},
            frozenset(name.casefold() for more in content.fields.values() for name in more),
            {path: path.rstrip("/").rpartition("/")[2] for path in content.path},
            content.max_bytes,
            pages.layout_of(
                found.files,
                (each.path for each in found.left_out),
                content.path,
                content.fields.get("published", ()),
            ),
            bool(cascading),
            names.locales(content.path),
        )


def _cascading(
    sections: Mapping[str, SourceFile], max_bytes: int
) -> Iterator[tuple[str, SourceFile]]:
    """Give the sections that may say something for their articles: most do not."""
    for path, file in sections.items():
        if may_cascade(file, max_bytes):
            yield path, file


def may_cascade(section: SourceFile, max_bytes: int) -> bool:
    """Tell whether an `_index` may say something for others. Raises ContentUnavailableError."""
    data = _bytes(section, max_bytes)
    return data is not None and cascade.may_cascade(data)


class Loaded(NamedTuple):
    """The bytes of a source file and of its sidecars."""

    file: SourceFile
    data: bytes
    sidecars: tuple[tuple[SourceFile, bytes], ...]
    """With the data of its folders behind them."""

    def digest(self) -> bytes:
        """Return a sha256 over all that the reading depends on."""
        digest = sha256(b"%d\n" % len(self.data) + self.data)
        for file, data in self.sidecars:
            digest.update(b"\n%s\n%d\n" % (file.path.encode(), len(data)))
            digest.update(data)
        return digest.digest()


class Reading(NamedTuple):
    """What a source file holds."""

    articles: tuple[RawArticle, ...]
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    vanished: bool = False
    """It was deleted after the scan."""


def read(file: SourceFile, context: ReadContext) -> Reading:
    """Read a source file: articles or problems, whatever it holds.

    Raises ContentUnavailableError when it is there and cannot be read (EACCES, EIO, ESTALE).
    """
    loaded = load(file, context)
    return Reading((), vanished=True) if loaded is None else interpret(loaded, context)


def load(file: SourceFile, context: ReadContext) -> Loaded | None:
    """Return the bytes of a file and its sidecars, at most `max_bytes` + 1 of each; None: gone.

    Raises ContentUnavailableError.
    """
    data = _bytes(file, context.max_bytes)
    if data is None:
        return None
    found = ((beside, _bytes(beside, context.max_bytes)) for beside in _beside(file, context))
    return Loaded(file, data, tuple((each, bytes_) for each, bytes_ in found if bytes_ is not None))


def interpret(loaded: Loaded, context: ReadContext) -> Reading:
    """Make raw articles of bytes. Pure: any bytes give articles or problems."""
    file = loaded.file
    place = Place(file.path, extension_of(file.path.rpartition("/")[2]), context.names)
    text = ""
    try:
        text = _text(loaded.data, place, context.max_bytes)
        dialect, pieces = _pieces(text, place)
    except UnreadableError as error:
        if pages.is_template(text):
            return Reading((), (), (LeftOut(file.path, "is a template for new articles"),))
        return Reading((), (error.problem(file.path),))
    left_out = (LeftOut(file.path, pieces.left_out),) if pieces.left_out else ()
    if not pieces.pieces:
        return Reading((), pieces.problems, left_out)
    beside, problems = _beside_fields(loaded, context)
    if beside is None:
        return Reading((), (*pieces.problems, *problems))
    articles = tuple(_articles(file, dialect, pieces, beside, context))
    if len(articles) == 1 and not articles[0].part:
        why = pages.no_article(file, articles[0].fields, articles[0].body, context.layout)
        if why:
            return Reading((), (), (LeftOut(file.path, why),))
    return Reading(articles, (*pieces.problems, *problems), left_out)


def _pieces(text: str, place: Place) -> tuple[str, Pieces]:
    """Return the dialect of a text and what its reader makes of it."""
    dialect = detect.dialect(text, place)
    if not dialect:
        return dialect, Pieces((), (), f"no source reader reads {place.extension}")
    pieces = reader_of(dialect)(text, place)
    if not pieces.pieces and dialect in _DATA_DIALECTS:
        other = others.dialect(text, place)
        if other:
            return other, reader_of(other)(text, place)
    return dialect, pieces


_DATA_DIALECTS = frozenset({"xml", "records"})
"""Other packages may know more of such files than we do."""


def _text(data: bytes, place: Place, max_bytes: int) -> str:
    if len(data) > max_bytes:
        what = f"is larger than {max_bytes:,} bytes"
        cure = "make it smaller, or raise content.max_bytes"
        raise UnreadableError("too-large", 0, what, cure)
    text = decode(data, place.extension)
    if not text.strip():
        raise UnreadableError("empty", 0, "is empty", "write the article, or delete the file")
    return text


class _Beside(NamedTuple):
    """What other files say of an article."""

    fields: tuple[RawField, ...]
    """Of its sidecars."""
    of_folders: tuple[RawField, ...]
    """Of its folders' data, which count less than anything else."""


def _articles(
    file: SourceFile, dialect: str, pieces: Pieces, beside: _Beside, context: ReadContext
) -> Iterator[RawArticle]:
    folder = file.path[: len(file.path) - len(file.below)].rstrip("/")
    found = names.facts(file.below, context.folders.get(folder, folder.rpartition("/")[2]))
    if context.locales and not found.language and folder in context.locales:
        found = found._replace(language=context.locales[folder], language_origin="folder")
    if pages.has_plain_posts(file, context.layout):
        found = names.facts(file.below.replace("_posts", "posts"), "")
        dialect = "hugo" if dialect == "markdown" else dialect
    named = names.fields_of(found)
    if dialect in _BY_FOLDER and found.folder and not found.categories:
        named = (*named, RawField("category", found.folder, 0, "folder"))
    # In doubt nothing is published: what lies among drafts is one, whatever it says itself.
    first = (RawField("draft", True, 0, "folder"),) if found.draft else ()  # noqa: FBT003  a value
    # Of many articles in one file none has its name or its date.
    of_all = tuple(field for field in named if field.key not in {"slug", "date"})
    for piece in pieces.pieces:
        by_name = of_all if piece.part else named
        fields = (
            *first,
            *piece.fields,
            *beside.fields,
            *by_name,
            *piece.late,
            *beside.of_folders,
        )
        yield _article(file, dialect, piece, fields)


_BY_FOLDER = frozenset({"pelican", "rst"})
"""Dialects in which the folder is the category."""


def _article(
    file: SourceFile, dialect: str, piece: Piece, fields: tuple[RawField, ...]
) -> RawArticle:
    return RawArticle(
        file.path,
        file.below,
        piece.part,
        dialect,
        fields,
        piece.body,
        piece.markup,
        piece.body_line,
    )


# ---------------------------------------------------------------- what lies beside


def _beside(file: SourceFile, context: ReadContext) -> Iterator[SourceFile]:
    """Give the sidecars of a file, then the data of its folders from the inside out."""
    if context.data:
        stem = without_extension(file.path)
        paths = [name + suffix for name in (stem, file.path) for suffix in sidecar.SUFFIXES]
        paths += directorydata.paths(file)
        paths += cascade.paths(file) if context.cascades else ()
        for path in dict.fromkeys(paths):
            found = context.data.get(path)
            if found is not None and path != file.path:
                yield found


def _beside_fields(
    loaded: Loaded, context: ReadContext
) -> tuple[_Beside | None, tuple[Problem, ...]]:
    """Return the fields of all sidecars; None when one cannot be read, which holds the article."""
    fields: list[RawField] = []
    of_folders: list[RawField] = []
    problems: list[Problem] = []
    broken = False
    for file, data in loaded.sidecars:
        name = file.path.rpartition("/")[2]
        place = Place(file.path, extension_of(name), context.names)
        try:
            if len(data) > context.max_bytes:
                raise UnreadableError("too-large", 0, "is too large", "make it smaller")
            if cascade.is_section(name):
                of_folders += cascade.read(data, place, loaded.file)
                continue
            if directorydata.is_of(file.path, loaded.file):
                of_folders += directorydata.read(data, place)
                continue
            found, warnings = sidecar.read(data, name, place)
        except UnreadableError as error:
            problems.append(sidecar.problem_of(error, name, loaded.file.path))
            broken = True
        else:
            fields += found
            problems += warnings
    both = None if broken else _Beside(tuple(fields), tuple(of_folders))
    return both, tuple(problems)


# ---------------------------------------------------------------- bytes


def _bytes(file: SourceFile, max_bytes: int) -> bytes | None:
    try:
        descriptor = os.open(file.absolute, os.O_RDONLY)  # half of what a file object costs
        try:
            return _all_of(descriptor, file.size + 1, max_bytes + 1)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ContentUnavailableError(
            f"{file.path}: cannot be read ({error.strerror}); nothing was changed; "
            "mend its permissions or its disk, or name it in content.exclude"
        ) from error


def _all_of(descriptor: int, expected: int, most: int) -> bytes:
    """Read to the end of a file, at most `most` bytes."""
    data = b""
    while piece := os.read(descriptor, min(expected, most - len(data))):
        data = data + piece if data else piece
        expected = max(expected, 65_536)
    return data
