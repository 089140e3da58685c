"""Whatever a receiver does: the exchange ends in time, and nothing of it is believed too much."""

import gzip
import threading
import time

import pytest

from tests.delivery.making import GRACE, TIMEOUTS, endpoint, message, sender
from tests.delivery.receivers import (
    OK,
    Receiver,
    answers,
    dripping,
    in_turn,
    raw,
    resets,
)

MEGABYTE = b"x" * 1_000_000
NO_ANSWER = "the connection was closed without an answer"
LATE = "no answer within {:g} s"
LONG = "the head of the answer is too long"
NOT_HTTP = "the answer is not HTTP"
HEAD = b"HTTP/1.1 200 OK\r\n"

# name: behaviour, status, error (None: any), whether it may take all of the time
SICK = {
    "hangs before the head": (raw(b"", hang=True), None, LATE),
    "hangs in the head": (raw(HEAD + b"X: ", hang=True), None, LATE),
    "hangs before the body": (raw(HEAD + b"Content-Length: 5\r\n\r\n", hang=True), 200, ""),
    "drips its head": (dripping(b"X" * 10_000, HEAD), None, LATE),
    "drips its status line": (dripping(HEAD * 100), None, None),
    "drips its body": (
        dripping(b"o" * 10_000, HEAD + b"Content-Length: 10000\r\n\r\n"),
        200,
        "",
    ),
    "drips chunks": (
        dripping(b"1\r\no\r\n" * 1000, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
        200,
        "",
    ),
    "drips interim answers": (
        dripping(b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        None,
        LATE,
    ),
    "resets": (resets(), None, NO_ANSWER),
    "resets in the head": (resets(HEAD + b"X: y\r\n"), None, NO_ANSWER),
    "resets in the body": (resets(HEAD + b"Content-Length: 100\r\n\r\nsome"), 200, ""),
    "closes without a word": (raw(b""), None, NO_ANSWER),
    "closes in the head": (raw(HEAD), 200, ""),
    "answers less than it says": (raw(HEAD + b"Content-Length: 100\r\n\r\nok"), 200, ""),
    "answers without end": (raw(HEAD + b"\r\n", pour=MEGABYTE), 200, ""),
    "answers 300 MB": (
        raw(HEAD + b"Content-Length: 300000000\r\n\r\n", pour=MEGABYTE),
        200,
        "",
    ),
    "answers in chunks without end": (
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", pour=b"10000\r\n" + b"x" * 65_536),
        200,
        "",
    ),
    "fails without end": (
        raw(b"HTTP/1.1 500 No\r\n\r\n", pour=MEGABYTE),
        500,
        "answered 500 Internal Server Error",
    ),
    "sends trailers without end": (
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", pour=b"X: y\r\n" * 100),
        200,
        "",
    ),
    "chunks that are none": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), 200, ""),
    "a chunk of negative length": (
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc", pour=b"abc"),
        200,
        "",
    ),
    "a length of a million digits": (
        raw(HEAD + b"Content-Length: " + b"9" * 60_000 + b"\r\n\r\n", hang=True),
        200,
        "",
    ),
    "a negative length": (raw(HEAD + b"Content-Length: -1\r\n\r\nok"), 200, ""),
    "floods with 100": (raw(b"", pour=b"HTTP/1.1 100 Continue\r\n\r\n" * 100), None, LONG),
    "floods with 103": (
        raw(b"", pour=b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100),
        None,
        LONG,
    ),
    "switches protocols": (
        raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", hang=True),
        101,
        "answered 101 Switching Protocols",
    ),
    "a header without end": (raw(HEAD + b"X: ", pour=b"y" * 10_000), None, LONG),
    "headers without end": (raw(HEAD, pour=b"X: y\r\n" * 100), None, LONG),
    "a status line without end": (raw(b"HTTP/1.1 200 ", pour=b"O" * 10_000), None, None),
    "newlines without end": (raw(b"", pour=b"\r\n" * 1000), None, NOT_HTTP),
    "speaks SSH": (raw(b"SSH-2.0-OpenSSH_9.2\r\n", hang=True), None, NOT_HTTP),
    "speaks HTTP/2": (raw(b"\0\0\x12\4\0\0\0\0\0\0\3\0\0\0d\r\n", hang=True), None, NOT_HTTP),
    "speaks TLS": (raw(b"\x15\x03\x01\x00\x02\x02\x46\n", hang=True), None, NOT_HTTP),
    "speaks SMTP": (raw(b"220 mail.example.org ESMTP\r\n", hang=True), None, NOT_HTTP),
    "speaks HTTP/3.5": (raw(b"HTTP/3.5 200 OK\r\n\r\n"), None, NOT_HTTP),
    "answers with a status that is none": (raw(b"HTTP/1.1 9999 OK\r\n\r\n"), None, NOT_HTTP),
    "answers with bytes": (raw(bytes(range(256)) * 20), None, None),
    "redirects to itself": (
        answers(302, "Location: /hook"),
        302,
        "answered 302 Found: redirects are not followed; correct the address",
    ),
    "redirects for ever": (answers(308, "Location: https://example.org/"), 308, None),
    "says two different lengths": (
        raw(HEAD + b"Content-Length: 2\r\nContent-Length: 7\r\n\r\nok"),
        None,
        NOT_HTTP,
    ),
    "answers 304": (answers(304, body=b""), 304, None),
    "a gzip bomb": (
        answers(200, "Content-Encoding: gzip", body=gzip.compress(b"\0" * 50_000_000)),
        200,
        "",
    ),
    "gzip that is none": (answers(200, "Content-Encoding: gzip, br, gzip"), 200, ""),
    "wants a password": (
        answers(401, 'WWW-Authenticate: Basic realm="x"'),
        401,
        "answered 401 Unauthorized",
    ),
    "sets ninety cookies": (
        answers(200, *["Set-Cookie: a=" + "b" * 500] * 90),
        200,
        "",
    ),
}


