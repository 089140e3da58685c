"""An article is one thing for ever: every move that people make."""

from datetime import timedelta

import pytest

from feedwright.ledger.lines import dump, parse
from feedwright.model import Severity, State
from tests.ledger.builders import DAY, NOW, Little, candidate, gone_ids, ids, names


def first_id(found):
    return found.articles[0].id


def test_a_new_article_has_its_permalink_for_id():
    assert ids(Little().run(candidate("a.md"))) == {"a.md": "https://example.org/a/"}


def test_nothing_changed_gives_no_line():
    site = Little()
    site.run(candidate("a.md"), candidate("b.md", draft=True))
    again = site.run(candidate("a.md"), candidate("b.md", draft=True))
    assert (again.lines, again.gone, again.problems) == ((), (), ())


@pytest.mark.parametrize(
    "after",
    [
        candidate("a.md", "other words"),
        candidate("a.md", title="Another title"),
        candidate("renamed.md", title="A"),
        candidate("deep/er/a.md", title="A"),
        candidate("a.md", slug="other", title="A"),
        candidate("a.md", "other", title="Other", slug="other"),
    ],
)
def test_edits_renames_and_moves_keep_the_id(after):
    site = Little()
    before = site.run(candidate("a.md"), candidate("z.md"))
    later = site.run(after, candidate("z.md"))
    assert {a.id for a in later.articles} == {a.id for a in before.articles}
    assert later.gone == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            candidate("a.md", slug="kept", published=NOW - DAY),
            candidate("b.md", "new", slug="kept", title="New", published=NOW - DAY),
        ),
        (
            candidate("a.md", title="Same", published=NOW - DAY),
            candidate("b.md", "new", title="Same", published=NOW - DAY),
        ),
        (candidate("a.md", title="Same"), candidate("b.md", "new", title="Same")),
        (
            candidate("a.md", declared_id="urn:isbn:1"),
            candidate("b.md", "new", title="New", declared_id="urn:isbn:1"),
        ),
        (
            candidate("a.md", declared_id="1234"),
            candidate("b.md", "new", title="New", declared_id="1234", published=NOW - 900 * DAY),
        ),
    ],
    ids=["slug", "title and date", "title of undated", "declared id", "declared value"],
)
def test_rename_and_edit_at_once_keeps_the_id(before, after):
    site = Little()
    was = first_id(site.run(before))
    found = site.run(after)
    assert first_id(found) == was
    assert found.gone == ()


def test_renamed_and_edited_without_anything_in_common_is_another_article():
    site = Little()
    was = first_id(site.run(candidate("a.md")))
    found = site.run(candidate("b.md", "new", title="New"))
    assert first_id(found) != was
    assert gone_ids(found.gone) == [was]


def test_two_files_that_swap_names_swap_nothing_else():
    site = Little()
    before = ids(site.run(candidate("a.md", title="One"), candidate("b.md", title="Two")))
    after = site.run(candidate("a.md", title="Two"), candidate("b.md", title="One"))
    assert ids(after) == {"a.md": before["b.md"], "b.md": before["a.md"]}
    assert after.gone == ()
    assert site.run(candidate("a.md", title="Two"), candidate("b.md", title="One")).lines == ()


def test_three_files_that_rotate_names_keep_their_ids():
    site = Little()
    before = ids(site.run(*(candidate(f"{n}.md", title=n) for n in "abc")))
    after = ids(
        site.run(*(candidate(f"{n}.md", title=m) for n, m in zip("abc", "bca", strict=True)))
    )
    assert after == {"a.md": before["b.md"], "b.md": before["c.md"], "c.md": before["a.md"]}


def test_a_copy_is_a_new_article_and_the_known_path_keeps_the_id():
    site = Little()
    was = first_id(site.run(candidate("m.md", title="T")))
    found = site.run(candidate("a.md", title="T"), candidate("m.md", title="T"))
    assert ids(found)["m.md"] == was
    assert ids(found)["a.md"] == "https://example.org/a/"


