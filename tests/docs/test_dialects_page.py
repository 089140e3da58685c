"""Every dialect has a section with an example, and the example is what the program makes of it."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from feedwright.sources import others
from feedwright.sources.table import READERS
from tests.whole.conftest import WholeSite

PAGE = (Path(__file__).parents[2] / "docs/dialects.md").read_text(encoding="utf-8")
_PART = re.compile(
    r"^`(?P<path>[^`\n]+)`\n\n```\w*\n(?P<text>.*?)^```$"
    r"|^gives\n\n```json\n(?P<gives>.*?)^```$"
    r"|^##+ (?P<title>[^\n]+)$",
    re.MULTILINE | re.DOTALL,
)
DIALECTS = """
    Hugo, Jekyll, Pelican, reStructuredText, Eleventy, Nikola, Zola, Astro, Docusaurus, MDX, Hexo,
    Lektor, MkDocs blog, HTML pages, Plain text, Records, WordPress export, Ghost export
"""


class Example(NamedTuple):
    section: str
    files: dict[str, str]
    gives: list[dict[str, object]]


def _examples() -> Iterator[Example]:
    section, files = "", {}
    for found in _PART.finditer(PAGE):
        if found["title"]:
            section, files = found["title"], {}
        elif found["path"]:
            files[found["path"]] = found["text"]
        elif files:
            gives = json.loads(found["gives"])
            gives = gives if isinstance(gives, list) else [gives]
            gives.sort(key=lambda each: str(each.get("part", "")))
            yield Example(section, files, gives)
            files = {}


EXAMPLES = list(_examples())


@pytest.fixture
def site(tmp_path: Path) -> WholeSite:
    return WholeSite(tmp_path)


OWN = "Source readers of your own"


def listed(site: WholeSite) -> list[dict[str, object]]:
    done = site.run("list", "--json", "--now", "2025-06-01T12:00:00Z")
    assert (done.code, done.err) == (0, "")
    records = [json.loads(line) for line in done.out.splitlines()]
    return sorted(records, key=lambda record: str(record.get("part", "")))


def check(site: WholeSite, example: Example) -> None:
    for path, text in example.files.items():
        if path.startswith("content/"):
            site.write(path, text)
    records = listed(site)
    assert len(records) == len(example.gives)
    for record, gives in zip(records, example.gives, strict=True):
        assert {key: record.get(key) for key in gives} == gives


@pytest.mark.parametrize(
    "example",
    [example for example in EXAMPLES if example.section != OWN],
    ids=lambda example: f"{example.section} {next(iter(example.files))}",
)
def test_the_example_gives_what_the_page_says(example: Example, site: WholeSite) -> None:
    check(site, example)


def test_every_dialect_has_an_example() -> None:
    shown = {example.section for example in EXAMPLES}
    assert {name.strip() for name in DIALECTS.split(",")} <= shown


def test_every_reader_is_shown_by_an_example() -> None:
    shown = {gives["dialect"] for example in EXAMPLES for gives in example.gives}
    assert set(READERS) - {"xml"} <= shown


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package of the page, installed into a folder of its own."""
    (example,) = [example for example in EXAMPLES if example.section == OWN]
    folder = tmp_path / "installed"
    folder.mkdir()
    for path, text in example.files.items():
        if path.endswith(".py"):
            (folder / path).write_text(text)
    declared = re.findall(
        r"^(\w+ = \"feedwright_\w+:\w+\")$", example.files["pyproject.toml"], re.M
    )
    info = folder / "feedwright_gemtext-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: feedwright-gemtext\nVersion: 1.0\n"
    )
    lines = "\n".join(line.replace('"', "") for line in declared)
    (info / "entry_points.txt").write_text(f"[feedwright.sources]\n{lines}\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "feedwright_gemtext", raising=False)
    others.sources.cache_clear()
    others.extensions.cache_clear()
    yield folder
    others.sources.cache_clear()
    others.extensions.cache_clear()


def test_the_package_of_the_page_reads_its_dialect(package: Path, tmp_path: Path) -> None:
    (example,) = [example for example in EXAMPLES if example.section == OWN]
    site = WholeSite(tmp_path / "site")
    check(site, example)
    site.build()
    (entry,) = site.entries()
    assert 'href="https://example.org/crane"' in entry.content[0].value


def test_without_the_package_its_files_are_passed_over(site: WholeSite) -> None:
    site.write("content/a.gmi", "# Title\nText\n")
    assert listed(site) == []


def test_what_its_reader_cannot_read_is_held_and_named(package: Path, tmp_path: Path) -> None:
    site = WholeSite(tmp_path / "site")
    site.write("content/a.gmi", "# Title\n")
    site.write("content/b.gmi", "no heading\n")
    done = site.run("check")
    assert "content/a.gmi:1: has no text; write some below the heading [gemtext]" in done.out
    assert "left out: content/b.gmi: no source reader reads .gmi" in done.out


def test_a_package_that_cannot_be_loaded_is_a_mistake_with_its_name(
    package: Path, tmp_path: Path
) -> None:
    (package / "feedwright_gemtext.py").write_text("import nothing_of_this_name\n")
    site = WholeSite(tmp_path / "site")
    site.write("content/a.gmi", "# Title\n")
    done = site.run("build")
    assert done.code == 2
    assert "feedwright-gemtext" in done.err
    assert "Traceback" not in done.err
