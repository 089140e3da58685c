"""A read-only view of a site's folder. What cannot be read is absent: guessing goes on without."""

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from feedwright.text import yamltree

_MOST_BYTES = 2_000_000
"""Of a configuration file."""
_MOST_FILES = 20_000
"""Looked at when articles are searched."""
_ELSEWHERE = frozenset(
    """node_modules _site public dist build output .git .github .cache themes vendor _includes
    _layouts _sass __pycache__ resources .docusaurus .next .astro static assets images img css js
    venv .venv target coverage test tests __tests__ cypress""".split()  # noqa: SIM905  a table
)
"""Folders in which no articles are searched."""

Values = Mapping[str, Any]
"""Configuration of a site as its syntax gives it: anything."""


class SiteFolder:
    """A folder in which a site may lie; paths are relative to it, with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def has(self, path: str) -> bool:
        """Tell whether there is a file."""
        return (self.root / path).is_file()

    def has_folder(self, path: str) -> bool:
        """Tell whether there is a folder."""
        return (self.root / path).is_dir()

    def first(self, *paths: str) -> str:
        """Give the first path that is a file; empty for none."""
        return next((path for path in paths if self.has(path)), "")

    def first_folder(self, *paths: str) -> str:
        """Give the first path that is a folder; empty for none."""
        return next((path for path in paths if self.has_folder(path)), "")

    def names(self, path: str = "") -> list[str]:
        """Give the names in a folder, sorted."""
        try:
            return sorted(os.listdir(self.root / path))
        except OSError:
            return []

    def text(self, path: str) -> str:
        """Give the text of a file; empty when there is none."""
        try:
            with (self.root / path).open("rb") as file:
                return file.read(_MOST_BYTES).decode("utf-8-sig", "replace").replace("\r\n", "\n")
        except OSError:
            return ""

    def values(self, path: str) -> Values:
        """Give the mapping that a YAML, TOML or JSON file holds, by its extension."""
        text = self.text(path) if path else ""
        try:
            found: object
            if path.endswith(".toml"):
                found = tomllib.loads(text)
            elif path.endswith(".json"):
                found = json.loads(text)
            else:
                found = yamltree.plain_value(yamltree.parse(text.replace("\t", "  ")))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def files(self, below: str = "") -> Iterator[str]:
        """Give the paths of files below a folder, folder by folder; not where no articles lie."""
        waiting, seen = [below], 0
        while waiting:
            folder = waiting.pop()
            prefix = f"{folder}/" if folder else ""
            for name in self.names(folder):
                path = prefix + name
                if self.has_folder(path):
                    if name not in _ELSEWHERE and not (self.root / path).is_symlink():
                        waiting.append(path)
                else:
                    seen += 1
                    if seen > _MOST_FILES:
                        return
                    yield path


def folded(values: Values) -> dict[str, Any]:
    """Give a mapping, and those in it, with casefolded keys: Hugo does not tell case."""
    return {
        str(key).casefold(): folded(value) if isinstance(value, dict) else value
        for key, value in values.items()
    }


def mapping(value: object) -> dict[str, Any]:
    """Give a value that is a mapping; else an empty one."""
    return value if isinstance(value, dict) else {}


def text(*values: object) -> str:
    """Give the first value that is a text (or number) and says something, on one line."""
    for value in values:
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            found = " ".join(str(value).split())
            if found:
                return found
    return ""


def is_on(value: object) -> bool:
    """Tell whether a switch is on; YAML gives it as text."""
    return value is True or (isinstance(value, str) and value.casefold() in {"true", "yes", "on"})


def is_off(value: object) -> bool:
    """Tell whether a switch is off: not only absent."""
    return value is False or (isinstance(value, str) and value.casefold() in {"false", "no", "off"})


def texts(value: object) -> tuple[str, ...]:
    """Give the texts of a list, or the only one."""
    items = value if isinstance(value, (list, tuple)) else [value]
    return tuple(found for item in items if (found := text(item)))
