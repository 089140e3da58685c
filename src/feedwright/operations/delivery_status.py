"""Is everything delivered, and if not, why: the answer at a glance."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from feedwright.endpoints import endpoints_of, usable_names
from feedwright.model import DeliveryState, Endpoint
from feedwright.site import Site
from feedwright.store.deliveries import Deliveries, open_deliveries
from feedwright.store.delivery_rows import EndpointState
from feedwright.text.dates import rfc3339

_UNDONE = (
    DeliveryState.PENDING,
    DeliveryState.WAITING,
    DeliveryState.REFUSED,
    DeliveryState.DEAD,
)


class EndpointStatus(NamedTuple):
    """How one endpoint fares."""

    name: str
    kind: str
    """`webhook`, `websub`; empty when it is not configured any more."""
    disabled: str
    """Why it gets nothing, with the cure; empty when it does."""
    counts: dict[str, int]
    """Messages by state: those that are not delivered, and `held` among the waiting ones."""
    oldest: datetime | None
    """When the oldest message that is not delivered was made."""
    next_attempt: datetime | None
    paused_until: datetime | None
    last_success: datetime | None
    last_error: str

    @property
    def is_done(self) -> bool:
        """Whether it has all its messages."""
        return not any(self.counts.values())

    def as_json(self) -> dict[str, object]:
        """Return it for `--json`."""
        moments = {
            "oldest": self.oldest,
            "next_attempt": self.next_attempt,
            "paused_until": self.paused_until,
            "last_success": self.last_success,
        }
        return {
            "name": self.name,
            "kind": self.kind or None,
            "disabled": self.disabled or None,
            **self.counts,
            **{key: rfc3339(value) if value else None for key, value in moments.items()},
            "last_error": self.last_error,
        }

    def reasons(self) -> Iterator[str]:
        """Give a line for each thing to know, the most important first."""
        counts = self.counts
        if self.disabled:
            waiting = counts["waiting"] - counts["held"]
            yield f"disabled: {self.disabled}" + (f"; {_messages(waiting)} waiting" * bool(waiting))
        if counts["pending"]:
            yield f"{counts['pending']} pending{self._when()}"
        if counts["held"]:
            yield (
                f"{counts['held']} held by `build --hold`: `feedwright deliver --drain` sends "
                + ("it" if counts["held"] == 1 else "them")
            )
        if not self.kind and counts["waiting"]:
            yield (
                f"{counts['waiting']} waiting for an endpoint that is not in the configuration; "
                f"bring it back, or: feedwright deliveries discard --endpoint {self.name}"
            )
        for state, what in (
            ("refused", "not allowed, or not to be rendered"),
            ("dead", "given up"),
        ):
            if counts[state]:
                yield (
                    f"{counts[state]} {state} ({what}): `feedwright deliveries list --state "
                    f"{state}` says why; retry or discard them"
                )

    def _when(self) -> str:
        parts = []
        if self.oldest:
            parts.append(f"the oldest since {rfc3339(self.oldest)}")
        if self.paused_until:
            parts.append(f"asked to pause until {rfc3339(self.paused_until)}")
        elif self.next_attempt:
            parts.append(f"next try {rfc3339(self.next_attempt)}")
        if self.last_error:
            parts.append(f"last: {self.last_error}")
        return "".join(f"; {part}" for part in parts)


class DeliveryStatus(NamedTuple):
    """How all endpoints fare."""

    endpoints: tuple[EndpointStatus, ...]

    @property
    def all_delivered(self) -> bool:
        """Whether nothing is left to be delivered."""
        return all(each.is_done for each in self.endpoints)

    def as_json(self) -> dict[str, object]:
        """Return it for `--json`."""
        return {
            "all_delivered": self.all_delivered,
            "endpoints": [each.as_json() for each in self.endpoints],
        }

    def lines(self) -> Iterator[str]:
        """Give lines for people: the answer first."""
        if not self.endpoints:
            yield "deliveries: nobody is told (no webhooks, no hubs)"
            return
        number = sum(
            number
            for each in self.endpoints
            for state, number in each.counts.items()
            if state != "held"
        )
        if self.all_delivered:
            yield "deliveries: everything is delivered"
        else:
            yield f"deliveries: {_messages(number)} not delivered"
        for each in self.endpoints:
            for reason in each.reasons():
                yield f"  {each.name}: {reason}"


def delivery_status(site: Site, now: datetime) -> DeliveryStatus:
    """Collect how every endpoint fares."""
    configured = endpoints_of(site)
    with open_deliveries(site.outbox_path, create=False) as deliveries:
        return DeliveryStatus(tuple(_endpoints(site, configured, deliveries, now)))


def _endpoints(
    site: Site, configured: Sequence[Endpoint], deliveries: Deliveries, now: datetime
) -> Iterator[EndpointStatus]:
    usable = usable_names(site)
    counts = deliveries.counts(usable=usable)
    held = deliveries.held()
    states = deliveries.endpoints()
    by_name = {endpoint.name: endpoint for endpoint in configured}
    gone = sorted({name for name, state in counts if state in _UNDONE} - by_name.keys())
    for name in (*by_name, *gone):
        endpoint = by_name.get(name)
        state = states.get(name, EndpointState(name))
        found = {each: counts[name, each] for each in _UNDONE if (name, each) in counts}
        waiting = any(found.get(each) for each in (DeliveryState.PENDING, DeliveryState.WAITING))
        due = deliveries.next_due([name], now) if endpoint and name in usable else None
        pause = state.pause_until if state.pause_until and state.pause_until > now else None
        numbers = {str(each): found[each].number if each in found else 0 for each in _UNDONE}
        yield EndpointStatus(
            name=name,
            kind=endpoint.kind if endpoint else "",
            disabled=_disabled(endpoint, state),
            counts={**numbers, "held": held.get(name, 0)},
            oldest=min((count.oldest for count in found.values()), default=None),
            next_attempt=due,
            paused_until=pause,
            last_success=state.last_success,
            last_error=_last_error(deliveries, name, now) if waiting else "",
        )


def _disabled(endpoint: Endpoint | None, state: EndpointState) -> str:
    if endpoint is not None and endpoint.disabled:
        return endpoint.disabled
    if not state.disabled or endpoint is None:
        return ""
    since = f" (since {rfc3339(state.disabled_at)})" if state.disabled_at else ""
    cure = f"; `feedwright webhook test {state.name}` enables it"
    return f"{state.disabled}{since}{cure}"


def _last_error(deliveries: Deliveries, name: str, now: datetime) -> str:
    states = (DeliveryState.PENDING, DeliveryState.WAITING)
    for each in deliveries.find(now, endpoint=name, states=states):
        if each.last_error:
            return each.last_error
    return ""


def _messages(number: int) -> str:
    return f"{number} message{'s' if number != 1 else ''}"
