"""The exceptions of Feedwright, and the exit codes they carry.

::

    FeedwrightError                 5  an internal error
    ├── ConfigurationError          2  config.yaml, the command line, authors file
    ├── LedgerError                 2  a ledger line that cannot be read
    ├── TemplateError               2  a template of a message cannot be used
    ├── RefusedError                3  nothing was changed, on purpose
    │   ├── ContentUnavailableError 3  a content folder is missing or cannot be read
    │   ├── MassRemovalError        3  too many published articles would leave at once
    │   ├── PathTakenError          3  another's file stands where a document would go
    │   ├── GateError               3  a feed's envelope is not valid
    │   ├── FeedUnavailableError    3  an existing feed cannot be fetched or read
    │   ├── WriteError              3  the disk is full or read-only
    │   └── DamagedOutboxError      3  the outbox cannot be read
    └── LockedError                 4  another build is running

Problems of single articles are no exceptions: they are `model.Problem` values, and the rest is
published (exit 1).
"""

from collections.abc import Iterable

from feedwright.model import Problem

PUBLISHED = 0
PUBLISHED_WITH_HELD = 1
USAGE = 2
REFUSED = 3
LOCKED = 4
INTERNAL = 5


class FeedwrightError(Exception):
    """Root of all our exceptions; `str()` is the whole message for a person."""

    exit_code = INTERNAL


class ConfigurationError(FeedwrightError):
    """The configuration or the command line cannot be used; `problems` has every mistake."""

    exit_code = USAGE

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class LedgerError(FeedwrightError):
    """A line of the ledger cannot be read; the message names file and line."""

    exit_code = USAGE


class TemplateError(FeedwrightError):
    """The template of a webhook's body cannot be used; the message names file and line."""

    exit_code = USAGE


class RefusedError(FeedwrightError):
    """The run would do harm; nothing was changed."""

    exit_code = REFUSED


class ContentUnavailableError(RefusedError):
    """A content folder is missing, or something below it cannot be read (EACCES, EIO, ESTALE)."""


class MassRemovalError(RefusedError):
    """More published articles would leave than `publish.max_removed` allows."""


class PathTakenError(RefusedError):
    """A file that is not ours stands where a document would go."""


class GateError(RefusedError):
    """The envelope of a feed is not valid; the message has every reason."""


class FeedUnavailableError(RefusedError):
    """An existing feed, whose ids are to be taken over, cannot be fetched or read."""


class WriteError(RefusedError):
    """Documents or ledger cannot be written: full disk, read-only folder."""


class DamagedOutboxError(RefusedError):
    """The outbox cannot be read; it may hold messages that nobody else knows."""


class LockedError(FeedwrightError):
    """Another build of this site is running."""

    exit_code = LOCKED