def test_a_copy_whose_permalink_is_an_old_id_gets_another():
    site = Little()
    was = first_id(site.run(candidate("a.md", title="T")))
    moved = candidate("a.md", title="T", slug="elsewhere")
    found = site.run(moved, candidate("copy.md", title="T", slug="a"))
    assert ids(found) == {"a.md": was, "copy.md": was + "#2"}


def test_a_copy_beside_an_edited_original_takes_nothing_away():
    site = Little()
    was = first_id(site.run(candidate("post.md", title="T", published=NOW)))
    original = candidate("post.md", "mended", title="T", published=NOW)
    found = site.run(candidate("post-old.md", title="T", published=NOW), original)
    assert ids(found)["post.md"] == was


def test_a_path_reused_after_a_move_goes_to_a_new_article():
    site = Little()
    was = first_id(site.run(candidate("now.md", title="Monday")))
    found = site.run(
        candidate("archive/monday.md", title="Monday"), candidate("now.md", title="Tuesday")
    )
    assert ids(found)["archive/monday.md"] == was
    assert ids(found)["now.md"] == "https://example.org/now/#2"


def test_other_words_at_the_same_path_are_an_edit():
    site = Little()
    was = first_id(site.run(candidate("now.md", title="Monday")))
    assert ids(site.run(candidate("now.md", "else", title="Tuesday"))) == {"now.md": was}


def test_a_moved_folder_of_identical_notes_keeps_each_id():
    site = Little()
    before = ids(site.run(*(candidate(f"a/{n}.md", title="Note") for n in "xyz")))
    after = ids(site.run(*(candidate(f"b/{n}.md", title="Note") for n in "xyz")))
    assert after == {path.replace("a/", "b/"): each for path, each in before.items()}


def test_of_two_new_copies_of_a_deleted_file_one_is_it():
    site = Little()
    was = first_id(site.run(candidate("a.md", title="T")))
    found = site.run(candidate("x.md", title="T"), candidate("y.md", title="T"))
    assert ids(found) == {"x.md": was, "y.md": "https://example.org/y/"}


def test_a_draft_copy_does_not_take_the_id_of_an_article_that_is_there():
    site = Little()
    was = first_id(site.run(candidate("a.md", title="Old")))
    found = site.run(candidate("a.md", title="New"), candidate("b.md", title="Old", draft=True))
    assert ids(found) == {"a.md": was}


@pytest.mark.parametrize(
    "permalink_of",
    [
        lambda each, published: f"https://new.example/{each.slug}/",
        lambda each, published: f"http://example.org/{each.slug}/",
        lambda each, published: f"https://example.org/{published.year}/{each.slug}.html",
    ],
)
def test_domain_scheme_and_pattern_change_the_permalink_and_not_the_id(permalink_of):
    site = Little()
    before = site.run(candidate("a.md"), candidate("b.md", declared_id="7"))
    moved = Little(site.data, "new.example", permalink_of)
    after = moved.run(candidate("a.md"), candidate("b.md", declared_id="7"))
    assert ids(after) == ids(before)
    assert (after.lines, after.problems) == ((), ())
    assert all(
        a.permalink != b.permalink for a, b in zip(after.articles, before.articles, strict=True)
    )


# ---------------------------------------------------------------- declared ids


def test_declared_iris_are_kept_to_the_letter_but_for_what_is_no_uri():
    declared = "https://Example.org/Ünï code%20x?a=1#b"
    found = Little().run(candidate("a.md", declared_id=declared))
    assert first_id(found) == "https://Example.org/%C3%9Cn%C3%AF%20code%20x?a=1#b"


@pytest.mark.parametrize(
    ("permalink", "made"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org?p=1", "https://example.org/?p=1"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("https://example.org/%7ean/%41%2fb", "https://example.org/~an/A%2Fb"),
        ("https://example.org/%d9%85/?q=%d9%85", "https://example.org/%D9%85/?q=%D9%85"),
        ("https://example.org/cafe%CC%81/", "https://example.org/caf%C3%A9/"),
        ("https://example.org/%FF/", "https://example.org/%FF/"),
    ],
)
def test_an_id_made_of_a_permalink_is_canonical(permalink, made):
    site = Little(permalink_of=lambda each, published: permalink)
    assert first_id(site.run(candidate("a.md"))) == made
    assert site.run(candidate("a.md")).lines == ()


