"""The date that a page shows to people, where its metadata has none.

Candidates are ranked by how plainly they say that something was published then; of two that are
equally plain the one nearest to the headline counts. What stands around the article (menus,
comments, other articles) is not looked at: a wrong date is worse than none.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from feedwright.model import RawField
from feedwright.sources import datewords, pagelines, pagetitles
from feedwright.sources.pagelines import Line, Lines, Marked
from feedwright.sources.values import clean
from feedwright.text import dates, datesearch
from feedwright.text.datesearch import FoundDate
from feedwright.text.patterns import lazy

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Rank(IntEnum):
    """How plainly a date says that it is the one of publication; the plainest comes first."""

    NAMED = 1
    """`class="published"`, `pubdate`."""
    LABELLED = 2
    """Posted on …"""
    SHOWN = 3
    """`<time>`, `class="date"`, or a line near the headline that is only a date and a byline."""
    DATELINE = 4
    """The article's first words: BERLIN, 3 May 2012 – …"""
    ABOVE = 5
    """Shown above the headline, where many pages have the day of today."""
    SCRIPT = 6
    """What the scripts of the page agree on."""
    ADDRESS = 7
    UPDATED = 8
    """When it was last changed."""


class Candidate(NamedTuple):
    """A date that may be the article's."""

    rank: Rank
    position: int
    """Of its line."""
    day: date
    value: str
    source_line: int = 0


