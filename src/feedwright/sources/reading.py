"""A source file to raw articles: its bytes, its text, its dialect, its reader; sidecar and name."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from feedwright.config.schema import Content
from feedwright.errors import ContentUnavailableError
from feedwright.model import LeftOut, Problem, RawArticle, RawField, SourceFile
from feedwright.sources import detect, names, sidecar
from feedwright.sources.decoding import decode
from feedwright.sources.scan import Scan
from feedwright.sources.shapes import Piece, Pieces, Place, UnreadableError
from feedwright.sources.table import READERS


class ReadContext(NamedTuple):
    """What reading needs besides the file. Cheap to pass between processes."""

    data: Mapping[str, SourceFile]
    """Sidecar files by path, as the scan found them."""
    names: frozenset[str]
    """Further metadata keys of `content.fields`, casefolded."""
    folders: Mapping[str, str]
    """Content folder as it begins paths, to its own name: `_posts` is one with a meaning."""
    max_bytes: int

    @classmethod
    def of(cls, _root: str, content: Content, found: Scan) -> "ReadContext":
        """Take the context from the configuration and what the scan found."""
        return cls(
            found.data,
            frozenset(name.casefold() for more in content.fields.values() for name in more),
            {path: path.rstrip("/").rpartition("/")[2] for path in content.path},
            content.max_bytes,
        )


class Loaded(NamedTuple):
    """The bytes of a source file and of its sidecars."""

    file: SourceFile
    data: bytes
    sidecars: tuple[tuple[SourceFile, bytes], ...]

    def digest(self) -> str:
        """Return a sha256 over all that the reading depends on, in hexadecimal digits."""
        digest = sha256(b"%d\n" % len(self.data) + self.data)
        for file, data in self.sidecars:
            digest.update(b"\n%s\n%d\n" % (file.path.encode(), len(data)))
            digest.update(data)
        return digest.hexdigest()


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
    place = Place(file.path, _extension(file.path), context.names)
    try:
        text = _text(loaded.data, place, context.max_bytes)
        dialect = detect.dialect(text, place)
        pieces = READERS[dialect](text, place)
    except UnreadableError as error:
        return Reading((), (error.problem(file.path),))
    if not pieces.pieces:
        left_out = (LeftOut(file.path, pieces.left_out),) if pieces.left_out else ()
        return Reading((), pieces.problems, left_out)
    beside, problems = _sidecar_fields(loaded, context)
    if beside is None:
        return Reading((), (*pieces.problems, *problems))
    articles = tuple(_articles(file, dialect, pieces, beside, context))
    return Reading(articles, (*pieces.problems, *problems))


def _text(data: bytes, place: Place, max_bytes: int) -> str:
    if len(data) > max_bytes:
        what = f"is larger than {max_bytes:,} bytes"
        cure = "make it smaller, or raise content.max_bytes"
        raise UnreadableError("too-large", 0, what, cure)
    text = decode(data, place.extension)
    if not text.strip():
        raise UnreadableError("empty", 0, "is empty", "write the article, or delete the file")
    return text


def _articles(
    file: SourceFile,
    dialect: str,
    pieces: Pieces,
    beside: tuple[RawField, ...],
    context: ReadContext,
) -> Iterator[RawArticle]:
    folder = file.path[: len(file.path) - len(file.below)].rstrip("/")
    found = names.facts(file.below, context.folders.get(folder, folder.rpartition("/")[2]))
    named = names.fields_of(found)
    if dialect == "pelican" and found.folder and not found.categories:
        named = (*named, RawField("category", found.folder, 0, "folder"))
    # In doubt nothing is published: what lies among drafts is one, whatever it says itself.
    first = (RawField("draft", True, 0, "folder"),) if found.draft else ()  # noqa: FBT003  a value
    for piece in pieces.pieces:
        fields = (*first, *piece.fields, *beside, *named, *piece.late)
        yield _article(file, dialect, piece, fields)


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


# ---------------------------------------------------------------- sidecars


def _beside(file: SourceFile, context: ReadContext) -> Iterator[SourceFile]:
    if context.data:
        stem = _without_extension(file.path)
        for name in (stem, file.path):
            for suffix in sidecar.SUFFIXES:
                found = context.data.get(name + suffix)
                if found is not None:
                    yield found


def _sidecar_fields(
    loaded: Loaded, context: ReadContext
) -> tuple[tuple[RawField, ...] | None, tuple[Problem, ...]]:
    """Return the fields of all sidecars; None when one cannot be read, which holds the article."""
    fields: list[RawField] = []
    problems: list[Problem] = []
    broken = False
    for file, data in loaded.sidecars:
        name = file.path.rpartition("/")[2]
        place = Place(file.path, _extension(file.path), context.names)
        try:
            if len(data) > context.max_bytes:
                raise UnreadableError("too-large", 0, "is too large", "make it smaller")
            found, warnings = sidecar.read(data, name, place)
        except UnreadableError as error:
            problems.append(sidecar.problem_of(error, name, loaded.file.path))
            broken = True
        else:
            fields += found
            problems += warnings
    return None if broken else tuple(fields), tuple(problems)


# ---------------------------------------------------------------- bytes


def _bytes(file: SourceFile, max_bytes: int) -> bytes | None:
    try:
        with open(file.absolute, "rb") as opened:
            return opened.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        message = f"{file.path}: cannot be read ({error.strerror}); nothing was changed"
        raise ContentUnavailableError(message) from error


def _extension(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    return f".{extension.casefold()}" if dot and stem else ""


def _without_extension(path: str) -> str:
    return path[: len(path) - len(_extension(path))]
