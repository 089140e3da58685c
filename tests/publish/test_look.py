"""Tags as sanitizers write them are read in one go; whatever else is read as a browser would."""

import re

from hypothesis import given
from hypothesis import strategies as st

from feedwright.publish import rules_html

PIECES = """
<a href="x">|<a href="https://a.example/?b&amp;c">|<a href=x>|<p onclick="y">|</p>|<br/>|<br>|<em>
<img src="a" srcset="a 1x, b 2x">|<a href="java&#115;cript:x">|<a title="<b>">|"|'|<!-- |-->|< p>
<a href="x" b>|<A HREF="q">|text|<a  href="z">|<a href="x|<script>|</script>|<link href="u">|>|<p
""".strip()


@given(st.lists(st.sampled_from(re.split(r"[|\n]", PIECES)), max_size=8).map("".join))
def test_simple_tags_say_what_a_browser_would_see(html):
    found = rules_html._Found()
    rules_html._tokenize(html, found)
    seen = rules_html.look(html)
    assert (seen.references, seen.unsafe) == (tuple(found.references), tuple(found.unsafe))
