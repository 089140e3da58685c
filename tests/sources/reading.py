"""Reads files as the program does, for tests."""

import json
from datetime import date, datetime
from pathlib import Path

from feedwright.config.schema import Content
from feedwright.model import Problem
from feedwright.sources.reading import ReadContext, Reading, read
from feedwright.sources.scan import Scan, scan

HERE = Path(__file__).parent


def content_of(folder: str = "content", **changes: object) -> Content:
    return Content(path=(folder,), **changes)  # type: ignore[arg-type]


def read_all(root: Path, content: Content) -> tuple[Scan, dict[str, Reading]]:
    found = scan(str(root), content)
    context = ReadContext.of(str(root), content, found)
    return found, {file.path: read(file, context) for file in found.files}


def read_text(root: Path, name: str, text: str | bytes, **changes: object) -> Reading:
    """Read one file of a site that has no other."""
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    _, readings = read_all(root, content_of(**changes))
    (reading,) = readings.values()
    return reading


def shown(reading: Reading) -> dict[str, object]:
    """Return a reading as JSON has it."""
    return {
        "articles": [
            {
                "dialect": article.dialect,
                "markup": article.markup,
                "body_line": article.body_line,
                "body": article.body,
                "fields": [
                    f"{field.line} {field.origin}: {field.key} = {_value(field.value)}"
                    for field in article.fields
                ],
            }
            for article in reading.articles
        ],
        "problems": [_problem(each) for each in reading.problems],
        "left_out": [each.reason for each in reading.left_out],
    }


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_native)


def _native(value: object) -> str:
    assert isinstance(value, (date, datetime))
    return f"<{type(value).__name__} {value.isoformat()}>"


def _problem(problem: Problem) -> str:
    return f"{problem.severity} {problem.name}: {problem}"
