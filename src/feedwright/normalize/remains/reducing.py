"""Template remains -> what a reader should see: whether a text has any. Most have none."""

import re
from collections.abc import Sequence

from feedwright.normalize.remains.context import Context, Reduced
from feedwright.normalize.remains.families import FAMILIES, IN_METADATA, Family
from feedwright.text.patterns import lazy

_MARKUPS = frozenset({"markdown", "mdx", "html", "wordpress"})
_MATHEMATICS = lazy(r"\$\$|\$\S[^$\n]*[\\_^={][^$\n]*\$|\\\\[(\[]")
_IMPORTS = lazy(r"^import[ \t{'\"]", re.MULTILINE)


def reduced(source: str, context: Context) -> Reduced:
    """Give a body as readers should see it; code that shows templates stays as it is.

    Markup stays markup: Markdown gives Markdown. A text without any template is given back as it
    is. Linear in the length of the source.
    """
    if context.markup not in _MARKUPS:
        return Reduced(source)
    if context.markup == "markdown" and "import" in source and _IMPORTS.search(source):
        from feedwright.normalize.remains.applying import is_mdx  # noqa: PLC0415 - few texts do

        context = context._replace(markup="mdx") if is_mdx(source, context) else context
    lowered = source.lower()
    families = [family for family in FAMILIES if family.concerns(lowered, context)]
    if not families and (context.is_html or not _has_mathematics(source)):
        return Reduced(source)
    return _by(families, source, context)


def _has_mathematics(source: str) -> bool:
    marked = "$" in source or "\\\\" in source
    return marked and bool(_MATHEMATICS.search(source))


def reduced_line(text: str, context: Context) -> str:
    """Do the same with a line of metadata, where only shortcodes and tags are remains."""
    lowered = text.lower()
    families = [
        family
        for family in FAMILIES
        if family.name in IN_METADATA and family.concerns(lowered, context)
    ]
    return " ".join(_by(families, text, context).text.split()) if families else text


def _by(families: Sequence[Family], source: str, context: Context) -> Reduced:
    from feedwright.normalize.remains.applying import reduce_by  # noqa: PLC0415 - few texts need it

    return reduce_by(families, source, context)
