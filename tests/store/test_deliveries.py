"""Deliveries: nothing is lost, nothing has two holders, nothing that was tried changes."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import pytest

from feedwright.errors import FeedwrightError, WriteError
from feedwright.model import Attempt, Decision, DeliveryState, Endpoint, Message
from feedwright.store import deliveries
from feedwright.store.deliveries import add, open_deliveries, pending, release
from feedwright.store.leases import Leases
from feedwright.store.outbox import Outbox

NOW = datetime(2026, 5, 1, 12, 0, 0, 123_000, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
NAMES = {"news": 100, "other": 100}


def message(number, to="news", group="g", **rest):
    body = rest.pop("body", f"body {number}".encode())
    kind = rest.pop("type", "feed.updated")
    return Message(f"msg_{number}", kind, to, group, body, "application/json", "{}", NOW, **rest)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outbox.sqlite"


@pytest.fixture
def store(path):
    with open_deliveries(path) as opened:
        yield opened


def put(store, *messages, publication=None, at=NOW, replaces=()):
    with store.writing() as connection:
        add(connection, messages, at=at, publication=publication, replaces=replaces)


def result(due, status=200, at=NOW, **rest):
    state = DeliveryState.DELIVERED if status == 200 else DeliveryState.PENDING
    values = {"due": at + 5 * SECOND, "tries": 1, **rest}
    decision = Decision(values.pop("state", state), **values)
    return due, Attempt(at, status, 0.25, "answer", "" if status == 200 else "error"), decision


def states(store, **rest):
    return {each.message_id: str(each.state) for each in store.find(NOW, **rest)}


def test_a_message_comes_out_as_it_went_in(store):
    sent = message(1, body=b"\x00\xff body", group="")
    put(store, sent)
    (due,) = Leases(store).lease(NAMES, NOW)
    assert due.message == sent
    assert (due.attempts, due.tries, due.created, due.since) == (0, 0, NOW, NOW)
    assert due.until == NOW + 60 * SECOND


def test_what_is_leased_is_nobody_elses_until_the_lease_ends(store):
    put(store, message(1))
    (first,) = Leases(store).lease(NAMES, NOW)
    assert Leases(store).lease(NAMES, NOW + 59 * SECOND) == []
    assert store.next_due(NAMES, NOW) == NOW + 60 * SECOND
    (again,) = Leases(store).lease(NAMES, NOW + 60 * SECOND)
    assert again.message == first.message._replace(due=again.message.due)
    assert again.lease > first.lease


def test_what_is_not_due_is_not_leased(store):
    put(store, message(1)._replace(due=NOW + SECOND))
    assert Leases(store).lease(NAMES, NOW) == []
    assert store.next_due(NAMES, NOW) == NOW + SECOND
    assert len(Leases(store).lease(NAMES, NOW + SECOND)) == 1


def test_each_endpoint_gets_no_more_than_was_asked_for_the_oldest_first(store):
    put(store, *[message(n) for n in range(5)], *[message(n, "other") for n in range(5, 8)])
    taken = Leases(store).lease({"news": 2, "other": 1, "nobody": 3}, NOW)
    assert [each.message.id for each in taken] == ["msg_0", "msg_1", "msg_5"]


def test_large_bodies_are_not_taken_by_the_hundred(store):
    put(store, *[message(n, body=b"x" * 1_000_000) for n in range(30)])
    assert len(Leases(store).lease({"news": 100}, NOW, most_bytes=5_000_000)) == 6


def test_delivered_is_delivered(store):
    put(store, message(1))
    Leases(store).record([result(Leases(store).lease(NAMES, NOW)[0])])
    assert states(store) == {"msg_1": "delivered"}
    assert Leases(store).lease(NAMES, NOW + DAY) == []
    assert store.next_due(NAMES, NOW) is None
    known = store.endpoints()["news"]
    assert (known.successes, known.failures, known.last_success) == (1, 0, NOW)


def test_a_failed_attempt_is_kept_and_the_delivery_due_again(store):
    put(store, message(1))
    (due,) = Leases(store).lease(NAMES, NOW)
    Leases(store).record([result(due, 500, failing_since=NOW)])
    (again,) = Leases(store).lease(NAMES, NOW + 5 * SECOND)
    assert (again.attempts, again.tries) == (1, 1)
    shown = store.show(due.delivery, NOW)
    assert shown.attempts == (Attempt(NOW, 500, 0.25, "answer", "error"),)
    assert (shown.listed.last_status, shown.listed.last_error) == (500, "error")
    assert store.endpoints()["news"].failing_since == NOW


def test_a_result_that_comes_after_its_lease_changes_nothing_that_another_holds(store):
    put(store, message(1))
    (late,) = Leases(store).lease(NAMES, NOW)
    (mine,) = Leases(store).lease(NAMES, NOW + 60 * SECOND)
    Leases(store).record([result(late, 500, state=DeliveryState.DEAD)])
    assert states(store) == {"msg_1": "pending"}
    assert Leases(store).lease(NAMES, NOW + 61 * SECOND) == []
    Leases(store).record([result(mine)])
    assert states(store) == {"msg_1": "delivered"}
    assert store.show(1, NOW).listed.attempts == 2


def test_a_success_stands_however_late_it_is_told(store):
    put(store, message(1))
    (late,) = Leases(store).lease(NAMES, NOW)
    (mine,) = Leases(store).lease(NAMES, NOW + 60 * SECOND)
    Leases(store).record([result(late)])
    Leases(store).record([result(mine, 500)])
    assert states(store) == {"msg_1": "delivered"}


def test_an_unused_lease_is_given_back_but_counts_as_tried(store):
    put(store, message(1))
    Leases(store).hand_back(Leases(store).lease(NAMES, NOW), NOW)
    with store.writing() as connection:
        assert pending(connection, "g", hold=False) == ()
    assert len(Leases(store).lease(NAMES, NOW)) == 1


def test_a_lease_that_was_lost_cannot_be_given_back(store):
    put(store, message(1))
    late = Leases(store).lease(NAMES, NOW)
    Leases(store).lease(NAMES, NOW + 60 * SECOND)
    Leases(store).hand_back(late, NOW + 61 * SECOND)
    assert Leases(store).lease(NAMES, NOW + 62 * SECOND) == []


def test_many_workers_never_hold_one_lease(path, store):
    put(store, *[message(n, f"e{n % 7}") for n in range(700)])
    taken, names = [], {f"e{n}": 3 for n in range(7)}

    def work():
        with open_deliveries(path) as mine:
            while found := Leases(mine).lease(names, NOW):
                taken.extend(found)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len({each.delivery for each in taken}) == 700


# ---------------------------------------------------------------- publications


def test_messages_of_a_publication_wait_until_it_is_visible(store):
    put(store, message(1), publication=1)
    assert states(store) == {"msg_1": "waiting"}
    assert Leases(store).lease(NAMES, NOW) == []
    with store.writing() as connection:
        release(connection, 1)
    assert len(Leases(store).lease(NAMES, NOW)) == 1


def test_held_messages_wait_until_they_are_released(store):
    put(store, message(1, hold=True), publication=1)
    with store.writing() as connection:
        release(connection, 1)
    assert Leases(store).lease(NAMES, NOW) == []
    assert store.release_held(NOW) == 1
    assert len(Leases(store).lease(NAMES, NOW)) == 1


def test_held_messages_of_an_unfinished_publication_are_not_released(path, store):
    with store.writing() as connection:
        connection.execute("INSERT INTO publication VALUES (1, 'prepared', '', 1, 0, x'')")
    put(store, message(1, hold=True), publication=1)
    assert store.release_held(NOW) == 0
    assert store.retry([1], NOW) == 0
    Outbox(path).finish(1, keep=DAY, now=NOW)
    assert Leases(store).lease(NAMES, NOW) == []
    assert store.release_held(NOW) == 1


def test_a_message_that_is_there_already_is_not_added_again(store):
    put(store, message(1))
    put(store, message(1, body=b"another"))
    (due,) = Leases(store).lease(NAMES, NOW)
    assert due.message.body == b"body 1"


def test_only_what_was_never_leased_can_be_taken_in(store):
    put(store, message(1), message(2), message(3, group="h"), message(4, hold=True), message(5))
    store.discard([5], NOW)
    Leases(store).lease({"news": 1}, NOW)
    with store.writing() as connection:
        assert [each.message.id for each in pending(connection, "g", hold=False)] == ["msg_2"]
        assert [each.message.id for each in pending(connection, "g", hold=True)] == ["msg_4"]
        assert pending(connection, "", hold=False) == ()


def test_taking_in_replaces_and_a_leased_one_stays(store):
    put(store, message(1), message(2))
    Leases(store).lease({"news": 1}, NOW)
    put(store, message(3), replaces=[1, 2])
    assert set(states(store)) == {"msg_1", "msg_3"}


# ---------------------------------------------------------------- endpoints


def test_a_disabled_endpoint_gets_nothing_and_its_messages_wait(store):
    put(store, message(1), message(2), message(3, "other"))
    due = Leases(store).lease({"news": 1}, NOW)[0]
    Leases(store).record([result(due, 410, disable="gone", failing_since=NOW)])
    assert [each.message.id for each in Leases(store).lease(NAMES, NOW + DAY)] == ["msg_3"]
    assert states(store, endpoint="news") == {"msg_1": "waiting", "msg_2": "waiting"}
    assert store.next_due(["news"], NOW) is None
    assert store.endpoints()["news"].disabled == "gone"
    store.enable("news")
    assert len(Leases(store).lease(NAMES, NOW + DAY)) == 2


def test_only_a_test_message_enables(store):
    put(store, message(1), message(2, type="webhook.test"))
    first, test = Leases(store).lease(NAMES, NOW)
    store.disable("news", "gone", NOW)
    Leases(store).record([result(first)])
    assert store.endpoints()["news"].disabled
    Leases(store).record([result(test)])
    assert not store.endpoints()["news"].disabled


def test_one_delivery_can_be_leased_although_its_endpoint_is_disabled(store):
    put(store, message(1))
    store.disable("news", "gone", NOW)
    assert Leases(store).lease_one(1, NOW).message.id == "msg_1"
    assert Leases(store).lease_one(1, NOW) is None
    assert Leases(store).lease_one(99, NOW) is None


def test_a_pause_holds_the_whole_endpoint(store):
    put(store, message(1), message(2))
    due = Leases(store).lease({"news": 1}, NOW)[0]
    Leases(store).record([result(due, 429, pause_until=NOW + 30 * SECOND)])
    assert Leases(store).lease(NAMES, NOW + 29 * SECOND) == []
    assert store.next_due(NAMES, NOW) == NOW + 30 * SECOND
    assert len(Leases(store).lease(NAMES, NOW + 30 * SECOND)) == 2


def put_off(leased, at, pause=False):
    due, attempt, decision = result(leased, 429 if pause else 500, at=at)
    until = at + DAY
    return due, attempt, decision._replace(due=until, pause_until=until if pause else None)


def test_a_clock_that_was_ahead_keeps_nothing_back(store):
    ahead = NOW + 40 * DAY
    late = [message(number)._replace(due=ahead) for number in range(4)]
    put(store, *late, at=ahead)
    failed, paused, leased = Leases(store).lease({"news": 3}, ahead)
    Leases(store).record([put_off(failed, ahead), put_off(paused, ahead, pause=True)])
    assert leased.until > ahead
    store.set_right(NOW)
    assert store.next_due(NAMES, NOW) == NOW
    assert len(Leases(store).lease(NAMES, NOW)) == 3
    assert store.show(leased.delivery, NOW).listed.under_way
    assert len(Leases(store).lease(NAMES, NOW + 60 * SECOND)) == 4


def test_nothing_comes_early_while_the_clock_is_right(store):
    put(store, message(1), message(2), message(3))
    failed, paused, _ = Leases(store).lease(NAMES, NOW, length=330 * SECOND)
    Leases(store).record([put_off(failed, NOW), put_off(paused, NOW, pause=True)])
    before = store.connection.execute("SELECT * FROM delivery").fetchall()
    store.set_right(NOW + SECOND)
    store.set_right(NOW - 30 * SECOND)
    assert store.connection.execute("SELECT * FROM delivery").fetchall() == before
    assert store.endpoints()["news"].pause_until == NOW + DAY


def test_another_address_is_another_receiver(store):
    here = Endpoint("news", "webhook", "https://example.org/secret-path")
    store.meet([here])
    store.disable("news", "gone", NOW)
    store.meet([here])
    assert store.endpoints()["news"].disabled
    store.meet([here._replace(url="https://example.org/other")])
    assert not store.endpoints()["news"].disabled


def test_an_address_that_is_not_known_now_is_no_other_one(store):
    here = Endpoint("news", "webhook", "https://example.org/secret-path")
    store.meet([here])
    store.disable("news", "gone", NOW)
    store.meet([here._replace(url="", disabled="NEWS_URL is not set")])
    store.meet([here])
    assert store.endpoints()["news"].disabled


def test_no_address_and_no_secret_is_stored(path, store):
    store.meet([Endpoint("news", "webhook", "https://example.org/secret-path", ("whsec_abc",))])
    dump = "\n".join(sqlite3.connect(path).iterdump())
    assert "secret-path" not in dump
    assert "whsec" not in dump


# ---------------------------------------------------------------- people


def test_deliveries_are_found_the_newest_first(store):
    put(store, message(1), message(2, "other"), message(3))
    put(store, message(4), at=NOW + DAY)
    assert [each.delivery for each in store.find(NOW)] == [4, 3, 2, 1]
    assert [each.delivery for each in store.find(NOW, endpoint="news", limit=2)] == [4, 3]
    assert [each.delivery for each in store.find(NOW, since=NOW + SECOND)] == [4]
    waiting = store.find(NOW, usable={"news"}, states={DeliveryState.WAITING})
    assert [each.delivery for each in waiting] == [2]


def test_a_dead_delivery_can_be_replayed_with_the_same_id(store):
    put(store, message(1))
    Leases(store).record(
        [result(Leases(store).lease(NAMES, NOW)[0], 500, state=DeliveryState.DEAD)]
    )
    assert Leases(store).lease(NAMES, NOW + DAY) == []
    assert store.retry([1, 99], NOW + DAY) == 1
    (due,) = Leases(store).lease(NAMES, NOW + DAY)
    assert (due.message.id, due.attempts, due.tries, due.since) == ("msg_1", 1, 0, NOW + DAY)


def test_what_is_being_sent_is_not_made_due(store):
    put(store, message(1))
    Leases(store).lease(NAMES, NOW)
    assert store.retry([1], NOW + SECOND) == 0
    assert Leases(store).lease(NAMES, NOW + SECOND) == []


def test_what_was_discarded_is_not_sent_and_what_was_delivered_not_discarded(store):
    put(store, message(1), message(2))
    Leases(store).record([result(Leases(store).lease({"news": 1}, NOW)[0])])
    assert store.discard([1, 2, 99], NOW) == 1
    assert states(store) == {"msg_1": "delivered", "msg_2": "discarded"}
    assert Leases(store).lease(NAMES, NOW + DAY) == []


def test_a_result_does_not_bring_back_what_was_discarded_meanwhile(store):
    put(store, message(1))
    (due,) = Leases(store).lease(NAMES, NOW)
    store.discard([1], NOW)
    Leases(store).record([result(due, 500)])
    assert states(store) == {"msg_1": "discarded"}


def test_counts_tell_states_apart(store):
    put(store, message(1), message(2), message(3, "other"))
    put(store, message(4), at=NOW + DAY)
    Leases(store).record([result(Leases(store).lease({"news": 1}, NOW)[0])])
    counts = store.counts(usable={"news"})
    assert counts["news", DeliveryState.PENDING] == (2, NOW)
    assert counts["news", DeliveryState.DELIVERED].number == 1
    assert counts["other", DeliveryState.WAITING].number == 1


def test_what_ended_long_ago_is_forgotten_with_its_attempts(path, store):
    put(store, message(1), message(2), message(3, hold=True))
    Leases(store).record([result(Leases(store).lease({"news": 1}, NOW)[0])])
    store.prune(30 * DAY, NOW + 29 * DAY)
    assert len(states(store)) == 3
    store.prune(30 * DAY, NOW + 31 * DAY)
    assert states(store) == {"msg_2": "pending", "msg_3": "waiting"}
    assert sqlite3.connect(path).execute("SELECT count(*) FROM attempt").fetchone() == (0,)


def test_what_waits_for_a_dead_endpoint_for_too_long_is_dead_but_listed(store):
    put(store, message(1), message(2, "other"))
    store.disable("news", "gone", NOW)
    store.prune(30 * DAY, NOW + 31 * DAY, usable={"news"})
    assert states(store) == {"msg_1": "dead", "msg_2": "dead"}


# ---------------------------------------------------------------- files


def test_without_a_file_there_is_nothing_and_none_is_made(tmp_path):
    with open_deliveries(tmp_path / "outbox.sqlite", create=False) as store:
        assert list(store.find(NOW)) == []
        assert store.counts() == {}
        assert store.next_due(NAMES, NOW) is None
    assert list(tmp_path.iterdir()) == []


OLD = """
CREATE TABLE publication (number INTEGER PRIMARY KEY, state TEXT NOT NULL, at TEXT NOT NULL,
    hold INTEGER NOT NULL, ledger_offset INTEGER NOT NULL, ledger_lines BLOB NOT NULL) STRICT;
