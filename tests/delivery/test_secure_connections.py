"""TLS and proxies: certificates are verified for the name, and nothing takes longer than it may."""

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime

import pytest
import trustme

from tests.delivery.making import GRACE, TIMEOUTS, endpoint, message, sender
from tests.delivery.receivers import OK, Receiver, answers, dripping, raw

OLD = datetime(2001, 1, 1, tzinfo=UTC)
HANDSHAKE = bytes.fromhex("160303007a02000076")  # the beginning of a ServerHello


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    made = trustme.CA()
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    made.cert_pem.write_to_path(path)
    made.path = str(path)
    return made


def context(authority, *names, **rest):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **rest).configure_cert(made)
    return made


def to_loopback(name, port, **_):
    return socket.getaddrinfo("127.0.0.1", port, type=socket.SOCK_STREAM)


def test_a_valid_certificate_is_accepted_and_the_connection_kept(authority):
    with Receiver(answers(200), tls=context(authority, "127.0.0.1")) as receiver:
        ours = sender(ca_file=authority.path)
        for number in range(5):
            attempt = ours.send(endpoint(receiver.url, timeout=5.0), message(number))
            assert (attempt.status, attempt.answer) == (200, "ok")
        ours.close()
    assert receiver.connections == 1


def test_the_name_is_sent_and_verified_although_the_connection_goes_to_an_address(authority):
    seen = []
    tls = context(authority, "hooks.example.org")
    tls.sni_callback = lambda _, name, __: seen.append(name)
    with Receiver(answers(200), tls=tls) as receiver:
        url = f"https://hooks.example.org:{receiver.port}/hook"
        attempt = sender(ca_file=authority.path, look_up=to_loopback).send(
            endpoint(url, timeout=5.0), message()
        )
    assert attempt.status == 200
    assert seen == ["hooks.example.org"]
    assert receiver.requests[0].headers["host"] == f"hooks.example.org:{receiver.port}"


@pytest.mark.parametrize(
    ("names", "rest", "why"),
    [
        (["other.example.org"], {}, "mismatch"),
        (["127.0.0.1"], {}, "mismatch"),
        (["hooks.example.org"], {"not_before": OLD, "not_after": OLD}, "expired"),
    ],
)
def test_a_certificate_for_something_else_or_of_another_time_is_no_certificate(
    authority, names, rest, why
):
    with Receiver(answers(200), tls=context(authority, *names, **rest)) as receiver:
        url = f"https://hooks.example.org:{receiver.port}/hook"
        attempt = sender(ca_file=authority.path, look_up=to_loopback).send(
            endpoint(url, timeout=5.0), message()
        )
    assert attempt.status is None
    assert attempt.error.startswith("the certificate is not valid")
    assert why in attempt.error
    assert receiver.requests == []


def test_a_certificate_of_an_unknown_authority_is_no_certificate(authority):
    stranger = context(trustme.CA(), "127.0.0.1")
    for ours in (sender(ca_file=authority.path), sender()):
        with Receiver(answers(200), tls=stranger) as receiver:
            attempt = ours.send(endpoint(receiver.url, timeout=5.0), message())
        assert attempt.error.startswith("the certificate is not valid")
        assert receiver.requests == []


@pytest.mark.parametrize(
    ("behave", "error"),
    [
        (raw(b"", hang=True), "no TLS connection within {:g} s"),
        (dripping(HANDSHAKE + b"\0" * 1000), "no TLS connection within {:g} s"),
        (raw(OK, hang=True), "no TLS (wrong version number)"),
        (raw(b"SSH-2.0-OpenSSH_9.2\r\n", hang=True), "no TLS (wrong version number)"),
        (raw(b""), "the connection was closed without an answer"),
    ],
)
def test_a_handshake_that_hangs_drips_or_is_none_ends_in_time(authority, behave, error):
    for timeout in TIMEOUTS:
        with Receiver(behave, reads=False) as receiver:
            url = receiver.url.replace("http:", "https:")
            there = endpoint(url, timeout=timeout)
            attempt = sender(ca_file=authority.path).send(there, message())
        assert attempt.seconds < timeout + GRACE
        said = error.format(min(timeout, 5))  # the handshake has a limit of its own
        if attempt.error == said:
            break
    assert attempt.error == said


@pytest.mark.parametrize(
    ("behave", "status"),
    [
        (raw(b"", hang=True), None),
        (dripping(b"X" * 1000, b"HTTP/1.1 200 OK\r\n"), None),
        (dripping(b"X" * 1000, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"), 200),
        (raw(b"HTTP/1.1 200 OK\r\n\r\n", pour=b"x" * 100_000), 200),
        (raw(b"", pour=b"HTTP/1.1 100 Continue\r\n\r\n" * 100), None),
    ],
)
def test_the_limits_hold_below_tls_too(authority, behave, status):
    for timeout in TIMEOUTS:
        with Receiver(behave, tls=context(authority, "127.0.0.1")) as receiver:
            there = endpoint(receiver.url, timeout=timeout)
            attempt = sender(ca_file=authority.path).send(there, message())
        assert attempt.seconds < timeout + GRACE
        if attempt.status == status:
            break
    assert attempt.status == status
    assert receiver.sent < 8_000_000


def test_https_to_a_server_that_speaks_http_sends_nothing():
    with Receiver(answers(200)) as receiver:
        url = receiver.url.replace("http:", "https:")
        assert sender().send(endpoint(url), message()).status is None
    assert receiver.requests == []


# ---------------------------------------------------------------- proxies


def tunnel(receiver, connection, request):
    """Be a proxy: connect to the loopback port that was asked for, whatever its name."""
    connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
    port = int(request.line.split()[1].rpartition(b":")[2])
    with socket.create_connection(("127.0.0.1", port)) as other:

        def copy(source, target):
            with contextlib.suppress(OSError):  # one side has gone
                while piece := source.recv(65_536):
                    target.sendall(piece)

        threading.Thread(target=copy, args=(other, connection), daemon=True).start()
        copy(connection, other)


def test_a_configured_proxy_is_used_and_the_name_behind_it_verified(authority):
    tls = context(authority, "hooks.example.org")
    with Receiver(answers(200), tls=tls) as receiver, Receiver(tunnel) as proxy:
        url = f"https://hooks.example.org:{receiver.port}/hook"
        through = endpoint(
            url, timeout=5.0, proxy=f"http://me:pass@127.0.0.1:{proxy.port}", allow_private=False
        )
        ours = sender(ca_file=authority.path)
        assert [ours.send(through, message(n)).status for n in range(3)] == [200] * 3
        ours.close()
    assert proxy.connections == 1
    assert proxy.requests[0].line.startswith(b"CONNECT hooks.example.org:")
    assert proxy.requests[0].headers["proxy-authorization"] == "Basic bWU6cGFzcw=="
    assert "proxy-authorization" not in receiver.requests[0].headers


def test_a_proxy_gets_plain_http_with_the_whole_address():
    with Receiver(answers(200)) as proxy:
        through = endpoint("http://example.org/hook?a=1", proxy=f"http://127.0.0.1:{proxy.port}")
        assert sender().send(through, message()).status == 200
    assert proxy.requests[0].line == b"POST http://example.org/hook?a=1 HTTP/1.1"
    assert proxy.requests[0].headers["host"] == "example.org"


def test_a_proxy_that_is_a_server_with_tls(authority):
    tls = context(authority, "hooks.example.org", "127.0.0.1")
    with Receiver(answers(200), tls=tls) as receiver, Receiver(tunnel, tls=tls) as proxy:
        url = f"https://hooks.example.org:{receiver.port}/hook"
        through = endpoint(url, timeout=5.0, proxy=f"https://127.0.0.1:{proxy.port}")
        assert sender(ca_file=authority.path).send(through, message()).status == 200


@pytest.mark.parametrize(
    "behave",
    [
        raw(b"", hang=True),
        dripping(b"X" * 1000, b"HTTP/1.1 200 OK\r\n"),
        raw(b"HTTP/1.1 200 OK\r\n", pour=b"X: y\r\n" * 100),
        raw(b"HTTP/1.1 407 No\r\n\r\n"),
        raw(b"SSH-2.0-x\r\n", hang=True),
    ],
)
def test_a_sick_proxy_is_left_in_time(behave):
    with Receiver(behave) as proxy:
        through = endpoint(
            "https://example.org/", proxy=f"http://127.0.0.1:{proxy.port}", timeout=0.6
        )
        attempt = sender().send(through, message())
    assert attempt.status is None
    assert attempt.error
    assert attempt.seconds < GRACE
    assert not attempt.refused


def test_plain_http_goes_through_a_proxy_with_tls_too(authority):
    with Receiver(answers(200), tls=context(authority, "127.0.0.1")) as proxy:
        through = endpoint(
            "http://hooks.example.org/hook", timeout=20.0, proxy=f"https://127.0.0.1:{proxy.port}"
        )
        assert sender(ca_file=authority.path).send(through, message()).status == 200
        assert sender().send(through, message()).error.startswith("the certificate is not valid")
    assert proxy.requests[0].line == b"POST http://hooks.example.org/hook HTTP/1.1"


def test_a_proxy_of_another_kind_is_an_ordinary_failure():
    through = endpoint("https://example.org/", proxy="socks5h://u:SECRET@127.0.0.1:1080")
    attempt = sender().send(through, message())
    assert attempt.status is None
    assert attempt.error
    assert "SECRET" not in repr(attempt)


def test_what_stands_in_an_address_is_checked_in_front_of_a_proxy_too():
    with Receiver(answers(200)) as proxy:
        for host in ("127.0.0.1", "localhost", "[::1]", "0x7f.1", "169.254.169.254"):
            through = endpoint(
                f"http://{host}/", proxy=f"http://127.0.0.1:{proxy.port}", allow_private=False
            )
            assert sender().send(through, message()).refused
    assert proxy.requests == []
