"""The quick answer to "is there anything to do", before anything heavy is imported.

One flat file in the state folder holds a digest over everything that a build reads: the program's
version, the configuration's bytes and variables, and the stat of all content, of the files beside
it, of the ledger and of every document. Equal digest, nothing due, nothing pending: the run ends
with the exit code of the last one. This module imports next to nothing; keep it so.
"""

import os
import sys
import time
from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256

from feedwright import __version__

_MAGIC = "feedwright-unchanged 4"
_HARMLESS = {"--no-notify", "--hold", "--wait-lock"}
_RACY_NS = 2_000_000_000
_NUMBERS = 4
_NO_FILE = (-1, 0, 0, 0)
_END_OF_NAMES = b"\0\0"
_SIGN = 1 << 63


class Watched:
    """What a build read: the configuration, and the paths (absolute) of everything else."""

    def __init__(
        self,
        *,
        config: str,
        config_bytes: bytes,
        variables: Iterable[str],
        folders: Iterable[str],
        inputs: Iterable[str],
        ours: Iterable[str],
    ) -> None:
        """Take `inputs`, files beside the content that were read, and `ours`, what we write."""
        self.config = config
        self.config_bytes = config_bytes
        self.variables = sorted(variables)
        self.folders = tuple(folders)
        self.inputs = sorted(inputs)
        self.ours = sorted(ours)


class Listing:
    """The stat of everything in the content folders, taken before anything is read.

    Of a link that leads out of them, in a circle or to nothing only that is noted: no article lies
    behind it, and whoever follows it may walk through the whole machine.
    """

    def __init__(self, folders: Iterable[str]) -> None:
        """Walk the folders; raises OSError when one cannot be read."""
        self.tops = tuple(folders)
        self.newest_ns = 0
        self.links: dict[str, str] = {}
        """By path of each symbolic link: where it really leads, and to what kind of thing."""
        self.folders: dict[str, bytes] = {}
        """What lies in each folder, packed (`rows_of`): a run over 100,000 files only compares."""
        self.newest_in: dict[str, int] = {}
        """By folder: when a file in it was last changed (ctime), in nanoseconds since 1970."""
        self._roots = tuple(os.path.join(os.path.realpath(top), "") for top in self.tops)
        for folder in self.tops:
            self._walk(folder, set())
        digest = sha256()
        for folder, packed in self.folders.items():
            digest.update(os.fsencode(f"{folder}\0{len(packed)}\0"))
            digest.update(packed)
        self.digest = digest.hexdigest()

    def _walk(self, folder: str, links: set[str]) -> None:
        # By its descriptor: the way from the root to each file is a quarter of what a stat costs.
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with os.scandir(descriptor) as entries:
                below = self._take(folder, entries, links)
        except OSError as error:  # which knows the name alone
            name = error.filename if isinstance(error.filename, str) else ""
            error.filename = os.path.join(folder, name)
            raise
        finally:
            os.close(descriptor)
        below.sort()
        for each in below:
            self._walk(each, links)

    def _take(
        self, folder: str, entries: Iterable["os.DirEntry[str]"], links: set[str]
    ) -> list[str]:
        """Take in what lies in a folder, and return the folders in it."""
        names: list[str] = []
        numbers = array("q")
        below: list[str] = []
        for entry in entries:
            name = entry.name
            if not entry.is_file(follow_symlinks=False):  # what is asked of 100,000 files is little
                is_link = entry.is_symlink()
                path = os.path.join(folder, name)
                if is_link and not self._leads_within(path, name):
                    names.append(name)
                    numbers.extend(_NO_FILE)
                    continue
                if entry.is_dir():
                    if name[0] != "." and (not is_link or _first_visit(path, links)):
                        below.append(path)
                    continue
            names.append(name)
            try:
                stat = entry.stat()
            except FileNotFoundError:  # gone since
                numbers.extend(_NO_FILE)
                continue
            row = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
            try:
                numbers.extend(row)
            except OverflowError:  # inodes are unsigned, and a file may be dated to the year 2300
                del numbers[_NUMBERS * (len(names) - 1) :]
                numbers.extend((each + _SIGN) % (2 * _SIGN) - _SIGN for each in row)
        newest = max(numbers[2::_NUMBERS], default=0)
        self.newest_in[folder] = newest
        self.newest_ns = max(self.newest_ns, newest)
        self.folders[folder] = os.fsencode("\0".join(names)) + _END_OF_NAMES + numbers.tobytes()
        return below

    def _leads_within(self, link: str, name: str) -> bool:
        """Whether there is something behind a link, and it lies in a content folder."""
        try:
            real = os.path.realpath(link, strict=True)
            what = f"{os.stat(real).st_mode >> 12} {real}"
        except OSError as error:
            real, what = "", f"error {error.errno}"
        if name[0] != ".":  # Emacs locks a file by such a link
            self.links[link] = what
        return real != "" and any((real + "/").startswith(root) for root in self._roots)


