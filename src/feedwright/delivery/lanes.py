"""One lane for each endpoint: how much it may have under way, and how it is doing.

Who has not answered well gets one exchange at a time, who has gets two; who only wastes time
rests. So nobody who hangs slows the others, and a receiver that answers 410 or 429 to the first
message is not sent a second.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from feedwright.delivery.policy import HALTS, succeeded
from feedwright.model import Attempt, Decision, DeliveryState, Due, Endpoint, Message
from feedwright.store.delivery_rows import EndpointState

IN_FLIGHT = 2
"""Exchanges under way for one endpoint."""
_MOST_LEASED = 256
_AHEAD = 2.0
"""Seconds of work that are leased ahead."""
_WASTE = 25.0
"""Seconds without any answer, one after the other, until an endpoint rests."""
_REST = timedelta(seconds=60)
_MARGIN = timedelta(seconds=5)
"""Between the latest end of an exchange and the end of its lease."""


class Lane:
    """What one worker knows of one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.queue: deque[Due] = deque()
        self.flying = 0
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
        """How many exchanges may begin."""
        return (IN_FLIGHT if self.good else 1) - self.flying

    @property
    def wanted(self) -> int:
        """How many deliveries to lease now: what can be sent within seconds, or none yet."""
        if self.dry or (self.halted and self.flying):
            return 0
        most = 1
        if self.good:
            quick = _AHEAD * IN_FLIGHT / max(self._seconds, 0.001)
            most = max(IN_FLIGHT, min(int(quick), _MOST_LEASED))
        missing = most - len(self.queue)
        return missing if 2 * missing >= most else 0

    def exchange(
        self, send: Callable[[Endpoint, Message], Attempt], message: Message
    ) -> Attempt | None:
        """Send a message, in a thread; None when it must not be sent any more."""
        if self.halted:
            return None
        attempt = send(self.endpoint, message)
        if attempt.status in HALTS:
            self.halted = True
        return attempt

    def resting(self, now: datetime) -> bool:
        """Whether the endpoint has wasted so much time that it must wait."""
        return self._rests_until is not None and now < self._rests_until

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
