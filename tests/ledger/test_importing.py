"""A migration repeats nothing: ids, guids and dates of an existing feed are taken over."""

from datetime import UTC, date, datetime, timedelta

import pytest

from feedwright.ledger.existing import ExistingEntry
from feedwright.ledger.importing import match
from feedwright.ledger.lines import dump, parse
from feedwright.ledger.resolve import ResolveTools
from tests.ledger.builders import DAY, NOW, Little, candidate, ids

THEN = datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)


def entry(entry_id="urn:isbn:1", link="", title="", published=THEN, updated=None):
    return ExistingEntry(entry_id, link, title, published, updated)


def imported(site, entries, candidates, kind="rss"):
    found = match(entries, candidates, site.ledger, site.now, site.tools, format_name=kind)
    site.data += b"".join(map(dump, found.lines))
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (entry(link="https://example.org/a/"), candidate("a.md", published=NOW - DAY)),
        (entry(link="http://www.example.org/a?utm_source=feed#x"), candidate("a.md")),
        (entry(link="https://old.example/a.html"), candidate("a.md")),
        (entry(title="It&#8217;s “here”"), candidate("x.md", title='It’s "here"', published=THEN)),
        (entry(title="<b>T</b>"), candidate("x.md", title="T", written_day=date(2019, 3, 4))),
        (entry(title="T"), candidate("x.md", title="T", file_day=date(2019, 3, 4))),
        (entry(title="T"), candidate("x.md", title="t")),
        (entry("urn:isbn:1"), candidate("x.md", declared_id="urn:isbn:1")),
        (
            entry(link="https://example.org/old/a/"),
            candidate("x.md", published=NOW - DAY, extra={"aliases": ["/b", "/old/a"]}),
        ),
        (
            entry(link="https://example.org/old/a.html"),
            candidate("x.md", published=NOW - DAY, extra={"redirect_from": "/old/a.html"}),
        ),
    ],
    ids=[
        "link",
        "link nearly",
        "other host",
        "title and day",
        "day as written",
        "day of the file",
        "title of undated",
        "declared id",
        "alias",
        "redirect_from",
    ],
)
def test_an_entry_is_matched_and_its_id_taken_over(old, new):
    site = Little()
    found = imported(site, [old], [new])
    assert found.unmatched == ()
    after = site.run(new)
    assert [article.id for article in after.articles] == ["urn:isbn:1"]
    assert (after.gone, after.problems) == ((), ())


def test_after_an_import_the_next_run_says_nothing_new():
    site = Little()
    articles = [candidate("a.md"), candidate("b.md", published=NOW - DAY, updated=NOW - DAY / 2)]
    entries = [
        entry("urn:isbn:1", "https://example.org/a/"),
        entry("urn:isbn:2", "https://example.org/b/", updated=NOW - DAY),
    ]
    imported(site, entries, articles)
    site.now += timedelta(hours=1)
    assert site.run(*articles).lines == ()


def test_an_undated_article_gets_the_date_of_its_entry():
    site = Little()
    imported(site, [entry(link="https://example.org/a/", updated=THEN + DAY)], [candidate("a.md")])
    (article,) = site.run(candidate("a.md")).articles
    assert (article.published, article.first, article.updated) == (THEN, THEN, THEN + DAY)


def test_a_link_that_depends_on_a_date_is_not_guessed_for_undated_articles():
    site = Little()
    site.tools = ResolveTools(lambda each, when: f"https://example.org/{when.year}/", "example.org")
    found = imported(site, [entry(link="https://example.org/2001/")], [candidate("a.md")])
    assert len(found.unmatched) == 1


