"""A run that looks at what changed comes to what a run from nothing comes to, byte for byte.

Sites live through random changes. Before each build the site is copied without what it remembers;
both are built, with the same ledger and the same now, and must be equal in all that anybody sees.
"""

import os
import random
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedwright import documents, entries, survey, unchanged
from feedwright.model import Problem, Severity
from feedwright.publish import gate
from tests.whole.conftest import WholeSite

CONFIG = """\
site:
  title: Harbour Light
  url: https://example.org/
  author: {name: Harbour Light}
  timezone: Europe/London
content:
  permalink: /{year}/{slug}/
  static: [static]
feeds:
  - {name: main, path: "", limit: 6}
  - {name: tag, per: tag, limit: 3, where: {not_categories: [ads]}}
  - {name: section, per: section, limit: 4, formats: [atom], content: summary}
  - {name: fresh, formats: [json], where: {newer_than: 20d}}
  - {name: all, limit: 2, archive: true, formats: [rss]}
  - {name: small, formats: [rss], max_bytes: 10kB}
publish: {max_removed: 90%}
"""
NAMES = ["sea", "sky", "boat", "pier", "tide", "gull"]
FOLDERS = ["", "news/", "news/old/", "opinion/", "b/"]
TITLES = ["The sea", "The sky", "Weekly notes", "Weekly notes", "Boats & piers"]
TAGS = ["Sea", "sea", "Sky", "Boats", "Über"]
BEGIN = datetime(2024, 5, 1, 12, tzinfo=UTC)


