"""What happens to a site while people are subscribed to it, and what each step may show them."""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.readers.serving import TYPES, File, Snapshot
from tests.whole.conftest import WholeSite

BEGIN = datetime(2025, 6, 1, 12, tzinfo=UTC)
ARABIC = "مرفأ الصيادين"
BASE = (
    "A letter to the harbour",  # pasted, without a date: the run's time
    "The loft opens",
    "The bell nobody heard",
    ARABIC,
    "In praise of “wrong” benches",
    "Tides 5 < 6 & rising",
    "The ferry sails again",
)  # newest first


class Step(NamedTuple):
    """A change of the site, and a build a day after the last one."""

    change: Callable[[WholeSite], object]
    # What a reader has not seen before.
    new: tuple[str, ...] = ()
    # What has another title or link now: sfeed, which keys on these, shows it again.
    relabelled: tuple[str, ...] = ()
    # The documents are not even touched.
    still: bool = False
    options: tuple[str, ...] = ()
    code: int = 0


def base(site: WholeSite) -> None:
    site.article("news/ferry", "The ferry sails again", "2025-05-02")
    site.article("news/tides", "Tides 5 < 6 & rising", "2025-05-03")
    site.article("opinion/bench", "In praise of “wrong” benches", "2025-05-04")
    site.article("ar/marfa", ARABIC, "2025-05-05", author="سلمى حدّاد", lang="ar")
    site.article(
        "history/bell", "The bell nobody heard", "2025-05-06", id="urn:example:bell", author="Ann"
    )
    site.article("arts/loft", "The loft opens", "2025-05-07", slug="Net.Loft")
    site.write("content/pasted.txt", "A letter to the harbour\nAuthor:\n\nDear harbour, we came.\n")


SUBSCRIBE = Step(base, new=BASE)


def move(old: str, new: str) -> Callable[[WholeSite], None]:
    def change(site: WholeSite) -> None:
        target = site.root / "content" / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (site.root / "content" / old).rename(target)

    return change


def edit(name: str, old: str, new: str) -> Callable[[WholeSite], None]:
    def change(site: WholeSite) -> None:
        path = site.root / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


def remove(*names: str) -> Callable[[WholeSite], None]:
    def change(site: WholeSite) -> None:
        for name in names:
            path = site.root / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    return change


def both(*changes: Callable[[WholeSite], object]) -> Callable[[WholeSite], None]:
    def change(site: WholeSite) -> None:
        for one in changes:
            one(site)

    return change


def article(*arguments: str, **fields: str) -> Callable[[WholeSite], object]:
    return lambda site: site.article(*arguments, **fields)


def nothing(_site: WholeSite) -> None:
    """Change nothing."""


def touch_everything(site: WholeSite) -> None:
    """Give each file another time, as a fresh clone does."""
    for path in site.root.rglob("*"):
        if path.is_file() and path.parent.name != "feeds":
            os.utime(path, (1_700_000_000, 1_700_000_000))


def swap_ferry_and_tides(site: WholeSite) -> None:
    ferry, tides = (site.root / f"content/news/{name}.md" for name in ("ferry", "tides"))
    one, two = ferry.read_bytes(), tides.read_bytes()
    ferry.write_bytes(two)
    tides.write_bytes(one)


def reverse_the_ledger(site: WholeSite) -> None:
    path = site.root / "ledger.jsonl"
    path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))


def take_over(document: str) -> Callable[[WholeSite], None]:
    """Know nothing any more but a document that was published, as somebody who comes from afar."""

    def change(site: WholeSite) -> None:
        known = site.write(f"old/{document}", (site.feeds / document).read_bytes())
        remove("feeds", "ledger.jsonl", ".feedwright")(site)
        done = site.run("ledger", "import", str(known))
        assert done.code == 0, done

    return change


def domain(new: str) -> Callable[[WholeSite], None]:
    return edit("config.yaml", "https://example.org/", new)


FERRY = "content/news/ferry.md"
RENAMED = (move("news/ferry.md", "news/boats.md"), ("The ferry sails again",))
SIXTY = tuple(f"Article {number:02}" for number in range(60, 0, -1))


def sixty(site: WholeSite) -> None:
    first = datetime(2025, 1, 1, tzinfo=UTC)
    for number in range(1, 61):
        date = first + timedelta(days=number)
        site.article(f"{number:02}", f"Article {number:02}", f"{date:%Y-%m-%d}")


