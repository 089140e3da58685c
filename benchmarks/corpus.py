"""The same articles on every machine: about 4 kB of Markdown with seven fields of metadata each."""

import random
from pathlib import Path

CONFIG = """\
site: {title: Benchmark, url: https://b.example/}
feeds:
  - {name: main, path: ""}
  - {name: category, per: category}
"""
"""A site feed of the newest 50 with full text, and one for each of 20 categories; RSS, Atom, JSON
Feed, the index page and OPML."""

CATEGORIES = 20
_PARAGRAPHS = 9
_WORDS = 60


def write(folder: Path, count: int) -> None:
    """Write `count` articles and config.yaml; what lies there already is the same and stays."""
    (folder / "config.yaml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    chance = random.Random(1)
    vocabulary = [_word(chance) for _ in range(3000)]
    for number in range(count):
        path = place(folder, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number, vocabulary, chance), encoding="utf-8")


def place(folder: Path, number: int) -> Path:
    """Return where an article lies: 180 folders by year and month."""
    return folder / "content" / f"{2010 + number % 15}" / f"{number % 12 + 1:02}" / f"a{number}.md"


def article(number: int, vocabulary: list[str], chance: random.Random) -> str:
    """Return an article with links, emphasis and code in every paragraph."""
    day = f"{2010 + number % 15}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    paragraphs = [
        f"{' '.join(chance.choices(vocabulary, k=_WORDS))}"
        f" [link](https://c.example/{chance.choice(vocabulary)}) **bold** `code`."
        for _ in range(_PARAGRAPHS)
    ]
    return (
        f"---\ntitle: Article {number} {chance.choice(vocabulary)}\n"
        f"date: {day}T{number % 24:02}:10:00Z\n"
        f"author: Person {number % 50}\n"
        f"categories: [Cat {number % CATEGORIES}]\n"
        f"tags: [{chance.choice(vocabulary)}, {chance.choice(vocabulary)}]\n"
        f"description: Something about {chance.choice(vocabulary)}\n"
        f"draft: false\n---\n\n" + "\n\n".join(paragraphs) + "\n"
    )


def _word(chance: random.Random) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9)))
