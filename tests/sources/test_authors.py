import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.errors import ContentUnavailableError
from feedwright.model import Person
from feedwright.sources.authors import read_authors

ANA = Person("Ana Prieto", "ana@example.org", "https://example.org/ana", "/ana.png")

DOCUSAURUS = """\
ana:
  name: Ana Prieto
  title: Editor
  url: https://example.org/ana
  email: ana@example.org
  image_url: /ana.png
"""
MKDOCS = """\
authors:
  Ana:
    name: Ana Prieto
    description: Editor
    avatar: /ana.png
    website: https://example.org/ana
    email: mailto:ana@example.org
"""
A_LIST = """\
- handle: ana
  name: Ana  Prieto
  avatar: /ana.png
  url: https://example.org/ana
  email: ana@example.org
"""
JSON = """{"ana": {"Name": "Ana Prieto", "Email": "ana@example.org",
"URL": "https://example.org/ana", "avatar": "/ana.png"}}"""
TOML = """[ana]
name = "Ana Prieto"
email = "ana@example.org"
url = "https://example.org/ana"
avatar = "/ana.png"
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("authors.yml", DOCUSAURUS),
        ("authors.yml", MKDOCS),
        ("authors.yml", A_LIST),
        ("authors.yml", "---\n" + DOCUSAURUS),
        ("authors.yml", "---\n" + DOCUSAURUS + "---\n"),
        ("people.json", JSON),
        ("people.toml", TOML),
    ],
)
def test_every_form_of_the_file_gives_the_same_people(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert read_authors(str(tmp_path), name) == ({"ana": ANA}, ())


def test_a_folder_has_a_record_for_each(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people/ana.md").write_text(
        "---\nname: Ana Prieto\nemail: ana@example.org\nurl: https://example.org/ana\n"
        "avatar: /ana.png\n---\nWrites.\n"
    )
    (tmp_path / "people/Tom.yml").write_text("email: tom@example.org\n")
    (tmp_path / "people/notes.txt").write_text("x")
    people, problems = read_authors(str(tmp_path), "people")
    assert people == {"ana": ANA, "tom": Person("Tom", "tom@example.org")}
    assert problems == ()


def test_a_handle_may_stand_for_a_name_alone(tmp_path: Path) -> None:
    (tmp_path / "authors.yml").write_text("ana: Ana Prieto\ntom: {url: /tom}\n")
    people, _ = read_authors(str(tmp_path), "authors.yml")
    assert people == {"ana": Person("Ana Prieto"), "tom": Person("tom", url="/tom")}


def test_the_default_file_may_be_missing_a_named_one_not(tmp_path: Path) -> None:
    assert read_authors(str(tmp_path), "authors.yml") == ({}, ())
    assert read_authors(str(tmp_path), "") == ({}, ())
    people, problems = read_authors(str(tmp_path), "people.yml")
    assert people == {}
    assert [str(problem) for problem in problems] == [
        "people.yml: the file that content.authors names is missing; create it, or correct its name"
    ]


def test_a_broken_person_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "authors.yml").write_text("ana: Ana Prieto\ntom: [1]\nmia:\nbo: Bo\n")
    people, problems = read_authors(str(tmp_path), "authors.yml")
    assert sorted(people) == ["ana", "bo"]
    assert [(problem.line, problem.field) for problem in problems] == [(2, "tom"), (3, "mia")]


def test_a_broken_file_is_a_problem_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "authors.yml").write_text("ana: x\ntom: [\n")
    people, (problem,) = read_authors(str(tmp_path), "authors.yml")
    assert people == {}
    assert (problem.severity, problem.name, problem.path) == ("error", "authors", "authors.yml")
    assert problem.line > 1


def test_a_pipe_in_the_place_of_the_file_is_a_problem_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "authors.yml")
    _, (problem,) = read_authors(str(tmp_path), "authors.yml")
    assert problem.what == "is no regular file"


def test_a_file_that_cannot_be_read_refuses_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", failing)
    with pytest.raises(ContentUnavailableError, match=r"authors\.yml: cannot be read"):
        read_authors(str(tmp_path), "authors.yml")


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from([b"ana:", b" ", b"\n", b"- ", b"name: ", b"authors:", b"[", b"{", b"---\n"])
        | st.binary(max_size=4),
        max_size=20,
    )
)
def test_any_bytes_give_people_or_problems(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]
) -> None:
    root = tmp_path_factory.getbasetemp() / "authors"
    root.mkdir(exist_ok=True)
    (root / "authors.yml").write_bytes(b"".join(parts))
    people, problems = read_authors(str(root), "authors.yml")
    assert all(isinstance(person, Person) and person.name for person in people.values())
    assert all(problem.what for problem in problems)
