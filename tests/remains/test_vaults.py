"""Notes of Obsidian and the like: what links name, what is private, what stays as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.model import Person
from feedwright.normalize.body import BodyTools, render_body
from feedwright.normalize.links import Resolver, ends_of, names_of
from feedwright.normalize.remains import comments
from feedwright.normalize.remains.context import Context
from feedwright.normalize.remains.families import FAMILIES
from feedwright.normalize.remains.reducing import reduced
from tests.normalize.making import candidate, normalized, raw, rules
from tests.patience import little_work

from .test_properties import WRAPPERS

LINK = "https://example.org/a-day/"
VAULT = rules(vault=True)
PATHS = {
    "content/news/Sea.md": "https://example.org/news/sea/",
    "content/opinion/Sea.md": "https://example.org/opinion/sea/",
    "content/Sky.md": "https://example.org/sky/",
    "content/b/sky.md": "https://example.org/b/sky/",
    "content/deep/Old Pier.md": "https://example.org/pier/",
    "content/2024-01-02-tide/index.md": "https://example.org/tide/",
}
NAMES = {**names_of(PATHS), **ends_of(PATHS)}
SHOWN = [
    "[[Note]]",
    "[[Note#Part|shown]]",
    "![[picture.png|300]]",
    "![[Note]]",
    "==marked==",
    "%%private%%",
    "text ^abc123",
]


def body_of(source, *, vault=True, **more):
    tools = BodyTools(PATHS.get, "https://example.org/", NAMES.get, vault=vault)
    return render_body(raw({"title": "t"}, source, **more), candidate({"title": "t"}), LINK, tools)


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
@pytest.mark.parametrize("code", SHOWN)
def test_code_that_shows_what_notes_have_stays(code, wrapper):
    text = f"Before.\n\n{wrapper.replace('CODE', code)}\n"
    if wrapper.endswith("```\nCODE"):
        text = text.rstrip()
    assert reduced(text, Context(vault=True)) == (text, ())
    assert comments.without(text) == (text, 0)


@pytest.mark.parametrize(
    ("name", "from_path", "address"),
    [
        ("old pier", "news/a.md", "pier"),
        ("Old Pier.md", "news/a.md", "pier"),
        ("deep/old pier", "news/a.md", "pier"),
        ("/deep/Old Pier", "news/a.md", "pier"),
        ("../deep/Old Pier", "news/a.md", "pier"),
        ("./Old Pier", "deep/a.md", "pier"),
        ("./Old Pier", "news/a.md", ""),
        ("tide", "news/a.md", "tide"),
        ("2024-01-02-tide", "news/a.md", "tide"),
        ("Sea", "news/a.md", "news/sea"),
        ("Sea", "opinion/a.md", "opinion/sea"),
        ("Sea", "deep/a.md", ""),
        ("opinion/sea", "news/a.md", "opinion/sea"),
        ("Sky", "news/a.md", "sky"),
        ("er", "news/a.md", ""),
        ("p/Old Pier", "news/a.md", ""),
        ("", "news/a.md", ""),
        ("../../..", "news/a.md", ""),
    ],
)
def test_notes_are_found_by_name_or_the_end_of_their_path(name, from_path, address):
    made = candidate({"title": "t"}, below=from_path)
    resolver = Resolver(made, LINK, "https://example.org/", PATHS.get, NAMES.get)
    assert resolver.note(name) == (f"https://example.org/{address}/" if address else "")
    assert resolver.unresolved == []


def test_what_names_nothing_is_told_once_with_its_line():
    body = body_of("Text.\n\n[[Nothing|it]] and [[Nothing|it]]", body_line=5)
    assert body.html == "<p>Text.</p>\n<p>it and it</p>"
    (problem,) = body.problems
    assert (problem.name, problem.line) == ("link-unresolved", 7)


def test_elsewhere_it_stays_and_nothing_is_told():
    body = body_of("[[Nothing|it]] and [[Old Pier]]", vault=False)
    assert body.html.startswith("<p>[[Nothing|it]] and <a ")
    assert body.problems == ()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_are_private_in_the_title_the_summary_and_before_a_teaser_marker(end):
    text = (
        "%%\n# Private\n%%\n# Ti%%secret%%des\n\nFirst %%a <!--more--> b%% words.\n\n<!--more-->x"
    )
    text = text.replace("\n", end)
    assert candidate({}, text, by=VAULT).title == "Tides"
    body = body_of(text)
    assert body.summary.split() == ["Tides", "First", "words."]
    assert not any(word in body.html for word in ("Private", "secret", " a ", " b"))


def test_comments_of_other_sites_stay():
    assert candidate({}, "# Ti%%secret%%des").title == "Ti%%secret%%des"
    assert body_of("100%% and 50%%", vault=False).html == "<p>100%% and 50%%</p>"
    assert body_of("100%% and 50%%", markup="html").html == "100%% and 50%%"


def test_titles_and_summaries_of_notes_show_names():
    made = candidate(
        {"summary": "See [[Sea#x|it]] and [[news/Sky]]"}, "# On [[Sea]] and ==sky== ^a1", by=VAULT
    )
    assert made.title == "On Sea and sky"
    assert made.summary == "See it and Sky"
    made = candidate({"summary": "See [[Sea]]"}, "# On [[Sea]]")
    assert (made.title, made.summary) == ("On [[Sea]]", "See [[Sea]]")


def test_the_hash_is_of_the_source():
    text = "# On [[Sea]]\n\n==x== %%y%%"
    assert normalized({}, text).candidate.hash == normalized({}, text, by=VAULT).candidate.hash


def test_a_comment_that_is_never_closed_is_told():
    (problem,) = body_of("Text.\n\n%%\nsecret", body_line=5).problems
    assert (problem.name, problem.line) == ("comment-unclosed", 7)
    assert body_of("Text %% that\n\ngoes on").problems == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a %%b%% c", "a  c"),
        ("a %%b\n\nc%% d", "a \n\n d"),
        ("%%%%", ""),
        ("a %%b", "a %%b"),
        ("> %%\n> b", "> "),
        ("%%\n```\na\n%%\nb", "\n\n\n\nb"),
        ("%%\n```\n%%\n```\nb\n%%\nc", "\n\n\n\n\n\nc"),
        ("%% it`s %% a %% can`t %% `%%`", " a  `%%`"),
        ("`%%` a %%b%%", "`%%` a "),
        (r"\%% a %%", r"\%% a %%"),
        ("<!-- %% --> a %%b%%", "<!-- %% --> a "),
    ],
)
def test_what_a_comment_is(text, left):
    assert comments.without(text)[0] == left


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="ab %`~\n\\>[]=", max_size=80))
def test_taking_comments_out_keeps_lines_and_adds_nothing(text):
    left, line = comments.without(text)
    assert left.count("\n") == text.count("\n") or line
    rest = iter(text)
    assert all(each in rest for each in left)


UNITS = [
    *("[[", "![[", "[[a", "[[a|", "[[a]]", "[[a|b]]", "]]", "==", "==a", "==a\n", "== a==", "%%"),
    *("%%\n", "%%`", "%%\n```\n", "```\n%%\n```\n", "```\n%% %%\n```\n%%a\n", "^", " ^a", " ^a\n"),
    *("^a\n\n", "![a|1", "![a|1](", "![", "|", "](", "](a==b", "<a ", "https://a==", " ", "> ^a\n"),
    *("\\==", "==a=b", "[[a#", "[[a\\|b]]", "[[$a_b$]]"),
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("before", ["", "[[a]] ==b== %%\n"])
def test_nasty_notes_take_no_time(unit, before):
    text = before + unit * (100_000 // len(unit))
    with little_work():
        reduced(comments.without(text)[0], Context(vault=True))


@pytest.mark.parametrize(
    "text", ["A [link](x.md) and [a]: b, a == b, 100%% and ^x", "[1, [2, 3]] ![x](y.png)"]
)
def test_texts_without_two_brackets_are_not_looked_at(text):
    families = {family.name: family for family in FAMILIES}
    assert not families["wikilinks"].concerns(text, Context())
    assert not families["vault"].concerns(text, Context())


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("[[Recipes]]", ("Recipes",)),
        (["[[Recipes]]", "[[a/Sea#x|The sea]]", "[[a/Sky#x]]"], ("Recipes", "The sea", "Sky")),
        ([["Recipes"]], ("Recipes",)),
        ("[[]]", ("[[]]",)),
    ],
)
def test_people_and_labels_may_be_links_to_notes(value, names):
    made = candidate({"title": "t", "categories": value, "author": value})
    assert [person.name for person in made.authors] == list(names)
    if names != ("[[]]",):
        assert made.categories == names


def test_a_link_to_the_note_of_a_known_person_names_them():
    by = rules({"maren": Person("Maren Oakshott")})
    made = candidate({"title": "t", "authors": ["[[people/Maren]]"]}, by=by)
    assert [person.name for person in made.authors] == ["Maren Oakshott"]