@pytest.mark.parametrize(
    ("declared", "made"),
    [
        ("https://example.org/?p[]=1", "https://example.org/?p%5B%5D=1"),
        ("http://[::1]/a[b]", "http://[::1]/a%5Bb%5D"),
        ("urn:uuid:1234", "tag:example.org,2024:urn:uuid:1234"),
        ("urn:x:[1]", "tag:example.org,2024:urn:x:%5B1%5D"),
    ],
)
def test_a_declared_id_that_is_no_uri_becomes_one(declared, made):
    assert first_id(Little().run(candidate("a.md", declared_id=declared))) == made


def test_a_declared_value_becomes_a_tag_of_host_and_year():
    found = Little().run(candidate("a.md", declared_id="no 5", published=NOW - 400 * DAY))
    assert first_id(found) == "tag:example.org,2023:no%205"


def test_the_host_of_a_tag_is_ascii():
    found = Little(host="bücher.example").run(candidate("a.md", declared_id="5"))
    assert first_id(found) == "tag:xn--bcher-kva.example,2024:5"


def test_an_id_declared_later_is_ignored_with_a_warning():
    site = Little()
    was = first_id(site.run(candidate("a.md")))
    found = site.run(candidate("a.md", declared_id="urn:isbn:1"))
    assert first_id(found) == was
    assert names(found) == ["id-declared-later"]
    assert found.problems[0].severity is Severity.WARNING
    assert was in str(found.problems[0])
    assert found.lines == ()


def test_declaring_the_id_that_an_article_has_is_no_news():
    site = Little()
    was = first_id(site.run(candidate("a.md")))
    found = site.run(candidate("a.md", declared_id=was))
    assert (first_id(found), found.problems) == (was, ())
    assert site.ledger.articles[was].minted is False


def test_a_declared_id_that_changes_makes_another_article():
    site = Little()
    site.run(candidate("a.md", declared_id="urn:isbn:1"))
    found = site.run(candidate("a.md", declared_id="urn:isbn:2"))
    assert ids(found) == {"a.md": "urn:isbn:2"}
    assert gone_ids(found.gone) == ["urn:isbn:1"]
    again = site.run(candidate("a.md", declared_id="urn:isbn:2"))
    assert (again.lines, again.gone) == ((), ())


def test_a_declaration_that_is_taken_out_keeps_the_id():
    site = Little()
    site.run(candidate("a.md", declared_id="urn:isbn:1"))
    found = site.run(candidate("a.md"))
    assert ids(found) == {"a.md": "urn:isbn:1"}
    assert found.lines == ()


def test_a_declared_value_survives_another_host_and_another_date():
    site = Little()
    was = first_id(site.run(candidate("a.md", declared_id="7", published=NOW - DAY)))
    moved = Little(site.data, host="new.example")
    found = moved.run(candidate("a.md", declared_id="7", published=NOW - 800 * DAY))
    assert first_id(found) == was
    assert found.problems == ()


# ---------------------------------------------------------------- clashes


def test_one_value_of_two_years_names_two_articles_for_ever():
    site = Little()
    old, new = NOW - 900 * DAY, NOW - DAY
    both = [
        candidate("a.md", title="A", declared_id="7", published=new),
        candidate("b.md", "other", title="B", declared_id="7", published=old),
    ]
    before = ids(site.run(*both))
    assert len(set(before.values())) == 2
    again = site.run(*both)
    assert (ids(again), again.lines, again.problems) == (before, (), ())
    moved = site.run(
        candidate("x/b.md", "other", title="B", declared_id="7", published=old),
        candidate("y/a.md", title="A", declared_id="7", published=new),
    )
    assert ids(moved) == {"x/b.md": before["b.md"], "y/a.md": before["a.md"]}


