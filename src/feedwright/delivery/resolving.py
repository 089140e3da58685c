"""Looking up names, with an end: getaddrinfo(3) itself can hang for as long as it likes."""

import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

LookUp = Callable[..., Sequence[tuple[Any, ...]]]
MOST_UNDER_WAY = 64
"""A thread that hangs in a look-up cannot be ended; more than so many are not begun."""


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
        self._lock = threading.Lock()

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
        key = (host, port)
        with self._lock:
            search = self._under_way.get(key)
            if search is None:
                if len(self._under_way) >= MOST_UNDER_WAY:
                    raise TimeoutError("too many look-ups hang")
                search = self._under_way[key] = _Search()
                threading.Thread(
                    target=self._run, args=(key, search), name="look-up", daemon=True
                ).start()
        if not search.done.wait(max(seconds, 0)):
            raise TimeoutError("the look-up hangs")
        if search.error is not None:
            raise search.error
        return search.found

    def _run(self, key: tuple[str, int], search: _Search) -> None:
        try:
            search.found = self._look_up(*key, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            search.error = error
        finally:
            with self._lock:
                del self._under_way[key]
            search.done.set()


def _numeric(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    """Read an address that needs no look-up; empty when it is a name."""
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return ()
