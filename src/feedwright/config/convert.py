"""From the tree of YAML to the schema's records, guided by their types and `keys`. Pure.

A mistake never ends the reading: the value stays at its default, the report gets the mistake, and
what was read so far can still be checked for others.
"""

from collections.abc import Mapping as MappingOf
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from feedwright.config import schema
from feedwright.config.environment import Environment
from feedwright.config.keys import KEYS, Key
from feedwright.config.report import Place, Report
from feedwright.config.scalars import UNUSABLE, Scalars, short
from feedwright.config.suggest import one_of
from feedwright.config.unknown import unknown_key_cure
from feedwright.config.values import choice
from feedwright.text.yamltree import Mapping, Node, PlainValue, Scalar, Sequence

_FIELD_NAMES = choice(
    schema.FIELDS,
    {"date": "published", "modified": "updated", "lastmod": "updated", "author": "authors"}
    | {"category": "categories", "tag": "tags", "description": "summary", "lang": "language"}
    | {"url": "permalink", "link": "permalink", "copyright": "rights", "guid": "id"},
)


class Shape(NamedTuple):
    """What a field holds, from its type hint."""

    record: type | None
    """The class, when the value (or each item) is one with keys of its own."""
    is_list: bool
    is_mapping: bool


def shape_of(hint: Any) -> Shape:
    """Read a type hint of the schema; typing has no type for hints."""
    origin = get_origin(hint)
    if origin in {Union, UnionType}:
        return shape_of(next(each for each in get_args(hint) if each is not type(None)))
    if origin is tuple:
        return shape_of(get_args(hint)[0])._replace(is_list=True)
    if origin is MappingOf:
        return Shape(None, is_list=False, is_mapping=True)
    record = hint if isinstance(hint, type) and hint in KEYS else None
    return Shape(record, is_list=False, is_mapping=False)


@cache
def shapes(record: type) -> MappingOf[str, Shape]:
    """Return the shape of every key of a record."""
    hints = get_type_hints(record)
    return {name: shape_of(hints[name]) for name in KEYS[record]}


def convert(tree: Node, environment: Environment, report: Report) -> schema.Config:
    """Read the whole tree; what is wrong with it is in the report."""
    top = Place("", 1)
    if isinstance(tree, Scalar) and tree.is_null:
        tree = Mapping((), 1, 1, ())
    if not isinstance(tree, Mapping):
        what = f"is {_kind_of(tree)}, not a mapping of keys to values"
        report.error("config-type", top, what, "begin with site:")
        return schema.Config(site=schema.Site(title="", url=""))
    config = _Converter(environment, report).record(schema.Config, tree, top)
    assert isinstance(config, schema.Config)
    return config


