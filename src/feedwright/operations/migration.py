"""Adopting the ids of a feed that is published already, and tidying the ledger."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from feedwright.errors import FeedUnavailableError
from feedwright.ledger import existing, fetch, file
from feedwright.ledger.compact import compact as without_idle_lines
from feedwright.ledger.importing import Imported, match
from feedwright.ledger.lines import dump
from feedwright.site import Site
from feedwright.store.lock import locked
from feedwright.store.outbox import Outbox
from feedwright.survey.gather import gather
from feedwright.survey.identify import tools

MAX_PAGES = 200
"""Older pages of a feed (RFC 5005) that are followed."""


class Report(NamedTuple):
    """What an import did, or would do."""

    imported: Imported
    dry_run: bool

    def as_json(self) -> dict[str, object]:
        """Return it for `--json`."""
        found = self.imported
        return {
            "adopted": [
                {"id": line.id, "path": line.path, "title": line.title} for line in found.lines
            ],
            "known": [each.id for each in found.known],
            "published_here_under_another_id": [
                {"id": entry.id, "kept": line.id, "path": line.path} for entry, line in found.taken
            ],
            "not_an_iri": [{"id": entry.id, "atom_id": line.id} for entry, line in found.changed],
            "unmatched": [
                {"id": each.id, "link": each.link, "title": each.title} for each in found.unmatched
            ],
            "dry_run": self.dry_run,
        }

    def as_text(self) -> str:
        """Return it for people: what needs a look first."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        found = self.imported
        for each in found.unmatched:
            yield f"no article matches: {each.title or each.id} ({each.link or 'no link'})"
        for entry, line in found.taken:
            yield f"{line.path}: is published under {line.id} already, which stays, not {entry.id}"
        for entry, line in found.changed:
            yield (
                f"{line.path}: {entry.id} is no IRI, which an id in Atom has to be; it becomes "
                f"{line.id}, and subscribers see this article once more"
            )
        verb = "would adopt" if self.dry_run else "adopted"
        yield (
            f"{verb} {len(found.lines)} ids; {len(found.known)} were known, "
            f"{len(found.unmatched)} match no article"
        )


def import_feed(site: Site, feed: str, now: datetime, *, dry_run: bool) -> Report:
    """Adopt the ids of an existing feed: a file, or an address whose older pages are followed.

    Raises FeedUnavailableError when it cannot be fetched or read.
    """
    if dry_run:
        return _match(site, feed, now, dry_run=True)
    with locked(site.state_folder, wait=True):
        report = _match(site, feed, now, dry_run=False)
        _, ledger = file.read(site.ledger_path)
        file.append(site.ledger_path, ledger.whole, b"".join(map(dump, report.imported.lines)))
        if report.imported.lines:
            Outbox(site.state_folder / "outbox.sqlite").note_import()
        return report


def compact(site: Site) -> tuple[int, int]:
    """Rewrite the ledger without lines that say nothing; return the number before and after."""
    with locked(site.state_folder, wait=True):
        before, _ = file.read(site.ledger_path)
        after = without_idle_lines(before, site.ledger_path.name)
        if after != before:
            file.replace(site.ledger_path, after)
    return before.count(b"\n"), after.count(b"\n")


def _match(site: Site, feed: str, now: datetime, *, dry_run: bool) -> Report:
    gathered = gather(site)
    _, ledger = file.read(site.ledger_path)
    entries: list[existing.ExistingEntry] = []
    format_name = ""
    for page in _pages(feed):
        entries += page.entries
        format_name = format_name or page.format
    return Report(
        match(
            entries,
            gathered.candidates,
            ledger,
            now,
            tools(site, gathered),
            format_name=format_name,
        ),
        dry_run,
    )


def _pages(feed: str) -> Iterator[existing.ExistingFeed]:
    if not feed.startswith(("http://", "https://")):
        try:
            data = Path(feed).read_bytes()
        except OSError as error:
            raise FeedUnavailableError(
                f"{feed}: cannot be read ({error.strerror}); give a file or an address"
            ) from error
        yield existing.read(data, feed)
        return
    seen: set[str] = set()
    address = feed
    while address and address not in seen and len(seen) < MAX_PAGES:
        seen.add(address)
        fetched = fetch.fetch(address)
        page = existing.read(fetched.data, fetched.address)
        yield page
        address = page.older
