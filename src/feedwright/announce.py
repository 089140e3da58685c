"""publish -> notify: what a publication tells, and to whom.

Here the rooms meet: the difference of the ledger, the feeds as composed, and the configured
endpoints become messages, which the outbox takes in the transaction of the publication.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from feedwright import select
from feedwright.config.schema import Config, Webhook
from feedwright.errors import TemplateError
from feedwright.model import Article, Message
from feedwright.notify.bodies import BODIES, Renderer, renderer
from feedwright.notify.events import (
    FEED_UPDATED,
    Changes,
    EntryChange,
    FeedChange,
    entry_changes,
    feed_changes,
)
from feedwright.notify.messages import (
    Post,
    Publication,
    absorbed,
    next_sequence,
    place_of,
    posts,
    wanted_types,
)
from feedwright.notify.payload import dumps, feed_data
from feedwright.render.frame import is_archive_name
from feedwright.site import Site
from feedwright.store.outbox import Told
from feedwright.survey.compose import Composition
from feedwright.survey.identify import Identified
from feedwright.text.urls import encode

Older = Callable[[Message], Sequence[Message]]
"""Takes out what a message may take in: never tried, the oldest first."""


class Announcement:
    """What is told of one publication."""

    def __init__(
        self,
        identified: Identified,
        composition: Composition,
        changed: Changes,
        renderers: Mapping[str, Renderer],
        *,
        hold: bool,
        after_import: bool,
        due: datetime,
    ) -> None:
        """Take `renderers` by webhook; `after_import`: ids were adopted since the last one.

        `due` is the real time of the run: messages can be sent from then on.
        """
        self._identified = identified
        self._composition = composition
        self._changed = changed
        self._renderers = renderers
        self._hold = hold
        self._due = due
        self._place = place_of(identified.site.config.site)
        self._counts_only = after_import or not identified.ledger.feed_paths
        self._config: Config = identified.site.config
        self.number = 0
        """How many messages were made."""
        self.failed: dict[str, str] = {}
        """Endpoints of messages that their template could not render, and why."""
        # What takes time is done here, before the transaction, for which others wait.
        self._feeds = self._feed_changes()
        self._entries = self._entry_changes()

    def _feed_changes(self) -> tuple[FeedChange, ...]:
        base = self._config.site.feeds_url
        return feed_changes(
            self._changed,
            self._composition.feeds,
            {each.id: each for each in self._identified.resolution.articles},
            self._identified.gone,
            [
                (document, encode(base + document.path))
                for document in self._composition.all_documents
                if document.feed and not is_archive_name(document.path.rpartition("/")[2])
            ],
            counts_only=self._counts_only,
        )

    def tell(self, last_sequence: int, older: Older) -> Told:
        """Return what is told of the publication that follows on `last_sequence`."""
        sequence = next_sequence(self._identified.now, last_sequence)
        told = tuple(self._posts(sequence, older))
        self.number = len(told)
        self.failed = {post.message.endpoint: post.problem for post in told if post.problem}
        facts = feed_data(sequence, [each.facts for each in self._feeds])
        return Told(
            sequence,
            ((FEED_UPDATED, dumps(facts)),) if self._feeds else (),
            tuple(post.message for post in told),
            {post.message.id: post.problem for post in told if post.problem},
        )

    def _posts(self, sequence: int, older: Older) -> Iterator[Post]:
        notify = self._config.notify
        publication = Publication(
            self._place, self._identified.now, sequence, self._feeds, self._entries, self._hold
        )
        webhooks = {webhook.name: webhook for webhook in notify.webhooks}
        hubs = [hub.url for hub in notify.websub.hubs]
        for post in posts(publication, notify.webhooks, hubs, self._renderers):
            dated = post._replace(message=post.message._replace(due=self._due))
            yield self._absorbed(dated, webhooks.get(post.message.endpoint), older)

    def _absorbed(self, post: Post, webhook: Webhook | None, older: Older) -> Post:
        found = older(post.message)
        if webhook is None or not found:
            return post
        make = self._renderers[webhook.name]
        return absorbed(post, found, webhook, make, self._place)

    def _entry_changes(self) -> tuple[EntryChange, ...]:
        wanted = wanted_types(self._config.notify.webhooks)
        if self._counts_only:
            return ()
        return tuple(
            entry_changes(
                self._changed,
                self._identified.resolution.articles,
                self._identified.gone,
                self._composition.entry,
                self._feeds_of,
                wanted,
            )
        )

    def _feeds_of(self, article: Article) -> tuple[str, ...]:
        """Return the feeds to which an article belongs, also where it is past their limit."""
        now, site = self._identified.now, self._config.site
        found = []
        for spec in self._config.feeds:
            if select.is_new_enough(spec, article, now):
                found += [
                    self._composition.names[spec.name, membership.key]
                    for membership in select.memberships(spec, article, site)
                    if (spec.name, membership.key) in self._composition.names
                ]
        return tuple(found)


def renderers_of(site: Site) -> dict[str, Renderer]:
    """Return what renders the messages of each webhook.

    Raises TemplateError, with every mistake, when a template of the user's cannot be used.
    """
    found: dict[str, Renderer] = {}
    mistakes = []
    for webhook in site.config.notify.webhooks:
        try:
            found[webhook.name] = _renderer(site.root, webhook)
        except TemplateError as error:
            mistakes.append(str(error))
    if mistakes:
        raise TemplateError("\n".join(mistakes))
    return found


def template_files(site: Site) -> list[str]:
    """Return the paths of the user's own templates."""
    bodies = (webhook.body for webhook in site.config.notify.webhooks)
    return sorted({str(site.root / body) for body in bodies if body not in BODIES})


def _renderer(root: Path, webhook: Webhook) -> Renderer:
    if webhook.body in BODIES:
        return renderer(webhook.body)
    try:
        text = (root / webhook.body).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise TemplateError(
            f"{webhook.body}: cannot be read ({why}); "
            f"it is the template of webhook {webhook.name}: correct the path, or mend the file"
        ) from error
    return renderer(webhook.body, text)