class _Converter:
    def __init__(self, environment: Environment, report: Report) -> None:
        self._report = report
        self._scalars = Scalars(environment, report)

    # ------------------------------------------------------------ records

    def record(self, kind: type, node: Mapping, place: Place) -> object:
        keys, given = KEYS[kind], {}
        self._duplicates(node, place)
        for key, value in node.pairs:
            if key.value not in keys:
                cure = unknown_key_cure(key.value, kind)
                here = place.key(short(key.value), key.line)
                self._report.error("config-unknown-key", here, "there is no such key", cure)
                continue
            here = place.key(key.value, key.line)
            self._report.seen(here)
            if not (isinstance(value, Scalar) and value.is_null):
                shape = shapes(kind)[key.value]
                takes = keys[key.value]
                allow_empty = takes.empty or default(kind, key.value) == ""
                given[key.value] = self._value(takes, shape, value, here, allow_empty=allow_empty)
        self._missing(kind, given, place)
        usable = {name: value for name, value in given.items() if value is not UNUSABLE}
        made = kind(**{**_placeholders(kind), **usable})
        return _with_default_path(made, given) if isinstance(made, schema.FeedSpec) else made

    def _webhook(self, node: Mapping, place: Place) -> object:
        with self._scalars.waiting() as names:
            made = self.record(schema.Webhook, node, place)
        waiting = tuple(dict.fromkeys(names))
        if not waiting or not isinstance(made, schema.Webhook):
            return made
        reason = f"{' and '.join(waiting)} {'is' if len(waiting) == 1 else 'are'} not set"
        what = f"{reason}, so this webhook is off, and its messages wait"
        self._report.warn("webhook-disabled", place, what, "set it, or take the webhook out")
        return made._replace(disabled=reason)

    def _duplicates(self, node: Mapping, place: Place) -> None:
        lines = {key.value: key.line for key, _ in node.pairs}
        for key in node.duplicates:
            here = place.key(short(key.value), lines[key.value])
            what = f"stands twice: also in line {key.line}"
            self._report.error("config-duplicate", here, what, "take one of them out")

    def _missing(self, kind: type, given: MappingOf[str, object], place: Place) -> None:
        for name in required(kind):
            if name in given:
                continue
            key = KEYS[kind][name]
            here = place.key(name, place.line)
            self._report.error(
                "config-missing", here, "is missing", f"add it: {_lower(key.meaning)}"
            )
            if shapes(kind)[name].record is schema.Site:
                self._missing(schema.Site, {}, here)

    # ------------------------------------------------------------ values

    def _value(
        self, key: Key, shape: Shape, node: Node, place: Place, *, allow_empty: bool = False
    ) -> object:
        if shape.is_list:
            return self._list(key, shape, node, place)
        if shape.is_mapping:
            return self._mapping(key, node, place)
        if isinstance(node, Scalar) and key.kind is not None:
            return self._scalars.read(key, node, place, allow_empty=allow_empty)
        if isinstance(node, Mapping) and shape.record is not None:
            if shape.record is schema.Webhook:
                return self._webhook(node, place)
            return self.record(shape.record, node, place)
        wanted, cure = _wanted(key, shape)
        what = f"is {_kind_of(node)}, not {wanted}"
        self._report.error("config-type", place, what, cure)
        return UNUSABLE

    def _list(self, key: Key, shape: Shape, node: Node, place: Place) -> object:
        single = shape._replace(is_list=False)
        if isinstance(node, Scalar) and key.kind is not None:
            if "," in node.value:
                what = "is one text with a comma, not a list"
                cure = 'write [a, b], or ["a, b"] if the comma belongs to it'
                self._report.error("config-type", place, what, cure)
                return UNUSABLE
            item = self._scalars.read(key, node, place, allow_empty=False)
            return UNUSABLE if item is UNUSABLE else (item,)
        if not isinstance(node, Sequence):
            cure = 'begin each with "- "' if shape.record is not None else "write [a, b]"
            self._report.error("config-type", place, f"is {_kind_of(node)}, not a list", cure)
            return UNUSABLE
        if len(node.items) < key.least:
            cure = "write at least one, or leave the key out for the default"
            self._report.error("config-value", place, "is an empty list", cure)
        items: list[object] = []
        seen: set[str] = set()
        for index, item_node in enumerate(node.items):
            here = place.item(index, item_node.line)
            self._report.seen(here)
            item = self._value(key, single, item_node, here)
            if item is UNUSABLE:
                # What stands in keeps the numbers of those that follow.
                items.append(shape.record(**_placeholders(shape.record)) if shape.record else "")
            elif not isinstance(item, str):
                items.append(item)
            elif item not in seen:
                items.append(item)
                seen.add(item)
        return tuple(items)

    def _mapping(self, key: Key, node: Node, place: Place) -> object:
        if not isinstance(node, Mapping):
            what = f"is {_kind_of(node)}, not a mapping"
            self._report.error("config-type", place, what, "write {key: value}")
            return UNUSABLE
        if key is KEYS[schema.Content]["fields"]:
            return self._fields(key, node, place)
        return self._plain_mapping(node, place)

    def _fields(self, key: Key, node: Mapping, place: Place) -> dict[str, object]:
        self._duplicates(node, place)
        found: dict[str, object] = {}
        for name, value in node.pairs:
            here = place.key(short(name.value), name.line)
            canonical = self._scalars.read(Key("", _FIELD_NAMES), name, here, allow_empty=False)
            names = self._list(key, Shape(None, is_list=True, is_mapping=False), value, here)
            if isinstance(canonical, str) and names is not UNUSABLE:
                found[canonical] = names
        return found

    def _plain_mapping(self, node: Mapping, place: Place) -> dict[str, PlainValue]:
        self._duplicates(node, place)
        found: dict[str, PlainValue] = {}
        for name, value in node.pairs:
            here = place.key(short(name.value), name.line)
            if not name.value.strip():
                self._report.error("config-value", here, "has an empty name", "name the field")
            found[name.value] = self._plain(value, here)
        return found

    def _plain(self, node: Node, place: Place) -> PlainValue:
        if isinstance(node, Mapping):
            return self._plain_mapping(node, place)
        if isinstance(node, Sequence):
            return [
                self._plain(item, place.item(index, item.line))
                for index, item in enumerate(node.items)
            ]
        if node.is_null:
            return None
        expanded = self._scalars.expand(node, place)
        return expanded.text if expanded is not None else ""


# ---------------------------------------------------------------- helpers


def default(kind: type, name: str) -> object:
    """Return the default of a key as the schema has it; None when it has none."""
    return _defaults(kind).get(name)


def required(kind: type) -> list[str]:
    """Return the keys that a record may not lack."""
    return [name for name in KEYS[kind] if name not in _defaults(kind)]


def _defaults(kind: type) -> dict[str, object]:
    defaults: dict[str, object] = kind._field_defaults  # type: ignore[attr-defined]  # a named tuple
    return defaults


def _placeholders(kind: type) -> dict[str, object]:
    """Return what stands in for required values that are missing, so that checks can go on."""
    found: dict[str, object] = {}
    for name in required(kind):
        shape = shapes(kind)[name]
        if shape.record is not None:
            found[name] = shape.record(**_placeholders(shape.record))
        else:
            found[name] = {} if shape.is_mapping else ""
    return found


def _with_default_path(spec: schema.FeedSpec, given: MappingOf[str, object]) -> schema.FeedSpec:
    if "path" in given:
        return spec
    return spec._replace(path=f"{spec.name}/{{slug}}" if spec.per else spec.name)


def _kind_of(node: Node) -> str:
    if isinstance(node, Scalar):
        return "empty" if node.is_null else "text"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _wanted(key: Key, shape: Shape) -> tuple[str, str]:
    if shape.record is None:
        return "one value", "write one value"
    cure = "write its keys below it, indented; " + one_of(KEYS[shape.record])
    return ("a mapping" if key.kind is None else "a mapping or text"), cure


def _lower(meaning: str) -> str:
    first = meaning.removesuffix(".")
    return first[0].lower() + first[1:]
