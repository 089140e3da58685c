"""The promises, seen from outside: nothing moves, an article is one thing for ever."""

import json
import os
import shutil
import subprocess
import sys

import feedparser
import pytest

from feedwright.render.formats import FORMATS
from feedwright.survey import entries

PASTED = (
    "Ferry sets sail again after a winter of repairs\n\nAuthor:\n\n"
    "The “Gull” left the quay on Sunday, to the sound of horns.\n\n"
    "“She is as good as new,” said the harbour’s master.\n"
)


def test_two_builds_give_the_same_bytes_and_the_second_writes_no_file(site):
    site.article("a")
    site.write("content/b.txt", PASTED)
    site.build()
    before, stats = site.bytes(), site.stats()
    ledger = (site.root / "ledger.jsonl").read_bytes()
    done = site.build(now="2025-06-01T12:05:00Z")
    assert (done.out, done.err) == ("", "")
    assert site.bytes() == before
    assert site.stats() == stats
    assert (site.root / "ledger.jsonl").read_bytes() == ledger


def test_a_year_later_nothing_moves_that_content_did_not_ask_for(site):
    site.article("a")
    site.write("content/b.txt", PASTED)
    site.build()
    before = site.bytes()
    site.build(now="2026-06-01T12:00:00Z")
    assert site.bytes() == before


def test_the_locale_changes_no_byte_and_no_id(site):
    site.article("où/İstanbul", title="Où", tags="[ı, İ]")
    site.build("--jobs", "1")
    before, ids = site.bytes(), site.ids()
    for lost in (site.feeds, site.root / ".feedwright"):
        shutil.rmtree(lost)
    (site.root / "ledger.jsonl").unlink()
    # A locale without UTF-8, and Python told to take it as it is.
    legacy = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "feedwright", "-c", str(site.root / "config.yaml")]
    subprocess.run(
        [*command, "build", "--now", "2025-06-01T12:00:00Z"],
        env={**os.environ, **legacy},
        check=True,
        timeout=60,
    )
    assert site.bytes() == before
    assert site.ids() == ids


@pytest.mark.parametrize("lost", [[".feedwright"], ["feeds"], [".feedwright", "feeds"]])
def test_losing_state_or_feeds_gives_the_same_bytes_again(site, lost):
    for name in "abc":
        site.article(name)
    site.write("content/pasted.txt", PASTED)
    site.build()
    before = site.bytes()
    for folder in lost:
        shutil.rmtree(site.root / folder)
    site.build(now="2025-07-01T12:00:00Z")
    assert site.bytes() == before


def test_a_pasted_article_is_published_as_it_stands(site):
    site.write("content/ferry.txt", PASTED)
    site.build()
    (entry,) = site.entries("atom.xml")
    assert entry.title == "Ferry sets sail again after a winter of repairs"
    assert entry.author == "Harbour Light"
    assert entry.content[0].value.count("<p>") == 2
    assert "“Gull”" in entry.content[0].value
    assert "Author" not in entry.content[0].value
    assert entry.published == "2025-06-01T12:00:00Z"


def test_undated_articles_get_distinct_moments_in_the_order_of_paths(site):
    for name in ("b", "a", "c"):
        site.write(f"content/{name}.txt", f"Headline of {name}\n\nText.\n")
    site.build()
    moments = {entry.title: entry.published for entry in site.entries("atom.xml")}
    assert len(set(moments.values())) == 3
    assert max(moments.values()) <= "2025-06-01T12:00:00Z"
    assert moments["Headline of a"] < moments["Headline of b"] < moments["Headline of c"]


def test_editing_renaming_and_moving_keep_the_id(site):
    path = site.article("a", title="First title")
    site.article("other")
    site.build()
    first = site.ids()["First title"]
    path.write_text(path.read_text().replace("First title", "Second title"))
    site.build(now="2025-06-02T12:00:00Z")
    assert site.ids()["Second title"] == first
    path = path.rename(site.root / "content/renamed.md")
    site.build(now="2025-06-03T12:00:00Z")
    assert site.ids()["Second title"] == first
    (site.root / "content/deep/er").mkdir(parents=True)
    path = path.rename(site.root / "content/deep/er/moved.md")
    site.build(now="2025-06-04T12:00:00Z")
    assert site.ids()["Second title"] == first
    site.configure("https://example.org/", "https://new.example.net/")
    site.build(now="2025-06-05T12:00:00Z")
    assert site.ids()["Second title"] == first
    assert site.entries()[0].link.startswith("https://new.example.net/")


