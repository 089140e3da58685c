"""A run that looks at what changed comes to what a run from nothing comes to, byte for byte.

Sites live through random changes. Before each build the site is copied without what it remembers;
both are built, with the same ledger and the same now, and must be equal in all that anybody sees.
"""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from feedwright import unchanged
from feedwright.model import Problem, Severity
from feedwright.publish import gate
from feedwright.survey import changed, documents, entries, run
from tests.whole import life
from tests.whole.conftest import WholeSite
from tests.whole.life import BESIDE, CONFIGURED, HAPPENINGS, LINKED, NAMED, TAGGED, Happening, Life


def refusing(format_name, fragment, path):
    """Lint as the gate does, which no article of ours would be refused by, and refuse some."""
    found = gate.lint_entry(format_name, fragment, path)
    if b"Refuse" not in fragment.data:
        return found
    what = "the gate was told to"
    return (*found, Problem(Severity.ERROR, "told", path, 0, f"{format_name} title", what, ""))


@pytest.fixture
def counted(monkeypatch):
    """Counts the runs that came to an end with what changed alone."""
    known = []
    look = run._Run.from_known

    def from_known(run, index):
        found = look(run, index)
        known.append(found is not None)
        return found

    monkeypatch.setattr(run._Run, "from_known", from_known)
    monkeypatch.setattr(entries, "lint_entry", refusing)
    # What is touched just before a build is read again by the next one: not by all that follow.
    monkeypatch.setattr(unchanged, "_RACY_NS", 20_000_000)
    return known


def test_an_article_beside_records_is_noticed_after_other_runs_too(site, counted):
    site.write("content/list.json", '[{"title": "One", "date": "2024-05-02", "html": "<p>1</p>"}]')
    site.article("a")
    time.sleep(0.05)
    site.build()
    site.article("a", body="Other words.")
    site.build()
    assert counted == [False, True]
    assert {entry.title for entry in site.entries()} == {"One", "a"}
    site.article("list", title="Has a sidecar now")
    done = site.build("--allow-mass-removal", code=1)
    assert "content/list.md: its sidecar list.json:1: is no set of keys" in done.err
    assert [entry.title for entry in site.entries()] == ["a"]


def test_data_in_a_folder_that_is_not_looked_into_concerns_nobody(site, counted):
    site.configure("content:", "content:\n  exclude: [assets]")
    site.article("a")
    time.sleep(0.05)
    site.build()
    site.write("content/assets/x.json", "{}")
    site.write("content/node_modules/y/package.json", "{}")
    site.write("content/a.png", b"x")
    site.article("a", body="Other words.")
    site.build()
    site.write("content/x.json", '{"menu": 1}')
    site.build()
    assert counted == [False, True, True]


def test_what_the_gate_holds_is_looked_at_until_it_is_mended(site, counted):
    site.article("a")
    site.article("b")
    site.build()
    time.sleep(0.05)
    site.article("b", body="Refuse this.")
    assert "the gate was told to" in site.build(code=1).err
    assert [entry.title for entry in site.entries()] == ["a"]
    time.sleep(0.05)
    site.article("a", body="Other words.")
    assert site.build(code=1).err == "", "it was told before"
    assert [entry.title for entry in site.entries()] == ["a"]
    site.article("b", body="Fine.")
    site.build()
    assert {entry.title for entry in site.entries()} == {"a", "b"}
    assert counted == [False, True, True, True]


def test_a_change_of_people_reads_only_who_names_them(site, counted, monkeypatch):
    site.write("authors.yml", "ann: {name: Ann Ivory}\nbob: {name: Bob Ray}\n")
    for name, author in (("a", "ann"), ("b", "bob"), ("c", "dee"), ("d", "Somebody Else")):
        site.article(name, author=author)
    time.sleep(0.05)
    site.build()
    read = []
    load = changed.load
    monkeypatch.setattr(changed, "load", lambda *file: read.append(file[0].path) or load(*file))
    site.write("authors.yml", "ann: {name: Ann Ivory}\nbob: {name: B. Ray}\ndee: {name: Dee}\n")
    site.build()
    assert counted == [False, True]
    assert read == ["content/b.md", "content/c.md"]
    assert {each.title: each.author for each in site.entries()} == {
        "a": "Ann Ivory",
        "b": "B. Ray",
        "c": "Dee",
        "d": "Somebody Else",
    }


