"""What an answer means, and when the next attempt is. Pure: time and chance are arguments."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from feedwright.model import Attempt, Decision, DeliveryState, Due
from feedwright.text.patterns import lazy

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""After each failed try but the last: ten tries in about three days."""
LIFE = sum(DELAYS, timedelta())
JITTER = 0.1
"""A delay grows by at most this share, so that who failed together does not come back together."""
LONGEST = timedelta(hours=24)
"""The longest `Retry-After` that is honoured."""
PATIENCE = timedelta(days=5)
"""An endpoint without a success for so long is disabled."""
_FIRST_PAUSE = timedelta(seconds=1)
_GONE = 410
_BUSY = frozenset({429, 503})
HALTS = _BUSY | {_GONE}
"""Answers after which nothing may be sent until it is decided what they mean."""
_SECONDS = lazy(r"[0-9]+")


def decide(
    due: Due,
    attempt: Attempt,
    *,
    now: datetime,
    jitter: float,
    failing_since: datetime | None,
    last_failure: datetime | None,
) -> Decision:
    """Say what follows from an attempt.

    `jitter` is a number from 0 to 1. `failing_since` and `last_failure` are what is known of the
    endpoint from before.
    """
    if attempt.refused:
        return Decision(DeliveryState.REFUSED, now, due.tries, failing_since=failing_since)
    if succeeded(attempt):
        return Decision(DeliveryState.DELIVERED, now, due.tries + 1)
    since = _failing_since(attempt.at, failing_since, last_failure)
    disable = _disable(attempt, since)
    asked = retry_after(attempt.retry_after, now) if attempt.status in _BUSY else None
    if asked is not None:
        return _as_asked(due, asked, now, disable, since)
    tries = due.tries + 1
    if tries > len(DELAYS):
        return Decision(DeliveryState.DEAD, now, tries, disable, failing_since=since)
    delay = DELAYS[tries - 1] * (1 + JITTER * jitter)
    return Decision(DeliveryState.PENDING, now + delay, tries, disable, failing_since=since)


def succeeded(attempt: Attempt) -> bool:
    """Return whether the receiver has the message: 2xx, nothing else."""
    return attempt.status is not None and 200 <= attempt.status < 300


def retry_after(value: str, now: datetime) -> timedelta | None:
    """Read `Retry-After`: seconds or a date (RFC 9110, section 10.2.3), at most 24 hours.

    None when it says nothing that can be understood.
    """
    text = value.strip()
    if _SECONDS.fullmatch(text):
        # Ten digits are three centuries; int() of a hostile million of them would take its time.
        return min(timedelta(seconds=int(text[:10])), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return min(max(moment - now, timedelta()), LONGEST)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _as_asked(due: Due, asked: timedelta, now: datetime, disable: str, since: datetime) -> Decision:
    """Come back when the receiver says.

    That does not move along the schedule, since the receiver is well; but who always asks for a
    moment more is asked ever more seldom, and given up in the same time as all others.
    """
    slower = _FIRST_PAUSE * 2 ** min(due.attempts, 17)
    delay = min(max(asked, slower), LONGEST)
    # What has its three days behind it, and ten attempts, is dead.
    if now - due.since >= LIFE and due.attempts >= len(DELAYS):
        return Decision(DeliveryState.DEAD, now, due.tries, disable, failing_since=since)
    return Decision(
        DeliveryState.PENDING, now + delay, due.tries, disable, now + asked, failing_since=since
    )


def _failing_since(
    at: datetime, failing_since: datetime | None, last_failure: datetime | None
) -> datetime:
    """Return the beginning of the row of failures that this one belongs to.

    After a silence as long as our patience a new row begins: one failure is not five days of them.
    """
    if failing_since is None or last_failure is None or at - last_failure >= PATIENCE:
        return at
    return failing_since


def _disable(attempt: Attempt, failing_since: datetime) -> str:
    if attempt.status == _GONE:
        return "it answered 410: it wants no more messages"
    if attempt.at - failing_since >= PATIENCE:
        return f"it has taken no message since {failing_since:%Y-%m-%d %H:%M} UTC"
    return ""