def test_a_value_of_another_year_that_comes_later_is_another_article_too():
    site = Little()
    first = candidate("b.md", title="A", declared_id="7", published=NOW - DAY)
    second = candidate("a.md", "other", title="B", declared_id="7", published=NOW - 900 * DAY)
    before = ids(site.run(first))
    found = site.run(first, second)
    assert (ids(found)["b.md"], names(found)) == (before["b.md"], [])
    assert ids(site.run(first, second)) == ids(found)


def test_an_id_that_was_made_of_a_value_is_not_taken_by_who_writes_it_out():
    site = Little()
    known = candidate("b.md", declared_id="7", published=NOW - DAY)
    before = ids(site.run(known))
    found = site.run(known, candidate("a.md", "new", title="New", declared_id=before["b.md"]))
    assert (ids(found), names(found)) == (before, ["id-clash"])
    assert "is the id of content/b.md too" in found.problems[0].what


@pytest.mark.parametrize("words", ["new", "words"])
def test_an_article_that_stays_keeps_its_id_whatever_another_declares(words):
    site = Little()
    known = candidate("b.md", "words", published=NOW - DAY)
    before = ids(site.run(known))
    copy = candidate("a.md", words, title="New", declared_id=before["b.md"])
    found = site.run(known, copy)
    assert (ids(found), names(found)) == (before, ["id-clash"])
    alone = site.run(copy)
    assert ids(alone) == {"a.md": before["b.md"]}, "until it goes"


def test_a_declared_id_goes_along_with_words_that_leave_their_place():
    site = Little()
    before = ids(site.run(candidate("a.md", "words", published=NOW - DAY)))
    found = site.run(
        candidate("a.md", "another article", title="Another", published=NOW - DAY),
        candidate("b.md", "words", declared_id=before["a.md"], published=NOW - DAY),
    )
    assert ids(found)["b.md"] == before["a.md"]
    assert found.problems == ()


def test_two_files_that_declare_one_id_are_told_and_the_known_one_stays():
    site = Little()
    site.run(candidate("m.md", declared_id="urn:isbn:1"))
    found = site.run(
        candidate("a.md", title="Copy", declared_id="urn:isbn:1"),
        candidate("m.md", declared_id="urn:isbn:1"),
    )
    assert ids(found) == {"m.md": "urn:isbn:1"}
    assert names(found) == ["id-clash"]
    assert "content/a.md" in str(found.problems[0])
    assert "content/m.md" in str(found.problems[0])
    assert [held.path for held in found.held] == ["content/a.md"]
    assert found.gone == ()


def test_of_two_new_files_with_one_id_the_smaller_path_has_it():
    found = Little().run(
        candidate("b.md", declared_id="7"), candidate("a.md", title="Other", declared_id="7")
    )
    assert list(ids(found)) == ["a.md"]
    assert [held.path for held in found.held] == ["content/b.md"]


def test_a_published_article_that_declares_the_id_of_another_is_held_not_gone():
    site = Little()
    before = ids(site.run(candidate("a.md"), candidate("b.md", declared_id="urn:isbn:1")))
    found = site.run(
        candidate("a.md", declared_id="urn:isbn:1"), candidate("b.md", declared_id="urn:isbn:1")
    )
    assert ids(found) == {"b.md": "urn:isbn:1"}
    assert [held.id for held in found.held] == [before["a.md"]]
    assert (found.gone, found.lines) == ((), ())
    mended = site.run(candidate("a.md"), candidate("b.md", declared_id="urn:isbn:1"))
    assert ids(mended) == before


def test_of_two_files_with_one_permalink_the_known_one_stays():
    site = Little()
    site.run(candidate("m.md", slug="one"))
    found = site.run(candidate("a.md", slug="one", title="Other"), candidate("m.md", slug="one"))
    assert list(ids(found)) == ["m.md"]
    assert names(found) == ["permalink-clash"]
    assert "content/a.md" in str(found.problems[0])
    assert "content/m.md" in str(found.problems[0])
    again = site.look(candidate("a.md", slug="one", title="Other"), candidate("m.md", slug="one"))
    assert again.problems == found.problems


