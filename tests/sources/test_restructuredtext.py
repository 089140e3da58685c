from pathlib import Path

import pytest

from tests.sources.readers import only, reading_of, values
from tests.sources.reading import content_of, read_all


def test_title_and_field_list_are_the_head_and_the_rest_is_the_body() -> None:
    text = "Title\n#####\n\n:date: 2024-01-05\n:tags: a, b\n\nText.\n\nSection\n=======\n\nMore.\n"
    article = only(reading_of("a.rst", text))
    assert (article.dialect, article.markup, article.body_line) == ("rst", "rst", 7)
    assert article.body == "Text.\n\nSection\n=======\n\nMore."
    assert values(article) == {"title": "Title", "date": "2024-01-05", "tags": "a, b", "slug": "a"}


@pytest.mark.parametrize(
    "head",
    [
        "Title\n=====\n",
        "=====\nTitle\n=====\n",
        "=======\n Title\n=======\n",
        "\n\nTitle\n~~~~~~~~\n",
        ".. a comment\n   of two lines\n\nTitle\n=====\n",
        "Title\n=====\nSubtitle\n--------\n",
    ],
)
def test_every_kind_of_heading_is_a_title(head: str) -> None:
    article = only(reading_of("a.rst", head + "\n:date: 2024-01-05\n\nText.\n"))
    assert values(article)["title"] == "Title"
    assert values(article)["date"] == "2024-01-05"
    assert article.body.endswith("Text.")


def test_fields_may_stand_before_the_title_and_their_own_title_wins() -> None:
    text = ":title: Better\n:date: 2024-01-05\n\nTitle\n=====\n\nText.\n"
    assert values(only(reading_of("a.rst", text)))["title"] == "Better"


def test_targets_and_substitutions_above_the_title_stay_in_the_body() -> None:
    text = ".. _start:\n.. |x| replace:: y\n\nTitle\n=====\n\n:date: 2024-01-05\n\nText |x|.\n"
    article = only(reading_of("a.rst", text))
    assert article.body == ".. _start:\n.. |x| replace:: y\n\nText |x|."


def test_a_field_list_further_down_is_text() -> None:
    text = "Title\n=====\n\n:date: 2024-01-05\n\n.. image:: a.png\n\n:width: of the harbour\n"
    article = only(reading_of("a.rst", text))
    assert "width" not in values(article)
    assert article.body.endswith(":width: of the harbour")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (":summary: One\n  two", "One two"),
        (":summary: *One* ``two`` `three <https://x.org>`_", "One two three"),
        (":tags:\n  - a\n  - b", ["a", "b"]),
        (":tags: a,\n  b", "a, b"),
        (":authors:\n  Ana Prieto\n  Tom Reed", ["Ana Prieto", "Tom Reed"]),
        (":save as\\: x: y", "y"),
        (":slug:", ""),
    ],
)
def test_forms_of_fields(field: str, value: object) -> None:
    article = only(reading_of("a.rst", f"Title\n=====\n\n{field}\n\nText.\n"))
    assert article.fields[0].value == value


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Using ``pip`` *well*", "Using pip well"),
        (":code:`x` and **y**", "x and y"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case \\*args", "snake_case *args"),
    ],
)
def test_titles_lose_their_inline_markup(title: str, text: str) -> None:
    head = f"{title}\n{'=' * len(title)}\n\n:date: 2024-01-05\n\nText.\n"
    assert values(only(reading_of("a.rst", head)))["title"] == text


def test_text_in_another_file_is_known_by_its_field_list() -> None:
    article = only(reading_of("a.txt", "Title\n=====\n\n:date: 2024-01-05\n\nText.\n"))
    assert (article.dialect, article.markup) == ("rst", "rst")
    assert only(reading_of("a.md", "Title\n=====\n\nText :date: x\n")).dialect == "markdown"


def test_an_overlined_title_with_a_colon_is_no_front_matter() -> None:
    text = "------------\nPart 1: sea\n------------\n\n:date: 2024-01-05\n\nText.\n"
    assert values(only(reading_of("a.rst", text)))["title"] == "Part 1: sea"


def test_front_matter_is_read_too() -> None:
    article = only(reading_of("a.rst", "---\ntitle: Title\n---\n\nSection\n=======\n\nText.\n"))
    assert (article.dialect, article.markup) == ("markdown", "rst")


def test_the_folder_is_the_category() -> None:
    article = only(reading_of("news/a.rst", "Title\n=====\n\n:date: 2024-01-05\n\nText.\n"))
    assert values(article)["category"] == "news"


def test_ablogs_directive_is_metadata() -> None:
    text = "Title\n=====\n\n.. post:: 5 Jan, 2024\n   :tags: a, b\n   :author: Ana\n\nText.\n"
    article = only(reading_of("a.rst", text))
    assert values(article)["date"] == "5 Jan, 2024"
    assert values(article)["author"] == "Ana"
    assert article.body == "Text."


def test_a_key_that_stands_twice_is_named() -> None:
    reading = reading_of("a.rst", "Title\n=====\n\n:date: 2024-01-05\n:date: 2024-01-06\n\nText.\n")
    assert [problem.name for problem in reading.problems] == ["duplicate-key"]
    assert values(reading.articles[0])["date"] == "2024-01-06"


def test_text_without_any_head_is_a_body() -> None:
    article = only(reading_of("a.rst", "Just text.\n"))
    assert (article.body, article.body_line) == ("Just text.", 1)


def test_without_fields_the_heading_is_the_title_unless_a_sidecar_has_one(tmp_path: Path) -> None:
    text = "Opening\n=======\n\nText.\n\nEnd\n===\n\nMore.\n"
    article = only(reading_of("a.rst", text))
    assert values(article)["title"] == "Opening"
    assert article.body.startswith("Opening\n=======")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.rst").write_text(text)
    for meta in (".. title: Crane\n.. date: 2024-01-05\n", "Crane\ncrane\n2024-01-05\na, b\n"):
        (tmp_path / "content/a.meta").write_text(meta)
        _, readings = read_all(tmp_path, content_of())
        found = values(only(readings["content/a.rst"]))
        assert (found["title"], found["date"]) == ("Crane", "2024-01-05")
