"""One exchange with a receiver, whatever it does. The door of requests.

`Sender.send` returns an attempt and never raises for what a receiver does: it may hang, drip,
reset, flood, redirect or lie. It ends within the endpoint's timeout, reads at most 64 KiB, follows
nothing, decodes nothing, and takes nothing from the environment.
"""

import http.client
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, proxy_from_url
from urllib3.exceptions import HTTPError
from urllib3.util import parse_url

from feedwright import __version__
from feedwright.delivery.addresses import refused_host
from feedwright.delivery.connections import (
    CONNECT,
    Dialer,
    Limits,
    PlainConnection,
    RefusedError,
    SecureConnection,
    secure_context,
)
from feedwright.delivery.resolving import LookUp, Resolver
from feedwright.delivery.words import in_words, most_of, root_of, shown, status_in_words
from feedwright.model import Attempt, Endpoint, Message

HeadersFor = Callable[[Endpoint, Message, datetime], Mapping[str, str]]

_MOST_BODY = 8_192
"""A longer answer is not read to its end, and its connection not used again."""
_IDLE = 4.0
"""Seconds after which a connection is not used again: many servers close it after five."""
_MOST_IDLE = 128
_STALE = 2.0
"""A connection that was closed while it was kept shows that within so many seconds."""
_BODILESS = frozenset((204, 304))
"""Answers that have no body, whatever they say (RFC 9110, section 6.4.1)."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_FAILURES = (requests.RequestException, HTTPError, http.client.HTTPException, OSError, ValueError)


class Sender:
    """Sends messages; keeps connections; safe for many threads."""

    def __init__(
        self,
        headers_for: HeadersFor,
        clock: Callable[[], datetime],
        *,
        look_up: LookUp = socket.getaddrinfo,
        ca_file: str = "",
    ) -> None:
        """`headers_for` gives the headers of one attempt, such as its signature."""
        self._headers_for = headers_for
        self._clock = clock
        self._resolver = Resolver(look_up)
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._lock = threading.Lock()
        self._idle: dict[Endpoint, list[_Line]] = {}
        # urllib3 logs addresses, and the address of a chat service is a secret.
        logging.getLogger("urllib3").propagate = False

    def send(self, endpoint: Endpoint, message: Message) -> Attempt:
        """Send a message once."""
        at, began = self._clock(), time.monotonic()
        headers = {
            "Content-Type": message.content_type,
            "User-Agent": f"Feedwright/{__version__}",
            "Accept": "*/*",
            **self._headers_for(endpoint, message, at),
            "Accept-Encoding": "identity",
        }
        result = self._exchange(endpoint, message.body, headers)
        return result._replace(at=at, seconds=round(time.monotonic() - began, 3))

    def close(self) -> None:
        """Close the connections that are kept."""
        with self._lock:
            lines = [line for idle in self._idle.values() for line in idle]
            self._idle.clear()
        for line in lines:
            line.close()

    def _exchange(self, endpoint: Endpoint, body: bytes, headers: Mapping[str, str]) -> Attempt:
        refused, nothing = Attempt(_NEVER, None, 0, refused=True), Attempt(_NEVER, None, 0)
        try:
            line = self._take(endpoint)
        except RefusedError as error:
            return refused._replace(error=str(error))
        except _FAILURES as error:
            return nothing._replace(error=in_words(error, "", endpoint.timeout))
        try:
            status, retry_after, answer = line.exchange(body, headers)
        except RefusedError as error:
            line.close()
            return refused._replace(error=str(error))
        except _FAILURES as error:
            line.close()
            return nothing._replace(error=in_words(error, line.limits.stage, endpoint.timeout))
        if line.spent:
            line.close()
        else:
            self._put(line)
        return nothing._replace(
            status=status,
            answer=shown(answer, endpoint.url),
            error=status_in_words(status),
            retry_after=retry_after[:100],
        )

    def _take(self, endpoint: Endpoint) -> "_Line":
        oldest = time.monotonic() - _IDLE
        with self._lock:
            idle = self._idle.pop(endpoint, [])
            line = idle.pop() if idle else None
            if idle:
                self._idle[endpoint] = idle
            secure = "https" in {endpoint.url[:5].lower(), endpoint.proxy[:5].lower()}
            if self._context is None and secure:
                self._context = secure_context(self._ca_file)
        if line is not None and line.idle_since >= oldest:
            return line
        if line is not None:
            line.close()
        return _Line(endpoint, self._resolver, self._context)

    def _put(self, line: "_Line") -> None:
        line.idle_since = time.monotonic()
        surplus = None
        with self._lock:
            self._idle.setdefault(line.endpoint, []).append(line)
            if sum(map(len, self._idle.values())) > _MOST_IDLE:
                first = next(iter(self._idle))
                surplus = self._idle[first].pop(0)
                if not self._idle[first]:
                    del self._idle[first]
        if surplus is not None:
            surplus.close()


class _Line(HTTPAdapter):
    """One connection to one endpoint, made when it is needed. For one thread at a time."""

    def __init__(
        self, endpoint: Endpoint, resolver: Resolver, context: ssl.SSLContext | None
    ) -> None:
        """Prepare a connection; raises RefusedError for an address that is not allowed."""
        super().__init__(pool_connections=1, pool_maxsize=1)
        self.endpoint = endpoint
        self.idle_since = 0.0
        self.spent = False
        """Whether it must not be used again."""
        self.limits = Limits()
        checked = not endpoint.allow_private and not endpoint.proxy
        self._dialer = Dialer(resolver, self.limits, checked=checked)
        self._request = _prepared(endpoint)
        self._pool = _pool(endpoint, self._request, self._dialer, context, self)

    def exchange(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, bytes]:
        """Return status, `Retry-After` and the beginning of the answer.

        A connection that was closed while it was kept has told nobody anything: the message goes
        out once more, on a fresh one. Both are one attempt, and the message id is the same.
        """
        began = time.monotonic()
        self.limits.begin(self.endpoint.timeout)
        try:
            return self._once(body, headers)
        except _FAILURES as error:
            if not self._stale(error) or time.monotonic() - began > _STALE:
                raise
        self.limits.again()
        return self._once(body, headers)

    def _once(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, bytes]:
        request = self._request.copy()
        request.headers = CaseInsensitiveDict(headers, **{"Content-Length": str(len(body))})
        request.body = body
        seconds = self.limits.remaining()
        raw = self.send(request, stream=True, timeout=(CONNECT, seconds)).raw
        # Of two `Retry-After` the first counts: joined, as they are given, they would be none.
        retry_after = next(iter(raw.headers.getlist("Retry-After")), "")
        beginning = _beginning(raw, most_of(self.endpoint.url))
        if raw.status in _BODILESS and _says_it_has_a_body(raw):
            self.spent = True  # the body would be taken for the next answer
        return raw.status, retry_after, beginning

    def _stale(self, error: BaseException) -> bool:
        root = root_of(error)
        if isinstance(root, http.client.BadStatusLine) and not self.limits.fresh:
            return True  # what is left of the answer before, which was longer than it said
        return (
            not self.limits.fresh
            and not self.limits.received
            and isinstance(root, (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError))
        )

    # What an adapter does for each request of any host is done once here.

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make none: a line has one pool, of one connection."""

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> HTTPConnectionPool:
        """Return the pool."""
        return self._pool

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """Leave the pool as it is: its context verifies."""

    def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
        """Return what stands in the first line; for a proxy without a tunnel all of the address."""
        address = request.url or ""
        if self.endpoint.proxy and address.startswith("http:"):
            return address
        return request.path_url

    def build_response(
        self, req: requests.PreparedRequest, resp: BaseHTTPResponse
    ) -> requests.Response:
        """Leave out cookies, encodings and history."""
        response = requests.Response()
        response.raw = resp
        return response

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


