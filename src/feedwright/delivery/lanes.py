"""One lane for each endpoint: how much it may have under way, and how it is doing.

Who has not answered well gets one exchange at a time, who has gets two; who only wastes time
rests. So nobody who hangs slows the others, and a receiver that answers 410 or 429 to the first
message is not sent a second.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from feedwright.delivery.policy import HALTS, succeeded
from feedwright.model import Attempt, Decision, DeliveryState, Due, Endpoint, Message
from feedwright.store.delivery_rows import EndpointState

IN_FLIGHT = 2
"""Exchanges under way for one endpoint."""
_MOST_LEASED = 512
_AHEAD = 2.0
"""Seconds of work that are leased ahead."""
_WASTE = 25.0
"""Seconds without any answer, one after the other, until an endpoint rests."""
_REST = timedelta(seconds=60)
_MARGIN = timedelta(seconds=5)
"""Between the latest end of an exchange and the end of its lease."""
_TURN = 50
_TURN_TIME = timedelta(seconds=0.5)
"""A run begins no more exchanges than so many, and none after so long: others have their turn."""
_QUICK = 0.25
"""Seconds of an exchange, on average, up to which an endpoint counts as quick."""


class Lane:
    """What one worker knows of one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.queue: deque[Due] = deque()
        self.runs = 0
        """Runs under way."""
        self.ready = False
        """Whether it is in the line of those whose turn comes."""
        self.dry = False
        """Whether nothing was due when last asked."""
        self.good = False
        """Whether the last exchange was a success."""
        self.halted = False
        """Whether an answer came that asks for no more; set by the thread that got it."""
        self.failing_since: datetime | None = None
        self.last_failure: datetime | None = None
        self._seconds = 0.0
        self._waste = 0.0
        self._rests_until: datetime | None = None

    def learn(self, state: EndpointState) -> None:
        """Take over what other workers wrote down."""
        self.failing_since = state.failing_since
        self.last_failure = state.last_failure
        success, failure = state.last_success, state.last_failure
        self.good = success is not None and (failure is None or success > failure)

    @property
    def room(self) -> int:
        """How many runs may begin."""
        return (IN_FLIGHT if self.good else 1) - self.runs

    @property
    def wanted(self) -> int:
        """How many deliveries to lease now: what can be sent within seconds, or none yet."""
        if self.dry or (self.halted and self.runs):
            return 0
        most = 1
        if self.good:
            quick = _AHEAD * IN_FLIGHT / max(self._seconds, 0.001)
            most = max(IN_FLIGHT, min(int(quick), _MOST_LEASED))
        missing = most - len(self.queue)
        return missing if 2 * missing >= most else 0

    def give_back(self) -> Iterator[Due]:
        """Take out what is queued. One by one, since runs take from the other end meanwhile."""
        while self.queue:
            with suppress(IndexError):
                yield self.queue.popleft()

    @property
    def quick(self) -> bool:
        """Whether it keeps a thread for a moment only."""
        return self.good and self._seconds <= _QUICK

    def resting(self, now: datetime) -> bool:
        """Whether the endpoint has wasted so much time that it must wait."""
        return self._rests_until is not None and now < self._rests_until

    def rest_no_more(self) -> None:
        """Forget until when the endpoint rests."""
        self._rests_until = None

    def too_late(self, due: Due, now: datetime) -> bool:
        """Whether an exchange that begins now might outlive its lease."""
        return due.until - now < timedelta(seconds=self.endpoint.timeout) + _MARGIN

    def note(self, attempt: Attempt, decision: Decision, now: datetime) -> bool:
        """Take in a result; return whether what is queued must be given back."""
        self.good = succeeded(attempt)
        stops = bool(decision.disable or decision.pause_until)
        if attempt.status in HALTS and not stops:
            self.halted = False
        self.failing_since = decision.failing_since
        if decision.state is DeliveryState.REFUSED:
            return False
        self._seconds = attempt.seconds if not self._seconds else self._smoothed(attempt.seconds)
        if self.good:
            self._waste = 0.0
            return False
        self.last_failure = attempt.at
        self._waste = self._waste + attempt.seconds if attempt.status is None else 0.0
        if self._waste >= _WASTE:
            # It stays so high: after the rest one failure more is enough for the next one.
            self._rests_until = now + _REST
        return stops or self.resting(now)

    def _smoothed(self, seconds: float) -> float:
        return 0.8 * self._seconds + 0.2 * seconds


class Run:
    """One exchange after the other in one thread, for as long as they succeed.

    A run does not wait for the worker, who may be busy writing; but what a failure means is the
    worker's to decide, so a run ends there.
    """

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.quick = lane.quick
        self.due: Due | None = None
        """What is being sent; still there at the end when the exchange broke off with a bug."""

    def fly(
        self,
        send: Callable[[Endpoint, Message], Attempt],
        clock: Callable[[], datetime],
        closing: Callable[[], bool],
        landed: Callable[["Landed"], None],
    ) -> None:
        """Send what is queued; tell `landed` of each attempt."""
        lane, until = self.lane, clock() + _TURN_TIME
        for _ in range(_TURN):
            now = clock()
            if closing() or lane.halted or now > until:
                return
            try:
                self.due = lane.queue.popleft()
            except IndexError:
                return
            if lane.too_late(self.due, now):
                landed(Landed(lane, self.due, None))
                self.due = None
                continue
            attempt = send(lane.endpoint, self.due.message)
            if attempt.status in HALTS:
                lane.halted = True
            landed(Landed(lane, self.due, attempt))
            self.due = None
            if not succeeded(attempt):
                return


class Landed(NamedTuple):
    """What came of a delivery in a run; without an attempt it was not begun, since it was late."""

    lane: Lane
    due: Due
    attempt: Attempt | None
