"""Crashes are tested by crashing: `kill -9` at every step that becomes durable or visible."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from xml.dom import minidom

import pytest

from feedwright.store.outbox import Outbox


def _die_at(number):
    """In a forked child: be killed at the given durable or visible step."""
    count = 0

    def counted(function):
        def step(*arguments, **options):
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return step

    os.fsync = counted(os.fsync)
    os.replace = counted(os.replace)
    os.unlink = counted(os.unlink)
    Outbox.prepare = counted(Outbox.prepare)
    Outbox.finish = counted(Outbox.finish)


def _build_and_die(site, number, now):
    """Return whether the build was killed before its end."""
    child = os.fork()
    if child == 0:
        _die_at(number)
        site.run("build", "--now", now)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def whole(site):
    for path, data in site.bytes().items():
        if ".feedwright-new" in path:
            continue
        if path.endswith(".xml"):
            minidom.parseString(data)
        elif path.endswith(".json"):
            json.loads(data)


def identities(site):
    lines = (site.root / "ledger.jsonl").read_text().splitlines()
    return {(row["path"], row["id"]) for row in map(json.loads, lines) if "feed" not in row}


def test_a_build_killed_at_any_step_is_completed_by_the_next(site):
    site.article("first", categories="[Sea]")
    site.configure("feeds:\n", "feeds:\n  - {name: category, per: category}\n")
    site.build()
    number = 0
    killed = True
    while killed:
        number += 1
        site.write(f"content/pasted-{number}.txt", f"Headline {number}\n\nText {number}.\n")
        later = f"2025-06-{1 + number // 24:02}T{number % 24:02}:00:00Z"
        known = site.ids()
        killed = _build_and_die(site, number, f"{later[:14]}10:00Z")
        whole(site)
        site.build(now=f"{later[:14]}20:00Z")
        whole(site)
        assert not [path for path in site.bytes() if ".feedwright-new" in path]
        assert known.items() <= site.ids().items()
        assert len(site.entries("atom.xml")) == number + 1
        assert site.build(now=f"{later[:14]}30:00Z").out == ""
    assert number > 12, "the child has to be killed at many steps"
    paths = [path for path, _ in identities(site)]
    assert len(paths) == len(set(paths))


@pytest.mark.slow
def test_ids_and_documents_survive_kills_at_random_moments(site):
    chance = random.Random(20)
    for name in range(60):
        site.article(f"a{name}", tags=f"[t{name % 7}]")
    site.configure("feeds:\n", "feeds:\n  - {name: tag, per: tag}\n")
    site.build()
    expected = site.ids("tag/t0/rss.xml") | site.ids()
    for turn in range(100):
        site.write(f"content/n{turn}.txt", f"News {turn}\n\nText {turn}.\n")
        site.article("a1", title="a1", body=f"Edit {turn}.", tags="[t1]")
        process = subprocess.Popen(
            [sys.executable, "-m", "feedwright", "-c", str(site.root / "config.yaml"), "build"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.05, 0.8))
        process.kill()
        process.wait()
        whole(site)
    assert site.run("build").code == 0
    whole(site)
    ids = site.listed(now="2099-01-01T00:00:00Z")
    assert len({record["id"] for record in ids.values()}) == 160
    assert {ids[f"{title}.md"]["id"] for title in expected} == set(expected.values())
    paths = [path for path, _ in identities(site)]
    assert len(identities(site)) == len(set(paths))
