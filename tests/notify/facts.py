"""Builders of what a publication tells."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema

from feedwright import notify
from feedwright.config.schema import Webhook
from feedwright.notify.bodies import renderer
from feedwright.notify.bodies.telling import Place
from feedwright.notify.events import EntryChange, FeedChange
from feedwright.notify.messages import Publication, posts

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SITE = Place("Harbour Light", "https://example.org/", "https://example.org/feeds/")
SCHEMA = json.loads((Path(notify.__file__).parent / "payload.schema.json").read_text())


def entry(name: str, **more: str) -> dict:
    return {
        "id": f"https://example.org/{name}",
        "url": f"https://example.org/{name}/",
        "title": f"Title of {name}",
        "published": "2026-05-01T10:00:00Z",
        "updated": "2026-05-01T10:00:00Z",
        **more,
    }


def removed(name: str) -> dict:
    gone = entry(name)
    return {key: gone[key] for key in ("id", "url", "title")} | {"when": "2026-05-01T11:00:00Z"}


def document(name: str, digest: str = "a") -> dict:
    return {
        "url": f"https://example.org/feeds/{name}/rss.xml",
        "media_type": "application/rss+xml",
        "sha256": digest * 64,
    }


def feed(name="main", added=(), updated=(), gone=(), digest="a", lists=True) -> dict:
    facts = {
        "name": name,
        "documents": [document(name, digest)],
        "counts": {"added": len(added), "updated": len(updated), "removed": len(gone)},
    }
    if lists:
        facts["entries"] = {
            "added": [entry(each) for each in added],
            "updated": [entry(each) for each in updated],
            "removed": [removed(each) for each in gone],
        }
    return facts


def full_entry(name: str, **more: object) -> dict:
    return entry(name) | {
        "summary": f"About {name}.",
        "authors": [{"name": "Ada"}],
        "categories": ["Sea"],
        "tags": ["ships"],
        "feeds": ["main"],
        **more,
    }


def change(kind: str, name: str, feeds=("main",)) -> EntryChange:
    facts = removed(name) if kind == "entry.removed" else full_entry(name, feeds=list(feeds or ()))
    return EntryChange(kind, facts["id"], facts, feeds)


def publication(*feeds: dict, entries=(), sequence=1, hold=False) -> Publication:
    changes = tuple(
        FeedChange(each["name"], each, tuple(doc["url"] for doc in each["documents"]))
        for each in feeds
    )
    return Publication(SITE, NOW, sequence, changes, tuple(entries), hold)


def webhook(name="news", **options: object) -> Webhook:
    return Webhook(name=name, url="https://hooks.example.net/x", **options)


def told(publication: Publication, *webhooks: Webhook, hubs=()) -> list:
    renderers = {each.name: renderer(each.body) for each in webhooks}
    return [post.message for post in posts(publication, webhooks, hubs, renderers)]


def payload(message) -> dict:
    """The payload of a message, held against the schema that is shipped."""
    value = json.loads(message.body)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value
