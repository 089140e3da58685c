"""A ledger without the lines that say nothing any more. Pure.

Of each article the lines with the smallest and the largest `at` are kept: no other line counts
(`lines.Ends`), and with both of them the ledger still merges with any branch as before. Lines of
feeds all stay: they are few, and each of them says that a folder is ours.
"""

from feedwright.ledger.lines import Record, ends, records
from feedwright.model import FeedLine


def compact(data: bytes, name: str = "ledger.jsonl") -> bytes:
    """Return the ledger with at most two lines for each article, in the order of their `at`.

    Raises LedgerError as `lines.parse` does.
    """
    found, _, __ = ends(data, name)
    feeds = (record for record in records(data, name) if isinstance(record.line, FeedLine))
    kept: dict[bytes, Record] = {record.raw: record for record in feeds}
    for first, last in found.values():
        kept[first.raw] = first
        kept[last.raw] = last
    return b"".join(record.raw + b"\n" for record in sorted(kept.values()))
