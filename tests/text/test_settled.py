"""What can be seen to be clean is what the sanitizer gives: the parser is the judge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text import markdown
from feedwright.text.characters import clean_text
from feedwright.text.nesting import flattened
from feedwright.text.sanitizing import by_parser
from feedwright.text.settled import settled

STARTS = """
<p>|<em>|<strong>|<b>|<i>|<del>|<sub>|<sup>|<code>|<a>|<a href="x">|<a href="#x" title="a &amp; b">
<a href="https://a.example/x?y=1&amp;z=2">|<a href="http://1.2.3.4.5/">|<a href="//a.example/">
<a href="javascript:x">|<a href="/a:b">|<a href="https://xn--a.example/">|<a href="a&quot;b">
<ul>|<ol>|<ol start="3">|<li>|<li id="x">|<blockquote>|<h1>|<h2 id="a-b">|<pre>|<div>|<table>|<td>
<code class="language-c++">|<code class="x">|<script>|<svg>|<p class="x">|<P>|<kbd>|<mark>|<figure>
<figcaption>|<dl>|<dt>|<dd>|<thead>|<tbody>|<tr>|<th>|<th align="left">|<td align="x">|<sup id="a">
<div id="a">|<div class="a">|<table id="a">|<td colspan="2">
"""
ALONE = """
<br>|<br />|<hr />|<hr>|<img src="a" alt="b" />|<img src="a" alt="b &amp; c" title="d">|<img src="">
<img src="a" alt="" onerror="x" />|<img src="a" alt="" width="6" height="5">|<img src="a" width="4">
<!-- x -->|</p>|</br>|<p/>|<|>|&|&amp;|&lt;b&gt;|&quot;|&nbsp;|"
'|x|y z|\xa0|é
"""
MARKDOWN = """
# x|*a*|**b**|`c`|[l](x "t")|[l](https://a.example/b(c))|- i|1. n|> q|```py|```|    c
![i](p.png "t")|<div>|</div>|<b>|&nbsp;|text|~~s~~|<https://a.example>|"q"|\\|---|- [ ] x|<!-- c -->
[x](javascript:a)|[x](/a:b)|[x](mailto:a@b.example)|[x](//h/p)|![a"b](x)|<p>|&lt;|&#13;|: x
"""
BLOCKS = ["| a | b |\n|---|:-:|\n| 1 | *2* |\n", "A[^1]", "\n\n[^1]: n\n", "\nx\n: y\n"]


def pieces(text):
    return [piece for line in text.strip().split("\n") for piece in line.split("|")]


def wrapped(inside):
    return st.tuples(st.sampled_from(pieces(STARTS)), st.lists(inside, max_size=3)).map(
        lambda made: f"{made[0]}{''.join(made[1])}</{made[0].strip('<>').split()[0]}>"
    )


def made_of(start, parts, end):
    return st.lists(parts, max_size=3).map(lambda made: f"{start}{''.join(made)}{end}")


def tables(inside):
    between = st.sampled_from(["", "", "\n", " ", "x", "&amp;", "<br>", "\xa0"])
    starts = st.sampled_from(["<td>", "<th>", '<th align="left">', '<td align="x">'])
    cells = starts.flatmap(lambda start: made_of(start, inside, f"</{start[1:3]}>"))
    rows = made_of("<tr>", cells | between, "</tr>")
    bodies = made_of("<tbody>", rows | between, "</tbody>")
    heads = made_of("<thead>", rows | between, "</thead>")
    return made_of("<table>", heads | bodies | between, "</table>")


alone = st.sampled_from([*pieces(ALONE), "\n", " ", "\n\n"])
nested = st.lists(
    st.recursive(alone, lambda inside: wrapped(inside) | tables(inside), max_leaves=8), max_size=4
).map("".join)
loose = st.lists(alone | st.sampled_from(pieces(STARTS)), max_size=6).map("".join)
from_markdown = st.lists(
    st.sampled_from([*pieces(MARKDOWN), *BLOCKS, "\n", "\n\n", " ", "  \n"]), max_size=16
).map(lambda made: markdown.to_html("".join(made)))


@given(nested | loose | from_markdown)
@settings(deadline=None, max_examples=1000)
def test_what_is_seen_to_be_clean_is_what_the_sanitizer_gives(html):
    text = flattened(clean_text(html))
    assert settled(text) in (None, by_parser(text))


@given(
    st.sampled_from(["", "https://", "http://", "https://a.example/", "/", "//", "#", "?"]),
    st.text("abcxn-.0129%/:?#&=@!$*();,~_+'X", max_size=9),
    st.sampled_from(["", ".example", ".example/"]),
)
@settings(deadline=None, max_examples=1000)
def test_addresses_seen_to_be_harmless_are_what_the_sanitizer_keeps(start, middle, end):
    address = f"{start}{middle}{end}".replace("&", "&amp;")
    text = f'<p><a href="{address}">x</a><img src="{address}" alt=""></p>'
    assert settled(text) in (None, by_parser(text))


@pytest.mark.parametrize(
    "source",
    [
        "# A *title*\n\nText, [a link](https://a.example/b?c=1&d=2), `code` and **bold *both***.",
        "- one\n- two\n\n  more\n\n1. x\n\n> said\n\n---\n\n```py\nx = 1 < 2\n```\n\n![a](b.png)",
        "| a | b |\n|:--|---|\n| 1 | *2* |\n\nA note[^1].\n\n[^1]: Said.",
        "Term\n: Meaning\n\n<figure><img src='a.png' alt='b'></figure>".replace("'", '"'),
        'Hard  \nbreak, “quoted” and "quoted", 5\xa0km.',
    ],
)
def test_usual_markdown_is_seen_to_be_clean(source):
    assert settled(markdown.to_html(source)) is not None


def test_much_html_is_looked_at_in_one_pass():
    html = "<p>" + "<em>x</em>&amp;" * 100_000 + "</p>"
    assert settled(html) == html
