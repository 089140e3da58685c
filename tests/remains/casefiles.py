"""Cases of a family: a file of sources with what readers get beside them.

    ##### name of the case {"key": "value"}
    source
    ##### gives
    clean HTML
    ##### removed
    what the warning names, if there is one

`FEEDWRIGHT_RENEW_GOLDEN=1` writes what is given now; read the difference before it is committed.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

from feedwright.normalize.body import BodyTools, render_body
from feedwright.normalize.links import ends_of, names_of
from tests.normalize.making import candidate, raw

FOLDER = Path(__file__).parent / "cases"
RENEW = os.environ.get("FEEDWRIGHT_RENEW_GOLDEN") == "1"
MARK = "##### "
SITE = "https://example.org/harbour/"
LINK = f"{SITE}2024/05/a-day/"
ARTICLES = {
    "content/news/crane.md": f"{SITE}crane/",
    "content/_posts/2024-01-02-tide.md": f"{SITE}tide/",
    "content/deep/ferry/index.md": f"{SITE}ferry/",
}
FILES = {
    ("content/news/a-day.md", "chart.png"),
    ("content/news/a-day.md", "attachments/old%20crane.jpg"),
    ("content/news/a-day.md", "/images/quay.webp"),
    ("content/news/a-day.md", "/sounds/bell.mp3"),
    ("content/news/a-day.md", "tides.pdf"),
}
FIELDS = {"title": "A day", "subtitle": "at the quay", "youtubeId": "abcDEF12345"}


class Case(NamedTuple):
    name: str
    options: dict
    source: str
    html: str
    removed: str


def cases_of(path: Path) -> list[Case]:
    found = []
    for block in path.read_text(encoding="utf-8").split(f"\n{MARK}")[1:]:
        head, _, rest = block.partition("\n")
        if head == "gives":
            found[-1] = found[-1]._replace(html=rest.strip("\n"))
        elif head == "removed":
            found[-1] = found[-1]._replace(removed=rest.strip("\n"))
        else:
            name, brace, options = head.partition(" {")
            values = json.loads(brace.strip() + options) if brace else {}
            found.append(Case(name, values, rest.strip("\n"), "", ""))
    return found


def local_file(path: str, reference: str) -> object:
    return True if (path, reference) in FILES else None


def rendered(source: str, options: dict) -> tuple[str, str]:
    """Give the HTML of a body, and what its warning says."""
    more = dict(options)
    fields = {**FIELDS, **more.pop("fields", {})}
    vault = more.pop("vault", False)
    written = raw(fields, source, **more)
    names = {**names_of(ARTICLES), **ends_of(ARTICLES)}.get
    tools = BodyTools(ARTICLES.get, SITE, names, "Harbour Light", vault, local_file)
    body = render_body(written, candidate(fields, source, **more), LINK, tools)
    told = [f"{p.line - written.body_line + 1}: {p.what}" for p in body.problems]
    return body.html, "\n".join(told)


def renew(path: Path, cases: list[Case]) -> None:
    head = path.read_text(encoding="utf-8").partition(f"\n{MARK}")[0]
    pieces = [head]
    for case in cases:
        html, removed = rendered(case.source, case.options)
        options = f" {json.dumps(case.options, ensure_ascii=False)}" if case.options else ""
        pieces.append(f"{MARK}{case.name}{options}\n{case.source}\n{MARK}gives\n{html}\n")
        if removed:
            pieces[-1] += f"{MARK}removed\n{removed}\n"
    path.write_text("\n".join(pieces), encoding="utf-8")
