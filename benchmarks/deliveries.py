"""How fast deliveries are: `python benchmarks/deliveries.py [--repeat N] [--quick]`.

Goals (one process, kept connections): 800 a second and more to a fast receiver; 100 a second and
more to 128 receivers that take a second each, while others are not slowed down. Everything is
counted: leases, signatures, attempts written down. What a plain loop over requests does stands
beside it. Medians; receivers run in a process of their own on this machine.
"""

import argparse
import asyncio
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import requests

from feedwright.delivery.sender import Sender
from feedwright.delivery.worker import Worker
from feedwright.model import Attempt, Decision, Due, Endpoint, Message
from feedwright.notify import signing
from feedwright.store.deliveries import add, open_deliveries

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"type":"feed.updated","data":"' + b"x" * 2_000 + b'"}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Receiver(asyncio.Protocol):
    """Answers every POST after `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0:
            head = self._data[:end].lower()
            length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
            if len(self._data) < end + 4 + length:
                return
            self._data = self._data[end + 4 + length :]
            if self._seconds:
                loop = asyncio.get_running_loop()
                loop.call_later(self._seconds, self._transport.write, ANSWER)
            else:
                self._transport.write(ANSWER)


def serve(ports: "multiprocessing.Queue[int]", seconds: tuple[float, ...]) -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        for each in seconds:
            server = await loop.create_server(lambda s=each: Receiver(s), "127.0.0.1", 0)
            ports.put(server.sockets[0].getsockname()[1])
        await asyncio.Event().wait()

    asyncio.run(run())


@contextmanager
def receivers(*seconds: float) -> Iterator[list[Endpoint]]:
    """Start receivers that take so many seconds each."""
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=serve, args=(ports, seconds), daemon=True)
    process.start()
    try:
        yield [
            Endpoint(
                f"e{number}",
                "webhook",
                f"http://127.0.0.1:{ports.get(timeout=10)}/hook",
                (SECRET,),
                allow_http=True,
                allow_private=True,
            )
            for number in range(len(seconds))
        ]
    finally:
        process.kill()
        process.join()


def clock() -> datetime:
    return datetime.now(UTC)


def headers_for(endpoint: Endpoint, message: Message, now: datetime) -> dict[str, str]:
    return signing.headers(message.id, message.body, endpoint.secrets, now)


def messages(endpoint: Endpoint, number: int) -> list[Message]:
    return [
        Message(
            f"msg_{endpoint.name}_{each}",
            "feed.updated",
            endpoint.name,
            "",
            BODY,
            "application/json",
            "{}",
            clock(),
        )
        for each in range(number)
    ]


def drain(
    endpoints: list[Endpoint],
    queued: list[Message],
    tell: Callable[[Due, Attempt, Decision], None] = lambda *_: None,
) -> float:
    """Deliver everything; return the seconds that took."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_deliveries(Path(folder) / "outbox.sqlite") as deliveries,
    ):
        with deliveries.writing() as connection:
            add(connection, queued, at=clock(), publication=None)
        sender = Sender(headers_for, clock)
        worker = Worker(deliveries, endpoints, sender.send, clock, random.random, tell=tell)
        began = time.perf_counter()
        report = worker.drain()
        took = time.perf_counter() - began
        sender.close()
    assert report.delivered == len(queued), report
    return took


def plain(endpoint: Endpoint, number: int, post: Callable[..., requests.Response]) -> float:
    """Post in a loop, signed, without an outbox; return how many a second."""
    began = time.perf_counter()
    for message in messages(endpoint, number):
        headers = headers_for(endpoint, message, clock())
        post(endpoint.url, data=message.body, headers=headers, timeout=15).raise_for_status()
    return number / (time.perf_counter() - began)


def fast(number: int) -> dict[str, float]:
    with receivers(0.0) as endpoints:
        ours = number / drain(endpoints, messages(endpoints[0], number))
        few = number // 10
        with requests.Session() as session:
            kept = plain(endpoints[0], few, session.post)
        fresh = plain(endpoints[0], few, requests.post)
    with receivers(*[0.0] * 50) as endpoints:
        queued = [each for endpoint in endpoints for each in messages(endpoint, number // 50)]
        fifty = number / drain(endpoints, queued)
    return {"one receiver": ours, "50 receivers": fifty, "Session.post": kept, "post": fresh}


def slow(each: int, quick: int) -> dict[str, float]:
    """Time 128 receivers that take a second, and one that is quick, at once."""
    moments: dict[str, list[float]] = {"slow": [], "quick": []}
    with receivers(*[1.0] * 128, 0.0) as endpoints:
        queued = [one for endpoint in endpoints[:128] for one in messages(endpoint, each)]
        queued += messages(endpoints[128], quick)
        began = time.perf_counter()

        def tell(due: Due, attempt: Attempt, decision: Decision) -> None:
            kind = "quick" if due.message.endpoint == "e128" else "slow"
            moments[kind].append(time.perf_counter() - began)

        drain(endpoints, queued, tell)
    with receivers(0.0) as endpoints:
        alone = drain(endpoints, messages(endpoints[0], quick))
    return {
        "128 slow": len(moments["slow"]) / max(moments["slow"]),
        "quick beside": quick / max(moments["quick"]),
        "quick alone": quick / alone,
    }


def median(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=3, help="runs of each (median)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    chosen = parser.parse_args()
    share = 10 if chosen.quick else 1
    found = median([fast(10_000 // share) for _ in range(chosen.repeat)])
    print(f"{10_000 // share} deliveries to a fast receiver, a second (goal: 800)")
    for name in ("one receiver", "50 receivers"):
        print(f"  {name:24} {found[name]:7.0f}   {found[name] / 800:5.2f} x the goal")
    for name in ("Session.post", "post"):
        ratio = found["one receiver"] / found[name]
        print(f"  requests: {name:14} {found[name]:7.0f}   ours: {ratio:5.2f} x")
    found = median([slow(max(20 // share, 4), 2_000 // share) for _ in range(chosen.repeat)])
    print("128 receivers that take a second each, and a quick one, a second (goal: 100)")
    print(
        f"  {'slow ones':24} {found['128 slow']:7.0f}   {found['128 slow'] / 100:5.2f} x the goal"
    )
    ratio = found["quick beside"] / found["quick alone"]
    print(f"  {'the quick one':24} {found['quick beside']:7.0f}   {ratio:5.2f} x what it has alone")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most: {memory:.0f} MB")


if __name__ == "__main__":
    main()
