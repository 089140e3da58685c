"""Receivers of every kind, on this machine, on bare sockets: what they do is what is sent."""

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Request(NamedTuple):
    """What came."""

    at: float
    line: bytes
    headers: dict[str, str]
    body: bytes
    connection: int


Behaviour = Callable[["Receiver", socket.socket, Request], bool | None]
"""Answers a request; True keeps the connection open for the next one."""


class Receiver:
    """A server that does to each request what `behave` says, and remembers what came."""

    def __init__(self, behave: Behaviour, *, tls: ssl.SSLContext | None = None, reads: bool = True):
        self.behave = behave
        self.requests: list[Request] = []
        self.connections = 0
        self.sent = 0
        self.stopped = threading.Event()
        self._tls = tls
        self._reads = reads
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}/hook"

    def __enter__(self) -> "Receiver":
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def pour(self, connection: socket.socket, piece: bytes, pause: float = 0) -> None:
        """Send a piece again and again until the other side has had enough."""
        while not self.stopped.is_set():
            connection.sendall(piece)
            self.sent += len(piece)
            if pause:
                self.stopped.wait(pause)

    def drip(self, connection: socket.socket, data: bytes, pause: float = 0.05) -> None:
        """Send byte by byte."""
        for position in range(len(data)):
            if self.stopped.wait(pause):
                return
            connection.sendall(data[position : position + 1])

    def hang(self) -> None:
        """Do nothing for as long as the test runs."""
        self.stopped.wait(60)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            number = self.connections
            thread = threading.Thread(target=self._serve, args=(connection, number), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with self._lock:
            self._open.add(connection)
        kept = connection
        try:
            if self._tls is not None:
                kept = self._tls.wrap_socket(connection, server_side=True)
            while True:
                request = self._read(kept, number) if self._reads else Request(0, b"", {}, b"", 0)
                if request is None:
                    return
                if self._reads:
                    self.requests.append(request)
                if not self.behave(self, kept, request):
                    return
        except (OSError, ValueError):
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            kept.close()

    def _read(self, connection: socket.socket, number: int) -> Request | None:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65_536)
            if not piece:
                return None
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        line, *rest = head.split(b"\r\n")
        pairs = (each.decode("latin-1").partition(":") for each in rest)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        while len(body) < int(headers.get("content-length", "0")):
            piece = connection.recv(65_536)
            if not piece:
                return None  # its sender was killed
            body += piece
        return Request(time.monotonic(), line, headers, body, number)


def answers(status: int, *headers: str, body: bytes = b"ok", keep: bool = True) -> Behaviour:
    """Answer each request alike."""
    head = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", *headers]
    data = "\r\n".join(head).encode() + b"\r\n\r\n" + body

    def behave(receiver: Receiver, connection: socket.socket, request: Request) -> bool:
        connection.sendall(data)
        return keep

    return behave


def raw(data: bytes, *, pour: bytes = b"", pause: float = 0, hang: bool = False) -> Behaviour:
    """Send `data` as it is, then `pour` for ever, or hang, or close."""

    def behave(receiver: Receiver, connection: socket.socket, request: Request) -> None:
        connection.sendall(data)
        if pour:
            receiver.pour(connection, pour, pause)
        if hang:
            receiver.hang()

    return behave


def dripping(data: bytes, first: bytes = b"") -> Behaviour:
    """Send `first` at once and `data` byte by byte."""

    def behave(receiver: Receiver, connection: socket.socket, request: Request) -> None:
        connection.sendall(first)
        receiver.drip(connection, data)

    return behave


def resets(first: bytes = b"") -> Behaviour:
    """Break the connection hard."""

    def behave(receiver: Receiver, connection: socket.socket, request: Request) -> None:
        connection.sendall(first)
        if first:
            time.sleep(0.05)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Behave differently each time; the last behaviour stays."""
    turns = iter(behaviours[:-1])
    lock = threading.Lock()

    def behave(receiver: Receiver, connection: socket.socket, request: Request) -> bool | None:
        with lock:
            chosen = next(turns, behaviours[-1])
        return chosen(receiver, connection, request)

    return behave
