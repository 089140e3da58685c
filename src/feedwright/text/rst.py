"""reStructuredText to HTML, by docutils, which is imported when there is some to render.

What a text cannot do here: read or fetch files, run anything, ask for the time. HTML in it is
passed on, as Markdown's is: whoever shows it sanitizes it. What docutils does not know (directives
of generators, roles of other tools) is reduced to its text, and complaints never stand in the
output.
"""

import re

from feedwright.text.paragraphs import to_html as paragraphs
from feedwright.text.patterns import lazy

_MAX_LENGTH = 200_000
"""Characters: docutils takes a second for so many."""
_MAX_INDENT = 60
"""Columns: each level costs docutils a dozen nested calls."""
_DEEP = lazy(rf"^ {{{_MAX_INDENT},}}(?:[-*+•>|]|\w{{1,9}}[.)]|\(|\.\.|:)", re.MULTILINE)
_MARKS_IN_A_ROW = lazy(r"(?:(?:[-*+•]|#\.|\w\.)[ \t]){20}")
_BETWEEN = lazy(r"\n(?=[ \t]*(?:$|[-*+•|:=]|\.\.|\w{1,3}[.)]))", re.MULTILINE)
_MARKS = lazy(r"[*`|]|\w_(?!\w)")
_MOST_WORK = 20_000_000
"""Marks of a paragraph times its characters: docutils looks from each mark to the end."""
_MOST_TARGETS = 1_000
_MOST_BLOCKS = 10_000
_LOST = lazy(
    r"^[ \t]*(\.\.[ \t]+(?:include|literalinclude|listing|post-list|mermaid|graphviz|digraph|graph|"
    r"plantuml|uml|chart|vega|plot|automodule|autoclass)::)",
    re.MULTILINE,
)
_SHORTCODE = lazy(r"^\{\{%[^{}\n]{1,500}%\}\}[ \t]*$", re.MULTILINE)
"""Nikola's, where one stands alone."""
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What faults of docutils on odd input raise; its own errors do not leave it as it is set."""


def to_html(source: str) -> str:
    """Render reStructuredText. What docutils cannot bear is shown as paragraphs of text."""
    if _is_unbearable(source):
        return paragraphs(source)
    from feedwright.text.rstdocutils import render  # noqa: PLC0415 - few sites have any

    try:
        return render(_SHORTCODE.sub("", source))
    except _FAULTS:
        return paragraphs(source)


def lost(source: str) -> tuple[tuple[str, int], ...]:
    """Give directives that say something which cannot be shown, each with its line, from 1."""
    return tuple(
        (found[1], source.count("\n", 0, found.start()) + 1) for found in _LOST.finditer(source)
    )


def _is_unbearable(source: str) -> bool:
    if len(source) > _MAX_LENGTH or source.count(".. _") > _MOST_TARGETS:
        return True
    if _DEEP.search(source) or _MARKS_IN_A_ROW.search(source):
        return True
    blocks = _BETWEEN.split(source)
    return len(blocks) > _MOST_BLOCKS or any(_is_tangled(block) for block in blocks)


def _is_tangled(block: str) -> bool:
    if len(block) < 2_000:
        return False
    marks = sum(1 for _ in _MARKS.finditer(block))
    return marks * len(block) > _MOST_WORK
