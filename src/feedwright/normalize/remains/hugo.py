"""Shortcodes of Hugo, and of Nikola, which writes the same with percent signs.

`{{< figure >}}`, `{{% notice %}}…{{% /notice %}}`, `{{</* shown as text */>}}`.
"""

import re

from feedwright.normalize.remains import outputs
from feedwright.normalize.remains.arguments import Arguments, parse
from feedwright.normalize.remains.context import Context, Notes
from feedwright.normalize.remains.embeds import folded, picture
from feedwright.normalize.remains.pairs import Result, Tag, replaced
from feedwright.normalize.remains.vocabulary import reduced
from feedwright.text import shielding
from feedwright.text.patterns import lazy
from feedwright.text.spans import RawBlock

_QUOTED = r"\"(?:(?!\{\{[<%])(?:[^\"\\\n]|\\.))*+\""
_ARGS = rf"(?:{_QUOTED}|(?!\{{\{{[<%]|[>%]\}}\}}|\n[ \t]*\n)(?:\\.|[\s\S]))*+"
_TAG = lazy(
    rf"\{{\{{(?P<mark>[<%])\s*(?P<close>/?)\s*(?P<name>\w[\w./-]*+)(?P<args>{_ARGS})"
    r"(?P<end>[>%])\}\}"
)
_ENDS = {"<": ">", "%": "%"}
_SHOWN = lazy(
    r"\{\{(?P<mark>[<%])(?P<before>\s*)/\*(?P<inside>(?:(?!\*/|\{\{[<%])[\s\S])*+)\*/"
    r"(?P<after>\s*)(?P<end>[>%])\}\}"
)
_RAW_NAMES = "highlight|code|codeblock|mermaid|math|katex|latex|tikz|raw|rawhtml|html|comment"
RAW = (
    RawBlock(
        rf"\{{\{{[<%]\s*(?P<name>{_RAW_NAMES})(?=[\s>%])(?:(?!\{{\{{[<%]|[>%]\}}\}})[\s\S])*+"
        r"(?<!/)[>%]\}\}",
        r"\{\{[<%]\s*/\s*NAME\s*[>%]\}\}",
    ),
)
_MATH = frozenset({"math", "katex", "latex", "tikz"})
_HTML = frozenset({"rawhtml", "raw", "html", "unsafe"})
_REFERENCES = frozenset({"ref", "relref"})
_DOC = lazy(r"\s*(?P<title>[^<]*?)\s*<(?P<slug>[^<>]+)>\s*")


def reduce(text: str, context: Context, notes: Notes) -> str:
    """Put what readers should see in place of shortcodes."""
    if "/*" in text:
        text = _SHOWN.sub(lambda match: outputs.literal(_shown(match)), text)
    tags = [_tag(match) for match in _TAG.finditer(text) if match["end"] == _ENDS[match["mark"]]]
    if not tags:
        return text

    def handle(tag: Tag, inner: str | None) -> Result:
        found = _known(tag, inner, context)
        if found is None and not tag.closes:
            notes.removed(text[tag.start : tag.end], f"{{{{< {tag.name} >}}}}")
        return found if found is not None else _without_template(tag, inner)

    return replaced(text, tags, handle, html=context.is_html)


def shown_in_code(code: str) -> str:
    """Give code as a site shows it: `{{</* x */>}}` stands for `{{< x >}}` there too."""
    return _SHOWN.sub(_shown, code) if "/*" in code and "{{" in code else code


def _shown(match: re.Match[str]) -> str:
    inside = f"{match['before']}{match['inside']}{match['after']}"
    return f"{{{{{match['mark']}{inside}{match['end']}}}}}"


def _tag(match: re.Match[str]) -> Tag:
    args = match["args"].rstrip()
    return Tag(
        match.start(),
        match.end(),
        match["name"],
        args.removesuffix("/"),
        closes=bool(match["close"]),
        stands_alone=args.endswith("/"),
    )


def _without_template(tag: Tag, inner: str | None) -> str:
    """Keep the text of a pair that nobody knows, unless it is a template itself."""
    return "" if tag.name.endswith(".inline") else inner or ""


def _known(tag: Tag, inner: str | None, context: Context) -> Result:
    if tag.closes:
        return ""
    args, word = parse(tag.args), folded(tag.name)
    if tag.name in _REFERENCES:
        return _reference(args.get("path") or args.at(0), context)
    if word == "param":
        return context.variables.get(folded(args.at(0)))
    if word in _MATH and inner is not None:
        return inner if "$" in shielding.unshield(inner) else _mathematics(inner, context)
    if word == "figure":
        return picture(tag.name, args, inner=inner or "", titled=True)
    if word in _HTML and inner is not None:
        return outputs.raw_html(inner, is_html=context.is_html)
    if word == "doc" and inner is not None:
        return _doc(args, inner, context)
    return reduced(tag.name, args, inner)


def _reference(path: str, context: Context) -> str | None:
    if not path:
        return None
    page, mark, fragment = path.partition("#")
    if not page:
        return path
    found = context.article(page)
    return (
        (found or context.below_home(re.sub(r"(?:/_?index)?\.\w+$", "/", page))) + mark + fragment
    )


def _mathematics(inner: str, context: Context) -> str:
    inner = shielding.unshield(inner)
    return outputs.literal(inner) if context.is_html else shielding.literal(inner)


def _doc(args: Arguments, inner: str, context: Context) -> str | None:
    """Read Nikola's link to an article: `title <slug>`, or the slug alone."""
    named = _DOC.fullmatch(inner)
    slug = named["slug"] if named else inner.strip()
    address = context.article(slug)
    return (
        outputs.link(address, (named and named["title"]) or args.get("title")) if address else None
    )
