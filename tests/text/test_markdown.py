import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text import markdown, paragraphs
from feedwright.text.markup import plain, sanitize


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# a\n\n*b* `c` ~~d~~", "<h1>a</h1>\n<p><em>b</em> <code>c</code> <del>d</del></p>\n"),
        ("<div>\n*raw*\n</div>", "<div>\n*raw*\n</div>"),
        (
            '```py\n<a href="x">\n```',
            '<pre><code class="language-py">&lt;a href="x"&gt;\n</code></pre>\n',
        ),
        ("## a {#b}", '<h2 id="b">a</h2>\n'),
        ("---\na: b\n---\n", "<hr />\n<h2>a: b</h2>\n"),
        ("a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n"),
        ("", ""),
    ],
)
def test_markdown_is_rendered(source, html):
    assert markdown.to_html(source).replace("&quot;", '"') == html


def test_tables_keep_their_alignment_when_sanitized():
    html = sanitize(markdown.to_html("|a|b|\n|-:|:-:|\n|1|2|\n"))
    assert '<th align="right">a</th><th align="center">b</th>' in html


def test_tasks_keep_their_state_when_sanitized():
    assert plain(sanitize(markdown.to_html("- [ ] a\n- [x] b\n"))) == "☐ a\n☑ b"


def test_footnotes_link_both_ways_with_ids_of_their_own():
    html = sanitize(markdown.to_html("# x\n\na[^1] b[^ä b] c[^1]\n\n[^1]: n\n[^ä b]: m\n"))
    tree = lxml.html.fragment_fromstring(html, create_parent="body")
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert ids == ["fnref-1", "fnref-ä-b", "fnref-1-2", "fn-1", "fn-ä-b"]
    assert {link.get("href")[1:] for link in tree.iter("a")} <= set(ids)


def test_code_that_speaks_of_footnotes_stays():
    source = '`<sup class="footnote-reference"><a href="#1">1</a></sup>`'
    assert "fnref" not in markdown.to_html(source)


@given(
    st.text(st.sampled_from("#*_`[]()<>!|-+~^: \n\t1ax\\{}&;é"), max_size=80) | st.text(max_size=40)
)
@settings(deadline=None, max_examples=300)
def test_any_text_is_markdown(text):
    clean = sanitize(markdown.to_html(text))
    assert sanitize(clean) == clean
    markdown.headings_first(text)


@pytest.mark.parametrize(
    "piece", ["> ", "- ", "[", "*a_", "`a", "![[", "|a", "[^a]: ", "# ", "```\n# x\n"]
)
def test_hostile_markdown_takes_no_time(piece):
    source = piece * (150_000 // len(piece))
    sanitize(markdown.to_html(source))
    markdown.headings_first(source)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# Title", ("Title", 1)),
        ("\n\n # *The* `x` & y ##\ntext", ("The x & y", 3)),
        ("text\n\n# Title {#id .c}\n", ("Title", 3)),
        ("Title\n=====\n", ("Title", 1)),
        ("```\n# no\n```\n\n# Yes", ("Yes", 5)),
        ("~~~~ x\n# no\n~~~\n# no\n~~~~~\n# Yes", ("Yes", 6)),
        ("<!--\n# no\n-->\n# Yes", ("Yes", 4)),
        ("    # no\n\n# Yes", ("Yes", 3)),
        ("# ##\n# C#", ("C#", 2)),
        ("## no\n#no\n", None),
        ("```\n# never closed", None),
        ("", None),
    ],
)
def test_the_first_heading_is_found(source, found):
    assert markdown.headings_first(source) == found


def test_pasted_text_becomes_paragraphs():
    text = "Hé said “x” <b> & y.\nSame paragraph.\n\n \t\n  Second 'one'.\n"
    assert paragraphs.to_html(text) == (
        "<p>Hé said “x” &lt;b&gt; &amp; y.\nSame paragraph.</p>\n<p>Second 'one'.</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "link", "rest"),
    [
        ("See https://example.org/a.", "https://example.org/a", "."),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)", ")"),
        ("https://example.org/?a=1&b=2!", "https://example.org/?a=1&amp;b=2", "!"),
        ("“https://example.org”", "https://example.org", "”"),
    ],
)
def test_addresses_in_pasted_text_become_links(text, link, rest):
    assert f'<a href="{link}">{link}</a>{rest}' in paragraphs.to_html(text)


def test_addresses_in_pasted_text_are_encoded():
    assert 'href="https://example.org/%C3%A9"' in paragraphs.to_html("https://example.org/é")
    assert paragraphs.to_html("https:// http://.") == "<p>https:// http://.</p>\n"


pasted = st.lists(st.sampled_from(["https://x", *"ab <>&\"'\n.,()[]:/"]), max_size=60).map("".join)


@given(pasted | st.text())
@settings(deadline=None, max_examples=200)
def test_pasted_text_is_only_text(text):
    html = paragraphs.to_html(text)
    tree = lxml.html.fragment_fromstring(html, create_parent="body")
    assert {element.tag for element in tree.iter()} <= {"body", "p", "a"}
    assert sanitize(html).count("<p>") == html.count("<p>")


@pytest.mark.parametrize("piece", ["http://(", "https://a" + ")" * 1000, "\n \n", "https://"])
def test_hostile_pasted_text_takes_no_time(piece):
    paragraphs.to_html(piece * (200_000 // len(piece)))
