"""A ledger without the lines that say nothing any more. Pure.

Of each article and feed the lines with the smallest and the largest `at` are kept: no other line
counts (`lines.Ends`), and with both of them the ledger still merges with any branch as before.
"""

from feedwright.ledger.lines import Record, ends


def compact(data: bytes, name: str = "ledger.jsonl") -> bytes:
    """Return the ledger with at most two lines for each id, in the order they were written.

    Raises LedgerError as `lines.parse` does.
    """
    found, _, __ = ends(data, name)
    kept: dict[bytes, Record] = {}
    for first, last in found.values():
        kept[first.raw] = first
        kept[last.raw] = last
    return b"".join(record.raw + b"\n" for record in sorted(kept.values()))
