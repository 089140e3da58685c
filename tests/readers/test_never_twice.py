"""The second promise, asked of the readers themselves: nobody sees an article twice."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.readers.lives import BASE, LIVES, Step, snapshots
from tests.readers.serving import FeedServer
from tests.readers.shown import Reader, Shown
from tests.readers.subscriptions import SUBSCRIPTIONS, Subscription


def _titles(shown: Sequence[Shown]) -> list[str]:
    return sorted(one.title for one in shown)


def _expected(step: Step, kind: type[Reader]) -> list[str]:
    return sorted(step.new + (step.relabelled if kind.keys_on_title_and_link else ()))


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("subscription", SUBSCRIPTIONS)
def test_a_reader_shows_each_article_once(
    subscription: Subscription, life: str, server: FeedServer, tmp_path: Path
) -> None:
    with closing(subscription.begin(server, tmp_path)) as reader:
        for number, (step, snapshot) in enumerate(zip(LIVES[life], snapshots(life), strict=True)):
            server.publish(snapshot)
            assert _titles(reader.poll()) == _expected(step, subscription.kind), number
            assert server.statuses, number


@pytest.mark.parametrize("life", [name for name, steps in LIVES.items() if steps[1].still])
@pytest.mark.parametrize(
    "subscription", [one for one in SUBSCRIPTIONS if one.values[0].kind.conditional]
)
def test_a_feed_without_changes_is_not_sent_again(
    subscription: Subscription, life: str, server: FeedServer, tmp_path: Path
) -> None:
    with closing(subscription.begin(server, tmp_path)) as reader:
        server.publish(snapshots(life)[0])
        reader.poll()
        reader.poll()  # newsboat keeps no validators of the very first answer
        for number, (step, snapshot) in enumerate(zip(LIVES[life], snapshots(life), strict=True)):
            server.publish(snapshot)
            reader.poll()
            unchanged = step.still or number == 0
            assert set(server.statuses) == ({304} if unchanged else {200}), number


@pytest.mark.parametrize("subscription", SUBSCRIPTIONS)
def test_the_newest_article_is_shown_first(
    subscription: Subscription, server: FeedServer, tmp_path: Path
) -> None:
    first, second = snapshots("a date is edited, and with it the order")
    with closing(subscription.begin(server, tmp_path)) as reader:
        server.publish(first)
        assert tuple(one.title for one in reader.poll()) == BASE
    with closing(subscription.begin(server, tmp_path / "later")) as reader:
        server.publish(second)
        letter, *others = BASE
        assert [one.title for one in reader.poll()] == [letter, others[-1], *others[:-1]]


@pytest.mark.parametrize("life", ["the feeds are lost", "the feeds and the state are lost"])
def test_lost_documents_come_back_byte_for_byte(life: str) -> None:
    before, after = snapshots(life)
    assert {name: file.data for name, file in before.items()} == {
        name: file.data for name, file in after.items()
    }
