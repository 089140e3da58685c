import os
from pathlib import Path

import pytest

from feedwright.config.schema import Content
from feedwright.errors import ContentUnavailableError
from feedwright.sources.scan import Scan, scan
from tests.sources.reading import content_of, read_all


def site(root: Path, *names: str) -> Path:
    for name in names:
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    return root / "content"


def paths(found: Scan) -> list[str]:
    return [file.path for file in found.files]


def names(found: Scan) -> list[tuple[str, str]]:
    return [(problem.name, problem.path) for problem in found.problems]


def reasons(found: Scan) -> dict[str, str]:
    return {each.path: each.reason for each in found.left_out}


def test_files_come_in_the_order_of_paths_with_their_stat(tmp_path: Path) -> None:
    content = site(tmp_path, "b.md", "a/z.HTML", "a.txt", "c.markdown", "d.mkd", "e.xhtml")
    found = scan(str(tmp_path), content_of())
    assert paths(found) == sorted(paths(found))
    assert len(found.files) == 6
    file = next(each for each in found.files if each.path == "content/a/z.HTML")
    stat = (content / "a/z.HTML").stat()
    assert file.below == "a/z.HTML"
    assert file.absolute == str(content / "a/z.HTML")
    assert (file.size, file.mtime_ns, file.inode) == (stat.st_size, stat.st_mtime_ns, stat.st_ino)


def test_hidden_files_and_furniture_are_passed_over_in_silence(tmp_path: Path) -> None:
    site(
        tmp_path,
        ".hidden.md",
        ".git/x.md",
        "node_modules/x.md",
        "_layouts/x.html",
        "a.png",
        "x.md~",
        "x.md.bak",
        ".#x.md",
        "a.md",
    )
    found = scan(str(tmp_path), content_of())
    assert paths(found) == ["content/a.md"]
    assert found.left_out == ()
    assert found.problems == ()


def test_a_language_behind_the_extension_is_told(tmp_path: Path) -> None:
    site(tmp_path, "a.rst", "a.rst.es", "b.md.bak", "c.es")
    found = scan(str(tmp_path), content_of())
    assert [file.below for file in found.files] == ["a.rst"]
    assert [each.path for each in found.left_out] == ["content/a.rst.es"]
    assert "x.es.md" in found.left_out[0].reason


def test_what_is_plausible_but_not_read_is_named_with_a_reason(tmp_path: Path) -> None:
    left = ["x.adoc", "x.docx", "x.ipynb", "_index.md", "s/_index.fr.md", "index.md"]
    left += ["sub/README.md", "robots.txt", "404.html", "LICENSE.md", "google0123456789abcdef.html"]
    site(tmp_path, *left, "bundle/index.md")
    found = scan(str(tmp_path), content_of())
    assert paths(found) == ["content/bundle/index.md"]
    assert sorted(reasons(found)) == sorted(f"content/{name}" for name in left)
    assert "AsciiDoc" in reasons(found)["content/x.adoc"]


def test_include_and_exclude_are_globs(tmp_path: Path) -> None:
    site(tmp_path, "posts/a.md", "posts/deep/b.md", "notes/c.md", "posts/old/d.md", "x/skip.md")
    found = scan(
        str(tmp_path), content_of(include=("posts/**", "x"), exclude=("old", "skip.md", "*/deep"))
    )
    assert paths(found) == ["content/posts/a.md"]
    assert reasons(found) == {
        "content/posts/old/": "content.exclude",
        "content/posts/deep/": "content.exclude",
        "content/notes/c.md": "content.include does not name it",
        "content/x/skip.md": "content.exclude",
    }


def test_several_content_folders_and_the_root_itself(tmp_path: Path) -> None:
    site(tmp_path, "a.md")
    (tmp_path / "more").mkdir()
    (tmp_path / "more/b.md").write_text("# b\n")
    found = scan(str(tmp_path), Content(path=("content", "more/")))
    assert paths(found) == ["content/a.md", "more/b.md"]
    everything = scan(str(tmp_path), Content(path=(".",)))
    assert paths(everything) == ["content/a.md", "more/b.md"]
    assert everything.files[0].below == "content/a.md"


def test_a_folder_given_twice_gives_each_file_once(tmp_path: Path) -> None:
    site(tmp_path, "posts/a.md")
    found = scan(str(tmp_path), Content(path=("content", "content/posts")))
    assert paths(found) == ["content/posts/a.md"]


def test_a_missing_content_folder_refuses_the_run(tmp_path: Path) -> None:
    with pytest.raises(ContentUnavailableError, match="content: the content folder is missing"):
        scan(str(tmp_path), content_of())
    (tmp_path / "content").write_text("a file")
    with pytest.raises(ContentUnavailableError, match="is no folder"):
        scan(str(tmp_path), content_of())


@pytest.mark.parametrize(
    "error", [PermissionError(13, "denied"), OSError(5, "io"), OSError(116, "stale")]
)
def test_a_folder_that_cannot_be_listed_refuses_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    site(tmp_path, "a.md", "posts/b.md")
    real = os.scandir

    def failing(path: str) -> object:
        if str(path).endswith("posts"):
            raise error
        return real(path)

    monkeypatch.setattr(os, "scandir", failing)
    with pytest.raises(ContentUnavailableError, match="content/posts: cannot be read"):
        scan(str(tmp_path), content_of())


