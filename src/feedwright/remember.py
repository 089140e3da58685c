"""What a run remembers: which problems were told, and what an unchanged site looks like."""

import os
from contextlib import AbstractContextManager, nullcontext

from feedwright import unchanged
from feedwright.model import Problem
from feedwright.sending import clock, is_anybody_told
from feedwright.site import Site
from feedwright.store import kept_config
from feedwright.store.kept_config import KeptConfig
from feedwright.store.told import Told
from feedwright.survey.run import Survey


def remember_problems(found: Survey) -> tuple[Problem, ...]:
    """Write down the problems of this run; return those that the last one did not have."""
    record = Told(found.site.state_folder / "told.json")
    told = record.read()
    texts = frozenset(map(str, found.problems))
    if texts != told:
        record.write(texts)
    return tuple(each for each in found.problems if str(each) not in told)


def remember_config(site: Site) -> None:
    """Keep the configuration, unless it has what may not be written down."""
    if site.key and not site.was_kept and not site.variables:
        kept = KeptConfig(site.config, site.warnings)
        kept_config.write(site.state_folder, site.key, kept)


def remember_unchanged(found: Survey, code: int) -> None:
    """Write down what the site looks like now that nothing is to do."""
    site = found.site
    composition = found.composition
    documents = [site.feeds_folder / each.path for each in composition.all_documents]
    watched = unchanged.Watched(
        config=os.path.abspath(site.config_path),
        config_bytes=site.config_bytes,
        variables=site.variables,
        folders=site.content_folders,
        inputs=[*composition.measured, *_files_beside(site), *_template_files(site)],
        ours=[str(site.ledger_path), *map(str, documents)],
    )
    with _next_sending(site) as pending:
        unchanged.remember(
            str(site.state_folder),
            watched,
            found.listing,
            started_ns=found.started_ns,
            due=found.due.timestamp() if found.due else None,
            code=code,
            pending=pending,
        )


def _next_sending(site: Site) -> AbstractContextManager[float | None]:
    if not is_anybody_told(site.config):
        return nullcontext()
    from feedwright.endpoints import next_sending  # noqa: PLC0415 - most sites tell nobody

    return next_sending(site, clock())


def _template_files(site: Site) -> list[str]:
    if not site.config.notify.webhooks:
        return []
    from feedwright.announce import template_files  # noqa: PLC0415 - most sites have no webhooks

    return template_files(site)


def _files_beside(site: Site) -> list[str]:
    """Return the files of authors and tags, which need not be there."""
    path = site.authors_path
    people = [path, *sorted(path.glob("**/*"))] if path.is_dir() else [path]
    return [str(each) for each in (*people, site.tags_path) if each is not None]
