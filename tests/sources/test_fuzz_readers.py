"""Any bytes in a file of any kind give articles or problems, and soon; of one file many."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.config.schema import Content
from feedwright.model import Severity, SourceFile
from feedwright.sources.reading import Loaded, ReadContext, Reading, interpret
from feedwright.sources.scan import Scan
from tests.patience import little_work

SCRIPT = """// data
import a from 'a';
export default {
  author: 'Ana', ...a, tags: ['x'],
  eleventyComputed: { permalink: (d) => (d.draft ? false : `/n/${d.page.fileSlug}/`) },
  date(d) { return {a: 1}; }, lang: `de`
};
"""
SECTION = """---
cascade:
- _target: {path: '{/notes/**,/x}', kind: page}
  author: Ana
  params: {tags: [x]}
---
"""
DATA = (("notes.11tydata.js", SCRIPT), ("_index.md", SECTION))
CONTEXT = ReadContext.of("", Content(), Scan((), {}, (), ()))
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><language>de</language>
<wp:author><wp:author_login>ana</wp:author_login></wp:author>
<item><title>One</title><link>https://example.org/one/</link><dc:creator>ana</dc:creator>
<content:encoded><![CDATA[First [gallery ids="9"]\n\nsecond]]></content:encoded>
<wp:post_id>1</wp:post_id><wp:post_date>2024-01-05 11:00:00</wp:post_date>
<wp:post_date_gmt>2024-01-05 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
<category domain="category">News</category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>
</item>
<item><title>Two</title><wp:post_id>2</wp:post_id></item>
<item><wp:post_type>attachment</wp:post_type><wp:post_id>9</wp:post_id>
<wp:attachment_url>https://example.org/a.jpg</wp:attachment_url></item>
</channel></rss>
"""
LEXICAL = {
    "root": {
        "children": [
            {"type": "paragraph", "children": [{"type": "text", "text": "x", "format": 3}]},
            {"type": "list", "children": [{"type": "listitem", "children": []}], "start": 2},
            {"type": "image", "src": "a.png", "visibility": {"web": {"nonMember": True}}},
            {"type": "gallery", "images": [{"src": "a.png"}], "format": 1},
        ]
    }
}
MOBILEDOC = {
    "version": "0.3.1",
    "markups": [["a", ["href", "x"]]],
    "atoms": [["soft-return", "", {}]],
    "cards": [["bookmark", {"url": "x", "metadata": {"title": "y"}}]],
    "sections": [[1, "p", [[0, [0], 1, "x"], [1, [], 0, 0]]], [10, 0], [3, "ul", [[]]], [2, "x"]],
}
GHOST = json.dumps(
    {
        "db": [
            {
                "data": {
                    "posts": [
                        {
                            "id": "a",
                            "title": "A",
                            "slug": "a",
                            "html": "<p>x",
                            "status": "published",
                        },
                        {"id": 2, "title": "B", "published_at": 1426078349156, "mobiledoc": "{}"},
                        {"id": 3, "status": "published", "lexical": json.dumps(LEXICAL)},
                        {"id": 4, "status": "published", "mobiledoc": json.dumps(MOBILEDOC)},
                    ],
                    "tags": [{"id": "t", "name": "sea"}],
                    "posts_tags": [{"post_id": "a", "tag_id": "t", "sort_order": 0}],
                }
            }
        ]
    },
    indent=1,
)
SEEDS: dict[str, str] = {
    "a.xml": WXR,
    "a.json": GHOST,
    "b.json": '[{"id": 1, "title": "A", "date": "2024-01-05", "body": "x"}, {"title": "B"}]',
    "a.jsonl": '{"title": "A", "date": "1", "body": "x"}\n{"title": "B", "date": "1", "text": "y"}',
    "a.yaml": "- title: A\n  date: 1\n  body: |\n    x\n\n    y\n- title: B: C\n  text: [a]\n",
    "contents.lr": (
        "_model: post\n---\ntitle: A\n---\npub_date: 2024\n---\nbody:\n\n#### text ####\ntext: x\n"
        "----\nclass: y\n#### image ####\nimage: a.png\n---\ntags:\n\na\nb\n"
    ),
    "a.rst": (
        ".. _x:\n\n====\nTitle\n====\n\nSub\n---\n\n:date: 2024-01-05\n:tags: - a\n   - b\n\n"
        "Text *x*\n"
    ),
    "b.rst": ".. title: A\n.. slug: a\n.. tags: draft, x\n\nText\n====\n",
    "a.mdx": (
        "import A from 'a'\n\nexport const meta = {title: 'A', tags: [`x`, 1], d: new Date('1')}\n"
        "\n# A\n"
    ),
    "a.md": "<!--\n.. title: A\n.. date: 2024-01-05\n-->\n\nText\n",
    "a.txt": "Title\n=====\n\n:date: 2024-01-05\n\nText\n",
}
SNIPPETS = [
    "<item>", "</item>", "<![CDATA[", "]]>", "&", "&nbsp;", "&#0;", "<channel>", "<wp:author>",
    "<!--", "-->", "\n---\n", "\n----\n", "#### a ####\n", "title: ", ".. ", ".. title: x\n",
    ":date:", "\n===\n", ":a: b\n", "{", "}", "[", "]", '"', "'", "`", "\\", ",", ":", "- ", "\n",
    "\t", "\x00", "null", "1e999", "export const meta = {", "new Date(", "/*", "//", '"title":',
    '"db":', "é", "\u2028", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", '{"a":' * 3, "&a *a", "|", ">",
    "import x", "\r", "\ufeff",
]  # fmt: skip


