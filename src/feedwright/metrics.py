"""A Prometheus text file: counters and ages of deliveries, for node_exporter's textfile collector.

It is written anew after each run that looked at the outbox, and replaced at once, so that nobody
reads half of it. An age is true at that moment; alerts do better with the timestamps.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime

from feedwright.endpoints import endpoints_of, usable_names
from feedwright.errors import WriteError
from feedwright.model import DeliveryState
from feedwright.site import Site
from feedwright.store.deliveries import Deliveries, open_deliveries
from feedwright.store.delivery_rows import EndpointState
from feedwright.store.outbox import Outbox

_OPEN = (DeliveryState.PENDING, DeliveryState.WAITING)
_Sample = tuple[dict[str, str], float]


def write_metrics(site: Site, now: datetime) -> None:
    """Write `notify.metrics`, if it is configured; raises WriteError."""
    if not site.config.notify.metrics:
        return
    path = site.root / site.config.notify.metrics
    outbox = Outbox(site.outbox_path)
    last = outbox.last()
    with open_deliveries(site.outbox_path, create=False) as deliveries:
        text = "".join(_lines(site, deliveries, last.at if last else None, now))
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")  # not *.prom: not collected
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise WriteError(
            f"{path}: cannot be written ({error.strerror}); "
            "mend it, or correct notify.metrics; deliveries go on without it"
        ) from error


def _lines(
    site: Site, deliveries: Deliveries, published: datetime | None, now: datetime
) -> Iterator[str]:
    usable = usable_names(site)
    counts = deliveries.counts(usable=usable)
    states = deliveries.endpoints()
    names = sorted({*_names(site), *(name for name, _ in counts)})
    oldest = {
        name: min(counts[name, state].oldest for state in _OPEN if (name, state) in counts)
        for name in names
        if any((name, state) in counts for state in _OPEN)
    }
    yield from _metric(
        "deliveries",
        "gauge",
        "Messages on record, by endpoint and state.",
        (
            (
                {"endpoint": name, "state": str(state)},
                counts[name, state].number if (name, state) in counts else 0,
            )
            for name in names
            for state in DeliveryState
        ),
    )
    yield from _metric(
        "delivery_attempts_total",
        "counter",
        "HTTP exchanges, by endpoint and result.",
        (
            ({"endpoint": state.name, "result": result}, number)
            for state in states.values()
            for result, number in (("success", state.successes), ("failure", state.failures))
        ),
    )
    yield from _metric(
        "endpoint_disabled",
        "gauge",
        "1 for an endpoint that gets nothing until it is enabled.",
        (
            ({"endpoint": name}, float(name not in usable or _is_disabled(states.get(name))))
            for name in _names(site)
        ),
    )
    yield from _metric(
        "endpoint_last_success_timestamp_seconds",
        "gauge",
        "When an endpoint last took a message.",
        (
            ({"endpoint": state.name}, state.last_success.timestamp())
            for state in states.values()
            if state.last_success
        ),
    )
    yield from _metric(
        "oldest_undelivered_timestamp_seconds",
        "gauge",
        "When the oldest message that is still to be delivered was made.",
        (({"endpoint": name}, moment.timestamp()) for name, moment in oldest.items()),
    )
    yield from _metric(
        "oldest_undelivered_age_seconds",
        "gauge",
        "How old it was when this file was written.",
        (({"endpoint": name}, (now - moment).total_seconds()) for name, moment in oldest.items()),
    )
    if published:
        yield from _metric(
            "last_publication_timestamp_seconds",
            "gauge",
            "When this site last published something.",
            [({}, published.timestamp())],
        )


def _metric(name: str, kind: str, help_text: str, samples: Iterable[_Sample]) -> Iterator[str]:
    lines = [f"feedwright_{name}{_labels(labels)} {value:.15g}\n" for labels, value in samples]
    if lines:
        yield f"# HELP feedwright_{name} {help_text}\n# TYPE feedwright_{name} {kind}\n"
        yield from lines


def _labels(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _names(site: Site) -> list[str]:
    return [endpoint.name for endpoint in endpoints_of(site)]


def _is_disabled(state: EndpointState | None) -> bool:
    return state is not None and bool(state.disabled)