def _first_visit(path: str, links: set[str]) -> bool:
    real = os.path.realpath(path)
    if real in links or (path + "/").startswith(real + "/"):
        return False
    links.add(real)
    return True


def rows_of(packed: bytes) -> dict[str, tuple[int, ...]]:
    """Return what a listing knows of a folder: size, mtime, ctime and inode of each file, by name.

    Moments are in nanoseconds since 1970; a size of -1 means that there is no file.
    """
    if not packed:
        return {}
    names, _, rest = packed.partition(_END_OF_NAMES)
    numbers = array("q", rest)
    rows = (tuple(numbers[at : at + _NUMBERS]) for at in range(0, len(numbers), _NUMBERS))
    return dict(zip(os.fsdecode(names).split("\0"), rows, strict=True)) if rest else {}


def without_racy(packed: bytes, started_ns: int) -> bytes:
    """Return the packed rows of a folder in which no file that is racy equals its next row."""
    names, _, rest = packed.partition(_END_OF_NAMES)
    numbers = array("q", rest)
    for at in range(0, len(numbers), _NUMBERS):
        if is_racy(numbers[at + 2], started_ns):
            numbers[at] = -2
    return names + _END_OF_NAMES + numbers.tobytes()


class Look:
    """What a first look at a site found."""

    def __init__(self, code: int | None, started_ns: int, listing: Listing | None = None) -> None:
        """Take the exit code of the last build where a build would change nothing, else None."""
        self.code = code
        self.is_message_due = False
        self.started_ns = started_ns
        """The real clock before the look, in nanoseconds since 1970."""
        self.listing = listing
        """What lies in the content folders, if the look came so far."""


def answer(arguments: Sequence[str], now: float) -> tuple[int | None, Look | None]:
    """Return the exit code if this is a build that has nothing to do, else None.

    With it comes what was seen, if it is a plain build. `now` is in seconds since 1970. Never
    raises: in doubt the build runs.
    """
    config = _config_of(arguments)
    if config is None:
        return None, None
    seen = look(config, now)
    return None if seen.is_message_due else seen.code, seen


def look(config: str, now: float) -> Look:
    """Look whether a build would change anything, and whether a message is due. Never raises."""
    started_ns = time.time_ns()
    listing = None
    try:
        with open(config, "rb") as file:
            config_bytes = file.read()
        state = os.path.join(os.path.dirname(os.path.abspath(config)), state_of(config_bytes))
        with open(os.path.join(state, "unchanged"), encoding="utf-8") as file:
            magic, digest, due, pending, code, *lists = file.read().split("\0")
        if magic != _MAGIC or (due and now >= float(due)):
            return Look(None, started_ns)
        variables, folders, files = (text.split("\n") if text else [] for text in lists)
        listing = Listing(folders)
        if _digest(config, config_bytes, variables, listing, _stats(files)) != digest:
            return Look(None, started_ns, listing)
        seen = Look(int(code), started_ns, listing)
        seen.is_message_due = bool(pending) and now >= float(pending)
    except (OSError, ValueError):
        return Look(None, started_ns, listing)
    return seen


