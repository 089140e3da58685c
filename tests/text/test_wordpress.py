"""WordPress's stored HTML becomes what its themes show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.text.wordpress import to_html
from tests.patience import little_work


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n"),
        ("One\nline", "<p>One<br>\nline</p>\n"),
        ("One<br />\nline", "<p>One<br />\nline</p>\n"),
        ("A <b>b</b>\n \n c", "<p>A <b>b</b></p>\n<p>c</p>\n"),
        ("<p>One</p>\n\n<p>Two</p>", "<p>One</p>\n<p>Two</p>"),
        ("One\n<p class=x>Two</p>\nThree", "<p>One</p>\n<p class=x>Two</p><p>Three</p>\n"),
        ("<p>One\nTwo<div>x</div>\n\ny", "<p>One<br>\nTwo<div><p>x</p>\n</div><p>y</p>\n"),
        ("<ul>\n<li>a\nb</li>\n</ul>\n\nx", "<ul>\n<li>a<br>\nb</li>\n</ul><p>x</p>\n"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p>\n</blockquote>"),
        ("<pre>a\n\n<p>b</pre>c", "<pre>a\n\n<p>b</pre><p>c</p>\n"),
        ("<script>a\n\nb</script>", "<script>a\n\nb</script>"),
        ("a <!-- b\n\nc --> d", "<p>a</p>\n<!-- b\n\nc --><p>d</p>\n"),
        ("a\n<hr />\nb", "<p>a</p>\n<hr /><p>b</p>\n"),
        (
            "https://x.org/v?a=1&b=2",
            '<p><a href="https://x.org/v?a=1&amp;b=2">https://x.org/v?a=1&amp;b=2</a></p>\n',
        ),
        ("a<!--nextpage-->b", "<p>ab</p>\n"),
        ("", ""),
    ],
)
def test_paragraphs_of_the_classic_editor(source: str, html: str) -> None:
    assert to_html(source) == html


def test_the_block_editor_stores_whole_html() -> None:
    source = (
        '<!-- wp:paragraph {"align":"center"} -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->\n\n'
        "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n\n"
        '<!-- wp:embed {"url":"https://x.org/v"} -->\n<figure class="wp-block-embed">'
        '<div class="wp-block-embed__wrapper">\nhttps://x.org/v\n</div></figure>'
        "\n<!-- /wp:embed -->"
        "<!-- wp:latest-posts /-->"
    )
    shown = "".join(to_html(source).split("\n"))
    assert shown == (
        '<p>Onetwo</p><!--more--><figure class="wp-block-embed">'
        '<div class="wp-block-embed__wrapper"><a href="https://x.org/v">https://x.org/v</a></div></figure>'
    )


PIECES = """
a|<p>|</p>|<ul>|<li>|</li>|</ul>|<pre>|</pre>|<!--|-->|<|>|<!-- wp:x -->|<div|<br>|https://x.org|<hr/>
"""


@given(
    st.lists(st.sampled_from(["\n", "\n\n", " ", *PIECES.strip().split("|")]), max_size=30).map(
        "".join
    )
)
def test_no_word_is_lost(source: str) -> None:
    assert to_html(source).count("a") >= source.count("a")


@pytest.mark.parametrize(
    "source",
    [
        "<p>" * 100_000,
        "<" * 400_000,
        "<!--" * 80_000,
        "<pre>" * 60_000,
        "x" + " " * 400_000 + "y",
        " \n" * 200_000,
        "<li>" * 50_000 + "</ul>" * 50_000,
        "<div " * 60_000,
        "<!-- wp:" * 60_000,
    ],
)
def test_nasty_texts_take_little_time(source: str) -> None:
    with little_work():
        to_html(source)