def test_of_two_known_files_with_one_permalink_the_one_that_had_it_stays():
    site = Little()
    a, b = candidate("a.md", slug="x"), candidate("b.md", slug="y")
    before = ids(site.run(a, b))
    found = site.run(candidate("a.md", slug="y"), b)
    assert list(ids(found)) == ["b.md"]
    assert [held.id for held in found.held] == [before["a.md"]]
    assert (found.gone, found.lines) == ((), ())


def test_the_loser_of_a_permalink_takes_its_place_when_the_winner_leaves():
    site = Little()
    site.run(candidate("m.md", slug="one"))
    other = candidate("a.md", slug="one", title="Other", published=NOW)
    site.run(other, candidate("m.md", slug="one"))
    found = site.run(other, candidate("m.md", slug="one", draft=True))
    assert ids(found) == {"a.md": "https://example.org/one/#2"}


def test_drafts_and_future_articles_clash_with_nobody():
    found = Little().run(
        candidate("a.md", slug="one"),
        candidate("b.md", slug="one", title="B", draft=True),
        candidate("c.md", slug="one", title="C", published=NOW + DAY),
        candidate("d.md", slug="one", title="D", expires=NOW - DAY),
    )
    assert found.problems == ()
    assert [each.state for each in found.others] == [State.DRAFT, State.FUTURE, State.EXPIRED]


def test_two_articles_of_one_file_need_two_names():
    found = Little().run(
        candidate("all.json", part="1", title="A"), candidate("all.json", part="1", title="B")
    )
    assert len(found.articles) == 1
    assert names(found) == ["part-clash"]


def test_parts_of_one_file_have_identities_of_their_own():
    site = Little()
    parts = [candidate("all.json", part=p, slug=p, title=p) for p in "abc"]
    before = site.run(*parts)
    edited = candidate("all.json", "new", part="b", slug="b", title="B!")
    after = site.run(parts[0], edited, parts[2])
    assert [a.id for a in after.articles] == [a.id for a in before.articles]
    assert len(after.lines) == 1


# ---------------------------------------------------------------- leaving and returning


def test_a_deleted_article_is_gone_and_returns_with_id_first_and_date():
    site = Little()
    before = site.run(candidate("a.md"))
    gone = site.run()
    assert gone_ids(gone.gone) == [before.articles[0].id]
    assert gone.gone[0].when == NOW + timedelta(hours=1)
    assert site.run().gone == ()
    back = site.run(candidate("a.md"))
    assert back.articles == before.articles


@pytest.mark.parametrize(
    "hidden",
    [
        candidate("a.md", "edited", draft=True),
        candidate("a.md", expires=NOW),
        candidate("moved.md", title="A", draft=True),
        candidate("a.md", published=NOW + 9 * DAY),
    ],
    ids=["draft", "expired", "moved draft", "future"],
)
def test_what_is_hidden_and_shown_again_is_the_same_article(hidden):
    site = Little()
    before = site.run(candidate("a.md")).articles[0]
    assert gone_ids(site.run(hidden).gone) == [before.id]
    assert site.run(hidden).gone == ()
    back = site.run(hidden._replace(draft=False, expires=None, published=None)).articles[0]
    assert (back.id, back.first, back.published) == (before.id, before.first, before.published)


def test_a_new_article_at_the_place_of_a_moved_draft_does_not_become_it():
    site = Little()
    was = first_id(site.run(candidate("a.md", title="T")))
    moved = candidate("drafts/a.md", title="T", draft=True)
    site.run(moved)
    found = site.run(moved, candidate("a.md", title="Else"))
    assert first_id(found) == was + "#2"
    assert (
        ids(
            site.run(candidate("drafts/a.md", title="T", slug="t"), candidate("a.md", title="Else"))
        )["drafts/a.md"]
        == was
    )


def test_a_draft_that_was_moved_away_and_edited_comes_back_as_itself():
    site = Little()
    was = first_id(site.run(candidate("posts/a.md", title="T")))
    site.run(candidate("drafts/a.md", title="T", draft=True))
    site.run(candidate("drafts/a.md", "edited", title="T", draft=True))
    found = site.run(candidate("posts/a.md", "edited", title="T"))
    assert ids(found) == {"posts/a.md": was}


