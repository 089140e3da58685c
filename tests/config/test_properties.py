"""Whatever stands in the file: a configuration, or our error with places and cures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.config.checks import check
from feedwright.config.convert import convert
from feedwright.config.environment import Environment
from feedwright.config.finish import finish
from feedwright.config.jsonschema import json_schema
from feedwright.config.keys import KEYS
from feedwright.config.patterns import paths_meet
from feedwright.config.report import Report
from feedwright.config.schema import Config
from feedwright.config.values import Kind, ValueMistakeError
from feedwright.text.yamltree import Mapping, Node, Scalar, Sequence

modest = settings(deadline=None, max_examples=150)

KEY_NAMES = sorted({name for keys in KEYS.values() for name in keys})


def key_name(number: int) -> str:
    """Give a name; `sampled_from` would print all of them wherever it stands."""
    return KEY_NAMES[number]


WORDS = [
    "",
    "~",
    "true",
    "-1",
    "0",
    "50",
    "20%",
    "10s",
    "${X}",
    "${",
    "whsec_",
    "a, b",
    "[",
    "../x",
]
WORDS += [
    "https://e.org/",
    "http://[",
    "main",
    "category",
    "{slug}",
    "/{year}/{slug}/",
    "x/{label}",
]
WORDS += ["Europe/London", "en", "rss", "*", "category/*", ".", "feeds", "\x00", "\ud800", "é", "٣"]

scalars = st.builds(
    Scalar,
    st.sampled_from(WORDS) | st.text(max_size=12),
    st.booleans(),
    st.integers(1, 99),
    st.just(1),
)
keys = st.builds(
    Scalar,
    st.integers(0, len(KEY_NAMES) - 1).map(key_name) | st.text(max_size=5),
    st.just(value=True),
    st.integers(1, 99),
    st.just(1),
)


def mappings(values: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.lists(st.tuples(keys, values), max_size=6, unique_by=lambda pair: pair[0].value)
    return st.builds(Mapping, pairs.map(tuple), st.just(1), st.just(1), st.just(()))


def lists(values: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.builds(Sequence, st.lists(values, max_size=3).map(tuple), st.just(1), st.just(1))


trees = st.recursive(scalars, lambda inner: mappings(inner) | lists(inner), max_leaves=25)


def below(*path: str) -> st.SearchStrategy[Node]:
    """Make mappings of random values below a known key, so that depths are reached."""
    inner = trees
    for name in reversed(path):
        key = Scalar(name, plain=True, line=1, column=1)
        inner = inner.map(lambda node, key=key: Mapping(((key, node),), 1, 1, ()))
    return inner


@modest
@given(trees | below("site") | below("content") | below("feeds") | below("notify", "webhooks"))
def test_any_tree_is_a_configuration_or_has_mistakes(tree):
    report = Report("config.yaml")
    config = convert(tree, Environment({"X": "\ud800 x"}), report)
    check(config, report)
    assert isinstance(config, Config)
    for problem in (*report.errors, *report.warnings):
        assert problem.what
        assert problem.cure
        assert "\n" not in str(problem)
    if not report.errors:
        finish(config)


KINDS = [
    pytest.param(key.kind, id=f"{record.__name__}.{name}")
    for record, table in KEYS.items()
    for name, key in table.items()
    if key.kind is not None
]


def is_value_or_mistake(kind: Kind, text: str) -> bool:
    try:
        kind.read(text)
    except ValueMistakeError as mistake:
        return bool(mistake.what and mistake.cure)
    return True


texts = st.sampled_from(WORDS).filter(bool) | st.text(min_size=1, max_size=40)
hosts = st.text("http:/[]@.#?%ab1\\ {}*é", min_size=1, max_size=30)


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=25)
@given(texts | hosts)
def test_any_text_is_a_value_or_a_mistake(kind, text):
    assert is_value_or_mistake(kind, text)


paths = st.lists(
    st.sampled_from(["a", "b", "A", "x-{slug}", "{slug}", "x-a"]), min_size=1, max_size=3
)


@modest
@given(paths.map("/".join), paths.map("/".join), st.sampled_from(["a", "b", "x-a"]))
def test_paths_that_can_be_equal_meet(one, other, slug):
    assert paths_meet(one, other) == paths_meet(other, one)
    assert paths_meet(one, one)
    if one.replace("{slug}", slug).casefold() == other.replace("{slug}", slug).casefold():
        assert paths_meet(one, other)


def test_the_schema_knows_every_key():
    defs = json_schema()["$defs"]
    assert isinstance(defs, dict)
    for record, table in KEYS.items():
        if record is not Config:
            assert list(defs[record.__name__]["properties"]) == list(table)
