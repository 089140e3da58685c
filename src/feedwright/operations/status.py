"""What `feedwright status` answers: what is published, pending and due."""

from datetime import datetime
from html import escape
from typing import NamedTuple

from feedwright.foresee import foresee
from feedwright.model import Severity, State
from feedwright.operations.delivery_status import DeliveryStatus, delivery_status
from feedwright.render.formats import FORMATS
from feedwright.store.outbox import Outbox
from feedwright.survey.run import Survey
from feedwright.text.dates import rfc3339


class Status(NamedTuple):
    """The state of a site."""

    feeds: tuple[tuple[str, int, str], ...]
    """Name, number of entries, address of the first document."""
    states: dict[str, int]
    pending: tuple[str, ...]
    """What the next build does: `replace feeds/rss.xml`."""
    refused: str
    """Why it will do nothing of that; may be empty."""
    last: datetime | None
    """The last publication from this machine."""
    due: datetime | None
    """The next moment when time alone changes something."""
    problems: tuple[str, ...]
    links: tuple[str, ...]
    """Lines for the head of the site's own pages."""
    unfinished: bool
    """A run was killed while it published; the next build finishes its work."""
    deliveries: DeliveryStatus

    def as_json(self) -> dict[str, object]:
        """Return it for `--json`."""
        return {
            "feeds": [
                {"name": name, "entries": number, "url": url} for name, number, url in self.feeds
            ],
            "articles": self.states,
            "pending": list(self.pending),
            "refused": self.refused,
            "last_publication": rfc3339(self.last) if self.last else None,
            "next_due": rfc3339(self.due) if self.due else None,
            "unfinished": self.unfinished,
            "deliveries": self.deliveries.as_json(),
            "problems": list(self.problems),
            "links": list(self.links),
        }

    def as_text(self) -> str:
        """Return it for people."""
        width = max((len(name) for name, _, _ in self.feeds), default=0)
        lines = ["feeds"]
        lines += [
            f"  {name:<{width}}  {n:>4} {'entry  ' if n == 1 else 'entries'}  {url}"
            for name, n, url in self.feeds
        ]
        lines.append("articles")
        lines += [f"  {state:<{width}}  {number:>4}" for state, number in self.states.items()]
        lines.append(f"last publication from here: {rfc3339(self.last) if self.last else 'none'}")
        if self.unfinished:
            lines.append("a publication was interrupted; the next build finishes it")
        lines += self.deliveries.lines()
        lines.append(f"next change by time alone: {rfc3339(self.due) if self.due else 'none'}")
        if self.refused:
            lines.append("the next build will be refused")
            lines += [f"  {line}" for line in self.refused.splitlines()]
        elif self.pending:
            lines.append("the next build will")
            lines += [f"  {each}" for each in self.pending]
        else:
            lines.append("feeds/ is up to date")
        if self.problems:
            lines.append("problems (feedwright check says more)")
            lines += [f"  {each}" for each in self.problems]
        lines.append("for the <head> of your pages:")
        lines += [f"  {link}" for link in self.links]
        return "\n".join(lines)


def status(found: Survey, now: datetime) -> Status:
    """Collect the state of the surveyed site; `now` is the real time, by which messages go."""
    site = found.site
    outbox = Outbox(site.outbox_path)
    last = outbox.last()
    plan, refused = foresee(found, by_this_user=False)  # cron may be somebody else
    return Status(
        feeds=tuple(
            (feed.name, len(articles), feed.base + FORMATS[feed.formats[0]].file_name)
            for feed, articles in found.composition.feeds
        ),
        states=_states(found),
        pending=tuple(f"{step.verb} feeds/{step.path}" for step in plan.steps),
        refused="\n".join(map(str, refused)),
        last=last.at if last else None,
        due=found.due,
        problems=tuple(str(each) for each in found.problems if each.severity is Severity.ERROR),
        links=tuple(_links(found)),
        unfinished=outbox.unfinished(look_only=True) is not None,
        deliveries=delivery_status(site, now),
    )


def _states(found: Survey) -> dict[str, int]:
    counts = {State.LIVE: len(found.live)}
    for article in found.resolution.others:
        counts[article.state] = counts.get(article.state, 0) + 1
    held = len(found.resolution.held) + len(found.composition.held)
    if held:
        counts[State.HELD] = held
    return {str(state): number for state, number in counts.items()}


def _links(found: Survey) -> list[str]:
    lines = []
    for feed, _ in found.composition.feeds:
        for name in feed.formats:
            form = FORMATS[name]
            lines.append(
                f'<link rel="alternate" type="{form.media_type}" '
                f'title="{escape(feed.title)}" href="{escape(feed.base + form.file_name)}">'
            )
    return lines
