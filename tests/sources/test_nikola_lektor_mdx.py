import pytest

from feedwright.config.schema import Content
from tests.sources.readers import only, problems, reading_of, values

NIKOLA = ".. title: Title: more\n.. slug: s\n.. date: 2024-01-05 10:00:00 UTC+01:00\n.. tags: a\n"


@pytest.mark.parametrize(
    ("name", "text", "markup"),
    [
        ("a.rst", NIKOLA + "\nText.\n", "rst"),
        ("a.txt", "\n" + NIKOLA + "\nText.\n", "rst"),
        ("a.md", f"<!--\n{NIKOLA}-->\n\nText.\n", "markdown"),
        ("a.md", f"<!-- \n{NIKOLA}\n-->\nText.\n", "markdown"),
        ("a.md", f"<!--\n{NIKOLA}and words\n-->\nText.\n", "markdown"),
        ("a.md", NIKOLA + "\nText.\n", "markdown"),
        ("a.html", f"<!--\n{NIKOLA}-->\nText.\n", "html"),
    ],
)
def test_lines_of_nikola_in_every_kind_of_file(name: str, text: str, markup: str) -> None:
    article = only(reading_of(name, text))
    assert (article.dialect, article.markup, article.body) == ("nikola", markup, "Text.")
    assert values(article)["title"] == "Title: more"
    assert values(article)["date"] == "2024-01-05 10:00:00 UTC+01:00"


@pytest.mark.parametrize(
    "text",
    [
        ".. note:: x\n\nText.\n",
        ".. _title:\n\nText.\n",
        ".. remark: x\n\nText.\n",
        "<!-- a -->\nx\n",
    ],
)
def test_directives_and_comments_are_no_lines_of_nikola(text: str) -> None:
    assert only(reading_of("a.md", text)).dialect == "markdown"


@pytest.mark.parametrize(
    ("tags", "draft"), [("draft, a", True), ("private", True), ("drafts", None)]
)
def test_nikolas_tags_that_make_a_draft(tags: str, draft: object) -> None:
    article = only(reading_of("a.rst", f".. title: T\n.. tags: {tags}\n\nText.\n"))
    assert values(article).get("draft") == draft


def test_without_a_title_nikola_has_the_heading() -> None:
    article = only(reading_of("a.rst", ".. slug: s\n\nTitle\n=====\n\nText.\n"))
    assert values(article)["title"] == "Title"
    assert (article.body, article.body_line) == ("Text.", 6)


# ---------------------------------------------------------------- Lektor

LEKTOR = "title: Title\n---\npub_date: 2024-01-05\n---\n"


def test_lektors_fields_and_body() -> None:
    text = LEKTOR + "tags:\n\na\nb c\n---\nbody:\n\nText.\n\n----\n\nMore.\n---\nauthor: Ana\n"
    article = only(reading_of("blog/crane/contents.lr", text))
    assert (article.dialect, article.markup, article.body_line) == ("lektor", "markdown", 12)
    assert article.body == "Text.\n\n---\n\nMore."
    assert values(article) == {
        "title": "Title",
        "pub_date": "2024-01-05",
        "tags": ["a", "b c"],
        "author": "Ana",
        "slug": "crane",
    }


def test_lektors_own_fields() -> None:
    text = LEKTOR + "_model: x\n---\n_slug: other\n---\n_hidden: yes\n---\n_discoverable: no\n"
    found = values(only(reading_of("blog/crane/contents.lr", text)))
    assert found["slug"] == "other"
    assert (found["hidden"], found["unlisted"]) == ("yes", "true")
    assert "_model" not in found
    text = LEKTOR + "_hidden: no\n---\n_discoverable: yes\n---\nbody: x\n"
    assert not {"hidden", "unlisted"} & values(only(reading_of("a/contents.lr", text))).keys()


