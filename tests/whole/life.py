"""A site that lives: random changes of all that a build reads, for tests of increments."""

import os
import random
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
  exclude: [away]
feeds:
  - {name: main, path: "", limit: 6}
  - {name: tag, per: tag, limit: 3, where: {not_categories: [ads]}}
  - {name: section, per: section, limit: 4, formats: [atom], content: summary}
  - {name: fresh, formats: [json], where: {newer_than: 20d}}
  - {name: all, limit: 2, archive: true, formats: [rss]}
  - {name: small, formats: [rss], max_bytes: 10kB}
publish: {max_removed: 90%}
"""
CONFIGURATIONS = [
    ("title: Harbour Light", "title: Night"),
    ("author: {name: Harbour Light}", "author: {name: Desk, email: desk@example.org}"),
    ("timezone: Europe/London", "timezone: Europe/London\n  language: fr"),
    ("timezone: Europe/London", "timezone: Asia/Tokyo"),
    ("timezone:", "publish_emails: true\n  timezone:"),
    ("timezone:", "rights: All of them\n  timezone:"),
    ("timezone:", "feeds_url: https://feeds.example.org/\n  timezone:"),
    ("content:\n", "# A note.\ncontent:\n"),
    ("  permalink:", "  vault: true\n  permalink:"),
    ("/{year}/{slug}/", "/{year}/{month}/{slug}/"),
    ("limit: 6", "limit: 3"),
    ("limit: 3, where: {not_categories: [ads]}", "limit: 3, where: {any_tags: [sea]}"),
    ("  - {name: section, per: section", "  - {name: section, per: author"),
    ("  - {name: all,", "  - {name: more, per: language, formats: [rss, json]}\n  - {name: all,"),
    ("  - {name: fresh, formats: [json], where: {newer_than: 20d}}\n", ""),
    ("newer_than: 20d", "newer_than: 9d"),
    ("content: summary", "content: full"),
    ("publish: {", "notify: {websub: {hubs: [https://hub.example/]}}\npublish: {"),
]
"""Texts of the configuration, and what may stand in their place."""
NAMES = ["sea", "sky", "boat", "pier", "tide", "gull"]
FOLDERS = ["", "news/", "news/old/", "opinion/", "b/"]
TITLES = ["The sea", "The sky", "Weekly notes", "Weekly notes", "Boats & piers"]
TAGS = ["Sea", "sea", "Sky", "Boats", "Über"]
SUFFIXES = [".yaml", ".yml", ".json", ".toml", ".meta", ".11tydata.json", ".11tydata.js", ".YAML"]
BEGIN = datetime(2024, 5, 1, 12, tzinfo=UTC)


Happening = Callable[["Life"], None]


class Life:
    """A site, and everything that may happen to it."""

    def __init__(self, site: WholeSite, seed: int, happenings: Sequence[Happening]) -> None:
        self.site = site
        self.happenings = happenings
        self.content = site.root / "content"
        self.chance = random.Random(seed)
        self.now = BEGIN
        self.number = 0
        self.told: list[str] = []
        self.configured: set[tuple[str, str]] = set()
        site.write("config.yaml", CONFIG)
        for _ in range(8):
            self.add()

    def change(self) -> None:
        happening = self.chance.choice(self.happenings)
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
            "author": chance.choice(["ann", "Ann", "@bob", "ann, bob", "cy", "Cy Low; bob"]),
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
            f"A note: [[{chance.choice(FOLDERS)}{chance.choice(NAMES)}|it]], %%mine%%",
            f"[[{chance.choice(NAMES)}]], ![[{chance.choice(NAMES)}]]",
            f"![[{chance.choice(NAMES)}.png|300]] ==marked==",
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
        if not target.exists() or not path.samefile(target):
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

    # ------------------------------------------------------------ what lies beside

    def beside(self) -> None:
        """Give some article a sidecar, or another one."""
        path = self.any_file()
        name = self.chance.choice([path, path, path, path.with_suffix("")])
        self.write(Path(f"{name}{self.chance.choice(SUFFIXES)}"), self.data())

    def data(self) -> str:
        """Return a text for a data file, in JSON, which is YAML as well."""
        chance = self.chance
        self.number += 1
        fields = {
            "tags": f'["Side", "{chance.choice(TAGS)}"]',
            "title": f'"Beside {self.number}"',
            "html": f'"<p>Beside {self.number}</p>"',
            "date": f'"{BEGIN - timedelta(days=chance.randint(0, 30)):%Y-%m-%d}"',
            "author": f'"Desk {chance.randint(0, 2)}"',
            "slug": f'"{chance.choice(NAMES)}"',
            "draft": "true",
        }
        kept = [f'"{k}": {v}' for k, v in fields.items() if chance.random() < 0.5]
        return chance.choice(
            ["{", "", "words", f"// {self.number}"] + ["{" + ", ".join(kept) + "}"] * 9
        )

    def data_files(self) -> list[Path]:
        return sorted(
            path
            for path in self.content.rglob("*")
            if path.name.casefold().endswith(tuple(SUFFIXES)) and path.is_file()
        )

    def edit_data(self) -> None:
        for path in self.chance.sample(found := self.data_files(), min(len(found), 1)):
            path.write_text(self.data())

    def remove_data(self) -> None:
        for path in self.chance.sample(found := self.data_files(), min(len(found), 1)):
            path.unlink()

    def move_data(self) -> None:
        for path in self.chance.sample(found := self.data_files(), min(len(found), 1)):
            target = self.any_file()
            path.replace(target.with_name(target.stem + path.suffix))

    def move_with_data(self) -> None:
        path, target = self.any_file(), self.place()
        target.parent.mkdir(parents=True, exist_ok=True)
        for each in sorted(path.parent.glob(f"{path.stem}.*")):
            each.replace(target.with_name(target.stem + each.name.removeprefix(path.stem)))

    def remove_with_data(self) -> None:
        path = self.any_file()
        for each in sorted(path.parent.glob(f"{path.stem}.*")):
            each.unlink()

    def folder_data(self) -> None:
        folder = self.content / self.chance.choice(FOLDERS)
        path = folder / (
            folder.name + self.chance.choice([".json", ".11tydata.json", ".11tydata.js"])
        )
        if path.exists() and self.chance.random() < 0.4:
            path.unlink()
        else:
            self.write(path, self.data())

    def section_index(self) -> None:
        chance = self.chance
        name = chance.choice(
            ["index.md", *["_index.md"] * 4, "_index.fr.md", "README.md", "_index.html"]
        )
        path = self.content / chance.choice(FOLDERS) / name
        if path.exists() and chance.random() < 0.4:
            path.unlink()
            return
        target = chance.choice(["", "", ", _target: {path: /news/**}", ", _target: {lang: fr}"])
        cascade = f"cascade: {{tags: [Section {self.number % 3}], author: Desk{target}}}\n"
        more = cascade if "_" in name and chance.random() < 0.6 else ""
        self.number += 1
        self.write(path, f"---\ntitle: An index\n{more}---\nWords, {self.number}.\n")

    def records(self) -> None:
        items = ",".join(
            f'{{"title": "Record {n}", "slug": "r{n}", "date": "2024-04-0{n + 1}", "html": "<p>'
            f'{self.number if n == 1 else 0}</p>"}}'
            for n in range(self.chance.randint(1, 5))
        )
        self.write(self.content / "news" / "records.jsonl", items.replace("},{", "}\n{"))

    # ------------------------------------------------------------ symbolic links

    def hidden_away(self) -> Path:
        """Return an article in a folder that is excluded, but for links into it."""
        path = self.content / "away" / self.chance.choice(["", "deep"]) / f"{self.number % 4}.md"
        self.number += 1
        self.write(path, f"---\ntitle: Away {self.number}\ndate: 2024-04-03\n---\nAway.\n")
        return path

    def link(self) -> None:
        """Link to an article, a data file, a folder, out of the content, or to nothing."""
        chance = self.chance
        self.number += 1
        data = self.data_files() or [self.any_file()]
        target, name = chance.choice(
            [
                (self.any_file(), f"link-{self.number}.md"),
                (self.any_file().parent, f"link-{self.number}"),
                (self.hidden_away(), f"link-{self.number}.md"),
                (self.hidden_away().parent, f"link-{self.number}"),
                (chance.choice(data), self.any_file().stem + chance.choice([".yaml", ".json"])),
                (self.site.write("out.md", "Out."), f"out-{self.number}.md"),
                (self.content / "nothing.md", f".#{self.number}.md"),
                (self.content / "nothing.md", f"link-{self.number}.md"),
            ]
        )
        path = self.content / chance.choice(["", "", "news", "away"]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_symlink() and not path.exists():
            path.symlink_to(os.path.relpath(target, path.parent))

    def remove_link(self) -> None:
        for path in sorted(self.content.rglob("*")):
            if path.is_symlink() and self.chance.random() < 0.3:
                path.unlink()

    def edit_away(self) -> None:
        self.hidden_away()

    def add_away(self) -> None:
        path = self.content / "away" / f"more-{self.number}.md"
        if path.parent.exists():
            path.write_text(f"---\ntitle: More {self.number}\ndate: 2024-04-04\n---\nMore.\n")
        self.number += 1

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
        """Write another configuration, or an old one again."""
        self.configured ^= set(self.chance.sample(CONFIGURATIONS, self.chance.choice([1, 1, 2])))
        text = CONFIG
        for old, new in CONFIGURATIONS:
            text = text.replace(old, new) if (old, new) in self.configured else text
        self.site.write("config.yaml", text)

    def people(self) -> None:
        """Write another authors file, or take it away."""
        path = self.site.root / "authors.yml"
        names = [
            f"{handle}: {{name: {handle.title()} {self.chance.choice(['Lee', 'Low'])}}}\n"
            for handle in self.chance.sample(["ann", "bob", "cy", "dee"], self.chance.randint(0, 4))
        ]
        text = "".join(names)
        if self.chance.random() < 0.1:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text if self.chance.random() < 0.9 else text + "x: [\n")

    def page(self) -> None:
        """Add an HTML page, whose title ends with that of the site, or did."""
        self.number += 1
        title = f"Page {self.number} - {self.chance.choice(['Harbour Light', 'Night', 'Sea'])}"
        text = f"<html><head><title>{title}</title></head><body><p>Words.</p></body></html>"
        self.write(self.content / f"page-{self.number}.html", text)

    def tags_file(self) -> None:
        path = self.site.root / "content" / "tags.yml"
        labels = [f"{tag}: {{label: {self.chance.choice(TAGS)}}}\n" for tag in TAGS[:3]]
        text = "".join(self.chance.sample(labels, self.chance.randint(0, 3)))
        if self.chance.random() < 0.2:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text if self.chance.random() < 0.8 else text + "x: [\n")

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
    *[Life.beside] * 2,
    Life.edit_data,
    Life.remove_data,
    Life.folder_data,
    Life.section_index,
    Life.records,
    Life.lose_documents,
    Life.write_into_documents,
    Life.lose_the_index,
    Life.damage_the_index,
    Life.turn_the_clock_back,
    Life.configure,
    *[Life.people] * 2,
]

_ORDINARY = [Life.add, Life.edit, Life.edit_fields, Life.remove, Life.move, Life.copy, Life.nothing]

BESIDE = [
    *_ORDINARY,
    *[Life.beside] * 6,
    *[Life.edit_data] * 6,
    *[Life.move_data] * 2,
    *[Life.remove_data] * 2,
    *[Life.move_with_data] * 2,
    *[Life.folder_data] * 4,
    *[Life.section_index] * 6,
    Life.remove_with_data,
    Life.move_folder,
    Life.touch,
    Life.records,
    Life.break_it,
]
"""Of a site in which most of what happens, happens beside articles."""

CONFIGURED = [
    *_ORDINARY,
    *[Life.configure] * 6,
    *[Life.people] * 4,
    Life.page,
    Life.wait,
    Life.break_it,
    Life.records,
]
"""Of a site whose configuration changes all the time."""

TAGGED = [*_ORDINARY, *[Life.tags_file] * 5]
"""Of a site with a tags file."""
LINKED = [
    *_ORDINARY * 2,
    *[Life.link] * 4,
    *[Life.edit_away] * 3,
    *[Life.add_away] * 3,
    Life.remove_link,
    Life.beside,
    Life.edit_data,
    Life.move_folder,
    Life.section_index,
]
"""Of a site with symbolic links."""

NAMED = [*_ORDINARY, *[Life.move] * 3, *[Life.remove] * 2, *[Life.picture] * 3, Life.move_folder]
"""Of a site whose articles name each other, and pictures."""