def test_a_format_that_comes_later_meets_the_gate(site, counted, monkeypatch):
    def refusing_json(format_name, fragment, path):
        found = gate.lint_entry(format_name, fragment, path)
        return refusing(format_name, fragment, path) if format_name == "json" else found

    monkeypatch.setattr(entries, "lint_entry", refusing_json)
    site.configure('path: ""', 'path: "", formats: [rss]')
    site.article("a", body="Refuse this.")
    site.article("b")
    time.sleep(0.05)
    site.build()
    site.configure("rss", "rss, json")
    assert "the gate was told to" in site.build("--allow-mass-removal", code=1).err
    assert counted == [False, True]


def test_what_was_held_in_its_new_place_is_gone_when_that_goes_too(site, counted):
    site.article("b/pier", body="Other words.")
    boat = site.article("boat")
    time.sleep(0.05)
    site.build()
    held = boat.rename(boat.with_name("pier.md"))
    assert "which keeps it" in site.build(code=1).err
    time.sleep(0.05)
    site.article("b/pier", body="New words.")
    assert site.build(code=1).err == "", "it was told before"
    held.unlink()
    site.build("--allow-mass-removal")
    assert counted == [False, True, True, True]
    assert list(site.ids()) == ["b/pier"]
    assert '"state":"gone"' in (site.root / "ledger.jsonl").read_text()


def live(
    site: WholeSite,
    elsewhere: Path,
    seed: int,
    builds: int,
    happenings: Sequence[Happening] = HAPPENINGS,
) -> None:
    alive = Life(site, seed, happenings)
    for number in range(builds):
        if number:
            for _ in range(alive.chance.choice([1, 1, 1, 2, 3])):
                alive.change()
        other = WholeSite(elsewhere / str(number))
        shutil.copytree(site.root, other.root, dirs_exist_ok=True, symlinks=True)
        for path in (other.root / ".feedwright").glob("index*"):
            path.unlink()
        now = f"{alive.now:%Y-%m-%dT%H:%M:%SZ}"
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(documents, "MANY", alive.chance.choice([0, 2, 1000]))
            done = site.run("build", "--no-notify", "--now", now)
        expected = other.run("build", "--no-notify", "--now", now)
        assert done == expected, alive.told
        assert done.code in {0, 1, 3}, done
        assert site.bytes() == other.bytes(), alive.told
        for path in ("ledger.jsonl", ".feedwright/told.json"):
            assert bytes_of(site, path) == bytes_of(other, path), alive.told
        shutil.rmtree(other.root)


def bytes_of(site: WholeSite, name: str) -> bytes:
    path = site.root / name
    return path.read_bytes() if path.exists() else b""


@pytest.mark.parametrize("seed", range(4))
def test_what_changed_gives_what_everything_gives(site, tmp_path_factory, counted, seed):
    live(site, tmp_path_factory.mktemp("from-nothing"), seed, builds=14)
    assert sum(counted) >= 3, "else only builds from nothing were compared"


@pytest.mark.parametrize(
    "happenings", [BESIDE, LINKED, CONFIGURED], ids=["beside", "linked", "configured"]
)
@pytest.mark.parametrize("seed", range(3))
def test_what_lies_beside_changes_what_it_should(site, tmp_path_factory, counted, seed, happenings):
    live(site, tmp_path_factory.mktemp("from-nothing"), seed, 14, happenings)
    assert sum(counted) >= 3, "else only builds from nothing were compared"


@pytest.mark.parametrize("seed", range(2))
def test_the_tags_file_changes_what_it_should(site, tmp_path_factory, counted, seed, monkeypatch):
    tagged = life.CONFIG.replace("content:\n", "content:\n  tags: content/tags.yml\n")
    monkeypatch.setattr(life, "CONFIG", tagged)
    live(site, tmp_path_factory.mktemp("from-nothing"), seed, 12, TAGGED)
    assert sum(counted) >= 2, "else only builds from nothing were compared"


@pytest.mark.parametrize("seed", range(2))
def test_notes_change_what_they_should(site, tmp_path_factory, counted, seed, monkeypatch):
    vault = life.CONFIG.replace("content:\n", "content:\n  vault: true\n")
    monkeypatch.setattr(life, "CONFIG", vault)
    live(site, tmp_path_factory.mktemp("from-nothing"), seed, 12, NAMED)
    assert sum(counted) >= 3, "else only builds from nothing were compared"


