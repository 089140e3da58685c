"""The quick answer: equal in everything, or no answer at all."""

import os
import shutil
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from feedwright import unchanged

OLD = time.time() - 3600


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path, text in {
        "config.yaml": "site: {}\n",
        "content/a.md": "a",
        "content/sub/b.md": "b",
        "feeds/rss.xml": "<rss/>",
        "ledger.jsonl": "{}\n",
        "authors.yml": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / ".feedwright").mkdir()
    return tmp_path


def remember(folder, *, started=None, due=None, code=0, variables=()):
    watched = unchanged.Watched(
        config=str(folder / "config.yaml"),
        config_bytes=(folder / "config.yaml").read_bytes(),
        variables=variables,
        folders=[str(folder / "content")],
        inputs=[str(folder / "authors.yml"), str(folder / "static.png")],
        ours=[str(folder / "ledger.jsonl"), str(folder / "feeds/rss.xml")],
    )
    unchanged.remember(
        str(folder / ".feedwright"),
        watched,
        unchanged.Listing([str(folder / "content")]),
        started_ns=started if started is not None else time.time_ns() + 10_000_000_000,
        due=due,
        code=code,
    )


def answer(*arguments, now=None):
    return unchanged.answer(arguments or ("build",), time.time() if now is None else now)[0]


def test_an_unchanged_site_repeats_the_exit_code(folder):
    remember(folder, code=1)
    assert answer() == 1
    assert answer("-c", "config.yaml", "build") == 1
    assert answer("build", "--no-notify") == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "content/a.md").write_text("A"),
        lambda f: (f / "content/new.md").write_text("n"),
        lambda f: (f / "content/a.md").unlink(),
        lambda f: (f / "content/a.md").rename(f / "content/c.md"),
        lambda f: (f / "content/sub").rename(f / "content/sub2"),
        lambda f: os.utime(f / "content/sub/b.md", (OLD, OLD)),
        lambda f: (f / "config.yaml").write_text("site: {} # other\n"),
        lambda f: (f / "feeds/rss.xml").unlink(),
        lambda f: (f / "feeds/rss.xml").write_text("<rss />"),
        lambda f: (f / "ledger.jsonl").write_text("{}\n{}\n"),
        lambda f: (f / "authors.yml").write_text("a: b"),
        lambda f: (f / "static.png").write_text("now it is there"),
        lambda f: (f / ".feedwright/unchanged").write_text("garbage"),
        lambda f: (f / ".feedwright/unchanged").unlink(),
    ],
)
def test_any_change_makes_the_build_look(folder, change):
    remember(folder)
    assert answer() == 0
    change(folder)
    assert answer() is None


def test_same_size_and_time_with_another_inode_is_noticed(folder):
    path = folder / "content/a.md"
    before = path.stat()
    remember(folder)
    (folder / "z").write_text("z")
    (folder / "z").replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert answer() is None


def test_a_variable_of_the_configuration_is_part_of_the_digest(folder, monkeypatch):
    monkeypatch.setenv("FEEDWRIGHT_TEST", "one")
    remember(folder, variables=["FEEDWRIGHT_TEST"])
    assert answer() == 0
    monkeypatch.setenv("FEEDWRIGHT_TEST", "two")
    assert answer() is None
    monkeypatch.delenv("FEEDWRIGHT_TEST")
    assert answer() is None


def test_the_secret_value_of_a_variable_is_not_written_down(folder, monkeypatch):
    monkeypatch.setenv("FEEDWRIGHT_TEST", "whsec_confidential")
    remember(folder, variables=["FEEDWRIGHT_TEST"])
    assert "confidential" not in (folder / ".feedwright/unchanged").read_text()


def test_when_something_becomes_due_the_build_looks(folder):
    remember(folder, due=2_000_000_000.0)
    assert answer(now=1_999_999_999.0) == 0
    assert answer(now=2_000_000_000.0) is None


def test_content_touched_within_two_seconds_of_the_scan_is_never_trusted(folder):
    remember(folder, started=time.time_ns())
    assert answer() is None
    assert not (folder / ".feedwright/unchanged").exists()


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("build", "--dry-run"), ("build", "--now", "2020-01-01"), (), ("build", "build")],
)
def test_other_commands_get_no_quick_answer(folder, arguments):
    remember(folder)
    assert unchanged.answer(arguments, time.time()) == (None, None)


