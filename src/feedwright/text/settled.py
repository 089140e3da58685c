"""HTML that is clean as it stands, told without a parser: most of what Markdown becomes.

A proof, not a cleaner. It knows some elements, where each may stand so that a parser leaves it
there, and how their attributes look. Whatever else it meets it knows nothing of, and the sanitizer
decides. Where it says yes it gives what the sanitizer would, byte for byte.
"""

import re

from feedwright.text.patterns import lazy

_TAG = lazy(r"<[^<>]*>")
_HOST = r"(?:(?!xn--)[a-z0-9-]+\.)+(?!xn--)[a-z]{2,}"
_PATH = r"-\w/.~%+,=?#@!$*();"
_ADDRESS = rf"(?:https?://{_HOST}(?:/(?:[{_PATH}:]++|&amp;)*+)?|(?!//|\")(?:[{_PATH}]++|&amp;)*+)"
_WORDS = r"(?:[^\"<>&]++|&amp;)*+"
_WITH_ATTRIBUTES = lazy(
    rf"<(?:(a) href=\"{_ADDRESS}\"(?: title=\"{_WORDS}\")?"
    rf"|(img) src=\"{_ADDRESS}\" alt=\"{_WORDS}\"(?: title=\"{_WORDS}\")?"
    r"(?: width=\"\d++\")?(?: height=\"\d++\")?(?: /)?"
    r"|(h[1-6]|li|sup|div) id=\"[\w-]+\""
    r"|(t[hd]) align=\"(?:left|right|center)\""
    r"|(code) class=\"language-[\w.#+-]+\")>",
    re.ASCII,
)
_REFERENCES = ("&amp;", "&lt;", "&gt;")
"""Those that a serializer writes in text."""

_INLINE = frozenset(
    ("a", "b", "br", "code", "del", "em", "i", "img", "kbd", "mark", "strong", "sub", "sup")
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    ("blockquote", "div", "dl", "figure", "hr", "ol", "p", "pre", "table", "ul", *_HEADINGS)
)
_FLOW = _BLOCKS | _INLINE
_ITEMS = frozenset(("li",))
_CELLS = frozenset(("td", "th"))
_INSIDE = {
    "": _FLOW,
    "blockquote": _BLOCKS,
    "dd": _FLOW,
    "div": _FLOW,
    "dl": frozenset(("dd", "dt")),
    "dt": _INLINE,
    "figcaption": _FLOW,
    "figure": _FLOW | {"figcaption"},
    "li": _FLOW,
    "ol": _ITEMS,
    "ul": _ITEMS,
    "p": _INLINE,
    "pre": frozenset(("code",)),
    "table": frozenset(("tbody", "thead")),
    "tbody": frozenset(("tr",)),
    "thead": frozenset(("tr",)),
    "tr": _CELLS,
    **dict.fromkeys(_CELLS, _INLINE),
    **dict.fromkeys(_HEADINGS, _INLINE),
    **dict.fromkeys(_INLINE, _INLINE),
}
"""What may stand in an element."""
_LOOSE = lazy(r"<(?:table|t(?:head|body|r)|/(?:t[hdr]|thead|tbody))>[ \t\n]*+[^< \t\n]")
"""Text between the parts of a table, which a parser puts before it."""
_EMPTY = frozenset(("br", "hr", "img"))
_START = {f"<{name}>": name for name in _INSIDE if name and name != "img"}
_START |= {"<hr>": "hr", "<hr />": "hr", "<br />": "br"}
_END = {name: f"</{name}>" for name in _INSIDE}


def settled(html: str) -> str | None:
    """Give HTML as the sanitizer would give it; None when only the sanitizer can tell.

    `html` has no characters that XML forbids. Linear.
    """
    tags = _TAG.findall(html)
    if not len(tags) == html.count("<") == html.count(">") or not _is_nested(tags):
        return None
    if "&" in html and html.count("&") != sum(map(html.count, _REFERENCES)):
        return None
    kinds = set(tags)
    if "\r" in html or ("<pre>" in kinds and html.count("<pre>") != html.count("<pre><code")):
        return None  # a parser ignores the line end with which a `pre` begins
    if "<table>" in kinds and _LOOSE.search(html):
        return None
    if " />" in "".join(kinds):
        html = html.replace(" />", ">")
    return html if html.isascii() else html.replace("\xa0", "&nbsp;")


def _is_nested(tags: list[str]) -> bool:
    """Tell whether every element is known, stands where it may, and is closed in its turn."""
    names = [""]
    for tag in tags:
        around = names[-1]
        if tag == _END[around]:
            names.pop()
            continue
        name = _START.get(tag) or _with_attributes(tag)
        if name not in _INSIDE[around] or (name in _INLINE and name in names):
            return False
        if name not in _EMPTY:
            names.append(name)
    return len(names) == 1


def _with_attributes(tag: str) -> str:
    match = _WITH_ATTRIBUTES.fullmatch(tag)
    return match[match.lastindex or 0] if match else ""
