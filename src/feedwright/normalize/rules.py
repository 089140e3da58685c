"""What the normalizer goes by: the configuration, made ready once for all articles."""

from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from functools import lru_cache
from typing import NamedTuple, cast

from feedwright.config.schema import Config, Content, Site
from feedwright.model import Candidate, Person, RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.lookup import Table, table_of
from feedwright.normalize.values import squash
from feedwright.text.globs import matcher
from feedwright.text.patterns import lazy
from feedwright.text.slugs import OF_DIALECT, PLAIN, STYLES, Style

_PLACEHOLDER = lazy(r"\{([a-z]+)(?::([a-z]+))?\}")


class Part(NamedTuple):
    """Part of a permalink pattern: words as they are, or a placeholder."""

    literal: str
    placeholder: str = ""
    form: str = ""


class Pattern(NamedTuple):
    """A permalink pattern for some articles."""

    match: str
    languages: frozenset[str]
    """Casefolded; empty: any."""
    parts: tuple[Part, ...]

    def fits(self, candidate: Candidate) -> bool:
        """Tell whether the place of an article is meant."""
        fits = _matcher(self.match)
        return fits(candidate.below) or fits(candidate.path)


class DefaultValues(NamedTuple):
    """Values for articles that lack them, as raw fields."""

    match: str
    fields: tuple[RawField, ...]

    def fits(self, path: str) -> bool:
        """Tell whether a path is meant."""
        return _matcher(self.match)(path)


class Rules(NamedTuple):
    """Frozen and picklable: worker processes get a copy."""

    site: Site
    content: Content
    zone: tzinfo
    """For dates without one."""
    people: Mapping[str, Person]
    """By casefolded handle."""
    tags: Mapping[str, str]
    """Labels by the keys of the tags file."""
    tables: Mapping[str, Table]
    """By dialect; the dialect `` stands for all others."""
    extra_table: Table
    """For what has no canonical field: values of podcasts and comments."""
    known: frozenset[str]
    """Squashed keys that have a canonical field: not kept under `extra`."""
    defaults: tuple[DefaultValues, ...]
    """The last one first, since a later one wins over an earlier one."""
    pattern: tuple[Part, ...]
    pattern_for_slug: tuple[Part, ...]
    """Empty: the same."""
    patterns: tuple[Pattern, ...]
    """For some articles; the first that fits counts."""

    def style(self, dialect: str) -> Style:
        """Give whose rules make addresses: as configured, else those of the dialect."""
        return STYLES.get(self.content.permalink_style) or OF_DIALECT.get(dialect, PLAIN)

    def table(self, dialect: str) -> Table:
        """Give what the keys of a dialect mean."""
        return self.tables.get(dialect) or self.tables[""]


def rules_of(
    config: Config, people: Mapping[str, Person], tags: Mapping[str, str] | None = None
) -> Rules:
    """Make ready what the normalizer goes by. `people` are by casefolded handle."""
    content = config.content
    configured = _configured(content.fields)
    names = {**aliases.NAMES, **aliases.SWITCHES}
    tables = {"": table_of(names, configured)}
    for dialect, rows in aliases.DIALECT_NAMES.items():
        tables[dialect] = table_of({**names, **rows}, configured)
    return Rules(
        site=config.site,
        content=content,
        zone=_zone(config.site.timezone),
        people=dict(people),
        tags=dict(tags or {}),
        tables=tables,
        extra_table=table_of(aliases.EXTRA_NAMES, {}),
        known=_known(configured),
        defaults=tuple(
            DefaultValues(default.match, _default_fields(default.values))
            for default in reversed(content.defaults)
        ),
        pattern=parse_pattern(content.permalink),
        pattern_for_slug=parse_pattern(content.permalink_slug),
        patterns=tuple(
            Pattern(rule.match, frozenset(map(str.casefold, rule.languages)), parts)
            for rule in content.permalinks
            for parts in (parse_pattern(rule.pattern),)
        ),
    )


def parse_pattern(pattern: str) -> tuple[Part, ...]:
    """Take a permalink pattern apart; its placeholders were checked with the configuration."""
    parts: list[Part] = []
    at = 0
    for match in _PLACEHOLDER.finditer(pattern):
        if match.start() > at:
            parts.append(Part(pattern[at : match.start()]))
        parts.append(Part("", match[1], match[2] or ""))
        at = match.end()
    if at < len(pattern):
        parts.append(Part(pattern[at:]))
    return tuple(parts)


@lru_cache(maxsize=256)
def _matcher(glob: str) -> Callable[[str], bool]:
    """Keep matchers beside the rules, which have to be picklable."""
    return matcher((glob,))


def _zone(name: str) -> tzinfo:
    if name.upper() in ("UTC", "ETC/UTC", "GMT", "Z"):
        return UTC
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - many sites need none

    return ZoneInfo(name)


def _configured(fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Give the names of `content.fields` by canonical field; `date` stands for `published`."""
    found: dict[str, tuple[str, ...]] = {}
    for key, names in fields.items():
        canonical = _canonical(key)
        found[canonical] = (*found.get(canonical, ()), *names)
    return found


def _canonical(key: str) -> str:
    squashed = squash(key)
    for canonical in (*aliases.NAMES, "draft"):
        if squash(canonical) == squashed:
            return canonical
    for canonical, names in aliases.NAMES.items():
        if squashed in map(squash, names):
            return canonical
    return key


def _known(configured: aliases.Names) -> frozenset[str]:
    rows = [row for name, row in aliases.NAMES.items() if name not in aliases.BESIDE]
    rows += [row for table in aliases.DIALECT_NAMES.values() for row in table.values()]
    rows += aliases.SWITCHES.values()
    keys = {squash(name) for row in rows for name in row}
    keys -= {squash(name) for name in aliases.LOOSE_ENCLOSURES}
    return frozenset(keys | {squash(name) for row in configured.values() for name in row})


def _default_fields(values: Mapping[str, object]) -> tuple[RawField, ...]:
    return tuple(
        RawField(key, cast("RawValue", value), 0, "defaults") for key, value in values.items()
    )
