"""Asides of several dialects: quoted, under their title.

`!!! note "Title"` with an indented body and `=== "Tab"` (Python-Markdown), `:::note … :::`
(Docusaurus, VuePress, MyST), `> [!NOTE]` (GitHub, Obsidian), `::youtube{#id}` (directives).
"""

import re
from collections.abc import Iterator

from feedwright.normalize.remains import outputs, vocabulary
from feedwright.normalize.remains.arguments import Arguments, parse
from feedwright.normalize.remains.context import Context, Notes
from feedwright.normalize.remains.embeds import embed, folded, picture
from feedwright.normalize.remains.pairs import Block, Result, Tag, replaced, result_of
from feedwright.text.patterns import lazy
from feedwright.text.shielding import unshield

_INDENTED = lazy(
    r"^(?P<lead>[ \t>]*)(?:"
    r"(?P<mark>!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+(?:[ \t]+[\w|-]+)*)?"
    r"(?:[ \t]*(?P<title>\"[^\n]*\"))?"
    r"|===[!+]?[ \t]+(?P<tab>\"[^\"\n]*\"|'[^'\n]*'))[ \t]*$",
    re.MULTILINE,
)
_ALERT = lazy(
    r"^(?P<lead>[ \t]*(?:>[ \t]?)+)\[!(?P<kind>[A-Za-z][\w -]{0,30})(?:\|[^\]\n]*)?\][+-]?"
    r"[ \t]*(?P<title>[^\n]*)$",
    re.MULTILINE,
)
_FENCE = lazy(
    r"^(?P<lead>[ \t>]*)(?P<colons>:{3,})[ \t]*"
    r"(?:(?P<name>[A-Za-z][\w-]*)|\{(?P<braced>[^{}\n]*)\})?(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_LEAF = lazy(
    r"^(?P<lead>[ \t>]*)::(?P<name>[A-Za-z][\w-]*)(?=[\[{])(?:\[(?P<label>[^\]\n]*)\])?"
    r"(?:\{(?P<attributes>[^}\n]*)\})?[ \t]*$",
    re.MULTILINE,
)
_LABEL = lazy(r"\[(?P<label>[^\n]*?)\][ \t]*(?:\{(?P<attributes>[^{}\n]*)\})?[ \t]*")
_ATTRIBUTES = lazy(r"(?P<title>[^{}\n]*)\{(?P<attributes>[^{}\n]*)\}[ \t]*")
_CLASS = lazy(r"[.#]([\w-]+)")
_OPTION = lazy(r"[ \t]*\n(?:[ \t]*:[\w-]+:[^\n]*\n)+")
_WIDE = 4


def reduce(text: str, context: Context, notes: Notes) -> str:
    """Put quotations in place of asides."""
    if "!!!" in text or "???" in text or "===" in text:
        text = _without_indented(text)
    if "::" in text:
        text = _without_fences(text, context, notes)
    if "[!" in text:
        text = _ALERT.sub(_alert, text)
    return text


# ---------------------------------------------------------------- indented bodies


def _without_indented(text: str) -> str:
    """Read `!!!`, `???` and `===`: a body is what is indented by four more than they are."""
    for _ in range(_WIDE * 2):  # one in another, a few times
        pieces = list(_indented(text))
        if len(pieces) == 1:
            return text
        text = "".join(pieces)
    return text


def _indented(text: str) -> Iterator[str]:
    at = 0
    for head in _INDENTED.finditer(text):
        if head.start() < at:
            continue  # within the body of another: its turn comes
        body, end = _body(text, head.end(), head["lead"])
        if not body.strip() and not head["title"]:
            continue  # "!!! so I thought" is a text
        yield text[at : head.start()] + head["lead"]
        block = _aside(head, body)
        yield result_of(block, text, head.start() + len(head["lead"]), end, html=False)
        at = end
    yield text[at:]


def _aside(head: re.Match[str], body: str) -> Block:
    if head["tab"]:
        return outputs.section(body, head["tab"][1:-1])
    words = (head["kind"] or "").lower().split()
    kind = next((word for word in words if word in vocabulary.KINDS), words[0] if words else "")
    title = head["title"][1:-1] if head["title"] else vocabulary.title_of(kind)
    return outputs.details(body, title) if head["mark"][0] == "?" else outputs.quote(body, title)


def _body(text: str, start: int, lead: str) -> tuple[str, int]:
    """Give the indented lines behind `start`, with the indentation of `lead`, and their end."""
    quote = lead.rstrip()
    lines: list[str] = []
    at = end = start
    while at < len(text):
        stop = text.find("\n", at + 1)
        stop = stop if stop >= 0 else len(text)
        line = text[at + 1 : stop]
        if line.strip() in {"", quote.strip()}:
            lines.append(quote)
        else:
            inner = _dedented(line, lead)
            if inner is None:
                break
            lines.append(lead + inner)
            end = stop
        at = stop
    return "\n" + "\n".join(lines), end


