"""Moving to Feedwright from other feeds: whatever the ids were, no subscriber sees them change."""

import json
from html import escape

import pytest

GUIDS = (
    "1234",
    "9 at https://old.example",
    "https://old.example/?p=7&lang=en",
    "https://old.example/مقال/é",
    "https://bücher.example/1",
    "https://old.example/a b|c[1]",
    "https://old.example/100%",
    "https://old.example/a#b#c",
    "HTTP://Old.Example/UP",
    "urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6",
    "urn:uuid:none",
    "urn:isbn:1/2",
    "tag:Old.Example,2005:/a",
    "tag:old.example,2005:é",
    "/2020/post",
    "<b>x</b> & y",
    "12:34",
    "at://did:plc:x/app/1",
)
KEPT_IN_ATOM = frozenset(GUIDS) - {
    *("1234", "9 at https://old.example", "https://old.example/a b|c[1]", "urn:uuid:none"),
    *("/2020/post", "<b>x</b> & y", "12:34"),
}
"""What is an IRI; of the others an import says that Atom cannot keep them."""


def articles(site):
    for number, guid in enumerate(GUIDS):
        site.article(f"a{number}", title=f"T{number}")
        yield f"T{number}", f"https://example.org/2024/05/a{number}/", guid


def rss(rows):
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link>"
        f'<guid isPermaLink="false">{escape(guid)}</guid></item>'
        for title, link, guid in rows
    )
    return f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


def atom(rows):
    entries = "".join(
        f'<entry><title>{title}</title><link href="{link}"/><id>{escape(guid)}</id>'
        "<updated>2024-05-01T00:00:00Z</updated></entry>"
        for title, link, guid in rows
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entries}</feed>'


def json_feed(rows):
    items = [{"id": guid, "url": link, "title": title} for title, link, guid in rows]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items})


@pytest.mark.parametrize("write", [rss, json_feed])
def test_every_guid_of_an_older_feed_lives_on_and_holds_no_article(site, write):
    rows = list(articles(site))
    site.write("old.feed", write(rows))
    assert site.run("ledger", "import", str(site.root / "old.feed")).code == 0
    site.build()
    wanted = {title: guid for title, _, guid in rows}
    assert site.ids() == wanted
    assert {item["title"]: item["id"] for item in site.json()["items"]} == wanted
    assert all(each.isascii() for each in site.ids("atom.xml").values())


def test_every_iri_of_an_older_atom_feed_lives_on_and_holds_no_article(site):
    rows = list(articles(site))
    site.write("old.feed", atom(rows))
    told = site.run("ledger", "import", str(site.root / "old.feed"))
    site.build()
    ids = site.ids("atom.xml")
    assert {guid for title, _, guid in rows if ids[title] == guid} == KEPT_IN_ATOM
    assert all(guid in told.out for guid in set(GUIDS) - KEPT_IN_ATOM)
