import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .making import PEOPLE, candidate, names, normalized, rules

BASE = {"title": "A day", "author": "Jane", "summary": "Short."}


def hash_of(fields=None, body="text", **more):
    return candidate({**BASE, **(fields or {})}, body, **more).hash


def test_the_hash_is_a_versioned_sha256():
    version, colon, digest = hash_of().partition(":")
    assert (version, colon) == ("1", ":")
    assert len(digest) == 64


def test_the_hash_of_an_article_is_for_ever():
    assert hash_of({"enclosure": {"url": "a.mp3", "length": 3}}) == GOLDEN


GOLDEN = "1:f8b4fb3dd4b9a1d3a41cc3c75a2929caa18a3423b06ad3dd83f847c35bdc12ef"


@pytest.mark.parametrize(
    "change",
    [
        {"title": "A night"},
        {"author": "Joan"},
        {"author": ["Jane", "Joan"]},
        {"summary": "Shorter."},
        {"enclosure": "a.mp3"},
    ],
    ids=str,
)
def test_a_change_of_own_words_changes_the_hash(change):
    assert hash_of(change) != hash_of()


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2024-01-02"},
        {"updated": "2024-01-02"},
        {"tags": ["a"]},
        {"categories": ["a"]},
        {"slug": "x"},
        {"permalink": "/x"},
        {"draft": "false"},
        {"image": "a.png"},
        {"lang": "fr"},
        {"weight": 3},
        {"title": " A  day "},
        {"author": ["Jane"]},
    ],
    ids=str,
)
def test_anything_else_keeps_the_hash(change):
    assert hash_of(change) == hash_of()


def test_a_change_of_the_body_changes_the_hash():
    assert hash_of(body="text.") != hash_of(body="text")
    assert hash_of(body="text\n\n ") == hash_of(body="text")


def test_a_rename_keeps_the_hash_also_of_an_article_without_title():
    one = candidate({}, "text", below="a/one.md", place=[("slug", "one", 0, "file name")])
    two = candidate({}, "text", below="b/two.md", place=[("slug", "two", 0, "file name")])
    assert one.title != two.title
    assert one.hash == two.hash


def test_people_and_defaults_are_no_words_of_the_article():
    by = rules(PEOPLE)
    assert hash_of({"author": "maren"}, by=by) == hash_of({"author": "maren"})
    by = rules(defaults=[("**", {"author": "maren", "summary": "s", "enclosure": "a.mp3"})])
    plain = {"author": "", "summary": ""}
    assert hash_of(plain, by=by) == hash_of(plain)


def test_words_do_not_run_from_one_field_into_another():
    assert hash_of({"title": "A day", "summary": ""}, "x") != hash_of(
        {"title": "A", "summary": "day"}, "x"
    )
    assert hash_of({"author": ["a", "b"]}) != hash_of({"author": ["a b"]})


def test_lone_surrogates_can_be_hashed():
    assert hash_of({"title": "a \ud800"}, "\udfff")


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=40), st.text(max_size=40))
def test_two_bodies_have_one_hash_only_when_they_are_one(one, two):
    same = one.replace("\r\n", "\n").rstrip() == two.replace("\r\n", "\n").rstrip()
    assert (hash_of(body=one) == hash_of(body=two)) is same


# ---------------------------------------------------------------- summary, language, rights, id


@pytest.mark.parametrize(
    ("fields", "summary"),
    [
        ({"description": "d", "summary": "s"}, "s"),
        ({"description": "d", "excerpt": "e"}, "e"),
        ({"description": "d"}, "d"),
        ({"summary": "", "description": "d"}, "d"),
        ({"excerpt": "false", "description": "d"}, "d"),
        ({"summary": "one\n  two"}, "one two"),
        ({"summary": "<p>One <b>two</b></p><p>three</p>"}, "One two three"),
        ({"summary": "see [here](https://x.example) &amp; there"}, "see here & there"),
        ({"summary": "2024. A year"}, "2024. A year"),
        ({"summary": 7}, "7"),
    ],
    ids=str,
)
def test_the_declared_summary_is_plain_text(fields, summary):
    assert candidate({"title": "t", **fields}).summary == summary


def test_a_summary_that_is_a_list_gives_way():
    made = normalized({"title": "t", "summary": ["a"], "description": "d"})
    assert made.candidate.summary == "d"
    assert names(made) == ["summary-unreadable"]


@pytest.mark.parametrize(
    ("fields", "language"),
    [
        ({"lang": "no"}, "no"),
        ({"language": "zh_tw"}, "zh-TW"),
        ({"locale": "de_DE.UTF-8"}, "de-DE"),
        ({"inLanguage": "EN-gb"}, "en-GB"),
        ({}, ""),
    ],
    ids=str,
)
def test_the_language_is_a_tag(fields, language):
    assert candidate({"title": "t", **fields}).language == language


def test_a_language_that_is_none_falls_to_the_file_name():
    made = normalized({"title": "t", "lang": "Klingon!"}, place=[("lang", "fr", 0, "file name")])
    assert made.candidate.language == "fr"
    assert names(made) == ["language-unreadable"]


@pytest.mark.parametrize(
    ("value", "rights"),
    [
        ("&copy; 2024 Jane", "© 2024 Jane"),
        ({"name": "CC BY 4.0", "url": "https://x"}, "CC BY 4.0"),
        (
            "https://creativecommons.org/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        ("true", ""),
    ],
    ids=str,
)
def test_rights_are_text(value, rights):
    assert candidate({"title": "t", "license": value}).rights == rights


@pytest.mark.parametrize(("value", "minor"), [("true", True), (False, False), ("no", False)])
def test_minor_is_a_switch(value, minor):
    made = normalized({"title": "t", "minor": value})
    assert made.candidate.minor is minor
    assert made.problems == ()


def test_a_minor_that_cannot_be_read_is_false_with_a_warning():
    made = normalized({"title": "t", "minor": "rather"})
    assert made.candidate.minor is False
    assert names(made) == ["minor-unreadable"]


@pytest.mark.parametrize("key", ["id", "guid", "uuid", "ID"])
def test_a_declared_id_stays_as_written(key):
    assert candidate({"title": "t", key: " https://X.example/?p=1 "}).declared_id == (
        "https://X.example/?p=1"
    )
    assert candidate({"title": "t", key: 5}).declared_id == "5"


def test_an_id_that_is_a_list_is_ignored_with_a_warning():
    made = normalized({"title": "t", "id": ["a"]})
    assert made.candidate.declared_id == ""
    assert names(made) == ["id-unreadable"]
