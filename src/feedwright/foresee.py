"""What a build would refuse, found out without writing anything.

Each refusal is asked for where the build asks, or has the words of the room that would refuse. What
only the moment of writing tells is not foreseen: a full disk, another build under way, files that
somebody else puts there in between.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from feedwright.endpoints import endpoints_of
from feedwright.errors import RefusedError, WriteError
from feedwright.ledger import file as ledger_file
from feedwright.planning import plan_of, refuse_mass_removal
from feedwright.publish.plan import Plan
from feedwright.publish.write import not_written, temporary
from feedwright.site import Site
from feedwright.store import lock
from feedwright.store.database import refuse_to_write
from feedwright.store.outbox import Outbox, Prepared
from feedwright.survey.run import Survey


class Foreseen(NamedTuple):
    """What the next build would do."""

    plan: Plan
    """What has to happen in `feeds/`, were nothing refused; empty where that cannot be told."""
    refused: tuple[RefusedError, ...]
    """Why nothing of it will, in the order of the build, which stops at the first."""


def foresee(
    found: Survey,
    *,
    allow_mass_removal: bool = False,
    adopt: bool = False,
    by_this_user: bool = True,
) -> Foreseen:
    """Find out what the build of a surveyed site does, and every reason to refuse it.

    Rights to write count if the build is run `by_this_user`.
    """
    disk = _Disk(heed_rights=by_this_user)
    refused, unfinished = _state(found.site, disk)
    plan = Plan((), 0)
    with _noted(refused):
        if not allow_mass_removal:
            refuse_mass_removal(found)
    with _noted(refused):
        try:
            plan = plan_of(found, adopt=adopt, look_only=True)
        except RefusedError:
            plan = plan_of(found, adopt=True, look_only=True)
            raise
    refused += _unwritable(found, plan, unfinished, disk)
    return Foreseen(plan, tuple(refused))


def refused_by_state(site: Site) -> tuple[RefusedError, ...]:
    """Return why a build by this user would refuse before it looks at the content."""
    return tuple(_state(site, _Disk(heed_rights=True))[0])


class _Disk:
    """What writing would come to, as far as a look tells."""

    def __init__(self, *, heed_rights: bool) -> None:
        self._heed_rights = heed_rights

    def opening(self, path: Path) -> OSError | None:
        """Return the error of opening a file for writing, which is made if it is missing."""
        if not os.path.exists(path):
            return self.making(path)
        if os.path.isdir(path):
            return _error(errno.EISDIR, path)
        return None if self.may(path, os.R_OK | os.W_OK) else _error(errno.EACCES, path)

    def making(self, path: Path) -> OSError | None:
        """Return the error of making a file, and the folders above it that are missing."""
        while not os.path.isdir(path.parent):
            path = path.parent
            if os.path.lexists(path):
                return _error(errno.EEXIST, path)
        return None if self.may(path.parent, os.W_OK | os.X_OK) else _error(errno.EACCES, path)

    def may(self, path: Path, mode: int) -> bool:
        """Tell whether the user may; also yes on a file system that nobody may write.

        Whoever looks at a site that is mounted read-only builds it somewhere else.
        """
        if not self._heed_rights or os.access(path, mode):
            return True
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


def _state(site: Site, disk: _Disk) -> tuple[list[RefusedError], Prepared | None]:
    path = lock.lock_path(site.state_folder)
    refused: list[RefusedError] = list(_not_to_be_opened(path, lock.not_opened, disk))
    unfinished = None
    with _noted(refused):
        unfinished = Outbox(site.outbox_path).unfinished(look_only=True)
    return refused, unfinished


def _unwritable(
    found: Survey, plan: Plan, unfinished: Prepared | None, disk: _Disk
) -> Iterator[RefusedError]:
    """Yield what stands in the way of writing, in the order of a publication."""
    site = found.site
    steps = [step.path for step in plan.steps]
    if unfinished:
        steps += [path for path, _ in unfinished.steps]
    has_lines = bool(found.new_lines() or (unfinished and unfinished.ledger_lines))
    yield from _not_to_be_staged(site.feeds_folder, steps, disk)
    is_sending = site.config.notify.send_within and endpoints_of(site)
    if steps or has_lines or is_sending:
        yield from _outbox_for_reading(site.outbox_path, disk)
    if has_lines:
        yield from _not_to_be_opened(site.ledger_path, ledger_file.not_written, disk)


def _not_to_be_staged(folder: Path, paths: Iterable[str], disk: _Disk) -> Iterator[WriteError]:
    targets: dict[Path, Path] = {}
    for path in paths:
        targets.setdefault((folder / path).parent, temporary(folder / path))
    told = set()  # many folders may have the same one above them
    for target in targets.values():
        error = disk.making(target)
        if error is not None and error.filename not in told:
            told.add(error.filename)
            yield not_written(folder, error)


def _outbox_for_reading(path: Path, disk: _Disk) -> Iterator[RefusedError]:
    refused: list[RefusedError] = []
    with _noted(refused):
        if any(
            os.path.exists(each) and not disk.may(each, os.W_OK) for each in (path.parent, path)
        ):
            refuse_to_write(path)
    yield from refused


def _not_to_be_opened(
    path: Path, words: Callable[[Path, OSError], WriteError], disk: _Disk
) -> Iterator[WriteError]:
    error = disk.opening(path)
    if error is not None:
        yield words(path, error)


@contextmanager
def _noted(refused: list[RefusedError]) -> Iterator[None]:
    try:
        yield
    except RefusedError as error:
        refused.append(error)
