"""The worker: nothing lost, nobody slowed down, nothing sent to whom it must not be."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from feedwright.delivery.lanes import Lane, Run
from feedwright.delivery.worker import Worker
from feedwright.errors import WriteError
from feedwright.model import Attempt, DeliveryState
from feedwright.store.deliveries import add, open_deliveries
from feedwright.store.leases import Leases
from tests.delivery.making import clock, endpoint, message, sender
from tests.delivery.receivers import (
    OK,
    Receiver,
    answers,
    dripping,
    in_turn,
    raw,
    resets,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outbox.sqlite"


@pytest.fixture
def store(path):
    with open_deliveries(path) as opened:
        yield opened


def put(store, *messages, publication=None):
    with store.writing() as connection:
        add(connection, messages, at=clock(), publication=publication)


def worker(store, *endpoints, send=None, **rest):
    return Worker(store, endpoints, send or sender().send, clock, lambda: 0.0, **rest)


def states(store):
    return Counter(str(each.state) for each in store.find(clock()))


def wait_until(condition):
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def ids(receiver):
    return [each.headers["webhook-id"] for each in receiver.requests]


class Scripted:
    """Answers without a network, and notes how many exchanges there are at once."""

    def __init__(self, seconds=0.0, status=200, **seconds_of):
        self.status, self.seconds, self.seconds_of = status, seconds, seconds_of
        self.now, self.most, self.sent = Counter(), Counter(), []
        self.lock = threading.Lock()

    def __call__(self, endpoint, message):
        with self.lock:
            self.now[endpoint.name] += 1
            self.most[endpoint.name] = max(self.most[endpoint.name], self.now[endpoint.name])
            self.sent.append((endpoint.name, message.id))
        seconds = self.seconds_of.get(endpoint.name, self.seconds)
        time.sleep(seconds)
        with self.lock:
            self.now[endpoint.name] -= 1
        return Attempt(clock(), self.status, seconds)


def test_everything_that_is_due_is_sent_once(store):
    with Receiver(answers(204, body=b"")) as receiver:
        put(store, *[message(n) for n in range(300)])
        report = worker(store, endpoint(receiver.url)).drain()
    assert report == (300, 300)
    assert Counter(ids(receiver)) == Counter(f"msg_{n}" for n in range(300))
    assert states(store) == {"delivered": 300}


def test_results_that_come_faster_than_they_are_written_are_all_written(store):
    send = Scripted()
    endpoints = [endpoint(name=f"e{n}") for n in range(40)]
    put(store, *[message(n, f"e{n % 40}") for n in range(4000)])

    def tell(due, attempt, decision):
        if decision.tries and due.delivery % 100 == 0:
            time.sleep(0.02)  # what lands meanwhile piles up

    report = worker(store, *endpoints, send=send, tell=tell).drain()
    assert report == (4000, 4000)
    assert len(send.sent) == 4000
    assert states(store) == {"delivered": 4000}


def test_nothing_due_is_nothing_done(store):
    put(store, message(1)._replace(due=clock() + timedelta(hours=1)), message(2, "elsewhere"))
    send = Scripted()
    assert worker(store, endpoint(), send=send).drain() == (0, 0)
    assert send.sent == []


def test_a_failed_message_comes_again_with_the_same_id_and_the_same_bytes(store):
    with Receiver(in_turn(answers(500), resets(), answers(200))) as receiver:
        put(store, message(1, body=b"\x00same\xff"))
        for _ in range(3):
            worker(store, endpoint(receiver.url)).drain()
            store.retry([1], clock())
    assert ids(receiver) == ["msg_1"] * 3
    assert {each.body for each in receiver.requests} == {b"\x00same\xff"}
    statuses = [each.status for each in store.show(1, clock()).attempts]
    assert statuses == [500, None, 200]


def test_no_more_than_two_at_once_for_one_endpoint_and_one_for_who_has_not_answered_well(store):
    put(store, *[message(n) for n in range(40)])
    good = Scripted(0.01)
    worker(store, endpoint(), send=good).drain()
    assert good.most["news"] == 2
    put(store, *[message(n) for n in range(40, 50)])
    bad = Scripted(0.01, status=500)
    worker(store, endpoint(name="sick"), send=bad)
    put(store, *[message(n, "sick") for n in range(50, 60)])
    worker(store, endpoint(name="sick"), send=bad).drain()
    assert bad.most["sick"] == 1


def test_410_is_the_last_thing_that_is_sent(store):
    with Receiver(answers(410)) as receiver:
        put(store, *[message(n) for n in range(50)])
        worker(store, endpoint(receiver.url)).drain()
        worker(store, endpoint(receiver.url)).drain()
    assert len(receiver.requests) == 1
    assert states(store) == {"waiting": 50}
    assert "410" in store.endpoints()["news"].disabled


def test_a_410_after_successes_gives_back_what_was_leased(store):
    with Receiver(in_turn(*[answers(200)] * 30, answers(410))) as receiver:
        put(store, *[message(n) for n in range(200)])
        worker(store, endpoint(receiver.url)).drain()
    assert len(receiver.requests) <= 32  # with the one that was on its way
    assert states(store)["waiting"] >= 168


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept_for_the_whole_endpoint(store, status):
    behave = in_turn(answers(status, "Retry-After: 2"), answers(200))
    with Receiver(behave) as receiver:
        put(store, *[message(n) for n in range(20)])
        stop, delivered = threading.Event(), []

        def tell(due, attempt, decision):
            delivered.extend([due] * (decision.state is DeliveryState.DELIVERED))
            if len(delivered) == 20:
                stop.set()

        worker(store, endpoint(receiver.url), tell=tell).follow(stop)
    first, *others = receiver.requests
    assert min(each.at for each in others) - first.at >= 1.99
    assert states(store) == {"delivered": 20}


def test_an_endpoint_that_is_paused_by_one_worker_is_paused_for_the_next(store):
    with Receiver(answers(429, "Retry-After: 3600")) as receiver:
        put(store, *[message(n) for n in range(20)])
        for _ in range(3):
            worker(store, endpoint(receiver.url)).drain()
    assert len(receiver.requests) == 1


def test_refused_is_refused_at_once_with_the_reason_and_the_endpoint_not_disabled(store):
    put(store, message(1))
    worker(store, endpoint("http://127.0.0.1:9/", allow_private=False)).drain()
    (listed,) = store.find(clock())
    assert listed.state is DeliveryState.REFUSED
    assert "loopback" in listed.last_error
    assert not store.endpoints()["news"].disabled


def test_an_endpoint_that_the_configuration_disables_gets_nothing(store):
    send = Scripted()
    put(store, message(1))
    worker(store, endpoint(disabled="SECRET is not set"), send=send).drain()
    assert send.sent == []


# ---------------------------------------------------------------- fairness


class HangsUntilTheOthersAreServed(Scripted):
    """Sick endpoints hang until `number` messages for healthy ones are delivered."""

    def __init__(self, number):
        super().__init__()
        self.left, self.served = number, threading.Event()

    def __call__(self, endpoint, message):
        attempt = super().__call__(endpoint, message)
        if endpoint.name.startswith("sick"):
            assert self.served.wait(60), "healthy endpoints wait for sick ones"
        return attempt

    def tell(self, due, attempt, decision):
        self.left -= due.message.endpoint.startswith("well")
        if not self.left:
            self.served.set()


def test_healthy_endpoints_are_served_at_once_although_others_hang(store):
    send = HangsUntilTheOthersAreServed(200)
    endpoints = [endpoint(name=f"sick{n}") for n in range(100)]
    endpoints += [endpoint(name=f"well{n}") for n in range(10)]
    put(store, *[message(f"{n}-{m}", f"sick{n}") for n in range(100) for m in range(2)])
    put(store, *[message(f"w{n}-{m}", f"well{n}") for n in range(10) for m in range(20)])
    worker(store, *endpoints, send=send, tell=send.tell).drain()
    assert states(store) == {"delivered": 400}
    assert max(send.most.values()) <= 2


def test_more_sick_endpoints_than_threads_leave_room_for_those_known_to_be_well(store):
    send = HangsUntilTheOthersAreServed(51)
    endpoints = [endpoint(name=f"sick{n}") for n in range(60)] + [endpoint(name="well")]
    put(store, message("first", "well"))
    worker(store, *endpoints, send=send, threads=16, tell=send.tell).drain()
    put(store, *[message(f"{n}", f"sick{n}") for n in range(60)])
    put(store, *[message(f"w{n}", "well") for n in range(50)])
    worker(store, *endpoints, send=send, threads=16, tell=send.tell).drain()
    assert states(store) == {"delivered": 111}


def test_large_bodies_for_one_endpoint_do_not_keep_others_waiting(store):
    send, big = Scripted(0.002), b"x" * 1_000_000
    put(store, *[message(f"{n}-{m}", f"big{n}", body=big) for n in range(3) for m in range(20)])
    put(store, *[message(m, "small") for m in range(20)])
    endpoints = [endpoint(name=name) for name in ("big0", "big1", "big2", "small")]
    worker(store, *endpoints, send=send).drain()
    assert states(store) == {"delivered": 80}
    assert [name for name, _ in send.sent].index("small") < 20


def test_who_only_wastes_time_rests_so_that_a_drain_ends(store):
    class Hangs(Scripted):
        def __call__(self, endpoint, message):
            super().__call__(endpoint, message)
            return Attempt(clock(), None, 15.0, error="no answer within 15 s")

    send = Hangs()
    put(store, *[message(n) for n in range(100)])
    worker(store, endpoint(), send=send).drain()
    assert len(send.sent) == 2
    assert states(store) == {"pending": 100}


def test_twenty_kinds_of_sick_receivers_and_the_healthy_ones_get_everything_quickly(store):
    endless = raw(b"HTTP/1.1 200 OK\r\n\r\n", pour=b"x" * 100_000)
    kinds = [
        raw(b"", hang=True),
        raw(b"HTTP/1.1 200 OK\r\n", hang=True),
        dripping(b"X" * 1000, b"HTTP/1.1 200 OK\r\n"),
        dripping(b"X" * 1000, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
        resets(),
        resets(b"HTTP/1.1 200 OK\r\nX:"),
        raw(b""),
        endless,
        raw(b"", pour=b"HTTP/1.1 100 Continue\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\n", pour=b"X: y\r\n"),
        raw(b"SSH-2.0-x\r\n", hang=True),
        answers(302, "Location: /hook"),
        answers(500),
        answers(404),
        answers(410),
        answers(429, "Retry-After: 60"),
        answers(503, "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT"),
        in_turn(answers(500), answers(200), resets(), answers(200)),
        answers(200, keep=False),
        raw(OK[:-1], hang=True),
    ]
    receivers = [Receiver(kind) for kind in kinds] + [Receiver(answers(200)) for _ in range(5)]
    hanging = {n for n, kind in enumerate(kinds) if n in {0, 1, 2, 3, 19}}
    endpoints = [endpoint(each.url, f"e{n}", timeout=6.0) for n, each in enumerate(receivers)]
    sent = {
        f"{n}-{m}": f"e{n}" for n in range(len(receivers)) for m in range(1 if n in hanging else 4)
    }
    put(store, *[message(name, to) for name, to in sent.items()])
    told = []
    report = worker(store, *endpoints, tell=lambda due, *_: told.append(due.message.id)).drain()
    for each in receivers:
        each.__exit__()
    well = {f"msg_{n}-{m}" for n in range(20, 25) for m in range(4)}
    hung = {f"msg_{n}-0" for n in hanging}
    assert max(map(told.index, well)) < min(map(told.index, hung)), "nobody waits for who hangs"
    listed = {each.message_id: each for each in store.find(clock())}
    assert listed.keys() == {f"msg_{name}" for name in sent}  # nothing lost
    assert all(listed[each].state is DeliveryState.DELIVERED for each in well)
    assert len(receivers[14].requests) == len(receivers[15].requests) == 1
    assert report.attempts == sum(each.attempts for each in listed.values())
    for number, receiver in enumerate(receivers):
        assert set(ids(receiver)) <= {f"msg_{number}-{m}" for m in range(4)}


# ---------------------------------------------------------------- ends


def test_nothing_begins_after_its_time_and_what_is_in_flight_is_written_down(store):
    send = Scripted(0.3)
    put(store, *[message(n) for n in range(50)])
    report = worker(store, endpoint(), send=send).drain(clock() + timedelta(seconds=1))
    assert report.attempts == len(send.sent) == states(store)["delivered"] < 50
    # What was leased and not begun can be had at once.
    assert len(Leases(store).lease({"news": 100}, clock())) == 50 - len(send.sent)


def test_a_service_sends_what_becomes_due_and_ends_when_it_is_told_to(path, store):
    send, stop, ticks = Scripted(), threading.Event(), []

    def serve():
        with open_deliveries(path) as mine:
            worker(mine, endpoint(), send=send).follow(stop, lambda: ticks.append(1))

    thread = threading.Thread(target=serve)
    thread.start()
    for number in range(3):
        put(store, message(number))
        wait_until(lambda: len(send.sent) == number + 1)  # noqa: B023 - called at once
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
    assert [each for _, each in send.sent] == ["msg_0", "msg_1", "msg_2"]
    assert states(store) == {"delivered": 3}


def test_a_clock_that_is_set_back_keeps_nobody_waiting(store):
    ahead, stop, ticks = timedelta(days=3), threading.Event(), []

    def send(endpoint, message):
        nonlocal ahead
        if endpoint.name == "sick":
            stop.wait(30)  # so that there is always something under way
        elif len(sent) == 0:
            ahead = timedelta()
        sent.append(message.id)
        if len(sent) == 2:
            stop.set()
        return Attempt(clock(), 200, 0.0)

    sent: list[str] = []
    later = clock() + ahead
    with store.writing() as connection:
        due = [message(1, due=later), message(2, due=later), message(3, "sick", due=later)]
        add(connection, due, at=later, publication=None)
    made = Worker(
        store, [endpoint(), endpoint(name="sick")], send, lambda: clock() + ahead, lambda: 0.0
    )
    made.follow(stop, lambda: ticks.append(1))
    assert sent == ["msg_1", "msg_2", "msg_3"]
    assert ticks


def test_two_workers_at_once_send_everything_once(path, store):
    send = Scripted(0.002)
    endpoints = [endpoint(name=f"e{n}") for n in range(10)]
    put(store, *[message(n, f"e{n % 10}") for n in range(600)])

    def work():
        with open_deliveries(path) as mine:
            worker(mine, *endpoints, send=send).drain()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(send.sent) == len(set(send.sent)) == 600
    assert states(store) == {"delivered": 600}


def test_a_bug_is_raised_but_keeps_nobody_from_their_messages(store):
    def send(endpoint, message):
        if endpoint.name == "strange":
            raise LookupError("a bug")
        return Attempt(clock(), 200, 0.0)

    put(store, message(1, "strange"), *[message(n) for n in range(2, 20)])
    with pytest.raises(LookupError, match="a bug"):
        worker(store, endpoint(), endpoint(name="strange"), send=send).drain()
    assert states(store) == {"delivered": 18, "pending": 1}
    assert "LookupError" in store.show(1, clock()).listed.last_error


def test_results_that_cannot_be_written_are_an_error_and_sent_again_later(path, monkeypatch):
    send = Scripted()
    record = Leases.record

    def full(self, results):
        raise WriteError("the disk is full")

    with open_deliveries(path) as store:
        put(store, *[message(n) for n in range(5)])
        monkeypatch.setattr(Leases, "record", full)
        with pytest.raises(WriteError):
            worker(store, endpoint(), send=send).drain()
        monkeypatch.setattr(Leases, "record", record)
        assert states(store) == {"pending": 5}
        assert len(Leases(store).lease({"news": 9}, clock() + timedelta(seconds=61))) == 5


def test_an_exchange_that_might_outlive_its_lease_is_not_begun(store):
    put(store, message(1))
    now = clock()
    (due,) = Leases(store).lease({"news": 1}, now)
    lane = Lane(endpoint(timeout=15.0))
    assert not lane.too_late(due, now + timedelta(seconds=39))
    assert lane.too_late(due, now + timedelta(seconds=41))


@pytest.mark.parametrize("status", [410, 429, 503, 500, 302, None])
def test_after_a_failure_nothing_is_sent_until_it_is_decided_what_it_means(store, status):
    put(store, *[message(n) for n in range(5)])
    lane, send, landed = Lane(endpoint()), Scripted(status=status), []
    lane.queue.extend(Leases(store).lease({"news": 5}, clock()))
    Run(lane).fly(send, clock, lambda: False, landed.append)
    assert len(send.sent) == len(landed) == 1
    assert len(lane.queue) == 4
    if status in {410, 429, 503}:
        Run(lane).fly(send, clock, lambda: False, landed.append)
        assert len(send.sent) == 1


def test_a_long_timeout_has_a_long_lease(store):
    put(store, message(1))
    until = []

    def tell(due, attempt, decision):
        until.append(due.until - due.created)

    worker(store, endpoint(timeout=300.0), send=Scripted(), tell=tell).drain()
    assert until[0] >= timedelta(seconds=330)


# ---------------------------------------------------------------- one


def test_one_delivery_is_sent_also_to_a_disabled_endpoint_and_a_success_enables_it(store):
    put(store, message(1), message("t", type="webhook.test"))
    store.disable("news", "it answered 410", clock())
    send = Scripted()
    attempt, decision = worker(store, endpoint(), send=send).one(2)
    assert attempt.status == 200
    assert decision.state is DeliveryState.DELIVERED
    assert send.sent == [("news", "msg_t")]
    assert not store.endpoints()["news"].disabled
    assert worker(store, endpoint(), send=send).one(2) is None
    assert worker(store, endpoint(), send=send).one(99) is None


def test_one_delivery_to_an_endpoint_that_is_not_configured_is_left_alone(store):
    put(store, message(1, "elsewhere"))
    assert worker(store, endpoint()).one(1) is None
    assert states(store) == {"pending": 1}
