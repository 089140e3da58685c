"""Making a plan visible: temporary files beside their targets, fsync, rename, remove.

Temporary files have fixed names, so that what a killed run left is overwritten or swept away.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

from feedwright.errors import WriteError
from feedwright.publish.plan import Existing, Step

_Found = TypeVar("_Found")
_BEGINNING = 16_384
_SUFFIX = ".feedwright-new"


def temporary(target: Path) -> Path:
    """Return the path of the temporary file for a target; it is in the same folder."""
    return target.with_name(f".{target.name}{_SUFFIX}")


def read_existing(folder: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """Read those of `paths` that exist as files below `folder`.

    Raises WriteError when a path cannot be a file of ours: it is a folder, or cannot be read.
    """
    return _of_existing(folder, paths, lambda file: file.read())


def look_at_existing(folder: Path, paths: Iterable[str]) -> dict[str, Existing]:
    """Return what stands at `paths` below `folder`; like `read_existing`, but never whole."""
    return _of_existing(folder, paths, _existing)


def _existing(file: BufferedReader) -> Existing:
    beginning = file.read(_BEGINNING)
    file.seek(0)
    return Existing(file_digest(file, "sha256").hexdigest(), beginning)


def _of_existing(
    folder: Path, paths: Iterable[str], look: Callable[[BufferedReader], _Found]
) -> dict[str, _Found]:
    found = {}
    for path in paths:
        try:
            found[path] = _look(folder / path, look)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise WriteError(
                f"feeds/{path}: cannot be read ({error.strerror}); "
                "make way for the document, or mend its permissions"
            ) from error
    return found


def _look(path: Path, look: Callable[[BufferedReader], _Found]) -> _Found:
    """Read a file. Whoever opened a pipe in its place would wait for ever."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "no regular file")
        with open(descriptor, "rb", closefd=False) as file:
            return look(file)
    finally:
        os.close(descriptor)


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder; a missing folder has none. Raises WriteError."""
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise WriteError(
            f"{folder}: cannot be read ({error.strerror}); make way for the folder, or mend its "
            "permissions"
        ) from error


def stage(folder: Path, steps: Iterable[Step]) -> None:
    """Write the bytes of each step to a temporary file beside its target; fsync files and folders.

    On failure what was staged is taken away again: nothing has changed.
    """
    steps = [step for step in steps if step.new]
    try:
        with _translated(folder):
            for parent in sorted({(folder / step.path).parent for step in steps}):
                _make_folder(parent)
            for step in steps:
                pieces = step.pieces() if step.pieces else (step.data,)
                _write_durably(temporary(folder / step.path), pieces)
            for parent in sorted({(folder / step.path).parent for step in steps}):
                sync_folder(parent)
    except WriteError:
        for step in steps:
            with contextlib.suppress(OSError):
                temporary(folder / step.path).unlink()
        raise


def swap(folder: Path, steps: Iterable[tuple[str, str]]) -> None:
    """Make staged steps visible, in their order: (path, new sha256; empty removes the file).

    A temporary file that is missing or is not the one meant is left for the next build, which
    renders the document again.
    """
    parents = set()
    with _translated(folder):
        for path, new in steps:
            target = folder / path
            if not new:
                target.unlink(missing_ok=True)
            elif _holds(temporary(target), new):
                temporary(target).replace(target)
            if target.parent.is_dir():
                parents.add(target.parent)
        for parent in sorted(parents):
            sync_folder(parent)
        _remove_empty_folders(folder, {path for path, new in steps if not new})


def sweep(folder: Path, paths: Iterable[str]) -> None:
    """Take away temporary files that a killed run left in the folders of `paths`."""
    for parent in {(folder / path).parent for path in paths} | {folder}:
        with contextlib.suppress(OSError):
            for left in parent.glob(f".*{_SUFFIX}"):
                left.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        sync_folder(each.parent)


def _write_durably(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _holds(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


def _remove_empty_folders(folder: Path, removed: set[str]) -> None:
    for path in removed:
        parent = (folder / path).parent
        while parent != folder and folder in parent.parents:
            try:
                parent.rmdir()
            except OSError:
                break
            parent = parent.parent


@contextlib.contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn what the file system refuses into our error."""
    try:
        yield
    except OSError as error:
        raise not_written(folder, error) from error


def not_written(folder: Path, error: OSError) -> WriteError:
    """Say what the file system refuses below `folder`, with the cure."""
    cures = {
        errno.ENOSPC: "free some space; the next run continues",
        errno.EDQUOT: "free some space; the next run continues",
        errno.EROFS: "the folder is read-only; mount it writable",
        errno.EACCES: "give the user of this run the right to write there",
        errno.EPERM: "give the user of this run the right to write there",
        errno.EEXIST: "a file stands where a folder is needed; move it away",
        errno.ENOTDIR: "a file stands where a folder is needed; move it away",
        errno.EISDIR: "a folder stands where a document goes; move it away",
    }
    cure = cures.get(error.errno or 0, "mend it; the next run continues")
    return WriteError(f"{error.filename or folder}: cannot be written ({error.strerror}); {cure}")
