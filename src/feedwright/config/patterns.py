"""Kinds of names, paths, globs and patterns with placeholders. Pure."""

import re
import unicodedata

from feedwright.config.suggest import nearest, one_of
from feedwright.config.values import Kind, ValueMistakeError
from feedwright.text.patterns import lazy

PERMALINK_PLACEHOLDERS = (
    "year",
    "year:short",
    "month",
    "month:d",
    "month:name",
    "month:short",
    "day",
    "day:d",
    "day:name",
    "day:short",
    "yearday",
    "yearday:d",
    "week",
    "hour",
    "minute",
    "second",
    "slug",
    "slug:dated",
    "stem",
    "path",
    "dir",
    "dir:below",
    "section",
    "language",
    "language:other",
    "language:locale",
    "category",
    "categories",
    "author",
    "title",
)
_TELLING = frozenset({"slug", "slug:dated", "stem", "path", "title"})
"""Placeholders that tell one article from another."""
_MEANT = {
    "name": "slug",
    "filename": "stem",
    "file": "stem",
    "basename": "stem",
    "lang": "language",
    "yyyy": "year",
    "yy": "year",
    "y": "year",
    "mm": "month",
    "m": "month",
    "dd": "day",
    "d": "day",
    "folder": "dir",
    "sections": "dir",
    "monthname": "month:name",
    "weekdayname": "day:name",
    "short_year": "year:short",
    "i_month": "month:d",
    "i_day": "day:d",
    "y_day": "yearday",
    "contentbasename": "stem",
    "slugorfilename": "slug",
    "month:02d": "month",
    "day:02d": "day",
}
_PLACEHOLDER = lazy(r"\{([^{}]*)\}")
_COLON_STYLE = lazy(r"(?<![\w{]):(\w+)")


def _permalink(value: str) -> str:
    cure = "write a path such as /{year}/{month}/{slug}/"
    if "://" in value or value.startswith("//"):
        raise ValueMistakeError("is a whole address, but it is appended to site.url", cure)
    if re.search(r"[\s\\<>\"\x00-\x1f\x7f]", value):
        raise ValueMistakeError("has a blank or a character that no address has", cure)
    names = _PLACEHOLDER.findall(value)
    rest = _PLACEHOLDER.sub("", value)
    if "{" in rest or "}" in rest:
        raise ValueMistakeError("has a { or } without its partner", cure)
    colon = _COLON_STYLE.search(rest)
    if colon is not None or "%Y" in value or "%m" in value:
        suggestion = _COLON_STYLE.sub(r"{\1}", value) if colon is not None else ""
        raise ValueMistakeError("has placeholders of another program", cure, suggestion)
    for name in names:
        _check_placeholder(name)
    if any(part in {".", ".."} for part in value.split("/")):
        raise ValueMistakeError("has . or .. as a folder", cure)
    if not _TELLING.intersection(names):
        what = "gives every article the same address"
        raise ValueMistakeError(what, "add {slug}, {stem}, {path} or {title}")
    return value


def _check_placeholder(name: str) -> None:
    if name not in PERMALINK_PLACEHOLDERS:
        meant = _MEANT.get(name.casefold()) or nearest(name, PERMALINK_PLACEHOLDERS)
        allowed = one_of("{" + each + "}" for each in PERMALINK_PLACEHOLDERS)
        raise ValueMistakeError(
            f"has {{{name}}}, which is unknown", allowed, meant and f"{{{meant}}}"
        )


PERMALINK = Kind(
    _permalink, {"type": "string", "pattern": r"\{(slug(:dated)?|stem|path|title)\}|\$\{"}
)


# ---------------------------------------------------------------- names and paths


_DOCUMENT = lazy(r".*\.(?:xml|json|html?|css)", re.IGNORECASE)
_LONGEST = 100


