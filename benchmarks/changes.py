"""What happens to a site between two runs. Every change can be made again and again."""

from collections.abc import Callable
from pathlib import Path

from benchmarks import corpus

Change = Callable[[Path, int, int], None]
"""Folder of the site, number of its articles, number of the repetition."""


def nothing(_site: Path, _count: int, _time: int) -> None:
    """Change nothing."""


def edit(site: Path, count: int, time: int) -> None:
    """Add a sentence to the newest article, which stands in two feeds."""
    path = newest(site, count)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nOne more sentence, the {time}th.\n")


def rename(site: Path, count: int, time: int) -> None:
    """Give the newest article another file name."""
    newest(site, count).rename(newest(site, count).with_name(f"newest-{time}.md"))


def add(site: Path, _count: int, time: int) -> None:
    """Write an article that is newer than all others."""
    path = site / "content" / f"added-{time}.md"
    path.write_text(
        f"---\ntitle: Added {time}\ndate: 2025-11-01T10:{time % 60:02}:00Z\n"
        "categories: [Cat 1]\n---\n\nWords.\n",
        encoding="utf-8",
    )


def remove(site: Path, count: int, _time: int) -> None:
    """Delete the newest article."""
    newest(site, count).unlink()


def configure(site: Path, _count: int, time: int) -> None:
    """Give the site another title: every document changes, and what is known is known no more."""
    config = corpus.CONFIG.replace("title: Benchmark", f"title: Benchmark {time}")
    (site / "config.yaml").write_text(config, encoding="utf-8")


def newest(site: Path, count: int) -> Path:
    """Return the newest article that is left."""
    renamed = sorted((site / "content").rglob("newest-*.md"))
    if renamed:
        return renamed[-1]
    paths = (corpus.place(site, number) for number in sorted(range(count), key=_age))
    return next(path for path in paths if path.exists())


def _age(number: int) -> tuple[int, ...]:
    return -(number % 15), -(number % 12), -(number % 28), -(number % 24), number


CHANGES: dict[str, Change] = {
    "nothing changed": nothing,
    "one edit": edit,
    "one rename": rename,
    "one new article": add,
    "one removal": remove,
    "changed configuration": configure,
}
"""In the order in which they are measured."""