def check(name: str, data: bytes) -> Reading:
    path = f"content/x/{name}"
    file = SourceFile(path, path.partition("/")[2], "/" + path, len(data), 0, 0, 0)
    reading = interpret(Loaded(file, data, ()), CONTEXT)
    assert reading.articles or reading.problems or reading.left_out
    for problem in reading.problems:
        str(problem).encode()
        assert problem.path == path
        assert problem.what
        assert problem.cure
        assert problem.line >= 0
        assert "\n" not in str(problem)
    if not reading.articles and not reading.left_out:
        assert any(problem.severity is Severity.ERROR for problem in reading.problems)
    for article in reading.articles:
        article.body.encode()
        repr(article.fields).encode()
        assert article.body == article.body.rstrip()
        assert "\r" not in article.body
        assert article.body_line >= 1
        assert all(field.line >= 0 for field in article.fields)
        assert len(reading.articles) == 1 or article.part
    return reading


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 200)
    | st.sampled_from(["", "p", "a", "image", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "children", "text", "url", "format", "tag", "images", "metadata"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None, max_examples=200)
@given(JSON, st.sampled_from(["root", "children", "sections", "markups", "atoms", "cards", "type"]))
def test_any_value_in_the_formats_of_ghosts_editors(value: object, key: str) -> None:
    root = {"type": "root", "children": [value, {"type": "image", key: value}]}
    lexical = {"root": root | ({key: value} if key in root else {})}
    posts = [
        {"id": 1, "status": "published", "lexical": json.dumps(lexical)},
        {"id": 2, "status": "published", "mobiledoc": json.dumps(MOBILEDOC | {key: value})},
        {"id": 3, "status": "published", "mobiledoc": json.dumps(MOBILEDOC | {key: [value] * 3})},
    ]
    check("a.json", json.dumps({"data": {"posts": posts}}).encode())


@settings(deadline=None, max_examples=800)
@given(st.sampled_from(sorted(SEEDS)), st.data())
def test_mutations_of_each_dialect(name: str, draw: st.DataObject) -> None:
    text = SEEDS[name]
    for _ in range(draw.draw(st.integers(1, 8))):
        at = draw.draw(st.integers(0, len(text)))
        cut = draw.draw(st.sampled_from([0, 0, 1, 5, 40]))
        text = text[:at] + draw.draw(st.sampled_from(SNIPPETS)) + text[at + cut :]
    check(name, text.encode())


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(sorted(SEEDS)),
    st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=5), max_size=30).map("".join),
)
def test_pieces_in_any_order(name: str, text: str) -> None:
    check(name, text.encode("utf-8", "replace"))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(SEEDS)), st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    check(name, data)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(SEEDS)), st.integers(0, 2000))
