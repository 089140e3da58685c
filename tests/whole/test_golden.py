"""Golden directories: `tests/golden/<case>/{content,config.yaml}` give exactly `feeds`, the ledger
and the problems that lie beside them.

`FEEDWRIGHT_RENEW_GOLDEN=1 pytest tests/whole/test_golden.py` writes them anew; read the difference.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.whole.conftest import WholeSite

ROOT = Path(__file__).parents[2]
CASES = sorted(path.name for path in (ROOT / "tests/golden").iterdir() if path.is_dir())
RENEW = bool(os.environ.get("FEEDWRIGHT_RENEW_GOLDEN"))


@pytest.mark.parametrize("case", CASES)
def test_a_golden_site_gives_exactly_its_feeds(case, tmp_path):
    golden = ROOT / "tests/golden" / case
    site = WholeSite(tmp_path)
    shutil.copytree(golden / "content", tmp_path / "content")
    shutil.copy(golden / "config.yaml", tmp_path / "config.yaml")
    done = site.run("build", "--now", "2025-06-01T12:00:00Z")
    made = {f"feeds/{path}": data for path, data in site.bytes().items()}
    made["ledger.jsonl"] = (tmp_path / "ledger.jsonl").read_bytes()
    made["problems.txt"] = done.err.encode()
    if RENEW:
        shutil.rmtree(golden / "feeds", ignore_errors=True)
        for path, data in made.items():
            (golden / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / path).write_bytes(data)
    names = [path for path in golden.rglob("*") if path.is_file()]
    kept = {
        str(path.relative_to(golden)): path.read_bytes()
        for path in names
        if not path.is_relative_to(golden / "content") and path.name != "config.yaml"
    }
    assert sorted(made) == sorted(kept)
    for path, data in made.items():
        assert data.decode() == kept[path].decode(), path


def test_the_repositorys_own_site_is_published_as_it_is_committed(tmp_path):
    for name in ("content", "feeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("config.yaml", "authors.yml", "ledger.jsonl"):
        shutil.copy(ROOT / name, tmp_path / name)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    site = WholeSite.__new__(WholeSite)
    site.root, site.feeds = tmp_path, tmp_path / "feeds"
    done = site.run("build")
    assert (done.code, done.out, done.err) == (0, "", "")
    for path, data in before.items():
        assert path.read_bytes() == data, path
