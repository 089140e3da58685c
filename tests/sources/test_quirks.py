"""One file for each thing that people do with metadata, and what is made of it."""

import json
from datetime import date, datetime

import pytest

from tests.sources.reading import HERE, content_of, read_all, shown

EXPECTED = json.loads((HERE / "quirks.expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def actual() -> dict[str, object]:
    _, readings = read_all(HERE, content_of("quirks"))
    return {path: shown(reading) for path, reading in readings.items()}


@pytest.mark.parametrize("path", sorted(EXPECTED))
def test_a_quirk_is_read_as_expected(path: str, actual: dict[str, object]) -> None:
    assert actual[path] == EXPECTED[path]


def test_every_quirk_has_an_expectation(actual: dict[str, object]) -> None:
    assert sorted(actual) == sorted(EXPECTED)


def test_every_quirk_file_is_read() -> None:
    lying = {path for path in (HERE / "quirks").rglob("*") if path.is_file()}
    read = {HERE / path for path in EXPECTED}
    assert {path.suffix for path in lying - read} == {".yaml", ".json", ".toml", ".meta"}


CANONICAL = {"modified": "updated", "author": "authors", "category": "categories"}


def canonical(path: str) -> dict[str, object]:
    _, readings = read_all(HERE, content_of("dialects"))
    (article,) = readings[path].articles
    found: dict[str, object] = {}
    for field in article.fields:
        key = field.key.casefold()
        value = field.value
        key = CANONICAL.get(key, key)
        if key in {"authors", "categories", "tags"}:
            items = value if isinstance(value, list) else [value]
            value = [item["name"] if isinstance(item, dict) else item for item in items]
        elif isinstance(value, (date, datetime)):
            value = value.isoformat().replace("+00:00", "Z")
        found.setdefault(key, value)
    found.pop("slug")
    found.pop("category", None)
    found["body"] = article.body
    return found


@pytest.mark.parametrize(
    "path",
    [
        "dialects/yaml-without-fence.md",
        "dialects/toml.md",
        "dialects/json.md",
        "dialects/pelican.md",
        "dialects/sidecar.md",
        "dialects/page.html",
        "dialects/json-ld.html",
        "dialects/plain.txt",
    ],
)
def test_the_same_article_has_the_same_fields_in_every_dialect(path: str) -> None:
    expected = canonical("dialects/yaml.md")
    actual = canonical(path)
    if path.endswith(".html"):
        expected["body"] = "<p>The <em>old</em> crane lifted its first load.</p>"
        if path.endswith("page.html"):
            assert actual["body"] == expected["body"]
    if path.endswith(".txt"):
        # Pasted text names nothing but author and dates.
        expected = {key: expected[key] for key in ("title", "date", "updated", "body")}
        expected["authors"] = ["Ana Prieto"]
    assert actual == expected