LIVES: dict[str, tuple[Step, ...]] = {
    "nothing changes": (SUBSCRIBE, Step(nothing, still=True), Step(nothing, still=True)),
    "every file is touched": (SUBSCRIBE, Step(touch_everything, still=True)),
    "a body is edited": (SUBSCRIBE, Step(edit(FERRY, "Words of", "Other words of"))),
    "a body is edited twice and back": (
        SUBSCRIBE,
        Step(edit(FERRY, "Words of", "Other words of")),
        Step(edit(FERRY, "Other words of", "More words of")),
        Step(edit(FERRY, "More words of", "Words of")),
    ),
    "a title is edited": (
        SUBSCRIBE,
        Step(
            edit(FERRY, "sails again", "sails again, at last"),
            relabelled=("The ferry sails again, at last",),
        ),
    ),
    "the title of a pasted text is edited": (
        SUBSCRIBE,
        Step(
            edit("content/pasted.txt", "A letter to", "Letters to"),
            relabelled=("Letters to the harbour",),
        ),
    ),
    "an author is edited": (SUBSCRIBE, Step(edit("content/history/bell.md", "Ann", "Ann Lee"))),
    "a date is edited, and with it the order": (
        SUBSCRIBE,
        Step(edit(FERRY, "2025-05-02", "2025-05-30")),
    ),
    "a date is edited to another month": (
        SUBSCRIBE,
        Step(edit(FERRY, "2025-05-02", "2025-04-30"), relabelled=("The ferry sails again",)),
    ),
    "a slug is edited": (
        SUBSCRIBE,
        Step(edit("content/arts/loft.md", "Net.Loft", "loft"), relabelled=("The loft opens",)),
    ),
    "a file is renamed": (SUBSCRIBE, Step(RENAMED[0], relabelled=RENAMED[1])),
    "a file without a date is renamed": (
        SUBSCRIBE,
        Step(move("pasted.txt", "letter.txt"), relabelled=("A letter to the harbour",)),
    ),
    "a file is renamed and edited": (
        SUBSCRIBE,
        Step(
            both(RENAMED[0], edit("content/news/boats.md", "Words of", "Other words of")),
            relabelled=RENAMED[1],
        ),
    ),
    "a file is renamed and back": (
        SUBSCRIBE,
        Step(RENAMED[0], relabelled=RENAMED[1]),
        Step(move("news/boats.md", "news/ferry.md")),
    ),
    "two files swap their names": (
        SUBSCRIBE,
        Step(swap_ferry_and_tides, relabelled=("Tides 5 < 6 & rising", "The ferry sails again")),
    ),
    "a file is moved to another folder": (
        SUBSCRIBE,
        Step(move("news/ferry.md", "archive/2025/ferry.md")),
    ),
    "a file becomes a bundle": (SUBSCRIBE, Step(move("news/ferry.md", "news/ferry/index.md"))),
    "the content folder is reorganized": (
        SUBSCRIBE,
        Step(
            both(
                move("news", "aktuell"),
                move("ar/marfa.md", "aktuell/marfa.md"),
                move("opinion/bench.md", "bench.md"),
                move("pasted.txt", "letters/pasted.txt"),
            )
        ),
    ),
    "the site has another domain": (
        SUBSCRIBE,
        Step(domain("https://harbour.example/"), relabelled=BASE),
    ),
    "the site becomes http and back": (
        SUBSCRIBE,
        Step(domain("http://example.org/"), relabelled=BASE),
        Step(edit("config.yaml", "http://example.org/", "https://example.org/")),
    ),
    "the site moves below a path": (
        SUBSCRIBE,
        Step(domain("https://example.org/blog/"), relabelled=BASE),
    ),
    "the permalinks get another pattern": (
        SUBSCRIBE,
        Step(edit("config.yaml", "/{year}/{month}/{slug}/", "/{path}.html"), relabelled=BASE),
    ),
    "everything about an article with an id of its own changes": (
        SUBSCRIBE,
        Step(
            both(
                remove("content/history/bell.md"),
                article("music/ring", "It rings", "2024-02-02", id="urn:example:bell"),
                domain("https://harbour.example/"),
            ),
            relabelled=(*(title for title in BASE if title != "The bell nobody heard"), "It rings"),
        ),
    ),
    "an article is added": (
        SUBSCRIBE,
        Step(article("new", "New words", "2025-06-02"), new=("New words",)),
        Step(nothing, still=True),
    ),
    "articles are added at all ends": (
        SUBSCRIBE,
        Step(
            both(
                article("a-first", "Newest", "2025-06-02"),
                article("m-middle", "Middle", "2025-05-04"),
                article("z-last", "Oldest", "2020-01-01"),
                article("undated", "Undated", ""),
            ),
            new=("Undated", "Newest", "Middle", "Oldest"),
        ),
        Step(article("another", "Another", ""), new=("Another",)),
    ),
    "a copy of an article is added": (
        SUBSCRIBE,
        Step(
            lambda site: shutil.copy(site.root / FERRY, site.root / "content/copy.md"),
            new=("The ferry sails again",),
        ),
        Step(remove("content/copy.md")),
    ),
    "an article becomes due": (
        SUBSCRIBE,
        Step(article("due", "Due on the third", "2025-06-03T18:00:00Z"), still=True),
        Step(nothing, still=True),
        Step(nothing, new=("Due on the third",)),
        Step(nothing, still=True),
    ),
    "an article is removed": (SUBSCRIBE, Step(remove(FERRY)), Step(nothing, still=True)),
    "an article is removed and returns": (
        SUBSCRIBE,
        Step(remove(FERRY)),
        Step(article("news/ferry", "The ferry sails again", "2025-05-02")),
    ),
    "an article is removed and returns elsewhere, edited": (
        SUBSCRIBE,
        Step(remove(FERRY)),
        Step(
            article("news/again", "The ferry sails again", "2025-05-02", body="Anew."),
            relabelled=("The ferry sails again",),
        ),
    ),
    "an article without a date is removed and returns": (
        SUBSCRIBE,
        Step(remove("content/pasted.txt")),
        Step(base),
    ),
    "an article becomes a draft and is published again": (
        SUBSCRIBE,
        Step(edit(FERRY, "---\ntitle", "---\ndraft: true\ntitle")),
        Step(edit(FERRY, "draft: true\n", "")),
    ),
    "an article breaks and is mended": (
        SUBSCRIBE,
        Step(edit(FERRY, "date: 2025-05-02", "date: someday"), code=1),
        Step(edit(FERRY, "date: someday", "date: 2025-05-02")),
    ),
    "the newest article is removed, and another is added": (
        SUBSCRIBE,
        Step(remove("content/pasted.txt")),
        Step(article("new", "New words", "2025-06-02"), new=("New words",)),
    ),
    "the state is lost": (SUBSCRIBE, Step(remove(".feedwright"), still=True)),
    "the state is lost while an article is edited": (
        SUBSCRIBE,
        Step(both(remove(".feedwright"), edit(FERRY, "Words of", "Other words of"))),
    ),
    "the feeds are lost": (SUBSCRIBE, Step(remove("feeds"))),
    "the feeds and the state are lost": (SUBSCRIBE, Step(remove("feeds", ".feedwright"))),
    "the feeds and the state are lost, a file is renamed, the domain is new": (
        SUBSCRIBE,
        Step(
            both(remove("feeds", ".feedwright"), RENAMED[0], domain("https://harbour.example/")),
            relabelled=BASE,
        ),
    ),
    "the ledger is merged in another order": (
        SUBSCRIBE,
        Step(edit(FERRY, "Words of", "Other words of")),
        Step(both(reverse_the_ledger, remove(".feedwright")), still=True),
    ),
    "the ids are taken over from RSS": (SUBSCRIBE, Step(take_over("rss.xml"))),
    "the ids are taken over from Atom, with other names, permalinks and words": (
        SUBSCRIBE,
        Step(
            both(
                RENAMED[0],
                edit("content/news/boats.md", "Words of", "Other words of"),
                edit("config.yaml", "/{year}/{month}/{slug}/", "/{path}.html"),
                take_over("atom.xml"),
            ),
            relabelled=BASE,
        ),
    ),
    "the ids are taken over from JSON, and an article is new": (
        SUBSCRIBE,
        Step(
            both(take_over("feed.json"), article("new", "New words", "2025-06-02")),
            new=("New words",),
        ),
    ),
    "the title of the site changes": (SUBSCRIBE, Step(edit("config.yaml", "Light", "Lights"))),
    "sixty articles, a limit of fifty, one new": (
        Step(sixty, new=SIXTY[:50]),
        Step(article("new", "New words", "2025-05-01"), new=("New words",)),
        # The fiftieth is back, and was seen before.
        Step(remove("content/new.md")),
        # Those that had never stood in the feed come up from below, once.
        Step(remove("content/60.md", "content/59.md"), new=SIXTY[50:52]),
        Step(nothing, still=True),
    ),
}


@cache
def snapshots(life: str) -> tuple[Snapshot, ...]:
    """Live it: return the documents after each step.

    A document that was not touched keeps its time. One that was written has the time of its run.
    """
    taken: list[Snapshot] = []
    with tempfile.TemporaryDirectory() as folder:
        site = WholeSite(Path(folder))
        before: dict[str, tuple[int, int]] = {}
        for day, step in enumerate(LIVES[life]):
            now = BEGIN + timedelta(days=day)
            step.change(site)
            site.build(*step.options, code=step.code, now=f"{now:%Y-%m-%dT%H:%M:%SZ}")
            after = site.stats()
            taken.append(
                {
                    name: taken[-1][name]
                    if before.get(str(site.feeds / name)) == after[str(site.feeds / name)]
                    else File((site.feeds / name).read_bytes(), int(now.timestamp()))
                    for name in TYPES
                }
            )
            before = after
    return tuple(taken)
