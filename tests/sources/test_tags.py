from pathlib import Path

import pytest

from feedwright.errors import ContentUnavailableError
from feedwright.sources.tags import read_tags


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "tags.yml",
            (
                "sea:\n  label: 'The  sea'\n  permalink: /sea\n  description: All of it\n"
                "ships: Old ships\nown:\nalso: {permalink: /also}\n2024: {label: This year}\n"
            ),
        ),
        (
            "tags.json",
            (
                '{"sea": {"label": "The sea"}, "ships": "Old ships", "own": null,'
                ' "2024": {"label": "This year"}}'
            ),
        ),
        (
            "tags.toml",
            'ships = "Old ships"\n[sea]\nlabel = "The sea"\n[2024]\nlabel = "This year"\n',
        ),
    ],
)
def test_labels_by_key(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    labels = {"sea": "The sea", "ships": "Old ships", "2024": "This year"}
    assert read_tags(str(tmp_path), name) == (labels, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sea: [a]\n", "tags.yml:1: sea: is no tag: neither a label nor keys such as"),
        ("sea: {label: [a]}\n", "tags.yml:1: sea: is no tag"),
        ("- sea\n", "is no tag"),
        ("sea: {\n", "tags.yml:"),
        ("only words\n", "tags.yml:1: is no list of tags; write lines such as sea:"),
    ],
)
def test_what_is_no_tag_is_an_error_and_the_others_are_read(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "tags.yml").write_text(text)
    labels, problems = read_tags(str(tmp_path), "tags.yml")
    assert labels == {}
    assert {each.name for each in problems} == {"tags"}
    assert message in str(problems[0])


def test_a_file_that_is_missing_or_none_is_an_error(tmp_path: Path) -> None:
    labels, (problem,) = read_tags(str(tmp_path), "tags.yml")
    assert (labels, problem.what) == ({}, "the file that content.tags names is missing")
    (tmp_path / "tags.yml").mkdir()
    labels, (problem,) = read_tags(str(tmp_path), "tags.yml")
    assert (labels, problem.name, problem.what) == ({}, "tags", "is no regular file")


def test_a_file_that_cannot_be_read_refuses_the_run(tmp_path: Path) -> None:
    (tmp_path / "loop.yml").symlink_to("loop.yml")
    with pytest.raises(ContentUnavailableError):
        read_tags(str(tmp_path), "loop.yml")
