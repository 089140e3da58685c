"""Where symbolic links lead: within the content folders, or not."""

import errno
import os
import stat
from collections.abc import Sequence
from typing import NamedTuple

CURE = "let it lead to something within the content folder, or name it in content.exclude"


class LinkProblem(NamedTuple):
    """Why a link is not followed."""

    name: str
    what: str


class Target(NamedTuple):
    """What a link leads to."""

    real: str
    is_folder: bool
    problem: LinkProblem | None = None


def follow(path: str, folder: str, roots: Sequence[str]) -> Target:
    """Follow the link at `path`, whose own folder is really `folder`. Raises OSError.

    `roots` are the real paths of the content folders, which it must not leave.
    """
    try:
        real = os.path.realpath(path, strict=True)
        seen = os.stat(real)
    except FileNotFoundError:
        os.lstat(path)  # absent itself: for the caller
        return Target("", False, LinkProblem("link-broken", "is a link to nothing"))  # noqa: FBT003
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return Target("", False, LinkProblem("link-loop", "is a link to itself"))  # noqa: FBT003
    is_folder = stat.S_ISDIR(seen.st_mode)
    if not any(real == root or real.startswith(root.rstrip("/") + "/") for root in roots):
        what = "is a link that leaves the content folder"
        return Target(real, is_folder, LinkProblem("link-escapes", what))
    if is_folder and (folder + "/").startswith(real.rstrip("/") + "/"):
        what = "is a link to a folder that holds it"
        return Target(real, is_folder, LinkProblem("link-loop", what))
    return Target(real, is_folder)


def is_regular(seen: os.stat_result) -> bool:
    """Whether it is a file, no pipe or device, which would block whoever opens it."""
    return stat.S_ISREG(seen.st_mode)
