"""Local files that articles name: images and enclosures, measured where they lie."""

import errno
import os
import stat
from typing import NamedTuple
from urllib.parse import unquote

from feedwright.config.schema import Content
from feedwright.errors import ContentUnavailableError
from feedwright.text.mediatypes import media_type
from feedwright.text.urls import is_absolute_iri

_ABSENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
_HARMLESS = (errno.ELOOP, errno.ENAMETOOLONG)
_PELICAN = ("{static}", "{filename}", "|static|", "|filename|")
_BESIDE = ("{attach}", "|attach|")


class Measured(NamedTuple):
    """A local file."""

    path: str
    """Absolute."""
    length: int
    """Bytes."""
    media_type: str


class Measurer:
    """Measures local files; each is looked at once. `used` has all that were asked for."""

    def __init__(self, root: str, content: Content) -> None:
        """Take the folder of config.yaml and where content and static files lie below it."""
        self._root = root
        self._content = tuple(os.path.join(root, path) for path in content.path)
        self._static = tuple(os.path.join(root, path) for path in content.static)
        self._reals = [os.path.realpath(path) + "/" for path in (*self._content, *self._static)]
        self._seen: dict[tuple[str, str], Measured | None] = {}
        self._looked_at: dict[str, Measured | None] = {}

    def measure(self, source_path: str, reference: str) -> Measured | None:
        """Return the file that a reference of the article at `source_path` means; None: none.

        A relative reference is looked for beside the article; one with a leading slash in
        `content.static`, then in the content folders, as is Pelican's `{static}`. Nothing outside
        of these folders is looked at. Raises ContentUnavailableError for a file that is there and
        cannot be looked at.
        """
        key = (os.path.dirname(source_path), reference)
        if key not in self._seen:
            looks = (self.look(path) for path in self._places(source_path, reference.strip()))
            self._seen[key] = next((found for found in looks if found is not None), None)
        return self._seen[key]

    def lengths(self, source_path: str, reference: str) -> dict[str, int]:
        """Return the absolute paths that were looked at for a reference: what it depends on.

        With the length of each file in bytes; -1 where there is none.
        """
        return {
            path: found.length if found else -1
            for path in map(os.path.normpath, self._places(source_path, reference.strip()))
            if path in self._looked_at
            for found in (self._looked_at[path],)
        }

    def _places(self, source_path: str, reference: str) -> list[str]:
        for prefix in _PELICAN:
            if reference.startswith(prefix + "/"):
                reference = reference[len(prefix) :]
        for prefix in (*_PELICAN, *_BESIDE):
            reference = reference.removeprefix(prefix)
        if reference.startswith(("//", "#", "?")) or is_absolute_iri(reference):
            return []
        path = unquote(reference.partition("#")[0].partition("?")[0])
        if not path.strip("/") or "\0" in path:
            return []
        if path.startswith("/"):
            return [
                os.path.join(each, path.lstrip("/")) for each in (*self._static, *self._content)
            ]
        return [os.path.join(self._root, os.path.dirname(source_path), path)]

    def look(self, path: str) -> Measured | None:
        """Measure the file at an absolute path, each once. Raises as `measure` does."""
        path = os.path.normpath(path)
        if path not in self._looked_at:
            found, matters = self._look(path)
            if not matters:
                return None
            self._looked_at[path] = found
        return self._looked_at[path]

    def _look(self, path: str) -> tuple[Measured | None, bool]:
        """Measure a file; with it comes whether it lies where local files may lie."""
        matters = False
        try:
            real = os.path.realpath(path)
            if not any(real.startswith(each) for each in self._reals):
                return None, False
            matters = True
            seen = os.stat(real)
        except (*_ABSENT, ValueError):
            return None, matters
        except OSError as error:
            if error.errno in _HARMLESS:
                return None, matters
            message = f"{path}: cannot be looked at ({error.strerror}); nothing was changed"
            raise ContentUnavailableError(message) from error
        if not stat.S_ISREG(seen.st_mode):
            return None, matters
        return Measured(path, seen.st_size, media_type(path)), matters
