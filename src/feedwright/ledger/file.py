"""The ledger on disk: read, appended, replaced. Every append is synced before it returns.

What is appended may be appended again: a build that was killed in between is rolled forward with
the offset and the very lines that it was about to write.
"""

import os
import stat
from hashlib import sha256
from pathlib import Path

from feedwright.errors import LedgerError, WriteError
from feedwright.ledger.lines import Ledger, parse


def read(path: Path) -> tuple[bytes, Ledger]:
    """Read the ledger; a missing file is an empty ledger.

    Raises LedgerError when it cannot be read, naming file and line.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A pipe would never be read to its end.
            raise LedgerError(f"{path.name}: is no regular file; restore the ledger in its place")
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise LedgerError(
            f"{path.name}: cannot be read ({error.strerror}); mend its permissions or its disk"
        ) from error
    return data, parse(data, path.name)


def mark(path: Path) -> str:
    """Return what changes when the ledger does: stat and digest of its last 4 KiB; empty: none."""
    try:
        seen = path.stat()
        with path.open("rb") as file:
            file.seek(max(0, seen.st_size - 4096))
            tail = sha256(file.read()).hexdigest()
    except OSError:
        return ""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino} {tail}"


def append(path: Path, offset: int, data: bytes) -> None:
    """Write lines at the end of what was read, `offset` bytes long, and sync.

    A torn or partial prefix of the lines behind the offset is cut off first; lines that are there
    already are not written twice, also where another hand (a `git pull`) has changed the file in
    between: then what is missing goes to the end. Raises WriteError.
    """
    if not data:
        return
    try:
        is_new = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.seek(0)
            start, rest = _missing(file.read(), offset, data)
            file.truncate(start)
            file.seek(start)
            file.write(rest)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            _sync_folder(path.parent)
    except OSError as error:
        raise not_written(path, error) from error


def replace(path: Path, data: bytes) -> None:
    """Put other bytes in the ledger's place, at once. Raises WriteError.

    A symbolic link stays one, and its file keeps its mode.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            if path.exists():
                os.fchmod(file.fileno(), stat.S_IMODE(path.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise not_written(path, error) from error


def _missing(present: bytes, offset: int, data: bytes) -> tuple[int, bytes]:
    """Where to write, and what of the lines is not there yet."""
    if 0 < offset <= len(present) and not present[:offset].endswith(b"\n"):
        data = b"\n" + data
    tail = present[offset:]
    if len(present) >= offset:
        if data.startswith(tail):
            return offset, data
        if tail.startswith(data):
            return len(present), b""
    whole = parse(present).whole
    lines = {line.strip() for line in present[:whole].split(b"\n")}
    rest = b"".join(
        line + b"\n" for line in data.split(b"\n") if line.strip() and line.strip() not in lines
    )
    separator = b"\n" if rest and whole and not present[:whole].endswith(b"\n") else b""
    return whole, separator + rest


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def not_written(path: Path, error: OSError) -> WriteError:
    """Say why the ledger cannot be written, with the cure."""
    return WriteError(
        f"{path.name}: cannot be written ({error.strerror}); "
        "make room or permissions and run again: the work is then finished"
    )
