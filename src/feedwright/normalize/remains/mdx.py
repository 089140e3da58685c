"""MDX: Markdown with JSX. Imports and exports go, components become what they show.

`<Tabs>`, `<Admonition type="tip">`, `{/* comments */}`, `{expressions}`, `className`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from feedwright.normalize.remains import jsx, outputs, vocabulary
from feedwright.normalize.remains.arguments import Arguments, parse
from feedwright.normalize.remains.context import Context, Notes, words
from feedwright.normalize.remains.embeds import folded, picture
from feedwright.normalize.remains.pairs import Result, Tag, dedented, indentation, replaced
from feedwright.normalize.values import squash
from feedwright.text.patterns import lazy
from feedwright.text.shielding import shield, unshield

_IMPORT = lazy(
    r"^import\s*"
    r"(?:(?P<what>[\w*{$](?:(?!\n(?:[ \t]*\n|import|export))[^;'\"]){0,2000}?)\s*from\s*)?"
    r"(?:\"(?P<double>[^\"\n]+)\"|'(?P<single>[^'\n]+)')[^\n]*$",
    re.MULTILINE,
)
_EXPORT = lazy(
    r"export\s+(?:default\b|const\b|let\b|var\b|function\b|async\b|class\b|type\b|interface\b|\{|\*)"
)
_DEFAULT_NAME = lazy(r"(?:\*\s+as\s+)?([A-Za-z_$][\w$]*)")
_OPEN, _CLOSE = re.compile(r"[{(\[]"), re.compile(r"[})\]]")
_LONGEST_EXPORT = 400
"""Lines."""
_BLANK_LINE = lazy(r"\n[ \t]*\n")
_NEAR = 1_000
_HEADING_ID = lazy(r"#[\w-]+")
_COMMENT = lazy(r"\s*/\*[\s\S]*\*/\s*")
_EXPRESSION, _ELEMENT = "{", "<"
_LINKS = words("link a nextlink navlink anchor externallink internallink href inlinelink")
_DROPPED = words("head script style nextseo seo helmet meta")
_CODE = words("codeblock code prism highlight codehike snippet syntaxhighlighter")


def is_meant(text: str) -> bool:
    """Tell whether shielded Markdown imports a component that it uses: then it is MDX."""
    for found in _IMPORT.finditer(text):
        names = re.findall(r"[A-Z]\w*", found["what"] or "")
        if any(f"<{name}" in text for name in names):
            return True
    return False


def reduce(text: str, context: Context, notes: Notes) -> str:
    """Put what readers should see in place of everything that is not Markdown."""
    imports: dict[str, str] = {}
    if "import" in text:
        text = _IMPORT.sub(lambda match: _imported(match, imports), text)
    if "export" in text:
        text = _without_exports(text)
    tags = list(_tags(text, imports))
    if not tags:
        return text

    def handle(tag: Tag, inner: str | None) -> Result:
        if tag.name == _EXPRESSION:
            return _expression(tag, text, context, notes)
        if tag.name == _ELEMENT:
            return tag.args or None
        return _component(tag, inner, text, notes)

    return replaced(text, tags, handle, html=False)


# ---------------------------------------------------------------- imports and exports


def _imported(match: re.Match[str], imports: dict[str, str]) -> str:
    name = _DEFAULT_NAME.match(match["what"] or "")
    if name:
        imports[name[1]] = match["double"] or match["single"]
    return ""


def _without_exports(text: str) -> str:
    """Take exports out: from their first line to the one that closes what they open."""
    lines = text.split("\n")
    depths = [_depth(line) for line in lines]
    kept: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of_statement(lines, depths, at) if _EXPORT.match(lines[at]) else at
        kept.append(lines[at] if end == at else "")
        at = max(end, at + 1)
    return "\n".join(kept)


def _depth(line: str) -> int:
    """Give how many brackets a line leaves open."""
    return len(_OPEN.findall(line)) - len(_CLOSE.findall(line))


def _end_of_statement(lines: Sequence[str], depths: Sequence[int], first: int) -> int:
    """Give the line behind a statement; `first` itself when its end is not to be found."""
    depth = 0
    for at in range(first, min(len(lines), first + _LONGEST_EXPORT)):
        depth += depths[at]
        if depth <= 0 and not lines[at].rstrip().endswith(("=", "=>", ",", "(")):
            return at + 1
    return first


# ---------------------------------------------------------------- elements and expressions


def _tags(text: str, imports: Mapping[str, str]) -> Iterator[Tag]:
    braces = jsx.braces(text)
    at = 0
    for found in jsx.MARK.finditer(text):
        if found.start() < at:
            continue
        start = found.start()
        if found[0] == "{":
            end = braces.get(start, 0)
            if end and _is_expression(text, start, end):
                yield Tag(start, end + 1, _EXPRESSION, text[start + 1 : end], stands_alone=True)
                at = end + 1
            continue
        element = jsx.element(text, start, braces, imports)
        if element is not None:
            at = element.end
            yield _tag(element, text)


def _is_expression(text: str, start: int, end: int) -> bool:
    """Tell whether braces hold an expression: one in a line of text does not go beyond it."""
    if _HEADING_ID.fullmatch(text, start + 1, end):
        return False
    line = text.rfind("\n", max(0, start - _NEAR), start) + 1
    return not text[line:start].strip() or not _BLANK_LINE.search(text, start, end)


def _tag(element: jsx.Element, text: str) -> Tag:
    name = element.name
    if name and name[0].islower() and "." not in name:
        written = text[element.start : element.end]
        plain = "{" not in written and "className" not in written
        shown = "" if plain or element.closes else jsx.as_html(element)
        return Tag(element.start, element.end, _ELEMENT, shown, stands_alone=True)
    return Tag(
        element.start,
        element.end,
        name or "Fragment",
        jsx.as_arguments(element),
        closes=element.closes,
        stands_alone=element.is_empty,
    )


def _component(tag: Tag, inner: str | None, text: str, notes: Notes) -> Result:
    if tag.closes or tag.name in {"Fragment", "React.Fragment"}:
        return inner or ""
    word, args = folded(tag.name), parse(tag.args)
    if inner is not None:
        keep = indentation(text, tag.start)
        inner = dedented(inner, keep) if inner.startswith("\n") else inner
    found = _known(word, tag.name, args, inner)
    if found is None:
        notes.removed(text[tag.start : tag.end], f"<{tag.name}>")
        return inner or ""
    return found


def _known(word: str, name: str, args: Arguments, inner: str | None) -> Result:
    if word in _DROPPED:
        return ""
    if word in _LINKS:
        address = args.get("href", "to", "url")
        text = (inner or "").strip() or outputs.inline(args.get("text", "label", "title"))
        return outputs.link(address, text) if address and text else inner
    if word in _CODE and inner is not None:
        return outputs.code(
            inner, args.get("language", "lang", "classname").removeprefix("language-")
        )
    shown = picture(name, args, inner=inner or "") if inner is None or len(inner) < 500 else None
    return shown or vocabulary.reduced(name, args, inner)


def _expression(tag: Tag, text: str, context: Context, notes: Notes) -> str:
    inside = unshield(tag.args)
    if not inside.strip() or _COMMENT.fullmatch(inside):
        return ""
    shown = jsx.string(inside.strip())
    if shown is not None:
        return shield(shown) if "\n" in shown or "`" in inside else outputs.literal(shown)
    path = inside.strip().rpartition(".")
    if path[0] in {"frontMatter", "frontmatter", "props", "meta", "metadata"}:
        known = context.title if path[2] == "title" else context.variables.get(squash(path[2]))
        if known:
            return outputs.literal(known)
    notes.removed(text[tag.start : tag.end], f"{{{inside.strip()}}}")
    return ""
