"""A receiver on the loopback interface that verifies with the reference library."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from standardwebhooks import Webhook, WebhookVerificationError

SECRET = "whsec_" + base64.b64encode(b"a secret of many bytes, all ours").decode()
OTHER = "whsec_" + base64.b64encode(b"another secret, for rotating it.").decode()


class Got(NamedTuple):
    """A message as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return self.json["type"]

    @property
    def data(self) -> dict:
        return self.json["data"]

    def verifies(self, secret: str = SECRET) -> bool:
        try:
            Webhook(secret).verify(self.body, dict(self.headers))
        except WebhookVerificationError:
            return False
        return True

    def titles(self, kind: str = "added", feed: str = "main") -> list[str]:
        (found,) = [each for each in self.data["feeds"] if each["name"] == feed]
        return [each["title"] for each in found["entries"][kind]]


class Receiver:
    """Keeps what it gets. `answer` decides by the path and all that came to it so far."""

    def __init__(self, port: int = 0) -> None:
        self.got: list[Got] = []
        self.status = 204
        self.headers: dict[str, str] = {}
        self.answer: Callable[[Got], int] = lambda got: self.status
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                body = self.rfile.read(length)
                if len(body) < length:  # its sender was killed: nothing came that counts
                    self.close_connection = True
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                got = Got(self.path, headers, body)
                status = receiver.answer(got)
                receiver.got.append(got)
                self.send_response(status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        ThreadingHTTPServer.daemon_threads = True
        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def of(self, path: str) -> list[Got]:
        return [got for got in self.got if got.path == path]

    def wait_for(self, number: int, seconds: float = 60) -> list[Got]:
        until = time.monotonic() + seconds
        while len(self.got) < number and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.got) >= number, self.got
        return self.got

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    receiver = Receiver(port)
    try:
        yield receiver
    finally:
        receiver.close()


def webhook(receiver: Receiver, name: str = "news", **options: object) -> str:
    """One line of `notify.webhooks`."""
    values: dict[str, object] = {
        "name": name,
        "url": f"{receiver.url}/{name}",
        "secret": SECRET,
        "allow_http": True,
        "allow_private": True,
    }
    return json.dumps(values | options)


def notify(*webhooks: str, **options: object) -> str:
    lines = ["notify:", *(f"  {key}: {json.dumps(value)}" for key, value in options.items())]
    if webhooks:
        lines += ["  webhooks:", *(f"    - {each}" for each in webhooks)]
    return "\n".join(lines) + "\n"
