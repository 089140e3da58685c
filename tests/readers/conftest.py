"""One web server for all tests of a worker."""

import os
from collections.abc import Iterator

import pytest

from tests.readers.serving import FeedServer, serving

# The copy of feedparser inside `reader` wants sgmllib, which feedparser has replaced since: use the
# feedparser that is installed.
os.environ["READER_NO_VENDORED_FEEDPARSER"] = "1"


@pytest.fixture(scope="session")
def server() -> Iterator[FeedServer]:
    with serving() as running:
        yield running
