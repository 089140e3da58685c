"""docs/identity.md says what the code does."""

import json
import re
from pathlib import Path

from feedwright.ledger.lines import dump, parse
from feedwright.model import FeedLine, LedgerLine

PAGE = Path(__file__).parents[2] / "docs" / "identity.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_example_lines_are_lines():
    examples = re.findall(r"```json\n(.*?)\n```", TEXT)
    assert len(examples) == 2
    for example in examples:
        ledger = parse(example.encode() + b"\n")
        (line,) = [*ledger.articles.values(), *ledger.feeds.values()]
        assert dump(line).decode() == example + "\n"
        assert json.loads(example)


def test_every_field_of_a_line_is_explained():
    explained = set(re.findall(r"^\| `([a-z]+)` \|", TEXT, re.MULTILINE))
    assert set(LedgerLine._fields) <= explained
    assert all(f"`{field}`" in TEXT for field in FeedLine._fields)


def test_every_problem_of_this_room_is_named():
    source = (PAGE.parents[1] / "src/feedwright/ledger/clashes.py").read_text(encoding="utf-8")
    names = set(re.findall(r'^        "([a-z]+-[a-z-]+)",$', source, re.MULTILINE))
    assert names == {"permalink-clash", "id-clash", "part-clash", "id-declared-later"}
    assert all(f"`{name}`" in TEXT for name in names)
