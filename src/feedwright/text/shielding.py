"""Code and the like hidden from whatever looks for markup: the same length, other characters.

ASCII punctuation becomes noncharacters of Unicode (U+FDD0 to U+FDEF, just as many), which no clean
text holds; so does one letter, without which no line can begin with `import` or `export`. Lines and
indentation stay as they are, so a text can be indented, quoted and cut while parts of it are
shielded.
"""

import string

from feedwright.text.patterns import lazy

_SHIELDED = string.punctuation + "p"
_SHIELDS = "".join(map(chr, range(0xFDD0, 0xFDF0))) + "\U0001fffe"
_SHIELD = str.maketrans(_SHIELDED, _SHIELDS)
_UNSHIELD = str.maketrans(_SHIELDS, _SHIELDED)
_TAGS = lazy(r"\{[{%#]|[}%#]\}")
_ESCAPE = {ord(mark): "\\" + mark for mark in string.punctuation}


def shield(text: str) -> str:
    """Hide all punctuation."""
    return text.translate(_SHIELD)


def shield_tags(text: str) -> str:
    """Hide the marks of `{{ }}`, `{% %}` and `{# #}` only: the text stays Markdown."""
    return _TAGS.sub(lambda match: match[0].translate(_SHIELD), text)


def unshield(text: str) -> str:
    """Show again what was hidden."""
    if text.isascii():
        return text
    # Line by line, since most lines have nothing that is hidden, and translating is slow.
    return "\n".join(
        [line if line.isascii() else line.translate(_UNSHIELD) for line in text.split("\n")]
    )


def literal(text: str) -> str:
    """Give Markdown that shows a text as it stands, shielded."""
    return text.translate(_ESCAPE).translate(_SHIELD)
