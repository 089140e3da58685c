"""Permalink patterns of site generators, written with the placeholders of `content.permalink`.

Articles declare them (`permalink: /:categories/:title/`), and so do the configurations of
generators. Tables are data: what a generator calls a part, and what it is here.
"""

import re
from collections.abc import Mapping

from feedwright.text.patterns import lazy

Tokens = Mapping[str, str]

JEKYLL: Tokens = {
    "year": "{year}",
    "short_year": "{year:short}",
    "month": "{month}",
    "i_month": "{month:d}",
    "short_month": "{month:short}",
    "long_month": "{month:name}",
    "day": "{day}",
    "i_day": "{day:d}",
    "y_day": "{yearday}",
    "w_year": "{year}",
    "week": "{week}",
    "short_day": "{day:short}",
    "long_day": "{day:name}",
    "hour": "{hour}",
    "minute": "{minute}",
    "second": "{second}",
    "title": "{slug}",
    "slug": "{slug}",
    "name": "{slug}",
    "categories": "{categories}",
    "slugified_categories": "{categories}",
    "path": "{path}",
    "collection": "posts",
    "output_ext": ".html",
}
HUGO: Tokens = {
    "year": "{year}",
    "month": "{month}",
    "monthname": "{month:name}",
    "day": "{day}",
    "weekdayname": "{day:name}",
    "yearday": "{yearday:d}",
    "section": "{section}",
    "sections": "{dir}",
    "sections[0]": "{section}",
    "sections[:1]": "{section}",
    "sections[1:]": "{dir:below}",
    "sectionslug": "{section}",
    "sectionslugs": "{dir}",
    "title": "{title}",
    "slug": "{slug}",
    "slugorfilename": "{slug:dated}",
    "slugorcontentbasename": "{slug:dated}",
    "filename": "{stem}",
    "contentbasename": "{stem}",
}
HEXO: Tokens = {
    "year": "{year}",
    "month": "{month}",
    "i_month": "{month:d}",
    "day": "{day}",
    "i_day": "{day:d}",
    "hour": "{hour}",
    "minute": "{minute}",
    "second": "{second}",
    "title": "{path}",
    "name": "{slug}",
    "post_title": "{title}",
    "category": "{categories}",
    "lang": "{language}",
}
_STRFTIME: Tokens = {
    "Y": "{year}",
    "y": "{year:short}",
    "m": "{month}",
    "-m": "{month:d}",
    "B": "{month:name}",
    "b": "{month:short}",
    "d": "{day}",
    "-d": "{day:d}",
    "e": "{day:d}",
    "j": "{yearday}",
    "A": "{day:name}",
    "a": "{day:short}",
    "H": "{hour}",
    "M": "{minute}",
    "S": "{second}",
}
_LETTERS: Tokens = {
    "yyyy": "{year}",
    "YYYY": "{year}",
    "yy": "{year:short}",
    "YY": "{year:short}",
    "MMMM": "{month:name}",
    "LLLL": "{month:name}",
    "MMM": "{month:short}",
    "LLL": "{month:short}",
    "MM": "{month}",
    "LL": "{month}",
    "M": "{month:d}",
    "L": "{month:d}",
    "dd": "{day}",
    "DD": "{day}",
    "d": "{day:d}",
    "D": "{day:d}",
}

_TOKEN = lazy(r"(?<!\\):([a-z_]+)(\[[^\[\]]{0,20}\])?")
_BEGINS = lazy(r"(?:^|[/_.-]):[a-z_]")
_PERCENT = lazy(r"%(-?[A-Za-z])")
_LETTER_RUN = lazy(r"y+|Y+|M+|L+|d+|D+|[A-Za-z]")
_EXPRESSION = lazy(r"\{\{-?\s*((?:[^{}]|\{(?!\{)|\}(?!\}))*?)\s*-?\}\}")
_DATE = lazy(
    r"(?:page\.)?date\s*\|\s*\w*?date\w*\s*[:(]?\s*[\"']([^\"']{1,40})[\"']\s*\)?", re.IGNORECASE
)
_NAMES = (
    (re.compile(r"(?:page\.)?fileSlug(?:\s*\|\s*\w+)*"), "{slug}"),
    (re.compile(r"slug(?:\s*\|\s*\w+)*"), "{slug}"),
    (re.compile(r"page\.filePathStem(?:\s*\|\s*\w+)*"), "{dir}/{slug}"),  # without the date
    (re.compile(r"title\s*\|(?:\s*\w+\s*\|)*\s*slug\w*(?:\s*\|\s*\w+)*"), "{title}"),
    (re.compile(r"(?:page\.)?lang(?:uage)?|locale"), "{language}"),
    (re.compile(r"category(?:\s*\|\s*\w+)*|categories\[0\](?:\s*\|\s*\w+)*"), "{category}"),
    (re.compile(r"page\.outputFileExtension"), "html"),
)


def has_tokens(pattern: str) -> bool:
    """Tell whether a path holds words such as `:year`, and not just a colon."""
    return bool(_BEGINS.search(pattern))


def from_tokens(pattern: str, tokens: Tokens) -> tuple[str, tuple[str, ...]]:
    """Write `/:year/:title/` with our placeholders; also return the words that have none here.

    >>> from_tokens("/:year/:month/:title:output_ext", JEKYLL)
    ('/{year}/{month}/{slug}.html', ())
    """
    unknown: list[str] = []

    def ours(found: re.Match[str]) -> str:
        word = found[0][1:]  # with a slice, if there is one
        if word not in tokens:
            unknown.append(word)
        return tokens.get(word, found[0])

    return _TOKEN.sub(ours, pattern), tuple(unknown)


def from_strftime(form: str) -> str:
    """Write `%Y/%m` with our placeholders; empty when one has none here."""
    return _all_known(_PERCENT, form, _STRFTIME)


def from_letters(form: str) -> str:
    """Write `yyyy/MM` with our placeholders; empty when one has none here."""
    return _all_known(_LETTER_RUN, form, _LETTERS)


def _all_known(pattern: re.Pattern[str], form: str, table: Tokens) -> str:
    found = [match[1] if pattern.groups else match[0] for match in pattern.finditer(form)]
    if not found or any(each not in table for each in found):
        return ""
    return pattern.sub(lambda match: table[match[1] if pattern.groups else match[0]], form)


def from_template(pattern: str) -> str:
    """Write `/blog/{{ title | slugify }}/` with our placeholders; empty when one is unknown.

    The language of the template (Liquid, Nunjucks) does not matter for what is known.
    """
    unknown = False

    def ours(found: re.Match[str]) -> str:
        nonlocal unknown
        expression = found[1]
        date = _DATE.fullmatch(expression)
        if date is not None:
            made = from_strftime(date[1]) if "%" in date[1] else from_letters(date[1])
        else:
            made = next((name for known, name in _NAMES if known.fullmatch(expression)), "")
        unknown = unknown or not made
        return made

    made = _EXPRESSION.sub(ours, pattern)
    return "" if unknown or "{{" in made or "{%" in made else made
