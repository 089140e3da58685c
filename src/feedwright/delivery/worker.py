"""The worker: leases what is due, sends it, writes down what came of it.

One thread, the caller's, does all of the deciding and all of the writing; others only exchange.
Attempts are written in batches. When a worker is killed, its leases end, and what it had not
written down is sent again: the same id, the same bytes.
"""

import queue
import resource
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple

from feedwright.delivery import policy
from feedwright.delivery.lanes import Landed, Lane, Run
from feedwright.model import Attempt, Decision, DeliveryState, Due, Endpoint, Message
from feedwright.store.deliveries import Deliveries
from feedwright.store.leases import LENGTH, MOST_BYTES, Leases

THREADS = 320
_SLOW = 0.75
"""Share of the threads that may be kept by endpoints which are slow, or have not answered well."""
_LOOK_AGAIN = timedelta(seconds=0.5)
_BETWEEN_LEASES = timedelta(milliseconds=10)
_WRITE_AFTER = timedelta(milliseconds=100)
_WRITE_MOST = 500
_TICK = timedelta(seconds=15)
_SET_BACK = timedelta(seconds=1)
"""A clock that shows so much less than before was set back."""


class Report(NamedTuple):
    """What a worker did."""

    attempts: int = 0
    delivered: int = 0


def _ignore(due: Due, attempt: Attempt, decision: Decision) -> None:
    pass


