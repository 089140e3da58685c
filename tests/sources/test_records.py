import json

import pytest

from tests.sources.readers import only, problems, reading_of, values

NEWS = [
    {"id": 1, "title": "One", "date": "2024-01-05", "content": "<p>First.</p>", "tags": ["a"]},
    {"id": 2, "title": "Two", "date": "2024-01-06", "body": "Second *one*."},
]


def parts(name: str, text: str) -> list[str]:
    return [article.part for article in reading_of(name, text).articles]


def test_a_list_of_objects_is_many_articles_each_with_its_line() -> None:
    text = "[\n" + ",\n".join(json.dumps(each) for each in NEWS) + "\n]\n"
    one, two = reading_of("news.json", text).articles
    assert (one.part, one.markup, one.body, one.body_line) == ("1", "html", "<p>First.</p>", 2)
    assert (two.part, two.markup, two.body, two.body_line) == ("2", "markdown", "Second *one*.", 3)
    assert values(one) == {"id": 1, "title": "One", "date": "2024-01-05", "tags": ["a"]}


@pytest.mark.parametrize("key", ["posts", "articles", "items", "data"])
def test_a_list_may_stand_below_a_key(key: str) -> None:
    assert parts("a.json", json.dumps({"site": "x", key: NEWS})) == ["1", "2"]
    assert parts("a.yaml", f"site: x\n{key}:\n- {{id: 1, title: A, date: 2024, body: x}}\n") == [
        "1"
    ]


def test_one_object_is_the_articles_file_and_has_its_name() -> None:
    article = only(
        reading_of("2024-01-05-crane.json", json.dumps({"title": "T", "body": "x", "tags": "a"}))
    )
    assert article.part == ""
    assert values(article)["slug"] == "crane"
    text = "title: T\ndate: 2024-01-05\nbody: |\n  One.\n\n  Two.\n"
    article = only(reading_of("crane.yml", text))
    assert (article.part, article.body, article.body_line) == ("", "One.\n\nTwo.", 3)


def test_of_many_none_has_the_name_or_date_of_the_file() -> None:
    reading = reading_of("fr/2024-01-05-news.json", json.dumps(NEWS))
    found = values(reading.articles[1])
    assert "slug" not in found
    assert (found["date"], found["lang"]) == ("2024-01-06", "fr")


@pytest.mark.parametrize(
    ("record", "part"),
    [
        ({"slug": "s", "url": "/u"}, "s"),
        ({"guid": "tag:x", "slug": "s"}, "tag:x"),
        ({"url": "/u/"}, "/u/"),
        ({}, "the-title"),
    ],
)
def test_a_record_is_known_by_what_it_declares(record: dict[str, str], part: str) -> None:
    record = {**record, "title": "The title", "date": "2024-01-05", "body": "x"}
    assert parts("a.jsonl", json.dumps(record)) == [part]


def test_records_without_a_key_and_with_one_title_are_numbered() -> None:
    record = json.dumps({"title": "T", "date": "2024-01-05", "body": "x"})
    assert parts("a.json", f"[{record},{record},{record}]") == ["t", "t-2", "t-3"]


@pytest.mark.parametrize(
    ("record", "markup"),
    [
        ({"content_html": "x"}, "html"),
        ({"content": "a <p>x</p>"}, "html"),
        ({"body": "a < b"}, "markdown"),
        ({"content_text": "<p>"}, "text"),
        ({"markdown": "<p>x</p>"}, "markdown"),
        ({"text": "x", "body_html": "<i>x</i>"}, "html"),
        ({"content": {"rendered": "<p>x</p>", "protected": False}}, "html"),
    ],
)
def test_markup_is_told_by_the_key_or_the_text(record: dict[str, object], markup: str) -> None:
    article = only(reading_of("a.json", json.dumps({"title": "T", "date": "2024-01-05", **record})))
    assert article.markup == markup


@pytest.mark.parametrize(
    "data",
    [
        [{"title": "Fast", "text": "So fast."}],
        [{"name": "Ana", "text": "Good."}],
        [
            {
                "title": "Fair",
                "date": "2024-01-05",
                "location": "Here",
                "description": "x",
                "url": "/",
            }
        ],
        [{"label": "Home", "url": "/"}],
        {"name": "site", "version": "1.0", "dependencies": {}},
        {"type": "FeatureCollection", "features": [{"type": "Feature"}]},
        [1, 2],
        [],
        {},
        "text",
        {"version": "https://jsonfeed.org/version/1.1", "items": NEWS},
    ],
)
def test_what_does_not_look_like_articles_is_left_out(data: object) -> None:
    reading = reading_of("x.json", json.dumps(data))
    assert (reading.articles, reading.problems) == ((), ())
    assert reading.left_out