def test_an_alternative_has_its_language() -> None:
    found = values(only(reading_of("blog/crane/contents+fr.lr", LEKTOR + "body: x\n")))
    assert (found["slug"], found["lang"]) == ("crane", "fr")
    assert "lang" not in values(
        only(reading_of("blog/crane/contents+alt.lr", LEKTOR + "body: x\n"))
    )


def test_blocks_show_their_texts_and_pictures() -> None:
    text = LEKTOR + (
        "body:\n\n#### banner ####\nimage: a.jpg\n----\nalt: An [a]\n#### text ####\ntext:\n\n"
        "One.\n\n-----\n\nTwo.\n----\nclass: x\n#### gap ####\nheight: 3\n"
    )
    assert only(reading_of("a/contents.lr", text)).body == "![An (a)](a.jpg)\n\nOne.\n\n---\n\nTwo."


@pytest.mark.parametrize(
    ("text", "is_article"),
    [
        ("title: About\n---\nbody: x\n", False),
        ("_model: page\n---\ntitle: About\n", False),
        ("_model: blog-post\n---\ntitle: T\n---\nbody: x\n", True),
        ("title: T\n---\npub_date:\n---\nbody: x\n", True),
        ("title: T\n---\nwhen: 2024-01-05\n---\nbody: x\n", True),
    ],
)
def test_a_page_without_a_date_is_no_article(text: str, is_article: bool) -> None:
    reading = reading_of("a/contents.lr", text, Content(fields={"published": ("when",)}))
    assert bool(reading.articles) is is_article
    assert bool(reading.left_out) is not is_article


def test_a_file_without_fields_is_an_error() -> None:
    assert problems(reading_of("a/contents.lr", "words\n")) == [
        "front-matter 1: has no line such as title: My title; separate fields by lines of ---"
    ]


# ---------------------------------------------------------------- MDX


def test_mdx_keeps_its_source_and_reads_front_matter() -> None:
    text = "---\ntitle: Title\n---\nimport A from 'a'\n\n<A/>\n"
    article = only(reading_of("a.mdx", text))
    assert (article.dialect, article.markup) == ("mdx", "mdx")
    assert article.body == "import A from 'a'\n\n<A/>"


def test_front_matter_wins_over_an_exported_object() -> None:
    text = "---\ntitle: Front\n---\nexport const meta = {title: 'Back', author: 'Ana'}\n\nText.\n"
    found = values(only(reading_of("a.mdx", text)))
    assert (found["title"], found["author"]) == ("Front", "Ana")


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ('{a: \'it\\\'s\', "b": "c", `d`: 1}', {"a": "it's", "b": "c", "d": "1"}),
        (
            "{a: [1, 'b', [true, null]], c: {d: 'e'},}",
            {"a": ["1", "b", [True, None]], "c": {"d": "e"}},
        ),
        ("{/* x */ a: 'b', // y\n c: 'd'}", {"a": "b", "c": "d"}),
        ("{a: new Date('2024-01-05'), b: '\\u00e9\\n'}", {"a": "2024-01-05", "b": "é\n"}),
        ("{a: 'b', c: compute(), d: 'e'}", {"a": "b", "d": "e"}),
        ("{a: `${x}`}", {}),
        ("{a: 'b' + c, d: 'e'}", {"d": "e"}),
        (
            "{a: ['b'] as const, c: 'd' satisfies E, // f\n g: 'h' /* i */}",
            {"a": ["b"], "c": "d", "g": "h"},
        ),
        ("{...rest}", {}),
        ("{a: 'b', ...rest, c() { return {d: 1}; }, e, f: 'g'}", {"a": "b", "f": "g"}),
        ("{a: (x) => { return x ? ',' : `}`; }, b: /[/]/.test(c), d: 'e'}", {"d": "e"}),
    ],
)
def test_an_exported_object_of_plain_values_is_metadata(literal: str, expected: object) -> None:
    article = only(reading_of("a.mdx", f"export const metadata = {literal}\n\nText.\n"))
    assert {
        field.key: field.value for field in article.fields if field.origin == "export"
    } == expected
