"""Addresses in every disguise, and names that resolve to them."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.delivery.addresses import refused, refused_address, refused_host
from feedwright.delivery.resolving import Resolver
from tests.delivery.making import GRACE, endpoint, message, sender
from tests.delivery.receivers import Receiver, answers

HERE = Path(__file__).parent
DISGUISED = (HERE / "hosts-disguised.txt").read_text().split()

PUBLIC = (HERE / "hosts-public.txt").read_text().split()


@pytest.mark.parametrize("host", DISGUISED)
def test_an_address_of_ours_is_refused_in_every_disguise(host):
    assert refused_host(host)
    with Receiver(answers(200)) as receiver:
        attempt = sender().send(
            endpoint(f"http://{host}:{receiver.port}/", allow_private=False), message()
        )
    assert attempt.refused
    assert attempt.error
    assert receiver.connections == 0


@pytest.mark.parametrize("host", PUBLIC)
def test_public_hosts_are_not_refused(host):
    assert not refused_host(host)


@pytest.mark.parametrize("digits", ["\uff11\uff12\uff17.\uff10.\uff10.\uff11", "①②⑦.⓪.⓪.①"])
def test_other_digits_are_no_way_round(digits):
    with Receiver(answers(200)) as receiver:
        url = f"http://{digits}:{receiver.port}/"
        attempt = sender().send(endpoint(url, allow_private=False), message())
    assert attempt.status is None
    assert receiver.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org\\@127.0.0.1:{port}/",
        "http://example.org@127.0.0.1:{port}/",
        "http://example.org#@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}#@example.org/",
        "http://127.0.0.1:{port}?@example.org/",
        "http://example.org:80@127.0.0.1:{port}/",
        "http:127.0.0.1:{port}",
        "http:///127.0.0.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://127.0.0.1%2f@example.org:{port}/",
        "//127.0.0.1:{port}/",
        "ftp://127.0.0.1:{port}/",
        "file:///etc/passwd",
        "http://",
        "",
        "http://[::1",
        "http://127.0.0.1:{port}:80/",
        "http://127.0.0.1:99999/",
    ],
)
def test_addresses_that_are_read_in_two_ways_reach_nobody_of_ours(url):
    def nowhere(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with Receiver(answers(200)) as receiver:
        url = url.format(port=receiver.port)
        attempt = sender(look_up=nowhere).send(endpoint(url, allow_private=False), message())
    assert attempt.status is None
    assert receiver.connections == 0


@settings(deadline=None, max_examples=300)
@given(st.ip_addresses(network="127.0.0.0/8") | st.ip_addresses(network="10.0.0.0/8"))
def test_a_private_address_stays_one_whatever_it_is_wrapped_in(address):
    number = int(address)
    high, low = number >> 16, number & 0xFFFF
    for text in (
        str(address),
        f"::ffff:{address}",
        f"::{high:x}:{low:x}",
        f"64:ff9b::{high:x}:{low:x}",
        f"2002:{high:x}:{low:x}::",
        f"2a00::5efe:{high:x}:{low:x}",
    ):
        assert refused_address(text), text
    for text in (str(number), hex(number), f"0{number:o}", f"{number >> 24}.{number & 0xFFFFFF}"):
        assert refused_host(text), text


@settings(deadline=None, max_examples=300)
@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_what_python_calls_private_is_never_let_through(address):
    if not address.is_global or address.is_multicast:
        assert refused_address(str(address))


def test_one_bad_address_spoils_a_name():
    assert refused(["8.8.8.8", "10.0.0.1"])
    assert not refused(["8.8.8.8", "2606:4700::1111"])


def names(**table):
    """Return a look-up that answers from a table; each look-up takes the next answer."""
    asked = []

    def look_up(host, port, **_):
        asked.append(host)
        answer = table[host.partition(".")[0]]
        found = answer[min(len(asked), len(answer)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    look_up.asked = asked
    return look_up


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["10.0.0.1"]]
)
def test_a_name_that_resolves_to_an_address_of_ours_is_refused(answer):
    with Receiver(answers(200)) as receiver:
        url = f"http://evil.example.org:{receiver.port}/"
        attempt = sender(look_up=names(evil=[answer])).send(
            endpoint(url, allow_private=False), message()
        )
    assert attempt.refused
    assert "is not public" in attempt.error
    assert receiver.connections == 0


def test_a_name_is_looked_up_once_so_that_another_answer_gains_nothing(monkeypatch):
    connected = []

    def connect(self, address):
        connected.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("feedwright.delivery.connections._Socket.connect", connect, raising=False)
    look_up = names(evil=[["8.8.8.8"], ["127.0.0.1"]])
    ours = sender(look_up=look_up)
    url = endpoint("http://evil.example.org/", allow_private=False)
    assert ours.send(url, message()).error == "the connection was refused"
    assert connected == ["8.8.8.8"]
    assert look_up.asked == ["evil.example.org"]
    assert ours.send(url, message()).refused
    assert connected == ["8.8.8.8"]


def test_private_addresses_are_reached_where_they_are_allowed():
    with Receiver(answers(200)) as receiver:
        url = f"http://localhost:{receiver.port}/"
        assert (
            sender(look_up=names(localhost=[["127.0.0.1"]])).send(endpoint(url), message()).status
            == 200
        )


def test_http_is_refused_unless_it_is_allowed():
    with Receiver(answers(200)) as receiver:
        attempt = sender().send(endpoint(receiver.url, allow_http=False), message())
    assert attempt.refused
    assert "allow_http" in attempt.error
    assert receiver.connections == 0


def test_the_next_address_is_tried_when_the_first_is_dead():
    with Receiver(answers(200)) as receiver:
        look_up = names(two=[["127.0.0.2", "127.0.0.1"]])
        url = f"http://two.example.org:{receiver.port}/"
        assert sender(look_up=look_up).send(endpoint(url), message()).status == 200


# ---------------------------------------------------------------- names


def test_a_look_up_that_hangs_ends_in_time_and_takes_one_thread():
    release = threading.Event()

    def hangs(*_, **__):
        release.wait(30)
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    ours = sender(look_up=hangs)
    before = threading.active_count()
    for _ in range(3):
        attempt = ours.send(endpoint("http://slow.example.org/", timeout=0.2), message())
        assert attempt.error == "the name was not resolved within 0.2 s"
        assert attempt.seconds < GRACE
    assert threading.active_count() == before + 1
    release.set()


def test_many_names_that_hang_do_not_take_many_threads():
    release = threading.Event()
    resolver = Resolver(lambda *_, **__: release.wait(30) or [])
    before = threading.active_count()
    for number in range(100):
        with pytest.raises(TimeoutError):
            resolver.addresses(f"{number}.example.org", 80, 0.001)
    assert threading.active_count() - before <= 64
    release.set()


def test_many_names_at_once_wait_for_one_another():
    together = threading.Barrier(64)

    def look_up(host, port, **_):
        together.wait(30)
        return socket.getaddrinfo("127.0.0.1", port, type=socket.SOCK_STREAM)

    resolver = Resolver(look_up)
    with ThreadPoolExecutor(128) as crew:
        searches = [
            crew.submit(resolver.addresses, f"{number}.example.org", 80, 60)
            for number in range(128)
        ]
        assert all(each.result()[0].sockaddr[0] == "127.0.0.1" for each in searches)


def test_a_name_without_an_address_is_an_ordinary_failure():
    def nothing(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    attempt = sender(look_up=nothing).send(endpoint("http://x.example.org/"), message())
    assert attempt.error == "the name cannot be resolved (Name or service not known)"
    assert not attempt.refused
    empty = sender(look_up=lambda *_, **__: []).send(endpoint("http://x.example.org/"), message())
    assert not empty.refused
    assert empty.error.startswith("the name cannot be resolved")


def test_a_name_that_is_none_is_an_ordinary_failure():
    attempt = sender().send(endpoint(f"http://{'x' * 70}.example.org/"), message())
    assert attempt.status is None


def test_numbers_need_no_look_up():
    def never(*_, **__):
        raise AssertionError

    assert Resolver(never).addresses("127.0.0.1", 80, 1)[0].sockaddr == ("127.0.0.1", 80)
    assert Resolver(never).addresses("::1", 80, 1)[0].sockaddr[0] == "::1"