def test_an_edit_moves_updated_and_nothing_else(site):
    path = site.article("a")
    site.article("b")
    site.build()
    before = {entry.id: entry.updated for entry in site.entries("atom.xml")}
    path.write_text(path.read_text() + "\nAnother sentence.\n")
    site.build(now="2025-06-02T12:00:00Z")
    after = {entry.id: entry.updated for entry in site.entries("atom.xml")}
    changed = {key for key in before if before[key] != after[key]}
    assert len(changed) == 1
    assert after[changed.pop()] == "2025-06-02T12:00:00Z"


def test_a_minor_edit_keeps_updated(site):
    path = site.article("a", minor="true")
    site.build()
    path.write_text(path.read_text() + "\nA comma.\n")
    site.build(now="2025-06-02T12:00:00Z")
    (entry,) = site.entries("atom.xml")
    assert entry.updated == "2024-05-01T00:00:00Z"
    assert "A comma" in entry.content[0].value


def test_a_removed_article_leaves_a_tombstone_and_returns_with_its_old_id(site):
    path = site.article("a")
    site.article("b")
    site.build()
    gone = site.ids()["a"]
    text = path.read_text()
    path.unlink()
    site.build(now="2025-06-02T12:00:00Z")
    assert list(site.ids()) == ["b"]
    atom = (site.feeds / "atom.xml").read_text()
    assert f'<at:deleted-entry ref="{gone}" when="2025-06-02T12:00:00Z"' in atom
    path.write_text(text)
    site.build(now="2025-06-03T12:00:00Z")
    assert site.ids()["a"] == gone
    assert "deleted-entry" not in (site.feeds / "atom.xml").read_text()


def test_a_removal_is_told_also_when_feeds_was_lost_before(site):
    path = site.article("a")
    site.article("b")
    site.build()
    gone = site.ids()["a"]
    path.unlink()
    shutil.rmtree(site.feeds)
    site.build(now="2025-06-02T12:00:00Z")
    assert f'<at:deleted-entry ref="{gone}"' in (site.feeds / "atom.xml").read_text()


def test_a_tombstone_is_kept_for_thirty_days(site):
    path = site.article("a")
    site.article("b")
    site.build()
    path.unlink()
    site.build(now="2025-06-02T12:00:00Z")
    site.build(now="2025-07-01T12:00:00Z")
    assert "deleted-entry" in (site.feeds / "atom.xml").read_text()
    site.build(now="2025-07-03T12:00:00Z")
    assert "deleted-entry" not in (site.feeds / "atom.xml").read_text()


def test_drafts_future_and_expired_articles_are_out_until_their_time(site):
    site.article("draft", draft="true")
    site.article("future", date="2025-12-24T18:00:00Z")
    site.article("short", expiryDate="2025-08-01")
    site.build()
    assert list(site.ids()) == ["short"]
    site.build(now="2025-08-02T00:00:00Z")
    assert site.ids() == {}
    assert "deleted-entry" in (site.feeds / "atom.xml").read_text()
    site.build(now="2025-12-24T18:00:00Z")
    assert list(site.ids()) == ["future"]


def test_a_published_article_that_breaks_is_held_without_a_tombstone(site):
    path = site.article("a")
    site.article("b")
    site.build()
    text = path.read_text()
    before = site.ids()
    path.write_text(text.replace("2024-05-01", "2024-13-01"))
    done = site.build(code=1, now="2025-06-02T12:00:00Z")
    assert 'content/a.md:3: date: "2024-13-01" does not exist' in done.err
    assert list(site.ids()) == ["b"]
    assert "deleted-entry" not in (site.feeds / "atom.xml").read_text()
    silent = site.build(code=1, now="2025-06-02T12:05:00Z")
    assert (silent.out, silent.err) == ("", "")
    path.write_text(text)
    site.build(now="2025-06-03T12:00:00Z")
    assert site.ids() == before


def test_records_that_share_a_pattern_for_their_address_have_names_of_their_own(site):
    site.write(
        "content/notes.yaml",
        """\
- {title: One, date: 2024-02-01, body: words, permalink: "/{slug}/"}
- {title: Two, date: 2024-02-02, body: more, permalink: "/{slug}/"}
""",
    )
    site.build()
    links = {entry.link for entry in site.entries()}
    assert links == {"https://example.org/one/", "https://example.org/two/"}


