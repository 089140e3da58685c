"""Data of folders, and data files that may or may not hold articles."""

from pathlib import Path

import pytest

from feedwright.model import RawArticle
from feedwright.sources.reading import ReadContext, Reading, load
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


def test_tags_that_name_the_collection_of_the_folder_are_none(tmp_path: Path) -> None:
    files = {
        "notes/notes.json": '{"tags": ["notes", "sea"]}',
        "notes/a.md": "# A\n",
        "essays/essays.json": '{"tags": "essay"}',
        "essays/b.md": "# B\n",
    }
    found = read(tmp_path, **files)
    assert values(article(found["notes/a.md"]))["tags"] == ["sea"]
    assert values(article(found["essays/b.md"]))["tags"] == []


# ---------------------------------------------------------------- scripts (Eleventy)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            "module.exports = {\n  author: 'Ana', // ours\n  lang: `fr`,\n  layout: 'x.njk'\n};",
            {"author": "Ana", "lang": "fr"},
        ),
        (
            "import s from 's';\nexport default {lang: 'fr', title: (d) => s(d), author: 'Ana'}",
            {"author": "Ana", "lang": "fr"},
        ),
        (
            "export default {\n  permalink: (data) => `/notes/${data.page.fileSlug}/`,\n};",
            {"permalink": "/notes/{{ page.fileSlug }}/"},
        ),
        (
            "module.exports = {permalink: (data) => (data.draft ? false : `/n/${data.slug}/`)};",
            {"permalink": "/n/{{ slug }}/"},
        ),
        (
            "module.exports = function () {\n  const name = 'Ana';\n  return { lang: 'fr' };\n};",
            {"lang": "fr"},
        ),
        ("module.exports = () => ({ author: 'Ana', ...others });", {"author": "Ana"}),
        ("module.exports = require('./data.js');", {}),
    ],
)
def test_a_script_of_a_folder_says_what_is_written_out(tmp_path: Path, script, expected) -> None:
    files = {"notes/a.md": "---\ntitle: A\n---\nx\n", "notes/notes.11tydata.js": script}
    found = values(article(read(tmp_path, **files)["notes/a.md"]))
    assert {
        key: found.get(key) for key in ("author", "lang", "permalink") if key in found
    } == expected


def test_a_computed_permalink_of_a_folder_is_taken(tmp_path: Path) -> None:
    files = {
        "notes/a.md": "---\ntitle: A\n---\nx\n",
        "notes/notes.11tydata.js": (
            "export default {\n  permalink: '/x/',\n  eleventyComputed: {\n"
            "    title: (data) => { return data.title; },\n"
            "    permalink: ({ page }) => { return `/notes/${page.fileSlug}/`; },\n  },\n};"
        ),
        "days/b.md": "---\ntitle: B\n---\nx\n",
        "days/days.json": (
            '{"permalink": "/x/", "eleventyComputed": {"permalink": "/days/{{ title | slug }}/"}}'
        ),
    }
    found = read(tmp_path, **files)
    permalinks = {
        path: values(article(each))["permalink"]
        for path, each in found.items()
        if path.endswith(".md")
    }
    assert permalinks["notes/a.md"] == "/notes/{{ page.fileSlug }}/"
    assert permalinks["days/b.md"] == "/days/{{ title | slug }}/"


def test_data_of_a_template_beside_articles_is_no_orphan(tmp_path: Path) -> None:
    for name in ("index.11tydata.js", "index.11tydata.json"):
        path = tmp_path / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    found, _ = read_all(tmp_path, content_of())
    assert found.problems == ()


# ---------------------------------------------------------------- cascades (Hugo)

CASCADE = {
    "_index.md": "---\ntitle: Home\ncascade:\n  author: Desk\n  type: x\n---\n",
    "posts/_index.md": "+++\ntitle = 'Posts'\n[cascade]\n[cascade.params]\nauthor = 'Ana'\n+++\n",
    "posts/_index.fr.md": "---\ncascade: {author: Eve, lang: fr}\n---\n",
    "posts/a.md": "---\ntitle: A\n---\nx\n",
    "posts/b/index.md": "---\ntitle: B\nauthor: Tom\n---\nx\n",
    "posts/a.fr.md": "---\ntitle: A\n---\nx\n",
    "notes/c.md": "---\ntitle: C\n---\nx\n",
}


def authors(reading: Reading) -> object:
    found = values(article(reading))
    return found.get("author"), found.get("params")


def test_what_a_section_cascades_is_what_its_articles_say_last(tmp_path: Path) -> None:
    found = {path: authors(each) for path, each in read(tmp_path, **CASCADE).items()}
    assert found == {
        "notes/c.md": ("Desk", None),
        "posts/a.fr.md": ("Eve", None),
        "posts/a.md": ("Desk", {"author": "Ana"}),
        "posts/b/index.md": ("Tom", {"author": "Ana"}),
    }


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("{kind: page}", ["old/a.md", "old/b/index.md"]),
        ("{kind: section}", []),
        ("{kind: '{page,section}'}", ["old/a.md", "old/b/index.md"]),
        ("{path: /old/a}", ["old/a.md"]),
        ("{path: '/old/**'}", ["old/a.md", "old/b/index.md"]),
        ("{path: '{/new/**,/old/b}'}", ["old/b/index.md"]),
        ("{lang: fr}", []),
        ("{environment: production}", ["old/a.md", "old/b/index.md"]),
        ("{sites: {matrix: {languages: [fr]}}}", []),
    ],
)
def test_a_cascade_may_have_a_target(tmp_path: Path, target: str, meant: list[str]) -> None:
    files = {
        "old/_index.md": f"---\ncascade:\n- _target: {target}\n  author: Ana\n- lang: de\n---\n",
        "old/a.md": "# A\n",
        "old/b/index.md": "# B\n",
    }
    found = {path: values(article(each)) for path, each in read(tmp_path, **files).items()}
    assert [path for path, each in found.items() if "author" in each] == meant
    assert all(each["lang"] == "de" for each in found.values())


def test_a_section_may_keep_its_articles_out_of_lists(tmp_path: Path) -> None:
    files = {
        "team/_index.md": "---\ncascade:\n  build: {list: never, render: never}\n---\n",
        "team/ana.md": "---\ntitle: Ana\ndate: 2024-01-05\n---\n",
    }
    (left_out,) = read(tmp_path, **files)["team/ana.md"].left_out
    assert left_out.reason == "is kept out of lists (build.list: never)"


def test_a_cascade_changes_what_an_article_depends_on(tmp_path: Path) -> None:
    def digest() -> str:
        found, _ = read_all(tmp_path, content_of())
        context = ReadContext.of(str(tmp_path), content_of(), found)
        (file,) = (each for each in found.files if each.below == "posts/a.md")
        loaded = load(file, context)
        assert loaded is not None
        return loaded.digest()

    read(tmp_path, **{**CASCADE, "posts/_index.md": "---\ntitle: Posts\n---\n"})
    before = digest()
    read(tmp_path, **CASCADE)
    assert digest() != before