class Life:
    """A site, and everything that may happen to it."""

    def __init__(self, site: WholeSite, seed: int) -> None:
        self.site = site
        self.content = site.root / "content"
        self.chance = random.Random(seed)
        self.now = BEGIN
        self.number = 0
        self.told: list[str] = []
        site.write("config.yaml", CONFIG)
        for _ in range(8):
            self.add()

    def change(self) -> None:
        happening = self.chance.choice(HAPPENINGS)
        self.told.append(happening.__name__)
        happening(self)
        self.now += timedelta(seconds=self.chance.choice([0, 1, 60, 86_400, 10 * 86_400]))

    # ------------------------------------------------------------ files

    def files(self) -> list[Path]:
        return sorted(path for path in self.content.rglob("*.md") if path.is_file())

    def any_file(self) -> Path:
        files = self.files()
        if not files:
            self.add()
            files = self.files()
        return self.chance.choice(files)

    def place(self) -> Path:
        self.number += 1
        name = self.chance.choice(NAMES)
        if self.chance.random() < 0.6:
            name += f"-{self.number}"
        ending = self.chance.choice([".md", ".md", ".md", "/index.md", ".fr.md"])
        return self.content / f"{self.chance.choice(FOLDERS)}{name}{ending}"

    def fields(self) -> dict[str, str]:
        chance = self.chance
        fields = {"title": chance.choice([*TITLES, f"Only {self.number}"])}
        if chance.random() < 0.8:
            day = BEGIN + timedelta(days=chance.randint(-40, 25), hours=chance.randint(0, 9))
            fields["date"] = f"{day:%Y-%m-%dT%H:%M:%SZ}"
        if chance.random() < 0.7:
            fields["tags"] = f"[{', '.join(chance.sample(TAGS, chance.randint(1, 3)))}]"
        rare = {
            "slug": chance.choice(NAMES),
            "draft": "true",
            "categories": "[ads]",
            "permalink": f"/p/{chance.choice(NAMES)}/",
            "id": chance.choice(["one", "https://example.org/x/two", "urn:x:three"]),
            "image": f"/{chance.choice(NAMES)}.png",
            "updated": f"{BEGIN + timedelta(days=chance.randint(-30, 20)):%Y-%m-%d}",
            "expires": f"{BEGIN + timedelta(days=chance.randint(-5, 20)):%Y-%m-%d}",
            "minor": "true",
            "enclosure": "{url: sound.mp3}",
        }
        return fields | {key: value for key, value in rare.items() if chance.random() < 0.12}

    def body(self) -> str:
        chance = self.chance
        parts = [f"Words, number {self.number}."] if chance.random() < 0.8 else ["The same words."]
        more = (
            "Refuse this." if chance.random() < 0.2 else "Fine.",
            f"A [link]({chance.choice(NAMES)}.md), another [one](../{chance.choice(NAMES)}.md).",
            f'By name: [x]({{{{< ref "{chance.choice(NAMES)}" >}}}}).',
            f"![](/{chance.choice(NAMES)}.png)",
            "More " * chance.randint(1, 900),
        )
        return "\n\n".join([*parts, *(text for text in more if chance.random() < 0.3)])

    def write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    # ------------------------------------------------------------ what happens

    def add(self) -> None:
        lines = [f"{key}: {value}" for key, value in self.fields().items()]
        self.write(self.place(), "\n".join(["---", *lines, "---", "", self.body(), ""]))

    def edit(self) -> None:
        path = self.any_file()
        self.write(path, path.read_text(encoding="utf-8") + f"\nMore, {self.number}.\n")
        self.number += 1

    def edit_fields(self) -> None:
        path = self.any_file()
        head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
        kept = [line for line in head.split("\n") if self.chance.random() < 0.8 or line == "---"]
        more = [f"{key}: {value}" for key, value in self.fields().items()]
        kept += [line for line in more if self.chance.random() < 0.5]
        known = {line.partition(":")[0]: line for line in kept}
        self.write(path, "\n".join(known.values()) + "\n---\n" + body)

    def same_size(self) -> None:
        path = self.any_file()
        before = path.stat()
        self.write(path, path.read_text(encoding="utf-8").swapcase())
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def move(self) -> None:
        path, target = self.any_file(), self.place()
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)

    def move_and_edit(self) -> None:
        path, target = self.any_file(), self.place()
        self.write(target, path.read_text(encoding="utf-8") + "\nMoved.\n")
        path.unlink()

    def move_folder(self) -> None:
        folder = self.any_file().parent
        if folder != self.content:
            target = self.content / f"moved-{self.number}"
            self.number += 1
            folder.rename(target)

    def swap(self) -> None:
        one, other = self.any_file(), self.any_file()
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)

    def copy(self) -> None:
        path, target = self.any_file(), self.place()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)

    def remove(self) -> None:
        path = self.any_file()
        self.site.write("trash.md", path.read_bytes())
        path.unlink()

    def bring_back(self) -> None:
        trash = self.site.root / "trash.md"
        if trash.exists():
            self.place().parent.mkdir(parents=True, exist_ok=True)
            target = self.place()
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(trash, target)

    def break_it(self) -> None:
        path = self.any_file()
        broken = self.chance.choice(["---\ntitle: [\n---\nx\n", "", "---\ndraft: perhaps\n---\n"])
        self.site.write("trash.md", path.read_bytes())
        self.write(path, broken)

    def touch(self) -> None:
        path = self.any_file()
        old = time.time() - self.chance.randint(0, 10_000)
        os.utime(path, (old, old))

    def picture(self) -> None:
        path = self.site.root / "static" / f"{self.chance.choice(NAMES)}.png"
        if path.exists() and self.chance.random() < 0.3:
            path.unlink()
        else:
            self.site.write(str(path.relative_to(self.site.root)), b"x" * self.number)

    def beside(self) -> None:
        path = self.any_file().with_suffix(self.chance.choice([".yaml", ".json"]))
        if path.exists():
            path.unlink()
        else:
            path.write_text('{"tags": ["Sea", "Side"]}')

    def folder_data(self) -> None:
        path = self.content / "news" / "news.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{{"author": "Desk {self.number}"}}')

    def section_index(self) -> None:
        path = (
            self.content
            / self.chance.choice(FOLDERS)
            / self.chance.choice(["index.md", "_index.md", "README.md"])
        )
        more = f"cascade: {{tags: [Section {self.number % 3}]}}\n" if "_" in path.name else ""
        self.write(path, f"---\ntitle: An index\n{more}---\nWords.\n")

    def records(self) -> None:
        items = ",".join(
            f'{{"title": "Record {n}", "slug": "r{n}", "date": "2024-04-0{n + 1}", "html": "<p>'
            f'{self.number if n == 1 else 0}</p>"}}'
            for n in range(self.chance.randint(1, 5))
        )
        self.write(self.content / "news" / "records.jsonl", items.replace("},{", "}\n{"))

    def link(self) -> None:
        path = self.content / f"link-{self.number}.md"
        self.number += 1
        path.symlink_to(self.any_file())

    # ------------------------------------------------------------ what else

    def lose_documents(self) -> None:
        for path in self.site.feeds.rglob("*.xml"):
            if self.chance.random() < 0.3:
                path.unlink()

    def write_into_documents(self) -> None:
        for path in self.site.feeds.rglob("*.json"):
            path.write_bytes(path.read_bytes().replace(b"e", b"E", 1))

    def lose_the_index(self) -> None:
        for path in (self.site.root / ".feedwright").glob("index*"):
            if self.chance.random() < 0.5:
                path.unlink()

    def damage_the_index(self) -> None:
        path = self.site.root / ".feedwright" / "index.sqlite"
        if path.exists():
            data = bytearray(path.read_bytes())
            for _ in range(20):
                data[self.chance.randrange(len(data))] ^= 0xFF
            path.write_bytes(data)

    def turn_the_clock_back(self) -> None:
        self.now -= timedelta(days=self.chance.randint(1, 12))

    def wait(self) -> None:
        self.now += timedelta(days=self.chance.randint(1, 40))

    def configure(self) -> None:
        text = CONFIG.replace("limit: 6", f"limit: {self.chance.randint(1, 9)}")
        self.site.write("config.yaml", text)

    def nothing(self) -> None:
        """Let nothing happen."""