def test_a_file_that_was_cut_off(name: str, length: int) -> None:
    check(name, SEEDS[name].encode()[:length])


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_the_seeds_are_articles(name: str) -> None:
    assert check(name, SEEDS[name].encode()).articles


RSS = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("items.xml", RSS + "<item>" * 200_000),
        ("broken.xml", RSS + "<item><title>&</title></item>" * 40_000),
        ("deep.xml", RSS + "<item>" + "<a>" * 300_000),
        ("galleries.xml", RSS + "<item><content:encoded>" + "[gallery " * 100_000),
        ("many.xml", RSS + "<item><wp:post_id>1</wp:post_id></item>" * 30_000),
        ("attributes.xml", RSS + "<item " + "a=b " * 200_000),
        ("deep.json", "[" * 500_000),
        ("objects.json", '{"a":' * 200_000),
        ("list.json", "[" + '{"title":"a","date":"1","body":"x"},' * 20_000),
        ("titles.json", '{"title":' * 100_000),
        ("lines.jsonl", '{"title":"a","date":"1","body":"x"}\n' * 20_000),
        ("bad.jsonl", "x\n" * 300_000),
        ("list.yaml", "- title: a\n  date: 1\n  body: x\n" * 10_000),
        ("bad.yaml", "- title: a: b\n  date: 1\n  body: x\n" * 4_000),
        ("worse.yaml", "- 'a\n" * 50_000),
        ("aliases.yaml", "- &a " + "x" * 400_000 + "\n- [" + "*a," * 20_000 + "]"),
        ("ghost.json", '{"data": {"posts": [' + '{"id": 1, "slug": "a"},' * 20_000 + "1]}}"),
        ("contents.lr", "a: b\n---\n" * 60_000),
        ("contents.lr", "title: a\n---\ndate: b\n---\nbody:\n\n" + "#### a ####\n" * 60_000),
        ("contents.lr", "date: a\n---\nbody:\n" + "\n" * 400_000),
        ("a.rst", "a\n=\n\n" * 100_000),
        ("b.rst", ":a: b\n" * 100_000),
        ("c.rst", ".. a\n" * 100_000),
        ("d.rst", "`" * 300_000 + "\n" + "=" * 300_000),
        ("e.rst", "=" * 300_000 + "\n" + "`a " * 100 + "\n" + "=" * 300_000),
        ("f.rst", ":summary: " + "`a <" * 100_000),
        ("g.rst", ":summary: " + "*a " * 1_600),
        ("h.rst", ".. post::" + "\n   :a: b" * 50_000),
        ("a.mdx", "export const meta = {" * 30_000),
        ("b.mdx", "export const meta = " + "{a:" * 100_000),
        ("c.mdx", "export const meta = {a: '" + "\\" * 300_000),
        ("d.mdx", "export const meta = {" + "/*" * 100_000),
        ("e.mdx", "export const meta = {" + " " * 400_000),
        ("a.md", "<!--\n" + ".. title: a\n" * 50_000),
        ("b.md", "<!--" * 100_000 + ".. title: a"),
        ("c.txt", ".. title:" + " " * 400_000 + "x"),
    ],
)  # fmt: skip
def test_large_and_nasty_files_take_little_time(name: str, text: str) -> None:
    with little_work():
        check(name, text.encode())


@pytest.mark.parametrize(("name", "seed"), DATA)
@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_data_of_a_folder_gives_an_article_or_problems(name, seed, data):
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, len(seed)))
    piece = data.draw(st.text(st.sampled_from("{}[]()'\"`$,:/*\\ \nab=>.-"), max_size=20))
    text = (seed[:start] + piece + seed[end:]).encode()
    file = SourceFile("content/notes/a.md", "notes/a.md", "/a.md", 4, 0, 0, 0)
    beside = SourceFile(f"content/notes/{name}", f"notes/{name}", "/x", len(text), 0, 0, 0)
    found = interpret(Loaded(file, b"# A\n", ((beside, text),)), CONTEXT)
    assert found.articles or found.problems or found.left_out
