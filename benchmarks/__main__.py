"""`python -m benchmarks`: measure runs of feedwright beside `find` and, where it is there, Hugo."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import changes, corpus, hugo, report, stages
from benchmarks.measure import Cost, run
from benchmarks.report import Row

_FIND = ("find", "content", "-printf", "%T@ %s %p\\n")
_BUILD = (sys.executable, "-m", "feedwright", "build", "--no-notify")
_SETTLED = 2.5
"""Seconds after which a file that was written no longer counts as one that may change unseen."""


def main() -> None:
    """Measure, print a table, and write it into docs/performance.md when asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of articles")
    parser.add_argument("--runs", type=int, default=5, help="repetitions; medians are told")
    parser.add_argument("--hugo", default=shutil.which("hugo") or "", help="path of Hugo's binary")
    parser.add_argument("--folder", type=Path, help="where to keep the articles between calls")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md and .svg")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="feedwright-benchmarks-"))
    try:
        sizes = [int(size) for size in options.sizes.split(",")]
        rows = [row for size in sizes for row in _measured(folder, size, options)]
        parts = stages.measured(folder / str(sizes[-1]) / "site", min(sizes[-1], 10_000))
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    print(report.table(rows))
    print(report.stages(parts))
    if options.write:
        report.write(Path(__file__).parent.parent / "docs", rows, parts)


def _measured(folder: Path, count: int, options: argparse.Namespace) -> list[Row]:
    """Measure all runs of one size, each beside `find`, the first build beside Hugo."""
    site = folder / str(count) / "site"
    shutil.rmtree(site / "content", ignore_errors=True)
    corpus.write(site, count)
    peer: Callable[[], Cost] | None = None
    if options.hugo:
        beside = folder / str(count) / "hugo"
        hugo.prepare(beside, site / "content")
        peer = _peer(hugo.binary(options.hugo), beside)
    rows = [_row(count, "first build", [_first(site, peer) for _ in range(options.runs)])]
    for name, change in changes.CHANGES.items():
        time.sleep(_SETTLED)
        run(_BUILD, site)
        print(".", end="", file=sys.stderr, flush=True)
        costs = [_changed(site, count, number, change) for number in range(options.runs)]
        rows.append(_row(count, name, costs))
    return rows


def _peer(binary: str, folder: Path) -> Callable[[], Cost]:
    def build() -> Cost:
        hugo.forget(folder)
        return run([binary], folder)

    return build


def _first(site: Path, peer: Callable[[], Cost] | None) -> tuple[Cost, Cost, Cost | None]:
    shutil.rmtree(site / "feeds", ignore_errors=True)
    shutil.rmtree(site / ".feedwright", ignore_errors=True)
    (site / "ledger.jsonl").unlink(missing_ok=True)
    found = run(_FIND, site)
    return run(_BUILD, site), found, peer() if peer else None


def _changed(
    site: Path, count: int, number: int, change: changes.Change
) -> tuple[Cost, Cost, Cost | None]:
    change(site, count, number)
    found = run(_FIND, site)
    return run(_BUILD, site), found, None


def _row(count: int, name: str, costs: Sequence[tuple[Cost, Cost, Cost | None]]) -> Row:
    ours, finds, peers = zip(*costs, strict=True)
    return Row(count, name, ours, finds, tuple(each for each in peers if each is not None))


if __name__ == "__main__":
    main()
