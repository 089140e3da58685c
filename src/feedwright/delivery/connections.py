"""Connections that go to a checked address and end in time.

requests and urllib3 know a limit for each single read, which a receiver that drips stretches as it
likes. Here each read and write asks `Limits`, which knows the end of the whole exchange and how
much may still come. What asks is the socket itself, so nothing goes around it: not the interim
answers, not the head, not the tunnel through a proxy.
"""

import http.client
import socket
import ssl
import time
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from feedwright.delivery.addresses import refused, refused_host
from feedwright.delivery.resolving import Address, Resolver

CONNECT = 5.0
"""Seconds for the look-up and the connection, and as many again for TLS."""
MOST_BYTES = 65_536
"""Of one answer altogether, with its head."""
_MOST_INTERIM = 10
"""Interim answers (1xx) before the real one."""
_MOST_ADDRESSES = 4


class RefusedError(Exception):
    """The address is not allowed; `str()` says why."""


class Limits:
    """What is left of an exchange."""

    def __init__(self) -> None:
        self._end = 0.0
        self._left = 0
        self.received = 0
        """Bytes of the answer so far."""
        self.stage = ""
        """What is being done: `name`, `connect`, `tls`, `answer`."""
        self.fresh = False
        """Whether a connection was made in this exchange."""

    def begin(self, seconds: float) -> None:
        """Begin an exchange that takes at most `seconds`."""
        self._end = time.monotonic() + seconds
        self._left = MOST_BYTES
        self.again()

    def again(self) -> None:
        """Begin once more within the same limits."""
        self.received = 0
        self.stage = "answer"
        self.fresh = False

    def remaining(self) -> float:
        """Return the seconds that are left; raises TimeoutError when there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("the time is over")
        return seconds

    def came(self, count: int) -> None:
        """Count bytes of the answer; raises AnswerTooLongError when they are too many."""
        self.received += count
        self._left -= count
        if self._left < 0:
            raise AnswerTooLongError("the answer is too long")


class AnswerTooLongError(OSError):
    """More came than is ever read."""


class _Socket(socket.socket):
    """A socket within limits."""

    limits = Limits()

    def recv(self, *args: Any) -> bytes:
        self.settimeout(self.limits.remaining())
        data = super().recv(*args)
        self.limits.came(len(data))
        return data

    def recv_into(self, *args: Any) -> int:
        self.settimeout(self.limits.remaining())
        count = super().recv_into(*args)
        self.limits.came(count)
        return count

    def send(self, *args: Any) -> int:
        self.settimeout(self.limits.remaining())
        return super().send(*args)

    def sendall(self, *args: Any) -> None:
        self.settimeout(self.limits.remaining())
        super().sendall(*args)


class _SecureSocket(ssl.SSLSocket):
    """The same below TLS. Its handshake is one call, which keeps the limit set before it."""

    limits = Limits()

    @classmethod
    def _create(cls, sock: socket.socket, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        made: ssl.SSLSocket = super()._create(sock, *args, **kwargs)  # type: ignore[misc]  # not in the stub
        made.limits = sock.limits  # type: ignore[attr-defined]  # both are ours
        return made

    def recv(self, *args: Any) -> bytes:
        self.settimeout(self.limits.remaining())
        data = super().recv(*args)
        self.limits.came(len(data))
        return data

    def recv_into(self, *args: Any) -> int:
        self.settimeout(self.limits.remaining())
        count = super().recv_into(*args)
        self.limits.came(count)
        return count

    def send(self, *args: Any) -> int:
        # sendall of SSLSocket sends in a loop, and so comes by here.
        self.settimeout(self.limits.remaining())
        return super().send(*args)


def secure_context(ca_file: str = "") -> ssl.SSLContext:
    """Return a context that verifies certificate and name.

    Trusted are `ca_file` alone, or the system's authorities (OpenSSL's SSL_CERT_FILE and
    SSL_CERT_DIR count) and those that come with requests.
    """
    context = ssl.create_default_context(cafile=ca_file or None)
    if not ca_file and not _chosen_by_environment():
        import certifi  # noqa: PLC0415  # a third of the start-up of a sender, for https alone

        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = _SecureSocket
    return context


def _chosen_by_environment() -> bool:
    paths = ssl.get_default_verify_paths()
    chosen = {paths.cafile, paths.capath}
    return bool(chosen - {None, paths.openssl_cafile, paths.openssl_capath})


class Dialer:
    """Opens sockets to checked addresses, for the connections of one endpoint."""

    def __init__(self, resolver: Resolver, limits: Limits, *, checked: bool) -> None:
        self.limits = limits
        self._resolver = resolver
        self._checked = checked

    def dial(self, host: str, port: int) -> socket.socket:
        """Connect to a host. The name is looked up once: what was checked is what is used.

        Raises RefusedError, socket.gaierror, TimeoutError or another OSError.
        """
        self.limits.fresh = True
        self.limits.stage = "name"
        until = time.monotonic() + min(CONNECT, self.limits.remaining())
        if self._checked:
            _refuse(refused_host(host))
        addresses = self._resolver.addresses(host, port, until - time.monotonic())
        if self._checked:
            _refuse(refused(each.sockaddr[0] for each in addresses))
        self.limits.stage = "connect"
        return self._first(addresses[:_MOST_ADDRESSES], until)

    def _first(self, addresses: tuple[Address, ...], until: float) -> socket.socket:
        for position, address in enumerate(addresses):
            # A black hole in the first place leaves time for the others.
            seconds = (until - time.monotonic()) / (len(addresses) - position)
            try:
                return self._connect(address, max(seconds, 0.01))
            except OSError:
                if position == len(addresses) - 1:
                    raise
        raise AssertionError("a host has an address")

    def _connect(self, address: Address, seconds: float) -> socket.socket:
        made = _Socket(address.family, socket.SOCK_STREAM, address.protocol)
        try:
            made.limits = self.limits
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # What a flood can put into the kernel's memory on our behalf.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MOST_BYTES)
            made.settimeout(min(seconds, self.limits.remaining()))
            made.connect(address.sockaddr)
            self.limits.stage = "answer"
            made.settimeout(min(CONNECT, self.limits.remaining()))
        except BaseException:
            made.close()
            raise
        return made


def _refuse(why: str) -> None:
    if why:
        raise RefusedError(why)


class _Answer(http.client.HTTPResponse):
    """An answer after its interim answers, of which http.client knows only 100."""

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MOST_INTERIM):
            version, status, reason = super()._read_status()  # type: ignore[misc]  # not in the stub
            if status == http.client.SWITCHING_PROTOCOLS or not 100 <= status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)
        raise http.client.HTTPException("too many interim answers")


class PlainConnection(HTTPConnection):
    """A connection for http."""

    response_class = _Answer

    def __init__(self, dialer: Dialer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dialer = dialer

    def _new_conn(self) -> socket.socket:
        try:
            return self._dialer.dial(self._dns_host.strip("[]"), self.port)
        except ConnectionError as error:
            # urllib3 would take a reset for one of the request, and wait for an answer without a
            # socket.
            raise NewConnectionError(self, "no connection") from error

    def connect(self) -> None:
        """Connect, through a proxy as well."""
        super().connect()
        self._dialer.limits.stage = "answer"


class SecureConnection(HTTPSConnection):
    """A connection for https: to the checked address, and for the name."""

    response_class = _Answer

    def __init__(self, dialer: Dialer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dialer = dialer

    def _new_conn(self) -> socket.socket:
        made = self._dialer.dial(self._dns_host.strip("[]"), self.port)
        self._dialer.limits.stage = "tls"
        return made

    def connect(self) -> None:
        """Connect, through a proxy as well."""
        super().connect()
        self._dialer.limits.stage = "answer"
