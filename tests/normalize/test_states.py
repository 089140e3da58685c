import pytest

from .making import candidate, names, normalized, rules

OUT = [
    {"draft": True},
    {"draft": "true"},
    {"draft": "yes"},
    {"Draft": "True"},
    {"isDraft": True},
    {"published": False},
    {"published": "false"},
    {"status": "draft"},
    {"Status": "Hidden"},
    {"status": "skip"},
    {"status": "private"},
    {"visibility": "members"},
    {"unlisted": "true"},
    {"eleventyExcludeFromCollections": True},
    {"eleventyExcludeFromCollections": ["zine", "posts"]},
    {"permalink": False},
    {"permalink": "false"},
    {"draft": "false", "status": "draft"},
    {"draft": "draft"},
    {"published": "draft"},
    {"status": "scheduled"},
]
IN = [
    {},
    {"eleventyExcludeFromCollections": ["zine"]},
    {"draft": False},
    {"draft": "no"},
    {"draft": ""},
    {"draft": None},
    {"published": "true"},
    {"published": "2024-01-02"},
    {"status": "published"},
    {"status": "publish"},
    {"status": "featured"},
    {"visibility": "public"},
    {"unlisted": "false"},
    {"password": ""},
    {"date": "2024-01-02", "status": "scheduled"},
    {"publish": "2024-01-02"},
]


@pytest.mark.parametrize("fields", OUT, ids=str)
def test_what_says_draft_is_a_draft(fields):
    assert candidate({"title": "t", **fields}).draft


@pytest.mark.parametrize("fields", IN, ids=str)
def test_what_says_nothing_of_the_kind_is_none(fields):
    assert not candidate({"title": "t", **fields}).draft


@pytest.mark.parametrize(
    "fields",
    [
        {"draft": "maybe"},
        {"draft": ["true"]},
        {"draft": 2},
        {"status": "seedling?"},
        {"visibility": {"a": 1}},
        {"published": "someday"},
        {"unlisted": "perhaps"},
    ],
    ids=str,
)
def test_what_cannot_be_read_keeps_the_article_out(fields):
    made = normalized({"title": "t", **fields})
    assert made.candidate is None
    (problem,) = [p for p in made.problems if p.name == "draft-unreadable"]
    assert (problem.line, problem.field) == (3, *fields)
    assert problem.cure


def test_a_drafts_folder_wins_over_what_the_file_says():
    place = [("draft", True, 0, "folder")]
    assert candidate({"title": "t", "draft": "false"}, place=place).draft


def test_a_sidecar_may_say_draft_too():
    place = [("draft", "true", 1, "sidecar x.yaml")]
    assert candidate({"title": "t", "draft": "false"}, place=place).draft


def test_a_default_counts_only_where_the_article_says_nothing():
    by = rules(defaults=[("**", {"draft": True})])
    assert candidate({"title": "t"}, by=by).draft
    assert not candidate({"title": "t", "draft": False}, by=by).draft


@pytest.mark.parametrize(
    ("own", "is_draft"),
    [({}, True), ({"status": "published"}, False), ({"draft": False}, True)],
)
def test_data_of_a_folder_count_only_where_the_article_says_nothing(own, is_draft):
    place = [
        ("status", "draft", 1, "folder data notes.json"),
        ("status", "published", 1, "folder data texts.json"),
    ]
    assert candidate({"title": "t", **own}, place=place).draft is is_draft


def test_a_configured_switch_is_read():
    by = rules(fields={"draft": ("wip",)})
    assert candidate({"title": "t", "wip": "yes"}, by=by).draft


def test_an_article_with_a_password_is_never_published():
    made = normalized({"title": "t", "password": "open"})
    assert made.candidate.draft
    assert names(made) == ["protected"]
