"""The configuration as it was read and found right, so that a later run needs no YAML. A cache.

Nothing that may hold a secret is kept: no configuration with webhooks, none with variables.
"""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from feedwright.config.schema import Config
from feedwright.model import Problem
from feedwright.store.index.schema import dump, load
from feedwright.store.marks import is_ours, write_mark

_NAME = "config"


class KeptConfig(NamedTuple):
    """A configuration without mistakes."""

    config: Config
    warnings: tuple[Problem, ...]


def read(state: Path, key: str) -> KeptConfig | None:
    """Return what is kept in a state folder under a key; None when it is anything else.

    The key tells of the program, the file's name and its bytes.
    """
    path = state / _NAME
    if is_ours(path, key):
        with suppress(OSError):
            found: KeptConfig = load(path.read_bytes())
            return found
    return None


def write(state: Path, key: str, kept: KeptConfig) -> None:
    """Keep a configuration. A cache that cannot be written is no error."""
    if kept.config.notify.webhooks:
        return
    path = state / _NAME
    new = path.with_name(f"{_NAME}.new")
    with suppress(OSError):
        new.write_bytes(dump(kept))
        new.replace(path)
        write_mark(path, key)