def _prepared(endpoint: Endpoint) -> requests.PreparedRequest:
    request = requests.PreparedRequest()
    request.prepare_method("POST")
    request.prepare_hooks({})
    try:
        request.prepare_url(endpoint.url, None)
        parts = parse_url(request.url or "")
    except (requests.RequestException, HTTPError, ValueError) as error:
        raise RefusedError("the address cannot be read") from error
    if parts.scheme == "http" and not endpoint.allow_http:
        raise RefusedError("the address is http, which only `allow_http` allows")
    if parts.scheme not in {"http", "https"}:
        raise RefusedError("the address is neither http nor https")
    if parts.auth:
        raise RefusedError("the address has a user name or password")
    # What a proxy resolves cannot be checked, but what stands there can.
    why = "" if endpoint.allow_private else refused_host(parts.host or "")
    if why:
        raise RefusedError(why)
    return request


def _pool(
    endpoint: Endpoint,
    request: requests.PreparedRequest,
    dialer: Dialer,
    context: ssl.SSLContext | None,
    adapter: HTTPAdapter,
) -> HTTPConnectionPool:
    """Return a pool of one connection that is made by `dialer`."""
    parts = parse_url(request.url or "")
    host, secure = parts.host or "", parts.scheme == "https"
    tls: dict[str, Any] = {}
    if secure or endpoint.proxy[:5].lower() == "https":
        tls = {"ssl_context": context, "cert_reqs": "CERT_REQUIRED"}
    pool: HTTPConnectionPool
    if endpoint.proxy:
        manager = proxy_from_url(
            endpoint.proxy,
            num_pools=1,
            maxsize=1,
            proxy_headers=adapter.proxy_headers(endpoint.proxy),
            proxy_ssl_context=context,
        )
        pool = manager.connection_from_host(
            host, parts.port, scheme=parts.scheme or "", pool_kwargs=tls or None
        )
        secure = pool.scheme == "https"
    elif secure:
        pool = HTTPSConnectionPool(host, parts.port, maxsize=1, **tls)
    else:
        pool = HTTPConnectionPool(host, parts.port, maxsize=1)
    connection = SecureConnection if secure else PlainConnection
    pool.ConnectionCls = partial(connection, dialer)  # type: ignore[assignment]  # called, no more
    return pool


def _says_it_has_a_body(raw: BaseHTTPResponse) -> bool:
    return raw.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in raw.headers


def _beginning(raw: BaseHTTPResponse, most: int) -> bytes:
    """Return the beginning of an answer, and read a short one to its end.

    The status is known by now: a body that breaks off, or never ends, changes nothing.
    """
    kept, total = b"", 0
    with suppress(*_FAILURES):
        while total <= _MOST_BODY:
            piece = raw.read1(4096, decode_content=False)
            if not piece:
                return kept
            total += len(piece)
            kept = (kept + piece)[:most]
    raw.close()
    return kept
