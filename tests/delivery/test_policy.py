"""What an answer means, and when the next attempt is."""

from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.delivery.policy import DELAYS, JITTER, LIFE, LONGEST, decide, retry_after
from feedwright.model import DeliveryState
from tests.delivery.making import NOW, due, failed

SECOND = timedelta(seconds=1)
PENDING, DEAD = DeliveryState.PENDING, DeliveryState.DEAD


def judge(attempt, known=None, *, at=None, jitter=0.0, since=None, last=None):
    return decide(
        known or due(),
        attempt,
        now=at or attempt.at,
        jitter=jitter,
        failing_since=since,
        last_failure=last,
    )


@pytest.mark.parametrize("status", [200, 201, 202, 204, 206, 299])
def test_2xx_is_delivered(status):
    decision = judge(failed(status=status), since=NOW, last=NOW)
    assert decision.state is DeliveryState.DELIVERED
    assert decision.failing_since is None


@pytest.mark.parametrize(
    "status", [None, 100, 101, 199, 300, 301, 302, 304, 308, 400, 404, 500, 999]
)
def test_everything_else_is_tried_again(status):
    decision = judge(failed(status=status))
    assert decision.state is PENDING
    assert decision.due == NOW + 5 * SECOND
    assert not decision.disable
    assert decision.pause_until is None


def test_ten_tries_in_about_three_days_then_dead():
    at, moments, known = NOW, [], due()
    while True:
        moments.append(at - NOW)
        decision = judge(failed(at), known)
        if decision.state is DEAD:
            break
        at = decision.due
        known = due(known.attempts + 1, decision.tries)
    assert len(moments) == 10
    gaps = [later - sooner for sooner, later in pairwise(moments)]
    assert [gap.total_seconds() for gap in gaps] == [
        5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600,
    ]  # fmt: skip
    assert timedelta(days=3) < moments[-1] < timedelta(days=4)


@given(st.integers(0, 8), st.floats(0, 1))
def test_retry_times_grow_with_each_try_whatever_the_chance(tries, jitter):
    sooner = judge(failed(), due(tries, tries), jitter=jitter).due - NOW
    assert DELAYS[tries] <= sooner <= DELAYS[tries] * (1 + JITTER)
    if tries < 8:
        assert sooner < judge(failed(), due(tries + 1, tries + 1)).due - NOW


def test_a_delivery_that_was_made_due_by_hand_has_all_its_tries_again():
    assert judge(failed(), due(attempts=10, tries=0)).state is PENDING


# ---------------------------------------------------------------- Retry-After


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("86400", 86_400),
        ("86401", 86_400),
        ("9" * 5000, 86_400),
        ("Fri, 01 May 2026 12:02:00 GMT", 120),
        ("Friday, 01-May-26 12:02:00 GMT", 120),
        ("Fri May  1 12:02:00 2026", 120),
        ("Fri, 01 May 2026 14:02:00 +0200", 120),
        ("Fri, 01 May 2026 11:00:00 GMT", 0),
        ("Sat, 01 May 2027 12:00:00 GMT", 86_400),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_a_day_at_most(value, seconds):
    assert retry_after(value, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "1.5", "1e3", "١٢", "0x10", "Fri, 99 May 2026 12:00:00 GMT", "\0"]
)
def test_retry_after_that_says_nothing_is_none(value):
    assert retry_after(value, NOW) is None


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ \d+:\d+:\d+ .*"))
def test_no_retry_after_breaks_anything(value):
    found = retry_after(value, NOW)
    assert found is None or timedelta() <= found <= LONGEST


@pytest.mark.parametrize("status", [429, 503])
def test_429_and_503_with_retry_after_pause_the_endpoint(status):
    for value in ("90", format_datetime(NOW + 90 * SECOND, usegmt=True)):
        decision = judge(failed(status=status, retry_after=value), jitter=1.0)
        assert decision.state is PENDING
        assert decision.due == decision.pause_until == NOW + 90 * SECOND
        assert decision.tries == 0


@pytest.mark.parametrize("status", [301, 400, 404, 500, 502, None])
def test_retry_after_of_other_answers_pauses_nobody(status):
    decision = judge(failed(status=status, retry_after="90"))
    assert decision.pause_until is None
    assert decision.due == NOW + 5 * SECOND


@pytest.mark.parametrize("status", [429, 503])
def test_429_and_503_without_retry_after_are_failures_like_others(status):
    decision = judge(failed(status=status))
    assert decision.pause_until is None
    assert decision.tries == 1


def test_who_always_asks_for_a_moment_more_is_asked_ever_more_seldom_and_given_up_in_time():
    at, known, moments = NOW, due(), []
    for _ in range(100):
        moments.append(at)
        decision = judge(failed(at, 429, retry_after="0"), known)
        if decision.state is DEAD:
            break
        at = decision.due
        known = due(known.attempts + 1, decision.tries)
    assert decision.state is DEAD
    assert 10 <= len(moments) <= 25
    assert LIFE <= moments[-1] - NOW <= LIFE + LONGEST


# ---------------------------------------------------------------- disabling


def test_410_disables_the_endpoint_and_says_so():
    decision = judge(failed(status=410))
    assert "410" in decision.disable
    assert decision.state is PENDING


def test_five_days_without_a_success_disable_the_endpoint():
    since = NOW - timedelta(days=5)
    decision = judge(failed(), since=since, last=NOW - timedelta(hours=1))
    assert "2026-04-26 12:00" in decision.disable
    almost = judge(failed(), since=since + SECOND, last=NOW - timedelta(hours=1))
    assert not almost.disable
    assert almost.failing_since == since + SECOND


def test_one_failure_after_a_long_silence_is_not_five_days_of_them():
    since = NOW - timedelta(days=30)
    decision = judge(failed(), since=since, last=since)
    assert not decision.disable
    assert decision.failing_since == NOW


def test_the_first_failure_begins_the_row():
    assert judge(failed()).failing_since == NOW


def test_an_address_that_is_not_allowed_is_refused_and_not_the_endpoints_failure():
    decision = judge(failed(status=None, refused=True, error="loopback"))
    assert decision.state is DeliveryState.REFUSED
    assert decision.failing_since is None
    assert not decision.disable


@given(
    st.none() | st.integers(100, 999),
    st.sampled_from(["", "0", "30", "9" * 30, "Fri, 01 May 2026 12:02:00 GMT", "x"]),
    st.integers(0, 30),
    st.integers(0, 9),
    st.timedeltas(timedelta(), timedelta(days=30)),
    st.floats(0, 1),
)
def test_every_decision_is_bounded(status, header, attempts, tries, age, jitter):
    since = NOW - age
    attempt = failed(status=status, retry_after=header)
    decision = judge(attempt, due(attempts, tries, since), jitter=jitter, since=since, last=NOW)
    assert NOW <= decision.due <= NOW + LONGEST * (1 + JITTER)
    if decision.pause_until is not None:
        assert NOW <= decision.pause_until <= NOW + LONGEST
        assert decision.due >= decision.pause_until