@pytest.mark.parametrize("vault", [True, False])
def test_a_note_that_comes_moves_and_goes_changes_the_links_to_it(site, counted, vault):
    if vault:
        site.configure("content:", "content:\n  vault: true")
    nowhere = "To It." if vault else "To [[deep/Some Note|It]]."
    site.article("a", body="To [[deep/Some Note|It]].")
    site.article("b")

    def shown() -> str:
        (text,) = [e.content[0].value for e in site.entries("atom.xml") if e.title == "a"]
        return text.removeprefix("<p>").removesuffix("</p>")

    time.sleep(0.05)
    assert ("names a file that is no published article" in site.build().err) is vault
    assert shown() == nowhere
    path = site.article("deep/some note", title="Some")
    site.build()
    assert shown() == 'To <a href="https://example.org/2024/05/some%20note/">It</a>.'
    path.write_text(path.read_text().replace("title", "slug: other\ntitle"))
    site.build()
    assert shown() == 'To <a href="https://example.org/2024/05/other/">It</a>.'
    path.rename(path.with_name("another.md"))
    site.build()
    assert shown() == nowhere
    path.with_name("another.md").rename(path)
    site.build()
    other = site.article("x/deep/Some note", title="Twin")
    site.build()
    assert shown() == nowhere, "two have that name"
    other.unlink()
    site.build()
    path.write_text(path.read_text().replace("title", "draft: true\ntitle"))
    site.build()
    assert shown() == nowhere
    assert all(counted[1:])


def test_a_picture_of_a_note_that_comes_later_is_seen_at_the_first_look(site, counted):
    site.article("a", body="![[sea.png]]")
    time.sleep(0.05)
    assert site.run("build").code == 0
    config = str(site.root / "config.yaml")
    assert unchanged.look(config, time.time()).code == 0
    (entry,) = site.entries("atom.xml")
    assert entry.content[0].value == "<p>![[sea.png]]</p>"
    site.write("content/attachments/sea.png", b"x")
    assert unchanged.look(config, time.time()).code is None
    assert site.run("build").code == 0
    (entry,) = site.entries("atom.xml")
    assert 'src="https://example.org/2024/05/a/attachments/sea.png"' in entry.content[0].value
    assert counted == [False, True]


def test_a_change_of_the_tags_file_is_seen_at_the_first_look(site, counted):
    site.configure("content:", "content:\n  tags: tags.yml")
    site.write("tags.yml", "sea: {label: The sea}\n")
    site.article("a", tags="[sea]")
    time.sleep(0.05)
    assert site.run("build").code == 0
    config = str(site.root / "config.yaml")
    assert unchanged.look(config, time.time()).code == 0
    site.write("tags.yml", "sea: {label: All the seas}\n")
    assert unchanged.look(config, time.time()).code is None


def test_a_change_of_the_tags_file_alone_is_noticed(site, counted):
    site.configure("content:", "content:\n  tags: tags.yml")
    site.write("tags.yml", "sea: {label: The sea}\n")
    site.article("a", tags="[sea, ships]")
    time.sleep(0.05)
    site.build()
    (entry,) = site.entries("atom.xml")
    assert [each.label or each.term for each in entry.tags] == ["The sea", "ships"]
    ids = site.ids()
    site.write("tags.yml", "sea: {label: All the seas}\n")
    site.build()
    (entry,) = site.entries("atom.xml")
    assert [each.label or each.term for each in entry.tags] == ["All the seas", "ships"]
    assert site.ids() == ids
    (site.root / "tags.yml").unlink()
    assert "tags.yml: the file that content.tags names is missing" in site.build(code=1).err


@pytest.mark.slow
@pytest.mark.parametrize(
    "happenings", [BESIDE, LINKED, CONFIGURED], ids=["beside", "linked", "configured"]
)
@pytest.mark.parametrize("seed", range(100, 104))
def test_long_lives_with_much_beside_give_what_everything_gives(
    site, tmp_path_factory, counted, seed, happenings
):
    live(site, tmp_path_factory.mktemp("from-nothing"), seed, 25, happenings)
    assert sum(counted) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_long_lives_give_what_everything_gives(site, tmp_path_factory, counted, seed):
    live(site, tmp_path_factory.mktemp("from-nothing"), seed, builds=25)
    assert sum(counted) >= 5
