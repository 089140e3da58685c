"""What no key can know alone: values that contradict each other. Pure.

Each check looks at the whole configuration and reports by dotted field. Fields that already have a
mistake are left alone, so that one mistake is told once.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import combinations
from typing import NamedTuple

from feedwright.config import podcasts
from feedwright.config.addresses import is_private_host
from feedwright.config.patterns import paths_meet
from feedwright.config.report import Report
from feedwright.config.schema import Config, FeedSpec, Hub, Webhook, Where
from feedwright.config.suggest import nearest, one_of

FEEDS_FOLDER = "feeds"


class _Finding(NamedTuple):
    name: str
    field: str
    what: str
    cure: str
    beside: str = ""
    """Another field that the finding builds on."""
    is_warning: bool = False


_Findings = Iterator[_Finding]


def check(config: Config, report: Report) -> None:
    """Report every contradiction."""
    sound = [
        found
        for rule in _RULES
        for found in rule(config, report)
        if report.is_sound(found.field) and (not found.beside or report.is_sound(found.beside))
    ]
    for found in sound:
        tell = report.warn if found.is_warning else report.error
        tell(found.name, report.place(found.field), found.what, found.cure)


# ---------------------------------------------------------------- feeds


def _feeds_alike(config: Config, report: Report) -> _Findings:
    """Two feeds may not have one name, nor a folder that both could fill."""
    names: dict[str, int] = {}
    paths = _Paths()
    for index, spec in enumerate(config.feeds):
        first = names.setdefault(spec.name.casefold(), index)
        met = paths.add(index, spec.path)
        if first != index:
            line = report.place(f"feeds[{first}].name").line
            what = f'another feed has the name "{config.feeds[first].name}" already, in line {line}'
            field, beside = f"feeds[{index}].name", f"feeds[{first}].name"
            yield _Finding("config-clash", field, what, "give it another name", beside)
        elif met is not None:
            other = config.feeds[met]
            line = report.place(f"feeds[{met}].name").line
            holds = "could hold" if "{slug}" in spec.path + other.path else "holds"
            what = f'"{spec.path}" {holds} the documents of feed "{other.name}" (line {line}) too'
            field, beside = f"feeds[{index}].path", f"feeds[{met}].path"
            yield _Finding("config-clash", field, what, "give it another path", beside)


class _Paths:
    """Paths of feeds, so that the first one that can be the same is found without comparing all."""

    def __init__(self) -> None:
        self._all: list[tuple[int, str]] = []
        self._patterns: list[tuple[int, str]] = []
        self._fixed: dict[str, int] = {}

    def add(self, index: int, path: str) -> int | None:
        """Add a path; return the index of the first one that can be the same folder."""
        is_pattern = "{slug}" in path
        rivals = self._all if is_pattern else self._patterns
        met = [rival for rival, other in rivals if paths_meet(path, other)][:1]
        if not is_pattern:
            first = self._fixed.setdefault(path.casefold(), index)
            met += [first] if first != index else []
        else:
            self._patterns.append((index, path))
        self._all.append((index, path))
        return min(met, default=None)


def _feed_placeholders(config: Config, _: Report) -> _Findings:
    """`{slug}` and `{label}` need `per`, and `per` needs `{slug}`."""
    for index, spec in enumerate(config.feeds):
        field = f"feeds[{index}]"
        if spec.per and "{slug}" not in spec.path:
            what = f"lacks {{slug}}, but there is one feed for each {spec.per}"
            cure = f"write {spec.path or spec.name}/{{slug}}"
            yield _Finding("config-clash", f"{field}.path", what, cure, f"{field}.per")
        if not spec.per:
            for key, value in (("path", spec.path), *_labelled(spec)):
                held = re.search(r"\{(?:slug|label)\}", value)
                if held is not None:
                    what = f"has {held[0]}, but the feed has no per"
                    cure = "add per: category, tag, author, language or section"
                    yield _Finding("config-clash", f"{field}.{key}", what, cure, f"{field}.per")
            continue
        for key, value in _labelled(spec):
            allowed = ("label", "slug") if key == "home" else ("label",)
            for name in re.findall(r"\{(\w*)\}", value):
                if name not in allowed:
                    meant = nearest(name, allowed)
                    cure = f"did you mean {{{meant}}}? " if meant else ""
                    what = f"has {{{name}}}, which is unknown"
                    cure += one_of(f"{{{each}}}" for each in allowed)
                    yield _Finding("config-value", f"{field}.{key}", what, cure)
        if spec.title and "{label}" not in spec.title:
            what = f"every {spec.per} gets a feed of this title"
            yield _Finding(
                "feed-title-alike", f"{field}.title", what, "add {label}", is_warning=True
            )


def _labelled(spec: FeedSpec) -> tuple[tuple[str, str], ...]:
    return (("title", spec.title), ("description", spec.description), ("home", spec.home))


def _feed_keys(config: Config, _: Report) -> _Findings:
    """Keys of a feed that have no effect beside the others."""
    for index, spec in enumerate(config.feeds):
        field = f"feeds[{index}]"
        if spec.path.startswith(f"{FEEDS_FOLDER}/"):
            what = f"is below feeds/ already: its documents stand in feeds/{spec.path}"
            cure = f"write {spec.path.removeprefix('feeds/')}"
            yield _Finding("feed-path-doubled", f"{field}.path", what, cure, is_warning=True)
        if spec.archive and not spec.limit:
            what, cure = (
                "has no effect: with limit: 0 nothing is left for an archive",
                "set a limit",
            )
            yield _Finding("feed-key-unused", f"{field}.archive", what, cure, is_warning=True)
        if spec.podcast is not None and "rss" not in spec.formats:
            what, cure = "has no effect: podcast directories read rss", "add rss to formats"
            yield _Finding("feed-key-unused", f"{field}.podcast", what, cure, is_warning=True)
        yield from _podcast_categories(spec, f"{field}.podcast.category")
        yield from _where(spec.where, f"{field}.where")


def _podcast_categories(spec: FeedSpec, field: str) -> _Findings:
    """Directories turn down what is not on their list; a warning, since the list grows."""
    for index, category in enumerate(spec.podcast.category if spec.podcast else ()):
        if category not in podcasts.KNOWN:
            meant = nearest(category, podcasts.KNOWN) or "News, or Arts > Books"
            what = f'"{category}" is no category that podcast directories know'
            cure = f"write it as they do, such as {meant}"
            yield _Finding("podcast-category", f"{field}[{index}]", what, cure, is_warning=True)


def _where(where: Where, field: str) -> _Findings:
    """Find filters that nothing can pass."""
    for labels in ("categories", "tags", "authors", "languages", "sections"):
        asked, everything, refused = (
            {label.casefold() for label in getattr(where, f"{word}_{labels}")}
            for word in ("any", "all", "not")
        )
        if everything & refused or (asked and asked <= refused):
            what = f"refuses what any_{labels} or all_{labels} asks for, so the feed stays empty"
            yield _Finding("config-clash", f"{field}.not_{labels}", what, "take it out of one")
    for labels in ("languages", "sections"):
        if len(getattr(where, f"all_{labels}")) > 1:
            what = f"an article has only one of {labels}, so the feed stays empty"
            yield _Finding("config-clash", f"{field}.all_{labels}", what, f"write any_{labels}")


# ---------------------------------------------------------------- notify


def _webhooks(config: Config, report: Report) -> _Findings:
    for (first, one), (second, other) in combinations(enumerate(config.notify.webhooks), 2):
        if one.name == other.name:
            line = report.place(f"notify.webhooks[{first}].name").line
            what = f'another webhook has the name "{one.name}" already, in line {line}'
            field = f"notify.webhooks[{second}].name"
            yield _Finding("config-clash", field, what, "give it another name")
    for index, webhook in enumerate(config.notify.webhooks):
        field = f"notify.webhooks[{index}]"
        if not webhook.disabled:
            yield from _endpoint(webhook, field)
            if webhook.body == "standard" and not webhook.secret:
                what, cure = (
                    "has no secret, so anybody can forge its messages",
                    "add secret: ${NAME}",
                )
                yield _Finding("webhook-unsigned", field, what, cure, is_warning=True)
        if _names_are_sound(config, report):
            yield from _webhook_feeds(webhook, config.feeds, field)


def _names_are_sound(config: Config, report: Report) -> bool:
    keys = (
        f"feeds[{index}].{key}" for index in range(len(config.feeds)) for key in ("name", "per")
    )
    return all(map(report.is_sound, keys))


def _endpoint(endpoint: Webhook | Hub, field: str) -> _Findings:
    if endpoint.url.startswith("http://") and not endpoint.allow_http:
        what = "is http, which anybody on the way can read and change"
        yield _Finding("config-clash", f"{field}.url", what, "write https, or add allow_http: true")
    if not endpoint.allow_private and endpoint.url and is_private_host(endpoint.url):
        what = "is in a private network"
        yield _Finding(
            "config-clash", f"{field}.url", what, "add allow_private: true if it is meant"
        )


def _webhook_feeds(webhook: Webhook, specs: tuple[FeedSpec, ...], field: str) -> _Findings:
    names = tuple(f"{spec.name}/*" if spec.per else spec.name for spec in specs)
    for pattern in webhook.feeds:
        if not pattern or any(_may_fit(pattern, spec) for spec in specs):
            continue
        meant = f"{pattern}/*" if f"{pattern}/*" in names else nearest(pattern, names)
        cure = (f"did you mean {meant}? " if meant else "") + one_of((*names, "*"))
        yield _Finding(
            "config-clash", f"{field}.feeds", f'no feed is called "{pattern}"', cure, "feeds"
        )


def _may_fit(pattern: str, spec: FeedSpec) -> bool:
    """Tell whether a pattern can fit a name of the spec: `main`, or `category/…` with `per`."""
    if not spec.per:
        return fnmatchcase(spec.name, pattern)
    head, slash, _ = pattern.partition("/")
    return fnmatchcase(spec.name, head) if slash else fnmatchcase(f"{spec.name}/x", pattern)


def _hubs(config: Config, _: Report) -> _Findings:
    seen: set[str] = set()
    for index, hub in enumerate(config.notify.websub.hubs):
        field = f"notify.websub.hubs[{index}]"
        yield from _endpoint(hub, field)
        if hub.url in seen:
            yield _Finding("config-clash", field, "stands twice", "take one of them out")
        seen.add(hub.url)


# ---------------------------------------------------------------- folders


def is_within(path: str, folder: str) -> bool:
    """Tell whether a path is a folder or lies below it; `.` holds all that is relative."""
    if folder == ".":
        return not path.startswith(("/", "../"))
    return path == folder or path.startswith(f"{folder}/")


def _folders(config: Config, _: Report) -> _Findings:
    paths = config.content.path
    for index, path in enumerate(paths):
        field = f"content.path[{index}]" if len(paths) > 1 else "content.path"
        if not path:
            continue
        if is_within(path, FEEDS_FOLDER):
            what = f'"{path}" is where documents are written'
            yield _Finding("config-clash", field, what, "put the articles in another folder")
        if config.state != "." and is_within(path, config.state):
            what = f'"{path}" is within the state folder, which may be deleted'
            yield _Finding(
                "config-clash", field, what, "put the articles in another folder", "state"
            )
        for other in paths[:index]:
            if other and (is_within(path, other) or is_within(other, path)):
                what = f'"{path}" and "{other}" overlap, so articles would be read twice'
                yield _Finding("config-clash", field, what, "keep the upper one")


def _state_and_ledger(config: Config, _: Report) -> _Findings:
    for key, path in (("state", config.state), ("ledger", config.ledger)):
        if path == ".":
            what = "is the folder of config.yaml itself"
            yield _Finding("config-clash", key, what, "give it a name of its own")
        elif is_within(path, FEEDS_FOLDER):
            what = f'"{path}" is within feeds/, which is for the world to read'
            yield _Finding("config-clash", key, what, "put it somewhere else")
    if config.state != "." and is_within(config.ledger, config.state):
        what = f'"{config.ledger}" is within the state folder, which may be deleted'
        cure = "put it beside config.yaml: the ledger has to be kept"
        yield _Finding("config-clash", "ledger", what, cure, "state")


_RULES = (
    _feeds_alike,
    _feed_placeholders,
    _feed_keys,
    _webhooks,
    _hubs,
    _folders,
    _state_and_ledger,
)
