import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from feedwright.errors import FeedwrightError, WriteError
from feedwright.store.outbox import Outbox

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def prepare(outbox, at=NOW):
    return outbox.prepare(
        at,
        hold=False,
        ledger_offset=7,
        ledger_lines=b'{"id":"x"}\n',
        steps=[("rss.xml", "", "aa"), ("old.xml", "bb", "")],
    )


def test_a_prepared_publication_is_found_again_with_its_lines_and_steps(tmp_path):
    prepared = prepare(Outbox(tmp_path / "outbox.sqlite"))
    found = Outbox(tmp_path / "outbox.sqlite").unfinished()
    assert found == prepared
    assert found.ledger_offset == 7
    assert found.ledger_lines == b'{"id":"x"}\n'
    assert found.steps == (("rss.xml", "aa"), ("old.xml", ""))


def test_a_finished_publication_is_not_rolled_forward(tmp_path):
    outbox = Outbox(tmp_path / "outbox.sqlite")
    outbox.finish(prepare(outbox).number, keep=timedelta(days=1), now=NOW)
    assert outbox.unfinished() is None
    assert outbox.last().at == NOW
    assert outbox.last().documents == 2


def test_old_publications_are_forgotten_but_never_the_last_one(tmp_path):
    outbox = Outbox(tmp_path / "outbox.sqlite")
    for days in (0, 40, 80):
        at = NOW + timedelta(days=days)
        outbox.finish(prepare(outbox, at).number, keep=timedelta(days=30), now=at)
    with sqlite3.connect(tmp_path / "outbox.sqlite") as database:
        counts = database.execute(
            "SELECT (SELECT count(*) FROM publication), (SELECT count(*) FROM step)"
        ).fetchone()
    database.close()
    assert counts == (1, 2)


def test_no_outbox_means_nothing_is_unfinished_and_no_file_is_made(tmp_path):
    outbox = Outbox(tmp_path / "outbox.sqlite")
    assert outbox.unfinished() is None
    assert outbox.last() is None
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_outbox_is_named_with_the_cure(tmp_path):
    (tmp_path / "outbox.sqlite").write_bytes(b"not a database, " * 100)
    with pytest.raises(FeedwrightError, match=r"outbox\.sqlite: is damaged .* move it away"):
        Outbox(tmp_path / "outbox.sqlite").unfinished()


def test_who_may_not_write_still_reads_the_outbox(tmp_path, monkeypatch):
    outbox = Outbox(tmp_path / "outbox.sqlite")
    outbox.finish(prepare(outbox).number, keep=timedelta(days=1), now=NOW)
    # root may write anywhere, so that the refusal itself is made here
    monkeypatch.setattr("feedwright.store.database.os.access", lambda path, mode: False)
    assert outbox.last().at == NOW
    with pytest.raises(WriteError, match="readonly"):
        prepare(outbox)


def test_who_may_not_write_reads_what_somebody_else_has_not_moved_out_of_the_log_yet(
    tmp_path, monkeypatch
):
    outbox = Outbox(tmp_path / "outbox.sqlite")
    with outbox._open():
        outbox.finish(prepare(outbox).number, keep=timedelta(days=1), now=NOW)
        assert (tmp_path / "outbox.sqlite-wal").stat().st_size
        monkeypatch.setattr("feedwright.store.database.os.access", lambda path, mode: False)
        assert outbox.last().at == NOW


def test_lines_of_several_pieces_come_back_whole_and_leave_no_room_behind(tmp_path):
    path = tmp_path / "outbox.sqlite"
    outbox = Outbox(path)
    lines = b"".join(b'{"id": "tag:example.org,2026:%d"}\n' % n for n in range(150_000))
    assert len(lines) > 4 << 20
    prepared = outbox.prepare(
        NOW, hold=False, ledger_offset=0, ledger_lines=lines, steps=[("rss.xml", "", "ab")]
    )
    assert outbox.unfinished() == prepared
    assert path.stat().st_size > 4 << 20
    outbox.finish(prepared.number, keep=timedelta(days=1), now=NOW)
    assert path.stat().st_size < 200_000
    assert outbox.last().documents == 1
