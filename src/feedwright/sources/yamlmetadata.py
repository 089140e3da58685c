"""YAML metadata that is more than keys, texts and short lists: by a parser, repaired if need be."""

from feedwright.model import Problem, RawField
from feedwright.sources import yamlrepair
from feedwright.sources.shapes import UnreadableError, warning
from feedwright.sources.values import Fields, as_it_is, check_size, clean, duplicate, raw_value
from feedwright.text import yamltree
from feedwright.text.patterns import lazy

_BREAKS = lazy("[\x85\u2028\u2029]")
"""Line ends to YAML, and to nobody who pastes a title from a page."""
_NOT_YAML = lazy("[\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_CUT = lazy(r"[ \t]#(?=[^\s#])")
_PROSE_KEYS = frozenset({"title", "headline", "summary", "description", "subtitle"})
_LESS = "keep only what describes the article"


def read(text: str, before: int, path: str, origin: str) -> Fields | None:
    """Return fields and warnings; None when it is no set of keys and values.

    `before` is the number of lines above. Raises UnreadableError (`front-matter`).
    """
    text = _NOT_YAML.sub("", _BREAKS.sub(" ", text))
    problems: list[Problem] = []
    try:
        node = yamltree.parse(text)
    except yamltree.YamlError as error:
        repaired = yamlrepair.repair(text)
        if repaired is None:
            line = error.line + before
            too_much = error.what.startswith(("has more than", "is nested"))
            cure = error.cure or (_LESS if too_much else yamlrepair.CURE)
            raise UnreadableError("front-matter", line, error.what, cure) from error
        node = repaired.node
        for change in repaired.changes:
            what, cure = change.what, f"write {change.better}"
            line = change.line + before
            problems.append(
                warning("yaml-repaired", path, line, field=change.key, what=what, cure=cure)
            )
    if not isinstance(node, yamltree.Mapping):
        return ((), ()) if isinstance(node, yamltree.Scalar) and node.is_null else None
    values = [(key, yamltree.plain_value(value)) for key, value in node.pairs]
    check_size([value for _, value in values], before + 1)
    # Only escapes can make characters that decoding has not taken out.
    safe = raw_value if "\\" in text else as_it_is
    fields = tuple(
        RawField(clean(key.value), safe(value), key.line + before, origin) for key, value in values
    )
    problems += (duplicate(path, key.line + before, key.value) for key in _duplicates(node))
    if " #" in text or "\t#" in text:
        problems += _cut_values(node, text.split("\n"), before, path)
    return fields, tuple(problems)


def _duplicates(root: yamltree.Mapping) -> list[yamltree.Scalar]:
    found: list[yamltree.Scalar] = []
    level: list[yamltree.Node] = [root]
    while level:
        node = level.pop()
        if isinstance(node, yamltree.Mapping):
            found += node.duplicates
            level += (value for _, value in node.pairs)
        elif isinstance(node, yamltree.Sequence):
            level += node.items
    return list({(key.line, key.column): key for key in found}.values())


def _cut_values(node: yamltree.Mapping, lines: list[str], before: int, path: str) -> list[Problem]:
    """Name texts that YAML cuts at ` #`, which begins a comment: `title: Issue #5`."""
    problems: list[Problem] = []
    for key, value in node.pairs:
        if not isinstance(value, yamltree.Scalar) or not value.plain:
            continue
        row = lines[value.line - 1] if 0 < value.line <= len(lines) else ""
        if key.value.casefold() in _PROSE_KEYS and _CUT.search(row, value.column - 1):
            what = "is cut at #, which begins a comment in YAML"
            cure = "put the value in quotes"
            problems.append(
                warning("yaml-cut", path, key.line + before, field=key.value, what=what, cure=cure)
            )
    return problems
