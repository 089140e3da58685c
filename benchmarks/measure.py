"""Running commands and what they cost."""

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_SLOW = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONDEVMODE"})
"""Variables of a developer's machine that an installed program does not meet."""


class Cost(NamedTuple):
    """CPU of a command and of all its children, and wall time, in seconds; memory in MB."""

    cpu: float
    wall: float
    memory: float
    """Of its largest process."""


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end. Raises RuntimeError when it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name not in _SLOW},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        message = f"{' '.join(command)} in {folder}: exit {process.returncode}"
        raise RuntimeError(message)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each part."""
    return Cost(*(statistics.median(part) for part in zip(*costs, strict=True)))


def ratio(costs: Sequence[Cost], others: Sequence[Cost]) -> float:
    """Return the median of the ratios of CPU within pairs: load on the machine hits both."""
    pairs = zip(costs, others, strict=True)
    return statistics.median(one.cpu / max(other.cpu, 1e-9) for one, other in pairs)
