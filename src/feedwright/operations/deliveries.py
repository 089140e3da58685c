"""Looking at deliveries, replaying them, giving them up."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple, cast

from feedwright.announce import renderers_of
from feedwright.endpoints import note_next_sending, usable_names
from feedwright.errors import ConfigurationError
from feedwright.model import DeliveryState, Problem, Severity
from feedwright.notify.bodies import Telling
from feedwright.notify.events import Facts
from feedwright.notify.messages import place_of
from feedwright.notify.payload import Event
from feedwright.site import Site
from feedwright.store.deliveries import Deliveries, open_deliveries
from feedwright.store.delivery_rows import Listed, Shown
from feedwright.text.dates import rfc3339

UNDONE = (DeliveryState.DEAD, DeliveryState.REFUSED)
"""What `retry` means when no state is named."""
REPLAYED = (DeliveryState.DELIVERED, *UNDONE)
"""What `retry --since` means when no state is named: a receiver may have lost what it got."""


class Choice(NamedTuple):
    """Which deliveries are meant: those named, or those that fit all that is given."""

    names: tuple[str, ...] = ()
    """Numbers, or ids of messages."""
    endpoint: str = ""
    states: tuple[DeliveryState, ...] = ()
    since: datetime | None = None

    @property
    def says_something(self) -> bool:
        """Whether it is narrower than everything."""
        return any(self)


def find(site: Site, choice: Choice, now: datetime, limit: int = 0) -> list[Listed]:
    """Return deliveries, the newest first."""
    usable = usable_names(site)
    with open_deliveries(site.outbox_path, create=False) as deliveries:
        return list(
            deliveries.find(
                now,
                usable=usable,
                endpoint=choice.endpoint,
                states=choice.states,
                since=choice.since,
                limit=limit,
            )
        )


def show(site: Site, name: str, now: datetime) -> Shown:
    """Return one delivery; raises ConfigurationError when there is none of that name."""
    with open_deliveries(site.outbox_path, create=False) as deliveries:
        shown = deliveries.show(_number(deliveries, name), now, usable=usable_names(site))
    if shown is None:
        raise _unknown(name)
    return shown


def retry(site: Site, choice: Choice, now: datetime) -> int:
    """Make deliveries due, and render those whose template failed; return how many are due.

    Raises TemplateError when a template still fails.
    """
    with open_deliveries(site.outbox_path) as deliveries:
        chosen = _chosen(deliveries, site, choice, now)
        _render(site, deliveries, chosen, now)
        number = deliveries.retry(chosen, now)
    note_next_sending(site, now)
    return number


def discard(site: Site, choice: Choice, now: datetime) -> int:
    """Give deliveries up; return how many."""
    with open_deliveries(site.outbox_path) as deliveries:
        number = deliveries.discard(_chosen(deliveries, site, choice, now), now)
    note_next_sending(site, now)
    return number


def _chosen(deliveries: Deliveries, site: Site, choice: Choice, now: datetime) -> Sequence[int]:
    if choice.names:
        return [_number(deliveries, name) for name in choice.names]
    found = deliveries.find(
        now,
        usable=usable_names(site),
        endpoint=choice.endpoint,
        states=choice.states,
        since=choice.since,
    )
    return [each.delivery for each in found]


def _number(deliveries: Deliveries, name: str) -> int:
    number = int(name) if name.isdecimal() else deliveries.number_of(name)
    if number is None or deliveries.endpoint_of(number) is None:
        raise _unknown(name)
    return number


def _unknown(name: str) -> ConfigurationError:
    what = f'no delivery has the number or message id "{name}"'
    cure = "`feedwright deliveries list` names them"
    return ConfigurationError((Problem(Severity.ERROR, "usage", "feedwright", 0, "", what, cure),))


def _render(site: Site, deliveries: Deliveries, chosen: Iterable[int], now: datetime) -> None:
    """Give a body to messages that have none, since their template failed."""
    bare = [
        shown
        for number in chosen
        if (shown := deliveries.show(number, now)) is not None and not shown.message.body
    ]
    if not bare:
        return
    renderers = renderers_of(site)
    for shown in bare:
        message = shown.message
        if message.endpoint in renderers:
            data = cast("Facts", json.loads(message.data))
            event = Event(message.type, shown.listed.created, data)
            body = renderers[message.endpoint](Telling(event, place_of(site.config.site)))
            deliveries.fill(shown.listed.delivery, body.data, body.content_type)


# ---------------------------------------------------------------- for people and programs


def as_json(listed: Listed) -> dict[str, object]:
    """Return a delivery for `--json`."""
    return {
        "id": listed.delivery,
        "message_id": listed.message_id,
        "type": listed.type,
        "endpoint": listed.endpoint,
        "state": str(listed.state),
        "attempts": listed.attempts,
        "due": rfc3339(listed.due) if listed.due else None,
        "last_status": listed.last_status,
        "last_error": listed.last_error,
    }


def as_line(listed: Listed) -> str:
    """Return a delivery on one line."""
    parts = [
        f"{listed.delivery:>6}",
        f"{listed.state!s:<9}",
        rfc3339(listed.created),
        f"{listed.endpoint}  {listed.type}",
    ]
    if listed.attempts:
        parts.append(f"{listed.attempts} attempt{'s' if listed.attempts > 1 else ''}")
    if listed.last_error:
        parts.append(listed.last_error)
    if listed.under_way:
        parts.append("being sent now")
    elif listed.due:
        parts.append(f"due {rfc3339(listed.due)}")
    return "  ".join(parts)


def shown_json(shown: Shown) -> dict[str, object]:
    """Return a delivery with its attempts and its body for `--json`."""
    return {
        **as_json(shown.listed),
        "created": rfc3339(shown.listed.created),
        "content_type": shown.message.content_type,
        "body": shown.message.body.decode("utf-8", "replace"),
        "tries": [
            {
                "at": rfc3339(each.at),
                "status": each.status,
                "seconds": each.seconds,
                "answer": each.answer,
                "error": each.error,
            }
            for each in shown.attempts
        ],
    }


def shown_text(shown: Shown) -> str:
    """Return a delivery with its attempts and its body for people."""
    listed = shown.listed
    lines = [
        f"delivery {listed.delivery}: {listed.state}",
        f"  message   {listed.message_id}",
        f"  type      {listed.type}",
        f"  endpoint  {listed.endpoint}",
        f"  made      {rfc3339(listed.created)}",
    ]
    if listed.due:
        lines.append(f"  due       {rfc3339(listed.due)}")
    if listed.last_error and not shown.attempts:
        lines.append(f"  problem   {listed.last_error}")
    lines.append("attempts" if shown.attempts else "no attempts yet")
    for each in shown.attempts:
        result = each.error or (str(each.status) if each.status is not None else "")
        lines.append(f"  {rfc3339(each.at)}  {each.seconds:.2f} s  {result}")
        if each.answer.strip():
            lines.append("    " + each.answer.strip().replace("\n", "\n    "))
    lines += [f"body ({shown.message.content_type})", _pretty(shown.message.body)]
    return "\n".join(lines)


def _pretty(body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    with suppress(ValueError):  # not JSON: as it is
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return "  " + text.replace("\n", "\n  ")
