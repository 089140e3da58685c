"""Files of records in YAML: a list of mappings, or one mapping."""

import re

from feedwright.sources import yamlrepair
from feedwright.sources.recordfile import LISTS, Collector, Found
from feedwright.sources.values import clean
from feedwright.text import yamltree
from feedwright.text.patterns import lazy

_ITEM = lazy(r"^-(?=[ \t\n])", re.MULTILINE)
_MAX_NODES = 2_000_000


def yaml_tree(text: str) -> Found:
    """Read a list of mappings, or a mapping, or a mapping with such a list.

    When the whole cannot be read, each item of a list is read for itself.
    """
    collected = Collector()
    try:
        node = yamltree.parse(text, max_nodes=_MAX_NODES)
    except yamltree.YamlError as error:
        if _read_items(text, collected):
            return collected.found()
        collected.fail(error.line, error.what, error.cure or yamlrepair.CURE)
        return collected.found(are_many=False)
    if isinstance(node, yamltree.Mapping):
        for key, value in node.pairs:
            if key.value in LISTS and isinstance(value, yamltree.Sequence):
                node = value
                break
    _add(node, 0, collected)
    return collected.found(are_many=isinstance(node, yamltree.Sequence))


def _add(node: yamltree.Node, before: int, collected: Collector) -> None:
    """Take the mapping that a node is, or those that it holds; `before`: lines above its text."""
    for each in node.items if isinstance(node, yamltree.Sequence) else (node,):
        if isinstance(each, yamltree.Mapping):
            value = {key.value: yamltree.plain_value(item) for key, item in each.pairs}
            lines = {clean(key.value): key.line + before for key, _ in each.pairs}
            collected.add(value, each.line + before, lines)


def _read_items(text: str, collected: Collector) -> bool:
    """Read the items of a list one by one; return whether the text is a list at all."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    if not starts or text[: starts[0]].strip(" \n-#"):
        return False
    line = counted = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line, counted = line + text.count("\n", counted, start), start
        item = text[start:end]
        try:
            _add(yamltree.parse(item), line, collected)
        except yamltree.YamlError as error:
            repaired = yamlrepair.repair(item)
            if repaired is None:
                cure = error.cure or yamlrepair.CURE
                collected.fail(error.line + line, error.what, cure)
                continue
            _add(repaired.node, line, collected)
            collected.repairs += (
                change._replace(line=change.line + line) for change in repaired.changes
            )
    return True
