"""The table of template families, and how a text is told to hold any of it.

A new family is a file, a row here and a row in `applying`. It has `signs`, one of which stands in
every text it has to do with: most texts have none, and nothing of the families is needed for them.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from feedwright.normalize.remains.context import Context

_MARKDOWN = frozenset({"markdown", "mdx"})
_WRITTEN = frozenset({"markdown", "html"})
_EXPORT = frozenset({"wordpress"})


class Family(NamedTuple):
    """Markup that a generator takes for its own, and what it becomes."""

    name: str
    markups: frozenset[str]
    """Bodies it may stand in."""
    signs: tuple[str, ...]
    """Without any of these there is nothing to do. Lower case."""
    is_template: bool = False
    """Whether it is `{% %}`, which front matter may switch off."""
    in_vault: bool = False
    """Whether it is one only where the site says so."""

    def concerns(self, text: str, context: Context) -> bool:
        """Tell whether a text (in lower case) may hold any of it."""
        if context.markup not in self.markups or (self.is_template and not context.liquid):
            return False
        if self.in_vault and not context.vault:
            return False
        return any(mark in text and look(text) for mark, look in _looks(self.signs))


@cache
def _looks(signs: tuple[str, ...]) -> tuple[tuple[str, Callable[[str], object]], ...]:
    """Give a character and a pattern for each group of signs: few texts hold so much as the one."""
    groups: dict[str, list[str]] = {}
    for sign in signs:
        if not any(other in sign for other in signs if other != sign):
            rare = (each for each in sign if not each.isalnum() and each != " ")
            mark = "{" if "{" in sign else next(rare, sign[0])
            groups.setdefault(mark, []).append(re.escape(sign))
    return tuple((mark, re.compile("|".join(group)).search) for mark, group in groups.items())


FAMILIES: tuple[Family, ...] = (
    Family("WordPress export", _EXPORT, ("[",)),
    Family(
        "WordPress",
        _WRITTEN,
        (
            *("[caption", "[wp_caption", "[gallery", "[embed", "[youtube", "[vimeo", "[audio"),
            *("[video", "[code", "[sourcecode", "[playlist", "[tweet", "[soundcloud"),
            "[contact-form",
        ),
    ),
    Family("MDX", frozenset({"mdx"}), ("import ", "export ", "{", "<")),
    Family("Hugo", _WRITTEN | _MARKDOWN, ("{{<", "{{%")),
    Family("Liquid", _WRITTEN, ("{%", "{{"), is_template=True),
    Family("admonitions", _MARKDOWN, ("!!!", "???", "=== ", "===!", "===+", ":::", "[!", "::")),
    Family(
        "Pelican",
        frozenset({"markdown"}),
        ("]({filename}", "]({static}", "]({attach}", "]({tag}", "]({category}", "]({author}"),
    ),
    Family(
        "contents",
        _MARKDOWN,
        ("[toc", "[[toc", "[[_toc", "{{toc", "[tableofcontents", "[[tableofcontents"),
    ),
    Family("vault", _MARKDOWN, ("==", "^", "|"), in_vault=True),
    Family("wikilinks", _MARKDOWN, ("[[",)),
    Family(
        "attributes",
        frozenset({"markdown"}),
        ("{:", "{.", "{#", "{ ", "){", "]{", "`{", "markdown=", " markdown>"),
    ),
)
"""In the order in which they are applied: what makes text first, what styles it last."""

IN_METADATA = frozenset({"Hugo", "Liquid", "vault", "wikilinks"})
"""Families that people also write in a summary or a heading."""
