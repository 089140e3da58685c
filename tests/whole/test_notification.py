"""Whole sites that tell a receiver what they published."""

import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import jsonschema
import pytest

from feedwright import deliver, unchanged
from feedwright.cli.deliver import Stop
from feedwright.cli.main import run
from feedwright.delivery import policy
from feedwright.delivery.sender import Sender
from feedwright.errors import WriteError
from feedwright.site import Site
from feedwright.store.leases import Leases
from tests.notify.facts import SCHEMA
from tests.whole.receiving import OTHER, SECRET, notify, receiving, webhook

CONFIG = """\
site: {title: Harbour Light, url: "https://example.org/", author: {name: Harbour Light}}
feeds:
  - {name: main, path: ""}
  - {name: category, per: category}
"""


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.fixture
def told(site, receiver):
    """A site whose first publication was told."""
    configure(site, webhook(receiver))
    site.article("first", categories="[Sea]")
    site.run("build")
    receiver.got.clear()
    return site


def configure(site, *webhooks, **options):
    site.write("config.yaml", CONFIG + notify(*webhooks, **options))


def listed(site, *arguments):
    done = site.run("deliveries", "list", "--json", *arguments)
    assert done.code == 0, done
    return json.loads(done.out)


def states(site):
    return [each["state"] for each in listed(site)]


def status(site):
    return json.loads(site.run("status", "--json").out)["deliveries"]


def make_due(site):
    """Let the time of every retry come."""
    with sqlite3.connect(site.root / ".feedwright/outbox.sqlite") as database:
        database.execute("UPDATE delivery SET due = 0 WHERE state = 'pending'")
        database.execute("UPDATE endpoint SET pause_until = 0")
    database.close()
    (site.root / ".feedwright/unchanged").unlink(missing_ok=True)


