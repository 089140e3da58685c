"""Whatever makes a build refuse, `check` tells before, in the same words, and writes nothing."""

import json
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedwright.model import Problem, Severity
from feedwright.store.outbox import Outbox
from tests.whole.conftest import WholeSite

NOW = "2025-06-02T12:00:00Z"
NOBODY = 65_534


def published(site, number=1):
    """Publish a site of some articles; return their paths."""
    paths = [site.article(f"a{each}", categories="[Sea]") for each in range(number)]
    site.build()
    return paths


def lose_many(site):
    for path in published(site, 20)[:10]:
        path.unlink()


def put_anothers_file(site):
    site.article("a")
    site.write("feeds/rss.xml", "theirs")


def lose_the_ledger(site):
    published(site)
    (site.root / "ledger.jsonl").unlink()
    site.article("b")


def put_a_file_for_a_folder(site):
    site.configure("feeds:\n", "feeds:\n  - {name: category, per: category}\n")
    site.article("a", categories="[Sea, Land]")
    site.write("feeds/category", "a file")


def put_a_file_for_feeds(site):
    site.article("a")
    site.write("feeds", "a file")


def put_a_folder_for_a_document(site):
    site.article("a")
    site.write("feeds/atom.xml/theirs", "x")


def put_a_loop_for_feeds(site):
    published(site)
    site.article("b")
    loop(site.feeds)


def lose_the_content(site):
    published(site)
    (site.root / "content").rename(site.root / "elsewhere")


def put_a_loop_for_content(site):
    published(site)
    loop(site.root / "content")


def damage_the_outbox(site):
    site.article("a")
    site.write(".feedwright/outbox.sqlite", "garbage" * 1000)


def take_the_outbox_of_a_newer_version(site):
    published(site)
    database = sqlite3.connect(site.root / ".feedwright/outbox.sqlite")
    database.execute("PRAGMA user_version=99")
    database.close()
    site.article("b")


def put_a_file_for_the_state(site):
    site.article("a")
    site.write(".feedwright", "a file")


def put_a_loop_for_the_state(site):
    published(site)
    site.article("b")
    loop(site.root / ".feedwright")


def put_a_folder_for_the_lock(site):
    site.article("a")
    site.write(".feedwright/lock/theirs", "x")


def loop(path):
    """Put something there that not even root can read."""
    if path.exists():
        path.rename(path.with_name("away"))
    path.symlink_to(path)


REFUSALS = {
    lose_many: "--allow-mass-removal",
    put_anothers_file: "this file is not Feedwright's",
    lose_the_ledger: "feedwright ledger import",
    put_a_file_for_a_folder: "a file stands where a folder is needed",
    put_a_file_for_feeds: "a file stands where a folder is needed",
    put_a_folder_for_a_document: "make way for the document",
    put_a_loop_for_feeds: "make way for the folder",
    lose_the_content: "the content folder is missing",
    put_a_loop_for_content: "content",
    damage_the_outbox: "is damaged",
    take_the_outbox_of_a_newer_version: "newer Feedwright",
    put_a_file_for_the_state: "set `state`",
    put_a_loop_for_the_state: "set `state`",
    put_a_folder_for_the_lock: "set `state`",
}


def everything(root):
    """All that lies below a folder: what it is, when it was written, what is in it."""
    found = {}
    for path in sorted(root.rglob("*")):
        seen = path.lstat()
        data = path.read_bytes() if stat.S_ISREG(seen.st_mode) else b""
        found[str(path)] = (seen.st_mode, seen.st_mtime_ns, seen.st_ino, data)
    return found


@pytest.mark.parametrize("spoil", REFUSALS, ids=lambda spoil: spoil.__name__)
def test_what_a_build_refuses_is_told_before_in_its_words(spoil, site):
    spoil(site)
    before = everything(site.root)
    checked = site.run("check", "--now", NOW)
    as_json = site.run("check", "--json", "--now", NOW)
    tried = site.run("build", "--dry-run", "--now", NOW)
    assert everything(site.root) == before
    built = site.build(code=3, now=NOW)
    reason = built.err.removesuffix("\n")
    assert REFUSALS[spoil] in reason
    assert checked.code == as_json.code == tried.code == 3
    assert f"refused: {reason}\n" in checked.out
    assert checked.out.endswith("the next build will be refused\n")
    assert reason in json.loads(as_json.out)["refused"]
    assert tried.err == built.err


@pytest.mark.parametrize("damage", ["not json\n", '{"id": "x"}\n'])
def test_a_damaged_ledger_is_told_before_in_the_words_of_the_build(damage, site):
    published(site)
    ledger = site.root / "ledger.jsonl"
    ledger.write_text(damage + ledger.read_text())
    checked = site.run("check")
    assert checked == site.build(code=2)
    assert "ledger.jsonl:1: " in checked.err


def test_all_refusals_are_told_at_once_and_after_the_problems(site):
    for path in published(site, 20)[:10]:
        path.unlink()
    site.article("bad", date="someday")
    site.configure("feeds:\n", "feeds:\n  - {name: all}\n")
    site.write("feeds/all/rss.xml", "theirs")
    site.write("feeds/all/feed.json/theirs", "x")
    damage_the_outbox(site)
    done = site.run("check", "--now", NOW)
    told = done.out.splitlines()
    assert done.code == 3
    assert "content/bad.md:3: date" in told[0]
    assert [line.split(": ")[0] for line in told[-4:-1]] == ["refused"] * 3
    assert "outbox.sqlite: is damaged" in told[-4]
    assert "10 of 20" in told[-3]
    assert "feeds/all/feed.json: cannot be read" in told[-2]
    assert told[-1] == ("11 articles are fit to publish; 1 error; the next build will be refused")


