"""What lies in the content folders: source files, data beside them, and what is left out.

One `scandir` for each folder and one `stat` for each source file; nothing is opened.
"""

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple, NoReturn

from feedwright.config.schema import Content
from feedwright.errors import ContentUnavailableError
from feedwright.model import LeftOut, Problem, Severity, SourceFile
from feedwright.sources import links
from feedwright.sources.beside import is_of_folder, is_spelled_oddly, orphans, records, stem_of
from feedwright.sources.cascade import is_section
from feedwright.sources.kinds import (
    DATA_EXTENSIONS,
    IGNORED_FOLDERS,
    extension_of,
    is_article,
    no_article,
    not_read,
)
from feedwright.sources.script import is_script
from feedwright.text.globs import matcher


class Overview(NamedTuple):
    """What a scan says of the content folders as a whole, which later runs have to know."""

    problems: tuple[Problem, ...]
    odd: frozenset[str]
    """Stems of data files that are spelled oddly (`a.YAML`)."""
    followed: frozenset[str] | None
    """Paths of the symbolic links behind which something was taken in; None when they lead to one
    another, so that it depends on their order which path of a file counts."""


class Scan(NamedTuple):
    """What was found, in the order of paths."""

    files: tuple[SourceFile, ...]
    data: Mapping[str, SourceFile]
    """Sidecars and other data files by path. What belongs to no article and may hold some is among
    `files`: its text decides."""
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]
    sections: Mapping[str, SourceFile] = {}
    """The `_index` files by path: they may say something for the articles of their folder."""
    overview: Overview = Overview((), frozenset(), frozenset())


def scan(root: str, content: Content) -> Scan:
    """Look through the content folders below `root`, the folder of config.yaml.

    Symbolic links are followed within the content folders. Raises ContentUnavailableError when a
    content folder is missing, or anything below it cannot be listed or looked at for other reasons
    than absence.
    """
    walk = Walk(content)
    roots = [(prefix_of(path), os.path.join(root, path)) for path in content.path]
    for prefix, absolute in roots:
        walk.content_folder(prefix, absolute)
    walk.follow_links()
    odd = frozenset(stem_of(path) for path in walk.data if is_spelled_oddly(path))
    for path in records(walk.files.values(), walk.data):
        walk.files[path] = walk.data[path] if is_of_folder(path) else walk.data.pop(path)
    files = tuple(sorted(walk.files.values()))
    problems = sorted([*walk.problems, *orphans(files, walk.data)], key=lambda each: each.path)
    return Scan(
        files,
        walk.data,
        tuple(sorted(walk.left_out)),
        tuple(problems),
        walk.sections,
        Overview(tuple(problems), odd, None if walk.is_tangled else frozenset(walk.followed)),
    )


def prefix_of(path: str) -> str:
    """Return how the paths of a content folder's files begin."""
    normal = os.path.normpath(path)
    return "" if normal == "." else normal.rstrip("/") + "/"


class Folder(NamedTuple):
    """A folder on the way of a walk."""

    absolute: str
    prefix: str
    """Of paths: of the content folder."""
    below: str
    """Empty, or ends with a slash."""
    real: str
    """Its path without links."""


