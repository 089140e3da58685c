"""survey -> plan: what has to happen in `feeds/`, and whether that may be meant."""

from datetime import datetime
from pathlib import Path

from feedwright.errors import MassRemovalError
from feedwright.ledger.values import Ledger
from feedwright.model import LedgerLine
from feedwright.publish.plan import Plan, compare
from feedwright.publish.write import look_at_existing, names_in, sweep
from feedwright.render.formats import FORMATS
from feedwright.render.frame import is_archive_name
from feedwright.survey.run import Survey

FEW_ARTICLES = 10
"""A site of at most so many articles may lose any share of them at once."""
PAGES = ("index.html", "opml.xml", "style.css")


def plan_of(found: Survey, *, adopt: bool, look_only: bool = False) -> Plan:
    """Compare what should stand in `feeds/` with what does.

    Sweeps away what a killed run left there, unless it may only look.
    """
    folder = found.site.feeds_folder
    ours = _our_paths(folder, found.identified.ledger)
    documents, kept = found.composition.documents, found.composition.kept
    standing = {each.path for each in kept}
    wanted = {document.path for document in documents}
    on_disk = look_at_existing(folder, ours - standing | wanted)
    if not look_only:
        sweep(folder, [document.path for document in found.composition.all_documents])
    plan = compare(documents, on_disk, ours - standing, adopt=adopt)
    return plan._replace(kept=plan.kept + len(kept))


def _our_paths(folder: Path, ledger: Ledger) -> frozenset[str]:
    """Return the paths below `feeds/` that the ledger says are ours, archive documents too."""
    if not ledger.feed_paths:
        return frozenset()
    prefixes = [path + "/" if path else "" for path in ledger.feed_paths]
    names = [form.file_name for form in FORMATS.values()]
    return (
        frozenset(PAGES)
        | {prefix + name for prefix in prefixes for name in names}
        | {
            prefix + name
            for prefix in prefixes
            for name in names_in(folder / prefix)
            if is_archive_name(name)
        }
    )


def refuse_mass_removal(found: Survey) -> None:
    """Raise MassRemovalError when more articles would leave than `publish.max_removed` allows."""
    allowed = found.site.config.publish.max_removed
    live = found.identified.published
    leaving = [line for line in found.identified.gone if not _expired(line, found.identified.now)]
    if not leaving or live <= FEW_ARTICLES:
        return
    most = allowed.number if allowed.number is not None else int((allowed.share or 0) * live)
    if len(leaving) > most:
        raise MassRemovalError(
            f"{len(leaving)} of {live} published articles would leave at once "
            f"(the first is {leaving[0].path}), more than publish.max_removed allows; "
            "if that is meant, run `feedwright build --allow-mass-removal`, else restore them"
        )


def _expired(line: LedgerLine, now: datetime) -> bool:
    return line.when is not None and line.when < now
