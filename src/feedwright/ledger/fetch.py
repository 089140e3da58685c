"""The one door of requests: fetching a feed whose ids are to be taken over."""

import time
from typing import NamedTuple

import requests

from feedwright.errors import FeedUnavailableError

TIMEOUT = 30.0
"""Seconds, for connecting and between two answers; and four times that for all of it."""
MAX_BYTES = 50_000_000
_HEADERS = {
    "User-Agent": "feedwright",
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5",
}


class Fetched(NamedTuple):
    """A feed as served."""

    data: bytes
    address: str
    """After redirects."""


def fetch(address: str, *, timeout: float = TIMEOUT, max_bytes: int = MAX_BYTES) -> Fetched:
    """Fetch a feed over HTTP. Raises FeedUnavailableError, whatever went wrong."""
    until = time.monotonic() + 4 * timeout
    try:
        with requests.get(address, headers=_HEADERS, timeout=timeout, stream=True) as answer:
            if answer.status_code != requests.codes.ok:
                raise _failed(address, f"the server answered {answer.status_code}")
            pieces = []
            size = 0
            for piece in answer.iter_content(65_536):
                size += len(piece)
                if size > max_bytes:
                    raise _failed(address, f"it is longer than {max_bytes} bytes")
                if time.monotonic() > until:
                    raise _failed(address, f"it took longer than {4 * timeout:.0f} seconds")
                pieces.append(piece)
            return Fetched(b"".join(pieces), answer.url)
    except (requests.RequestException, ValueError) as error:  # urllib3's LocationParseError too
        raise _failed(address, str(error)) from error


def _failed(address: str, why: str) -> FeedUnavailableError:
    return FeedUnavailableError(
        f"{address}: cannot be fetched ({why}); save the feed to a file and import that"
    )