@pytest.mark.parametrize("name", SICK)
def test_the_exchange_ends_in_time_and_means_what_its_status_says(name):
    behave, status, error = SICK[name]
    for timeout in TIMEOUTS:
        with Receiver(behave) as receiver:
            attempt = sender().send(endpoint(receiver.url, timeout=timeout), message())
        assert attempt.seconds < timeout + GRACE
        said = attempt.error if error is None else error.format(timeout)
        if (attempt.status, attempt.error, len(receiver.requests)) == (status, said, 1):
            break
    assert attempt.status == status
    assert attempt.error == said
    assert bool(attempt.error) == (status is None or not 200 <= status < 300)
    assert not attempt.refused
    assert len(attempt.answer) <= 200
    assert receiver.sent < 8_000_000  # what the kernels of both sides hold, not what was poured
    assert len(receiver.requests) == receiver.connections == 1


@pytest.mark.parametrize("name", [name for name in SICK if "without end" in name])
def test_a_flood_is_left_at_once_and_not_only_when_the_time_is_over(name):
    with Receiver(SICK[name][0]) as receiver:
        attempt = sender().send(endpoint(receiver.url, timeout=300.0), message())
    assert attempt.seconds < 60


def test_a_receiver_that_never_accepts_is_left_in_time():
    behave = raw(b"", hang=True)
    with Receiver(behave, reads=False) as receiver:
        big = message(body=b"x" * 20_000_000)
        attempt = sender().send(endpoint(receiver.url, timeout=1.0), big)
    assert attempt.error == LATE.format(1)
    assert attempt.seconds < GRACE


def test_a_refused_connection_says_so():
    with Receiver(answers(200)) as receiver:
        url = receiver.url
    assert sender().send(endpoint(url), message()).error == "the connection was refused"


def test_a_connection_that_is_reset_as_soon_as_it_stands_is_an_ordinary_failure():
    with Receiver(resets(), reads=False) as receiver:
        ours = sender()
        errors = {ours.send(endpoint(receiver.url), message()).error for _ in range(100)}
    assert errors == {NO_ANSWER}


def test_interim_answers_are_passed_over():
    data = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK
    with Receiver(raw(data)) as receiver:
        attempt = sender().send(endpoint(receiver.url), message())
    assert (attempt.status, attempt.answer) == (200, "ok")


def test_an_answer_given_before_the_message_was_read_counts():
    data = b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with Receiver(raw(data, hang=True), reads=False) as receiver:
        attempt = sender().send(endpoint(receiver.url), message(body=b"x" * 10_000))
    assert attempt.status == 413


def test_of_two_retry_after_the_first_counts():
    with Receiver(answers(429, "Retry-After: 90", "Retry-After: 30")) as receiver:
        assert sender().send(endpoint(receiver.url), message()).retry_after == "90"


def test_the_request_is_what_the_message_says():
    with Receiver(answers(200)) as receiver:
        sender().send(endpoint(receiver.url + "?a=b%20c"), message(7, body=b"\x00\xffbody"))
    (request,) = receiver.requests
    assert request.line == b"POST /hook?a=b%20c HTTP/1.1"
    assert request.body == b"\x00\xffbody"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["content-length"] == "6"
    assert request.headers["webhook-id"] == "msg_7"
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["user-agent"].startswith("Feedwright/")
    assert "cookie" not in request.headers
    assert "authorization" not in request.headers


def test_connections_are_kept():
    with Receiver(answers(200)) as receiver:
        ours = sender()
        for number in range(20):
            assert ours.send(endpoint(receiver.url), message(number)).status == 200
        ours.close()
    assert receiver.connections == 1
    assert len(receiver.requests) == 20


def test_a_connection_whose_answer_was_not_read_to_its_end_is_not_used_again():
    long = answers(200, body=b"x" * 50_000)
    with Receiver(long) as receiver:
        ours = sender()
        assert [ours.send(endpoint(receiver.url), message(n)).status for n in range(3)] == [200] * 3
    assert receiver.connections == 3


def test_a_kept_connection_that_was_closed_meanwhile_loses_nothing():
    with Receiver(answers(200, keep=False)) as receiver:
        ours = sender()
        for number in range(5):
            assert ours.send(endpoint(receiver.url), message(number)).status == 200
            time.sleep(0.02)
    assert len(receiver.requests) == 5


