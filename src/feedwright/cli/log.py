"""What is told while messages are sent: lines for people, or JSON for programs, on stderr."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime

from feedwright.text.dates import rfc3339

FORMS = ("human", "json")
Log = Callable[[str, datetime, Mapping[str, object]], None]
"""Takes the name of what happened, when, and its facts; `text` among them is for people."""


def add_log(parser: argparse.ArgumentParser) -> None:
    """Add `--log`."""
    parser.add_argument(
        "--log", choices=FORMS, help="write what happens to stderr, for people or as JSON lines"
    )


def log_of(form: str | None, *, notices_only: bool = False) -> Log:
    """Return what writes the log. `notices_only`: for people, just what somebody should look at."""
    if form == "json":
        return _as_json
    if form is None and notices_only:
        return _notices
    return _as_text


def _as_json(name: str, at: datetime, facts: Mapping[str, object]) -> None:
    record: dict[str, object] = {"time": at.isoformat(timespec="milliseconds"), "event": name}
    record |= {key: value for key, value in facts.items() if key not in {"text", "notice"}}
    sys.stderr.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")
    sys.stderr.flush()


def _as_text(name: str, at: datetime, facts: Mapping[str, object]) -> None:
    del name
    sys.stderr.write(f"{rfc3339(at)} {facts['text']}\n")
    sys.stderr.flush()


def _notices(name: str, at: datetime, facts: Mapping[str, object]) -> None:
    del name, at
    if facts.get("notice"):
        sys.stderr.write(f"{facts['text']}\n")
        sys.stderr.flush()