class Worker:
    """Sends the deliveries of one site, in one process. Several at once never share a lease."""

    def __init__(
        self,
        deliveries: Deliveries,
        endpoints: Iterable[Endpoint],
        send: Callable[[Endpoint, Message], Attempt],
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        *,
        tell: Callable[[Due, Attempt, Decision], None] = _ignore,
        threads: int = THREADS,
    ) -> None:
        """`send` must be safe for many threads; `jitter` gives numbers from 0 to 1.

        `tell` hears of each attempt, in the caller's thread, once it is written down.
        """
        self._deliveries = deliveries
        self._leases = Leases(deliveries)
        self._endpoints = {each.name: each for each in endpoints}
        self._lanes = {
            each.name: Lane(each) for each in self._endpoints.values() if not each.disabled
        }
        self._send = send
        self._clock = clock
        self._jitter = jitter
        self._tell = tell
        self._threads = _affordable(threads)
        longest = max((each.timeout for each in self._endpoints.values()), default=0)
        self._lease = max(LENGTH, timedelta(seconds=longest + 30))
        self._turns = list(self._lanes.values())
        self._landed: queue.SimpleQueue[Landed | tuple[Run, Future[None]]] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._ready: deque[Lane] = deque()
        self._runs = 0
        self._slow = 0
        self._results: list[tuple[Due, Attempt, Decision]] = []
        self._unused: list[Due] = []
        self._bug: BaseException | None = None
        self._report = Report()
        self._write_at = self._lease_at = self._look_at = self._tick_at = self._seen = clock()

    # ------------------------------------------------------------ three ways to work

    def drain(self, until: datetime | None = None, stop: threading.Event | None = None) -> Report:
        """Send what is due, and end; begin nothing after `until`, or once `stop` is set.

        What is in flight then is finished and written down.
        """
        self._work(until, stop or threading.Event(), None)
        return self._report

    def follow(self, stop: threading.Event, tick: Callable[[], None] | None = None) -> Report:
        """Send whatever becomes due until `stop` is set. `tick` is called every 15 seconds."""
        self._work(None, stop, tick or (lambda: None))
        return self._report

    def one(self, delivery: int) -> tuple[Attempt, Decision] | None:
        """Send one delivery now, also to an endpoint that is disabled, and write it down.

        None when it cannot be had: it is not pending, another worker holds it, or its endpoint is
        not configured.
        """
        due = self._leases.lease_one(delivery, self._clock(), length=self._lease)
        if due is None:
            return None
        endpoint = self._endpoints.get(due.message.endpoint)
        if endpoint is None:
            self._leases.hand_back([due], self._clock())
            return None
        lane = Lane(endpoint)
        state = self._deliveries.endpoints().get(lane.endpoint.name)
        if state is not None:
            lane.learn(state)
        attempt = self._send(lane.endpoint, due.message)
        decision = self._decide(lane, due, attempt)
        self._results.append((due, attempt, decision))
        self._write()
        return attempt, decision

    # ------------------------------------------------------------ the loop

    def _work(
        self, until: datetime | None, stop: threading.Event, tick: Callable[[], None] | None
    ) -> None:
        self._deliveries.meet(self._endpoints.values())
        self._deliveries.set_right(self._clock())
        self._report = Report()
        self._closing.clear()
        self._look(self._clock())
        self._tick_at = self._clock() + _TICK
        with ThreadPoolExecutor(self._threads, thread_name_prefix="sender") as crew:
            try:
                while not stop.is_set():
                    now = self._clock()
                    if now < self._seen - _SET_BACK:
                        until = until and until - (self._seen - now)
                        self._clock_was_set_back(now)
                    self._seen = now
                    if until is not None and now >= until:
                        break
                    self._lease_more(now)
                    self._launch(crew)
                    if self._runs:
                        self._land(0.02)
                    elif tick is None and not self._any_left():
                        break
                    elif tick is not None and not self._any_left():
                        stop.wait(_LOOK_AGAIN.total_seconds())
                    self._write_when_due(self._clock())
                    if tick is not None and now >= self._tick_at:
                        self._tick_at = now + _TICK
                        tick()
            finally:
                self._end()
        if self._bug is not None:
            raise self._bug

    def _clock_was_set_back(self, now: datetime) -> None:
        """Wait for nothing that would come only once the clock shows its old time again."""
        self._write_at = self._lease_at = self._look_at = self._tick_at = now
        for lane in self._lanes.values():
            lane.rest_no_more()
        self._deliveries.set_right(now)

    def _any_left(self) -> bool:
        """Write everything down, and ask once more whether something can be sent."""
        self._write()
        self._look(self._clock())
        self._lease_more(self._clock(), at_once=True)
        return any(lane.queue for lane in self._lanes.values())

    def _end(self) -> None:
        """Give back what was not begun, finish what is in flight, write everything down."""
        self._closing.set()
        for lane in self._lanes.values():
            self._give_back(lane)
        self._write()
        while self._runs:
            self._land(1.0)
            self._write_when_due(self._clock())
        self._write()

    def _look(self, now: datetime) -> None:
        """Forget that nothing was due, and read what other workers wrote down."""
        self._look_at = now + _LOOK_AGAIN
        states = self._deliveries.endpoints()
        for name, lane in self._lanes.items():
            lane.dry = False
            state = states.get(name)
            if state is None:
                continue
            if state.disabled or (state.pause_until and now < state.pause_until):
                self._give_back(lane)
            if not lane.runs:
                lane.learn(state)

    def _lease_more(self, now: datetime, *, at_once: bool = False) -> None:
        if now >= self._look_at:
            self._write()
            self._look(now)
        if now < self._lease_at and not at_once:
            return
        wanted = {
            lane.endpoint.name: lane.wanted
            for lane in self._turns
            if lane.wanted and not lane.resting(now)
        }
        if not wanted or (room := MOST_BYTES - self._queued()) <= 0:
            return
        self._lease_at = now + _BETWEEN_LEASES
        found = self._leases.lease(wanted, now, length=self._lease, most_bytes=room)
        for due in found:
            lane = self._lanes[due.message.endpoint]
            lane.queue.append(due)
            lane.halted = lane.halted and bool(lane.runs)
            wanted[due.message.endpoint] -= 1
        if sum(len(due.message.body) for due in found) > room:
            # Not everybody had a turn: they come first the next time.
            served = {due.message.endpoint for due in found}
            self._turns.sort(key=lambda lane: lane.endpoint.name in served)
        else:
            for name, missing in wanted.items():
                self._lanes[name].dry = missing > 0
        for lane in self._lanes.values():
            self._line_up(lane)

    def _queued(self) -> int:
        """Return how many bytes of bodies are leased and not begun."""
        # A copy is made in one step; runs change the queue at any time.
        queued = (due for lane in self._turns for due in tuple(lane.queue))
        return sum(len(due.message.body) for due in queued)

    def _launch(self, crew: ThreadPoolExecutor) -> None:
        """Begin as many runs as may be, by turns."""
        crowded: list[Lane] = []
        while self._ready and self._runs < self._threads:
            lane = self._ready.popleft()
            lane.ready = False
            if not lane.queue or lane.room <= 0:
                continue  # it comes back with the next lease, or when a run has ended
            if not lane.quick and self._slow >= self._threads * _SLOW:
                crowded.append(lane)
                continue
            self._begin(crew, Run(lane))
            self._line_up(lane)
        for lane in crowded:
            self._line_up(lane)

    def _line_up(self, lane: Lane) -> None:
        if lane.queue and not lane.ready:
            lane.ready = True
            self._ready.append(lane)

    def _begin(self, crew: ThreadPoolExecutor, run: Run) -> None:
        run.lane.runs += 1
        self._runs += 1
        self._slow += not run.quick
        future = crew.submit(
            run.fly, self._send, self._clock, self._closing.is_set, self._landed.put
        )
        future.add_done_callback(lambda ended: self._landed.put((run, ended)))

    def _land(self, seconds: float) -> None:
        """Take in what has ended; wait for the first so long."""
        try:
            for number in range(_WRITE_MOST):
                found = self._landed.get(block=not number, timeout=seconds)
                if isinstance(found, Landed):
                    self._take_in(found)
                else:
                    self._run_ended(*found)
        except queue.Empty:
            return

    def _run_ended(self, run: Run, future: "Future[None]") -> None:
        run.lane.runs -= 1
        self._runs -= 1
        self._slow -= not run.quick
        bug = future.exception()
        self._bug = bug or self._bug
        if bug is not None and run.due is not None:
            # Not the receiver's fault, but no reason for keeping others from their messages.
            error = f"internal error ({type(bug).__name__})"
            self._take_in(Landed(run.lane, run.due, Attempt(self._clock(), None, 0.0, error=error)))
        self._line_up(run.lane)

    def _take_in(self, landed: Landed) -> None:
        lane, due, attempt = landed
        if attempt is None:
            self._unused.append(due)
            return
        now = self._clock()
        decision = self._decide(lane, due, attempt)
        if not self._results:
            self._write_at = now + _WRITE_AFTER
        self._results.append((due, attempt, decision))
        if lane.note(attempt, decision, now):
            self._give_back(lane)
            self._write()
        else:
            self._line_up(lane)

    def _decide(self, lane: Lane, due: Due, attempt: Attempt) -> Decision:
        return policy.decide(
            due,
            attempt,
            now=self._clock(),
            jitter=self._jitter(),
            failing_since=lane.failing_since,
            last_failure=lane.last_failure,
        )

    # ------------------------------------------------------------ writing

    def _give_back(self, lane: Lane) -> None:
        self._unused += lane.give_back()

    def _write_when_due(self, now: datetime) -> None:
        full = len(self._results) >= _WRITE_MOST
        if full or (self._results and now >= self._write_at):
            self._write()

    def _write(self) -> None:
        """Write down what has ended, give back what is not begun, and tell of it."""
        results = self._results
        if results:
            self._leases.record(results)
            self._results = []
        if self._unused:  # later, since an endpoint that just was disabled must get none of it
            self._leases.hand_back(self._unused, self._clock())
            self._unused = []
        attempts, delivered = self._report
        self._report = Report(
            attempts + len(results),
            delivered + sum(each[2].state is DeliveryState.DELIVERED for each in results),
        )
        for each in results:
            self._tell(*each)


def _affordable(threads: int) -> int:
    """Return how many threads there are files for: each may have a connection."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return threads
    return max(4, min(threads, (files - 192) // 2))
