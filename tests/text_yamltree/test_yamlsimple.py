from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.sources import metadata
from feedwright.sources.frontmatter import Block
from feedwright.text import yamlsimple
from feedwright.text.yamltree import Mapping, parse, plain_value

modest = settings(deadline=None, max_examples=300)


def says_the_same(text: str) -> bool:
    """Whether a text is taken; then it has to mean what it means to the parser."""
    taken = yamlsimple.pairs(text)
    if taken is None:
        return False
    tree = parse(text)
    assert isinstance(tree, Mapping)
    assert tree.duplicates == ()
    assert taken == [(key.value, plain_value(value), key.line) for key, value in tree.pairs]
    return True


@pytest.mark.parametrize(
    "text",
    [
        "title: The sea at night\ndate: 2024-01-02T10:00:00Z\n",
        'title: "Quoted: yes"\nsummary: \'single # and "double"\'\n',
        "tags: [sea, long read, \"a, b\", 'c', Rock & Roll]\nempty: []\ndraft: false\n",
        "tags:\n  - sea\n  - 'long: read'\ncategories:\n- one\n- null\nauthor:\nslug: x\n",
        "# a comment\n\ntitle: Grüße, 世界 🌊\nimage: /a b/c.jpg#x\nnothing: ~\nurl: https://x.org/",
        "a: b   \nc: 1.5e3 + (x) / y\nd: no\n",
    ],
)
def test_common_front_matter_is_taken_and_means_the_same(text: str) -> None:
    assert says_the_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment\n",
        "no colon\n",
        "a: b\na: c\n",
        "a: b: c\n",
        "a: b #cut\n",
        "a: |\n  text\n",
        "a: &x b\nc: *x\n",
        'a: "x\\ny"\n',
        "a: 'it''s'\n",
        "a: b\n  c\n",
        "a:\n  b: c\n",
        "a:\n  - b\n   - c\n",
        "a: b\n- c\n",
        "a: {b: c}\n",
        "a: [b, [c]]\n",
        "a: [b: c]\n",
        "a: [b\n",
        "\ta: b\n",
        "a:\tb\n",
        "a: b\n---\nc: d\n",
        "a: b\r\n",
        "a: \x00\n",
        "a: \u2028\n",
        "a: \ud800\n",
        "<<: b\n",
        "a: " + "x" * 30_000,
    ],
)
def test_anything_else_is_left_to_the_parser(text: str) -> None:
    assert yamlsimple.pairs(text) is None


@pytest.mark.parametrize(
    "start", ["", "k: ", "k: a\n", "k:\n", "k:\n - a\n", "k: [", "k: [a,", "k: '"]
)
def test_every_short_text_that_is_taken_means_the_same(start: str) -> None:
    taken = 0
    for length in range(5):
        for rest in product("a- :#\n\"',[]&~", repeat=length):
            taken += says_the_same(start + "".join(rest))
    assert taken


PIECE = st.sampled_from(
    [
        *("a", "Title", "date", "x-y_z", "- ", "  - ", "-", ":", ": ", " ", "  ", "\n", "\n\n"),
        *("#", " # ", "'", '"', "[", "]", ", ", ",", "null", "~", "1", "é", "\u00a0", "\ufeff"),
        *("\x85", "\u2029", "\t", "\\", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "?", "="),
        *("---", "...", "<<", "\U0001f30a", "(x)", "/a/b.jpg", "10:30", "http://x.org/#y", "\r"),
    ]
)
LINE = st.one_of(
    st.lists(PIECE, max_size=8).map("".join),
    st.tuples(st.sampled_from(["a", "b", "c"]), st.lists(PIECE, max_size=5).map("".join)).map(
        ": ".join
    ),
    st.tuples(st.sampled_from(["-", "  -", " -"]), st.lists(PIECE, max_size=5).map("".join)).map(
        " ".join
    ),
)


@modest
@given(st.lists(LINE, max_size=6).map("\n".join))
def test_whatever_is_taken_means_the_same(text: str) -> None:
    says_the_same(text)


@modest
@given(st.lists(LINE, min_size=1, max_size=6).map("\n".join), st.text(max_size=20))
def test_fields_and_warnings_are_those_of_the_parser(text: str, more: str) -> None:
    text += more
    if yamlsimple.pairs(text) is not None:
        quickly = metadata.read(Block("yaml", text, 2, 0), "a.md", "front matter")
        # A directive sends the same text to the parser, one line further down.
        fully = metadata.read(Block("yaml", f"--- # x\n{text}", 1, 0), "a.md", "front matter")
        assert quickly == fully


@modest
@given(st.text(alphabet=st.characters(min_codepoint=32), max_size=30))
def test_any_value_that_is_taken_means_the_same(value: str) -> None:
    says_the_same(f"key: {value}\n")
    says_the_same(f'key: "{value}"\n')
    says_the_same(f"key: [{value}]\n")
