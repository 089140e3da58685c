"""The receivers of docs/receivers.md, run and sent what Feedwright sends, and what it does not."""

import base64
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which

import pytest
import requests

from feedwright.notify.signing import headers
from tests.notify.facts import NOW, feed, publication, told, webhook

PAGE = (Path(__file__).parents[2] / "docs" / "receivers.md").read_text(encoding="utf-8")
SECRET = "whsec_" + base64.b64encode(b"receivers are tested, too").decode()
OTHER = "whsec_" + base64.b64encode(b"another one, while rotating").decode()


def _code(heading: str) -> str:
    section = PAGE.split(f"## {heading}\n")[1]
    (found, *_) = re.findall(r"^```(?:python|javascript)\n(.*?)^```$", section, re.S | re.M)
    return found


def _node_modules() -> Path:
    return Path(
        os.environ.get("FEEDWRIGHT_NODE_MODULES") or "~/.cache/feedwright/readers/node_modules"
    ).expanduser()


class Running:
    """A receiver in its own process."""

    def __init__(self, command: list[str], folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/feeds"
        self.output = folder / "output"
        environment = os.environ | {
            "FEEDWRIGHT_SECRET": SECRET,
            "INBOX": str(folder / "inbox"),
            "PORT": str(port),
            "PYTHONUNBUFFERED": "1",
        }
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        self._wait(port)

    def _wait(self, port: int) -> None:
        for _ in range(1200):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    return
            assert self.process.poll() is None, self.said
            time.sleep(0.05)
        raise AssertionError(self.said)

    @property
    def said(self) -> str:
        return self.output.read_text(errors="replace")

    def wait_for(self, text: str) -> str:
        for _ in range(1200):
            if text in self.said:
                return self.said
            time.sleep(0.05)
        raise AssertionError(f"{text!r} is not in {self.said!r}")

    def send(self, message, *, secrets=(SECRET,), at=None, body=None) -> int:
        found = headers(message.id, message.body, secrets, at or datetime.now(UTC))
        answer = requests.post(
            self.url,
            data=body or message.body,
            headers=found | {"Content-Type": message.content_type},
            timeout=60,
        )
        return answer.status_code

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _flask(folder: Path, port: int) -> list[str]:
    (folder / "receiver.py").write_text(_code("Flask"))
    return [sys.executable, "-m", "flask", "--app", "receiver", "run", "--port", str(port)]


def _fastapi(folder: Path, port: int) -> list[str]:
    (folder / "receiver.py").write_text(_code("FastAPI"))
    return [sys.executable, "-m", "uvicorn", "receiver:app", "--port", str(port)]


def _express(folder: Path, port: int) -> list[str]:
    del port
    modules = _node_modules()
    assert (modules / "express").is_dir(), "express is not installed: see .ci/run"
    (folder / "receiver.mjs").write_text(_code("Express"))
    (folder / "node_modules").symlink_to(modules)
    node = which("node")
    assert node, "node is not installed"
    return [node, "receiver.mjs"]


@pytest.fixture(
    params=[
        pytest.param(_flask, id="flask"),
        pytest.param(_fastapi, id="fastapi"),
        pytest.param(_express, id="express", marks=pytest.mark.slow),
    ]
)
def receiver(request, tmp_path: Path) -> Iterator[Running]:
    port = _free_port()
    running = Running(request.param(tmp_path, port), tmp_path, port)
    yield running
    running.end()


def message(sequence: int, **lists):
    (found,) = told(publication(feed(**lists), sequence=sequence), webhook())
    return found


def test_it_verifies_deduplicates_and_drops_what_is_older(receiver, request):
    first = message(1, added=["a"])
    assert receiver.send(first) == 204
    assert receiver.send(first) == 204, "the same message again is fine"
    receiver.wait_for("Title of a")
    assert receiver.send(message(3, gone=["a"])) == 204
    receiver.wait_for("removed")
    assert receiver.send(message(2, updated=["a"], added=["b"])) == 204
    said = receiver.wait_for("Title of b")
    if "fastapi" not in request.node.name:  # that one shows the inbox only
        assert said.count("main added Title of a") == 1
        assert "updated Title of a" not in said


def test_it_refuses_what_is_not_signed_by_us(receiver):
    good = message(1, added=["a"])
    forged = good.body.replace(b"Title of a", b"Title of x")
    assert receiver.send(good, body=forged) == 400
    assert receiver.send(good, secrets=[OTHER]) == 400
    assert receiver.send(good, at=datetime.now(UTC) - timedelta(hours=1)) == 400
    assert requests.post(receiver.url, data=good.body, timeout=10).status_code == 400
    garbage = {"webhook-id": "x", "webhook-timestamp": "x", "webhook-signature": "x"}
    assert requests.post(receiver.url, b"{}", headers=garbage, timeout=10).status_code == 400
    assert receiver.send(good, secrets=[OTHER, SECRET]) == 204, "while rotating"
    assert "Title of x" not in receiver.wait_for("Title of a")


def test_the_messages_are_those_of_the_documented_form():
    body = json.loads(message(1, added=["a"]).body)
    assert body["timestamp"] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
