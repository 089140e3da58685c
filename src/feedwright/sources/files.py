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
        self._looked_at: set[str] = set()

    @property
    def used(self) -> frozenset[str]:
        """Absolute paths that were looked at, there or not: what a later run depends on."""
        return frozenset(self._looked_at)

    def measure(self, source_path: str, reference: str) -> Measured | None:
        """Return the file that a reference of the article at `source_path` means; None: none.

        A relative reference is looked for beside the article; one with a leading slash in
        `content.static`, then in the content folders, as is Pelican's `{static}`. Nothing outside
        of these folders is looked at. Raises ContentUnavailableError for a file that is there and
        cannot be looked at.
        """
        folder = os.path.dirname(os.path.join(self._root, source_path))
        key = (folder, reference)
        if key not in self._seen:
            self._seen[key] = self._measure(folder, reference)
        return self._seen[key]

    def _measure(self, folder: str, reference: str) -> Measured | None:
        for path in self._places(folder, reference.strip()):
            found = self._look(path)
            if found is not None:
                return found
        return None

    def _places(self, folder: str, reference: str) -> list[str]:
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
        return [os.path.join(folder, path)]

    def _look(self, path: str) -> Measured | None:
        path = os.path.normpath(path)
        try:
            real = os.path.realpath(path)
            if not any(real.startswith(each) for each in self._reals):
                return None
            self._looked_at.add(path)
            seen = os.stat(real)
        except (*_ABSENT, ValueError):
            return None
        except OSError as error:
            if error.errno in _HARMLESS:
                return None
            message = f"{path}: cannot be looked at ({error.strerror}); nothing was changed"
            raise ContentUnavailableError(message) from error
        if not stat.S_ISREG(seen.st_mode):
            return None
        return Measured(path, seen.st_size, media_type(path))
