"""Looking up names, with an end: getaddrinfo(3) itself can hang for as long as it likes."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

LookUp = Callable[..., Sequence[tuple[Any, ...]]]
MOST_UNDER_WAY = 64
"""A thread that hangs in a look-up cannot be ended; more than so many are not begun at once."""


class Address(NamedTuple):
    """Where a connection can go to."""

    family: int
    protocol: int
    sockaddr: Any
    """As `socket.connect` takes it; the numeric address comes first."""


class _Search:
    """A look-up under way, shared by all who want to know the same."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.found: Sequence[tuple[Any, ...]] = ()
        self.error: OSError | UnicodeError | None = None


class Resolver:
    """Looks names up in threads of its own; safe for many threads."""

    def __init__(self, look_up: LookUp = socket.getaddrinfo) -> None:
        self._look_up = look_up
        self._under_way: dict[tuple[str, int], _Search] = {}
        self._ended = threading.Condition()
        """Holds what is under way, and tells when something of it has ended."""

    def addresses(self, host: str, port: int, seconds: float) -> tuple[Address, ...]:
        """Return the addresses of a host, in the resolver's order, without repetition.

        Raises socket.gaierror for a name that has none, UnicodeError for what is no name, and
        TimeoutError after `seconds`.
        """
        found = _numeric(host, port) or self._search(host, port, seconds)
        every = [
            Address(family, protocol, sockaddr)
            for family, _, protocol, _, sockaddr in found
            if family in {socket.AF_INET, socket.AF_INET6}
        ]
        if not every:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
        return tuple(dict.fromkeys(every))

    def _search(self, host: str, port: int, seconds: float) -> Sequence[tuple[Any, ...]]:
        until = time.monotonic() + seconds
        search = self._shared((host, port), until)
        if not search.done.wait(max(until - time.monotonic(), 0)):
            raise TimeoutError("the look-up hangs")
        if search.error is not None:
            raise search.error
        return search.found

    def _shared(self, key: tuple[str, int], until: float) -> _Search:
        """Return the look-up under way for a host; begin it when there is room for one more."""
        with self._ended:
            while (search := self._under_way.get(key)) is None:
                if len(self._under_way) < MOST_UNDER_WAY:
                    search = self._under_way[key] = _Search()
                    threading.Thread(
                        target=self._run, args=(key, search), name="look-up", daemon=True
                    ).start()
                elif not self._ended.wait(max(until - time.monotonic(), 0)):
                    raise TimeoutError("too many look-ups hang")
            return search

    def _run(self, key: tuple[str, int], search: _Search) -> None:
        try:
            search.found = self._look_up(*key, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            search.error = error
        finally:
            with self._ended:
                del self._under_way[key]
                self._ended.notify_all()
            search.done.set()


def _numeric(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    """Read an address that needs no look-up; empty when it is a name."""
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return ()
