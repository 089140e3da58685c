"""One build of a site at a time."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feedwright.errors import LockedError, WriteError


@contextmanager
def locked(state: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock of the state folder; the system drops it when the process dies.

    Raises LockedError when another process holds it and `wait` is false.
    """
    path = lock_path(state)
    try:
        state.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise not_opened(path, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        os.close(descriptor)
        if error.errno in {errno.EAGAIN, errno.EACCES}:
            raise LockedError(
                "another build of this site is running; wait for it, or use --wait-lock"
            ) from error
        raise WriteError(f"{path}: cannot be locked ({error.strerror})") from error
    try:
        yield
    finally:
        os.close(descriptor)


def lock_path(state: Path) -> Path:
    """Return the file that is locked."""
    return state / "lock"


def not_opened(path: Path, error: OSError) -> WriteError:
    """Say why the lock cannot be opened, with the cure."""
    return WriteError(
        f"{path}: cannot be opened ({error.strerror}); give the user of this run the right "
        "to write there, or set `state` to a folder that it may write"
    )
