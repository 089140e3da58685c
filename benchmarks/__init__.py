"""What a run costs: `python -m benchmarks` (docs/performance.md)."""