CREATE TABLE step (publication INTEGER NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL,
    old TEXT NOT NULL, new TEXT NOT NULL) STRICT;
CREATE TABLE event (publication INTEGER NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL) STRICT;
INSERT INTO publication VALUES (7, 'prepared', '2026-05-01T12:00:00+00:00', 0, 9, x'00');
PRAGMA user_version=1;
"""


def test_an_outbox_of_the_first_version_gets_the_new_tables_and_keeps_what_it_has(path):
    with sqlite3.connect(path) as database:
        database.executescript(OLD)
    database.close()
    assert Outbox(path).unfinished().number == 7
    with open_deliveries(path) as store:
        put(store, message(1))
        assert len(Leases(store).lease(NAMES, NOW)) == 1


def test_many_that_open_a_new_outbox_at_once_lay_it_out_once(path):
    failures = []

    def work(number):
        try:
            with open_deliveries(path) as store:
                put(store, message(number))
        except FeedwrightError as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_deliveries(path) as store:
        assert len(states(store)) == 8


def test_an_outbox_of_a_later_version_is_not_touched(path):
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    with pytest.raises(FeedwrightError, match="newer Feedwright"), open_deliveries(path):
        pass


def test_who_only_reads_needs_no_room(path, monkeypatch):
    def refuse(_path):
        raise sqlite3.OperationalError("disk I/O error")

    with open_deliveries(path) as store:
        put(store, message(1))
    monkeypatch.setattr(deliveries, "open_outbox", refuse)
    with open_deliveries(path, create=False) as store:
        assert states(store) == {"msg_1": "pending"}
    with pytest.raises(WriteError, match="free space"), open_deliveries(path):
        pass


def test_a_full_disk_is_said_and_loses_nothing(path):
    def fill():
        with open_deliveries(path) as store:
            with store.writing() as connection:
                (pages,) = connection.execute("PRAGMA page_count").fetchone()
            store.connection.execute(f"PRAGMA max_page_count={pages}")
            put(store, *[message(n, body=b"x" * 100_000) for n in range(2, 50)])

    with open_deliveries(path) as store:
        put(store, message(1))
    with pytest.raises(WriteError, match="free space"):
        fill()
    with open_deliveries(path) as store:
        assert states(store) == {"msg_1": "pending"}
