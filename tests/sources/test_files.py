from pathlib import Path

import pytest

from feedwright.errors import ContentUnavailableError
from feedwright.sources.files import Measured, Measurer
from tests.sources.reading import content_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, size in {
        "content/posts/a b.png": 3,
        "content/posts/sub/c.mp3": 5,
        "content/images/d.jpg": 7,
        "static/e.webp": 9,
        "static/ü.png": 11,
        "secret.png": 13,
        "static-not/f.png": 15,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    return tmp_path


@pytest.mark.parametrize(
    ("reference", "length", "media_type"),
    [
        ("a%20b.png", 3, "image/png"),
        ("a b.png?v=2#top", 3, "image/png"),
        ("./a b.png", 3, "image/png"),
        ("sub/c.mp3", 5, "audio/mpeg"),
        ("../images/d.jpg", 7, "image/jpeg"),
        ("/images/d.jpg", 7, "image/jpeg"),
        ("{static}/images/d.jpg", 7, "image/jpeg"),
        ("{attach}sub/c.mp3", 5, "audio/mpeg"),
        ("/e.webp", 9, "image/webp"),
        ("/%C3%BC.png", 11, "image/png"),
    ],
)
def test_a_local_file_is_measured(root: Path, reference: str, length: int, media_type: str) -> None:
    found = Measurer(str(root), content_of()).measure("content/posts/x.md", reference)
    assert found is not None
    assert (found.length, found.media_type) == (length, media_type)


@pytest.mark.parametrize(
    "reference",
    [
        "nowhere.png",
        "../../secret.png",
        "/../secret.png",
        "/%2e%2e/secret.png",
        "../../static-not/f.png",
        "https://example.org/a.png",
        "//example.org/a.png",
        "data:image/png;base64,AAAA",
        "mailto:a@example.org",
        "#a",
        "?a",
        "",
        "/",
        ".",
        "sub",
        "sub/c.mp3/d",
        "a\0b",
        "x" * 5000,
        "\ud800",
    ],
)
def test_nothing_else_is_looked_at(root: Path, reference: str) -> None:
    assert Measurer(str(root), content_of()).measure("content/posts/x.md", reference) is None


def test_links_out_of_the_folders_are_not_followed(root: Path) -> None:
    (root / "content/posts/s.png").symlink_to(root / "secret.png")
    (root / "content/posts/loop.png").symlink_to("loop.png")
    measurer = Measurer(str(root), content_of())
    assert measurer.measure("content/posts/x.md", "s.png") is None
    assert measurer.measure("content/posts/x.md", "loop.png") is None


def test_each_file_is_looked_at_once_and_remembered(root: Path) -> None:
    measurer = Measurer(str(root), content_of())
    first = measurer.measure("content/posts/x.md", "/e.webp")
    assert first == Measured(str(root / "static/e.webp"), 9, "image/webp")
    (root / "static/e.webp").unlink()
    assert measurer.measure("content/posts/x.md", "/e.webp") is first
    assert measurer.measure("content/posts/x.md", "missing.png") is None
    assert measurer.lengths("content/posts/x.md", "/e.webp") == {str(root / "static/e.webp"): 9}
    missing = measurer.lengths("content/posts/x.md", "missing.png")
    assert missing == {str(root / "content/posts/missing.png"): -1}


def test_a_file_that_cannot_be_looked_at_refuses_the_run(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measurer = Measurer(str(root), content_of())

    def failing(_: object) -> object:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.stat", failing)
    with pytest.raises(ContentUnavailableError, match="nothing was changed"):
        measurer.measure("content/posts/x.md", "/e.webp")