def test_a_slug_used_again_after_years_is_a_new_article():
    site = Little()
    was = first_id(
        site.run(candidate("old.md", slug="summer", title="2023", published=NOW - 365 * DAY))
    )
    site.run()
    new = candidate("new.md", "x", slug="summer", title="2024", published=NOW)
    assert first_id(site.run(new)) == was + "#2"


def test_a_copy_of_an_article_that_is_there_does_not_bring_back_one_that_is_gone():
    site = Little()
    day = NOW - 365 * DAY
    site.run(
        candidate("a.md", "a", title="Open thread", published=day),
        candidate("b.md", "b", title="Open thread", published=day),
    )
    left = candidate("b.md", "b", title="Open thread", published=day)
    site.run(left)
    found = site.run(left, candidate("c.md", "c", title="Open thread", published=day))
    assert ids(found)["c.md"] == "https://example.org/c/"


def test_an_unlike_pair_of_candidates_leaves_a_vanished_row_alone():
    site = Little()
    site.run(candidate("a.md", title="News", published=NOW))
    found = site.run(
        candidate("x.md", "1", title="News", published=NOW),
        candidate("y.md", "2", title="News", published=NOW),
    )
    assert len(found.gone) == 1
    assert len(found.articles) == 2


# ---------------------------------------------------------------- held


def test_a_broken_file_is_held_and_nobody_takes_its_id():
    site = Little()
    was = first_id(site.run(candidate("a.md", title="T", published=NOW)))
    found = site.run(
        candidate("copy.md", title="T", published=NOW),
        candidate("like.md", "x", title="T", slug="like", published=NOW),
        unreadable={"content/a.md": "no UTF-8"},
    )
    assert [(h.id, h.path, h.reason) for h in found.held] == [(was, "content/a.md", "no UTF-8")]
    assert was not in ids(found).values()
    assert found.gone == ()
    mended = site.run(candidate("a.md", title="T", published=NOW))
    assert ids(mended) == {"a.md": was}


def test_a_broken_file_that_was_never_published_is_held_without_id():
    found = Little().run(unreadable={"content/new.md": "no title"})
    assert [(held.id, held.path) for held in found.held] == [("", "content/new.md")]
    assert found.lines == found.gone == ()


def test_a_copy_that_declares_the_id_of_a_broken_file_waits():
    site = Little()
    site.run(candidate("a.md", declared_id="urn:isbn:1"))
    found = site.run(
        candidate("b.md", title="B", declared_id="urn:isbn:1"),
        unreadable={"content/a.md": "broken"},
    )
    assert found.articles == ()
    assert names(found) == ["id-clash"]


def test_the_permalink_of_a_broken_file_waits_for_it():
    site = Little()
    site.run(candidate("a.md", slug="one"))
    copy = candidate("a-mended.md", "new", slug="one", title="Mended")
    found = site.run(copy, unreadable={"content/a.md": "broken"})
    assert found.articles == ()
    assert names(found) == ["permalink-clash"]
    assert "content/a.md" in str(found.problems[0])
    assert ids(site.run(copy)) == {"a-mended.md": "https://example.org/one/"}


def test_of_a_file_of_many_only_the_broken_part_is_held():
    site = Little()
    parts = [candidate("all.json", part=p, slug=p, title=p) for p in "ab"]
    before = site.run(*parts)
    found = site.run(parts[0], unreadable={"content/all.json": "record b: no title"})
    assert [held.part for held in found.held] == ["b"]
    assert [a.id for a in found.articles] == [before.articles[0].id]
    assert found.gone == ()


def test_a_broken_draft_stays_gone():
    site = Little()
    site.run(candidate("a.md"))
    site.run(candidate("a.md", draft=True))
    found = site.run(unreadable={"content/a.md": "broken"})
    assert found.gone == ()


# ---------------------------------------------------------------- branches and loss


def merged(*branches):
    return Little(b"".join(branch.data for branch in branches))


