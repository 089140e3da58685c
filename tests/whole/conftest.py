"""A whole site in a temporary folder, driven by the command line as its user would."""

import contextlib
import io
import json
import re
from pathlib import Path
from typing import NamedTuple

import feedparser
import pytest

from feedwright.cli.main import run

CONFIG = """\
site:
  title: Harbour Light
  url: https://example.org/
  author: {name: Harbour Light}
content:
  permalink: /{year}/{month}/{slug}/
feeds:
  - {name: main, path: ""}
"""


class Run(NamedTuple):
    code: int
    out: str
    err: str


class WholeSite:
    """Writes files, runs commands, reads feeds back with feedparser."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.feeds = root / "feeds"
        self.write("config.yaml", CONFIG)

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return target

    def article(self, name: str, title: str = "", date: str = "2024-05-01", **more: str) -> Path:
        body = more.pop("body", f"Words of {name}.")
        lines = [f"title: {title or name}", f"date: {date}"] if date else [f"title: {title}"]
        lines += [f"{key}: {value}" for key, value in more.items()]
        return self.write(f"content/{name}.md", "\n".join(["---", *lines, "---", "", body, ""]))

    def run(self, *arguments: str) -> Run:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["-c", str(self.root / "config.yaml"), *arguments])
        return Run(code, out.getvalue(), err.getvalue())

    def build(self, *arguments: str, code: int = 0, now: str = "2025-06-01T12:00:00Z") -> Run:
        done = self.run("build", "--now", now, *arguments)
        assert done.code == code, done
        return done

    def bytes(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.feeds)): path.read_bytes()
            for path in sorted(self.feeds.rglob("*"))
            if path.is_file()
        }

    def stats(self) -> dict[str, tuple[int, int]]:
        return {
            str(path): (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in sorted(self.feeds.rglob("*"))
        }

    def entries(self, path: str = "rss.xml") -> list[feedparser.FeedParserDict]:
        parsed = feedparser.parse((self.feeds / path).read_bytes())
        assert not parsed.bozo, parsed.bozo_exception
        return parsed.entries

    def ids(self, path: str = "rss.xml") -> dict[str, str]:
        """Ids by title."""
        return {entry.title: entry.id for entry in self.entries(path)}

    def json(self, path: str = "feed.json") -> dict:
        return json.loads((self.feeds / path).read_bytes())

    def listed(self, **options: str) -> dict[str, dict]:
        lines = self.run("list", "--json", "--now", options.get("now", "2025-06-01T12:00:00Z"))
        assert lines.code == 0, lines
        return {
            record["path"].removeprefix("content/"): record
            for record in map(json.loads, lines.out.splitlines())
        }

    def configure(self, pattern: str, replacement: str) -> None:
        path = self.root / "config.yaml"
        text, number = re.subn(pattern, replacement, path.read_text())
        assert number
        path.write_text(text)


@pytest.fixture
def site(tmp_path: Path) -> WholeSite:
    return WholeSite(tmp_path)