@pytest.mark.parametrize(
    ("kept", "kind"),
    [
        ("https://Example.org/?p=1", "rss"),
        ("tag:x.org,2001:A%2f", "json"),
        ("urn:isbn:0-4", "atom"),
        ("https://example.org/é", "atom"),  # an IRI, which its subscribers know by nothing else
    ],
)
def test_ids_are_kept_to_the_letter(kept, kind):
    site = Little()
    imported(site, [entry(kept, "https://example.org/a/")], [candidate("a.md")], kind)
    (article,) = site.run(candidate("a.md")).articles
    assert (article.id, article.guid) == (kept, "")


@pytest.mark.parametrize(
    ("guid", "expected"),
    [
        ("1234", "tag:example.org,2019:1234"),
        ("a b", "tag:example.org,2019:a%20b"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/100%", "https://example.org/100%25"),
    ],
)
@pytest.mark.parametrize("kind", ["rss", "json"])
def test_a_guid_that_is_no_uri_lives_on_beside_an_id_that_is_one(guid, expected, kind):
    site = Little()
    found = imported(site, [entry(guid, "https://example.org/a/")], [candidate("a.md")], kind)
    assert found.changed == ()
    (article,) = site.run(candidate("a.md")).articles
    assert (article.id, article.guid) == (expected, guid)
    (later,) = site.run(candidate("b.md", "edited", title="A")).articles
    assert (later.id, later.guid) == (expected, guid)


def test_an_atom_id_that_is_no_iri_is_told():
    site = Little()
    found = imported(site, [entry("1234", "https://example.org/a/")], [candidate("a.md")], "atom")
    assert [(old.id, line.id) for old, line in found.changed] == [
        ("1234", "tag:example.org,2019:1234")
    ]
    assert found.lines[0].guid == ""


def test_an_article_that_declares_an_imported_value_is_it():
    site = Little()
    article = candidate("a.md", declared_id="1234")
    imported(site, [entry("1234", "https://example.org/a/")], [candidate("a.md")])
    found = site.run(article)
    assert (list(ids(found).values()), found.problems) == (["tag:example.org,2019:1234"], ())


def test_what_does_not_match_or_matches_twice_is_told():
    site = Little()
    entries = [
        entry("urn:isbn:1", "https://example.org/lost/", "Lost"),
        entry("urn:isbn:2", title="Twice"),
        entry("urn:isbn:3", title="News"),
        entry("urn:isbn:4", title="News"),
    ]
    articles = [
        candidate("x.md", title="Twice"),
        candidate("y.md", "2", title="Twice"),
        candidate("z.md", title="News", published=THEN),
    ]
    found = imported(site, entries, articles)
    assert found.lines == ()
    assert [each.id for each in found.unmatched] == [each.id for each in entries]


def test_importing_again_adds_nothing():
    site = Little()
    entries = [
        entry("1234", "https://example.org/a/"),
        entry("urn:isbn:2", "https://example.org/b/"),
    ]
    articles = [candidate("a.md"), candidate("b.md")]
    imported(site, entries, articles)
    again = imported(site, entries, articles)
    assert again.lines == ()
    assert len(again.known) == 2


def test_an_article_that_was_published_here_keeps_its_id():
    site = Little()
    before = ids(site.run(candidate("a.md")))
    found = imported(
        site, [entry(link="https://example.org/a/")], [candidate("moved/a.md", title="A")]
    )
    assert found.lines == ()
    assert [(old.id, row.id) for old, row in found.taken] == [("urn:isbn:1", before["a.md"])]


def test_an_entry_that_stands_twice_in_a_feed_is_taken_once():
    site = Little()
    twice = [entry(link="https://example.org/a/")] * 2
    assert len(imported(site, twice, [candidate("a.md")]).lines) == 1


def test_no_instant_after_now_is_taken_over():
    site = Little()
    late = entry(link="https://example.org/a/", published=NOW + DAY, updated=NOW + DAY)
    (line,) = imported(site, [late], [candidate("a.md")]).lines
    assert (line.first, line.published, line.updated) == (NOW, NOW, NOW)
    assert parse(dump(line)).articles[line.id] == line
