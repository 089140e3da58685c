"""The scripts of docs/deploying.md: a receiver that is told finds the news on the host."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml

from tests.recipes.snippets import HOME
from tests.recipes.workflow import Runner

FEEDWRIGHT = Path(sys.executable).parent / "feedwright"
PAGE = (Path(__file__).parents[2] / "docs" / "deploying.md").read_text(encoding="utf-8")


def _snippets(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.S | re.M)


class Host:
    """A receiver; and an edge in front of `public`, which keeps what it served until a purge."""

    def __init__(self, public: Path) -> None:
        self.public = public
        self.seen: list[tuple[list[str], str]] = []
        self.kept: dict[str, bytes] = {}
        self.purged: list[str] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path not in host.kept:
                    host.kept[self.path] = (host.public / self.path.lstrip("/")).read_bytes()
                self._answer(200, host.kept[self.path])

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if self.path == "/purge":
                    host.purged.append(self.headers["authorization"])
                    host.kept.clear()
                else:
                    added = json.loads(body)["data"]["feeds"][0]["entries"]["added"]
                    host.seen.append(([each["title"] for each in added], host.feed()))
                self._answer(204, b"")

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                if body:
                    self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def feed(self) -> str:
        """The feed as a subscriber gets it when it is told."""
        with urlopen(f"{self.url}/feeds/rss.xml", timeout=10) as answer:
            return answer.read().decode()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    public = tmp_path / "public"
    (public / "feeds").mkdir(parents=True)
    running = Host(public)
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def home(tmp_path: Path, host: Host) -> Path:
    home = tmp_path / "site"
    (home / ".venv" / "bin").mkdir(parents=True)
    (home / "content").mkdir()
    (home / ".venv" / "bin" / "feedwright").symlink_to(FEEDWRIGHT)
    (home / "config.yaml").write_text(
        "site: {title: T, url: 'https://example.org/'}\n"
        "notify:\n  webhooks:\n"
        f"    - {{name: w, url: '{host.url}/hook', allow_http: true, allow_private: true}}\n"
    )
    _write(home, "first")
    return home


def _write(home: Path, title: str) -> None:
    text = f"---\ntitle: {title}\ndate: 2024-01-02\n---\nWords.\n"
    (home / "content" / f"{title}.md").write_text(text)


def _run(script: str, home: Path, host: Host) -> int:
    text = script.replace(HOME, str(home)).replace("https://example.org", host.url)
    text = re.sub(r"\b(?:host|origin):\S+", f"{host.public}/feeds/", text)
    done = subprocess.run(
        ["sh", "-c", text],
        env={"PATH": "/usr/bin:/bin", "PURGE_URL": f"{host.url}/purge", "PURGE_TOKEN": "t0ken"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode


@pytest.mark.slow
@pytest.mark.parametrize("script", [0, 1], ids=["rsync", "cdn"])
def test_who_is_told_finds_the_news_on_the_host(home: Path, host: Host, script: int) -> None:
    subprocess.run([str(FEEDWRIGHT), "build", "--no-notify"], cwd=home, check=True)
    text = _snippets("sh")[script].replace("sleep 2", "sleep 0.1")
    assert _run(text, home, host) == 0
    assert host.seen == []
    assert "second" not in host.feed()  # the edge now keeps the old feed
    _write(home, "second")
    if script == 0:
        host.kept.clear()
    assert _run(text, home, host) == 0
    ((titles, feed),) = host.seen
    assert titles == ["second"]
    assert "<title>second</title>" in feed
    assert host.purged == (["Bearer t0ken"] * 2 if script == 1 else [])
    assert _run(text, home, host) == 0
    assert len(host.seen) == 1


@pytest.mark.slow
def test_when_the_deploy_fails_nobody_is_told_until_it_works(home: Path, host: Host) -> None:
    subprocess.run([str(FEEDWRIGHT), "build", "--no-notify"], cwd=home, check=True)
    (script, *_) = _snippets("sh")
    broken = script.replace("rsync -rt", "rsync --no-such-option")
    _write(home, "second")
    assert _run(broken, home, host) == 3
    _write(home, "third")
    assert _run(broken, home, host) == 3
    subprocess.run([str(FEEDWRIGHT), "build"], cwd=home, check=True)
    assert host.seen == []
    assert _run(script, home, host) == 0
    ((titles, feed),) = host.seen
    assert sorted(titles) == ["second", "third"]
    assert "<title>third</title>" in feed


def test_the_workflow_tells_after_the_deploy_and_keeps_the_outbox_before_it() -> None:
    (text,) = _snippets("yaml")
    steps = yaml.safe_load(text)["jobs"]["publish"]["steps"]
    names = [step.get("id") or step.get("name") or step["uses"].split("@")[0] for step in steps]
    order = ["actions/cache/restore", "build", "Keep the outbox", "Commit", "deploy", "Tell"]
    assert [name for name in names if name in order] == order
    assert names.index("Keep the outbox") == names.index("build") + 1
    assert names.index("Keep the outbox again") == names.index("Tell") + 1
    saves = [step for step in steps if step.get("uses", "").startswith("actions/cache/save")]
    assert all(step["if"] == "always()" for step in saves)
    assert "build --hold" in steps[names.index("build")]["run"]
    assert "deliver --drain" in steps[names.index("Tell")]["run"]


@pytest.fixture
def runner(tmp_path: Path, home: Path) -> Runner:
    """A repository with a site in it, whose first publication is committed."""
    subprocess.run([str(FEEDWRIGHT), "build", "--no-notify"], cwd=home, check=True)
    (home / ".gitignore").write_text(".feedwright/\n.venv/\n")
    origin = tmp_path / "origin.git"
    _git(tmp_path, "init", "-q", "--bare", "-b", "main", str(origin))
    _git(home, "init", "-q", "-b", "main")
    _push(home, "remote", "add", "origin", str(origin))
    return Runner(tmp_path, origin, FEEDWRIGHT)


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def _push(home: Path, *first: str) -> None:
    _git(home, *first)
    _git(home, "add", ".")
    _git(home, "commit", "-q", "-m", "Write")
    _git(home, "push", "-q", "origin", "main")


@pytest.mark.slow
@pytest.mark.parametrize("failing", ["", "Commit", "deploy", "Tell"])
def test_the_workflow_tells_once_and_loses_nothing_whatever_fails(
    home: Path, host: Host, runner: Runner, failing: str
) -> None:
    (text,) = _snippets("yaml")
    job = yaml.safe_load(text)["jobs"]["publish"]
    runner.host = host.public
    assert runner.run(job) == []
    assert host.seen == []
    _write(home, "second")
    _push(home, "status")
    runner.failing = failing
    host.kept.clear()
    assert runner.run(job) == ([failing] if failing else [])
    assert len(host.seen) == (not failing)
    runner.failing = ""
    host.kept.clear()
    assert runner.run(job) == []
    assert runner.run(job) == []
    assert [titles for titles, _ in host.seen] == [["second"]]
    assert "<title>second</title>" in host.seen[0][1]


def test_the_scripts_are_shell() -> None:
    for script in _snippets("sh"):
        subprocess.run(["sh", "-n"], input=script, text=True, check=True)
