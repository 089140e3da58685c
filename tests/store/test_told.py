"""Which problems were told of: a cache, and nothing depends on it."""

import pytest

from feedwright.store.told import Told


def test_what_was_told_is_remembered_until_the_next_run(tmp_path):
    Told(tmp_path / "told.json").write({"a", "b\udce9"})
    assert Told(tmp_path / "told.json").read() == {"a", "b\udce9"}
    Told(tmp_path / "told.json").write({"b", "c"})
    assert Told(tmp_path / "told.json").read() == {"b", "c"}


def test_nothing_was_told_before_the_first_run(tmp_path):
    assert Told(tmp_path / "told.json").read() == frozenset()


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"a": 1}', b"[" * 100_000])
def test_a_damaged_record_is_none(tmp_path, data):
    (tmp_path / "told.json").write_bytes(data)
    assert Told(tmp_path / "told.json").read() == frozenset()


def test_a_record_that_cannot_be_written_is_no_error(tmp_path):
    Told(tmp_path / "no" / "told.json").write({"a"})
    assert Told(tmp_path / "no" / "told.json").read() == frozenset()
