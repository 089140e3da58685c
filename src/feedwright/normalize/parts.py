"""What each placeholder of a permalink pattern is for one article: docs/configuration.md."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from feedwright.model import Candidate
from feedwright.normalize.rules import Part
from feedwright.text import languages
from feedwright.text.patterns import lazy
from feedwright.text.slugs import Style

_EXTENSION = lazy(r"(?<=[^/])\.[A-Za-z0-9]{1,8}$")
_RESERVED = str.maketrans({"?": "%3F", "#": "%23", "\\": "%5C"})
_INDEX = frozenset({"index", "contents"})
"""Stems of files that stand for their folder; `contents.lr` is Lektor's."""
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In English whatever the host's locale says: so do the generators."""


class Subject(NamedTuple):
    """What a pattern is filled with."""

    candidate: Candidate
    moment: datetime
    """Of publication, its date in the sense of `content.permalink_date`."""
    style: Style
    language: str
    """Of the site."""


def filled(part: Part, subject: Subject) -> str:
    """Give the text of a part; a placeholder may be empty."""
    if not part.placeholder:
        return part.literal
    of_moment = _OF_MOMENT.get((part.placeholder, part.form))
    if of_moment is not None:
        return of_moment(subject.moment)
    words = _OF_ARTICLE.get((part.placeholder, part.form))
    return words(subject).translate(_RESERVED) if words else ""


def is_known(part: Part) -> bool:
    """Tell whether there is such a placeholder."""
    key = (part.placeholder, part.form)
    return not part.placeholder or key in _OF_MOMENT or key in _OF_ARTICLE


def _place(candidate: Candidate) -> tuple[str, str]:
    """Give folder and stem of an article; a bundle (`x/index.md`) is its folder."""
    folder, _, name = candidate.below.rpartition("/")
    stem = _EXTENSION.sub("", name)
    base, dot, suffix = stem.rpartition(".")
    if not dot:
        base, dot, suffix = stem.rpartition("+")  # Lektor's `contents+fr.lr`
    if base and languages.is_suffix(suffix) and _is_its_language(suffix, candidate):
        stem = base
    if stem.casefold() in _INDEX:
        folder, _, stem = folder.rpartition("/")
    return folder, stem


def _is_its_language(suffix: str, candidate: Candidate) -> bool:
    return languages.normalize(suffix).casefold() == candidate.language.casefold()


def _path(subject: Subject) -> str:
    folder, stem = _place(subject.candidate)
    if subject.style.hides_double and folder.rpartition("/")[2] == stem:
        stem = ""
    made = [
        subject.style.names(segment)
        for each in (folder, stem)
        for segment in each.split("/")
        if segment
    ]
    return "/".join(filter(None, made) if subject.style.hides_empty else made)


def _dir(subject: Subject) -> str:
    return "/".join(map(subject.style.names, _place(subject.candidate)[0].split("/")))


def _dir_below(subject: Subject) -> str:
    return _dir(subject).partition("/")[2]


def _stem(subject: Subject) -> str:
    return subject.style.names(_place(subject.candidate)[1])


def _dated_slug(subject: Subject) -> str:
    return subject.candidate.slug if subject.candidate.slug_is_declared else _stem(subject)


def _other_language(subject: Subject) -> str:
    """Give the language when it is not the site's: an article in `en` is in that of an `en-GB`."""
    own, main = subject.candidate.language.lower(), subject.language.lower()
    return "" if own in {main, main.partition("-")[0]} else own


def _categories(subject: Subject) -> str:
    make = subject.style.labels or subject.style.words
    categories: tuple[str, ...] = subject.candidate.categories
    if subject.style.folders_are_labels and "_posts/" in subject.candidate.below:
        folders = subject.candidate.below.partition("_posts/")[0].split("/")
        categories = (*folders, *categories)
    return "/".join(label for label in dict.fromkeys(map(make, categories)) if label)


def _category(subject: Subject) -> str:
    first = subject.candidate.categories[:1]
    return "".join(map(subject.style.words, first))


def _author(subject: Subject) -> str:
    first = subject.candidate.authors[:1]
    return "".join(subject.style.words(person.name) for person in first)


_OF_MOMENT: Mapping[tuple[str, str], Callable[[datetime], str]] = {
    ("year", ""): lambda at: f"{at.year:04}",
    ("year", "short"): lambda at: f"{at.year % 100:02}",
    ("month", ""): lambda at: f"{at.month:02}",
    ("month", "d"): lambda at: str(at.month),
    ("month", "name"): lambda at: _MONTHS[at.month - 1],
    ("month", "short"): lambda at: _MONTHS[at.month - 1][:3],
    ("day", ""): lambda at: f"{at.day:02}",
    ("day", "d"): lambda at: str(at.day),
    ("day", "name"): lambda at: _DAYS[at.weekday()],
    ("day", "short"): lambda at: _DAYS[at.weekday()][:3],
    ("yearday", ""): lambda at: f"{at.timetuple().tm_yday:03}",
    ("yearday", "d"): lambda at: str(at.timetuple().tm_yday),
    ("week", ""): lambda at: f"{at.isocalendar().week:02}",
    ("hour", ""): lambda at: f"{at.hour:02}",
    ("minute", ""): lambda at: f"{at.minute:02}",
    ("second", ""): lambda at: f"{at.second:02}",
}
_OF_ARTICLE: Mapping[tuple[str, str], Callable[[Subject], str]] = {
    ("slug", ""): lambda of: of.candidate.slug,
    ("slug", "dated"): _dated_slug,
    ("stem", ""): _stem,
    ("path", ""): _path,
    ("dir", ""): _dir,
    ("dir", "below"): _dir_below,
    ("section", ""): lambda of: of.style.names(of.candidate.section),
    ("language", ""): lambda of: of.candidate.language.lower(),
    ("language", "other"): _other_language,
    ("language", "locale"): lambda of: of.candidate.language if _other_language(of) else "",
    ("category", ""): _category,
    ("categories", ""): _categories,
    ("author", ""): _author,
    ("title", ""): lambda of: of.style.words(of.candidate.title),
}
"""By name and form."""
