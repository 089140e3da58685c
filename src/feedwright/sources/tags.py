"""The tags file: keys that articles name, and labels that readers see. Docusaurus `tags.yml`."""

import os
from collections.abc import Mapping

from feedwright.model import Problem, RawValue, Severity
from feedwright.sources.authors import CURES, read_data

Labels = tuple[Mapping[str, str], tuple[Problem, ...]]


def read_tags(root: str, name: str) -> Labels:
    """Return labels by key as written, and problems. A key without a label is its own.

    `name` is a file below `root` (YAML, JSON or TOML). Raises ContentUnavailableError when it is
    there and cannot be read.
    """
    labels: dict[str, str] = {}
    problems: list[Problem] = []
    path = os.path.join(root, name)
    found = list(read_data(path, name, "tags", problems))
    if not found and not problems:
        what = "the file that content.tags names is missing"
        problems.append(_problem(name, 0, "", what, "create it, or correct its name"))
    for field in (field for fields in found for field in fields):
        label = _label(field.value)
        if label is None:
            what = "is no tag: neither a label nor keys such as label, permalink"
            problems.append(_problem(name, field.line, field.key, what, CURES["tags"]))
        elif label:
            labels[field.key] = label
    return labels, tuple(problems)


def _label(value: RawValue) -> str | None:
    """Give the label; an empty one where the key stands for itself, None for what is no tag."""
    if isinstance(value, dict):
        value = value.get("label", "")
    if value is None:
        return ""
    return " ".join(value.split()) if isinstance(value, str) else None


def _problem(path: str, line: int, field: str, what: str, cure: str) -> Problem:
    return Problem(Severity.ERROR, "tags", path, line, field, what, cure)
