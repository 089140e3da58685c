from feedwright.store.index import Index


def test_problems_of_the_last_run_are_remembered(tmp_path):
    Index(tmp_path / "index.sqlite").tell({"a", "b"})
    Index(tmp_path / "index.sqlite").tell({"b", "c"})
    assert Index(tmp_path / "index.sqlite").told() == {"b", "c"}


def test_a_missing_index_knows_nothing_and_is_not_made_by_asking(tmp_path):
    assert Index(tmp_path / "index.sqlite").told() == frozenset()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_index_is_made_anew(tmp_path):
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"garbage" * 1000)
    assert Index(path).told() == frozenset()
    Index(path).tell({"a"})
    assert Index(path).told() == {"a"}
