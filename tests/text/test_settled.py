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
<code class="language-c++">|<code class="x">|<script>|<svg>|<p class="x">|<P>
"""
ALONE = """
<br>|<br />|<hr />|<hr>|<img src="a" alt="b" />|<img src="a" alt="b &amp; c" title="d">|<img src="">
<img src="a" alt="" onerror="x" />|<!-- x -->|</p>|</br>|<p/>|<|>|&|&amp;|&lt;b&gt;|&quot;|&nbsp;|"
'|x|y z|\xa0|é
"""
MARKDOWN = """
# x|*a*|**b**|`c`|[l](x "t")|[l](https://a.example/b(c))|- i|1. n|> q|```py|```|    c
![i](p.png "t")|<div>|</div>|<b>|&nbsp;|text|~~s~~|<https://a.example>|"q"|\\|---|- [ ] x|<!-- c -->
[x](javascript:a)|[x](/a:b)|[x](mailto:a@b.example)|[x](//h/p)|![a"b](x)|<p>|&lt;|&#13;|: x
"""


def pieces(text):
    return [piece for line in text.strip().split("\n") for piece in line.split("|")]


def wrapped(inside):
    return st.tuples(st.sampled_from(pieces(STARTS)), st.lists(inside, max_size=3)).map(
        lambda made: f"{made[0]}{''.join(made[1])}</{made[0].strip('<>').split()[0]}>"
    )


alone = st.sampled_from([*pieces(ALONE), "\n", " ", "\n\n"])
nested = st.lists(st.recursive(alone, wrapped, max_leaves=8), max_size=4).map("".join)
loose = st.lists(alone | st.sampled_from(pieces(STARTS)), max_size=6).map("".join)
from_markdown = st.lists(
    st.sampled_from([*pieces(MARKDOWN), "\n", "\n\n", " ", "  \n"]), max_size=16
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
        'Hard  \nbreak, “quoted” and "quoted", 5\xa0km.',
    ],
)
def test_usual_markdown_is_seen_to_be_clean(source):
    assert settled(markdown.to_html(source)) is not None


def test_much_html_is_looked_at_in_one_pass():
    html = "<p>" + "<em>x</em>&amp;" * 100_000 + "</p>"
    assert settled(html) == html
