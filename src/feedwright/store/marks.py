"""Files that are trusted by their stat, which is written down beside them.

They hold pickles, and whoever writes those has the reader run what he likes. In a clone, a pull
request or an archive nobody can say beforehand which inode and which moment of change a file gets;
what another user owns is never read. A stamp tells of what a file was made for: by another program
it is not even opened.
"""

import os
from contextlib import suppress
from pathlib import Path


def write_mark(path: Path, stamp: str) -> None:
    """Write down that a file is ours as it is now; raises OSError."""
    with open(_beside(path), "w", encoding="ascii") as file:
        file.write(_mark(path, stamp))


def is_ours(path: Path, stamp: str) -> bool:
    """Tell whether a file is as it was when it was marked with the same stamp. Never raises."""
    with suppress(OSError, ValueError), open(_beside(path), encoding="ascii") as file:
        return file.read() == _mark(path, stamp) and os.stat(path).st_uid == os.geteuid()
    return False


def _mark(path: Path, stamp: str) -> str:
    seen = os.stat(path)
    return f"{stamp} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".mark")