def test_an_envelope_that_the_gate_refuses_is_told_line_by_line(site, monkeypatch):
    def lint(document):
        yield Problem(Severity.ERROR, "rule", document.path, 1, "title", "is wrong", "mend it")

    site.article("a")
    monkeypatch.setattr("feedwright.survey.compose.lint_document", lint)
    done = site.run("check")
    reason = site.build(code=3).err
    assert done.code == 3
    assert done.out == "".join(
        [f"refused: {line}\n" for line in reason.splitlines()]
        + ["the next build will be refused\n"]
    )
    assert json.loads(site.run("check", "--json").out)["refused"] == [reason.removesuffix("\n")]


def test_folders_that_the_same_file_keeps_from_being_made_are_told_once(site):
    put_a_file_for_a_folder(site)
    assert site.run("check").out.count("refused: ") == 1


def test_what_a_build_is_allowed_check_is_allowed_too(site):
    lose_many(site)
    assert site.run("check", "--allow-mass-removal", "--now", NOW).code == 0
    (site.root / "ledger.jsonl").unlink()
    assert site.run("check", "--now", NOW).code == 3
    assert site.run("check", "--adopt", "--now", NOW).code == 0


def test_where_nothing_is_refused_check_says_so(site):
    published(site)
    site.article("b")
    before = everything(site.root)
    assert json.loads(site.run("check", "--json").out)["refused"] == []
    assert everything(site.root) == before
    assert site.run("check").out == "2 articles are fit to publish; no problems\n"
    site.build(now=NOW)


def test_an_article_that_is_held_is_no_refusal(site):
    site.article("bad", date="someday")
    assert site.run("check").code == 1
    site.build(code=1)


def test_an_outbox_of_the_first_version_is_not_refused_and_left_as_it_is(site):
    published(site)
    path = site.root / ".feedwright/outbox.sqlite"
    database = sqlite3.connect(path)
    for table in ("delivery", "attempt", "endpoint"):
        database.execute(f"DROP TABLE IF EXISTS {table}")
    database.execute("PRAGMA user_version=1")
    database.close()
    before = everything(site.root)
    assert site.run("check").code == 0
    assert everything(site.root) == before


def test_an_empty_outbox_is_not_refused(site):
    site.article("a")
    site.write(".feedwright/outbox.sqlite", "")
    assert site.run("check").code == 0
    site.build()


def test_what_an_interrupted_publication_would_write_is_looked_at(site):
    published(site)
    steps = [("sub/rss.xml", "", "0" * 64)]
    Outbox(site.root / ".feedwright/outbox.sqlite").prepare(
        datetime(2025, 6, 1, tzinfo=UTC),
        hold=False,
        ledger_offset=0,
        ledger_lines=b"",
        steps=steps,
    )
    assert site.run("check").code == 0
    site.write("feeds/sub", "a file")
    assert "feeds/sub: cannot be written" in site.run("check").out


@pytest.fixture
def open_site() -> Iterator[WholeSite]:
    """A site in a folder that others may enter: those of pytest are for its user alone."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    yield WholeSite(root)
    shutil.rmtree(root)


@contextmanager
def nobody() -> Iterator[None]:
    """Be somebody with few rights, where the tests are run by root."""
    if os.getuid():
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def hand_over(site, *, but):
    """Give a site to nobody, but for one path, which may only be read."""
    for path in (site.root, *site.root.rglob("*")):
        if not os.getuid():
            os.chown(path, NOBODY, NOBODY)
    kept = site.root / but
    if not os.getuid():
        os.chown(kept, 0, 0)
    kept.chmod(0o555 if kept.is_dir() else 0o444)


@pytest.mark.parametrize(
    "kept", ["feeds", "ledger.jsonl", ".feedwright/lock", ".feedwright/outbox.sqlite"]
)
def test_what_the_user_may_not_write_is_told_before_in_the_words_of_the_build(kept, open_site):
    site = open_site
    published(site)
    site.article("b")
    hand_over(site, but=kept)
    with nobody():
        before = everything(site.root)
        checked = site.run("check", "--now", NOW)
        assert everything(site.root) == before
        assert "refused" not in site.run("status").out  # who builds may be somebody else
        built = site.build(code=3, now=NOW)
    assert checked.code == 3
    assert f"refused: {built.err}" in checked.out
    (site.root / kept).chmod(0o755)


def test_a_site_that_is_mounted_read_only_can_be_checked(site, monkeypatch):
    site.article("a")
    real = os.statvfs

    def mounted(path):
        seen = real(path)
        return os.statvfs_result((*seen[:8], seen.f_flag | os.ST_RDONLY, seen.f_namemax))

    # a mount is not for tests to make
    monkeypatch.setattr("feedwright.foresee.os.access", lambda path, mode: False)
    assert site.run("check").code == 3
    monkeypatch.setattr("feedwright.foresee.os.statvfs", mounted)
    assert site.run("check").code == 0
