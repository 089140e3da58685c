"""Every command as its user types it."""

import json
import os
import stat
import subprocess
import sys
import time

import pytest

from feedwright import errors
from feedwright.cli.main import COMMANDS, parser, run
from feedwright.operations import watching


class StoppedError(Exception):
    """Ends a watch."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name, capsys):
    assert run([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert "example: feedwright" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_parsed_alone_is_what_it_is_among_all(name, capsys):
    helps = []
    for made in (parser(name), parser()):
        with pytest.raises(SystemExit):
            made.parse_args([name, "--help"])
        helps.append(capsys.readouterr().out)
    assert helps[0] == helps[1]


def test_a_configuration_may_be_called_as_a_command_is(tmp_path, capsys):
    (tmp_path / "build").write_text("site: {title: A, url: https://e.org/}\n")
    (tmp_path / "content").mkdir()
    for given in (
        ["-c", f"{tmp_path}/build"],
        [f"-c{tmp_path}/build"],
        [f"--config={tmp_path}/build"],
    ):
        assert run([*given, "check"]) == 0
    assert run(["-c", "build", "bild"]) == 2
    assert "'ledger'" in capsys.readouterr().err  # all commands are offered


def test_every_exception_has_an_exit_code():
    for name in dir(errors):
        value = getattr(errors, name)
        if isinstance(value, type) and issubclass(value, Exception):
            assert value.exit_code in {2, 3, 4, 5}, name


@pytest.mark.parametrize(
    "arguments", [[], ["bild"], ["build", "--jobs", "0"], ["build", "--now", "x"]]
)
def test_a_wrong_command_line_is_exit_2(arguments, capsys):
    assert run(arguments) == 2
    assert "usage:" in capsys.readouterr().err


def test_a_missing_configuration_is_exit_2_and_names_init(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 2
    assert "feedwright init" in capsys.readouterr().err


def test_an_unexpected_exception_is_exit_5(site, capsys, monkeypatch):
    monkeypatch.setattr("feedwright.survey.identify.gather", lambda *_: 1 / 0)
    site.article("a")
    assert run(["-c", str(site.root / "config.yaml"), "check"]) == 5
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_init_makes_a_site_that_builds(tmp_path, capsys):
    folder = tmp_path / "my-blog"
    assert run(["init", str(folder), "--title", 'The "Blog"', "--url", "https://blog.example"]) == 0
    assert run(["-c", str(folder / "config.yaml"), "build"]) == 0
    assert 'The "Blog"' in (folder / "feeds/feed.json").read_text().replace("\\", "")
    assert (folder / "feeds/rss.xml").exists()
    assert run(["init", str(folder)]) == 2
    assert "already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url",
    [
        *("example.org", "javascript:x", "https://", "https://e.org/?x=1", "https://e.org/a b/"),
        *("https://ann:secret@e.org/", "https://e.org/index.html"),
    ],
)
def test_init_refuses_an_address_that_no_build_takes(url, tmp_path, capsys):
    assert run(["init", str(tmp_path / "new"), "--url", url]) == 2
    assert "feedwright init: --url: " in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_init_keeps_what_is_there(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/mine.md").write_text("---\ntitle: Mine\n---\nText.\n")
    (tmp_path / ".gitignore").write_text("mine\n")
    assert run(["init", str(tmp_path)]) == 0
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert [path.name for path in (tmp_path / "content").iterdir()] == ["mine.md"]


def test_dry_run_prints_the_plan_and_changes_nothing(site):
    site.article("a")
    done = site.build("--dry-run")
    assert "create feeds/rss.xml" in done.out.splitlines()
    assert not site.feeds.exists()
    assert not (site.root / ".feedwright").exists()
    assert not (site.root / "ledger.jsonl").exists()


def test_check_names_every_problem_and_what_is_left_out(site):
    site.article("a")
    site.article("b", date="someday")
    site.write("content/notes.docx", b"PK\x03\x04")
    done = site.run("check")
    assert done.code == 1
    assert "content/b.md:3: date: cannot read" in done.out
    assert "left out: content/notes.docx" in done.out
    assert not (site.root / ".feedwright").exists()
    found = json.loads(site.run("check", "--json").out)
    assert found["problems"][0]["path"] == "content/b.md"
    assert found["problems"][0]["line"] == 3


def test_list_gives_every_article_as_json_lines(site):
    site.article("a", author="Ann Lee", tags="[x, y]", categories="[Sea]")
    site.article("b", draft="true")
    site.article("c", date="2030-01-01")
    listed = site.listed()
    assert listed["a.md"]["title"] == "a"
    assert listed["a.md"]["published"] == "2024-05-01T00:00:00Z"
    assert listed["a.md"]["authors"] == [{"name": "Ann Lee"}]
    assert listed["a.md"]["tags"] == ["x", "y"]
    assert listed["a.md"]["categories"] == ["Sea"]
    assert listed["a.md"]["permalink"] == "https://example.org/2024/05/a/"
    assert {name: record["state"] for name, record in listed.items()} == {
        "a.md": "live",
        "b.md": "draft",
        "c.md": "future",
    }


def test_a_file_name_cannot_command_the_terminal_or_break_a_line(site):
    site.article("e\x1b[2Jvil\n", date="2024-13-01")
    for done in (site.build(code=1), site.run("check"), site.run("list")):
        assert "\x1b" not in done.out + done.err
        assert "content/e\\x1b[2Jvil\\x0a.md" in done.out + done.err


def _process(site, command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    program = f'"{sys.executable}" -m feedwright -c "{site.root}/config.yaml" {command}'
    variables = {**os.environ, **environment}
    return subprocess.run(
        ["/bin/sh", "-c", program], check=False, capture_output=True, env=variables
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_the_letters_shows_escapes(site, encoding):
    site.article("a", "日本")
    shown = _process(site, "list", PYTHONIOENCODING=encoding)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert rb"\u65e5\u672c" in shown.stdout
    listed = _process(site, "list --json", PYTHONIOENCODING=encoding)
    assert json.loads(listed.stdout)["title"] == "日本"


def test_closed_output_stops_no_build(site):
    site.article("a")
    site.article("b", date="2024-13-01")
    assert _process(site, "build >&- 2>&-").returncode == 1
    assert list(site.ids()) == ["a"]


@pytest.mark.parametrize("name", ["content/a.md", "a.md", "a", "https://example.org/2024/05/a/"])
def test_show_tells_where_each_field_came_from(site, name):
    site.article("a", author="Ann Lee")
    done = site.run("show", name)
    assert done.code == 0
    assert "front matter title, line 2" in done.out
    assert "front matter author, line 4" in done.out
    shown = json.loads(site.run("show", name, "--json").out)
    assert shown["origins"]["permalink"] == "content.permalink"
    assert shown["feeds"] == ["main"]


def test_show_takes_a_path_as_the_shell_completes_it(site, monkeypatch):
    site.article("a")
    site.article("bad", date="someday")
    monkeypatch.chdir(site.root.parent)
    path = f"{site.root.name}/content"
    assert site.run("show", f"{path}/a.md").code == 0
    assert "cannot read" in site.run("show", f"{path}/bad.md").out
    monkeypatch.chdir(site.root / "content")
    assert site.run("show", "../content/a.md").code == 0


def test_show_of_nothing_is_exit_2_with_the_cure(site):
    site.article("a")
    done = site.run("show", "nothing")
    assert done.code == 2
    assert "feedwright list" in done.err


def test_show_of_a_held_article_says_why(site):
    site.article("bad", date="someday")
    done = site.run("show", "bad.md")
    assert done.code == 1
    assert "content/bad.md:3: date: cannot read" in done.out


def test_a_gate_problem_names_the_line_of_its_field(site):
    site.article("a", title="'End </b> of it'")
    done = site.run("check")
    assert "content/a.md:2: " in done.out


def test_a_damaged_outbox_refuses_with_the_cure(site):
    site.article("a")
    site.write(".feedwright/outbox.sqlite", "garbage" * 1000)
    done = site.build(code=3)
    assert "outbox.sqlite: is damaged" in done.err
    assert "move it away" in done.err


@pytest.mark.parametrize("command", [["status"], ["deliver"], ["deliveries", "list"]])
def test_a_state_folder_that_cannot_be_read_is_refused_with_the_cure(site, command):
    site.article("a")
    site.build()
    state = site.root / ".feedwright"
    state.rename(site.root / "away")
    state.symlink_to(state)  # a loop; root could read whatever permissions say
    done = site.run(*command)
    assert done.code == 3
    assert ".feedwright" in done.err
    assert "the right to" in done.err


def test_status_prints_the_links_for_the_pages_of_the_site(site):
    site.article("a")
    site.article("later", date="2026-01-01T10:00:00Z")
    site.build()
    done = site.run("status", "--now", "2025-06-02T00:00:00Z")
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Harbour Light" '
        'href="https://example.org/feeds/atom.xml">'
    ) in done.out
    assert "2026-01-01T10:00:00Z" in done.out
    state = json.loads(site.run("status", "--json", "--now", "2025-06-02T00:00:00Z").out)
    assert state["pending"] == []
    assert state["articles"] == {"live": 1, "future": 1}
    assert state["last_publication"] == "2025-06-01T12:00:00Z"


def test_a_read_only_folder_is_refused_with_the_cure(site, monkeypatch):
    site.article("a")
    site.build()
    before = site.bytes()
    site.article("b")

    def refuse(path, data):
        raise PermissionError(13, "Permission denied", str(path))

    # root may write anywhere, so that the refusal itself is made here
    monkeypatch.setattr("feedwright.publish.write._write_durably", refuse)
    done = site.build(code=3)
    assert "the right to write" in done.err
    assert site.bytes() == before
    assert stat.S_ISDIR(site.feeds.stat().st_mode)


def test_accepted_warnings_are_silent(site):
    site.write("content/a.md", "---\ntitle: A\ntitle: B\ndate: 2024-05-01\n---\nText.\n")
    done = site.build()
    assert "title" in done.err
    site.configure("content:\n", "content:\n  accept: [duplicate-key]\n")
    assert site.run("check").out == "1 article is fit to publish; no problems\n"


def test_watch_builds_when_content_changes(site, monkeypatch):
    site.article("a")
    builds = []

    def build():
        builds.append(time.monotonic())
        if len(builds) == 2:
            raise StoppedError
        site.article("b")

    with pytest.raises(StoppedError):
        watching.watch(
            lambda: [str(site.root / "content")], build, lambda: [site.root / "config.yaml"], 0.01
        )
    assert len(builds) == 2


def test_watch_builds_when_something_becomes_due(site):
    builds = []

    def build():
        builds.append(1)
        if len(builds) == 2:
            raise StoppedError
        return time.time() + 0.2

    site.article("a")
    with pytest.raises(StoppedError):
        watching.watch(lambda: [str(site.root / "content")], build, list, 0.01)
    assert len(builds) == 2
