"""What a reader shows of an article, and what every reader of these tests can do."""

import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from datetime import datetime
from pathlib import Path
from typing import ClassVar, NamedTuple


class Shown(NamedTuple):
    """An article as its reader sees it; a field is empty where the reader has no such thing."""

    id: str
    title: str
    link: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    content: str = ""
    enclosure: str = ""


ALL_FIELDS = frozenset({"title", "link", "authors", "published", "content", "enclosure"})


class Reader(ABC):
    """A reader that has subscribed to one address."""

    # Conditional GET: it sends back the validators that it was given.
    conditional: ClassVar[bool] = True
    # It knows an article by its title and link, too: an edit of them makes another article.
    keys_on_title_and_link: ClassVar[bool] = False
    # The fields of Shown that it fills.
    shows: ClassVar[frozenset[str]] = ALL_FIELDS

    @abstractmethod
    def __init__(self, url: str, home: Path) -> None:
        """Subscribe; `home` is an empty folder."""

    @abstractmethod
    def poll(self) -> list[Shown]:
        """Ask for the feed; return what it calls new since the last time, newest first."""

    def close(self) -> None:  # noqa: B027 - most hold nothing open
        """End the subscription."""


def program(name: str) -> str:
    """Return where a program is; `.ci/run` installs it."""
    found = shutil.which(name)
    assert found, f"{name} is not installed: see .ci/run"
    return found


def output_of(command: list[str], home: Path) -> str:
    """Run a reader as somebody whose home folder is empty; return what it prints."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "no_proxy": "127.0.0.1",
    }
    done = subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout
