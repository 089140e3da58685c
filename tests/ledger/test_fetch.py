"""Fetching from a real server on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from feedwright.errors import FeedUnavailableError
from feedwright.ledger.fetch import fetch

FEED = b"<rss/>" * 50


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/feed")
            self.end_headers()
        elif self.path == "/feed":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(FEED)
        else:
            self.send_error(404)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_feed_is_fetched_where_it_moved_to(server):
    assert fetch(f"{server}/moved") == (FEED, f"{server}/feed")


def test_an_answer_that_is_no_feed_is_told(server):
    with pytest.raises(FeedUnavailableError, match="the server answered 404"):
        fetch(f"{server}/nothing")


def test_a_feed_that_is_too_long_is_refused(server):
    with pytest.raises(FeedUnavailableError, match="longer than 100 bytes"):
        fetch(f"{server}/feed", max_bytes=100)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/",
        "http://[",
        "http://",
        "ftp://example.org/",
        "http://a..b/",
        "http://[::1]:99999/",
    ],
)
def test_an_address_that_cannot_be_fetched_is_told(address):
    with pytest.raises(FeedUnavailableError, match="cannot be fetched"):
        fetch(address, timeout=2)
