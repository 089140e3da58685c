"""What changes beside articles costs what it concerns, in a site of hundreds of articles.

Each change is built twice, by what changed and from nothing, with the same ledger and the same now:
both give the same, and of the first it is counted which files it opened.
"""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feedwright import unchanged
from feedwright.sources import reading
from feedwright.survey import run
from tests.whole.conftest import WholeSite

ALL = 200
CONFIG = """\
site:
  title: Harbour Light
  url: https://example.org/
  author: {name: Harbour Light}
content: {permalink: "/{year}/{slug}/", exclude: [away]}
feeds:
  - {name: main, path: "", limit: 300, formats: [json]}
  - {name: tag, per: tag, limit: 3, formats: [json]}
"""


class Big:
    """A site of 200 articles, of which a few have sidecars, and what its builds open."""

    def __init__(self, site: WholeSite, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.site = site
        self.content = site.root / "content"
        self._other = WholeSite(elsewhere)
        self._opened: set[str] = set()
        self._cheap: list[bool] = []
        monkeypatch.setattr(unchanged, "_RACY_NS", 20_000_000)
        self._watch(monkeypatch)
        site.write("config.yaml", CONFIG)
        for number in range(ALL):
            folder = ["", "news/", "news/old/"][number // 20] if number < 60 else "rest/"
            site.article(f"{folder}{number}", date=f"2024-0{number % 9 + 1}-01")
        self.write("1.yaml", "tags: [One]\n")
        self.write("2.json", '{"tags": ["Two"]}')
        self.write("list.json", '[{"title": "Listed", "date": "2024-05-02", "html": "<p>1</p>"}]')
        self.write("rest/_index.md", "---\ntitle: The rest\n---\n")

    def _watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        open_it, look = reading._bytes, run._Run.from_known

        def opened(file, max_bytes):
            self._opened.add(file.path.removeprefix("content/"))
            return open_it(file, max_bytes)

        def from_known(run, index):
            found = look(run, index)
            self._cheap.append(found is not None)
            return found

        monkeypatch.setattr(reading, "_bytes", opened)
        monkeypatch.setattr(run._Run, "from_known", from_known)

    def write(self, name: str, text: str) -> None:
        self.site.write(f"content/{name}", text)

    def link(self, name: str, target: str) -> None:
        (self.content / name).symlink_to(target)

    def build(self) -> set[str] | None:
        """Build, and return what was opened; None when everything was looked at."""
        time.sleep(0.03)
        shutil.rmtree(self._other.root)
        shutil.copytree(self.site.root, self._other.root, symlinks=True)
        for path in (self._other.root / ".feedwright").glob("index*"):
            path.unlink()
        self._opened.clear()
        done = self._build(self.site)
        opened, is_cheap = set(self._opened), self._cheap[-1]
        assert done == self._build(self._other)
        assert self.site.bytes() == self._other.bytes()
        for path in ("ledger.jsonl", ".feedwright/told.json"):
            assert self._bytes(self.site, path) == self._bytes(self._other, path)
        return opened if is_cheap else None

    def _build(self, site: WholeSite) -> object:
        done = site.run("build", "--now", "2025-06-01T12:00:00Z", "--allow-mass-removal")
        assert done.code in {0, 1}, done
        return done

    def _bytes(self, site: WholeSite, name: str) -> bytes:
        path = site.root / name
        return path.read_bytes() if path.exists() else b""

    def entry(self, title: str) -> dict:
        (found,) = [each for each in self.site.json()["items"] if each["title"] == title]
        return found

    def titles(self) -> set[str]:
        return {each["title"] for each in self.site.json()["items"]}

    def below(self, folder: str) -> set[str]:
        found = (self.content / folder).rglob("*.md")
        return {str(path.relative_to(self.content)) for path in found if path.name[0] != "_"}


@pytest.fixture
def big(site, tmp_path_factory, monkeypatch) -> Big:
    made = Big(site, tmp_path_factory.mktemp("from-nothing"), monkeypatch)
    assert made.build() is None
    return made


# ---------------------------------------------------------------- sidecars


def test_a_sidecar_costs_what_its_article_costs(big):
    big.write("1.yaml", "tags: [Other]\n")
    assert big.build() == {"1.md", "1.yaml"}
    assert big.entry("1")["tags"] == ["Other"]
    big.write("3.yaml", "tags: [Three]\n")
    assert big.build() == {"3.md", "3.yaml"}
    assert big.entry("3")["tags"] == ["Three"]
    big.write("3.md.toml", 'authors = ["Eva"]\n')
    assert big.build() == {"3.md", "3.yaml", "3.md.toml"}
    (big.content / "3.yaml").unlink()
    assert big.build() == {"3.md", "3.md.toml"}
    assert "tags" not in big.entry("3")
    assert big.entry("3")["authors"] == [{"name": "Eva"}]


def test_what_a_sidecar_says_is_read_again_with_its_article_later(big):
    big.write("3.yaml", "tags: [Three]\n")
    assert big.build() == {"3.md", "3.yaml"}
    big.site.article("3", body="Other words.")
    assert big.build() == {"3.md", "3.yaml"}
    assert big.entry("3")["tags"] == ["Three"]
    (big.content / "3.yaml").unlink()
    big.build()
    big.site.article("3", body="Again other words.")
    assert big.build() == {"3.md"}


def test_a_sidecar_moves_to_another_article(big):
    (big.content / "1.yaml").rename(big.content / "3.yaml")
    assert big.build() == {"1.md", "3.md", "3.yaml"}
    assert big.entry("3")["tags"] == ["One"]
    assert "tags" not in big.entry("1")


def test_a_sidecar_that_cannot_be_read_holds_its_article(big):
    big.write("2.json", "{")
    assert big.build() == {"2.md", "2.json"}
    big.write("2.json", '{"tags": ["Mended"]}')
    assert big.build() == {"2.md", "2.json"}
    assert big.entry("2")["tags"] == ["Mended"]


def test_articles_come_and_go_with_their_sidecars(big):
    big.site.article("new")
    big.write("new.yaml", "tags: [New]\n")
    assert big.build() == {"new.md", "new.yaml"}
    for ending in ("md", "yaml"):
        (big.content / f"new.{ending}").rename(big.content / f"newer.{ending}")
    assert big.build() == {"newer.md", "newer.yaml"}
    for ending in ("md", "yaml"):
        (big.content / f"newer.{ending}").unlink()
    assert big.build() == set()
    assert "new" not in big.titles()


def test_a_sidecar_without_its_article_holds_articles_or_is_an_orphan(big):
    record = '{"title": "Alone", "date": "2024-05-02", "html": "<p>Alone.</p>"}'
    big.write("2.json", record)
    big.write("2.toml", 'tags = ["Two"]\n')
    assert big.build() == {"2.md", "2.json", "2.toml"}
    (big.content / "2.md").unlink()
    assert big.build() == {"2.json", "2.toml"}
    assert big.entry("Alone")["tags"] == ["Two"]
    (big.content / "2.json").unlink()
    assert big.build() == set()
    assert "2.toml" in big.site.run("check").out
    big.write("2.json", record)
    assert big.build() == {"2.json", "2.toml"}
    big.site.article("2")
    assert big.build() == {"2.md", "2.json", "2.toml"}
    assert "Alone" not in big.titles()


def test_a_file_of_records_becomes_a_sidecar_and_records_again(big):
    big.site.article("list")
    assert big.build() == {"list.md", "list.json"}
    assert "Listed" not in big.titles()
    (big.content / "list.md").unlink()
    assert big.build() == {"list.json"}
    assert "Listed" in big.titles()
    big.write("more.json", '[{"title": "More", "date": "2024-05-02", "html": "<p>1</p>"}]')
    assert big.build() == {"more.json"}
    assert "More" in big.titles()


def test_files_of_records_share_a_name_without_belonging_to_one_another(big):
    for number in range(2):
        big.write("list.yaml", f"- {{title: YAML {number}, date: 2024-05-02, html: Words.}}\n")
        assert big.build() == {"list.yaml"}
        assert {"Listed", f"YAML {number}"} <= big.titles()


def test_an_orphan_is_named_until_it_has_an_article(big):
    big.write("later.toml", 'tags = ["Later"]\n')
    assert big.build() == set()
    big.site.article("later")
    assert big.build() == {"later.md", "later.toml"}
    assert big.entry("later")["tags"] == ["Later"]


def test_a_data_file_that_is_spelled_oddly_is_in_doubt(big):
    big.write("odd.YAML", "tags: [Odd]\n")
    assert big.build() is None
    big.site.article("odd")
    assert big.build() is None
    big.site.article("3", body="Other words.")
    assert big.build() == {"3.md"}


# ---------------------------------------------------------------- data of folders


def test_data_of_a_folder_costs_what_lies_below_it(big):
    for text in ('{"author": "Desk"}', '{"author": "Other desk"}'):
        big.write("news/old/old.json", text)
        assert big.build() == big.below("news/old") | {"news/old/old.json"}
    assert big.entry("news/old/40")["authors"] == [{"name": "Other desk"}]
    big.write("news/news.11tydata.js", 'module.exports = {author: "News"};')
    opened = big.build()
    assert opened == big.below("news") | {"news/old/old.json", "news/news.11tydata.js"}
    assert big.entry("news/20")["authors"] == [{"name": "News"}]
    (big.content / "news/old/old.json").unlink()
    assert big.build() == big.below("news/old") | {"news/news.11tydata.js"}
    assert big.entry("news/old/40")["authors"] == [{"name": "News"}]


def test_data_that_concerns_nearly_all_has_everything_read(big):
    big.write("content.json", '{"author": "Desk"}')
    assert big.build() is None


def test_data_that_was_only_touched_changes_nothing(big):
    big.write("news/old/old.json", '{"author": "Desk"}')
    big.build()
    os.utime(big.content / "news/old/old.json", (1, 1))
    os.utime(big.content / "1.yaml", (1, 1))
    written = big.site.stats()
    assert big.build() is not None
    assert big.site.stats() == written


# ---------------------------------------------------------------- sections


def test_an_index_of_a_section_that_says_nothing_for_others_is_no_change(big):
    for text in ("---\ntitle: News\n---\n", "---\ntitle: Other news\n---\n"):
        big.write("news/_index.md", text)
        assert big.build() == {"news/_index.md"}
    (big.content / "news/_index.md").unlink()
    assert big.build() == set()


def test_a_cascade_costs_what_lies_below_it(big):
    big.write("news/_index.md", "---\ncascade: {author: News}\n---\n")
    assert big.build() == big.below("news") | {"news/_index.md"}
    assert (
        big.entry("news/20")["authors"] == big.entry("news/old/40")["authors"] == [{"name": "News"}]
    )
    target = "{author: Old, _target: {path: /news/old/**}}"
    big.write("news/_index.md", f"---\ncascade: {target}\n---\n")
    assert big.build() == big.below("news") | {"news/_index.md"}
    assert big.entry("news/old/40")["authors"] == [{"name": "Old"}]
    assert big.entry("news/20").get("authors") != [{"name": "News"}]
    big.site.article("news/old/40", date="2024-05-01", body="Other words.")
    assert big.build() == {"news/old/40.md", "news/_index.md"}
    big.write("news/_index.md", "---\ntitle: News\n---\n")
    assert big.build() == big.below("news") | {"news/_index.md"}
    assert big.entry("news/old/40").get("authors") != [{"name": "Old"}]


def test_the_first_index_and_the_last_have_everything_read(big):
    (big.content / "rest/_index.md").unlink()
    assert big.build() is None
    big.write("news/_index.md", "---\ntitle: News\n---\n")
    assert big.build() is None


def test_data_by_the_name_of_an_index_is_in_doubt(big):
    big.write("news/_index.yaml", "cascade: {author: News}\n")
    assert big.build() is None


def test_content_folders_in_one_another_are_in_doubt(big):
    big.site.write("other/x.md", "---\ntitle: X\ndate: 2024-05-01\n---\nWords.\n")
    alias = big.site.root / "alias"
    alias.symlink_to("other")
    big.site.configure("content: {", "content: {path: [content, alias], ")
    assert big.build() is None
    big.site.article("1", body="Other words.")
    assert big.build() == {"1.md", "1.yaml"}
    alias.unlink()
    alias.symlink_to("content/news/old")
    assert big.build() is None


# ---------------------------------------------------------------- symbolic links


def linked(big: Big) -> None:
    for name in ("a", "b"):
        big.write(f"away/{name}.md", f"---\ntitle: Away {name}\ndate: 2024-05-03\n---\nAway.\n")
    big.write("away/shared.yaml", "tags: [Shared]\n")
    big.link("again.md", "1.md")
    big.link("again", "news")
    big.link("there", "away")
    big.link("near.md", "away/a.md")
    big.link("3.yaml", "away/shared.yaml")
    big.link("nothing.png", "nowhere")
    assert big.build() is None


def test_an_edit_in_a_site_with_links_costs_what_it_concerns(big):
    linked(big)
    assert {"Away a", "Away b"} <= big.titles()
    big.site.article("1", body="Other words.")
    assert big.build() == {"1.md", "1.yaml"}
    big.site.article("news/20", body="Other words.")
    assert big.build() == {"news/20.md"}
    big.site.article("news/new", body="New words.")
    assert big.build() == {"news/new.md"}


def test_an_edit_behind_a_link_is_seen_where_the_link_is(big):
    linked(big)
    big.write("away/b.md", "---\ntitle: Away b\ndate: 2024-05-03\n---\nOther words.\n")
    assert big.build() == {"there/b.md"}
    big.write("away/a.md", "---\ntitle: Away a\ndate: 2024-05-03\n---\nOther words.\n")
    assert big.build() == {"there/a.md", "near.md"}
    big.write("away/c.md", "---\ntitle: Away c\ndate: 2024-05-03\n---\nNew words.\n")
    assert big.build() == {"there/c.md"}
    big.write("away/shared.yaml", "tags: [Other]\n")
    assert big.build() == {"3.md", "3.yaml", "there/shared.yaml"}
    assert big.entry("3")["tags"] == ["Other"]
    (big.content / "away/c.md").unlink()
    assert big.build() == set()


@pytest.mark.parametrize(
    "change",
    [
        lambda content: (content / "again.md").unlink(),
        lambda content: (content / "more.md").symlink_to("2.md"),
        lambda content: (content / "1.md").unlink(),
        lambda content: (content / "away").rename(content / "elsewhere"),
        lambda content: (content / "nowhere").write_text("Something."),
    ],
)
def test_another_link_or_another_target_has_everything_looked_at(
    big: Big, change: Callable[[Path], object]
):
    linked(big)
    change(big.content)
    assert big.build() is None


def test_where_links_lead_to_one_another_everything_is_looked_at(big):
    big.write("away/deep/a.md", "---\ntitle: Deep\ndate: 2024-05-03\n---\nDeep.\n")
    big.link("a-deep", "away/deep")
    big.link("there", "away")
    assert big.build() is None
    big.site.article("1", body="Other words.")
    assert big.build() is None


def test_where_the_listing_takes_another_link_than_the_scan_everything_is_looked_at(big):
    big.write("away/a.md", "---\ntitle: Away a\ndate: 2024-05-03\n---\nAway.\n")
    big.write("news-b/b.md", "---\ntitle: B\ndate: 2024-05-03\n---\nWords.\n")
    big.link("news-b/there", "../away")
    big.link("news/old/first", "../../away")
    assert big.build() is None
    assert "content/news-b/there/a.md" in (big.site.root / "ledger.jsonl").read_text()
    big.write("away/a.md", "---\ntitle: Away a\ndate: 2024-05-03\n---\nOther words.\n")
    assert big.build() is None


def test_a_lock_of_an_editor_is_no_link(big):
    big.link(".#1.md", "user@host.1234")
    big.site.article("1", body="Other words.")
    assert big.build() == {"1.md", "1.yaml"}
