import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import feedwright.normalize
from feedwright.model import Problem, RawField, Severity
from feedwright.normalize import aliases
from feedwright.normalize.article import normalize
from feedwright.normalize.body import BodyTools, render_body
from feedwright.normalize.entry import entry_of
from feedwright.normalize.permalinks import permalink
from feedwright.normalize.problems import MEANINGS
from feedwright.publish.gate import lint_entry
from feedwright.render.formats import FORMATS
from tests.patience import little_work

from .making import NOON, PEOPLE, article, raw, rules

KEYS = sorted(
    {name for row in aliases.NAMES.values() for name in row}
    | {name for row in aliases.EXTRA_NAMES.values() for name in row}
    | {name for row in aliases.SWITCHES.values() for name in row}
    | {"params", "extra", "taxonomies", "podcast", "itunes", "excerpt_separator"}
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["2024-05-06", "maren", "a@b.org (C)", "x, y; z", "<b>a", "../a.md", "http://["]
    )
    | st.dates()
    | st.datetimes()
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "url", "date", "author", "title", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
FIELDS = st.lists(
    st.builds(
        RawField,
        st.sampled_from(KEYS),
        VALUES,
        st.integers(0, 9),
        st.sampled_from(["front matter", "file name", "folder", "json-ld"]),
    ),
    max_size=5,
)
RULES = rules(PEOPLE, split_authors=True)


@settings(deadline=None, max_examples=300)
@given(
    FIELDS,
    st.text(max_size=60),
    st.sampled_from(["markdown", "html", "pelican", "text", "other"]),
    st.sampled_from(["markdown", "html", "text", "other"]),
)
def test_whatever_is_written_gives_an_entry_or_a_problem(fields, body, dialect, markup):
    written = raw(None, body, dialect=dialect, markup=markup)._replace(fields=tuple(fields))
    made = normalize(written, RULES)
    for problem in made.problems:
        assert problem.name in MEANINGS
        assert problem.what
        assert problem.cure
    errors = [p for p in made.problems if p.severity is Severity.ERROR]
    assert (made.candidate is None) is bool(errors)
    if made.candidate is None:
        return
    assert made.candidate.title
    assert "\n" not in made.candidate.title
    assert all(person.name for person in made.candidate.authors)
    address = permalink(made.candidate, made.candidate.published or NOON, RULES)
    assert address.isascii()
    content = render_body(written, made.candidate, address, BodyTools({}.get))
    entry, problems = entry_of(
        article(made.candidate, address), content, RULES, lambda path, reference: None
    )
    assert {problem.name for problem in problems} <= set(MEANINGS)
    assert entry.authors


def test_the_same_article_gives_the_same_candidate():
    written = raw({"title": "t", "tags": ["b", "a"], "date": "2024-05-06", "x": {"y": 1}}, "b")
    assert normalize(written, RULES) == normalize(written, RULES)


def test_an_error_of_the_reader_keeps_the_article_out():
    problem = Problem(Severity.ERROR, "encoding", "content/x.md", 0, "", "broken", "mend it")
    made = normalize(raw({"title": "t"})._replace(problems=(problem,)), RULES)
    assert made.candidate is None
    assert made.problems == (problem,)


def nested(depth, wrap):
    value = "x"
    for _ in range(depth):
        value = wrap(value)
    return value


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "value",
    [
        nested(300, lambda v: [v]),
        nested(300, lambda v: {"name": v}),
        nested(300, lambda v: {"": v}),
    ],
)
def test_deep_nesting_is_no_crash(key, value):
    normalize(raw({"title": "t", key: value}), RULES)


LONG = 200_000
UNITS = ("<", " ", "a@", "[", "(", ", ", "1:", "<a ", "; ", "![](", "/", "{{")
AT_RISK = [
    *("title", "author", "tags", "summary", "image", "enclosure", "date", "permalink"),
    *("lang", "status", "rights", "slug"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_long_values_take_no_time(unit):
    with little_work():
        normalize(raw(dict.fromkeys(AT_RISK, unit * LONG), "x"), RULES)


def test_every_problem_that_the_code_names_has_a_meaning():
    source = "".join(
        path.read_text() for path in Path(feedwright.normalize.__file__).parent.rglob("*.py")
    )
    used = set(
        re.findall(
            r'"([a-z]+-(?:unreadable|missing|unknown|ambiguous|volatile|unresolved|removed|unclosed))"',
            source,
        )
    )
    assert used | {"protected"} == set(MEANINGS)


ADDRESSES = st.sampled_from(
    ["http://[", "//", "http://a b/", "https://user:p@x:99999/é", "data:x", "C:\\a.png", "a%zz?#?#"]
)


@settings(deadline=None, max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                *("image", "enclosure", "permalink", "lang", "author", "guests", "transcript"),
                *("itunes_image", "comments", "season", "rights", "summary", "title", "slug"),
            ]
        ),
        VALUES | ADDRESSES | st.lists(ADDRESSES, max_size=2),
        max_size=6,
    ),
    st.text(max_size=40) | ADDRESSES.map("[x]({})".format),
)
def test_whatever_is_written_passes_the_gate(fields, body):
    by = rules(PEOPLE, site={"publish_emails": True})
    written = raw({"title": "t", "enclosures": ["a.mp3"], **fields}, body)
    made = normalize(written, by).candidate
    if made is None:
        return
    address = permalink(made, NOON, by)
    content = render_body(written, made, address, BodyTools({}.get))
    entry, _ = entry_of(article(made, address), content, by, lambda path, reference: None)
    for name, form in FORMATS.items():
        for full in (True, False):
            faults = lint_entry(name, form.entry(entry, full=full), made.path)
            assert [p for p in faults if p.severity is Severity.ERROR] == []
