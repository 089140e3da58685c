from pathlib import Path

import pytest

from feedwright.errors import ContentUnavailableError
from feedwright.model import RawArticle
from feedwright.sources.reading import ReadContext, Reading, interpret, load, read
from feedwright.sources.scan import scan
from tests.sources.reading import content_of, read_text


def only(reading: Reading) -> RawArticle:
    assert reading.problems == ()
    (article,) = reading.articles
    return article


def value(article: RawArticle, key: str) -> object:
    return next(field.value for field in article.fields if field.key.casefold() == key)


def test_a_file_that_is_too_large_is_an_error(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "a.md", "# x\n" + "x" * 100, max_bytes=50)
    assert reading.articles == ()
    (problem,) = reading.problems
    assert (problem.severity, problem.name) == ("error", "too-large")
    assert str(problem) == (
        "content/a.md: is larger than 50 bytes; make it smaller, or raise content.max_bytes"
    )


def test_a_file_that_vanished_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    path = tmp_path / "content/a.md"
    path.write_text("# x")
    found = scan(str(tmp_path), content_of())
    path.unlink()
    context = ReadContext.of(str(tmp_path), content_of(), found)
    assert read(found.files[0], context) == Reading((), vanished=True)


@pytest.mark.parametrize("error", [PermissionError(13, "no"), OSError(5, "io"), OSError(116, "x")])
def test_a_file_that_cannot_be_read_refuses_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("# x")
    found = scan(str(tmp_path), content_of())
    context = ReadContext.of(str(tmp_path), content_of(), found)

    def failing(*_: object) -> object:
        raise error

    monkeypatch.setattr("os.open", failing)
    with pytest.raises(ContentUnavailableError, match=r"content/a\.md: cannot be read"):
        read(found.files[0], context)


def test_the_digest_follows_the_file_and_its_sidecar(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    digests = []
    for body, beside in (("# x", "a: 1"), ("# x", "a: 1"), ("# y", "a: 1"), ("# y", "a: 2")):
        (tmp_path / "content/a.md").write_text(body)
        (tmp_path / "content/a.yaml").write_text(beside)
        found = scan(str(tmp_path), content_of())
        loaded = load(found.files[0], ReadContext.of(str(tmp_path), content_of(), found))
        assert loaded is not None
        digests.append(loaded.digest())
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_reading_bytes_needs_no_file(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("# x")
    found = scan(str(tmp_path), content_of())
    context = ReadContext.of(str(tmp_path), content_of(), found)
    loaded = load(found.files[0], context)
    assert loaded is not None
    (tmp_path / "content/a.md").unlink()
    assert only(interpret(loaded, context)).body == "# x"


def test_a_key_of_the_configuration_begins_a_block(tmp_path: Path) -> None:
    text = "Newstitle: A crane\nWritten: 2024-01-02\n\nBody\n"
    assert only(read_text(tmp_path, "a.md", text)).dialect == "markdown"
    fields = {"title": ("newstitle",), "published": ("Written",)}
    article = only(read_text(tmp_path, "a.md", text, fields=fields))
    assert article.dialect == "pelican"
    assert value(article, "newstitle") == "A crane"


def test_line_ends_do_not_matter(tmp_path: Path) -> None:
    text = "---\ntitle: a\n---\n\nOne\nTwo\n\n\n"
    expected = only(read_text(tmp_path, "a.md", text))
    for end in ("\r\n", "\r"):
        assert only(read_text(tmp_path, "a.md", text.replace("\n", end))) == expected


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(tmp_path: Path, charset: str) -> None:
    article = only(read_text(tmp_path, "a.md", "---\ntitle: Größe\n---\nx".encode(charset)))
    assert value(article, "title") == "Größe"


def test_utf_16_without_a_mark_is_named(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "a.md", ("# Title of it\n" * 5).encode("utf-16-le"))
    (problem,) = reading.problems
    assert problem.name == "encoding"
    assert "UTF-16" in problem.what


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("cp1252", "ISO-8859-1"), ("cp932", "Shift_JIS"), ("gb18030", "gbk"), ("koi8-r", "koi8-r")],
)
def test_a_page_says_its_charset(tmp_path: Path, charset: str, declared: str) -> None:
    word = {"cp1252": "Größe", "cp932": "日本", "gb18030": "中文", "koi8-r": "мир"}[charset]
    page = f"<html><head><meta charset={declared}><title>{word}</title></head>x</html>"
    assert value(only(read_text(tmp_path, "a.html", page.encode(charset))), "title") == word
    page = f'<meta http-equiv=Content-Type content="text/html; charset={declared}"><p>{word}'
    assert word in only(read_text(tmp_path, "a.html", page.encode(charset))).body


def test_a_page_that_is_utf_8_is_so_whatever_it_says(tmp_path: Path) -> None:
    page = "<meta charset=iso-8859-1><p>Größe"
    assert "Größe" in only(read_text(tmp_path, "a.html", page)).body


