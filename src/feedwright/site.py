"""A site on disk: its configuration, its people, and where everything lies."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from feedwright.config.loading import load
from feedwright.config.schema import Config
from feedwright.errors import WriteError
from feedwright.model import Person, Problem
from feedwright.sources.authors import read_authors


class Site:
    """An open site. Paths of values are relative to `root`, the folder of config.yaml."""

    def __init__(self, config_path: Path, environ: Mapping[str, str]) -> None:
        """Read the configuration; raises ConfigurationError with every mistake."""
        loaded = load(config_path, environ)
        self.config_path = config_path
        self.config_bytes: bytes = loaded.source
        self.config: Config = loaded.config
        self.root: Path = loaded.root
        self.variables: Mapping[str, str | None] = loaded.variables
        self.warnings: tuple[Problem, ...] = loaded.warnings

    @cached_property
    def _authors(self) -> tuple[Mapping[str, Person], tuple[Problem, ...]]:
        return read_authors(str(self.root), self.config.content.authors)

    @property
    def people(self) -> Mapping[str, Person]:
        """Handles of the authors file, casefolded, and who they are."""
        return self._authors[0]

    @property
    def people_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the authors file."""
        return self._authors[1]

    @property
    def content_folders(self) -> tuple[str, ...]:
        """Absolute paths of the content folders."""
        return tuple(str(self.root / path) for path in self.config.content.path)

    @property
    def feeds_folder(self) -> Path:
        """Where documents are written."""
        return self.root / "feeds"

    @property
    def state_folder(self) -> Path:
        """What may be deleted at will, but for messages that are not sent yet."""
        return self.root / self.config.state

    def make_state_folder(self) -> None:
        """Make the state folder, if it is missing; raises WriteError."""
        try:
            self.state_folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(
                f"{self.state_folder}: cannot be made ({error.strerror}); give the user of this "
                "run the right to, or set `state` to a folder that it may write"
            ) from error

    @property
    def outbox_path(self) -> Path:
        """Publications under way, and messages that are not delivered yet."""
        return self.state_folder / "outbox.sqlite"

    @property
    def ledger_path(self) -> Path:
        """The record of identity, to be committed and kept."""
        return self.root / self.config.ledger

    @property
    def authors_path(self) -> Path:
        """The authors file or folder, which may be missing."""
        return self.root / self.config.content.authors