_NAMES_PUBLISHED = lazy(
    r"(?:^|[\s_-])(?:published|pub-?date|publish-?date|date-?published|publication-?date|"
    r"entry-?date|post-?date|article-?date|posted-?on|date-?posted|date-?header)(?=$|[\s_-])"
)
_NAMES_DATE = lazy(
    r"date(?!pick)|datum|fecha|tarih|timestamp|(?:^|[\s_-])(?:data(?=$|[\s_-])|dato|time(?!line))"
)
_NAMES_UPDATED = lazy(r"updated|modified|lastmod|aktualis")
_ATTRIBUTES = (
    "datetime",
    "content",
    "title",
    "data-datetime",
    "data-date",
    "data-time",
    "data-utime",
    "data-timestamp",
    "data-published",
    "data-publish-date",
    "data-iso-date",
)
_LABEL = lazy(
    f"(?P<published>{datewords.pattern(datewords.PUBLISHED)})"
    f"|(?P<updated>{datewords.pattern(datewords.UPDATED)})",
    re.IGNORECASE,
)
_BYLINE = lazy(
    r"\W*(?:by|von|par|por|di|da|de|door|av|af|przez|autore?|author|redaktion|автор|text)\b.{0,60}",
    re.IGNORECASE,
)
_SEPARATOR = lazy(r"\s*[|•·⋅∙‧●▪*~→–—/\\,;:()\[\]»«<>-]+\s*|\s{2,}")
_SHORT_PART = 5
"""Words between two separators: a name, a place, a section."""
_TIME_OF_DAY = lazy(r"^[\s,]*(?:um|at|à|a las|om|kl\.?)?\s*[\d%][\d%HM.:]{1,7}\s*(?:Uhr\b)?")
_DATELINE_BEFORE = lazy(r"[(\[]?(?:[^\W\d_][\w.'’]*[,/().\s–—-]{0,3}){0,5}")
_DATELINE_BEHIND = lazy(r"\s?[)\]:–—-]|\s*\(\w{2,12}\)")
_SCRIPT_DATE = lazy(
    r"[\"'](?:datePublished|publishedAt|published_at|publishDate|publish_date|pubDate|pub_date|"
    r"firstPublished|first_published_at|publicationDate|date_published|publishedDate)[\"']"
    r"\s*:\s*[\"'](\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,12}(?:Z|[+-]\d\d:?\d\d)?)?)[\"']",
    re.IGNORECASE,
)
_MOST_OF_SCRIPTS = 2_000_000
_DAY_IN_ADDRESS = lazy(
    r"/((?:19[89]|20\d)\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)
_MONTH_IN_ADDRESS = lazy(r"/((?:19[89]|20\d)\d)/(0[1-9]|1[0-2])(?=/)")
_BEFORE, _AFTER = 8, 12
"""Lines around the headline in which a date may stand without a label."""
_FAR = 400
"""Lines: what stands so far below is another article's, unless both are below one element."""
_LABEL_GAP = 60
_LONGEST_LABELLED = 250
_LONGEST_ALONE = 120
_FIRST_LINES = 6


class About(NamedTuple):
    """What is known of a page."""

    title: str
    language: str
    """A tag, or empty."""
    address: str


def dates_of(
    page: "HtmlElement", headline: "HtmlElement | None", about: About
) -> tuple[RawField, ...]:
    """Return the plainest date that the page shows, as a field `date`; none if nothing is plain."""
    language, address = about.language, about.address
    lines = pagelines.lines_of(page, headline)
    if lines.headline < 0:
        lines = lines._replace(headline=_line_of_title(lines, about.title))
    found = [
        *_marked(lines, language),
        *_written(lines, language),
        *_of_scripts(page),
        *_of_address(address),
    ]
    found = _of_month(found, address)
    if lines.headline < 0 and len({each.day for each in found if each.rank is Rank.SHOWN}) > 1:
        found = [each for each in found if each.rank is not Rank.SHOWN]
    if not found:
        return ()
    best = min(found, key=lambda each: (each.rank, _distance(each.position, lines.headline)))
    return (RawField("date", best.value, best.source_line, "document"),)


def _line_of_title(lines: Lines, title: str) -> int:
    """Return the line that is the title, where no heading is: in old pages it is a table's cell."""
    wanted = pagetitles.key(title)
    for line in lines.lines:
        if wanted and pagetitles.key(line.text) == wanted:
            return line.position
    return -1


def date_in(value: str, language: str) -> str:
    """Return the date that the value of an element or attribute is; empty for none."""
    found = _whole(value.strip(), language) if value.strip() else None
    return "" if found is None else found.value


def _of_month(found: list[Candidate], address: str) -> list[Candidate]:
    """Keep what does not contradict a month in the page's address."""
    said = _MONTH_IN_ADDRESS.search(address)
    if said is None:
        return found
    month = int(said[1]) * 12 + int(said[2])
    return [each for each in found if abs(each.day.year * 12 + each.day.month - month) < 2]


def _distance(position: int, headline: int) -> int:
    """Return how far a line is from the headline; of one above it is less sure to belong to it."""
    return position - headline if position >= headline else (headline - position) * 2


# ---------------------------------------------------------------- elements


def _marked(lines: Lines, language: str) -> Iterator[Candidate]:
    for marked in lines.marked:
        rank = _rank_of(marked, language)
        if rank is None or not _is_near(marked.position, lines, in_article=marked.in_article):
            continue
        if rank is Rank.SHOWN and marked.position < lines.headline and not marked.in_article:
            rank = Rank.ABOVE
        found = _date_of(marked, language)
        if found is not None:
            line = marked.element.sourceline or 0
            yield Candidate(rank, marked.position, found.day, found.value, line)


def _rank_of(marked: Marked, language: str) -> Rank | None:
    label = _label(marked.text)
    if _NAMES_PUBLISHED.search(marked.names) or marked.element.get("pubdate") is not None:
        return Rank.NAMED
    if _NAMES_UPDATED.search(marked.names) or label == "updated":
        return Rank.UPDATED
    if marked.element.tag in {"time", "abbr"} or _NAMES_DATE.search(marked.names):
        return Rank.SHOWN
    found = next(datesearch.search(marked.text, language), None)
    return Rank.SHOWN if found is not None and _is_alone(marked.text, found) else None


def _is_near(position: int, lines: Lines, *, in_article: bool) -> bool:
    if lines.headline < 0:
        return True
    if position < lines.headline:
        return lines.headline - position <= _BEFORE
    return in_article or position - lines.headline <= _FAR


def _date_of(marked: Marked, language: str) -> FoundDate | None:
    for name in _ATTRIBUTES:
        value = clean(marked.element.get(name) or "").strip()
        found = _whole(value, language) if value else None
        if found is not None:
            return found
    found = next(datesearch.search(marked.text, language), None)
    return found or datesearch.search_short(marked.text, language)


def _whole(value: str, language: str) -> FoundDate | None:
    """Read the value of an attribute, which is a date or nothing."""
    value = datesearch.ordered(value, language)
    try:
        parsed = dates.of_value(value, UTC)
    except dates.DateError:
        return next(datesearch.search(value, language), None)
    return None if parsed.doubt else FoundDate(0, len(value), parsed.day, value)


# ---------------------------------------------------------------- lines


def _written(lines: Lines, language: str) -> Iterator[Candidate]:
    for line in lines.lines:
        yield from _labelled(line, lines, language)
        after = line.position - lines.headline
        if not (-_BEFORE if line.in_article or lines.headline < 0 else 0) < after <= _AFTER:
            continue  # above the article many pages have the day of today
        found = next(datesearch.search(line.text, language), None)
        if found is None:
            continue
        if len(line.text) <= _LONGEST_ALONE and _is_alone(line.text, found):
            yield Candidate(Rank.SHOWN, line.position, found.day, found.value)
        elif 0 < after <= _FIRST_LINES and _is_dateline(line.text, found):
            yield Candidate(Rank.DATELINE, line.position, found.day, found.value)


def _labelled(line: Line, lines: Lines, language: str) -> Iterator[Candidate]:
    """Give dates with a word such as "Posted" before them, if the line is no sentence."""
    if len(line.text) > _LONGEST_LABELLED or not _is_near(
        line.position, lines, in_article=line.in_article
    ):
        return
    label = _LABEL.search(line.text)
    if label is None:
        return
    found = list(datesearch.search(line.text, language))
    if not found:
        short = datesearch.search_short(line.text, language)
        found = [] if short is None else [short]
    end = 0
    opens = _opens(line.text[: label.start()])
    for each in found:
        before = line.text[end : each.start]
        kind = _label(before) if opens and len(before) <= _LABEL_GAP + label.end() else ""
        kind = kind or (_label_behind(line.text, each) if not end else "")
        if kind:
            rank = Rank.LABELLED if kind == "published" else Rank.UPDATED
            yield Candidate(rank, line.position, each.day, each.value)
        end = each.end


def _label(text: str) -> str:
    """Return what the last label in a text says: `published`, `updated` or nothing."""
    kind = ""
    for found in _LABEL.finditer(text):
        kind = found.lastgroup or ""
    return kind


def _label_behind(text: str, found: FoundDate) -> str:
    """Return the label right behind a date: "This entry was on 3 May 2012 published"."""
    label = _LABEL.match(_TIME_OF_DAY.sub("", text[found.end :]).lstrip())
    before = text[: found.start].split()
    is_lead = all(
        word.strip(".,").lower() in datewords.LEADS | datewords.FILLERS for word in before
    )
    return label.lastgroup or "" if label is not None and is_lead else ""


def _opens(before: str) -> bool:
    """Whether a label stands where labels do: at the beginning, behind a byline or a separator."""
    before = before.strip()
    if not before or _SEPARATOR.fullmatch(before[-1]):
        return len(before) <= _LONGEST_ALONE
    leads = all(word.lower() in datewords.LEADS for word in before.split())
    return leads or bool(_BYLINE.fullmatch(before))


def _is_alone(text: str, found: FoundDate) -> bool:
    """Whether a line is a date, or a date with short parts beside it: a name, a place."""
    before, behind = text[: found.start], text[found.end :]
    return _is_byline(before) and _is_byline(behind)


def _is_byline(text: str) -> bool:
    text = text.strip()
    if not text or _BYLINE.fullmatch(text):
        return True
    if _label(text) == "updated" or text.endswith(":"):  # "Deadline:", "Born:"
        return False
    if not (_SEPARATOR.match(text) or _SEPARATOR.fullmatch(text[-1]) or _is_filler(text)):
        return False
    return all(len(part.split()) <= _SHORT_PART for part in _SEPARATOR.split(text))


def _is_filler(text: str) -> bool:
    return all(word.strip(".,").lower() in datewords.FILLERS for word in text.split())


def _is_dateline(text: str, found: FoundDate) -> bool:
    """Whether a paragraph begins with place and date, as agencies have it."""
    before, behind = text[: found.start].strip(), text[found.end :]
    if not _DATELINE_BEHIND.match(behind) or not _DATELINE_BEFORE.fullmatch(before):
        return False
    named = [word for word in re.findall(r"[^\W\d_]+", before) if not _is_filler(word)]
    return all(word[0].isupper() for word in named)


# ---------------------------------------------------------------- elsewhere


def _of_scripts(page: "HtmlElement") -> Iterator[Candidate]:
    """Give the day of publication that scripts name, if they name only one."""
    said: dict[date, str] = {}
    size = 0
    for script in page.iter("script"):
        text = script.text or ""
        size += len(text)
        if size > _MOST_OF_SCRIPTS:
            return
        for match in _SCRIPT_DATE.finditer(text):
            try:
                said.setdefault(dates.parse(match[1], UTC, loose=False).day, match[1])
            except dates.DateError:
                continue
    if len(said) == 1:
        ((day, value),) = said.items()
        yield Candidate(Rank.SCRIPT, 0, day, value)


def _of_address(address: str) -> Iterator[Candidate]:
    match = _DAY_IN_ADDRESS.search(address)
    if match is not None:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return
        yield Candidate(Rank.ADDRESS, 0, day, day.isoformat())