def remember(
    state: str,
    watched: Watched,
    listing: Listing,
    *,
    started_ns: int,
    due: float | None,
    code: int,
    pending: float | None = None,
) -> None:
    """Write the flat file, or remove it when something was touched too shortly before the scan.

    `started_ns` is the real clock at the scan, `due` the next moment (seconds since 1970) at which
    time changes something, `pending` the next moment at which a build sends a message. A file
    touched within two seconds of the scan might be touched again without its stat showing that.
    Failing to write costs speed only.
    """
    path = os.path.join(state, "unchanged")
    inputs = _stats(watched.inputs)
    newest = max([listing.newest_ns, *(row[3] for row in inputs if len(row) > 3)])
    files = (*watched.inputs, *watched.ours)
    lists = (watched.variables, watched.folders, files)
    text = "\0".join("\n".join(items) for items in lists)
    crowded = text.count("\0") != 2 or text.count("\n") != sum(max(len(x) - 1, 0) for x in lists)
    if is_racy(newest, started_ns) or crowded:
        forget(state)
        return
    stats = inputs + _stats(watched.ours)
    digest = _digest(watched.config, watched.config_bytes, watched.variables, listing, stats)
    _write(path, (_MAGIC, digest, _moment(due), _moment(pending), str(code), text))


def is_racy(touched_ns: int, started_ns: int) -> bool:
    """Whether a file was touched so shortly before a scan that it may be again, unseen."""
    return touched_ns >= started_ns - _RACY_NS


def renew_pending(state: str, pending: float | None) -> None:
    """Write down the next moment at which a build sends a message, and leave the rest as it is."""
    path = os.path.join(state, "unchanged")
    try:
        with open(path, encoding="utf-8") as file:
            magic, digest, due, before, *rest = file.read().split("\0")
    except (OSError, ValueError):
        forget(state)
        return
    if magic == _MAGIC and before != _moment(pending):
        _write(path, (magic, digest, due, _moment(pending), *rest))


def _moment(value: float | None) -> str:
    return "" if value is None else str(value)


def _write(path: str, fields: Iterable[str]) -> None:
    try:
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write("\0".join(fields))
        os.replace(path + ".new", path)
    except (OSError, ValueError):
        forget(os.path.dirname(path))


def forget(state: str) -> None:
    """Make the next build look at everything."""
    with suppress(OSError):
        os.unlink(os.path.join(state, "unchanged"))


def _config_of(arguments: Sequence[str]) -> str | None:
    """Return the configuration's path if the arguments ask for a plain build."""
    config = "config.yaml"
    rest = list(arguments)
    command = False
    while rest:
        argument = rest.pop(0)
        if argument in {"-c", "--config"} and rest and not command:
            config = rest.pop(0)
        elif argument == "build" and not command:
            command = True
        elif not (command and argument in _HARMLESS):
            return None
    return config if command else None


def state_of(config: bytes) -> str:
    """Find the plain top-level scalar `state` without a YAML parser; ValueError: it takes one."""
    for line in config.split(b"\n"):
        if line.startswith(b"state:"):
            value = line[6:].split(b" #")[0].strip()
            if not value or value[:1] in b"\"'|>&*!$" or b"${" in value:
                raise ValueError(value)
            return os.fsdecode(value)
        if line[:1] in (b'"', b"'", b"{", b"?"):
            raise ValueError(line)  # keys that only a YAML parser can read
    return ".feedwright"


def _stats(paths: Iterable[str]) -> list[tuple[str, int, int, int, int] | tuple[str]]:
    rows: list[tuple[str, int, int, int, int] | tuple[str]] = []
    for path in paths:
        try:
            stat = os.stat(path)
        except OSError:
            rows.append((path,))
        else:
            rows.append((path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))
    return rows


def _digest(
    config: str,
    config_bytes: bytes,
    variables: Iterable[str],
    listing: Listing,
    stats: Iterable[object],
) -> str:
    # The path as well: a copy of the site has this file, too, which names what was copied.
    parts = [__version__, sys.version, os.path.abspath(config), sha256(config_bytes).hexdigest()]
    parts.append(listing.digest)
    parts += [f"{name} {os.environ.get(name)!r}" for name in variables]
    parts += map(str, stats)
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
