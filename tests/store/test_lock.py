import multiprocessing

import pytest

from feedwright.errors import LockedError, WriteError
from feedwright.store.lock import locked


def _hold(state, ready, release):
    with locked(state, wait=False):
        ready.set()
        release.wait(10)


def test_a_second_process_is_told_that_a_build_is_running(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready, release = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(tmp_path, ready, release))
    holder.start()
    try:
        assert ready.wait(30)
        with pytest.raises(LockedError) as error, locked(tmp_path, wait=False):
            pass
        assert error.value.exit_code == 4
        release.set()
        with locked(tmp_path, wait=True):
            pass
    finally:
        release.set()
        holder.join(10)


def test_the_lock_is_free_again_after_use(tmp_path):
    for _ in range(2):
        with locked(tmp_path / "state", wait=False):
            assert (tmp_path / "state").is_dir()


def test_a_state_folder_that_cannot_be_made_is_refused_with_the_cure(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="set `state`"), locked(tmp_path / "file/x", wait=False):
        pass
