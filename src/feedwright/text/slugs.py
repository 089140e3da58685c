"""How site generators make segments of addresses: of titles and labels, and of names of files.

Each style is what its generator's own function does to a text; none of them is identity. Sources:
Hugo `UnicodeSanitize`, Jekyll `Utils.slugify`, Pelican and Nikola `utils.slugify`, Eleventy
`slugify`, Zola `slugify.paths`, Astro `github-slugger`, Hexo `slugize`, MkDocs `pymdownx.slugs`,
Nuxt Content `generatePath`.
"""

import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from feedwright.text.patterns import lazy
from feedwright.text.romanize import romanize
from feedwright.text.urls import slugify

Maker = Callable[[str], str]

_HEX = frozenset("0123456789abcdefABCDEF")
_HUGO_KEPT = frozenset("./\\_#+~-@")
_PRETTY = frozenset("._~!$&'()+,;=@")
_SPECIAL = lazy(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_CONTROL = lazy(r"[\x00-\x1f]")
_NO_WORD = lazy(r"[^\w\s-]")
_NO_WORD_OR_PLUS = lazy(r"[^+\w\s-]")
_GAPS = lazy(r"[-\s]+")
_NO_ASCII_WORD = lazy(r"[^a-z0-9]+")
_CONTRACTION = lazy(r"([a-z0-9]+)'([ts])(?=\s|$)")
_TAGS = lazy(r"</?[^<>]*>")


def _as_it_is(text: str) -> str:
    return text


def _is_kept(character: str) -> bool:
    """Tell whether it is a letter, a mark or a digit of any script."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def hugo(text: str) -> str:
    """Write a text as Hugo's `urlize` does: lower case, blanks as `-`, other signs dropped.

    >>> hugo("What's New in C++ 1.5?")
    'whats-new-in-c++-1.5'
    """
    return hugo_cased(text).lower()


def hugo_cased(text: str) -> str:
    """Write a text as Hugo does with `disablePathToLower`: as `hugo`, but case stays."""
    made: list[str] = []
    gap = was_hyphen = False
    for at, character in enumerate(text):
        kept = character in _HUGO_KEPT or _is_kept(character) or _is_escape(text, at)
        if kept:
            was_hyphen = character == "-"
            if gap and not was_hyphen:
                made.append("-")
            gap = False
            made.append(character)
        elif made and not was_hyphen and character.isspace():
            gap = True
    return "".join(made)


def without_marks(text: str) -> str:
    """Take the marks off letters as Hugo does with `removePathAccents`: `é` is `e`, `ø` stays."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not _is_mark(c)))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def hugo_unaccented(text: str) -> str:
    """Write a text as Hugo does with `removePathAccents`."""
    return hugo(without_marks(text))


def hugo_cased_unaccented(text: str) -> str:
    """Write a text as Hugo does with `disablePathToLower` and `removePathAccents`."""
    return hugo_cased(without_marks(text))


def _is_escape(text: str, at: int) -> bool:
    return text[at] == "%" and len(text) > at + 2 and {text[at + 1], text[at + 2]} <= _HEX


def jekyll(text: str) -> str:
    """Write a text as Jekyll's `slugify` does: lower case, everything else as `-`."""
    return "-".join("".join(c if _is_kept(c) else " " for c in text).split()).lower()


def jekyll_pretty(text: str) -> str:
    """Write a file name as Jekyll's `:title` does: case and the signs of addresses stay."""
    return "-".join("".join(c if _is_kept(c) or c in _PRETTY else " " for c in text).split()).strip(
        "-"
    )


def pelican(text: str) -> str:
    """Write a text as Pelican does: ASCII, signs dropped, blanks as `-`.

    >>> pelican("C# & Größe 1.5: what's new")
    'c-grosse-15-whats-new'
    """
    return _GAPS.sub("-", _NO_WORD.sub("", romanize(text)).strip()).lower()


def nikola(text: str) -> str:
    """Write a text as Nikola does: as Pelican, but `+` stays."""
    return _GAPS.sub("-", _NO_WORD_OR_PLUS.sub("", romanize(text)).strip().lower())


def eleventy(text: str) -> str:
    """Write a text as Eleventy's filter `slugify` does: ASCII, `&` is "and"."""
    lowered = romanize(text.replace("&", " and ")).lower()
    return _ascii(_CONTRACTION.sub(r"\1\2", lowered))


def zola(text: str) -> str:
    """Write a text as Zola does: ASCII, everything else as `-`."""
    return _ascii(romanize(text).lower())


def _ascii(lowered: str) -> str:
    if lowered.isascii():
        return _NO_ASCII_WORD.sub("-", lowered).strip("-")
    return slugify(lowered)  # scripts that we have no table for


def astro(text: str) -> str:
    """Write a text as github-slugger does: lower case, signs dropped, each blank is a `-`."""
    kept = "".join(c for c in text.lower() if _is_kept(c) or c in "_- ")
    return kept.replace(" ", "-")


def mkdocs(text: str) -> str:
    """Write a text as MkDocs blogs do (`pymdownx.slugs.slugify`, lower case)."""
    composed = _TAGS.sub("", unicodedata.normalize("NFC", text))
    kept = "".join(c for c in composed if _is_kept(c) or c in "_- ").strip()
    return kept.lower().replace(" ", "-")


def hexo(text: str) -> str:
    """Write a text as Hexo's `slugize` does: signs as `-`, case stays."""
    plain = "".join(map(_without_accents, text))
    return _SPECIAL.sub("-", _CONTROL.sub("", plain)).strip("-")


def nuxt(name: str) -> str:
    """Write the name of a file or folder as Nuxt Content does: without its number, lower case."""
    return nuxt_cased(name).lower()


def nuxt_cased(name: str) -> str:
    """Write a name as Nuxt Content does with `respectPathCase`."""
    from feedwright.text import nuxtnames  # noqa: PLC0415 - only its sites need the tables

    return nuxtnames.cased(name)


def _without_accents(character: str) -> str:
    if character.isascii():
        return character
    base = romanize(character)
    is_latin = base.isascii() and base.isalpha() and unicodedata.name(character, "")[:5] == "LATIN"
    return base if is_latin else character


class Style(NamedTuple):
    """How one generator makes addresses."""

    words: Maker = slugify
    """Of a title or label."""
    names: Maker = _as_it_is
    """Of a file's or folder's name."""
    slugs: Maker = _as_it_is
    """Of a declared slug."""
    labels: Maker | None = None
    """Of a category, when not as `words` does."""
    ends_with_slash: str = ""
    """When a declared path gets a slash at its end: `always`, `without dot`."""
    below_language: bool = False
    """A declared path without a slash in front lies below the article's language."""
    folders_are_labels: bool = False
    """Folders above `_posts` are categories, also one that is a language."""
    hides_index: bool = False
    """A declared `x/index.html` is `x/`."""
    hides_double: bool = False
    """The path of `x/x.md` is `x`."""
    hides_empty: bool = False
    """A name of which nothing is left is no segment of a path."""


def _of_hugo(make: Maker) -> Style:
    return Style(make, make, make, ends_with_slash="without dot", below_language=True)


PLAIN = Style()
STYLES: Mapping[str, Style] = {
    "plain": PLAIN,
    "hugo": _of_hugo(hugo),
    "hugo-cased": _of_hugo(hugo_cased),
    "hugo-unaccented": _of_hugo(hugo_unaccented),
    "hugo-cased-unaccented": _of_hugo(hugo_cased_unaccented),
    "jekyll": Style(
        jekyll, jekyll_pretty, jekyll_pretty, labels=str.lower, folders_are_labels=True
    ),
    "pelican": Style(pelican),
    "eleventy": Style(eleventy, hides_index=True, hides_double=True),
    "nikola": Style(nikola, nikola),
    "zola": Style(zola, zola, zola, ends_with_slash="always"),
    "astro": Style(astro, astro),
    "hexo": Style(hexo),
    "mkdocs": Style(mkdocs),
    "nuxt": Style(names=nuxt, hides_empty=True),
    "nuxt-cased": Style(names=nuxt_cased, hides_empty=True),
}
"""Names of `content.permalink_style`."""

OF_DIALECT: Mapping[str, Style] = {"pelican": STYLES["pelican"], "rst": STYLES["pelican"]}
"""Of dialects that one generator alone has, when the configuration says nothing."""
