"""The configuration as it was read and found right, so that a later run needs no YAML. A cache.

Nothing that may hold a secret is kept: no configuration with webhooks, none with variables.
"""

import os
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple

from feedwright.config.schema import Config
from feedwright.model import Problem
from feedwright.store.index.schema import dump, load

_NAME = "config"
_DIGEST = 32


class KeptConfig(NamedTuple):
    """A configuration without mistakes."""

    key: str
    """Of the program, the file's name and its bytes."""
    config: Config
    warnings: tuple[Problem, ...]


def read(state: str, key: str) -> KeptConfig | None:
    """Return what is kept in a state folder under a key; None when it is anything else."""
    with suppress(OSError):
        with open(os.path.join(state, _NAME), "rb") as file:
            data = file.read()
        if sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            found: KeptConfig = load(data[_DIGEST:])
            return found if found.key == key else None
    return None


def write(state: str, kept: KeptConfig) -> None:
    """Keep a configuration. A cache that cannot be written is no error."""
    if kept.config.notify.webhooks:
        return
    data = dump(kept)
    path = os.path.join(state, _NAME)
    with suppress(OSError):
        with open(path + ".new", "wb") as file:
            file.write(sha256(data).digest() + data)
        os.replace(path + ".new", path)
