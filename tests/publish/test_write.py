import errno
import os
from hashlib import sha256

import pytest

from feedwright.errors import WriteError
from feedwright.publish import write
from feedwright.publish.plan import Step


def step(path, data=b"new"):
    return Step(path, "", sha256(data).hexdigest() if data else "", data)


def visible(folder):
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_staged_documents_become_visible_together(tmp_path):
    steps = [step("rss.xml"), step("category/sea/rss.xml", b"sea")]
    write.stage(tmp_path, steps)
    assert not (tmp_path / "rss.xml").exists()
    write.swap(tmp_path, [(each.path, each.new) for each in steps])
    assert visible(tmp_path) == ["category/sea/rss.xml", "rss.xml"]
    assert (tmp_path / "category/sea/rss.xml").read_bytes() == b"sea"


def test_a_removal_takes_its_empty_folder_along_but_not_others_files(tmp_path):
    for path in ("a/x/rss.xml", "b/rss.xml", "b/theirs.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"old")
    write.swap(tmp_path, [("a/x/rss.xml", ""), ("b/rss.xml", "")])
    assert visible(tmp_path) == ["b/theirs.txt"]
    assert not (tmp_path / "a").exists()


def test_a_pipe_in_the_place_of_a_document_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "rss.xml")
    with pytest.raises(WriteError, match=r"feeds/rss\.xml: cannot be read \(no regular file\)"):
        write.read_existing(tmp_path, ["rss.xml"])


def test_swapping_again_after_a_kill_changes_nothing(tmp_path):
    steps = [step("rss.xml")]
    write.stage(tmp_path, steps)
    for _ in range(2):
        write.swap(tmp_path, [(each.path, each.new) for each in steps])
    assert (tmp_path / "rss.xml").read_bytes() == b"new"


def test_a_temporary_file_with_other_bytes_never_becomes_visible(tmp_path):
    write.temporary(tmp_path / "rss.xml").write_bytes(b"half")
    write.swap(tmp_path, [("rss.xml", sha256(b"whole").hexdigest())])
    assert not (tmp_path / "rss.xml").exists()


def test_left_temporary_files_are_swept(tmp_path):
    write.stage(tmp_path, [step("a/rss.xml"), step("rss.xml")])
    write.sweep(tmp_path, ["a/rss.xml", "rss.xml"])
    assert visible(tmp_path) == []


def test_a_full_disk_leaves_nothing_behind_and_is_refused(tmp_path, monkeypatch):
    written = []
    real = write._write_durably

    def full(path, data):
        if written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        written.append(path)
        real(path, data)

    monkeypatch.setattr(write, "_write_durably", full)
    with pytest.raises(WriteError, match="free some space") as error:
        write.stage(tmp_path, [step("a.xml"), step("b.xml")])
    assert error.value.exit_code == 3
    assert visible(tmp_path) == []


def test_a_folder_in_the_way_is_named_with_the_cure(tmp_path):
    (tmp_path / "rss.xml").mkdir()
    with pytest.raises(WriteError, match=r"feeds/rss\.xml"):
        write.read_existing(tmp_path, ["rss.xml"])


def test_a_file_where_a_folder_is_needed_is_refused(tmp_path):
    (tmp_path / "category").write_text("a file")
    with pytest.raises(WriteError, match="cannot be written"):
        write.stage(tmp_path, [step("category/sea/rss.xml")])


def test_reading_what_exists_leaves_out_what_does_not(tmp_path):
    (tmp_path / "rss.xml").write_bytes(b"x")
    assert write.read_existing(tmp_path, ["rss.xml", "no/atom.xml"]) == {"rss.xml": b"x"}
