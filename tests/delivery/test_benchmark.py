"""The benchmark runs, and what it finds is not far from the goals even on a busy machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_benchmark_of_deliveries_reaches_half_of_its_goals_at_least():
    done = subprocess.run(
        [sys.executable, "benchmarks/deliveries.py", "--quick", "--repeat", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    ratios = [float(each) for each in re.findall(r"([0-9.]+) x the goal", done.stdout)]
    assert len(ratios) == 3
    assert min(ratios) > 0.5
