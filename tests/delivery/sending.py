"""A worker as a process of its own, to be killed: OUTBOX SECONDS URL...

SECONDS is how far its clock is ahead, so that the leases of the one killed before have ended. It
says how many kilobytes of memory it had at the start and at most.
"""

import resource
import sys
from datetime import timedelta
from pathlib import Path

from feedwright.delivery.worker import Worker
from feedwright.store.deliveries import open_deliveries
from tests.delivery import making


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    outbox, seconds, *urls = sys.argv[1:]
    ahead = timedelta(seconds=int(seconds))
    endpoints = [making.endpoint(url, f"e{number}", timeout=5.0) for number, url in enumerate(urls)]
    before = memory()
    with open_deliveries(Path(outbox)) as deliveries:
        Worker(
            deliveries,
            endpoints,
            making.sender().send,
            lambda: making.clock() + ahead,
            lambda: 0.0,
        ).drain()
    sys.stdout.write(f"{before} {memory()}\n")
