"""The YAML that most front matter is, read by one pattern: many times as fast as by a parser.

Keys with a text or a short list of texts, each on lines of its own. Whatever is not surely of this
form is left to `yamltree`; what is taken means the same there, which tests hold.
"""

from feedwright.text.patterns import lazy

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that mean "nothing" (YAML 1.2 core schema, 10.3.2)."""

Text = str | None
Value = Text | list[Text]

_LONGEST = 20_000
"""Characters. So few can exceed no limit of `yamltree`."""

_NO = "\x00-\x1f\x7f"
"""No characters of YAML, ends of lines, and tabs."""
_STRANGE = lazy("[\x80-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""More of these: looked for beforehand, since in every part of the pattern they would be slow."""
_QUOTED = rf"\"[^\"\\{_NO}]*+\"|'[^'{_NO}]*+'"
_PLAIN = rf"[^-?:,\[\]{{}}#&*!|>'\"%@` {_NO}](?:[^:#{_NO}]++|:(?![ \n]|\Z)|(?<! )\#)*+"
"""Text without quotes; it would end at `: ` and at ` #`."""
_WORD = rf"[^ -/:-@\[-\^`{{-~{_NO}]"
_INNER = rf"{_WORD}(?:{_WORD}|[ ./+&'()-])*+"
"""The same within brackets, where more characters have a meaning."""
_ITEM = rf" *+(?:{_QUOTED}|{_INNER}) *+"
_ROW = lazy(
    r"(?:([A-Za-z_][A-Za-z0-9_-]{0,79}+):"
    rf"(?: ++(?:({_PLAIN})|({_QUOTED})|\[ *+((?:{_ITEM}(?:,{_ITEM})*+)?)\]))?"
    rf"|( *+)- ++(?:({_PLAIN})|({_QUOTED}))"
    rf"|\#[^{_NO}]*+)?"
    r" *+"
)
"""A line: key, plain or quoted text, list; or indentation and plain or quoted text of an item;
or a comment, or nothing."""
_ITEMS = lazy(rf"({_INNER})|({_QUOTED})")
_Row = tuple[Text, ...]
_SHORT = 60
"""Characters. So long are lines that many articles have, such as the name of an author."""
_MOST_ROWS = 2_000
_rows: dict[str, _Row] = {}
"""Lines met before, to what they say."""


def pairs(text: str) -> list[tuple[str, Value, int]] | None:
    r"""Return each key with its value and its line, from 1; None when `yamltree` has to read it.

    No key stands twice.

    >>> pairs("title: Sea\ntags: [a, b]\n")
    [('title', 'Sea', 1), ('tags', ['a', 'b'], 2)]
    """
    if len(text) > _LONGEST or not (text.isascii() or _STRANGE.search(text) is None):
        return None
    found: dict[str, tuple[str, Value, int]] = {}
    items: list[Text] | None = None
    indentation, open_key, opened = -1, "", 0
    for line, written in enumerate(text.split("\n"), 1):
        row = _rows.get(written) or _row(written)
        if row is None:
            return None
        key, plain, quoted, inner, indent, item, quoted_item = row
        if key is not None:
            if key in found:
                return None
            value: Value = _text(plain, quoted) if inner is None else _list(inner)
            found[key] = (key, value, line)
            items = None
            open_key = "" if plain or quoted or inner is not None else key
            opened, indentation = line, -1
        elif indent is not None:
            if items is None:
                if not open_key:
                    return None
                items, indentation = [], len(indent)
                found[open_key] = (open_key, items, opened)
            if len(indent) != indentation:
                return None
            items.append(_text(item, quoted_item))
    return list(found.values()) or None


def _row(line: str) -> _Row | None:
    found = _ROW.fullmatch(line)
    if found is None:
        return None
    row = found.groups()
    if len(line) <= _SHORT:
        if len(_rows) == _MOST_ROWS:
            _rows.clear()
        _rows[line] = row
    return row


def _text(plain: Text, quoted: Text) -> Text:
    if plain is None:
        return quoted[1:-1] if quoted else None
    plain = plain.rstrip(" ")
    return None if plain in NULLS else plain


def _list(inner: str) -> list[Text]:
    if '"' in inner or "'" in inner:
        return [_text(plain or None, quoted) for plain, quoted in _ITEMS.findall(inner)]
    return [_text(item.strip(" "), None) for item in inner.split(",")] if inner else []
