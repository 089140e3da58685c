"""A new site that builds."""

from datetime import datetime
from pathlib import Path

from feedwright.config.addresses import SITE_URL
from feedwright.config.values import ValueMistakeError
from feedwright.errors import ConfigurationError, WriteError
from feedwright.model import Problem, Severity

_CONFIG = """\
# docs/configuration.md of Feedwright has every key.
site:
  title: {title}
  url: {url}
  # feeds_url: {url}feeds/   # where feeds/ is served, if elsewhere
  language: en
  timezone: UTC              # for dates without a zone
  # author: {{name: Your Name, url: {url}about}}

content:
  path: content
  permalink: /{{year}}/{{month}}/{{slug}}/   # how your site makes the addresses of its articles

feeds:
  - name: main
    path: ""                 # feeds/rss.xml, feeds/atom.xml, feeds/feed.json
  # - name: category         # a feed for each category
  #   per: category
"""

_WELCOME = """\
---
title: Welcome
date: {date}
tags: [meta]
---

This is the first article of **{name}**. Edit `content/welcome.md`, or put more files beside it:
Markdown, HTML and plain text all do. Then run `feedwright build` again.
"""

_IGNORE = "# The cache and the outbox; deleting it repeats nothing.\n/.feedwright/\n"

_ATTRIBUTES = """\
content/** -text
feeds/** -text -merge
ledger.jsonl -text merge=union
"""


def start(folder: str, title: str | None, url: str | None, now: datetime) -> list[str]:
    """Write the files of a new site below `folder`; keep what exists; return what to tell.

    Raises ConfigurationError when the folder has a configuration already.
    """
    root = Path(folder)
    config = root / "config.yaml"
    if config.exists():
        raise ConfigurationError(
            (
                Problem(
                    Severity.ERROR,
                    "exists",
                    str(config),
                    0,
                    "",
                    "there is a site here already",
                    "edit it, or give another folder",
                ),
            )
        )
    name = title or root.resolve().name.replace("-", " ").replace("_", " ").title() or "My site"
    home = url or "https://example.org/"
    _check_address(home)
    home = home if home.endswith("/") else home + "/"
    files = {
        config: _CONFIG.format(title=_quoted(name), url=home),
        root / ".gitignore": _IGNORE,
        root / ".gitattributes": _ATTRIBUTES,
    }
    content = root / "content"
    if not content.exists():
        files[content / "welcome.md"] = _WELCOME.format(date=now.date().isoformat(), name=name)
    written = _write(files)
    told = [f"wrote {path}" for path in written]
    told += [f"kept {path}" for path in files if path not in written]
    if not url:
        told.append(f"set site.url in {config}: ids and links are made from it")
    told.append("next: " + (f"cd {folder} && " if folder != "." else "") + "feedwright build")
    return told


def _check_address(home: str) -> None:
    """Refuse here what the configuration would refuse in the next build."""
    try:
        SITE_URL.read(home)
    except ValueMistakeError as mistake:
        what = f'"{home}" {mistake.what}'
        cure = f"did you mean {mistake.suggestion}?" if mistake.suggestion else mistake.cure
        problem = Problem(Severity.ERROR, "usage", "feedwright init", 0, "--url", what, cure)
        raise ConfigurationError((problem,)) from mistake


def _write(files: dict[Path, str]) -> list[Path]:
    written = []
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise WriteError(
                f"{path}: cannot be written ({error.strerror}); choose another folder"
            ) from error
        written.append(path)
    return written


def _quoted(text: str) -> str:
    """Return a YAML double-quoted scalar."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
