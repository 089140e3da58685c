"""Workers that are killed at any moment: nothing is lost, and no message has two ids or bodies."""

import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict

import pytest

from feedwright.model import DeliveryState
from feedwright.store.deliveries import add, open_deliveries, pending
from tests.delivery.making import clock, message
from tests.delivery.receivers import Receiver, answers, raw


def start(outbox, ahead, *receivers):
    urls = [each.url for each in receivers]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.delivery.sending", str(outbox), str(ahead), *urls],
        stdout=subprocess.PIPE,
        text=True,
    )


def put(outbox, *messages):
    with open_deliveries(outbox) as store, store.writing() as connection:
        add(connection, messages, at=clock(), publication=None)


def kill_again_and_again(tmp_path, rounds, number):
    outbox = tmp_path / "outbox.sqlite"
    chance = random.Random(rounds)
    come = threading.Condition()

    def behave(receiver, connection, request):
        with come:
            come.notify_all()
        return answers(200)(receiver, connection, request)

    receivers = [Receiver(behave) for _ in range(4)]
    sent = {f"msg_{n}": f"body {n}".encode() for n in range(number)}
    put(
        outbox,
        *[message(n, f"e{n % 4}", body=sent[f"msg_{n}"], group="g") for n in range(number)],
    )
    for turn in range(rounds):
        worker = start(outbox, 70 * turn, *receivers)
        with come:
            for _ in range(chance.randrange(1, 12)):
                while not come.wait(0.5) and worker.poll() is None:
                    pass
        time.sleep(chance.random() / 100)
        worker.kill()
        worker.communicate()
    worker = start(outbox, 70 * rounds, *receivers)
    assert worker.communicate(timeout=180)[0]
    assert worker.returncode == 0
    for each in receivers:
        each.__exit__()
    return outbox, sent, [request for each in receivers for request in each.requests]


def check(outbox, sent, requests):
    bodies = defaultdict(set)
    for each in requests:
        bodies[each.headers["webhook-id"]].add(each.body)
    assert bodies == {name: {body} for name, body in sent.items()}
    with sqlite3.connect(outbox) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        attempts = dict(
            database.execute(
                "SELECT message, count(*) FROM attempt JOIN delivery ON delivery = number"
                " GROUP BY message"
            ).fetchall()
        )
    database.close()
    arrived = Counter(each.headers["webhook-id"] for each in requests)
    assert all(attempts[name] <= arrived[name] for name in sent)
    with open_deliveries(outbox) as store:
        assert {each.state for each in store.find(clock())} == {DeliveryState.DELIVERED}


def test_a_worker_that_is_killed_loses_nothing(tmp_path):
    check(*kill_again_and_again(tmp_path, rounds=12, number=400))


@pytest.mark.slow
def test_a_worker_that_is_killed_a_hundred_times_loses_nothing(tmp_path):
    check(*kill_again_and_again(tmp_path, rounds=100, number=2000))


def test_a_message_whose_worker_was_killed_is_not_taken_in_by_a_newer_one(tmp_path):
    outbox = tmp_path / "outbox.sqlite"
    put(outbox, message(1, "e0", group="g"), message(2, "e1", group="g"))
    with Receiver(raw(b"", hang=True)) as receiver:
        worker = start(outbox, 0, receiver)
        while not receiver.requests:
            time.sleep(0.01)
        worker.kill()
        worker.communicate()
    with open_deliveries(outbox) as store, store.writing() as connection:
        assert [each.message.id for each in pending(connection, "g", hold=False)] == ["msg_2"]


def test_floods_cost_no_memory(tmp_path):
    outbox = tmp_path / "outbox.sqlite"
    flood = b"x" * 1_000_000
    head = b"HTTP/1.1 200 OK\r\n"
    receivers = [
        Receiver(raw(head + b"Content-Length: 300000000\r\n\r\n", pour=flood)),
        Receiver(raw(head + b"Content-Encoding: gzip\r\n\r\n", pour=flood)),
        Receiver(raw(head, pour=b"X: " + b"y" * 60_000 + b"\r\n")),
        Receiver(raw(head + b"X: ", pour=flood)),
    ]
    put(outbox, *[message(n, f"e{n % 4}") for n in range(200)])
    worker = start(outbox, 0, *receivers)
    before, most = map(int, worker.communicate(timeout=180)[0].split())
    for each in receivers:
        each.__exit__()
    arrived = {each.headers["webhook-id"] for receiver in receivers for each in receiver.requests}
    assert len(arrived) == 200
    assert most - before < 40_000