def command(site, *arguments, **variables):
    return subprocess.Popen(
        [sys.executable, "-m", "feedwright", "-c", str(site.root / "config.yaml"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | variables,
    )


def wait_until(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


# ---------------------------------------------------------------- what is told


def test_the_first_publication_is_told_by_counts_alone(site, receiver):
    events = ["feed.updated", "entry.published"]
    configure(site, webhook(receiver, events=events))
    site.article("a", categories="[Sea]")
    assert site.run("build").code == 0
    (got,) = receiver.got
    assert got.verifies()
    assert got.headers["content-type"] == "application/json"
    assert got.headers["user-agent"].startswith("Feedwright/")
    assert [feed["name"] for feed in got.data["feeds"]] == ["main", "category/sea"]
    assert all("entries" not in feed for feed in got.data["feeds"])
    assert got.data["feeds"][0]["counts"] == {"added": 1, "updated": 0, "removed": 0}


def test_a_build_tells_what_was_added_updated_and_removed(told, receiver):
    told.article("stays")
    told.article("goes")
    told.run("build")
    receiver.got.clear()
    told.article("new", "New & <b>bold</b>", categories="[Sea]")
    told.article("stays", body="Other words.")
    (told.root / "content/goes.md").unlink()
    told.run("build")
    (got,) = receiver.got
    jsonschema.Draft202012Validator(SCHEMA).validate(got.json)
    assert got.titles() == ["New & bold"]
    assert got.titles("updated") == ["stays"]
    assert got.titles("removed") == ["goes"]
    assert got.titles(feed="category/sea") == ["New & bold"]
    (document, *_) = got.data["feeds"][0]["documents"]
    assert document["url"] == "https://example.org/feeds/rss.xml"


def test_the_documents_told_are_those_on_disk(told, receiver):
    told.article("b")
    told.run("build")
    (got,) = receiver.got
    for document in got.data["feeds"][0]["documents"]:
        path = told.feeds / document["url"].removeprefix("https://example.org/feeds/")
        assert hashlib.sha256(path.read_bytes()).hexdigest() == document["sha256"]


def test_entry_events_speak_of_the_site_not_of_a_window(site, receiver):
    config = CONFIG.replace('path: ""}', 'path: "", limit: 1}')
    events = ["entry.published", "entry.updated", "entry.removed"]
    hooks = notify(webhook(receiver, events=events))
    site.write("config.yaml", config + hooks)
    site.article("a", date="2024-05-03")
    site.run("build")
    site.article("old", date="2020-01-01", author="Ada <ada@example.org>", tags="[x, y]")
    site.run("build")
    site.article("old", date="2020-01-01", body="Newer words.")
    site.run("build")
    (site.root / "content/old.md").unlink()
    site.run("build")
    published, updated, removed = receiver.got
    for got in receiver.got:
        jsonschema.Draft202012Validator(SCHEMA).validate(got.json)
        assert got.data["entry"]["id"] == published.data["entry"]["id"]
    assert published.type == "entry.published"
    entry = published.data["entry"]
    assert entry["authors"] == [{"name": "Ada"}]
    assert entry["tags"] == ["x", "y"]
    assert entry["summary"] == "Words of old."
    assert entry["feeds"] == ["main"]
    assert updated.type == "entry.updated"
    assert updated.data["entry"]["summary"] == "Newer words."
    assert removed.type == "entry.removed"
    assert set(removed.data["entry"]) == {"id", "url", "title", "when"}
    sequences = [got.data["sequence"] for got in receiver.got]
    assert sequences == sorted(set(sequences))


def test_what_is_no_news_is_not_told(told, receiver):
    before = listed(told)
    told.configure("title: Harbour Light", "title: Harbour Lights")
    assert "written" in told.run("build").out  # documents changed, entries did not
    told.article("first", categories="[Sea]", body="Words of first!", minor="true")
    told.run("build")
    assert receiver.got == []
    assert listed(told) == before


def test_lost_state_and_documents_are_written_anew_and_nobody_is_told(told, receiver):
    shutil.rmtree(told.feeds)
    shutil.rmtree(told.root / ".feedwright")
    told.run("build")
    assert (told.feeds / "rss.xml").exists()
    assert receiver.got == []
    last = 0
    for name in ("b", "c"):
        shutil.rmtree(told.root / ".feedwright")
        told.article(name)
        told.run("build")
        sequence = receiver.got[-1].data["sequence"]
        assert sequence > last
        last = sequence
        time.sleep(1.1)


def test_no_notify_makes_no_event_then_or_later(told, receiver):
    told.article("quiet")
    told.run("build", "--no-notify")
    told.article("loud")
    told.run("build")
    (got,) = receiver.got
    assert got.titles() == ["loud"]


def test_the_publication_after_an_import_is_told_by_counts_alone(told, receiver):
    told.article("imported")
    rss = (
        '<rss version="2.0"><channel><title>x</title><link>https://example.org/</link>'
        "<description>x</description><item><title>imported</title><guid>tag:old,2020:1</guid>"
        "<link>https://example.org/2024/05/imported/</link></item></channel></rss>"
    )
    told.write("old.xml", rss)
    assert told.run("ledger", "import", str(told.root / "old.xml")).code == 0
    told.article("beside")
    told.run("build")
    told.article("later")
    told.run("build")
    first, second = receiver.got
    assert "entries" not in first.data["feeds"][0]
    assert second.titles() == ["later"]


# ---------------------------------------------------------------- when it is told


def test_a_failing_receiver_fails_no_build_and_gets_the_same_message_again(told, receiver):
    receiver.status = 500
    told.article("b")
    assert told.run("build").code == 0
    (row,) = listed(told, "--state", "pending")
    assert (row["attempts"], row["last_status"]) == (1, 500)
    assert "500" in row["last_error"]
    assert set(row) == {
        *("id", "message_id", "type", "endpoint", "state", "attempts"),
        *("due", "last_status", "last_error"),
    }
    assert datetime.fromisoformat(row["due"])
    receiver.status = 204
    make_due(told)
    told.run("build")
    first, second = receiver.got
    assert first.id == second.id
    assert first.body == second.body
    assert states(told)[0] == "delivered"
    assert status(told)["all_delivered"] is True


def test_a_receiver_that_was_down_hears_all_of_it_at_once_when_it_is_back(site):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with receiving() as other:
        other.url = f"http://127.0.0.1:{port}"
        configure(site, webhook(other))
        site.article("a")
        site.run("build")  # tried: never changes again
        for name in "bc":
            site.article(name)
            site.run("build")
        assert states(site) == ["pending"] * 3
        assert "refused" in listed(site)[0]["last_error"]
    with receiving(port) as back:
        make_due(site)
        site.run("deliver")
        assert len(back.got) == 3
        assert set(states(site)) == {"delivered"}


def test_messages_that_were_never_tried_collapse_into_the_newest(told, receiver):
    configure(told, webhook(receiver), send_within="0s")
    for name in "bcd":
        told.article(name)
        assert told.run("build").code == 0
    (row,) = listed(told, "--state", "pending")
    assert receiver.got == []
    told.article("b", body="Changed.")
    told.run("build")
    (newer,) = listed(told, "--state", "pending")
    assert newer["message_id"] != row["message_id"]
    told.run("deliver")
    (got,) = receiver.got
    assert got.id == newer["message_id"]
    assert sorted(got.titles()) == ["b", "c", "d"]
    assert got.titles("updated") == []


def test_held_messages_wait_for_a_drain(told, receiver):
    told.article("held")
    assert "held: 1 messages wait" in told.run("build", "--hold").out
    assert states(told)[0] == "waiting"
    assert status(told)["endpoints"][0]["held"] == 1
    told.article("sent")
    told.run("build")
    told.run("deliver")
    (got,) = receiver.got
    assert got.titles() == ["sent"]
    assert told.run("deliver", "--drain").code == 0
    assert receiver.got[-1].titles() == ["held"]
    assert set(states(told)) == {"delivered"}


def test_a_drained_message_that_failed_is_tried_again_by_the_next_build(told, receiver):
    receiver.status = 500
    told.article("held")
    told.run("build", "--hold")
    told.run("deliver", "--drain")
    receiver.status = 204
    make_due(told)
    told.run("build")
    assert states(told)[0] == "delivered"


def test_an_unchanged_site_sends_when_a_message_is_due_and_only_then(told, receiver, monkeypatch):
    # A delay that no run of a busy machine lasts.
    monkeypatch.setattr(policy, "DELAYS", (timedelta(minutes=10),) * 9)
    receiver.status = 500
    old = time.time() - 100
    for path in told.root.rglob("*"):
        os.utime(path, (old, old))
    told.article("b")
    told.run("build")
    time.sleep(2.1)  # or what was just written is not trusted
    told.run("build")
    config = str(told.root / "config.yaml")
    assert unchanged.answer(["-c", config, "build"], time.time())[0] == 0
    assert unchanged.answer(["-c", config, "build"], time.time() + 700)[0] is None
    row = listed(told, "--state", "pending")[0]
    told.run("deliveries", "retry", str(row["id"]))
    assert unchanged.answer(["-c", config, "build"], time.time() + 1)[0] is None
    receiver.status = 204
    monkeypatch.setattr("feedwright.survey.run.identify", lambda *_: pytest.fail("it reads"))
    assert told.run("build").code == 0
    assert len(receiver.got) == 2
    assert unchanged.answer(["-c", config, "build"], time.time() + 10_000)[0] == 0


def test_with_no_time_to_send_a_build_leaves_it_all_to_deliver(told, receiver):
    configure(told, webhook(receiver), send_within="0s")
    told.article("b")
    told.run("build")
    told.run("build")
    assert receiver.got == []
    assert told.run("deliver").code == 0
    assert receiver.got[-1].titles() == ["b"]


def test_a_refused_build_still_tells_of_what_was_published_before(told, receiver):
    receiver.status = 500
    told.article("b")
    told.run("build")
    receiver.status = 204
    make_due(told)
    (told.root / "content").rename(told.root / "content.away")
    assert told.run("build").code == 3
    assert states(told)[0] == "delivered"


# ---------------------------------------------------------------- endpoints


def test_410_disables_an_endpoint_and_a_test_enables_it(told, receiver):
    receiver.status = 410
    told.article("b")
    done = told.run("build")
    assert done.code == 0
    assert "news: disabled: it answered 410" in done.err
    told.article("c")
    assert told.run("build").err == ""
    assert len(receiver.got) == 1, "nothing is sent after a 410"
    (endpoint,) = status(told)["endpoints"]
    assert "410" in endpoint["disabled"]
    assert "webhook test news" in endpoint["disabled"]
    assert endpoint["waiting"] == 2
    done = told.run("webhook", "test", "news")
    assert done.code == 1
    assert "stays disabled" in done.out
    receiver.status = 200
    done = told.run("webhook", "test", "news")
    assert done.code == 0
    assert "enabled again" in done.out
    assert receiver.got[-1].type == "webhook.test"
    assert receiver.got[-1].verifies()
    jsonschema.Draft202012Validator(SCHEMA).validate(receiver.got[-1].json)
    told.run("deliver")
    assert sorted(got.titles()[0] for got in receiver.got[-2:]) == ["b", "c"]
    assert status(told)["all_delivered"] is True


def test_retry_after_pauses_the_whole_endpoint(told, receiver):
    receiver.status, receiver.headers = 429, {"Retry-After": "100"}
    told.article("b")
    told.run("build")
    told.article("c")
    told.run("build")
    assert len(receiver.got) == 1
    assert status(told)["endpoints"][0]["paused_until"] is not None


def test_a_secret_is_replaced_without_a_gap(told, receiver):
    configure(told, webhook(receiver, secret=[OTHER, SECRET]))
    told.article("b")
    told.run("build")
    (got,) = receiver.got
    assert got.verifies(SECRET)
    assert got.verifies(OTHER)


def test_a_variable_that_is_not_set_lets_messages_wait_for_it(told, receiver, monkeypatch):
    configure(told, webhook(receiver, url="${NEWS_URL}"))
    monkeypatch.delenv("NEWS_URL", raising=False)
    told.article("b")
    done = told.run("build")
    assert done.code == 0
    assert "NEWS_URL is not set" in done.err
    assert states(told)[0] == "waiting"
    assert "NEWS_URL" in status(told)["endpoints"][0]["disabled"]
    assert told.run("webhook", "test", "news").code == 2
    monkeypatch.setenv("NEWS_URL", f"{receiver.url}/news")
    told.run("build")
    assert receiver.got[-1].titles() == ["b"]


def test_an_address_that_is_not_allowed_is_told_before_anything_is_published(told, receiver):
    for allowed in ("allow_http", "allow_private"):
        configure(told, webhook(receiver, **{allowed: False}))
        told.article("b")
        done = told.run("build")
        assert done.code == 2
        assert f"{allowed}: true" in done.err
    assert len(told.entries()) == 1
    assert receiver.got == []


def test_a_name_that_leads_into_a_private_network_is_refused_when_it_is_looked_up(
    told, receiver, monkeypatch
):
    (defaults,) = [Sender.__init__.__kwdefaults__]
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", receiver.port))]
    monkeypatch.setitem(defaults, "look_up", lambda *_, **__: here)
    url = f"http://hooks.example.net:{receiver.port}/"
    configure(told, webhook(receiver, url=url, allow_private=False))
    told.article("b")
    done = told.run("build")
    assert done.code == 0
    assert "refused (127.0.0.1 is not public: loopback" in done.err
    (row,) = listed(told, "--state", "refused")
    assert row["last_error"] == "127.0.0.1 is not public: loopback"
    assert receiver.got == []
    configure(told, webhook(receiver, url=url))
    assert told.run("deliveries", "retry", "--endpoint", "news").code == 0
    told.run("build")
    assert [got.titles() for got in receiver.got] == [["b"]]


def test_an_endpoint_that_was_taken_out_is_named_in_status(told, receiver):
    receiver.status = 500
    told.article("b")
    told.run("build")
    configure(told)
    assert listed(told)[0]["state"] == "waiting"
    out = told.run("status").out
    assert "not in the configuration" in out
    assert told.run("deliveries", "discard", "--endpoint", "news", "--state", "waiting").code == 0
    assert status(told)["all_delivered"] is True


def test_hubs_are_pinged_for_every_document_of_a_changed_feed(site, receiver):
    hub = {"url": f"{receiver.url}/hub", "allow_http": True, "allow_private": True}
    second = hub | {"url": f"{receiver.url}/second"}
    site.write("config.yaml", CONFIG + notify(websub={"hubs": [hub, second]}))
    site.article("a")
    site.article("b", categories="[Sea]")
    site.run("build")
    receiver.got.clear()
    site.article("c")
    site.run("build")
    for path in ("/hub", "/second"):
        topics = [parse_qs(got.body.decode())["hub.topic"][0] for got in receiver.of(path)]
        base = "https://example.org/feeds/"
        assert sorted(topics) == [f"{base}{x}" for x in ("atom.xml", "feed.json", "rss.xml")]
    assert "webhook-id" not in receiver.got[0].headers
    receiver.status = 410
    site.article("d")
    site.run("build")
    receiver.status = 200
    assert site.run("webhook", "test", f"{receiver.url}/hub").code == 0
    assert b"hub.mode=publish" in receiver.got[-1].body


# ---------------------------------------------------------------- bodies


def test_a_hub_that_wants_no_more_pings_is_enabled_by_a_test(site, receiver):
    hub = {"url": f"{receiver.url}/hub", "allow_http": True, "allow_private": True}
    site.write("config.yaml", CONFIG + notify(websub={"hubs": [hub]}))
    receiver.status = 410
    site.article("first")
    site.run("build")
    (endpoint,) = status(site)["endpoints"]
    assert f"`feedwright webhook test {hub['url']}` enables it" in endpoint["disabled"]
    receiver.status = 202
    assert site.run("webhook", "test", hub["url"]).code == 0
    assert status(site)["endpoints"][0]["disabled"] is None


def test_an_own_template_is_sent_and_signed(told, receiver):
    told.write(
        "hook.json.j2", '{"new": [{% for e in entries.added %}{{ e.title|tojson }}{% endfor %}]}'
    )
    configure(told, webhook(receiver, body="hook.json.j2"))
    told.article("b")
    told.run("build")
    (got,) = receiver.got
    assert got.json == {"new": ["b"]}
    assert got.verifies()
    assert told.run("webhook", "test", "news").code == 0
    assert receiver.got[-1].json == {"new": []}


def test_a_template_that_cannot_be_read_is_told_before_anything_is_published(told, receiver):
    configure(told, webhook(receiver, body="hook.j2"))
    told.article("b")
    done = told.run("build")
    assert done.code == 2
    assert "hook.j2: cannot be read" in done.err
    told.write("hook.j2", "{% for %}")
    assert "hook.j2:1:" in told.run("build").err
    assert len(told.entries()) == 1


def test_a_template_that_fails_keeps_its_message_until_it_is_mended(told, receiver):
    told.write("hook.json.j2", '{"x": {{ data.nothing.here }}}')
    configure(told, webhook(receiver, body="hook.json.j2"))
    told.article("b")
    assert told.run("build").code == 0
    assert len(told.entries()) == 2
    (row,) = listed(told, "--state", "refused")
    assert "hook.json.j2" in row["last_error"]
    assert receiver.got == []
    assert told.run("deliveries", "retry", str(row["id"])).code == 2, "it still fails"
    told.write("hook.json.j2", '{"x": {{ counts.added }}}')
    assert told.run("deliveries", "retry", str(row["id"])).code == 0
    told.run("deliver")
    assert receiver.got[-1].json == {"x": 1}
    assert receiver.got[-1].id == row["message_id"]


def test_a_chat_message_is_merged_as_well(told, receiver):
    configure(told, webhook(receiver, body="slack"), send_within="0s")
    for name in "bc":
        told.article(name)
        told.run("build")
    told.run("deliver")
    (got,) = receiver.got
    assert got.json["text"] == "Harbour Light: 2 new"


# ---------------------------------------------------------------- commands


def test_deliveries_are_shown_replayed_and_given_up(told, receiver):
    receiver.status = 503
    told.article("b")
    told.run("build")
    row = listed(told)[0]
    out = told.run("deliveries", "show", str(row["id"])).out
    assert "503" in out
    assert '"sequence"' in out
    shown = json.loads(told.run("deliveries", "show", row["message_id"], "--json").out)
    assert shown["tries"][0]["status"] == 503
    assert json.loads(shown["body"])["type"] == "feed.updated"
    assert told.run("deliveries", "discard", row["message_id"]).code == 0
    assert states(told)[0] == "discarded"
    receiver.status = 204
    done = told.run("deliveries", "retry", "--since", "2020-01-01")
    assert done.out.startswith("1 message is due"), "what was delivered; not what was given up"
    told.run("deliver")
    assert told.run("deliveries", "retry", str(row["id"])).code == 0
    told.run("deliver")
    assert set(states(told)) == {"delivered"}
    assert receiver.got[-1].id == row["message_id"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "999"],
        ["show", "msg_none"],
        ["retry", "999"],
        ["retry"],
        ["discard"],
        ["retry", "1", "--state", "dead"],
    ],
)
def test_unknown_deliveries_are_exit_2(told, arguments):
    done = told.run("deliveries", *arguments)
    assert done.code == 2
    assert done.err


def test_an_unknown_webhook_is_named_with_those_that_there_are(told):
    done = told.run("webhook", "test", "nwes")
    assert done.code == 2
    assert "there are: news" in done.err


def test_without_an_outbox_everything_is_empty(site):
    site.article("a")
    assert site.run("deliveries", "list").out == ""
    assert listed(site) == []
    assert "nobody is told" in site.run("status").out
    assert site.run("deliver").code == 0


def test_the_schema_is_printed(capsys):
    assert run(["webhook", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA


def test_json_logs_are_one_object_a_line(told, receiver):
    receiver.status = 410
    told.article("b")
    records = [json.loads(line) for line in told.run("build", "--log", "json").err.splitlines()]
    assert [each["event"] for each in records] == ["attempt", "disabled"]
    assert records[0]["status"] == 410
    assert records[0]["endpoint"] == "news"
    assert datetime.fromisoformat(records[0]["time"])


def test_metrics_are_written_for_prometheus(told, receiver):
    configure(told, webhook(receiver), metrics="metrics/feedwright.prom")
    receiver.status = 500
    told.article("b")
    told.run("build")
    text = (told.root / "metrics/feedwright.prom").read_text()
    assert 'feedwright_deliveries{endpoint="news",state="pending"} 1\n' in text
    assert 'feedwright_delivery_attempts_total{endpoint="news",result="success"} 1\n' in text
    assert 'feedwright_delivery_attempts_total{endpoint="news",result="failure"} 1\n' in text
    assert "feedwright_oldest_undelivered_timestamp_seconds" in text
    families = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(families) == len(set(families))
    assert [path.name for path in (told.root / "metrics").iterdir()] == ["feedwright.prom"]


def test_secrets_and_addresses_of_webhooks_are_shown_nowhere(told, receiver):
    receiver.status = 500
    configure(told, webhook(receiver, url=f"{receiver.url}/services/T0KEN"), metrics="m.prom")
    told.article("b")
    shown = [told.run("build", "--log", "json"), told.run("build", "--log", "human")]
    shown += [told.run("status"), told.run("status", "--json"), told.run("check")]
    shown += [told.run("deliveries", "list"), told.run("deliveries", "show", "2", "--json")]
    shown += [told.run("webhook", "test", "news", "--json")]
    receiver.close()
    make_due(told)
    shown += [told.run("deliver", "--log", "json"), told.run("deliveries", "list", "--json")]
    text = "".join(done.out + done.err for done in shown) + (told.root / "m.prom").read_text()
    for path in (told.root / ".feedwright").iterdir():
        text += path.read_bytes().decode("latin-1")
    assert "T0KEN" not in text
    assert SECRET.removeprefix("whsec_") not in text


# ---------------------------------------------------------------- as a service


def test_follow_sends_what_becomes_due_and_ends_on_sigterm(told, receiver):
    configure(told, webhook(receiver), send_within="0s")
    service = command(told, "deliver", "--follow", "--log", "json")
    try:
        for number, name in enumerate("bc", 1):
            told.article(name)
            told.run("build")
            receiver.wait_for(number)
        told.article("held")
        told.run("build", "--hold")
        time.sleep(1.5)
        assert len(receiver.got) == 2
        service.send_signal(signal.SIGTERM)
        _, err = service.communicate(timeout=60)
    finally:
        service.kill()
        service.wait()
    assert service.returncode == 0, err
    assert [json.loads(line)["event"] for line in err.splitlines()] == ["attempt", "attempt"]
    assert states(told).count("delivered") == 3


def test_a_signal_that_comes_while_the_service_looks_for_one_ends_it_all_the_same():
    stop = Stop()
    with stop._cond:  # where the handler of an ordinary event would wait for itself
        setting = threading.Thread(target=stop.set, daemon=True)
        setting.start()
        setting.join(60)
        assert not setting.is_alive()
    assert stop.is_set()
    assert stop.wait(0)


def test_follow_finishes_what_is_under_way_when_it_is_stopped(told, receiver):
    configure(told, webhook(receiver), send_within="0s")

    stopped = threading.Event()

    def slow(got):
        stopped.wait(60)
        return 204

    receiver.answer = slow
    told.article("b")
    told.run("build")
    service = command(told, "deliver", "--follow")
    wait_until(lambda: "being sent now" in told.run("deliveries", "list").out)
    service.send_signal(signal.SIGTERM)
    time.sleep(0.5)  # it ends at once, or waits for the answer
    stopped.set()
    _, err = service.communicate(timeout=60)
    assert service.returncode == 0, err
    assert states(told)[0] == "delivered"


def test_follow_survives_a_disk_that_is_full_for_a_while(told, receiver, monkeypatch):
    configure(told, webhook(receiver), send_within="0s")
    told.article("b")
    told.run("build")
    stop, heard, leases = threading.Event(), [], Leases.lease

    def full(*arguments, **options):
        if len(heard) < 1:
            raise sqlite3.OperationalError("database or disk is full")
        return leases(*arguments, **options)

    def tell(name, at, facts):
        heard.append(facts.get("error") or name)
        if name == "attempt":
            stop.set()

    monkeypatch.setattr(Leases, "lease", full)
    monkeypatch.setattr(deliver, "_WRITE_AGAIN", 0.01)
    deliver.follow(lambda: Site(told.root / "config.yaml", os.environ), stop, tell)
    assert len(heard) == 2
    assert "disk is full" in heard[0]
    assert heard[1] == "attempt"
    assert receiver.got[0].titles() == ["b"]


def test_follow_ends_at_once_where_nothing_can_ever_be_written(told, monkeypatch):
    # root may write anywhere, so that the refusal itself is made here
    monkeypatch.setattr("feedwright.store.database.os.access", lambda path, mode: False)
    site = Site(told.root / "config.yaml", os.environ)
    with pytest.raises(WriteError, match="readonly"):
        deliver.follow(lambda: site, threading.Event(), deliver.nobody)


@pytest.mark.slow
def test_follow_sees_a_new_configuration_and_a_new_outbox(told, receiver):
    configure(told, webhook(receiver), send_within="0s")
    service = command(told, "deliver", "--follow", "--log", "json")
    try:
        told.article("a")
        told.run("build")
        receiver.wait_for(1)
        configure(told, webhook(receiver, "other"), send_within="0s")
        told.article("b")
        told.run("build")
        wait_until(lambda: receiver.of("/other"), 90)
        shutil.rmtree(told.root / ".feedwright")
        told.article("c")
        told.run("build")
        wait_until(lambda: len(receiver.of("/other")) == 2, 90)
        told.write("config.yaml", "site: [")
        time.sleep(30)  # it looks every fifteen seconds
        service.send_signal(signal.SIGTERM)
        _, err = service.communicate(timeout=60)
    finally:
        service.kill()
        service.wait()
    assert service.returncode == 0
    events = [json.loads(line)["event"] for line in err.splitlines()]
    assert events == ["attempt", "reloaded", "attempt", "attempt", "problem"]
