"""Small sites of every generator, with hand-made truth: what `init --from` makes of them fits."""

import contextlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from feedwright.cli.main import run

ROOT = Path(__file__).parent
SITES = sorted(path.parent.name for path in ROOT.glob("*/expected.json"))
FIELDS = (
    "title",
    "published",
    "updated",
    "authors",
    "categories",
    "tags",
    "draft",
    "permalink",
)
NOW = ("--now", "2025-06-01T12:00:00Z")


def expected(name: str) -> dict[str, Any]:
    return json.loads((ROOT / name / "expected.json").read_text(encoding="utf-8"))


def command(*arguments: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    assert code in {0, 1}, err.getvalue()
    return out.getvalue()


def listed(config: Path, prefix: str = "") -> dict[str, dict[str, Any]]:
    """Every article by path and part, as `list --json` prints it."""
    lines = command("-c", str(config), "list", "--json", *NOW).splitlines()
    found = {}
    for record in map(json.loads, lines):
        path = record["path"].removeprefix(prefix)
        found[key(path, record.get("part", ""))] = record
    return found


def key(path: str, part: str = "") -> str:
    return f"{path}#{part}" if part else path


def value(record: dict[str, Any], field: str) -> Any:
    found = record.get(field, f"held: {record.get('reason')}")
    return [person["name"] for person in found] if field == "authors" else found


def is_open(row: dict[str, Any], field: str) -> bool:
    """Whether the truth leaves a value open: null, or the first sight."""
    return row[field] is None or row[field] == "first sight"


def disagreements(rows: list[dict[str, Any]], found: dict[str, dict[str, Any]], fields) -> list:
    return [
        (row["path"], field, value(record, field), row[field])
        for row in rows
        for record in (found.get(key(row["path"], row.get("part", "")), {}),)
        for field in fields
        if not is_open(row, field) and (not record or value(record, field) != row[field])
    ]


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("place", ["in the site", "beside the site"])
def test_a_configuration_made_from_a_site_fits_it(name, place, tmp_path):
    truth = expected(name)
    site = tmp_path / "site"
    shutil.copytree(ROOT / name / "site", site)
    folder = site if place == "in the site" else tmp_path / "feeds of it"
    prefix = "" if place == "in the site" else "../site/"
    told = command("init", str(folder), "--from", str(site))
    assert f"recognized {truth['generator']} (" in told
    config = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))
    for field in ("title", "url"):
        if not told.count(f"its {'address' if field == 'url' else field} was not found"):
            assert config["site"][field] == truth[field]
    assert config["site"].get("timezone", "UTC") == truth["timezone"]
    assert config["site"].get("language", "en") == truth["language"]
    found = listed(folder / "config.yaml", prefix)
    assert disagreements(truth["articles"], found, FIELDS) == []
    assert set(found) == {key(row["path"], row.get("part", "")) for row in truth["articles"]}
    checked = json.loads(command("-c", str(folder / "config.yaml"), "check", "--json", *NOW))
    left_out = {each["path"].removeprefix(prefix): each["reason"] for each in checked["left_out"]}
    assert set(truth["left_out"]) <= set(left_out)
    assert all(left_out.values())


@pytest.mark.parametrize("name", SITES)
def test_with_a_site_alone_titles_and_dates_are_right(name, tmp_path):
    truth = expected(name)
    for source, target in truth["content"].items():
        shutil.copytree(ROOT / name / "site" / source, tmp_path / target, dirs_exist_ok=True)
    site = {field: truth[field] for field in ("title", "url", "timezone", "language")}
    (tmp_path / "config.yaml").write_text(yaml.safe_dump({"site": site}), encoding="utf-8")
    found = listed(tmp_path / "config.yaml")
    rows = [{**row, "path": moved(row["path"], truth["content"])} for row in truth["articles"]]
    assert disagreements(rows, found, ("title", "published", "draft")) == []
    more = set(found) - {key(row["path"], row.get("part", "")) for row in rows}
    assert more <= set(truth.get("more_without_configuration", []))


def moved(path: str, folders: dict[str, str]) -> str:
    for source, target in folders.items():
        if source == ".":
            return f"{target}/{path}"
        if path.startswith(f"{source}/"):
            return target + path.removeprefix(source)
    raise AssertionError(path)
