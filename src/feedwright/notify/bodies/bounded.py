"""A sandbox with an end: no template takes all the time or all the memory there is.

What counts are steps (turns of loops, calls and filters) and sizes, not seconds, so that the same
template and the same event always give the same. Jinja2 is an extra: import this late.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, Template, nodes, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from feedwright.notify.bodies.growth import GROWTH, UNBOUNDED, UNWRITTEN, formatted, length, weight

STEPS = 100_000
"""Turns of all loops, calls and filters, of one message."""
SIZE = 1_000_000
"""Characters of one message, and of each text or list that a template makes."""
MADE = 20_000_000
"""Characters and items of all texts and lists that one message makes on its way."""
_LONGEST_NUMBER = 100_000
"""Bits of a product or a power."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Runs templates within bounds; one at a time. What goes beyond is a SecurityError."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self) -> None:
        # Nothing is computed while a template is read: that would be outside of the bounds.
        super().__init__(
            autoescape=False, undefined=StrictUndefined, optimized=False, finalize=self._shown
        )
        self._steps = 0
        self._made = 0
        del self.globals["lipsum"]
        self._join_parts = self.filters["join"]
        self.add_filters(self.filters | {"join": self._join})
        self.filters |= {_TURNS: self._turns, _JOINED: self._joined, _MADE: self._counted}

    def add_filters(self, filters: dict[str, Callable[..., Any]]) -> None:
        """Add filters, which are counted."""
        self.filters |= {name: self._watched(name, each) for name, each in filters.items()}

    def bounded(self, source: str) -> Template:
        """Return a template whose loops and joins are counted."""
        tree = _Watch().visit(self.parse(source))
        return self.template_class.from_code(self, self.compile(tree), self.make_globals(None))

    def text_of(self, template: Template, context: dict[str, object]) -> str:
        """Render a template."""
        self._steps = self._made = 0
        pieces, size = [], 0
        for piece in template.generate(context):
            pieces.append(piece)
            size += len(piece)
            if size > SIZE:
                raise SecurityError(f"the message is longer than {SIZE:,} characters")
        return "".join(pieces)

    def concat(self, parts: Iterable[str]) -> str:
        """Join what a block or a macro writes."""
        texts = list(parts)
        self._make(sum(map(len, texts)))
        return "".join(texts)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may use an attribute; no method that makes texts of any size."""
        if attr in UNBOUNDED and isinstance(obj, (str, int)):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Let nothing past `is_safe_attribute`."""

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something, which is a step."""
        self._step()
        text, name = getattr(called, "__self__", None), getattr(called, "__name__", "")
        if isinstance(text, str):
            if name == "join":
                args = (list(*args),)
                self._make(self._joint(text, args[0]))
            elif name in GROWTH:
                self._make(GROWTH[name](text, *args, **kwargs))
        return self._counted(super().call(context, called, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute, unless the result would be too large."""
        if isinstance(left, int) and isinstance(right, int):
            if operator == "**":
                _check(left.bit_length() * max(right, 0), _LONGEST_NUMBER, "a number")
            elif operator == "*":
                _check(left.bit_length() + right.bit_length(), _LONGEST_NUMBER, "a number")
        elif operator == "+":
            self._make(length(left) + length(right))
        elif operator == "*":
            for items, times in ((left, right), (right, left)):
                if isinstance(times, int):
                    self._make(length(items) * times)
        elif operator == "%" and isinstance(left, str):
            self._make(formatted(left, right, SIZE))
        return super().call_binop(context, operator, left, right)

    def _watched(self, name: str, made: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that is counted: a step, what it is asked to make, and what it made."""
        own = int(hasattr(made, "jinja_pass_arg"))  # the first argument may be Jinja2's

        @wraps(made)  # the mark of that argument comes along
        def watched(*args: Any, **kwargs: Any) -> Any:
            self._step()
            if name not in UNWRITTEN:  # what is a text already may be longer
                given = (each for each in (*args[own:], *kwargs.values()) if not _is_text(each))
                self._make(sum(weight(each, SIZE) for each in given))
            if name in GROWTH:
                self._make(GROWTH[name](*args[own:], **kwargs))
            if name == "sum":
                _refuse_lists(*args[own:], **kwargs)
            return self._counted(made(*args, **kwargs))

        return watched

    @pass_eval_context
    def _join(
        self, asked: EvalContext, value: Any, d: Any = "", attribute: str | int | None = None
    ) -> Any:
        parts = list(value if attribute is None else map(make_attrgetter(self, attribute), value))
        self._make(self._joint(d, parts))
        return self._join_parts(asked, parts, d)

    def _joint(self, separator: object, parts: list[object]) -> int:
        return weight(parts, SIZE) + weight(separator, SIZE) * max(len(parts) - 1, 0)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > STEPS:
            raise SecurityError(f"the template takes more than {STEPS:,} steps")

    def _make(self, size: int) -> None:
        _check(size, SIZE, "a text or list")
        self._count(size)

    def _count(self, size: int) -> None:
        self._made += max(size, 0)
        _check(self._made, MADE, "all texts and lists on the way to the message")

    def _counted(self, value: Any) -> Any:
        self._count(length(value))
        return value

    def _shown(self, value: Any) -> Any:
        """Take what stands in `{{ }}`, which becomes a text."""
        if not _is_text(value):
            self._make(weight(value, SIZE))
        return value

    def _turns(self, items: Iterable[object]) -> Iterator[object]:
        for item in items:
            self._step()
            yield item

    def _joined(self, parts: list[object]) -> str:
        self._make(weight(parts, SIZE))
        return "".join(map(str, parts))


_TURNS, _JOINED, _MADE = "(turns)", "(joined)", "(made)"  # names that no template can write


class _Watch(NodeTransformer):
    """Sends by the filters that count: what loops go through, what `~` joins, and slices."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _TURNS)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), _JOINED)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        return _filtered(node, _MADE) if isinstance(node.arg, nodes.Slice) else node


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    made = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
    return made.set_environment(node.environment) if node.environment else made  # type: ignore[return-value]  # it returns itself


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _refuse_lists(_items: object, attribute: object = None, start: object = 0) -> None:
    if not isinstance(start, (int, float)):
        raise SecurityError("sum adds numbers alone")


def _check(size: int, most: int, what: str) -> None:
    if size > most:
        raise SecurityError(f"{what} would be larger than {most:,}")
