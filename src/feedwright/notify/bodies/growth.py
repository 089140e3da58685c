"""How large a text or a list becomes, told before it is made.

What a template asks for in one word (`|center(10 ** 9)`) takes all the memory there is before
anybody can count it. All sizes are bounds from above, of characters or items. Jinja2 is an extra:
import this late.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set, ValuesView

from jinja2.utils import Namespace

_MARGIN = 2
"""Quotes around a value, or a comma and a blank after it."""
_OBJECT = 32
"""Characters of what is neither a text nor a whole number."""
_FLOAT = 330
"""Characters of the longest number with a point, by `%f`."""
_LINK = 64
"""Characters around an address that becomes a link."""
_CONVERSION = re.compile(r"%(?:\([^)]*\))?[#0 +-]*(\*|\d*)(?:\.(\*|\d*))?")


def weight(value: object, most: int) -> int:
    """Return how long a value is as a text; of one longer than `most`, any number above it.

    What stands in a list ten times counts ten times: lists of lists take little room, as texts
    they do not.
    """
    size = 0
    open_lists = [iter((value,))]
    while open_lists and size <= most:
        for each in open_lists[-1]:
            size += _own(each) + _MARGIN
            parts = _parts(each)
            if parts is not None:
                open_lists.append(parts)
                break
            if size > most:
                break
        else:
            open_lists.pop()
    return size


def _own(value: object) -> int:
    if isinstance(value, int):
        return value.bit_length() // 3 + _MARGIN
    return len(value) if isinstance(value, str) else _OBJECT


def _parts(value: object) -> Iterator[object] | None:
    if isinstance(value, Namespace):
        value = value._Namespace__attrs  # what it prints
    if isinstance(value, Mapping):
        return (part for pair in value.items() for part in pair)
    if isinstance(value, (list, tuple, Set, ValuesView)):
        return iter(value)
    return None


def length(value: object) -> int:
    """Return how many characters or items a value holds itself."""
    return len(value) if isinstance(value, (str, bytes, list, tuple, dict)) else 0


def formatted(text: str, values: object, most: int) -> int:
    """Bound `text % values`: by the widths that it asks for, and the longest value for each."""
    if isinstance(values, Mapping):
        given = tuple(values.values())
    else:
        given = values if isinstance(values, tuple) else (values,)
    widest = max((abs(each) for each in given if isinstance(each, int)), default=0)
    longest = max((weight(each, most) for each in given), default=0) + _FLOAT
    size = len(text)
    for asked in _CONVERSION.finditer(text):
        size += longest
        size += sum(widest if each == "*" else int(each or 0) for each in asked.groups(""))
    return size


def _batched(_items: object, linecount: int, *_: object, **__: object) -> int:
    return linecount


def _centered(_text: object, width: int = 80, *_: object) -> int:
    return width


def _formatted(text: object, *values: object, **named: object) -> int:
    return formatted(str(text), named or values, 1 << 20)


def _indented(text: object, width: int | str = 4, *_: object, **__: object) -> int:
    step = len(width) if isinstance(width, str) else width
    return step * (len(str(text).splitlines()) + 1)


def _in_json(_value: object, indent: int | str | None = None) -> int:
    # How deep it is, and how many lines it has, is not known: 31 blanks are allowed.
    return int(length(indent) or indent or 0) ** 4


def _linked(text: object, *asked: object, **named: object) -> int:
    words = sum(any(sign in word for sign in ".:@") for word in str(text).split())
    return words * (_LINK + sum(map(length, (*asked, *named.values()))))


def _replaced(text: object, old: object, new: object, *_: object, **__: object) -> int:
    return str(text).count(str(old)) * len(str(new))


def _rounded(_number: object, precision: int = 0, *_: object, **__: object) -> int:
    return abs(precision) * 4


def _sliced(_items: object, slices: int, *_: object, **__: object) -> int:
    return slices


def _wrapped(text: object, *asked: object, **named: object) -> int:
    return len(str(text)) * max(1, *map(length, (*asked, *named.values())), 0)


GROWTH: Mapping[str, Callable[..., int]] = {
    "batch": _batched,
    "center": _centered,
    "format": _formatted,
    "indent": _indented,
    "replace": _replaced,
    "round": _rounded,
    "slice": _sliced,
    "tojson": _in_json,
    "urlize": _linked,
    "wordwrap": _wrapped,
}
"""By how much the filters that make more than they are given do so, from what they are given."""

UNWRITTEN = frozenset(
    """abs attr batch count d default dictsort first float groupby int items join last length list
    map max min random reject rejectattr reverse round select selectattr slice sort sum
    unique""".split()  # noqa: SIM905  a table
)
"""Filters that take what they are given as it is; all others make a text of it."""

UNBOUNDED = frozenset(
    """encode expandtabs format format_map ljust maketrans rjust to_bytes translate
    zfill""".split()  # noqa: SIM905  a table
)
"""Methods of texts and numbers that make more than they are given."""
