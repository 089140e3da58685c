import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text.yamltree import Mapping, Node, Scalar, Sequence, YamlError, parse, plain_value
from tests.patience import little_work

modest = settings(deadline=None, max_examples=150)


def plain(text: str):
    return plain_value(parse(text))


def test_nothing_is_resolved():
    assert plain("title: 2024\nlang: no\nd: 2024-01-02\nf: 1e3\nb: true\no: 010") == {
        "title": "2024",
        "lang": "no",
        "d": "2024-01-02",
        "f": "1e3",
        "b": "true",
        "o": "010",
    }


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_a_plain_null_is_none_and_a_quoted_one_is_text(nothing):
    assert plain(f"a: {nothing}") == {"a": None}
    assert plain(f'a: "{nothing}"') == {"a": nothing}
    assert plain(f"a: !!str {nothing}") == {"a": nothing}


def test_places_count_from_one():
    tree = parse("# hi\nsite:\n  title: x\n  tags:\n    - a\n")
    assert isinstance(tree, Mapping)
    key, site = tree.pairs[0]
    assert (key.line, key.column) == (2, 1)
    assert isinstance(site, Mapping)
    assert site.line == 3
    assert site.pairs[0][1] == Scalar("x", plain=True, line=3, column=10)
    tags = site.pairs[1][1]
    assert isinstance(tags, Sequence)
    assert tags.items[0].line == 5


def test_of_a_duplicate_key_the_last_counts_and_the_earlier_are_listed():
    tree = parse("a: 1\nb: 2\na: 3\na: 4\n")
    assert plain_value(tree) == {"b": "2", "a": "4"}
    assert isinstance(tree, Mapping)
    assert [(key.value, key.line) for key in tree.duplicates] == [("a", 1), ("a", 3)]


def test_an_empty_text_is_null():
    assert plain("") is None
    assert plain("---\n") is None
    assert plain("# only a comment") is None
    assert plain("\ufeff") is None


def test_anchors_and_merge_keys_are_expanded_and_own_keys_win():
    text = "base: &b {x: 1, y: 2}\nother: &o {y: 9, z: 3}\nhere:\n  <<: [*b, *o]\n  x: mine\n"
    assert plain(text)["here"] == {"x": "mine", "y": "2", "z": "3"}
    assert plain("a: &a [1]\nb: *a") == {"a": ["1"], "b": ["1"]}


def test_a_merge_key_of_something_else_is_an_ordinary_key():
    assert plain("<<: x") == {"<<": "x"}
    assert plain('"<<": {a: b}') == {"<<": {"a": "b"}}


def test_a_bomb_of_aliases_is_refused_quickly():
    rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    rows += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    with little_work(), pytest.raises(YamlError, match="more than 50000"):
        parse("\n".join(rows))


def test_a_bomb_of_merge_keys_is_refused():
    rows = ["a0: &a0 {" + ", ".join(f"k{n}: v" for n in range(100)) + "}"]
    rows += [f"b{n}: {{<<: *a0}}" for n in range(1000)]
    with pytest.raises(YamlError, match="more than 50000"):
        parse("\n".join(rows))


@pytest.mark.parametrize("text", ["[" * 50_000, "- " * 50_000, "{a: " * 20_000])
def test_deep_nesting_is_refused_quickly(text):
    with little_work(), pytest.raises(YamlError, match="deeper than 100"):
        parse(text)


def test_aliases_cannot_nest_deeper_than_the_limit():
    rows = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 200)]
    with pytest.raises(YamlError, match="deeper than 100"):
        parse("\n".join(rows))


def test_a_node_that_holds_itself_is_refused():
    with pytest.raises(YamlError, match="refers to what it stands in"):
        parse("a: &a [*a]")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 'x\nb: c\n", 1, "a quote that opens here is never closed; close it"),
        ('b: c\na: "x\n', 2, "a quote that opens here is never closed; close it"),
        ("a:\n\tb: c\n", 2, "indented with a tab; use spaces"),
        ("a: b\n\tc: d", 2, "indented with a tab; use spaces"),
        ("a: b: c\n", 1, 'has ": " within a value'),
        ("x: y\na: [b, c\nd: e\n", 3, "a [ of line 2 is not closed"),
        ("a: {b: c\nd: e\n", 2, "a { of line 1 is not closed"),
        ("a: [${B}, ${C}]", 1, "put ${…} in quotes within [ ] and { }"),
        ("a: *.md\n", 1, "a value cannot begin with *; put it in quotes"),
        ("a: *x\n", 1, "*x refers to nothing that is named above; put a value that begins with *"),
        ("a: @x\n", 1, "a value cannot begin with @; put it in quotes"),
        ("a: %x\n", 1, "a value cannot begin with %; put it in quotes"),
        ("a: `x`\n", 1, "a value cannot begin with `; put it in quotes"),
        ("a: 'it's'\n", 1, "quote within the value"),
        ("a: b\nc\nd: e\n", 2, "has no colon"),
        ('a: "\\q"', 1, "has a backslash that YAML does not know; use single quotes"),
        ("é: b\x07", 1, "has a character that YAML does not allow (U+0007)"),
        ("é: b\nx: \x00", 2, "has a character that YAML does not allow (U+0000)"),
        ("a: \ud800", 1, "half of a surrogate pair"),
        ("a: b\n---\nc: d\n", 2, "a second document begins here"),
        ("a: {{ page.title }}", 1, "put a value that begins with { or [ in quotes"),
        ("a: - b", 1, "a list cannot begin here"),
        ("a:\n- b\nc: d\n e: f\n", 4, "mend the indentation"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(text, line, message):
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert caught.value.line == line
    assert message in str(caught.value)


def test_tags_are_not_obeyed():
    assert plain("a: !!python/object/apply:os.system [echo]") == {"a": ["echo"]}
    assert plain("a: !!int 3") == {"a": "3"}


def scalars(node: Node):
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.pairs:
            yield key
            yield from scalars(value)


def outcome(text: str) -> Node | YamlError:
    try:
        return parse(text)
    except YamlError as error:
        return error


SYNTAX = "ab:-[]{}&*!|>'\"%@`#,? \n\t~<"


@modest
@given(st.text() | st.text(alphabet=SYNTAX, max_size=60))
def test_any_text_gives_a_tree_or_our_error(text):
    result = outcome(text)
    if isinstance(result, YamlError):
        assert result.line >= 1
        assert result.what
    else:
        plain_value(result)
        last = len(text.splitlines()) + 1
        assert all(1 <= scalar.line <= last for scalar in scalars(result))


values = st.recursive(
    st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner),
    max_leaves=12,
)


@modest
@given(values)
def test_what_another_library_writes_is_read_back(value):
    assert plain(yaml.safe_dump(value, allow_unicode=True)) == value


def test_a_character_that_json_wrote_as_two_escapes_is_one():
    title = "A 🎉 and \U0010ffff"
    assert plain(f"title: {json.dumps(title)}") == {"title": title}
    assert plain(r'title: "\\ud83c\\udf89"') == {"title": r"\ud83c\udf89"}
