"""The crontab, units and workflow of docs/recipes.md are what cron, systemd and GitHub read."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.recipes.snippets import HOME, snippet, snippets

FEEDWRIGHT = Path(sys.executable).parent / "feedwright"


def _crontab_command() -> list[str]:
    lines = [line for line in snippet("crontab").splitlines() if not re.match(r"\w+=", line)]
    (line,) = lines
    fields = line.split(None, 5)
    assert all(re.fullmatch(r"[\d*/,\-]+", field) for field in fields[:5])
    assert "%" not in fields[5], "cron takes it for a line end"
    return shlex.split(fields[5])


def test_the_crontab_line_names_the_program_by_its_path() -> None:
    command = _crontab_command()
    assert command[0] == f"{HOME}/.venv/bin/feedwright"
    assert command[1:] == ["-c", f"{HOME}/config.yaml", "build"]


@pytest.mark.slow
def test_the_crontab_line_publishes_from_any_folder_and_is_silent(tmp_path: Path) -> None:
    home = tmp_path / "site"
    (home / "content").mkdir(parents=True)
    (home / ".venv" / "bin").mkdir(parents=True)
    (home / ".venv" / "bin" / "feedwright").symlink_to(FEEDWRIGHT)
    (home / "config.yaml").write_text("site: {title: T, url: 'https://example.org/'}\n")
    (home / "content" / "a.md").write_text("---\ntitle: A\ndate: 2024-01-02\n---\nWords.\n")
    command = [part.replace(HOME, str(home)) for part in _crontab_command()]
    for _ in range(2):
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": "/usr/bin:/bin"},
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ""
    assert (home / "feeds" / "rss.xml").exists()


@pytest.mark.slow
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    names = [
        "feedwright.service",
        "feedwright.timer",
        "feedwright-watch.service",
        "feedwright-deliver.service",
    ]
    paths = []
    for name, text in zip(names, snippets("ini"), strict=True):
        path = tmp_path / name
        path.write_text(text.replace(f"{HOME}/.venv/bin/feedwright", "/bin/true"))
        paths.append(str(path))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "feedwright" in line]
    assert (done.returncode, ours) == (0, []), done.stderr
    times = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=2", _setting("OnCalendar")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert times.returncode == 0, times.stderr


def _setting(name: str) -> str:
    (found,) = [
        line.partition("=")[2]
        for text in snippets("ini")
        for line in text.splitlines()
        if line.startswith(f"{name}=")
    ]
    return found


def test_the_timer_starts_the_service_of_its_name() -> None:
    service, timer, watch, deliver = snippets("ini")
    assert "Unit=" not in timer
    assert "feedwright build" in service
    assert "feedwright watch" in watch
    assert "feedwright deliver --follow" in deliver


def test_a_build_with_held_articles_is_no_failure_for_systemd() -> None:
    assert _setting("SuccessExitStatus").split() == ["1", "4"]


def test_the_workflow_builds_on_push_and_on_schedule() -> None:
    workflow = yaml.safe_load(snippet("yaml"))
    triggers = workflow[True]  # YAML 1.1 takes the key `on` for true
    assert set(triggers) == {"push", "schedule", "workflow_dispatch"}
    (schedule,) = triggers["schedule"]
    assert len(schedule["cron"].split()) == 5
    assert workflow["permissions"] == {"contents": "write"}


def test_the_workflow_keeps_ledger_feeds_and_undelivered_messages() -> None:
    steps = yaml.safe_load(snippet("yaml"))["jobs"]["build"]["steps"]
    runs = "\n".join(step.get("run", "") for step in steps)
    assert "git add ledger.jsonl feeds" in runs
    caches = [step for step in steps if step.get("uses", "").startswith("actions/cache/")]
    assert [each["uses"].split("/")[2].split("@")[0] for each in caches] == ["restore", "save"]
    assert {each["with"]["path"] for each in caches} == {".feedwright"}
    assert caches[1]["if"] == "always()"
    assert steps.index(caches[1]) == [step.get("id") for step in steps].index("build") + 1


def test_the_workflow_scripts_are_shell(tmp_path: Path) -> None:
    steps = yaml.safe_load(snippet("yaml"))["jobs"]["build"]["steps"]
    for script in [*(step["run"] for step in steps if "run" in step), *snippets("sh")]:
        plain = re.sub(r"\$\{\{.*?\}\}", "x", script)
        done = subprocess.run(
            ["bash", "-n"], input=plain, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("code", [0, 1, 3])
def test_the_workflow_commits_what_was_published(tmp_path: Path, code: int) -> None:
    """Its two scripts, with a program in place of ours that publishes and exits with `code`."""
    origin, work = tmp_path / "origin.git", tmp_path / "work"
    _git(tmp_path, "init", "-q", "--bare", "-b", "main", str(origin))
    _git(tmp_path, "clone", "-q", str(origin), str(work))
    _commit_a_site(work)
    program = work / ".venv" / "bin" / "feedwright"
    program.parent.mkdir(parents=True)
    program.write_text(
        f"#!/bin/sh\necho '{{}}' >> ledger.jsonl\necho x > feeds/rss.xml\nexit {code}\n"
    )
    program.chmod(0o755)
    steps = yaml.safe_load(snippet("yaml"))["jobs"]["build"]["steps"]
    scripts = {step["name"]: step["run"] for step in steps if "run" in step}
    output = tmp_path / "output"
    built = _bash(scripts["Build"], work, output)
    assert built.returncode == (0 if code < 2 else code)
    if code < 2:
        assert output.read_text() == f"code={code}\n"
        done = _bash(scripts["Commit"], work, output)
        assert done.returncode == 0, done.stderr
        assert _git(origin, "log", "--format=%s", "main").splitlines()[0] == "Publish feeds"
        assert _bash(scripts["Commit"], work, output).returncode == 0
        assert len(_git(origin, "log", "--format=%s", "main").splitlines()) == 2


def _commit_a_site(work: Path) -> None:
    (work / "feeds").mkdir()
    (work / "feeds" / "rss.xml").write_text("old\n")
    (work / "ledger.jsonl").write_text("")
    _git(work, "add", "feeds", "ledger.jsonl")
    _git(work, "-c", "user.name=a", "-c", "user.email=a@e.org", "commit", "-qm", "Begin")
    _git(work, "push", "-q", "origin", "HEAD:main")
    _git(work, "branch", "-q", "--set-upstream-to=origin/main")


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _bash(script: str, folder: Path, output: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "GITHUB_OUTPUT": str(output), "HOME": str(folder)},
        check=False,
    )
