import lxml.etree
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text.markup import (
    clean_text,
    first_paragraph,
    one_line,
    plain,
    shorten,
    split_at_marker,
    title_text,
)

anything = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from(
        "\x00\t\n\x0b\r\x1f\x7f\x80\x85\x9f\xa0\ud800\udfff\ufdd0\ufeff\ufffe\uffff\U0001fffeé"
    ),
    max_size=20,
)


@given(anything)
@settings(deadline=None, max_examples=300)
def test_clean_text_is_what_xml_accepts(text):
    clean = clean_text(text)
    element = lxml.etree.Element("a")
    element.text = clean
    element.set("b", clean)
    assert lxml.etree.fromstring(lxml.etree.tostring(element)).text in (clean, None)
    assert clean_text(clean) == clean
    assert [c for c in text if c in "\n\t"] == [c for c in clean if c in "\n\t"]


def test_controls_of_windows_become_what_they_mean():
    assert clean_text("it\x92s \x93x\x94 \x80\x81") == "it’s “x” €"
    assert clean_text("a\x0bb\x0cc\x00\ufeffd") == "a b cd"


def test_one_line():
    assert one_line(" a \n\t b\u2028c \r\n") == "a b c"
    assert one_line("a\u00a0:\u202fb") == "a\u00a0:\u202fb"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a <b>b</b></p><p>c</p>", "a b\nc"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<tr><td>a</td><td>b</td></tr>", "a b"),
        ("<script>x</script>a<style>b</style><!-- c --><?d ?><!doctype e>", "a"),
        (
            "a &lt;b&gt; &amp;amp; &nbsp;c&hellip; R&D&notes &#8217;",
            "a <b> &amp; \u00a0c… R&D&notes ’",
        ),
        ("<a title=\"a > b\" href='x>y'>t</a>", "t"),
        ("a < b > c", "a < b > c"),
        ("<p>one\ntwo   three</p>", "one two three"),
        ("<p>a</p>\n\n\n<p> </p><p>b</p>", "a\nb"),
        ("<svg><text>no</text></svg><audio>no</audio>yes", "yes"),
        ("unclosed <b", "unclosed"),
        ("", ""),
    ],
)
def test_plain_text_of_html(html, text):
    assert plain(html) == text


def test_plain_text_with_a_limit_is_one_line():
    assert plain("<p>one two</p><p>three four</p>", 12) == "one two…"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<b>Bold</b> and <em class='x'>em</em>", "Bold and em"),
        ("`code` and ``a`b``", "code and a`b"),
        ("The `<b>` tag", "The <b> tag"),
        ("a < b, c > d", "a < b, c > d"),
        ("Vec<T> and Map<K, V>", "Vec<T> and Map<K, V>"),
        ("Use <div> well", "Use <div> well"),
        ("Q&amp;A", "Q&A"),
        ("AT&T &amp;amp; R&D", "AT&T &amp; R&D"),
        ("&lt;b&gt; explained", "<b> explained"),
        ("*it* is **bold**", "it is bold"),
        ("_The Times_ and snake_case_name", "The Times and snake_case_name"),
        ("2 * 3 * 4, *args, **kwargs, C*, __init__", "2 * 3 * 4, *args, **kwargs, C*, __init__"),
        ("[text](https://example.org) here [1]", "text here [1]"),
        ("one<br>two<!-- no -->", "one two"),
        ("<script>alert(1)</script>Safe", "Safe"),
        ("  many\n spaces\t", "many spaces"),
        ("]]> \x00 🎉", "]]> 🎉"),
        ("`unclosed", "`unclosed"),
        ("", ""),
    ],
)
def test_titles_are_plain_text(written, title):
    assert title_text(written) == title


@given(st.text(st.sampled_from("<>/b&;amp`*_[]() \nél"), max_size=40) | anything)
@settings(deadline=None, max_examples=300)
def test_any_title_is_one_clean_line(text):
    title = title_text(text)
    assert title == one_line(title)


@pytest.mark.parametrize(
    "piece", ["<b>", "`", "``` ", "<!--", "[a](", "*a ", "_a ", "<script>", "&lt;"]
)
def test_long_titles_take_no_time(piece):
    title_text(piece * 50_000)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("one two three", 20, "one two three"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 12, "one two…"),
        ("日本語日本語日本語", 5, "日本語日…"),
        ("a 日本語日本語日本語", 8, "a 日本語日本…"),
        ("👩‍👩‍👧👩‍👩‍👧", 7, "👩‍👩‍👧…"),
        ("🇫🇷🇩🇪🇮🇹", 4, "🇫🇷…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("long", 1, "…"),
        ("long", 0, ""),
        ("(((((((", 3, "((…"),
    ],
)
def test_texts_are_cut_at_words(text, limit, short):
    assert shorten(text, limit) == short


@given(anything, st.integers(0, 30))
@settings(deadline=None, max_examples=300)
def test_a_short_text_is_short(text, limit):
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == one_line(text) or short.endswith("…") or limit == 0


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>T</h1><p>First <b>one</b> &amp; more</p><p>two</p>", "First one & more"),
        ("<p><img src=x></p><p> … </p><p>words</p>", "words"),
        ("<blockquote><p>quoted</p></blockquote><p>own</p>", "own"),
        ("<blockquote><p>quoted</p></blockquote>", "quoted"),
        ("<figure><p>caption</p></figure><p>own", "own"),
        ('<p>a<sup id="fnref-1"><a href="#fn-1">1</a></sup> b</p>', "a b"),
        ('<div id="fn-1"><p>note</p></div><p>own</p>', "own"),
        ("no paragraph<br>second", "no paragraph"),
        ("<pre>code</pre>", "code"),
        ("<img>", ""),
        ("<p>مرحبا</p>", "مرحبا"),
    ],
)
def test_first_paragraphs(html, text):
    assert first_paragraph(html) == text


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a\n\n<!--more-->\n\nb", ("a", "b")),
        ("a\n<!-- more -->b", ("a", "b")),
        ("a <!--more Read on--> b", ("a", " b")),
        ("a\n<!-- truncate -->\nb", ("a", "b")),
        ("a\n{/* truncate */}\nb", ("a", "b")),
        ("a\n<!-- TEASER_END -->\nb", ("a", "b")),
        ("a\n<!-- moreover -->\nb", None),
        ("`<!--more-->`", None),
        ("```\n<!--more-->\n```\n", None),
        ("```\n<!--more-->\n```\n<!--more-->\nb", ("```\n<!--more-->\n```", "b")),
        ("<!-- a\n{/* truncate */}\n-->", None),
        ("no marker", None),
    ],
)
def test_markers_split_a_body(source, parts):
    assert split_at_marker(source) == parts


@pytest.mark.parametrize(
    "piece", ["<p ", "<aside ", "<sup ", "<p><blockquote>", "<!--more ", "```\n<!--\n"]
)
def test_summaries_of_hostile_text_take_no_time(piece):
    text = piece * (300_000 // len(piece))
    first_paragraph(text)
    split_at_marker(text)
    plain(text)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=40), st.text(alphabet=" ab\t\n\x0b\x7f\x80é\u2028", max_size=12)))
def test_cleaning_plain_ascii_gives_what_cleaning_anything_gives(text):
    beyond = "\u0394"  # sends the same text the long way
    assert clean_text(text) + beyond == clean_text(text + beyond)
    assert one_line(text) == one_line(text + " " + beyond).removesuffix(beyond).strip()
