"""Characters that may stand in a document, lines and lengths."""

import re
import unicodedata

from feedwright.text.patterns import lazy

_GOOD = " -~\n\t\r\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd" + "".join(
    [f"{chr(plane * 0x10000)}-{chr(plane * 0x10000 + 0xFFFD)}" for plane in range(1, 17)]
)
_FORBIDDEN = lazy(f"[^{_GOOD}]")
"""Takes 5 ms to compile: asked only of texts that may hold such characters."""
_GOOD_ASCII = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
_BLANKS = {"\x0b": " ", "\x0c": " "}
"""Word's soft line break and the page break stand between words."""
_SPACES = lazy("[\t\n\r\u2028\u2029][ \t\n\r\u2028\u2029]*+| [ \t\n\r\u2028\u2029]++")
"""Runs that are not one space already."""
_SPACELESS = lazy(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003ffff]"
)
"""Scripts that put no space between words: Thai, Burmese, Khmer, Chinese, Japanese."""
_LONGEST_WORD = 80
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_LOOSE_ENDS = " \t,;:.!-–—(«„“‘·/"


def clean_text(text: str) -> str:
    """Take out what XML 1.0 (section 2.2) forbids, lone surrogates and noncharacters among it.

    Tab and line ends stay. C1 controls, which no text means, are what Windows-1252 has at their
    places (as HTML reads them); a byte-order mark goes, and so does DEL.
    """
    if text.isascii():  # most texts: a pattern would take twice as long
        clean = text.isprintable() or not text.encode().translate(None, _GOOD_ASCII)
    else:
        clean = text.replace("\n", "").isprintable() or _FORBIDDEN.search(text) is None
    return text if clean else _FORBIDDEN.sub(_replacement, text)


def _replacement(match: re.Match[str]) -> str:
    character = match[0]
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("windows-1252", "ignore")
    return _BLANKS.get(character, "")


def one_line(text: str) -> str:
    """Put a text on one line: clean, every run of white space one space, no-break spaces kept."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # most titles and labels
    return _SPACES.sub(" ", clean_text(text)).strip()


def shorten(text: str, limit: int) -> str:
    """Cut a text on one line to at most `limit` characters, at the end of a word, with `…`.

    Scripts without spaces and very long words are cut between characters, never within one that is
    made of several.
    """
    text = one_line(text)
    if len(text) <= limit:
        return text
    if limit < 2:
        return "…"[:limit]
    end = limit - 1
    space = text.rfind(" ", 0, end + 1)
    if space > 0 and end - space < _LONGEST_WORD and not _is_spaceless(text[end]):
        end = space
    else:
        while end > 0 and _joins(text, end):
            end -= 1
    return (text[:end].rstrip(_LOOSE_ENDS) or text[:end]) + "…"


def _is_spaceless(character: str) -> bool:
    # Most texts end below, and so need no pattern.
    return character >= "\u0e00" and _SPACELESS.match(character) is not None


def _joins(text: str, index: int) -> bool:
    """Tell whether the character at `index` belongs to the one before it."""
    character, before = text[index], text[index - 1]
    return (
        character in _JOINERS
        or before == "\u200d"
        or unicodedata.category(character)[0] == "M"
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or ("\U0001f1e6" <= character <= "\U0001f1ff" and _odd_flags(text, index))
    )


def _odd_flags(text: str, index: int) -> bool:
    """Tell whether an odd number of regional indicators stands before `index`: half a flag."""
    start = index
    while start > 0 and "\U0001f1e6" <= text[start - 1] <= "\U0001f1ff":
        start -= 1
    return (index - start) % 2 == 1