def test_a_folder_that_vanishes_meanwhile_is_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(tmp_path, "a.md", "posts/b.md")
    real = os.scandir

    def failing(path: str) -> object:
        if str(path).endswith("posts"):
            raise FileNotFoundError(2, "gone")
        return real(path)

    monkeypatch.setattr(os, "scandir", failing)
    assert paths(scan(str(tmp_path), content_of())) == ["content/a.md"]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    content = site(tmp_path, "a.md")
    os.mkfifo(content / "pipe.md")
    found, readings = read_all(tmp_path, content_of())
    assert list(readings) == ["content/a.md"]
    assert reasons(found) == {"content/pipe.md": "is no regular file"}


def test_a_name_that_is_not_utf_8_is_a_problem_that_can_be_printed(tmp_path: Path) -> None:
    content = site(tmp_path, "a.md")
    Path(os.fsdecode(os.fsencode(content) + b"/gr\xf6\xdfe.md")).write_text("# x\n")
    found = scan(str(tmp_path), content_of())
    assert names(found) == [("path-encoding", r"content/gr\xf6\xdfe.md")]
    str(found.problems[0]).encode()
    assert paths(found) == ["content/a.md"]


class TestLinks:
    def test_a_link_to_an_article_that_is_read_is_not_read_twice(self, tmp_path: Path) -> None:
        content = site(tmp_path, "a.md", "posts/b.md")
        (content / "again.md").symlink_to("a.md")
        (content / "folder").symlink_to("posts")
        found = scan(str(tmp_path), content_of())
        assert paths(found) == ["content/a.md", "content/posts/b.md"]
        assert reasons(found) == {
            "content/again.md": "is a link to a file that is read",
            "content/folder/": "is a link to a folder that is read",
        }
        assert found.problems == ()

    def test_links_within_the_content_folder_are_followed(self, tmp_path: Path) -> None:
        content = site(tmp_path, ".store/a.md", ".store/b/c.md")
        (content / "a.md").symlink_to(".store/a.md")
        (content / "posts").symlink_to(".store/b")
        found, readings = read_all(tmp_path, content_of())
        assert paths(found) == ["content/a.md", "content/posts/c.md"]
        assert all(reading.articles for reading in readings.values())

    def test_the_content_folder_itself_may_be_a_link(self, tmp_path: Path) -> None:
        content = site(tmp_path, "a.md")
        content.rename(tmp_path / "elsewhere")
        (tmp_path / "content").symlink_to("elsewhere")
        assert paths(scan(str(tmp_path), content_of())) == ["content/a.md"]

    def test_loops_are_problems_and_end(self, tmp_path: Path) -> None:
        content = site(tmp_path, "a.md", "posts/b.md")
        (content / "self.md").symlink_to("self.md")
        (content / "posts/up").symlink_to("..")
        (content / "posts/here").symlink_to(".")
        found = scan(str(tmp_path), content_of())
        assert paths(found) == ["content/a.md", "content/posts/b.md"]
        assert names(found) == [
            ("link-loop", "content/posts/here"),
            ("link-loop", "content/posts/up"),
            ("link-loop", "content/self.md"),
        ]

    def test_links_that_hold_each_other_end(self, tmp_path: Path) -> None:
        content = site(tmp_path, ".a/x.md", ".b/y.md")
        (content / ".a/b").symlink_to("../.b")
        (content / ".b/a").symlink_to("../.a")
        (content / "posts").symlink_to(".a")
        assert paths(scan(str(tmp_path), content_of())) == [
            "content/posts/b/y.md",
            "content/posts/x.md",
        ]

    def test_links_that_leave_the_content_folder_are_problems(self, tmp_path: Path) -> None:
        content = site(tmp_path, "a.md")
        (tmp_path / "secret").mkdir()
        (tmp_path / "secret/s.md").write_text("# s\n")
        (content / "s.md").symlink_to("../secret/s.md")
        (content / "folder").symlink_to(tmp_path / "secret")
        (content / "picture.png").symlink_to("../secret/s.md")
        found = scan(str(tmp_path), content_of())
        assert paths(found) == ["content/a.md"]
        assert names(found) == [
            ("link-escapes", "content/folder"),
            ("link-escapes", "content/s.md"),
        ]
        assert scan(str(tmp_path), content_of(exclude=("folder", "s.md"))).problems == ()

    def test_a_sibling_folder_with_a_longer_name_is_outside(self, tmp_path: Path) -> None:
        content = site(tmp_path, "a.md")
        (tmp_path / "content-private").mkdir()
        (tmp_path / "content-private/p.md").write_text("# p\n")
        (content / "p.md").symlink_to("../content-private/p.md")
        assert names(scan(str(tmp_path), content_of())) == [("link-escapes", "content/p.md")]

    def test_a_link_to_nothing_is_a_problem(self, tmp_path: Path) -> None:
        content = site(tmp_path, "a.md")
        (content / "b.md").symlink_to("nowhere.md")
        (content / "b.png").symlink_to("nowhere.png")
        assert names(scan(str(tmp_path), content_of())) == [("link-broken", "content/b.md")]


class TestData:
    def test_a_sidecar_without_article_is_a_warning(self, tmp_path: Path) -> None:
        site(tmp_path, "a.md", "a.yaml", "b.meta", "c.md", "c.md.json")
        found = scan(str(tmp_path), content_of())
        assert sorted(found.data) == ["content/a.yaml", "content/b.meta", "content/c.md.json"]
        assert names(found) == [("sidecar-orphan", "content/b.meta")]
        assert found.problems[0].severity == "warning"

    def test_data_of_the_site_or_the_folder_is_no_sidecar(self, tmp_path: Path) -> None:
        site(
            tmp_path, "authors.yml", ".authors.yml", "posts/posts.json", "posts/posts.11tydata.json"
        )
        site(tmp_path, "tags.yml", "x/_data/menu.yml")
        assert scan(str(tmp_path), content_of()).problems == ()