def test_two_branches_that_published_one_undated_article_agree_on_the_earlier():
    one, two = Little(), Little()
    two.now += timedelta(hours=5)
    first = one.run(candidate("a.md")).articles[0]
    second = two.run(candidate("a.md")).articles[0]
    assert first.id == second.id
    both = merged(two, one)
    found = both.run(candidate("a.md"))
    assert (found.articles[0].published, found.articles[0].first) == (first.published, first.first)
    assert (found.lines, found.gone) == ((), ())


def test_two_ids_for_one_path_leave_the_older_and_a_tombstone_that_stays():
    one = Little()
    two = Little(permalink_of=lambda each, _: f"https://other.example/{each.slug}/")
    two.now += timedelta(hours=5)
    old = first_id(one.run(candidate("a.md")))
    new = first_id(two.run(candidate("a.md")))
    both = merged(two, one)
    both.now = two.now
    found = both.run(candidate("a.md"))
    assert ids(found) == {"a.md": old}
    assert gone_ids(found.gone) == [new]
    assert (found.gone[0].path, found.gone[0].was) == ("", ("content/a.md",))
    for later in (
        [candidate("a.md", "edited")],
        [candidate("a.md")],
        [candidate("b.md", "x", title="A")],
        [],
        [candidate("b.md", "x", title="A")],
    ):
        found = both.run(*later)
        assert new not in ids(found).values()
        assert new not in gone_ids(found.gone)
    assert ids(found) == {"b.md": old}


def test_two_new_files_of_one_path_that_a_merge_told_apart_keep_both_ids():
    one = Little()
    two = Little(permalink_of=lambda each, _: f"https://other.example/{each.slug}/")
    old = first_id(one.run(candidate("a.md", title="Mine")))
    new = first_id(two.run(candidate("a.md", title="Yours")))
    for mine, yours in (("a.md", "b.md"), ("b.md", "a.md")):
        found = merged(one, two).run(candidate(mine, title="Mine"), candidate(yours, title="Yours"))
        assert ids(found) == {mine: old, yours: new}
        assert found.gone == ()


def test_a_reverted_file_is_again_what_it_was():
    site = Little()
    a, b = candidate("a.md", title="One"), candidate("b.md", title="Two")
    before = ids(site.run(a, b))
    site.run(candidate("a.md", title="Two"))
    assert ids(site.run(a, b)) == before


def test_the_last_holder_of_a_path_is_the_draft_that_returns():
    site = Little()
    site.run(candidate("a.md", title="One"), candidate("b.md", title="Two"))
    site.run(candidate("b.md", title="Two"))
    moved = first_id(site.run(candidate("a.md", title="Two")))
    site.run(candidate("a.md", title="Two", draft=True))
    assert first_id(site.run(candidate("a.md", "edited", title="Three"))) == moved


def test_lines_of_one_run_say_where_each_article_was():
    site = Little()
    site.run(candidate("a.md", title="T"))
    site.run(candidate("b.md", title="T"))
    site.run(candidate("c.md", title="T"))
    found = site.run(candidate("a.md", title="T"))
    assert found.lines[0].was == ("content/b.md", "content/c.md")


def test_shuffled_candidates_and_lines_give_the_same():
    site = Little()
    everything = [candidate(f"{n}.md", title="Same" if n < 5 else str(n)) for n in range(9)]
    site.run(*everything)
    moved = [each._replace(path=each.path.replace("content/", "content/x/")) for each in everything]
    there = site.look(*moved)
    back = Little(b"".join(reversed(site.data.splitlines(keepends=True))))
    back.now = site.now
    assert back.look(*reversed(moved)) == there


def test_thousands_of_articles_of_the_same_words_are_matched_one_to_one():
    site = Little()
    many = [candidate(f"{n:05}.md", title="Same") for n in range(5000)]
    site.run(*many)
    moved = [each._replace(path=each.path.replace("content/", "content/x/")) for each in many]
    found = site.look(*moved)
    assert (len(found.articles), found.gone) == (5000, ())


def test_lines_survive_the_ledger():
    site = Little()
    found = site.run(candidate("a.md", slug="ä", title='"\n\u2028', declared_id="1"))
    (line,) = found.lines
    assert parse(dump(line)).articles == {line.id: line}