def test_a_state_folder_elsewhere_is_found_without_a_yaml_parser(folder):
    (folder / "config.yaml").write_text("site: {}\nstate: var/state # here\n")
    (folder / "var").mkdir()
    (folder / ".feedwright").rename(folder / "var/state")
    (folder / ".feedwright").symlink_to(folder / "var/state")
    remember(folder)
    (folder / ".feedwright").unlink()
    assert answer() == 0


@pytest.mark.parametrize("line", ['state: "x"', "state: ${STATE}", '"state": x'])
def test_a_state_that_needs_a_yaml_parser_gets_no_quick_answer(folder, line):
    (folder / "config.yaml").write_text(f"site: {{}}\n{line}\n")
    remember(folder)
    assert answer() is None


def test_link_loops_in_content_end(folder):
    (folder / "content/sub/loop").symlink_to(folder / "content")
    (folder / "content/other").symlink_to(folder / "content/sub")
    remember(folder)
    assert answer() == 0


def test_a_link_out_of_the_content_folder_is_not_walked_through(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.md").write_text("x")
    (folder / "content/out").symlink_to(outside)
    (folder / "content/x.md").symlink_to(outside / "x.md")
    remember(folder)
    (outside / "y.md").write_text("y")
    assert answer() == 0
    (folder / "content/out").unlink()
    assert answer() is None


@pytest.mark.parametrize("target", ["itself.md", "nothing.md"])
def test_a_link_in_a_circle_or_to_nothing_is_seen_when_it_is_mended(folder, target):
    (folder / "content/itself.md").symlink_to(target)
    remember(folder)
    assert answer() == 0
    (folder / "content/itself.md").unlink()
    (folder / "content/itself.md").symlink_to("a.md")
    assert answer() is None


def test_a_missing_content_folder_gets_no_quick_answer(folder):
    remember(folder)
    (folder / "content").rename(folder / "elsewhere")
    assert answer() is None


def test_the_quick_answer_imports_next_to_nothing():
    code = (
        "import sys; before = set(sys.modules); import feedwright.unchanged;"
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"re", "typing", "json", "sqlite3", "yaml", "argparse", "pathlib", "datetime", "lxml"}
    assert not heavy & set(run.stdout.split())


def test_a_copy_of_a_site_is_looked_at_by_itself(folder):
    remember(folder)
    copy = folder / "copy"
    shutil.copytree(folder, copy)
    assert answer() == 0
    assert answer("-c", "copy/config.yaml", "build") is None


def test_a_listing_knows_the_stat_of_each_file(folder):
    listing = unchanged.Listing([str(folder / "content")])
    rows = unchanged.rows_of(listing.folders[str(folder / "content/sub")])
    seen = (folder / "content/sub/b.md").stat()
    assert rows == {"b.md": (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)}
    assert unchanged.rows_of(b"") == {}


def test_inodes_of_more_than_63_bits_are_told_apart(folder):
    listing = unchanged.Listing([str(folder / "content")])
    many = [Entry("a.md", 2**63 + 5), Entry("b.md", 7), Entry("c.md", 2**64 - 1)]
    listing._take("/x", many, set())
    inodes = {name: row[3] for name, row in unchanged.rows_of(listing.folders["/x"]).items()}
    assert inodes == {"a.md": 5 - 2**63, "b.md": 7, "c.md": -1}


def test_a_file_of_a_distant_year_is_looked_at(folder):
    os.utime(folder / "content/a.md", (OLD, 10_413_792_000))  # 2300
    remember(folder)
    assert answer() == 0
    os.utime(folder / "content/a.md", (OLD, 10_413_792_001))
    assert answer() is None


def test_a_file_touched_just_now_differs_from_its_next_row(folder):
    listing = unchanged.Listing([str(folder / "content")])
    packed = listing.folders[str(folder / "content/sub")]
    touched = (folder / "content/sub/b.md").stat().st_ctime_ns
    assert unchanged.without_racy(packed, touched + 3_000_000_000) == packed
    racy = unchanged.rows_of(unchanged.without_racy(packed, touched + 1_000_000_000))
    assert racy["b.md"] != unchanged.rows_of(packed)["b.md"]


class Entry:
    """A directory entry with an inode of our own choice."""

    def __init__(self, name, inode):
        self.name = name
        self._stat = SimpleNamespace(st_size=1, st_mtime_ns=2, st_ctime_ns=3, st_ino=inode)

    def is_file(self, *, follow_symlinks):
        return True

    def stat(self):
        return self._stat
