import json

import pytest

from tests.sources.readers import only, problems, reading_of, values

POST = {
    "id": "65a1",
    "uuid": "11-22",
    "title": "The crane",
    "slug": "crane",
    "html": "<p>Text.</p>",
    "status": "published",
    "visibility": "public",
    "type": "post",
    "published_at": "2024-01-05T10:20:00.000Z",
    "updated_at": "2024-01-06 08:00:00",
}


def export(*posts: dict[str, object], **tables: list[dict[str, object]]) -> dict[str, object]:
    return {"db": [{"meta": {"version": "5.0"}, "data": {"posts": list(posts), **tables}}]}


def article(post: dict[str, object], **tables: list[dict[str, object]]) -> dict[str, object]:
    return values(only(reading_of("a.json", json.dumps(export(POST | post, **tables)))))


def test_a_post_with_everything() -> None:
    more = {"feature_image": "__GHOST_URL__/content/a.jpg", "custom_excerpt": "It lifts."}
    data = export(POST | more, posts_meta=[{"post_id": "65a1", "feature_image_alt": "A crane"}])
    found = only(reading_of("a.json", json.dumps(data)))
    assert (found.dialect, found.markup, found.part, found.body) == (
        "ghost",
        "html",
        "65a1",
        "<p>Text.</p>",
    )
    assert values(found) == {
        "status": "published",
        "title": "The crane",
        "id": "65a1",
        "slug": "crane",
        "date": "2024-01-05T10:20:00.000Z",
        "updated": "2024-01-06 08:00:00Z",
        "summary": "It lifts.",
        "image": "{static}/content/a.jpg",
        "image alt": "A crane",
    }


@pytest.mark.parametrize("wrap", [lambda data: data, lambda data: data["db"][0]])
def test_with_and_without_the_list_around_it(wrap) -> None:
    reading = reading_of("a.json", json.dumps(wrap(export(POST))))
    assert [each.part for each in reading.articles] == ["65a1"]


def test_an_old_export_has_numbers_milliseconds_and_markdown() -> None:
    old = {
        "id": 7,
        "html": None,
        "markdown": "*Text.*",
        "image": "/content/a.jpg",
        "published_at": 1426078349156,
        "author_id": 1,
        "type": None,
        "page": 0,
        "language": "en_US",
    }
    tables = {
        "users": [{"id": 1, "name": "Ana Prieto", "slug": "ana"}],
        "tags": [{"id": 3, "name": "Sea"}],
        "posts_tags": [{"post_id": 7, "tag_id": 3}],
    }
    reading = reading_of("a.json", json.dumps(export(POST | old, **tables)))
    found = only(reading)
    assert (found.part, found.markup, found.body) == ("7", "markdown", "*Text.*")
    shown = values(found)
    assert (shown["date"], shown["id"], shown["image"]) == (
        "2015-03-11T12:52:29Z",
        "11-22",
        "/content/a.jpg",
    )
    assert shown["authors"] == [{"name": "Ana Prieto", "key": "ana"}]
    assert shown["tags"] == ["Sea"]
    assert "lang" not in shown


def test_tags_and_authors_keep_their_order_and_internal_tags_go() -> None:
    tables = {
        "tags": [
            {"id": "a", "name": "Sea"},
            {"id": "b", "name": "#x"},
            {"id": "c", "name": "News"},
        ],
        "users": [
            {"id": "1", "name": "Ana"},
            {"id": "2", "name": "Tom", "website": "https://t.org"},
        ],
        "posts_tags": [
            {"post_id": "65a1", "tag_id": "a", "sort_order": 2},
            {"post_id": "65a1", "tag_id": "b", "sort_order": 1},
            {"post_id": "65a1", "tag_id": "c", "sort_order": 0},
            {"post_id": "other", "tag_id": "a", "sort_order": 0},
            {"post_id": "65a1", "tag_id": "gone", "sort_order": 0},
        ],
        "posts_authors": [
            {"post_id": "65a1", "author_id": "1", "sort_order": 1},
            {"post_id": "65a1", "author_id": "2", "sort_order": 0},
        ],
    }
    found = article({}, **tables)
    assert found["tags"] == ["News", "Sea"]
    assert found["authors"] == [{"name": "Tom", "url": "https://t.org"}, {"name": "Ana"}]


