"""The table of template families: a new one is a file beside this and a row here.

Each family has the same shape: `SIGNS`, one of which stands in every text it has to do with, and
`reduce`, which gives the text as readers should see it. A family works on shielded text: code and
mathematics have no punctuation there (`text.shielding`), so nothing in them looks like markup.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from feedwright.normalize.remains import (
    admonitions,
    attributes,
    contents,
    hugo,
    liquid,
    mdx,
    pelican,
    wordpress,
)
from feedwright.normalize.remains.context import Context, Notes
from feedwright.text.spans import RawBlock

Reduce = Callable[[str, Context, Notes], str]

_MARKDOWN = frozenset({"markdown", "mdx"})
_WRITTEN = frozenset({"markdown", "html"})
_EXPORT = frozenset({"wordpress"})


class Family(NamedTuple):
    """Markup that a generator takes for its own, and what it becomes."""

    name: str
    reduce: Reduce
    markups: frozenset[str]
    """Bodies it may stand in."""
    signs: tuple[str, ...]
    """Without any of these there is nothing to do. Lower case."""
    raw: tuple[RawBlock, ...] = ()
    """Pairs with raw text between them."""
    is_template: bool = False
    """Whether it is `{% %}`, which front matter may switch off."""

    def concerns(self, text: str, context: Context) -> bool:
        """Tell whether a text (in lower case) may hold any of it."""
        if context.markup not in self.markups or (self.is_template and not context.liquid):
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
    Family(
        "WordPress export", wordpress.reduce, _EXPORT, wordpress.SIGNS_OF_EXPORTS, wordpress.RAW
    ),
    Family("WordPress", wordpress.reduce, _WRITTEN, wordpress.SIGNS, wordpress.RAW_OF_KNOWN),
    Family("MDX", mdx.reduce, frozenset({"mdx"}), mdx.SIGNS),
    Family("Hugo", hugo.reduce, _WRITTEN | _MARKDOWN, hugo.SIGNS, hugo.RAW),
    Family("Liquid", liquid.reduce, _WRITTEN, liquid.SIGNS, liquid.RAW, is_template=True),
    Family("admonitions", admonitions.reduce, _MARKDOWN, admonitions.SIGNS),
    Family("Pelican", pelican.reduce, frozenset({"markdown"}), pelican.SIGNS),
    Family("contents", contents.reduce, _MARKDOWN, contents.SIGNS),
    Family("attributes", attributes.reduce, frozenset({"markdown"}), attributes.SIGNS),
)
"""In the order in which they are applied: what makes text first, what styles it last."""

IN_METADATA = frozenset({"Hugo", "Liquid"})
"""Families that people also write in a summary or a heading."""
