"""What stands on a subscriber's screen: titles, authors, dates, enclosures, links."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from tests.readers.serving import TYPES, FeedServer, File, Snapshot
from tests.readers.shown import Reader, Shown
from tests.readers.subscriptions import SUBSCRIPTIONS, Subscription
from tests.whole.conftest import WholeSite

FERRY = """\
---
title: The ferry
date: 2025-04-30
---
It sails.
"""
SALT = """\
---
title: '<b>Salt</b> &amp; "light" – 5 < 6, it''s `<main>` & <i>more</i> &copy;'
date: 2025-05-02T10:30:00+02:00
author: [Ann Lee, Bob O'Hara]
tags: [sea, "salt & light"]
---
See [the ferry](ferry.md), [about](/about?a=1&b=2), [a part](#part), [next](../next/),
<a href="//cdn.example/x">more</a>, [mail](mailto:ann@example.org).

![A view](view.png "View <1>") and <img src="/tide.png" srcset="/tide.png 1x, big.png 2x" alt="">

    if x < y && z: print("&amp;")
"""
CAFE = """\
---
title: مقهى الميناء يفتح «قبل» الفجر
date: 2025-05-03
author: سلمى حدّاد
lang: ar
---
عاد المقهى الصغير إلى <b>موعده</b> القديم.
"""
SIGNAL = """\
---
title: "Listen: the signal’s last blast 🌊"
date: 2025-05-04T23:59:59Z
author: Ann Lee
enclosure: signal.mp3
---
Listen.
"""
TITLES = (
    "Listen: the signal’s last blast 🌊",
    "مقهى الميناء يفتح «قبل» الفجر",
    'Salt & "light" – 5 < 6, it\'s <main> & more ©',
    "The ferry",
)
LINKS = {
    "https://example.org/2025/04/ferry/",
    "https://example.org/about?a=1&b=2",
    "https://example.org/2025/05/salt/#part",
    "https://example.org/2025/05/next/",
    "https://cdn.example/x",
    "mailto:ann@example.org",
}
IMAGES = {"https://example.org/2025/05/salt/view.png", "https://example.org/tide.png"}


@cache
def _snapshot() -> Snapshot:
    with tempfile.TemporaryDirectory() as folder:
        site = WholeSite(Path(folder))
        texts = {"ferry": FERRY, "salt": SALT, "cafe": CAFE, "signal": SIGNAL}
        for name, text in texts.items():
            site.write(f"content/{name}.md", text)
        site.write("content/signal.mp3", b"ID3" + bytes(1000))
        site.build()
        return {name: File((site.feeds / name).read_bytes(), 1_748_779_200) for name in TYPES}


@pytest.fixture(params=SUBSCRIPTIONS)
def shown(
    request: pytest.FixtureRequest, server: FeedServer, tmp_path: Path
) -> Iterator[tuple[type[Reader], list[Shown]]]:
    """What a reader shows of a new subscription, newest first."""
    subscription: Subscription = request.param
    server.publish(_snapshot())
    with closing(subscription.begin(server, tmp_path)) as reader:
        yield subscription.kind, reader.poll()


def test_readers_show_what_was_meant(shown: tuple[type[Reader], list[Shown]]) -> None:
    kind, articles = shown
    signal, cafe, salt, ferry = articles
    assert tuple(one.title for one in articles) == TITLES
    assert [one.link for one in articles] == [
        f"https://example.org/2025/{tail}/"
        for tail in ("05/signal", "05/cafe", "05/salt", "04/ferry")
    ]
    assert [one.id for one in articles] == [one.link for one in articles]

    assert (signal.authors, cafe.authors) == (("Ann Lee",), ("سلمى حدّاد",))
    assert ferry.authors == ("Harbour Light",)
    # Some show only the first or the last of several.
    assert salt.authors
    assert set(", ".join(salt.authors).split(", ")) <= {"Ann Lee", "Bob O'Hara"}

    assert signal.published == datetime(2025, 5, 4, 23, 59, 59, tzinfo=UTC)
    assert salt.published == datetime(2025, 5, 2, 8, 30, tzinfo=UTC)
    if "enclosure" in kind.shows:
        assert [one.enclosure for one in articles] == [
            "https://example.org/2025/05/signal/signal.mp3", "", "", ""
        ]  # fmt: skip


def test_readers_hold_content_whose_links_lead_somewhere(
    shown: tuple[type[Reader], list[Shown]],
) -> None:
    _, (_, cafe, salt, _) = shown
    page = html.fromstring(salt.content)
    addresses = {address for _, _, address, _ in page.iterlinks()}
    assert addresses >= LINKS | IMAGES
    assert all(urlsplit(address).scheme in {"https", "mailto"} for address in addresses)
    for srcset in page.xpath("//@srcset"):  # several sanitize it away
        assert (
            srcset == "https://example.org/tide.png 1x, https://example.org/2025/05/salt/big.png 2x"
        )
    assert page.xpath("//pre")[0].text_content().strip() == 'if x < y && z: print("&amp;")'
    assert "إلى" in html.fromstring(cafe.content).text_content()