HAPPENINGS = [
    *[Life.add] * 5,
    *[Life.edit] * 5,
    *[Life.edit_fields] * 5,
    *[Life.remove] * 3,
    *[Life.move] * 3,
    *[Life.move_and_edit] * 3,
    *[Life.copy] * 3,
    *[Life.bring_back] * 3,
    *[Life.break_it] * 2,
    *[Life.picture] * 3,
    *[Life.wait] * 3,
    *[Life.nothing] * 2,
    Life.same_size,
    Life.move_folder,
    Life.swap,
    Life.swap,
    Life.touch,
    Life.beside,
    Life.folder_data,
    Life.section_index,
    Life.records,
    Life.lose_documents,
    Life.write_into_documents,
    Life.lose_the_index,
    Life.damage_the_index,
    Life.turn_the_clock_back,
    Life.configure,
]


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
    look = survey._Run.from_known

    def from_known(run, index):
        found = look(run, index)
        known.append(found is not None)
        return found

    monkeypatch.setattr(survey._Run, "from_known", from_known)
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
    assert counted == [False, True, False]


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


def live(site: WholeSite, elsewhere: Path, seed: int, builds: int) -> None:
    life = Life(site, seed)
    for number in range(builds):
        if number:
            for _ in range(life.chance.choice([1, 1, 1, 2, 3])):
                life.change()
        other = WholeSite(elsewhere / str(number))
        shutil.copytree(site.root, other.root, dirs_exist_ok=True, symlinks=True)
        for path in (other.root / ".feedwright").glob("index*"):
            path.unlink()
        now = f"{life.now:%Y-%m-%dT%H:%M:%SZ}"
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(documents, "MANY", life.chance.choice([0, 2, 1000]))
            done = site.run("build", "--now", now)
        expected = other.run("build", "--now", now)
        assert done == expected, life.told
        assert done.code in {0, 1, 3}, done
        assert site.bytes() == other.bytes(), life.told
        assert ledger(site) == ledger(other), life.told
        shutil.rmtree(other.root)


def ledger(site: WholeSite) -> bytes:
    path = site.root / "ledger.jsonl"
    return path.read_bytes() if path.exists() else b""


@pytest.mark.parametrize("seed", range(4))
def test_what_changed_gives_what_everything_gives(site, tmp_path_factory, counted, seed):
    live(site, tmp_path_factory.mktemp("from-nothing"), seed, builds=14)
    assert sum(counted) >= 3, "else only builds from nothing were compared"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 118))
def test_long_lives_give_what_everything_gives(site, tmp_path_factory, counted, seed):
    live(site, tmp_path_factory.mktemp("from-nothing"), seed, builds=25)
    assert sum(counted) >= 5