def _check_segment(segment: str, cure: str) -> None:
    """Refuse what cannot be a folder below feeds/ and a part of an address on every host."""
    if segment in {".", ".."}:
        raise ValueMistakeError(f'has "{segment}" as a folder', cure)
    unsafe = next((each for each in segment if not _is_safe(each)), None)
    if unsafe is not None:
        what = f"has {unsafe!r}, which is not safe in a path"
        raise ValueMistakeError(what, "letters, digits, - and _ are allowed", _safe(segment))
    if segment.startswith((".", "-")) or segment.endswith("."):
        raise ValueMistakeError("begins with . or - or ends with .", cure)
    if _DOCUMENT.fullmatch(segment):
        raise ValueMistakeError("looks like a document, but it is a folder", cure)
    if len(segment.encode("utf-8", "replace")) > _LONGEST:
        raise ValueMistakeError(f"is longer than {_LONGEST} bytes", cure)


def _is_safe(character: str) -> bool:
    # Marks: many scripts write vowels as characters of their own.
    return character.isalnum() or character in "-_." or unicodedata.category(character)[0] == "M"


def _safe(text: str) -> str:
    safe = "".join(each if _is_safe(each) else " " for each in text)
    return "-".join(safe.split()).strip("-.").lower()


def _name(value: str) -> str:
    cure = "write a short name such as main or long-reads"
    if "/" in value or "\\" in value:
        cure = "write a name here, and the folder in path"
        raise ValueMistakeError("has a slash", cure, _safe(value))
    _check_segment(value, cure)
    return unicodedata.normalize("NFC", value)


# A schema cannot tell the letters of all scripts: these are the signs of ASCII that are not safe.
_NAME_PATTERN = r"^(?![.-])[^\s!-,/:-@\[-^`{-~]+$"
NAME = Kind(_name, {"type": ["string", "number"], "pattern": _NAME_PATTERN})
"""Name of a feed or webhook."""


def _feed_path(value: str) -> str:
    cure = "write a folder below feeds/, such as category/{slug}"
    path = value.removesuffix("/").removeprefix("./")
    if value.startswith("/") or re.match(r"[A-Za-z]:", value):
        raise ValueMistakeError("is absolute", cure, value.strip("/"))
    if "\\" in value:
        raise ValueMistakeError("has a backslash", "write /", value.replace("\\", "/"))
    if "://" in value:
        raise ValueMistakeError("is an address", cure)
    segments = path.split("/")
    if ".." in segments:
        raise ValueMistakeError("leaves feeds/", cure)
    if "" in segments:
        raise ValueMistakeError("has an empty folder", cure)
    if path.count("{slug}") > 1:
        raise ValueMistakeError("has {slug} twice", cure)
    for name in _PLACEHOLDER.findall(path):
        if name != "slug":
            raise ValueMistakeError(
                f"has {{{name}}}, which is unknown", "allowed: {slug}", "{slug}"
            )
    for segment in segments:
        _check_segment(segment.replace("{slug}", "x"), cure)
    return unicodedata.normalize("NFC", path)


_PATH_PATTERN = r"^(?![./-])[^\s!-,:-@\[-^`|~]+$"
FEED_PATH = Kind(_feed_path, {"type": ["string", "number"], "pattern": _PATH_PATTERN})


def paths_meet(one: str, other: str) -> bool:
    """Tell whether two feed paths can be one folder; `{slug}` stands for any one segment's part.

    Compared without case: so do many file systems.
    """
    ours, theirs = one.casefold().split("/"), other.casefold().split("/")
    return len(ours) == len(theirs) and all(map(_segments_meet, ours, theirs))


def _segments_meet(one: str, other: str) -> bool:
    head, slug, tail = one.partition("{slug}")
    other_head, other_slug, other_tail = other.partition("{slug}")
    if not slug and not other_slug:
        return one == other
    if slug and other_slug:
        heads = head.startswith(other_head) or other_head.startswith(head)
        return heads and (tail.endswith(other_tail) or other_tail.endswith(tail))
    if not slug:
        head, tail, other = other_head, other_tail, one
    fits = other.startswith(head) and other.endswith(tail)
    return fits and len(other) > len(head) + len(tail)


