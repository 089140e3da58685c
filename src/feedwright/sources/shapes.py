"""What every source reader takes and gives.

A reader is a function of a file's text and its place. It raises `UnreadableError` and nothing else;
`reading` makes a problem of it. Readers of other packages take and give the same: docs/dialects.md.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from feedwright.model import Problem, RawField, Severity

MARKDOWN_EXTENSIONS = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown"})
HTML_EXTENSIONS = frozenset({".html", ".htm", ".xhtml"})
RST_EXTENSIONS = frozenset({".rst", ".rest"})
LINE_EXTENSIONS = frozenset({".jsonl", ".ndjson"})
TREE_EXTENSIONS = frozenset({".json", ".yaml", ".yml"})
"""Records when they hold articles and belong to no other file."""
WRITTEN_EXTENSIONS = MARKDOWN_EXTENSIONS | HTML_EXTENSIONS | {".txt"}
"""What people write twice by mistake: `x.md.md`."""
ARTICLE_EXTENSIONS = WRITTEN_EXTENSIONS | RST_EXTENSIONS | LINE_EXTENSIONS | {".mdx", ".lr", ".xml"}


def words(text: str) -> frozenset[str]:
    """Return the words of a text: for tables that are easier to read as lines."""
    return frozenset(text.split())


class Place(NamedTuple):
    """Where a text comes from."""

    path: str
    """For problems: relative to the folder of config.yaml."""
    extension: str
    """Lower case, with its dot: `.md`."""
    names: frozenset[str] = frozenset()
    """Keys that the configuration adds (`content.fields`), casefolded."""


class Piece(NamedTuple):
    """One article of a file, before what file name and sidecar say is added."""

    fields: tuple[RawField, ...]
    body: str
    markup: str
    """`markdown`, `mdx`, `rst`, `html`, `wordpress` (HTML with shortcodes) or `text`."""
    body_line: int = 1
    late: tuple[RawField, ...] = ()
    """Fields that count less than the file name: guesses from the page's markup."""
    part: str = ""
    """Stable key of an article in a file with many; empty: the file is the article."""


class Pieces(NamedTuple):
    """What a reader makes of a file."""

    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...] = ()
    """Warnings; of a file with many articles also errors of those that are not among `pieces`."""
    left_out: str = ""
    """Why the file is no article after all, or what else it holds."""


Reader = Callable[[str, Place], Pieces]


def _always(_text: str, _place: Place) -> bool:
    return True


class Source(NamedTuple):
    """A source reader of another package, as its entry point names it."""

    extensions: frozenset[str]
    """Lower case, with their dots: `.adoc`."""
    read: Reader
    begins: Callable[[str, Place], bool] = _always
    """Whether a text is in this dialect."""


class UnreadableError(ValueError):
    """A file, or the metadata in it, cannot be read; `reading` translates it to a problem."""

    def __init__(self, name: str, line: int, what: str, cure: str, field: str = "") -> None:
        self.name = name
        self.line = line
        self.what = what
        self.cure = cure
        self.field = field
        super().__init__(f"line {line}: {what}; {cure}")

    def problem(self, path: str) -> Problem:
        """Return the error as a problem of the file at `path`."""
        return Problem(Severity.ERROR, self.name, path, self.line, self.field, self.what, self.cure)


def warning(name: str, path: str, line: int, *, field: str = "", what: str, cure: str) -> Problem:
    """Return a problem that keeps nothing out."""
    return Problem(Severity.WARNING, name, path, line, field, what, cure)


def last_of_each(
    fields: Iterable[RawField], path: str
) -> tuple[tuple[RawField, ...], tuple[Problem, ...]]:
    """Return the last field of each key, and a warning for each that stands twice."""
    kept: dict[str, RawField] = {}
    problems: list[Problem] = []
    for field in fields:
        key = field.key.casefold()
        before = kept.pop(key, None)
        if before is not None:
            what = "stands here and again further down; the last one counts"
            cure = "take one of them out"
            problems.append(
                warning("duplicate-key", path, before.line, field=before.key, what=what, cure=cure)
            )
        kept[key] = field
    return tuple(kept.values()), tuple(problems)


def markup_of(extension: str) -> str:
    """Return the markup of a body in a file with this extension."""
    if extension in HTML_EXTENSIONS:
        return "html"
    if extension in RST_EXTENSIONS:
        return "rst"
    return {".txt": "text", ".mdx": "mdx"}.get(extension, "markdown")


def body_from(text: str, start: int) -> tuple[str, int]:
    """Return the body that begins at offset `start` of `text`, and its line.

    Blank lines before it are no part of it, the indentation of its first line is.
    """
    rest = text[start:]
    stripped = rest.lstrip()
    lead = rest[: len(rest) - len(stripped)]
    begin = lead.rfind("\n") + 1
    line = text.count("\n", 0, start) + lead.count("\n") + 1
    return rest[begin:].rstrip(), line
