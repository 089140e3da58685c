"""Lines that a generator replaces by a table of contents: readers of a feed have no use for one."""

import re

from feedwright.normalize.remains.context import Context, Notes
from feedwright.text.patterns import lazy

"""In lower case."""

_LINE = lazy(
    r"^[ \t>]*(?:[@:$]?\[toc\]|@?\[\[_{0,2}toc_{0,2}\]\]|\{\{toc\}\}|\$\{toc\}"
    r"|\[\[?tableofcontents\]?\])[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


def reduce(text: str, _context: Context, _notes: Notes) -> str:
    """Take the lines out; `[toc]: address` defines a link and stays."""
    return _LINE.sub("", text)
