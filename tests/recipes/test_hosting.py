"""nginx and Caddy with the configurations of docs/recipes.md, asked as browsers and readers ask."""

import gzip
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from tests.recipes.snippets import HOME, snippet

pytestmark = pytest.mark.slow

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FRESHRSS = (
    "application/atom+xml,application/rss+xml,application/rdf+xml,"
    "application/xml;q=0.9,text/xml;q=0.8,text/html;q=0.7,*/*;q=0.1"
)
MINIFLUX = (
    "application/xml, application/atom+xml, application/rss+xml, application/rdf+xml,"
    " application/feed+json, text/html, */*;q=0.9"
)
ANYTHING = "*/*"

BODY = b"<rss>" + b"word " * 2000 + b"</rss>"
FILES = ("rss.xml", "atom.xml", "feed.json", "opml.xml", "index.html", "style.css",
         "category/sea/rss.xml", "rss-archive-1.xml")  # fmt: skip


def _site(folder: Path) -> None:
    for name in FILES:
        path = folder / "feeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(BODY)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env={"PATH": "/usr/bin", "HOME": str(log.parent)}
        )
        try:
            _wait(process, port, log)
            yield
        finally:
            process.terminate()
            process.wait(10)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"does not listen: {log.read_text()}")


@contextmanager
def _nginx(folder: Path) -> Iterator[int]:
    port = _free_port()
    server = snippet("nginx").replace(HOME, str(folder)).replace("80;", f"127.0.0.1:{port};")
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;"
        f"events {{}} http {{ access_log off; {paths} {server} }}"
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-p", str(folder), "-e", "stderr", "-c", str(config)]
    with _running(command, port, folder / "log"):
        yield port


@contextmanager
def _caddy(folder: Path) -> Iterator[int]:
    port = _free_port()
    site = snippet("caddyfile").replace(HOME, str(folder))
    site = site.replace("example.org {", f"http://127.0.0.1:{port} {{", 1)
    config = folder / "Caddyfile"
    config.write_text("{\n\tadmin off\n}\n" + site)
    program = shutil.which("caddy") or "/usr/bin/caddy"
    command = [program, "run", "--adapter", "caddyfile", "--config", str(config)]
    with _running(command, port, folder / "log"):
        yield port


@pytest.fixture(scope="module", params=[_nginx, _caddy], ids=["nginx", "caddy"])
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("site")
    folder.chmod(0o755)
    _site(folder)
    with request.param(folder) as number:
        yield number


def _get(port: int, name: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    connection.request("GET", f"/feeds/{name}", headers=sent)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


@pytest.mark.parametrize(
    ("name", "accept", "media_type"),
    [
        ("rss.xml", CHROME, "text/xml"),
        ("atom.xml", FIREFOX, "text/xml"),
        ("category/sea/rss.xml", CHROME, "text/xml"),
        ("rss-archive-1.xml", CHROME, "text/xml"),
        ("rss.xml", FRESHRSS, "application/rss+xml"),
        ("rss.xml", MINIFLUX, "application/rss+xml"),
        ("rss.xml", ANYTHING, "application/rss+xml"),
        ("category/sea/rss.xml", ANYTHING, "application/rss+xml"),
        ("rss-archive-1.xml", ANYTHING, "application/rss+xml"),
        ("atom.xml", FRESHRSS, "application/atom+xml"),
        ("atom.xml", "", "application/atom+xml"),
        ("feed.json", CHROME, "application/feed+json"),
        ("opml.xml", ANYTHING, "text/x-opml"),
        ("", CHROME, "text/html"),
        ("style.css", CHROME, "text/css"),
    ],
)
def test_the_media_type_fits_who_asks(port: int, name: str, accept: str, media_type: str) -> None:
    status, headers, body = _get(port, name, Accept=accept)
    assert status == 200
    assert body == BODY
    assert headers["Content-Type"].replace(" ", "").lower() == f"{media_type};charset=utf-8"
    assert headers["Cache-Control"] == "public, max-age=300"
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("accept", [CHROME, ANYTHING])
@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_caches_are_told_that_the_answer_varies(port: int, name: str, accept: str) -> None:
    _, headers, _ = _get(port, name, Accept=accept)
    assert "Accept" in _varies(headers)


def _varies(headers: HTTPMessage) -> list[str]:
    return [part.strip() for line in headers.get_all("Vary") or [] for part in line.split(",")]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json", "index.html"])
@pytest.mark.parametrize("accept", [CHROME, FRESHRSS])
def test_feeds_are_compressed(port: int, name: str, accept: str) -> None:
    status, headers, body = _get(port, name, Accept=accept, Accept_Encoding="gzip")
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == BODY
    assert len(body) < len(BODY) / 5
    assert "Accept-Encoding" in _varies(headers)


@pytest.mark.parametrize("name", ["rss.xml", "feed.json", ""])
@pytest.mark.parametrize("accept", [CHROME, FRESHRSS])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_unchanged_feed_is_not_sent_again(
    port: int, name: str, accept: str, encoding: str
) -> None:
    _, headers, _ = _get(port, name, Accept=accept, Accept_Encoding=encoding)
    same = {"Accept": accept, "Accept_Encoding": encoding}
    status, _, body = _get(port, name, If_None_Match=headers["ETag"], **same)
    assert (status, body) == (304, b"")
    status, _, body = _get(port, name, If_Modified_Since=headers["Last-Modified"], **same)
    assert (status, body) == (304, b"")