def _dedented(line: str, lead: str) -> str | None:
    """Take four columns off a line behind what it has in common with the head; None: too few."""
    quotes = lead.count(">")
    rest = line
    for _ in range(quotes):
        before, mark, rest = rest.partition(">")
        if not mark or before.strip():
            return None
        rest = rest.removeprefix(" ")
    width = len(lead.rpartition(">")[2].expandtabs(_WIDE)) - (1 if quotes else 0)
    wide = max(width, 0) + _WIDE
    rest = rest.expandtabs(_WIDE) if "\t" in rest[:wide] else rest
    return rest[wide:] if rest[:wide].isspace() and len(rest[:wide]) == wide else None


# ---------------------------------------------------------------- colons


def _without_fences(text: str, context: Context, notes: Notes) -> str:
    tags = [tag for match in _FENCE.finditer(text) if (tag := _fence(match, text))]
    names = {tag.start: tag for tag in tags}
    if names:

        def handle(tag: Tag, inner: str | None) -> Result:
            return None if inner is None else _directive(tag, inner)

        text = replaced(text, tags, handle, html=False)
    return _LEAF.sub(lambda match: _leaf(match, notes), text)


def _fence(match: re.Match[str], text: str) -> Tag | None:
    """Read a line of colons. What pairs is the number of colons, the nearest first."""
    start = match.end("lead")
    name = match["name"] or ""
    rest = (match["rest"] or "").strip()
    if match["braced"] is not None:
        words = match["braced"].split()
        name = words[0].lstrip(".#") if words else ""
        rest = f"{rest} {' '.join(words[1:])}".strip()
    if not name:
        if rest.strip(": "):
            return None
        return Tag(start, match.end(), "", "", closes=True, key=match["colons"])
    end = match.end()
    if match["braced"] is not None:
        options = _OPTION.match(text, end)  # MyST: `:class: tip` lines
        end = options.end() - 1 if options else end
    return Tag(start, end, name, rest, key=match["colons"])


def _directive(tag: Tag, inner: str) -> Result:
    title, attributes = _labelled(tag.args.rstrip(": ") if tag.args.endswith(":::") else tag.args)
    word = folded(tag.name)
    title = attributes.get("title", "label") or title
    if word in {"details", "dropdown", "spoiler"}:
        return outputs.details(inner, title)
    if word in {"tab", "tabitem"}:
        return outputs.section(inner, title) if title else inner
    if word in vocabulary.KINDS or word in {"admonition", "callout", "alert", "aside"}:
        return outputs.quote(
            inner, title or vocabulary.title_of(word if word in vocabulary.KINDS else "")
        )
    found = embed(tag.name, attributes) or picture(tag.name, attributes, inner=inner)
    if found is None and title:  # it may be a text that someone set between colons
        found = outputs.section(inner, f"{tag.name} {title}")
    return found or Block("<div>", inner, "</div>")


def _labelled(rest: str) -> tuple[str, Arguments]:
    """Read `[label]{attributes}`, `label {attributes}` or a mere title."""
    rest = unshield(rest).strip()
    found = _LABEL.fullmatch(rest)
    if found:
        return found["label"], parse(found["attributes"] or "")
    found = _ATTRIBUTES.fullmatch(rest)
    if found:
        return found["title"].strip(), parse(found["attributes"])
    return rest, Arguments((), {})


def _leaf(match: re.Match[str], notes: Notes) -> str:
    attributes = match["attributes"] or ""
    named = _CLASS.match(attributes.strip())
    args = parse(attributes)
    if named and not args.named.get("id"):
        args = Arguments((), {**args.named, "id": named[1]})
    label = match["label"] or ""
    found = embed(match["name"], args) or picture(match["name"], args, inner=label)
    if found is None:
        if not label:
            notes.removed(match[0].strip(), f"::{match['name']}")
        return match["lead"] + label
    start = match.end("lead")
    return match["lead"] + result_of(found, match.string, start, match.end(), html=False)


# ---------------------------------------------------------------- alerts


def _alert(match: re.Match[str]) -> str:
    kind = match["kind"].strip().lower()
    title = match["title"].strip() or vocabulary.title_of(kind)
    lead = match["lead"]
    shown = f"{lead}**{title}**" if title and "**" not in title else f"{lead}{title}"
    return f"{shown}\n{lead.rstrip()}"
