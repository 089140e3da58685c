"""`kill -9` while publishing and while sending: no event is lost, and none has a second id."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict

import pytest

from tests.whole.receiving import notify, receiving, webhook
from tests.whole.test_notification import CONFIG, make_due, status

DIE = """
import os, signal, sys
count = 0
def counted(function):
    def step(*arguments, **options):
        global count
        count += 1
        if count == int(sys.argv[1]):
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return step
from feedwright.store.outbox import Outbox
from feedwright.store.deliveries import Deliveries
from feedwright.store.leases import Leases
from feedwright.delivery.sender import Sender
from feedwright import unchanged
for place, names in (
    (os, ("fsync", "replace", "unlink")),
    (Outbox, ("prepare", "finish")),
    (Leases, ("lease", "record")),
    (Deliveries, ("meet", "prune")),
    (Sender, ("send",)),
    (unchanged, ("remember", "renew_pending")),
):
    for name in names:
        setattr(place, name, counted(getattr(place, name)))
from feedwright.cli.main import run
sys.exit(run(sys.argv[2:]))
"""


def die(site, number, *arguments):
    """Run a command that is killed at a certain durable or visible step; return if it was."""
    command = [sys.executable, "-c", DIE, str(number), "-c", str(site.root / "config.yaml")]
    done = subprocess.run([*command, *arguments], capture_output=True, check=False)
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode == -9


def end_leases(site):
    """Let sixty seconds pass for what a killed worker had leased."""
    make_due(site)
    with sqlite3.connect(site.root / ".feedwright/outbox.sqlite") as database:
        database.execute("UPDATE delivery SET until = 0")
    database.close()


def told_ids(receiver, path="/news"):
    """Ids of the messages that told of each title, and the bodies of each id."""
    by_title, bodies = defaultdict(set), defaultdict(set)
    for got in receiver.of(path):
        assert got.verifies()
        bodies[got.id].add(got.body)
        entries = [got.data["entry"]] if "entry" in got.data else []
        for feed in got.data.get("feeds", []):
            if feed["name"] == "main":
                entries += feed.get("entries", {}).get("added", [])
        for entry in entries:
            by_title[entry["title"]].add(got.id)
    assert all(len(each) == 1 for each in bodies.values()), "the same bytes on every attempt"
    return by_title


@pytest.mark.slow
def test_an_event_is_told_by_one_id_wherever_the_build_is_killed(site):
    with receiving() as receiver:
        events = ["feed.updated"]
        hooks = (
            webhook(receiver, events=events),
            webhook(receiver, "entries", events=["entry.published"]),
        )
        site.write("config.yaml", CONFIG + notify(*hooks))
        site.article("first", categories="[Sea]")
        assert site.run("build").code == 0
        killed, number = True, 0
        while killed:
            number += 1
            site.article(f"n{number}", categories="[Sea]")
            killed = die(site, number, "build")
            assert site.run("build").code == 0
            end_leases(site)
            assert site.run("deliver").code == 0
            assert status(site)["all_delivered"] is True
        assert number > 25, "it has to be killed at many steps"
        wanted = {f"n{each}" for each in range(1, number + 1)}
        for path in ("/news", "/entries"):
            told = told_ids(receiver, path)
            assert set(told) == wanted
            assert {title: len(ids) for title, ids in told.items()} == dict.fromkeys(wanted, 1)


@pytest.mark.slow
def test_nothing_is_lost_in_a_hundred_kills_at_random_moments(site):
    chance = random.Random(4)
    with receiving() as receiver:

        def answer(got):
            time.sleep(chance.choice((0, 0, 0.05, 0.3)))
            return chance.choice((204, 204, 200, 500, 503))

        receiver.answer = answer
        hooks = [webhook(receiver), webhook(receiver, "entries", events=["entry.published"])]
        config = CONFIG.replace('path: ""}', 'path: "", limit: 0}')
        site.write("config.yaml", config + notify(*hooks))
        site.article("first")
        receiver.answer = lambda got: 204
        assert site.run("build").code == 0
        receiver.answer = answer
        for turn in range(100):
            site.article(f"n{turn}", categories=f"[c{turn % 5}]")
            commands = [["build"]] if turn % 3 else [["build"], ["deliver", "--drain"]]
            if turn % 7 == 0:
                commands = [["build", "--hold"]]
            running = [
                subprocess.Popen(
                    [sys.executable, "-m", "feedwright", "-c", site.root / "config.yaml", *command],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                for command in commands
            ]
            time.sleep(chance.uniform(0.15, 0.7))
            for process in running:
                process.kill()
                process.wait()
            if turn % 10 == 0:
                end_leases(site)
        receiver.answer = lambda got: 204
        assert site.run("build").code == 0
        for _ in range(20):
            end_leases(site)
            assert site.run("deliver", "--drain").code == 0
            if status(site)["all_delivered"]:
                break
        assert status(site)["all_delivered"] is True
        for path in ("/news", "/entries"):
            told = told_ids(receiver, path)
            assert [title for title, ids in told.items() if len(ids) > 1] == []
        assert set(told) == {f"n{turn}" for turn in range(100)}
        added = {got.id: got.data["feeds"][0]["counts"]["added"] for got in receiver.of("/news")}
        assert sum(added.values()) == 101, "lists are cut at 50 entries, counts are not"


@pytest.mark.slow
def test_builds_and_deliverers_at_once_tell_everything_and_lose_nothing(site):
    with receiving() as receiver:
        site.write("config.yaml", CONFIG + notify(webhook(receiver)))
        site.article("first")
        assert site.run("build").code == 0
        command = [sys.executable, "-m", "feedwright", "-c", str(site.root / "config.yaml")]
        followers = [subprocess.Popen([*command, "deliver", "--follow"]) for _ in range(2)]
        try:
            for turn in range(10):
                site.article(f"n{turn}")
                builds = [
                    subprocess.Popen([*command, "build", "--wait-lock"], stdout=subprocess.DEVNULL)
                    for _ in range(3)
                ]
                assert [build.wait(60) for build in builds] == [0, 0, 0]
        finally:
            for process in followers:
                process.terminate()
        assert [process.wait(30) for process in followers] == [0, 0]
        assert site.run("deliver").code == 0
        told = told_ids(receiver)
        assert {title: len(ids) for title, ids in told.items()} == {
            f"n{turn}": 1 for turn in range(10)
        }
        ids = [got.id for got in receiver.got]
        assert len(ids) == len(set(ids)), "two workers never share a lease"
        assert os.path.exists(site.root / ".feedwright/outbox.sqlite")
