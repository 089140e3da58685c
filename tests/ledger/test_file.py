"""The ledger on disk: appended once, whatever was killed or pulled in between."""

import os

import pytest

from feedwright.errors import LedgerError, WriteError
from feedwright.ledger import file
from feedwright.ledger.lines import EMPTY, dump, parse
from tests.ledger.test_lines import FEED, LINE

OLD = dump(FEED)
NEW = dump(LINE) + dump(LINE._replace(id="urn:isbn:2"))


def ledger_of(tmp_path, data=OLD):
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(data)
    return path


def test_a_missing_file_is_an_empty_ledger(tmp_path):
    assert file.read(tmp_path / "ledger.jsonl") == (b"", EMPTY)


def test_a_pipe_in_the_place_of_the_ledger_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "ledger.jsonl")
    with pytest.raises(LedgerError, match="no regular file"):
        file.read(tmp_path / "ledger.jsonl")


def test_what_was_appended_is_read(tmp_path):
    path = tmp_path / "new" / "ledger.jsonl"
    file.append(path, 0, OLD)
    file.append(path, len(OLD), NEW)
    assert file.read(path) == (OLD + NEW, parse(OLD + NEW))


def test_nothing_to_append_touches_nothing(tmp_path):
    file.append(tmp_path / "ledger.jsonl", 0, b"")
    assert not (tmp_path / "ledger.jsonl").exists()


@pytest.mark.parametrize("cut", [0, 1, 20, len(dump(LINE)), len(NEW) - 1, len(NEW)])
def test_appending_again_after_a_kill_gives_the_lines_once(tmp_path, cut):
    path = ledger_of(tmp_path, OLD + NEW[:cut])
    file.append(path, len(OLD), NEW)
    assert path.read_bytes() == OLD + NEW


@pytest.mark.parametrize("pulled", [dump(LINE._replace(id="urn:isbn:9")), dump(LINE)])
def test_lines_that_another_hand_added_stay(tmp_path, pulled):
    path = ledger_of(tmp_path, OLD + pulled)
    file.append(path, len(OLD), NEW)
    data = path.read_bytes()
    assert data.startswith(OLD + pulled)
    assert sorted(set(data.splitlines())) == sorted(set((OLD + pulled + NEW).splitlines()))
    assert len(data.splitlines()) == len(set(data.splitlines()))


def test_a_ledger_that_became_shorter_gets_all_lines(tmp_path):
    path = ledger_of(tmp_path, b"")
    file.append(path, len(OLD), NEW)
    assert path.read_bytes() == NEW


def test_a_torn_line_of_nobody_is_cut_off(tmp_path):
    path = ledger_of(tmp_path, OLD + b'{"id":"torn')
    _, ledger = file.read(path)
    file.append(path, ledger.whole, NEW)
    assert path.read_bytes() == OLD + NEW


def test_a_lost_line_end_comes_back(tmp_path):
    path = ledger_of(tmp_path, OLD.removesuffix(b"\n"))
    _, ledger = file.read(path)
    for _ in range(2):
        file.append(path, ledger.whole, NEW)
        assert path.read_bytes() == OLD + NEW


def test_crlf_of_a_bad_checkout_is_not_written_twice(tmp_path):
    path = ledger_of(tmp_path, (OLD + NEW).replace(b"\n", b"\r\n"))
    file.append(path, len(OLD), NEW)
    assert path.read_bytes() == (OLD + NEW).replace(b"\n", b"\r\n")


def test_replacing_keeps_no_file_beside(tmp_path):
    path = ledger_of(tmp_path)
    file.replace(path, NEW)
    assert path.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_follows_a_link_and_keeps_the_mode(tmp_path):
    path = ledger_of(tmp_path)
    path.chmod(0o600)
    link = tmp_path / "site" / "ledger.jsonl"
    link.parent.mkdir()
    link.symlink_to(path)
    file.replace(link, NEW)
    assert (link.is_symlink(), path.read_bytes()) == (True, NEW)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_broken_line_is_named_with_the_file(tmp_path):
    with pytest.raises(LedgerError, match=r"ledger\.jsonl:2: "):
        file.read(ledger_of(tmp_path, OLD + b"junk\n"))


def test_a_folder_in_the_ledgers_place_is_told(tmp_path):
    (tmp_path / "ledger.jsonl").mkdir()
    with pytest.raises(LedgerError, match="cannot be read"):
        file.read(tmp_path / "ledger.jsonl")
    with pytest.raises(WriteError, match="cannot be written"):
        file.append(tmp_path / "ledger.jsonl", 0, NEW)
    with pytest.raises(WriteError, match="cannot be written"):
        file.replace(tmp_path / "ledger.jsonl", NEW)