def test_a_template_is_left_out() -> None:
    for text in (
        '---\nlayout: null\n---\n[{"title": "{{ x }}"}]',
        '{% for x in y %}{"title": "x"}',
    ):
        reading = reading_of("x.json", text)
        assert (reading.articles, reading.problems) == ((), ())
        assert "template" in reading.left_out[0].reason


def test_a_description_without_its_article_is_a_warning() -> None:
    reading = reading_of("crane.yaml", "title: T\ntags: [a]\n")
    assert [problem.name for problem in reading.problems] == ["sidecar-orphan"]
    assert reading.problems[0].severity == "warning"


# ---------------------------------------------------------------- mistakes


def test_a_mistake_in_a_list_leaves_what_stands_before_it() -> None:
    text = json.dumps(NEWS)[:-1] + ',\n{"title": bad}]'
    reading = reading_of("a.json", text)
    assert [article.part for article in reading.articles] == ["1", "2"]
    (problem,) = reading.problems
    assert (problem.name, problem.line) == ("record", 2)
    assert problem.what == "cannot be read as JSON: expecting value"


def test_a_line_that_cannot_be_read_leaves_the_others() -> None:
    lines = [json.dumps(NEWS[0]), "{", "[]", "", json.dumps(NEWS[1])]
    reading = reading_of("a.jsonl", "\n".join(lines))
    assert [article.part for article in reading.articles] == ["1", "2"]
    assert [(each.name, each.line) for each in reading.problems] == [("record", 2), ("record", 3)]


def test_an_item_of_yaml_that_cannot_be_read_leaves_the_others() -> None:
    item = "- title: {}\n  date: 2024-01-05\n  body: x\n"
    reading = reading_of("a.yaml", item.format("A") + item.format("[b") + item.format("C"))
    assert [article.part for article in reading.articles] == ["a", "c"]
    assert [(each.name, each.line > 3) for each in reading.problems] == [("record", True)]


def test_yaml_is_mended_as_in_front_matter() -> None:
    text = (
        "- title: A\n  date: 2024-01-05\n  body: x\n- title: B: C\n  date: 2024-01-05\n  body: x\n"
    )
    reading = reading_of("a.yaml", text)
    assert [values(article)["title"] for article in reading.articles] == ["A", "B: C"]
    assert [(each.name, each.line) for each in reading.problems] == [("yaml-repaired", 4)]


def test_a_record_that_is_no_article_among_articles_is_named() -> None:
    reading = reading_of("a.json", json.dumps([*NEWS, {"title": "Lost"}]))
    assert len(reading.articles) == 2
    what = "record 1: does not look like an article, as the others of its file do"
    assert problems(reading) == [what + "; give it a text, a title and a date, or take it out"]


def test_articles_that_cannot_be_read_at_all_are_an_error_other_data_is_not() -> None:
    assert [each.name for each in reading_of("a.json", '{"title": "T", "body": x').problems] == [
        "record"
    ]
    assert reading_of("a.json", '{"colour": x').problems == ()


def test_an_answer_of_the_wordpress_interface_has_times_in_utc_and_no_numbers_for_names() -> None:
    post = {
        "id": 7,
        "date": "2024-01-05T11:20:00",
        "date_gmt": "2024-01-05T10:20:00",
        "modified": "2024-01-06T11:20:00",
        "modified_gmt": "2024-01-06T10:20:00",
        "title": {"rendered": "The crane"},
        "content": {"rendered": "<p>It lifted.</p>", "protected": False},
        "author": 1,
        "categories": [3],
        "tags": [5],
    }
    found = values(only(reading_of("a.json", json.dumps([post]))))
    assert (found["date"], found["modified"]) == ("2024-01-05T10:20:00Z", "2024-01-06T10:20:00Z")
    assert not {"author", "categories", "tags"} & found.keys()
    post["_embedded"] = {
        "author": [{"name": "Ana Prieto"}],
        "wp:term": [
            [{"taxonomy": "category", "name": "News"}],
            [{"taxonomy": "post_tag", "name": "sea"}],
        ],
    }
    found = values(only(reading_of("a.json", json.dumps([post]))))
    assert (found["author"], found["categories"], found["tags"]) == (
        ["Ana Prieto"],
        ["News"],
        ["sea"],
    )


def test_an_answer_of_strapi_has_its_fields_one_level_down() -> None:
    post = {"id": 7, "attributes": {"title": "A", "content": "x", "publishedAt": "2024-01-05"}}
    article = only(reading_of("a.json", json.dumps({"data": [post]})))
    assert (article.part, values(article)["title"], article.body) == ("7", "A", "x")
