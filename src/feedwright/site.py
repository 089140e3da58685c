"""A site on disk: its configuration, its people, and where everything lies."""

from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from feedwright import program, unchanged
from feedwright.errors import WriteError
from feedwright.model import Person, Problem
from feedwright.sources.authors import read_authors
from feedwright.store import kept_config
from feedwright.store.kept_config import KeptConfig

_LARGEST = 100_000
"""Bytes of a configuration that is kept."""


class Site:
    """An open site. Paths of values are relative to `root`, the folder of config.yaml."""

    def __init__(self, config_path: Path, environ: Mapping[str, str]) -> None:
        """Read the configuration; raises ConfigurationError with every mistake."""
        self.config_path = config_path
        self.root = config_path.absolute().parent
        self.config_bytes = b""
        self.variables: Mapping[str, str | None] = {}
        self.key = ""
        """Under which the configuration may be kept."""
        known = self._kept()
        self.was_kept = known is not None
        if known is not None:
            self.config, self.warnings = known.config, known.warnings
            return
        from feedwright.config.loading import load  # noqa: PLC0415 - heavy; it is mostly kept

        loaded = load(config_path, environ)
        if loaded.source != self.config_bytes:  # somebody has written it meanwhile
            self.key = ""
        self.config_bytes = loaded.source
        self.config = loaded.config
        self.variables = loaded.variables
        self.warnings = loaded.warnings

    def _kept(self) -> KeptConfig | None:
        """Return the configuration as an earlier run kept it, if it is the one that is there."""
        try:
            if not self.config_path.is_file():
                return None  # what a pipe gives can be read once
            with self.config_path.open("rb") as file:
                self.config_bytes = file.read(_LARGEST)
            state = self.root / unchanged.state_of(self.config_bytes)
        except (OSError, ValueError):
            return None
        if len(self.config_bytes) == _LARGEST:
            return None
        parts = (program.digest(), str(self.config_path), str(state))
        self.key = sha256(
            "\0".join(parts).encode("utf-8", "surrogateescape") + self.config_bytes
        ).hexdigest()
        return kept_config.read(state, self.key)

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

    @cached_property
    def _tags(self) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
        if not self.config.content.tags:
            return {}, ()
        from feedwright.sources.tags import read_tags  # noqa: PLC0415 - few sites have such a file

        return read_tags(str(self.root), self.config.content.tags)

    @property
    def tags(self) -> Mapping[str, str]:
        """Keys of the tags file, as written, and their labels."""
        return self._tags[0]

    @property
    def tags_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the tags file."""
        return self._tags[1]

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
    def tags_path(self) -> Path | None:
        """The tags file, if the configuration names one; it may be missing."""
        return self.root / self.config.content.tags if self.config.content.tags else None

    @property
    def authors_path(self) -> Path:
        """The authors file or folder, which may be missing."""
        return self.root / self.config.content.authors
