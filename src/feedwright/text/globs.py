"""Globs over paths, as in `content.include`, `content.exclude` and `content.defaults`.

`*` and `?` stay within a folder, `**` goes across folders, `[a-z]` is a set. A pattern without a
slash is a name at any depth; one with a slash is counted from the top. A pattern that fits a folder
fits everything below it.
"""

import re
from collections.abc import Callable, Iterable

from feedwright.text.patterns import lazy


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return a function that says whether one of the patterns fits a path (POSIX, no leading /)."""
    sources = [_source(pattern) for pattern in patterns]
    if not sources:
        return lambda path: False
    if any(source == "" for source in sources):
        return lambda path: True
    fits = re.compile("|".join(f"(?:{source})" for source in sources), re.DOTALL).fullmatch
    return lambda path: fits(path) is not None


def _source(pattern: str) -> str:
    """Return a regular expression; empty for a pattern that fits everything."""
    anchored = "/" in pattern.rstrip("/")
    parts = [part for part in pattern.split("/") if part not in {"", "."}]
    if parts and parts[-1] == "**":
        parts.pop()
        end = "/.*" if parts else ".*"
    else:
        end = "(?:/.*)?"
    if all(part == "**" for part in parts):
        return ""
    start = "" if anchored else "(?:[^/]+/)*"
    body = "".join(
        "(?:[^/]+/)*" if part == "**" else _segment(part) + "/"
        for number, part in enumerate(parts)
        if part != "**" or parts[number - 1 : number] != ["**"]
    )
    return start + body.removesuffix("/") + end


_TOKEN = lazy(r"\*+|\?|\[[!^]?\]?[^\]]*\]|.", re.DOTALL)


def _segment(part: str) -> str:
    return "".join(map(_translated, _TOKEN.findall(part)))


def _translated(part: str) -> str:
    if part[0] == "*":
        return "[^/]*"
    if part == "?":
        return "[^/]"
    if part[0] == "[" and len(part) > 2:
        negated = part[1] in "!^"
        inner = part[2 if negated else 1 : -1].replace("\\", r"\\").replace("[", r"\[")
        inner = inner.replace("&&", r"&\&").replace("||", r"|\|").replace("~~", r"~\~")
        return f"[{'^' if negated else ''}{inner}]" if inner else re.escape(part)
    return re.escape(part)