class Walk:
    """Collects; the order of the file system does not matter, since everything is sorted."""

    def __init__(self, content: Content) -> None:
        self.files: dict[str, SourceFile] = {}
        self.data: dict[str, SourceFile] = {}
        self.sections: dict[str, SourceFile] = {}
        self.left_out: list[LeftOut] = []
        self.problems: list[Problem] = []
        self._included = matcher(content.include)
        self._excluded: Callable[[str], bool] = matcher(content.exclude)
        self._links: list[tuple[Folder, str]] = []
        self._reals: list[str] = []
        self._walked: set[str] = set()
        self.followed: set[str] = set()
        self.is_tangled = False

    def content_folder(self, prefix: str, absolute: str) -> None:
        """Walk one of the configured folders."""
        path = prefix.rstrip("/") or "."
        try:
            real = os.path.realpath(absolute, strict=True)
            os.scandir(absolute).close()
        except OSError as error:
            unavailable(path, error)
        self._reals.append(real)
        self._walk(Folder(absolute, prefix, "", real))

    def _walk(self, start: Folder) -> None:
        waiting = [start]
        while waiting:
            folder = waiting.pop()
            if folder.real in self._walked:
                self.is_tangled = True
                continue
            self._walked.add(folder.real)
            try:
                with os.scandir(folder.absolute) as entries:
                    for entry in entries:
                        below = self._entry(folder, entry)
                        if below is not None:
                            waiting.append(below)
            except (FileNotFoundError, NotADirectoryError):
                continue  # deleted meanwhile
            except OSError as error:
                unavailable(folder.prefix + folder.below.rstrip("/"), error)

    def _entry(self, folder: Folder, entry: "os.DirEntry[str]") -> Folder | None:
        """Take an entry in; return it if it is a folder to walk."""
        name = entry.name
        if name[0] == "." and name != ".authors.yml":
            return None
        if not name.isascii() and not self._is_text(folder, name):
            return None
        if entry.is_symlink():
            self._links.append((folder, name))
        elif entry.is_dir(follow_symlinks=False):
            return self.enter(folder, name)
        else:
            self.take(folder, name, lambda: entry.stat(follow_symlinks=False))
        return None

    def enter(self, folder: Folder, name: str) -> Folder | None:
        """Return a folder to walk; None for one that is passed over."""
        below = folder.below + name
        if name in IGNORED_FOLDERS:
            return None
        if self._excluded(below):
            self.left_out.append(LeftOut(folder.prefix + below + "/", "content.exclude"))
            return None
        absolute, real = f"{folder.absolute}/{name}", f"{folder.real}/{name}"
        return Folder(absolute, folder.prefix, below + "/", real)

    def _is_text(self, folder: Folder, name: str) -> bool:
        try:
            name.encode()
        except UnicodeEncodeError:
            shown = os.fsencode(name).decode("utf-8", "backslashreplace")
            path = folder.prefix + folder.below + shown
            cure = "rename it, with letters in UTF-8"
            self._problem("path-encoding", path, "its name is not UTF-8", cure)
            return False
        return True

    def take(self, folder: Folder, name: str, stat: Callable[[], os.stat_result]) -> None:
        """Take a file in. Only what may be an article or its sidecar is looked at (`stat`)."""
        extension = extension_of(name)
        article = is_article(extension)
        below = folder.below + name
        path = folder.prefix + below
        if not article and extension not in DATA_EXTENSIONS and not is_script(name):
            reason = not_read(name, extension)
            if reason and not self._excluded(below):
                self.left_out.append(LeftOut(path, reason))
            return
        why = ""
        if not self._included(below):
            why = "content.include does not name it"
        elif self._excluded(below):
            why = "content.exclude"
        elif article:
            why = no_article(name, at_top=not folder.below)
        if why:
            if article:
                self.left_out.append(LeftOut(path, why))
            if not is_section(name):
                return
        try:
            seen = stat()
        except (FileNotFoundError, NotADirectoryError):
            return  # deleted meanwhile
        if not links.is_regular(seen):
            if not why:
                self.left_out.append(LeftOut(path, "is no regular file"))
            return
        found = SourceFile(
            path,
            below,
            folder.absolute + "/" + name,
            seen.st_size,
            seen.st_mtime_ns,
            seen.st_ctime_ns,
            seen.st_ino,
        )
        kind = self.sections if why else self.files if article else self.data
        kind.setdefault(path, found)

    def _problem(self, name: str, path: str, what: str, cure: str) -> None:
        self.problems.append(Problem(Severity.ERROR, name, path, 0, "", what, cure))

    # ------------------------------------------------------------ links

    def follow_links(self) -> None:
        """Follow symbolic links, after all else: what they lead to may be read already."""
        while self._links:
            waiting, self._links = sorted(self._links), []
            known = {os.path.realpath(file.absolute) for file in self.files.values()}
            for folder, name in waiting:
                try:
                    self._link(folder, name, known)
                except (FileNotFoundError, NotADirectoryError):
                    continue  # deleted meanwhile
                except OSError as error:
                    unavailable(folder.prefix + folder.below + name, error)

    def _link(self, folder: Folder, name: str, known: set[str]) -> None:
        below = folder.below + name
        path = folder.prefix + below
        if self._excluded(below) or name in IGNORED_FOLDERS:
            return
        target = links.follow(folder.absolute + "/" + name, folder.real, self._reals)
        matters = target.is_folder or is_article(extension_of(name))
        if target.problem:
            if matters or (target.problem.name != "link-escapes" and not extension_of(name)):
                self._problem(target.problem.name, path, target.problem.what, links.CURE)
        elif target.is_folder:
            if target.real in self._walked:
                self.left_out.append(LeftOut(path + "/", "is a link to a folder that is read"))
            else:
                absolute = folder.absolute + "/" + name
                self.followed.add(path)
                self._walk(Folder(absolute, folder.prefix, below + "/", target.real))
        elif matters and target.real in known:
            self.left_out.append(LeftOut(path, "is a link to a file that is read"))
        else:
            known.add(target.real)
            self.followed.add(path)
            self.take(folder, name, lambda: os.stat(target.real))


def unavailable(path: str, error: OSError) -> NoReturn:
    """Raise the ContentUnavailableError of something that cannot be looked at."""
    if isinstance(error, FileNotFoundError):
        message = f"{path}: the content folder is missing; create it, or correct content.path"
    elif isinstance(error, NotADirectoryError):
        message = f"{path}: is no folder; correct content.path"
    else:
        message = f"{path}: cannot be read ({error.strerror}); nothing was changed; mend that"
    raise ContentUnavailableError(message) from error