@pytest.mark.parametrize(
    ("post", "status", "visibility"),
    [
        ({"status": "draft"}, "draft", None),
        ({"status": "scheduled"}, "scheduled", None),
        ({"status": "sent"}, "private", None),
        ({"visibility": "members"}, "published", "members"),
        ({"visibility": "label:vip,status:free"}, "published", "members"),
        ({"visibility": None}, "published", None),
    ],
)
def test_what_is_not_public(post: dict[str, object], status: str, visibility: object) -> None:
    found = article(post)
    assert (found["status"], found.get("visibility")) == (status, visibility)


def test_pages_are_left_out() -> None:
    reading = reading_of("a.json", json.dumps(export(POST, {"type": "page"}, {"page": 1})))
    assert len(reading.articles) == 1
    assert reading.left_out[0].reason == "its pages are no articles (2)"


def test_the_address_of_the_site_is_understood() -> None:
    html = '<img src="__GHOST_URL__/content/a.png"><a href="__GHOST_URL__/about/">x</a>'
    found = only(reading_of("a.json", json.dumps(export(POST | {"html": html}))))
    assert found.body == '<img src="{static}/content/a.png"><a href="{static}/about/">x</a>'


MARKDOWN_CARDS = {
    "cards": [["markdown", {"markdown": "B"}], ["markdown", {"markdown": "A"}]],
    "sections": [[10, 1], [10, 0]],
}


def test_mobiledoc_of_markdown_is_read() -> None:
    post = {"html": None, "mobiledoc": json.dumps(MARKDOWN_CARDS)}
    found = only(reading_of("a.json", json.dumps(export(POST | post))))
    assert (found.markup, found.body) == ("markdown", "A\n\nB")


@pytest.mark.parametrize(
    "post",
    [
        {"mobiledoc": '{"cards": [], "sections": [[1, "p", [[0, [], 0, "Words"]]]]}'},
        {"lexical": '{"root": {"children": [{"text": "Words"}]}}'},
        {"plaintext": "Words"},
    ],
)
def test_a_post_without_html_is_an_error_that_names_it_and_the_others_are_read(
    post: dict[str, object],
) -> None:
    other = POST | {"id": "x", "slug": "x"}
    reading = reading_of("a.json", json.dumps(export(POST | {"html": None} | post, other)))
    assert [each.part for each in reading.articles] == ["x"]
    (problem,) = problems(reading)
    assert problem.startswith('record  the post "crane" has its text only in Ghost\'s own format')
    draft = {"html": None, "status": "draft"} | post
    assert reading_of("a.json", json.dumps(export(POST | draft))).problems == ()


def test_lines_are_known_where_the_export_has_lines() -> None:
    text = json.dumps(export(POST, POST | {"id": "x", "uuid": "x-y"}), indent=1)
    one, two = reading_of("a.json", text).articles
    lines = text.split("\n")
    assert '"11-22"' in lines[one.fields[0].line - 1]
    assert '"x-y"' in lines[two.fields[0].line - 1]


@pytest.mark.parametrize("cut", [100, 200])
def test_an_export_that_was_cut_off_is_an_error(cut: int) -> None:
    reading = reading_of("a.json", json.dumps(export(POST))[:cut])
    assert [each.name for each in reading.problems] == ["export"]
    assert "cut off" in reading.problems[0].cure


def test_an_export_without_posts_says_so() -> None:
    reading = reading_of("a.json", json.dumps(export()))
    assert reading.left_out[0].reason == "is an export without posts"
    reading = reading_of(
        "a.json", '{"db": [{"data": {"x": "posts"}}], "y": "posts"}'.replace("x", "posts")
    )
    assert [each.name for each in reading.problems] == ["export"]
