"""A sandbox with an end: no template takes all the time or all the memory there is.

What counts are steps (turns of loops, and calls) and sizes, not seconds, so that the same template
and the same event always give the same. Jinja2 is an extra: import this late.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

STEPS = 100_000
"""Turns of all loops, and calls, of one message."""
SIZE = 1_000_000
"""Characters of one message, and of each text or list that a template makes by joining."""
_LONGEST_NUMBER = 100_000
"""Bits of a power."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Runs templates within bounds; one at a time. What goes beyond is a SecurityError."""

    intercepted_binops = frozenset(("+", "*", "**"))

    def __init__(self) -> None:
        # Nothing is computed while a template is read: that would be outside of the bounds.
        super().__init__(autoescape=False, undefined=StrictUndefined, optimized=False)
        self._steps = 0
        del self.globals["lipsum"]
        self.filters |= {_TURNS: self._turns, _JOINED: self._joined}

    def bounded(self, source: str) -> Template:
        """Return a template whose loops and joins are counted."""
        tree = _Watch().visit(self.parse(source))
        return self.template_class.from_code(self, self.compile(tree), self.make_globals(None))

    def text_of(self, template: Template, context: dict[str, object]) -> str:
        """Render a template."""
        self._steps = 0
        pieces, size = [], 0
        for piece in template.generate(context):
            pieces.append(piece)
            size += len(piece)
            if size > SIZE:
                raise SecurityError(f"the message is longer than {SIZE:,} characters")
        return "".join(pieces)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something, which is a step."""
        self._step()
        return super().call(context, called, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute, unless the result would be too large."""
        if operator == "**":
            if isinstance(left, int) and isinstance(right, int):
                _check(left.bit_length() * max(right, 0), _LONGEST_NUMBER, "a number")
        elif operator == "+":
            _check(_length(left) + _length(right), SIZE, "a text or list")
        else:
            for items, times in ((left, right), (right, left)):
                if isinstance(times, int):
                    _check(_length(items) * times, SIZE, "a text or list")
        return super().call_binop(context, operator, left, right)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > STEPS:
            raise SecurityError(f"the template takes more than {STEPS:,} steps")

    def _turns(self, items: Iterable[object]) -> Iterator[object]:
        for item in items:
            self._step()
            yield item

    def _joined(self, parts: list[object]) -> str:
        texts = [str(part) for part in parts]
        _check(sum(map(len, texts)), SIZE, "a text")
        return "".join(texts)


_TURNS, _JOINED = "(turns)", "(joined)"  # names that no template can write


class _Watch(NodeTransformer):
    """Sends what loops go through, and what `~` joins, by the filters that count."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _TURNS)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), _JOINED)


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    made = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
    return made.set_environment(node.environment) if node.environment else made  # type: ignore[return-value]  # it returns itself


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, bytes, list, tuple)) else 0


def _check(size: int, most: int, what: str) -> None:
    if size > most:
        raise SecurityError(f"{what} would be larger than {most:,}")
