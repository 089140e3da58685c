"""A web server for the documents of a site at one moment, with the validators that nginx gives."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

TYPES = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}


class File(NamedTuple):
    """A document, and when it was written (seconds)."""

    data: bytes
    written: int

    @property
    def etag(self) -> str:
        return f'"{self.written:x}-{len(self.data):x}"'


Snapshot = Mapping[str, File]


class FeedServer:
    """Serves one snapshot of `feeds/`; the next one stands at the same addresses."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.snapshot: Snapshot = {}
        self.statuses: list[int] = []

    def publish(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.statuses = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"


def _fresh(file: File, headers: Mapping[str, str]) -> bool:
    """Whether the reader has these bytes (RFC 9110, 13.1: the entity tag has precedence)."""
    if tags := headers.get("If-None-Match"):
        return file.etag in re.findall(r'"[^"]*"', tags)
    if since := headers.get("If-Modified-Since"):
        return parsedate_to_datetime(since).timestamp() >= file.written
    return False


def _handler(site: FeedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            file = site.snapshot.get(path)
            if file is None:
                self._answer(HTTPStatus.NOT_FOUND, None, path)
            elif _fresh(file, dict(self.headers.items())):
                self._answer(HTTPStatus.NOT_MODIFIED, file, path)
            else:
                self._answer(HTTPStatus.OK, file, path)

        def _answer(self, status: HTTPStatus, file: File | None, path: str) -> None:
            if path in site.snapshot:  # not what a reader asks besides, such as /favicon.ico
                site.statuses.append(int(status))
            self.send_response(status)
            if file is not None:
                self.send_header("ETag", file.etag)
                self.send_header("Last-Modified", formatdate(file.written, usegmt=True))
            body = file.data if file is not None and status == HTTPStatus.OK else b""
            if status != HTTPStatus.NOT_MODIFIED:
                name = path.rpartition("/")[2]
                self.send_header("Content-Type", TYPES.get(name, "text/plain"))
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    return Handler


@contextmanager
def serving() -> Iterator[FeedServer]:
    """Serve on a free port of the loopback interface."""
    site = FeedServer(0)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(site)) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
