import random

import pyromark
import pytest

from feedwright.text.regions import regions
from feedwright.text.shielding import literal, shield, shield_tags, unshield
from feedwright.text.spans import RawBlock

RAW = (RawBlock(r"\{% (?P<name>raw|code) %\}", r"\{% endNAME %\}"),)


def found(source, **more):
    return [(each.kind, source[each.start : each.end]) for each in regions(source, **more)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a `b` c ``d ` e`` f", [("code", "`b`"), ("code", "``d ` e``")]),
        ("a ` b\n\nc ` d", []),
        ("a \\`b` c", []),
        ("```py\nx\n```\ny", [("code", "```py\nx\n```")]),
        ("~~~\n```\n~~~\ny", [("code", "~~~\n```\n~~~")]),
        ("```\nopen", [("code", "```\nopen")]),
        ("``` a`b\nx", []),
        ("a\n\n    b\n\n    c\n\nd", [("indented", "b\n\n    c")]),
        ("a\n    b", []),
        ("- a\n\n      b\n\n    c", [("indented", "b")]),
        ("1. a\n   ```\n   b\n   ```", [("code", "```\n   b\n   ```")]),
        ("> ```\n> a\n\nb", [("code", "```\n> a\n")]),
        ("!!! note\n\n    a\n\n        b", [("indented", "b")]),
        ("<pre>\n`a`\n\n    b</pre> `c`", [("code", "<pre>\n`a`\n\n    b</pre>"), ("code", "`c`")]),
        ("a <code>b `c</code> d` e", [("code", "<code>b `c</code>")]),
        ("a <code> b", []),
        ("<!-- `a` --> `b`", [("comment", "<!-- `a` -->"), ("code", "`b`")]),
        ("<!-- a", []),
        ("$a_b$ and `$c_d$`", [("math", "$a_b$"), ("code", "`$c_d$`")]),
        ("$$\na^2\n$$", [("math", "$$\na^2\n$$")]),
        ("costs $5 or $6, $A_B/$C_D, $ a_b $", []),
        ("# h `a`\n`b`", [("code", "`a`"), ("code", "`b`")]),
    ],
)
def test_regions_are_where_commonmark_has_them(source, expected):
    assert found(source) == expected


def test_whichever_begins_first_decides():
    source = "{% raw %}`{% endraw %} `a` `{% raw %}` {% code %}\n```\n{% endcode %}\n\n`b`"
    assert found(source, raw=RAW) == [
        *(("raw", "`"), ("code", "`a`"), ("code", "`{% raw %}`"), ("raw", "\n```\n")),
        ("code", "`b`"),
    ]


def test_a_raw_block_without_an_end_is_none():
    assert found("{% raw %} `a`", raw=RAW) == [("code", "`a`")]


def test_html_has_neither_indentation_nor_backticks():
    assert found("    a `b` <pre>c</pre> $a_b$", html=True) == [("code", "<pre>c</pre>")]


def test_mdx_has_no_code_by_indentation():
    source = "a\n\n    b\n\n    ```\n    c\n    ```"
    assert found(source, indented=False) == [("code", "```\n    c\n    ```")]


PIECES = [
    *("a", "word `q` x", "\n", "\n\n", "\n\n", "    ", "  ", "- ", "* ", "1. ", "2) ", "> "),
    *("```\n", "~~~\n", "# h", "```py\n", "\tx", "***\n", "    x\n", "{{x}}", "    {{x}}\n"),
]
OPTIONS = pyromark.Options
PARSER = pyromark.Markdown(options=OPTIONS.ENABLE_TABLES | OPTIONS.ENABLE_DEFINITION_LIST)


def code_of_the_renderer(source):
    places = set()
    for event, span in PARSER.events_with_range(source):
        start = event.get("Start") if isinstance(event, dict) else None
        is_code = isinstance(start, dict) and "CodeBlock" in start
        if is_code or (isinstance(event, dict) and "Code" in event):
            places.update(range(span["start"], span["end"]))
    return {place for place in places if source[place] in "{}xq"}


def test_the_renderer_sees_code_at_the_same_places():
    """Not in every odd text: an inline span may cross what only seems to begin a list."""
    other = 0
    for seed in range(1500):
        chosen = random.Random(seed)
        source = "".join(chosen.choice(PIECES) for _ in range(chosen.randint(1, 10)))
        ours = {
            place
            for each in regions(source, math=False)
            for place in range(each.start, each.end)
            if source[place] in "{}xq"
        }
        other += ours != code_of_the_renderer(source)
    assert other <= 15


def test_shielding_hides_and_gives_back():
    text = "import {x} from `y`; # ü"
    hidden = shield(text)
    assert len(hidden) == len(text)
    assert not set(hidden) & set("{}`;#")
    assert "import" not in hidden
    assert unshield(hidden) == text
    assert unshield(shield_tags(text)) == text
    assert unshield(literal("a_b")) == "a\\_b"
