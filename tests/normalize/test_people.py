import pytest

from feedwright.model import Person

from .making import PEOPLE, candidate, names, normalized, rules

KNOWING = rules(PEOPLE)


def authors(value, by=KNOWING, key="author", **more):
    return candidate({"title": "t", key: value, **more}, by=by).authors


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Jane Doe", Person("Jane Doe")),
        ("jane@example.org", Person("jane", "jane@example.org")),
        ("mailto:jane@example.org", Person("jane", "jane@example.org")),
        ("Jane Doe <jane@example.org>", Person("Jane Doe", "jane@example.org")),
        ('"Doe, Jane" <jane@example.org>', Person("Doe, Jane", "jane@example.org")),
        ("<jane@example.org>", Person("jane", "jane@example.org")),
        ("jane@example.org (Jane Doe)", Person("Jane Doe", "jane@example.org")),
        ("Jane Doe (jane@example.org)", Person("Jane Doe", "jane@example.org")),
        ("Jane Doe <https://jane.example>", Person("Jane Doe", "", "https://jane.example")),
        ("[Jane Doe](https://jane.example)", Person("Jane Doe", "", "https://jane.example")),
        ('<a href="https://j.example">Jane</a>', Person("Jane", "", "https://j.example")),
        ("By Jane Doe", Person("Jane Doe")),
        ("Jane &amp; Co", Person("Jane & Co")),
        ("NARUSE, Yui", Person("NARUSE, Yui")),
        ("Russ Cox, for the Go team", Person("Russ Cox, for the Go team")),
        ("Byron", Person("Byron")),
        ("von Neumann", Person("von Neumann")),
        ("Jane (staff)", Person("Jane (staff)")),
        ("maren", PEOPLE["maren"]),
        ("@Maren", PEOPLE["maren"]),
        ({"name": "Jane", "url": "/j", "email": "j@x.org"}, Person("Jane", "j@x.org", "/j")),
        ({"name": "Jane", "avatar": "/j.png"}, Person("Jane", avatar="/j.png")),
        ({"name": "Jane", "image": {"url": "/j.png"}}, Person("Jane", avatar="/j.png")),
        ({"email": "j@x.org"}, Person("j", "j@x.org")),
        ({"firstName": "Jane", "lastName": "Doe"}, Person("Jane Doe")),
        ({"key": "maren", "title": "Editor"}, PEOPLE["maren"]),
        ({"key": "tomas", "url": "/t"}, Person("Tomas Reyle", "", "/t")),
        ({"@type": "Person", "name": "Jane", "url": "https://j"}, Person("Jane", "", "https://j")),
        (7, Person("7")),
    ],
)
def test_every_form_of_an_author_is_one_person(written, person):
    assert authors(written) == (person,)
    assert authors([written], key="authors") == (person,)


def test_a_list_gives_people_in_order_without_repeating():
    found = authors(["tomas", {"name": "Jane"}, "maren", "Tomas Reyle", ""], key="authors")
    assert [person.name for person in found] == ["Tomas Reyle", "Jane", "Maren Oakshott"]


def test_json_ld_may_hold_many_names_in_one_object():
    assert [p.name for p in authors({"name": ["Ann", "Ben"]})] == ["Ann", "Ben"]


def test_a_semicolon_always_splits_authors():
    assert [p.name for p in authors("Doe, Jane; Roe, Rita")] == ["Doe, Jane", "Roe, Rita"]


@pytest.mark.parametrize("text", ["Ann and Ben", "Ann, Ben", "Ann & Ben", "Ann, and Ben"])
def test_authors_are_split_only_when_asked(text):
    assert len(authors(text)) == 1
    assert [p.name for p in authors(text, by=rules(split_authors=True))] == ["Ann", "Ben"]


def test_handles_in_a_string_are_split_when_all_are_known():
    assert [p.name for p in authors("maren, tomas")] == ["Maren Oakshott", "Tomas Reyle"]


def test_handles_are_found_without_regard_to_case():
    assert authors("MAREN") == (PEOPLE["maren"],)


def test_a_handle_that_nobody_has_is_shown_with_a_warning():
    made = normalized({"title": "t", "author": "jdoe"}, by=KNOWING)
    assert made.candidate.authors == (Person("jdoe"),)
    assert names(made) == ["author-unknown"]


def test_without_an_authors_file_no_handle_is_missed():
    assert names(normalized({"title": "t", "author": "jdoe"})) == []


@pytest.mark.parametrize("value", ["", "   ", None, [], [""], {}, {"name": ""}])
def test_an_empty_author_is_no_author(value):
    made = normalized({"title": "t", "Author": value})
    assert made.candidate.authors == ()
    assert made.problems == ()


def test_authors_win_over_author():
    assert authors("Ann", key="author", authors=["Ben"])[0].name == "Ben"


def test_companion_keys_of_docusaurus_complete_a_single_author():
    made = authors("Jane", author_url="/j", author_image_url="/j.png", author_title="Editor")
    assert made == (Person("Jane", "", "/j", "/j.png"),)


def test_hugo_and_zola_keep_authors_in_tables():
    assert authors({"author": "Jane"}, key="params")[0].name == "Jane"
    assert authors({"authors": ["Jane"]}, key="taxonomies")[0].name == "Jane"
    assert authors({"author": "Jane"}, key="extra")[0].name == "Jane"


def test_an_address_is_no_name_and_the_next_source_is_taken():
    made = normalized({"title": "t", "author": "https://social.example/jane", "byline": "Jane"})
    assert made.candidate.authors == (Person("Jane"),)
    assert made.problems == ()


def test_an_author_without_a_name_is_a_warning():
    made = normalized({"title": "t", "author": {"twitter": "@j"}})
    assert made.candidate.authors == ()
    assert names(made) == ["author-unreadable"]


@pytest.mark.parametrize(
    ("key", "written", "expected"),
    [
        ("authors", "Ana Prieto, Tom Reed", ["Ana Prieto", "Tom Reed"]),
        ("authors", "Prieto, Ana; Reed, Tom", ["Prieto, Ana", "Reed, Tom"]),
        ("author", "Prieto, Ana", ["Prieto, Ana"]),
    ],
)
@pytest.mark.parametrize("dialect", ["pelican", "rst"])
def test_authors_are_a_list_in_pelican(dialect, key, written, expected):
    made = candidate({"title": "t", key: written}, dialect=dialect)
    assert [person.name for person in made.authors] == expected


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ana Prieto ([@ana](https://social.example/@ana))", "Ana Prieto (@ana)"),
        ("[Ana](https://ana.example), who mends cranes", "Ana, who mends cranes"),
        ("Ana Prieto ([@ana](https://a.example)), Tom ([@t](https://t.example))", None),
    ],
)
def test_links_within_a_name_are_their_text(written, name):
    (person,) = authors(written, by=rules())
    assert person.name == (name or "Ana Prieto (@ana), Tom (@t)")