def test_an_entry_that_cannot_be_written_stops_no_other(site, monkeypatch):
    def write(entry, full):
        if entry.title == "bad":
            raise ValueError("Required fields not set")
        return atom(entry, full)

    atom = FORMATS["atom"].entry
    odd = {**FORMATS, "atom": FORMATS["atom"]._replace(entry=write)}
    monkeypatch.setattr(entries, "FORMATS", odd)
    site.article("bad")
    site.article("good")
    done = site.build(code=1)
    assert "content/bad.md: cannot be written as an entry (Required fields not set)" in done.err
    assert [entry.title for entry in site.entries()] == ["good"]


def test_a_hundred_broken_articles_among_good_ones(site):
    for number in range(30):
        site.article(f"good-{number}")
    for number in range(100):
        site.article(f"bad-{number}", date="yesterday-ish")
    done = site.build(code=1)
    assert len(site.entries()) == 30
    named = [line for line in done.err.splitlines() if "bad-" in line]
    assert len(named) == 100
    assert all(":3: date: " in line and ";" in line for line in named)
    assert site.build(code=1, now="2025-06-01T12:05:00Z").err == ""


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("loop.md", "a link to itself"),
        ("/proc", "a link that leaves the content folder"),
        ("nothing.md", "a link to nothing"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_and_the_rest_is_published(site, target, what):
    site.article("good")
    (site.root / "content/loop.md").symlink_to(target)
    assert f"content/loop.md: is {what}" in site.build(code=1).err
    assert list(site.ids()) == ["good"]


def test_nothing_changes_when_content_is_missing(site):
    site.article("a")
    site.build()
    before = site.bytes()
    (site.root / "content").rename(site.root / "elsewhere")
    done = site.build(code=3)
    missing = "content: the content folder is missing; create it, or correct content.path\n"
    assert done.err == missing
    assert site.bytes() == before


def test_too_many_removals_at_once_are_refused_until_allowed(site):
    paths = [site.article(f"a{number}") for number in range(20)]
    site.build()
    before = site.bytes()
    for path in paths[:10]:
        path.unlink()
    done = site.build(code=3, now="2025-06-02T12:00:00Z")
    assert "10 of 20 published articles" in done.err
    assert "--allow-mass-removal" in done.err
    assert site.bytes() == before
    assert site.build("--dry-run", code=3).err == done.err
    assert "the next build will be refused\n  10 of 20" in site.run("status").out
    assert "replace feeds/rss.xml" in site.build("--dry-run", "--allow-mass-removal").out
    site.build("--allow-mass-removal", now="2025-06-02T12:00:00Z")
    assert len(site.entries()) == 10


def test_a_broken_configuration_is_exit_2_and_changes_nothing(site):
    site.article("a")
    site.build()
    before = site.bytes()
    site.configure("title: Harbour Light", "titel: Harbour Light")
    done = site.build(code=2)
    assert "config.yaml:2: site.titel" in done.err
    assert site.bytes() == before


def test_anothers_file_is_never_touched(site):
    site.article("a")
    site.write("feeds/CNAME", "example.org")
    site.write("feeds/rss.xml", "theirs")
    site.build(code=3)
    assert (site.feeds / "rss.xml").read_text() == "theirs"
    assert "feeds/rss.xml" in json.loads(site.run("status", "--json").out)["refused"]
    site.build("--adopt")
    assert (site.feeds / "CNAME").read_text() == "example.org"
    assert site.entries()


def test_documents_of_feeds_that_no_longer_exist_are_removed(site):
    site.article("a", categories="[Sea]")
    site.configure("feeds:\n", "feeds:\n  - {name: category, per: category}\n")
    site.write("feeds/category/theirs.txt", "x")
    site.build()
    assert "category/sea/rss.xml" in site.bytes()
    site.configure("  - {name: category.*\n", "")
    site.build(now="2025-06-02T12:00:00Z")
    assert [path for path in site.bytes() if path.startswith("category")] == ["category/theirs.txt"]


def test_archive_documents_are_linked_and_leave_with_their_articles(site):
    site.configure('path: ""', 'path: "", archive: true, limit: 2')
    paths = [site.article(f"a{number}", date=f"2024-05-0{number}") for number in range(1, 7)]
    site.build()
    pages = [path for path in site.bytes() if path.startswith("atom-archive-")]
    assert pages == ["atom-archive-1.xml", "atom-archive-2.xml", "atom-archive-3.xml"]
    seen, name = [], "atom.xml"
    while name:
        parsed = feedparser.parse((site.feeds / name).read_bytes())
        seen += [entry.title for entry in parsed.entries if entry.title not in seen]
        links = {link.rel: link.href for link in parsed.feed.links}
        name = links.get("prev-archive", "").rpartition("/")[2]
    assert seen == ["a6", "a5", "a4", "a3", "a2", "a1"]
    for path in paths[:3]:
        path.unlink()
    site.build(now="2025-06-02T12:00:00Z")
    pages = [path for path in site.bytes() if path.startswith("atom-archive-")]
    assert pages == ["atom-archive-1.xml"]


def test_a_feed_that_becomes_empty_stays_valid(site):
    path = site.article("a", categories="[Sea]")
    site.article("b")
    site.configure("feeds:\n", "feeds:\n  - {name: category, per: category}\n")
    site.build()
    path.write_text(path.read_text().replace("[Sea]", "[Land]"))
    site.build(now="2025-06-02T12:00:00Z")
    assert site.entries("category/sea/rss.xml") == []
    assert len(site.entries("category/land/rss.xml")) == 1


def test_one_huge_article_costs_no_other_its_text(site):
    site.configure('path: ""', 'path: "", max_bytes: 20kB')
    for day in range(1, 6):
        site.article(f"a{day}", date=f"2024-05-0{day}", body="Words. " * 50)
    site.article("huge", date="2024-05-04", body="Very many words. " * 2000)
    site.build()
    assert {each.title for each in site.entries() if "content" not in each} == {"huge"}


@pytest.mark.parametrize("size", [10, 12, 17, 25])
def test_no_document_is_larger_than_the_feed_may_be(site, size):
    site.configure('path: ""', f'path: "", limit: 0, max_bytes: {size}kB')
    site.configure("title: Harbour Light", "title: Harbour Light\\n  description: " + "Long " * 150)
    for number in range(40):
        site.article(f"a{number:02}", body="Many words. " * 30)
    assert "fit into" in site.build().err
    sizes = [len(data) for path, data in site.bytes().items() if path.startswith(("rss", "feed"))]
    assert size * 800 < max(sizes) <= size * 1000


def test_slugs_that_collide_are_resolved_the_same_way_every_time(site):
    site.configure("feeds:\n", "feeds:\n  - {name: tag, per: tag}\n")
    site.article("a", tags="['C++', 'C']")
    site.build()
    folders = {path.split("/")[1] for path in site.bytes() if path.startswith("tag/")}
    assert len(folders) == 2
    before = site.bytes()
    shutil.rmtree(site.root / ".feedwright")
    shutil.rmtree(site.feeds)
    site.build(now="2025-06-02T12:00:00Z")
    assert site.bytes() == before


def git(root, *arguments):
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }
    return subprocess.run(
        ["git", *arguments], cwd=root, env=environment, check=False, capture_output=True, text=True
    )


def test_two_branches_that_both_published_merge_and_the_next_build_is_right(site):
    site.write(".gitattributes", "ledger.jsonl -text merge=union\nfeeds/** -text -merge\n")
    site.write(".gitignore", ".feedwright/\n")
    site.article("base")
    site.build()
    git(site.root, "init", "-q", "-b", "main")
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "base")
    git(site.root, "checkout", "-qb", "other")
    site.write("content/two.txt", "Two\n\nText.\n")
    site.build(now="2025-06-02T12:00:00Z")
    other = site.ids()
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "two")
    git(site.root, "checkout", "-q", "main")
    site.write("content/three.txt", "Three\n\nText.\n")
    site.build(now="2025-06-03T12:00:00Z")
    mine = site.ids()
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "three")
    git(site.root, "merge", "-q", "other")
    assert site.entries()  # the documents of our side stand whole while git asks
    site.build(now="2025-06-04T12:00:00Z")
    assert site.ids() == other | mine
    assert {entry.published for entry in site.entries("atom.xml")} == {
        "2024-05-01T00:00:00Z",
        "2025-06-02T12:00:00Z",
        "2025-06-03T12:00:00Z",
    }
