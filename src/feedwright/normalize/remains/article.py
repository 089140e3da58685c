"""From a raw article to what the reduction of its template remains goes by, and what it tells."""

from collections.abc import Iterator, Mapping, Sequence

from feedwright.model import Problem, RawArticle, RawField, RawValue, Severity
from feedwright.normalize.remains.context import Context, Removed
from feedwright.normalize.remains.reducing import reduced_line
from feedwright.normalize.values import flag, squash, text_of
from feedwright.text.patterns import lazy

_FINISHED = frozenset({"html", "ghost", "text", "xml"})
"""Dialects of bodies that no generator will read any more."""
_SWITCHES = {"renderwithliquid": False, "disablenunjucks": True}
"""Key -> the value that switches templates off: Jekyll, Hexo."""
_ENGINE = "templateengineoverride"
"""Eleventy: `md`, or false."""
_TABLES = frozenset({"params", "extra"})
_PLACES = lazy(r"(?:^|/)_(?!index)[a-z]\w*/")
"""A folder of Jekyll's: `_posts`, a collection."""
_DATED = lazy(r"\d{4}-\d\d?-\d\d?-[^/]*$")
_POSTS = lazy(r"(?:^|/)_(?:posts|drafts)/")
_TEMPLATES = (".njk", ".liquid", ".hbs", ".webc")
_MOST_NAMED = 4
_NOTES = frozenset({"markdown", "mdx"})
IN_NOTES = lazy(r"\[\[|==| \^")
"""What notes of Obsidian may have within a line, besides comments."""


def context_of(raw: RawArticle) -> Context:
    """Give what the article itself says about its templates."""
    values = dict(_values(raw.fields))
    off = any(flag(values.get(key)) is value for key, value in _SWITCHES.items())
    layout = values.get("layout", "")
    place = raw.path or raw.below
    is_placed = "_" in place and bool(_PLACES.search(place))
    is_jekyll = is_placed and bool(_DATED.search(place) or not _POSTS.search(place))
    return Context(
        markup="" if raw.dialect in _FINISHED else raw.markup,
        below=raw.below,
        liquid=not off and values.get(_ENGINE, "").lower() not in {"md", "html", "false"},
        is_template=is_placed or layout.endswith(_TEMPLATES),
        raw_first=is_jekyll or layout.endswith(_TEMPLATES),
        variables={key: value for key, value in values.items() if value},
    )


def line_of(text: str, raw: RawArticle, *, vault: bool = False) -> str:
    """Give a summary or a heading without what templates and notes left in it, on one line."""
    if "{{" not in text and "{%" not in text and not (vault and IN_NOTES.search(text)):
        return text
    return reduced_line(text, context_of(raw)._replace(markup="markdown", vault=vault))


def without_comments(raw: RawArticle) -> tuple[RawArticle, int]:
    """Take the private comments out of a note, and give the line of one that is never closed.

    The line is 0 when there is none. The other lines stay where they are.
    """
    if "%%" not in raw.body or raw.markup not in _NOTES or raw.dialect in _FINISHED:
        return raw, 0
    from feedwright.normalize.remains import comments  # noqa: PLC0415 - few notes have any

    body, line = comments.without(raw.body)
    return raw._replace(body=body), raw.body_line + line - 1 if line else 0


def _values(fields: Sequence[RawField]) -> Iterator[tuple[str, str]]:
    """Give the values that are text by squashed key; of two the first counts, so it comes last."""
    for field in reversed(fields):
        if isinstance(field.value, dict) and squash(field.key) in _TABLES:
            yield from _texts(field.value)
    for field in reversed(fields):
        text = text_of(field.value)
        if text is not None:
            yield squash(field.key), text


def _texts(mapping: Mapping[str, RawValue]) -> Iterator[tuple[str, str]]:
    for key, value in mapping.items():
        text = text_of(value)
        if text is not None:
            yield squash(key), text


def removal(removed: Sequence[tuple[Removed, int]], path: str, first: int) -> Iterator[Problem]:
    """Give the one problem that names what was taken out. `first` is the line of the body."""
    if not removed:
        return
    named = [_named(each.name, line, first) for each, line in removed[:_MOST_NAMED]]
    if len(removed) > _MOST_NAMED:
        named.append(f"{len(removed) - _MOST_NAMED} more")
    what = ", ".join(named[:-1]) + " and " + named[-1] if len(named) > 1 else named[0]
    line = next((line for _, line in removed if line), 1)
    yield Problem(
        Severity.WARNING,
        "template-removed",
        path,
        first + line - 1,
        "",
        f"left out what only the site's generator could fill in: {what}",
        "write what it says as Markdown or HTML",
    )


def _named(name: str, line: int, first: int) -> str:
    return f"{name} (line {first + line - 1})" if line else name
