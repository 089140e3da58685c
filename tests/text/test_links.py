import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text.links import candidates
from feedwright.text.markup import absolute_links, sanitize
from feedwright.text.urls import absolute

BASE = "https://example.org/2024/a/"


def resolved(html):
    return absolute_links(html, lambda reference: absolute(BASE, reference))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="../b">x</a>', '<a href="https://example.org/2024/b">x</a>'),
        ('<a href="#f">x</a>', '<a href="https://example.org/2024/a/#f">x</a>'),
        ("<a href=foo bar>x</a>", '<a href="https://example.org/2024/a/foo" bar>x</a>'),
        ("<a href='x\"y'>z</a>", '<a href="https://example.org/2024/a/x%22y">z</a>'),
        (
            '<A HREF = "?q=1&amp;r=2">x</A>',
            '<A HREF="https://example.org/2024/a/?q=1&amp;r=2">x</A>',
        ),
        (
            '<a href="?a=1&copy=2">x</a>',
            '<a href="https://example.org/2024/a/?a=1&amp;copy=2">x</a>',
        ),
        ('<img src="//cdn.example.net/x.png">', '<img src="https://cdn.example.net/x.png">'),
        (
            '<img alt="a" src="/x.png" title="t">',
            '<img alt="a" src="https://example.org/x.png" title="t">',
        ),
        (
            '<img src=" /my photo.png " alt="">',
            '<img src="https://example.org/my%20photo.png" alt="">',
        ),
        (
            '<video poster="p.png" src="v.mp4">',
            '<video poster="https://example.org/2024/a/p.png" src="https://example.org/2024/a/v.mp4">',
        ),
        ('<q cite="/c">', '<q cite="https://example.org/c">'),
        ('<object data="o.pdf">', '<object data="https://example.org/2024/a/o.pdf">'),
        ('<a href="mailto:a@example.org">', '<a href="mailto:a@example.org">'),
        ('<a href="صفحة">', '<a href="https://example.org/2024/a/%D8%B5%D9%81%D8%AD%D8%A9">'),
        (
            '<img srcset="a.png 1x, //cdn.example.net/b.png 2x,data:image/png;base64,AA==">',
            (
                '<img srcset="https://example.org/2024/a/a.png 1x, '
                'https://cdn.example.net/b.png 2x, data:image/png;base64,AA==">'
            ),
        ),
    ],
)
def test_every_address_becomes_absolute(html, expected):
    assert resolved(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        'href="x"',
        '<pre><code>&lt;a href="x"&gt;</code></pre>',
        "<p>a < b href=x > c</p>",
        '<!-- <a href="x"> -->',
        "<a title=\"<a href='x'>\">",
        '<a title=\'<img src="x">\' rel="me">',
        '<script>document.write("<a href=x>")</script>',
        '<map name="m"></map><img usemap="#m">',
        '<time datetime="2024">',
        "<a>",
        "",
    ],
)
def test_text_that_looks_like_a_link_stays(html):
    assert resolved(html) == html


def test_an_empty_answer_takes_the_attribute_away():
    html = '<a href="x" title="t">a</a><a href="y">b</a><img srcset="a 1x, b 2x" src="c" alt=""><p>'
    assert absolute_links(html, lambda _: "") == '<a title="t">a</a><a>b</a><p>'


def test_the_resolver_sees_what_was_written():
    seen = []

    def resolve(reference):
        seen.append(reference)
        return "x"

    absolute_links(
        '<a href="%7Bfilename%7Da.md">a</a><a href=" b?c=1&amp;d ">b</a><a rel=x href={static}/c>',
        resolve,
    )
    assert seen == ["{filename}a.md", "b?c=1&d", "{static}/c"]


def test_what_the_resolver_gives_is_escaped():
    html = absolute_links("<a href=x>", lambda _: 'a"><script>&')
    assert html == '<a href="a&quot;&gt;&lt;script&gt;&amp;">'


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a.png", [("a.png", "")]),
        (" a.png 1x , b.png 2x,", [("a.png", "1x"), ("b.png", "2x")]),
        ("a.png,b.png 2x", [("a.png,b.png", "2x")]),
        ("a.png, b.png", [("a.png", ""), ("b.png", "")]),
        (
            "data:image/png;base64,AA== 100w, b 2x",
            [("data:image/png;base64,AA==", "100w"), ("b", "2x")],
        ),
        ("a (1,2) 3, b", [("a", "(1,2) 3"), ("b", "")]),
        (",,,", []),
    ],
)
def test_srcset_splits_as_html_says(srcset, expected):
    assert candidates(srcset) == expected


@given(st.text(st.sampled_from("<>\"'= /abhrefsrctp!-&;%\n"), max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_text_is_passed_through_or_resolved(text):
    absolute_links(text, lambda reference: absolute(BASE, reference))
    assert absolute_links(text, lambda _: "").count("href=") <= text.count("href=")


@given(st.text(st.sampled_from("<>\"'= /abimgsrc&\n"), max_size=60))
@settings(deadline=None, max_examples=300)
def test_clean_html_stays_clean_when_resolved(text):
    html = sanitize(f'<p><a href="x/{text}">{text}</a><img src="{text}">{text}</p>')
    absolutely = resolved(html)
    assert sanitize(absolutely) == absolutely
    assert resolved(absolutely) == absolutely


@pytest.mark.parametrize(
    "piece", ["<a ", "<a href='", '<a "', "<!--", "<script ", "<img srcset=a,"]
)
def test_scanning_is_linear(piece):
    resolved(piece * (300_000 // len(piece)))
