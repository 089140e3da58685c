"""Any bytes give articles or problems, nothing else; and soon."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.model import SourceFile
from feedwright.sources.reading import Loaded, ReadContext, Reading, interpret
from feedwright.sources.shapes import ARTICLE_EXTENSIONS
from feedwright.sources.sidecar import SUFFIXES
from tests.patience import little_work
from tests.sources.reading import HERE

CONTEXT = ReadContext({}, frozenset({"newstitle"}), {}, 20_000_000)
SEEDS = [path.read_bytes() for path in sorted((HERE / "quirks").rglob("*")) if path.is_file()]
SNIPPETS = [
    b"---\n", b"+++\n", b"{", b"}", b'"title": ', b"title: ", b"Title: ", b": ", b"- ", b"[", b"]",
    b"'", b'"', b"&a ", b"*a", b"<<: ", b"|", b">", b"\t", b"\r\n", b"\x00", b"\xff", b"!!x ",
    b"\xef\xbb\xbf", b"<html>", b"<!doctype html>", b"<meta charset=", b"</p>", b"<article>",
    b"<h1>", b"<?xml ", b'<script type="application/ld+json">', b"</script>", b"Author:\n", b"# ",
    b'{"@type": "Article"}', b"By Ana\n", b"2024-01-02\n", b"Date: ", b"\n\n", b"...", b"-", b"=",
    b"\xe2\x80\xa8", b"\\u0000", b"\\ud800", b"1e999", b"===\n", b"a.a.a = 1\n", b"\xc2\x85",
]  # fmt: skip


def file_of(path: str, data: bytes) -> SourceFile:
    return SourceFile(path, path.partition("/")[2], "/" + path, len(data), 0, 0, 0)


def check(name: str, data: bytes, beside: tuple[str, bytes] | None = None) -> Reading:
    path = f"content/{name}"
    sidecars = () if beside is None else ((file_of(*beside), beside[1]),)
    reading = interpret(Loaded(file_of(path, data), data, sidecars), CONTEXT)
    assert reading.articles or reading.problems or reading.left_out
    for problem in reading.problems:
        str(problem).encode()
        assert problem.what
        assert problem.cure
        assert problem.line >= 0
        assert "\n" not in str(problem)
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert bool(errors) != bool(reading.articles or reading.left_out)
    for article in reading.articles:
        article.body.encode()
        repr(article.fields).encode()
        assert article.body == article.body.rstrip()
        assert "\r" not in article.body
        assert 1 <= article.body_line <= data.count(b"\n") + data.count(b"\r") + 2
    return reading


names = st.sampled_from(["a", "2024-01-02-b.fr"]).flatmap(
    lambda stem: st.sampled_from(sorted(ARTICLE_EXTENSIONS)).map(lambda end: stem + end)
)
snippets = st.lists(st.sampled_from(SNIPPETS) | st.binary(max_size=6), max_size=30).map(b"".join)


@settings(deadline=None, max_examples=150)
@given(names, st.binary(max_size=300))
def test_any_bytes(name: str, data: bytes) -> None:
    check(name, data)


@settings(deadline=None, max_examples=600)
@given(names, snippets)
def test_pieces_of_every_dialect_in_any_order(name: str, data: bytes) -> None:
    check(name, data)


@settings(deadline=None, max_examples=300)
@given(names, st.sampled_from([b"---\n", b"+++\n"]), snippets)
def test_anything_as_front_matter(name: str, fence: bytes, data: bytes) -> None:
    check(name, fence + data + b"\n" + fence + b"body\n")


@settings(deadline=None, max_examples=400)
@given(names, st.sampled_from(SEEDS), st.data())
def test_mutations_of_the_quirks(name: str, seed: bytes, draw: st.DataObject) -> None:
    data = bytearray(seed[:4000])
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(data)))
        cut = draw.draw(st.integers(0, 10))
        data[at : at + cut] = draw.draw(st.sampled_from(SNIPPETS))
    check(name, bytes(data))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SUFFIXES), snippets)
def test_any_bytes_as_sidecar(suffix: str, data: bytes) -> None:
    check("a.md", b"# x\n", ("content/a" + suffix, data))


LARGE = 1_000_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("spaces.md", b"a" + b" " * LARGE + b"b"),
        ("spaces-in-front-matter.md", b"---\na" + b" " * LARGE + b"b\n---\nx"),
        ("key-and-spaces.md", b"---\na: b: c\nk:" + b" " * LARGE + b"\n---\nx"),
        ("newlines.md", b"\n" * LARGE + b"x"),
        ("newlines.txt", b"x" + b"\n" * LARGE + b"By\n"),
        ("dashes.md", b"-" * LARGE),
        ("fences.md", b"---\n" * (LARGE // 4)),
        ("unclosed.md", b"---\ntitle: a\n" + b"--- x\n" * (LARGE // 6)),
        ("brackets.md", b"---\na: " + b"[" * 100_000 + b"\n---\n"),
        ("anchors.md", b"---\n" + b"a: &a x\n" * 50_000 + b"---\n"),
        (
            "alias-of-much.md",
            b"---\na: &a " + b"x" * 900_000 + b"\nb: [" + b"*a," * 20_000 + b"]\n---\n",
        ),
        ("dots.md", b"+++\n" + b"a." * 45_000 + b"a = 1\n+++\n"),
        ("toml-brackets.md", b"+++\na = " + b"[" * 45_000 + b"\n+++\n"),
        ("json.md", b'{"a": ' + b"[" * LARGE),
        ("json-digits.md", b'{"a": ' + b"1" * 100_000 + b"}"),
        ("json-quotes.md", b'{"' + b'\\"' * (LARGE // 2)),
        ("json-keys.md", b"{" + b'"a":1,' * 100_000 + b'"b":1}'),
        ("tags.html", b"<" * LARGE),
        ("open.html", b"<p><b>" * 100_000),
        ("doctypes.html", b"<!doctype html [" * 60_000),
        ("comments.md", b"<!--" * 200_000),
        ("metas.html", b"<meta charset " * 70_000),
        ("articles.html", b"<article>x" * 1_000),
        ("headers.html", b"<article>" + b"<header><figure>" * 900),
        ("attributes.html", b"<p " + b"a=b " * 100_000),
        ("spaces.html", b"<html>" + b" " * LARGE + b"<?xml"),
        ("labels.txt", b"T\n" + b"By A\n" * 100_000),
        ("title.txt", b"x" * LARGE),
        ("keys.md", b"Title: x\n" * 100_000),
        ("key.md", b"Title" + b" " * LARGE),
        ("quotes.md", b"---\na: 'b: c'd\n" + b"k: '" * 100_000 + b"\n---\n"),
    ],
)
def test_large_and_nasty_files_take_little_time(name: str, data: bytes) -> None:
    with little_work():
        check(name, data)


def test_the_path_does_not_matter(tmp_path: Path) -> None:
    for name in ("a.md", "x/y/index.html", "_posts/2024-99-99-.md", ".md", "..md", "a..fr.md"):
        check(name, b"# x\n")
