import pytest

from feedwright.normalize.body import BodyTools, render_body

from .making import candidate, raw

LINK = "https://example.org/2024/05/a-day/"
ARTICLES = {
    "content/news/b.md": "https://example.org/2024/05/b/",
    "content/c.md": "https://example.org/c/",
    "content/news/my file.md": "https://example.org/my/",
    "content/x/index.md": "https://example.org/x/",
}
TOOLS = BodyTools(ARTICLES.get)


def rendered(body, fields=None, *, tools=TOOLS, **more):
    fields = {"title": "A day", **(fields or {})}
    return render_body(raw(fields, body, **more), candidate(fields, body, **more), LINK, tools)


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("b.md", "https://example.org/2024/05/b/"),
        ("./b.md", "https://example.org/2024/05/b/"),
        ("b.md#x", "https://example.org/2024/05/b/#x"),
        ("https://a.example/@/b.md", "https://a.example/@/b.md"),
        ("../c.md", "https://example.org/c/"),
        ("/c.md", "https://example.org/c/"),
        ("/news/b.md", "https://example.org/2024/05/b/"),
        ("/content/news/b.md", "https://example.org/2024/05/b/"),
        ("my%20file.md", "https://example.org/my/"),
        ("../x/index.md", "https://example.org/x/"),
        ("{filename}b.md", "https://example.org/2024/05/b/"),
        ("{filename}/c.md#y", "https://example.org/c/#y"),
        ("|filename|../c.md", "https://example.org/c/"),
        ("{static}/images/a.png", "https://example.org/images/a.png"),
        ("{static}a.png", "https://example.org/news/a.png"),
        ("{attach}a.png", LINK + "a.png"),
        ("a.png", LINK + "a.png"),
        ("../a.png", "https://example.org/2024/05/a.png"),
        ("/a.png", "https://example.org/a.png"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
        ("#note", LINK + "#note"),
        ("?page=2", LINK + "?page=2"),
        ("https://other.example/x", "https://other.example/x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("page.html", LINK + "page.html"),
    ],
)
def test_links_of_every_kind_become_absolute(reference, address):
    assert f'href="{address}"' in rendered(f'<a href="{reference}">x</a>').html
    if " " not in reference and "|" not in reference:
        assert f'href="{address}"' in rendered(f"[x](<{reference}>)").html


def test_a_link_to_a_file_that_is_no_article_is_a_warning_with_its_line():
    body = rendered("text\n\n[x](gone.md) and [x](gone.md)")
    assert f'href="{LINK}gone.md"' in body.html
    (problem,) = body.problems
    assert (problem.name, problem.line) == ("link-unresolved", 6)


def test_a_link_cannot_climb_out_of_the_site():
    assert rendered("[x](../../../../etc/b.md)").html.count("https://example.org/etc/b.md") == 1


def test_wiki_links_are_text():
    assert "[[wiki]]" in rendered("see [[wiki]]").html


def test_images_sources_and_posters_become_absolute():
    html = rendered(
        '<img src="a.png" srcset="a.png 1x, b.png 2x"><video poster="p.jpg" src="v.mp4"></video>'
    ).html
    for name in ("a.png", "b.png", "p.jpg", "v.mp4"):
        assert LINK + name in html


def test_scripts_and_handlers_are_gone():
    html = rendered(
        '<p onclick="x()">a</p><script>alert(1)</script><a href="javascript:x">b</a>'
    ).html
    assert "script" not in html
    assert "onclick" not in html


def test_a_protocol_relative_embed_of_a_known_host_stays():
    html = rendered('<iframe src="//www.youtube.com/embed/x"></iframe>').html
    assert 'src="https://www.youtube.com/embed/x"' in html


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("# A day\n\ntext", {}),
        ("# A *day*\n\ntext", {}),
        ("A day\n=====\n\ntext", {}),
        ("<h1 class='t'>A  Day</h1><p>text</p>", {"markup": "html"}),
        ("<article><header><h1>A day</h1></header><p>text</p></article>", {"markup": "html"}),
    ],
)
def test_a_first_heading_that_repeats_the_title_is_taken_out(body, more):
    html = rendered(body, **more).html
    assert "<p>text</p>" in html
    assert "h1" not in html


@pytest.mark.parametrize("body", ["# Another\n\ntext", "text\n\n# A day", "## A day\n\ntext"])
def test_any_other_heading_stays(body):
    assert "</h" in rendered(body).html


def test_taking_the_heading_out_leaves_the_hash_of_the_source():
    assert (
        candidate({"title": "A day"}, "# A day\n\nx").hash
        != candidate({"title": "A day"}, "x").hash
    )


def test_plain_text_becomes_paragraphs():
    body = rendered(
        "“One”\nmore < less\n\nTwo https://example.org/x", markup="text", dialect="text"
    )
    assert body.html.count("<p>") == 2
    assert "&lt; less" in body.html
    assert 'href="https://example.org/x"' in body.html
    assert body.summary == "“One” more < less"


def test_html_stays_html():
    assert "<figure>" in rendered("<figure><img src=a.png></figure>", markup="html").html


def test_the_declared_summary_wins():
    assert rendered("one\n\n<!--more-->\n\ntwo", {"summary": "s"}).summary == "s"


@pytest.mark.parametrize("marker", ["<!--more-->", "<!-- more -->", "<!-- truncate -->"])
def test_the_marker_ends_the_summary_and_is_gone_from_the_content(marker):
    body = rendered(f"# A day\n\none *two*\n\nthree\n\n{marker}\n\nfour")
    assert body.summary == "one two three"
    assert "<p>three</p>\n<p>four</p>" in body.html
    assert "more" not in body.html
    assert "truncate" not in body.html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("one <!--more--> two", "<p>one  two</p>"),
        ("one<!--more-->\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\n<!--more-->\ntwo", "<p>one</p>\n<p>two</p>"),
    ],
)
def test_taking_the_marker_out_keeps_paragraphs_apart(source, html):
    assert rendered(source).html == html


def test_the_excerpt_separator_of_jekyll_is_a_marker():
    body = rendered("one\n\ntwo\n\nCUT\n\nthree", {"excerpt_separator": "CUT"})
    assert body.summary == "one two"
    assert "CUT" not in body.html


def test_else_the_first_paragraph_is_cut_at_a_word():
    body = rendered("# A day\n\n" + "word " * 200 + "\n\nsecond")
    assert body.summary.startswith("word word")
    assert body.summary.endswith("word…")
    assert len(body.summary) <= 301


def test_an_empty_body_is_empty():
    body = rendered("")
    assert (body.html, body.summary, body.problems) == ("", "", ())


def test_characters_that_xml_forbids_are_gone():
    html = rendered("a\x0bb\x00c\ud800d ]]> \ufffe").html
    assert not set(html) & set("\x0b\x00\ud800\ufffe")
    html.encode()
