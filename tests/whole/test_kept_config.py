"""A configuration is read once, and again when anything about it may be another."""

import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

from feedwright import program
from feedwright.cli.main import run
from feedwright.config.loading import load
from feedwright.errors import ConfigurationError
from feedwright.site import Site
from feedwright.store import kept_config
from feedwright.store.index.opening import Index

CONFIG = "site: {title: Harbour, url: https://example.org/}\n"
SECRET = "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ntitle: A\ndate: 2024-01-02\n---\nText.\n")
    return tmp_path


def build(folder, config=CONFIG):
    (folder / "config.yaml").write_text(config)
    assert run(["build"], None) == 0


def opened(name="config.yaml"):
    return Site(Path(name), os.environ)


def test_a_configuration_that_was_built_is_not_read_again(folder, monkeypatch):
    build(folder)
    monkeypatch.setitem(sys.modules, "feedwright.config.loading", None)
    site = opened()
    assert site.was_kept
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    loaded = load(folder / "config.yaml", {})
    assert (site.config, site.root, site.config_bytes) == (
        loaded.config,
        loaded.root,
        loaded.source,
    )


def test_a_warning_about_it_stays_one(folder):
    build(folder, CONFIG + "feeds: [{name: a, path: feeds/a}]\n")
    kept, read = opened(), load("config.yaml", {})
    assert kept.was_kept
    assert kept.warnings == read.warnings != ()


@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "config.yaml").write_text(CONFIG.replace("Harbour", "Harbor!")),
        lambda f: (f / ".feedwright/config").unlink(),
        lambda f: (f / ".feedwright/config").write_bytes(b"\x80\x05damaged" * 9),
        lambda f: (f / ".feedwright/config").write_bytes(b""),
        lambda f: (f / ".feedwright/config").write_bytes(
            (f / ".feedwright/config").read_bytes()[:-1]
        ),
    ],
)
def test_another_one_is_read(folder, change):
    build(folder)
    change(folder)
    site = opened()
    assert not site.was_kept
    assert site.config == load("config.yaml", {}).config


def test_another_program_reads_it(folder, monkeypatch):
    build(folder)
    monkeypatch.setattr(program, "digest", lambda: "another")
    assert not opened().was_kept


def test_a_broken_one_is_told_whatever_is_kept(folder):
    build(folder)
    (folder / "config.yaml").write_text("site: {title: [}")
    with pytest.raises(ConfigurationError):
        opened()


def test_elsewhere_the_same_bytes_are_another_site(folder):
    build(folder)
    shutil.copytree(folder, folder / "copy")
    assert opened("copy/config.yaml").root == folder / "copy"
    assert not opened("copy/config.yaml").was_kept


def test_nothing_that_may_hold_a_secret_is_kept(folder, monkeypatch):
    hook = f"notify: {{webhooks: [{{name: a, url: 'https://h.example/', secret: '{SECRET}'}}]}}\n"
    build(folder, CONFIG + hook)
    assert not (folder / ".feedwright/config").exists()
    monkeypatch.setenv("NAME", "hush-hush")
    build(folder, CONFIG.replace("Harbour", "'${NAME}'"))
    assert not (folder / ".feedwright/config").exists()
    for path in (folder / ".feedwright").iterdir():
        assert SECRET.encode() not in path.read_bytes()


def test_what_somebody_else_brings_is_never_read(folder):
    """A pickle runs code: a pull request may bring the state folder with it."""
    build(folder)
    kept = folder / ".feedwright/config"
    data, mark = kept.read_bytes(), (folder / ".feedwright/config.mark").read_text()
    evil = kept.with_name("evil")
    evil.write_bytes(data)
    seen = kept.stat()
    evil.replace(kept)
    os.utime(kept, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert (folder / ".feedwright/config.mark").read_text() == mark
    assert not opened().was_kept


def test_what_another_user_owns_is_never_read(folder, monkeypatch):
    build(folder)
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert not opened().was_kept
    assert Index.known(folder / ".feedwright/index.sqlite", program.digest()) is None


def test_what_another_program_wrote_is_not_opened(folder, monkeypatch):
    build(folder)
    monkeypatch.setattr(program, "digest", lambda: "another")
    monkeypatch.setattr("pickle.loads", None)
    assert not opened().was_kept
    assert Index.known(folder / ".feedwright/index.sqlite", program.digest()) is None


def test_a_pipe_is_read_once(folder):
    os.mkfifo(folder / "pipe.yaml")
    writer = threading.Thread(target=(folder / "pipe.yaml").write_text, args=(CONFIG,))
    writer.start()
    assert opened("pipe.yaml").config.site.title == "Harbour"
    writer.join()


def test_where_it_cannot_be_written_it_is_read_each_time(folder):
    build(folder)
    (folder / ".feedwright/config").unlink()
    (folder / ".feedwright/config.new").mkdir()
    build(folder, CONFIG + "# other\n")
    assert not opened().was_kept


def test_one_that_is_written_while_it_is_read_is_not_kept(folder, monkeypatch):
    build(folder)
    other = CONFIG.replace("Harbour", "Lamp")

    def read(state, key):
        (folder / "config.yaml").write_text(other)

    monkeypatch.setattr(kept_config, "read", read)
    site = opened()
    assert site.config.site.title == "Lamp"
    assert site.key == ""
