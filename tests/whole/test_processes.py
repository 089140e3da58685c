"""Several processes read the same as one."""

import os
from pathlib import Path

import pytest

from feedwright.site import Site
from feedwright.survey import gather

NASTY = Path(__file__).parents[1] / "golden/nasty"


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_read_what_one_reads(monkeypatch, jobs):
    site = Site(NASTY / "config.yaml", os.environ)
    alone = gather.gather(site, jobs=1)
    monkeypatch.setattr(gather, "_WORTH_PROCESSES", 2)
    monkeypatch.setattr(gather, "_WORTH_TWO", 2)
    monkeypatch.setattr(gather, "_PIECE", 3)
    together = gather.gather(site, jobs=jobs)
    assert len(alone.candidates) > 10
    assert together.candidates == alone.candidates
    assert together.files == alone.files
    assert together.problems == alone.problems
    assert together.left_out == alone.left_out


def test_few_files_are_read_by_one_process(monkeypatch):
    monkeypatch.setattr(gather, "_shelves_by_processes", None)
    site = Site(NASTY / "config.yaml", os.environ)
    assert gather.gather(site, jobs=8).candidates
