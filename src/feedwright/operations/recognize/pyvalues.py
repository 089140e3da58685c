"""Constants of a Python file, read from its syntax tree; nothing is executed."""

import ast
import re
import warnings
from collections.abc import Mapping
from typing import Any

from feedwright.text.patterns import lazy

_LINE = lazy(r"^([A-Z][A-Z0-9_]*)\s*=\s*u?(['\"])((?:(?!\2)[^\\\n])*)\2\s*(?:#.*)?$", re.M)
_DEEP = 30


def constants(source: str) -> Mapping[str, Any]:
    """Return the values that a file assigns at its top; what is computed is left out.

    Of a file that today's Python cannot read, only plain texts are given.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # '\\d' in the patterns of others
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {match[1]: match[3] for match in _LINE.finditer(source)}
    values: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        else:
            continue
        found = _value(value, values)
        if found is not None:
            values |= {target.id: found for target in targets if isinstance(target, ast.Name)}
    return values


def _value(node: ast.expr, known: Mapping[str, Any], depth: int = 0) -> Any:
    """Return what an expression is, as far as it is written out; None when it is not."""
    if depth > _DEEP:
        return None
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, (ast.Tuple, ast.List)):
        return [_value(item, known, depth + 1) for item in node.elts]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        read = ((_value(k, known, depth + 1), v) for k, v in pairs if k is not None)
        return {k: _value(v, known, depth + 1) for k, v in read if isinstance(k, (str, int))}
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _value(node.left, known, depth + 1), _value(node.right, known, depth + 1)
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        return left + right if isinstance(left, list) and isinstance(right, list) else None
    if isinstance(node, ast.JoinedStr):
        parts = [_value(_bare(part), known, depth + 1) for part in node.values]
        return "".join(map(str, parts)) if None not in parts else None
    if isinstance(node, ast.Call) and len(node.args) == 2:  # os.environ.get("NAME", "default")
        return _value(node.args[1], known, depth + 1) if _is_get(node.func) else None
    return None


def _bare(part: ast.expr) -> ast.expr:
    """Give what a field of an f-string shows."""
    return part.value if isinstance(part, ast.FormattedValue) else part


def _is_get(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr in {"get", "getenv"}
