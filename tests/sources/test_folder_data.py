"""Data of folders, and data files that may or may not hold articles."""

from pathlib import Path

from feedwright.model import RawArticle
from feedwright.sources.reading import Reading
from tests.sources.readers import values
from tests.sources.reading import content_of, read_all


def read(root: Path, **files: str) -> dict[str, Reading]:
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    _, readings = read_all(root, content_of())
    return {path.removeprefix("content/"): reading for path, reading in readings.items()}


def article(reading: Reading) -> RawArticle:
    (found,) = reading.articles
    return found


FILES = {
    "posts/posts.json": '{"author": "Ana", "tags": ["posts", "sea"], "layout": "x.njk"}',
    "posts/deep/deep.11tydata.json": '{"author": "Tom", "draft": true}',
    "posts/a.md": "---\ntitle: A\n---\nx\n",
    "posts/b.md": "---\ntitle: B\nauthor: Eva\ntags: []\n---\nx\n",
    "posts/deep/c.md": "---\ntitle: C\n---\nx\n",
    "notes/d.md": "---\ntitle: D\n---\nx\n",
}


def test_data_of_a_folder_is_what_its_articles_say_last(tmp_path: Path) -> None:
    found = {
        path: values(article(each))
        for path, each in read(tmp_path, **FILES).items()
        if each.articles
    }
    assert found["posts/a.md"]["author"] == "Ana"
    assert found["posts/a.md"]["tags"] == ["sea"]
    assert found["posts/b.md"]["author"] == "Eva"
    assert (found["posts/deep/c.md"]["author"], found["posts/deep/c.md"]["draft"]) == ("Tom", True)
    assert "author" not in found["notes/d.md"]
    assert not any("layout" in each for each in found.values())


def test_data_of_a_folder_counts_less_than_a_sidecar_and_the_name(tmp_path: Path) -> None:
    files = {
        "posts/posts.json": '{"lang": "en", "date": "2020-01-01", "author": "Ana"}',
        "posts/2024-01-05-a.fr.md": "# A\n",
        "posts/2024-01-05-a.fr.json": '{"author": "Tom"}',
    }
    reading = read(tmp_path, **files)["posts/2024-01-05-a.fr.md"]
    found = values(article(reading))
    assert (found["lang"], str(found["date"]), found["author"]) == ("fr", "2024-01-05", "Tom")


def test_data_of_a_folder_that_cannot_be_read_holds_its_articles(tmp_path: Path) -> None:
    reading = read(tmp_path, **{**FILES, "posts/posts.json": '{"draft": tr'})["posts/a.md"]
    assert reading.articles == ()
    assert [each.name for each in reading.problems] == ["sidecar"]
    assert "posts.json" in reading.problems[0].what


def test_templates_in_folder_data_are_passed_over(tmp_path: Path) -> None:
    data = '{"permalink": "/{{ page.odd | weird }}/", "title": "{{ x }}", "rights": "CC0"}'
    found = values(article(read(tmp_path, **{**FILES, "posts/posts.json": data})["posts/a.md"]))
    assert found["rights"] == "CC0"
    assert "permalink" not in found


def test_a_list_in_the_file_of_the_folder_holds_articles(tmp_path: Path) -> None:
    data = '[{"id": 1, "title": "A", "date": "2024-01-05", "body": "x"}]'
    readings = read(tmp_path, **{"news/news.json": data})
    assert [each.part for each in readings["news/news.json"].articles] == ["1"]


def test_data_beside_an_article_of_its_name_is_never_read_as_records(tmp_path: Path) -> None:
    data = '{"title": "A", "date": "2024-01-05", "body": "x"}'
    readings = read(tmp_path, **{"a.md": "# A\n", "a.json": data, "b.json": data})
    assert sorted(readings) == ["a.md", "b.json"]
    assert values(article(readings["a.md"]))["date"] == "2024-01-05"


def test_data_of_the_site_is_not_opened(tmp_path: Path) -> None:
    data = '[{"title": "A", "date": "2024-01-05", "body": "x"}]'
    names = (
        "authors.json",
        "_config.yml",
        "search.json",
        "package.json",
        "_data/a.json",
        "tags.yml",
    )
    assert read(tmp_path, **dict.fromkeys(names, data)) == {}