def _relative(value: str, cure: str) -> str:
    if "\\" in value:
        raise ValueMistakeError("has a backslash", "write /", value.replace("\\", "/"))
    if "\x00" in value or "://" in value:
        raise ValueMistakeError("is no path", cure)
    segments = [each for each in value.split("/") if each not in {"", "."}]
    if ".." in segments:
        raise ValueMistakeError("leaves the folder of config.yaml", cure)
    return "/".join(segments) or "."


def _anywhere(value: str) -> str:
    cure = "write a path, such as .feedwright or /var/lib/feedwright"
    if value.startswith("~"):
        raise ValueMistakeError(
            "has a ~, which is not replaced", "write ${HOME}", "${HOME}" + value[1:]
        )
    if "\x00" in value or "://" in value or "\\" in value:
        raise ValueMistakeError("is no path", cure)
    segments = [each for each in value.split("/") if each not in {"", "."}]
    return ("/" if value.startswith("/") else "") + "/".join(segments) or "."


PATH = Kind(_anywhere, {"type": ["string", "number"], "minLength": 1})
"""A path, relative to the folder of config.yaml or absolute."""


# ---------------------------------------------------------------- globs and other words


def _glob(value: str) -> str:
    cure = 'write a glob below the content folder, such as "drafts/**" or "*.md"'
    if "\\" in value:
        raise ValueMistakeError("has a backslash", "write /", value.replace("\\", "/"))
    if value.startswith("/"):
        raise ValueMistakeError("begins with /", cure, value.lstrip("/"))
    if value.startswith("!"):
        raise ValueMistakeError("begins with !", "write it in exclude without the !", value[1:])
    if "{" in value or "}" in value:
        raise ValueMistakeError("has { or }", "write one glob for each")
    if re.sub(r"\[[!^]?\]?[^\]]*\]", "", value).count("["):
        raise ValueMistakeError("has a [ without ]", cure)
    if ".." in value.split("/"):
        raise ValueMistakeError("leaves the content folder", cure)
    if len(value) > 500 or value.count("*") > 20:
        raise ValueMistakeError("is too long", cure)
    path = re.sub(r"/{2,}", "/", value.removeprefix("./"))
    return path + "**" if path.endswith("/") else path


GLOB = Kind(_glob, {"type": ["string", "number"], "minLength": 1})


def _feed_glob(value: str) -> str:
    if re.search(r"[\s\\]", value) or value.startswith("/"):
        raise ValueMistakeError("is no name of a feed", 'write a name, "category/*" or "*"')
    return unicodedata.normalize("NFC", value)


FEED_GLOB = Kind(_feed_glob, {"type": ["string", "integer"]})

_WARNING = lazy(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _warning(value: str) -> str:
    if not _WARNING.fullmatch(value):
        cure = "write the name of a warning, such as date-unreadable"
        raise ValueMistakeError("is no name of a warning", cure)
    return value


WARNING = Kind(_warning, {"type": "string", "pattern": "^[a-z0-9-]+$|\\$\\{"})


def _section(value: str) -> str:
    if "/" in value.strip("/"):
        what = "is a path, but a section is the top folder"
        raise ValueMistakeError(what, "write the top folder", value.strip("/").split("/")[0])
    return value.strip("/")


SECTION = Kind(_section, {"type": ["string", "number"]})


def _podcast_category(value: str) -> str:
    parts = [" ".join(part.split()) for part in value.split(">")]
    if len(parts) > 2 or not all(parts):
        cure = 'write a category such as "Arts" or "Arts > Books"'
        raise ValueMistakeError("is no category of a podcast", cure)
    return " > ".join(parts)


PODCAST_CATEGORY = Kind(_podcast_category, {"type": "string", "minLength": 1})

_BODIES = ("standard", "slack", "discord")


def _body(value: str) -> str:
    cure = "write standard, slack, discord or the path of a template"
    if value.casefold() in _BODIES:
        return value.casefold()
    if "/" in value or "." in value:
        return _relative(value, cure)
    raise ValueMistakeError("is not known here", cure, nearest(value, _BODIES))


BODY = Kind(_body, {"type": "string"})
