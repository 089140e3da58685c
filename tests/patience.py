"""Work that has to stay in proportion to its input.

The bound is no measurement: it is far above what the work costs on any machine, under any load, and
far below what it would cost if it grew with the square of its input, or did not end.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_CPU_SECONDS = 25


@contextmanager
def little_work() -> Iterator[None]:
    """Fail if what is done inside takes CPU out of all proportion."""
    begin = time.process_time()
    yield
    spent = time.process_time() - begin
    assert spent < _CPU_SECONDS, f"{spent:.0f} s of CPU"
