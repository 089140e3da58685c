"""Permalinks: declared, or made of the pattern that is meant for an article."""

import re
from datetime import UTC, datetime

from feedwright.model import Candidate
from feedwright.normalize.parts import Subject, filled, is_known
from feedwright.normalize.rules import Part, Rules, parse_pattern
from feedwright.text import urls
from feedwright.text.patterns import lazy
from feedwright.text.slugs import Style

_SLASHES = lazy(r"/{2,}")
_DOT_SEGMENT = lazy(r"(?:(?<=/)|^)\.{1,2}(?=/|$)")
_ABSOLUTE = lazy(r"(?:https?:)?//", re.IGNORECASE)
_INDEX_PAGE = lazy(r"(^|/)index\.html?$")


def permalink(candidate: Candidate, published: datetime, rules: Rules) -> str:
    """Give the absolute, encoded address of an article.

    A declared one wins; a relative one, with or without a leading slash, is appended to `site.url`
    like the pattern. `published` is aware; which day of it counts is `content.permalink_date`'s.
    """
    style = rules.style(candidate.dialect)
    subject = Subject(candidate, _moment(candidate, published, rules), style, rules.site.language)
    declared = candidate.declared_permalink
    if declared:
        expanded = _expanded(declared, subject)
        if _ABSOLUTE.match(declared):  # before it was filled in: an empty part makes `//` too
            return urls.absolute(rules.site.url, expanded)
        path, mark, rest = _cut(expanded)
        return _below_site(_as_its_site(path, subject, rules), rules) + urls.encode(mark + rest)
    return _below_site(_joined(_pattern(candidate, rules), subject), rules)


def _pattern(candidate: Candidate, rules: Rules) -> tuple[Part, ...]:
    """Choose: the pattern for declared slugs, the first rule that fits, the pattern for all."""
    if candidate.slug_is_declared and rules.pattern_for_slug:
        return rules.pattern_for_slug
    language = (candidate.language or rules.site.language).casefold()
    for rule in rules.patterns:
        if (not rule.languages or language in rule.languages) and rule.fits(candidate):
            return rule.parts
    return rules.pattern


def _joined(parts: tuple[Part, ...], subject: Subject) -> str:
    return "".join([filled(part, subject) for part in parts])


def _expanded(declared: str, subject: Subject) -> str:
    """Fill the placeholders of a declared permalink; braces around anything else stay."""
    if "{" not in declared:
        return declared
    parts = parse_pattern(declared)
    return _joined(parts, subject) if all(map(is_known, parts)) else declared


def _as_its_site(path: str, subject: Subject, rules: Rules) -> str:
    """Write a declared path as its generator does: slash at the end, language in front."""
    style, candidate = subject.style, subject.candidate
    if style.hides_index:
        path = _INDEX_PAGE.sub(r"\1", path)
    other = candidate.language and candidate.language != rules.site.language
    if style.below_language and other and not path.startswith("/"):
        path = f"{candidate.language.lower()}/{path}"
    return path + "/" if _lacks_slash(path, style) else path


def _lacks_slash(path: str, style: Style) -> bool:
    if not style.ends_with_slash or path.endswith("/"):
        return False
    return style.ends_with_slash == "always" or "." not in path


def _below_site(path: str, rules: Rules) -> str:
    """Append a path to the site's address; a slash beside an empty part goes."""
    path = _SLASHES.sub("/", _DOT_SEGMENT.sub("", "/" + path))
    return urls.encode(rules.site.url.rstrip("/") + path)


def _cut(address: str) -> tuple[str, str, str]:
    """Split a path from its query or fragment."""
    end = min((at for at in (address.find("?"), address.find("#")) if at >= 0), default=-1)
    return (address, "", "") if end < 0 else (address[:end], address[end], address[end + 1 :])


def _moment(candidate: Candidate, published: datetime, rules: Rules) -> datetime:
    chosen = rules.content.permalink_date
    local = published.astimezone(rules.zone)
    if chosen == "utc":
        return published.astimezone(UTC)
    day = {"as-written": candidate.written_day, "filename": candidate.file_day}.get(chosen)
    return local if day is None else local.replace(year=day.year, month=day.month, day=day.day)