def test_a_connection_that_dies_under_the_next_message_is_replaced_within_one_attempt():
    # It answers, and closes only when the second message has come: no look beforehand can tell.
    with Receiver(in_turn(answers(200), resets(), answers(200))) as receiver:
        ours = sender()
        first = ours.send(endpoint(receiver.url), message(1))
        second = ours.send(endpoint(receiver.url), message(2))
    assert (first.status, second.status) == (200, 200)
    assert [each.headers["webhook-id"] for each in receiver.requests] == ["msg_1", "msg_2", "msg_2"]
    assert receiver.requests[1].body == receiver.requests[2].body


def test_a_fresh_connection_that_dies_is_not_tried_again():
    with Receiver(resets()) as receiver:
        assert sender().send(endpoint(receiver.url), message()).status is None
    assert len(receiver.requests) == 1


def test_a_kept_connection_that_hangs_is_not_tried_again():
    with Receiver(in_turn(answers(200), raw(b"", hang=True))) as receiver:
        ours, there = sender(), endpoint(receiver.url, timeout=3.0)
        ours.send(there, message(1))
        assert ours.send(there, message(2)).error == LATE.format(3)
    assert len(receiver.requests) == 2


def test_answers_that_come_unasked_are_not_taken_for_the_next_one():
    def talkative(receiver, connection, request):
        connection.sendall(OK + b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
        time.sleep(0.02)
        return True

    with Receiver(talkative) as receiver:
        ours = sender()
        for number in range(3):
            assert ours.send(endpoint(receiver.url), message(number)).status == 200
            time.sleep(0.05)
    assert len(receiver.requests) == 3


@pytest.mark.parametrize("declared", [b"Content-Length: 12\r\n", b""])
def test_a_body_that_comes_after_204_is_not_taken_for_the_next_answer(declared):
    def behave(receiver, connection, request):
        connection.sendall(b"HTTP/1.1 204 No Content\r\n" + declared + b"\r\n")
        time.sleep(0.002)
        connection.sendall(b"not expected")
        return True

    with Receiver(behave) as receiver:
        ours = sender()
        attempts = [ours.send(endpoint(receiver.url), message(number)) for number in range(40)]
    assert {each.status for each in attempts} == {204}
    arrived = {each.headers["webhook-id"] for each in receiver.requests}
    assert arrived == {f"msg_{number}" for number in range(40)}
    assert len(receiver.requests) == 40 or not declared


def test_answers_are_shown_without_control_characters_and_without_our_address():
    with Receiver(answers(404, body=b"\x1b[31mCannot POST /hook/T0/B0SECRET \xff\0")) as receiver:
        attempt = sender().send(endpoint(receiver.url + "/T0/B0SECRET"), message())
    assert attempt.answer == "\ufffd[31mCannot POST /… \ufffd\ufffd"


ADDRESS = "http://127.0.0.1/hook/T0/B0SECRETS?token=hush%26hush%26hush"


@pytest.mark.parametrize(
    "answer",
    [
        "Cannot POST /hook/T0/B0SECRETS?token=hush%26hush%26hush",
        '{"path": "\\/hook\\/T0\\/B0SECRETS"}',
        "<p>/hook/T0/B0SECRETS?token=hush&amp;hush</p>",
        "no room for hush&hush&hush",
        "x" * 150 + "/hook/T0/B0SECRETS?token=hush%26hush%26hush is not here",
        "x" * 190 + "/hook/T0/B0SECRETS?token=hush%26hush%26hush is not here",
    ],
)
def test_no_part_of_the_address_that_could_be_a_secret_is_shown(answer):
    target = ADDRESS.partition("127.0.0.1")[2]
    with Receiver(answers(404, body=answer.encode())) as receiver:
        url = receiver.url.replace("/hook", target)
        attempt = sender().send(endpoint(url), message())
    assert "SECR" not in attempt.answer
    assert "hush%" not in attempt.answer
    assert "hush&hush" not in attempt.answer
    assert "…" in attempt.answer
    assert len(attempt.answer.encode()) <= 200


@pytest.mark.parametrize("name", [name for name, case in SICK.items() if case[1] is None])
def test_no_error_shows_the_address(name):
    with Receiver(SICK[name][0]) as receiver:
        attempt = sender().send(endpoint(receiver.url + "/T0/B0SECRET", timeout=0.2), message())
    assert "SECRET" not in repr(attempt)
    assert str(receiver.port) not in attempt.error


def test_the_environment_says_nothing(monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with Receiver(answers(200)) as receiver:
        assert sender().send(endpoint(receiver.url), message()).status == 200
    assert "authorization" not in receiver.requests[0].headers


def test_many_threads_share_a_sender():
    with Receiver(answers(200)) as receiver:
        ours, results = sender(), []

        def work(number):
            results.extend(
                ours.send(endpoint(receiver.url), message(f"{number}-{turn}")) for turn in range(20)
            )

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {each.status for each in results} == {200}
    assert len({each.headers["webhook-id"] for each in receiver.requests}) == 160