def test_a_page_may_have_a_few_broken_bytes(tmp_path: Path) -> None:
    whole = ("<title>Größe</title><p>" + "Der Kran ist grün. " * 300).encode()
    assert value(only(read_text(tmp_path, "a.html", whole + b"\xc3")), "title") == "Größe"
    for data in (whole + b"\xff" * 9, whole.decode().encode("cp1252")):
        reading = read_text(tmp_path, "a.html", data)
        assert [problem.name for problem in reading.problems] == ["encoding"]


@pytest.mark.parametrize("charset", ["rot13", "utf-7", "unicode_escape", "idna", "nonsense", "zip"])
def test_a_page_cannot_choose_any_codec(tmp_path: Path, charset: str) -> None:
    reading = read_text(tmp_path, "a.html", f"<meta charset={charset}>".encode() + b"\xe9")
    assert [problem.name for problem in reading.problems] == ["encoding"]


def test_an_article_among_drafts_stays_one(tmp_path: Path) -> None:
    article = only(read_text(tmp_path, "_drafts/a.md", "---\ndraft: false\n---\nx"))
    assert article.fields[0].key == "draft"
    assert article.fields[0].value is True


def test_a_broken_sidecar_holds_its_article(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.yaml").write_text("a: [\n")
    reading = read_text(tmp_path, "a.md", "# x\n")
    assert reading.articles == ()
    (problem,) = reading.problems
    assert (problem.name, problem.path) == ("sidecar", "content/a.md")
    assert "a.yaml:" in problem.what


def test_thousands_of_attributes_are_named_and_not_waited_for(tmp_path: Path) -> None:
    attributes = " ".join(f'a{number}="x"' for number in range(100_000))
    (problem,) = read_text(tmp_path, "a.html", f"<html>\n<p {attributes}>x</p>").problems
    assert (problem.name, problem.line) == ("html", 2)
    data = f'<html><p data-x="{"a=b " * 100}" title="{"long " * 9_000}">x</p>'
    assert read_text(tmp_path, "a.html", data).articles


def test_an_unclosed_json_ld_block_is_a_warning_and_the_page_is_read(tmp_path: Path) -> None:
    page = '<title>T</title><script type="application/ld+json">[' + "[" * 5000 + "</script><p>x"
    reading = read_text(tmp_path, "a.html", page)
    assert [problem.name for problem in reading.problems] == ["json-ld"]
    assert reading.articles[0].body == "<p>x</p>"


@pytest.mark.parametrize(
    "text",
    [
        '<!-- {"@type": "Article", "headline": "T"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "T"}\n//]]>',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "T"}};',
        '{"@type": "WebPage", "about": [{"x": [{"@type": "schema:Article", "name": ["T"]}]}]}',
    ],
)
def test_json_ld_is_found_in_every_wrapping(tmp_path: Path, text: str) -> None:
    page = f'<title>Other</title><script type="application/ld+json">{text}</script><p>x'
    assert value(only(read_text(tmp_path, "a.html", page)), "title") == "T"


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("Crane | Site", "", "Crane"),
        ("Site » Crane", "", "Crane"),
        ("Crane - the sequel - Site", "", "Crane - the sequel"),
        ("Crane - the sequel", "", "Crane - the sequel"),
        ("Crane - Elsewhere", "Crane", "Crane"),
        ("Site", "", "Site"),
    ],
)
def test_the_name_of_the_site_comes_off_the_title(
    tmp_path: Path, title: str, heading: str, expected: str
) -> None:
    top = f"<h1>{heading}</h1>" if heading else ""
    page = f'<title>{title}</title><meta property=og:site_name content="Site">{top}<p>x'
    assert value(only(read_text(tmp_path, "a.html", page)), "title") == expected


def test_nothing_is_fetched_or_opened_for_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOPSECRET")
    page = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY % p SYSTEM "file://{secret}">
    <!ENTITY a SYSTEM "file://{secret}">%p;]><html><body>&a;
    <xi:include href="file://{secret}" parse="text"/></body></html>"""
    assert "TOPSECRET" not in only(read_text(tmp_path, "a.xhtml", page)).body


def test_a_page_in_iso_2022_jp_is_read_though_it_looks_like_ascii(tmp_path: Path) -> None:
    page = "<meta charset=iso-2022-jp><title>日本</title><p>x".encode("iso-2022-jp")
    assert value(only(read_text(tmp_path, "a.html", page)), "title") == "日本"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", b"\xef\xbb\xbfok\nnot \xff ok"),
        ("a.md", b"\xff\xfea\x00\n\x00\x00\xd8"),
        ("a.html", b"<meta charset=shift_jis>\n<p>\x81\xff\x81"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_named_with_its_line(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (problem,) = read_text(tmp_path, name, data).problems
    assert (problem.name, problem.line) == ("encoding", 2)
    assert "save the file as UTF-8" in problem.cure
