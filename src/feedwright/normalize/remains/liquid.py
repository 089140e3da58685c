"""Tags and outputs in braces: Liquid (Jekyll, Eleventy), Nunjucks (Eleventy, Hexo), Tera (Zola).

`{% highlight c %}…{% endhighlight %}`, `{{ "/a.png" | relative_url }}`, `{{ youtube(id="x") }}`.
An article may also talk about them, so whatever no generator would have taken stays text: a block
that is not closed, an unknown output in an article that shows no other sign of templates.
"""

import re
from collections.abc import Iterator

from feedwright.normalize.remains import expressions, outputs, tags
from feedwright.normalize.remains.context import Context, Notes
from feedwright.normalize.remains.pairs import Result, Tag, replaced
from feedwright.text.patterns import lazy
from feedwright.text.shielding import shield_tags
from feedwright.text.spans import RawBlock

_INSIDE = r"(?:(?!%\}|\{%|\n[ \t]*\n)[\s\S])*+"
_TOKEN = lazy(
    rf"(?<!\{{)\{{%[-+~]?\s*(?P<slash>/?)\s*(?P<name>[A-Za-z_][\w.-]*)(?P<args>{_INSIDE})%\}}"
    r"|(?<![{\\$])\{\{[-~]?(?![{<%#/!>&^])(?P<expression>(?:(?!\}\}|\{\{|\{%|\n[ \t]*\n)[\s\S])*+)"
    r"\}\}(?!\})"
    r"|\{#[-\s](?P<comment>(?:(?!#\}|\{#|\n[ \t]*\n)[\s\S])*+)#\}"
)
_SHOWN = lazy(
    r"(?P<open>\{\{|(?<!\{)\{%)(?P<before>\s*)/\*(?P<inside>\s*(?:[A-Za-z_]\w*\((?:(?!\*/|\{\{|\{%)[\s\S])*+|end\s*))\*/"
    r"(?P<after>\s*)(?P<close>\}\}|%\})"
)
_CALL = lazy(r"\s*(?P<name>[A-Za-z_]\w*)\s*\((?P<args>[\s\S]*)\)\s*")
_NAMED_ONLY = lazy(r"\s*(?:[A-Za-z_]\w*\s*=[\s\S]*)?")
_RAW_NAMES = (
    "raw|verbatim|highlight|codeblock|code|comment|mermaid|plantuml|uml|math|katex|latex|js|css"
    "|javascript|stylesheet|style|script"
)
RAW = (
    RawBlock(
        rf"(?<!\{{)\{{%[-+~]?\s*(?P<name>{_RAW_NAMES})(?=[\s%-]){_INSIDE}%\}}",
        r"\{%[-+~]?\s*(?:end|/\s*)NAME\s*[-+~]?%\}",
    ),
)
SHOWS_TAGS = frozenset({"raw", "verbatim"})
"""Raw blocks in which all but templates is markup."""
_ANNOTATION = lazy(r"[ \t]*\{%[ \t]*[.#][A-Za-z_][^{}%\n]*%\}")
"""Markdoc's classes and ids."""
_RAW_ANYWHERE = lazy(
    r"\{%-?\s*raw\s*-?%\}(?P<inside>(?:(?!\{%-?\s*(?:end)?raw\s*-?%\})[\s\S])*+)"
    r"\{%-?\s*endraw\s*-?%\}"
)
_BEFORE_ADDRESS = lazy(
    r"(?<!\}\})(?<!\}\}/)(?:\{\{-?\s*site\.(?:url|baseurl)\s*-?\}\}/?)++(?=\{%-?\s*(?:post_url|link)\s)"
)
_PROSE = frozenset({"and", "or"})
"""What stands between the two marks in a sentence about them."""
_OUTPUT, _CALLED, _COMMENT = "{{", "(", "{#"


def without_raw_marks(text: str) -> str:
    """Take `{% raw %}` off everywhere, code too: what Jekyll does before it reads Markdown."""
    return _RAW_ANYWHERE.sub(lambda match: shield_tags(match["inside"]), text)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_TOKEN` finds; braces alone are found many times as fast."""
    at = text.find("{")
    while at >= 0:
        found = _TOKEN.match(text, at)
        if found:
            yield found
        at = text.find("{", found.end() if found else at + 1)


def reduce(text: str, context: Context, notes: Notes) -> str:
    """Put what readers should see in place of tags and outputs."""
    if "/*" in text:
        text = _SHOWN.sub(lambda match: outputs.literal(_shown(match)), text)
    if "{%" in text:
        text = _ANNOTATION.sub("", text)
    if "site." in text:
        text = _BEFORE_ADDRESS.sub("", text)
    tokens = [_tag(match) for match in _tokens(text)]
    if not tokens:
        return text
    state = tags.State(context, notes, {}, is_template=context.is_template)
    if not state.is_template and any(_is_certain(tag, state) for tag in tokens):
        state = state._replace(is_template=True)

    def handle(tag: Tag, inner: str | None) -> Result:
        if tag.name == _OUTPUT:
            return _output(tag, text, state)
        if tag.name in _PROSE:
            return None
        if tag.name == _COMMENT:
            return "" if state.is_template else None
        found = tags.reduced(tag, inner, state)
        if isinstance(found, tags.Unknown):
            notes.removed(text[tag.start : tag.end], f"{{% {tag.name} %}}")
            return inner or ""
        return found

    return tags.without_branches(replaced(text, tokens, handle, html=context.is_html))


def shown_in_code(code: str) -> str:
    """Give code as Zola shows it: `{{/* x() */}}` stands for `{{ x() }}`."""
    return _SHOWN.sub(_shown, code) if "/*" in code else code


def _shown(match: re.Match[str]) -> str:
    inside = f"{match['before']}{match['inside']}{match['after']}"
    return f"{match['open']}{inside}{match['close']}"


def _tag(match: re.Match[str]) -> Tag:
    start, end = match.span()
    if match["expression"] is not None:
        inside = match["expression"].rstrip("-~")
        return Tag(start, end, _OUTPUT, inside, stands_alone=True)
    if match["comment"] is not None:
        return Tag(start, end, _COMMENT, "", stands_alone=True)
    name, args = match["name"], match["args"].rstrip().rstrip("-+~").strip()
    if match["slash"]:  # Markdoc
        return Tag(start, end, name, "", closes=True)
    if name == "end":
        return Tag(start, end, name, "", closes=True, key=_CALLED)
    if args.startswith("(") and args.endswith(")"):
        return Tag(start, end, name, args, key=_CALLED)
    if name.startswith("end") and len(name) > 3:
        return Tag(start, end, name, "", closes=True, key=name[3:])
    alone = args.endswith("/") or tags.stands_alone(name, args)
    return Tag(start, end, name, args.removesuffix("/"), stands_alone=alone)


def _is_certain(tag: Tag, state: tags.State) -> bool:
    """Tell whether a token shows that the generator reads this article as a template."""
    if tag.name == _OUTPUT:
        return expressions.evaluate(tag.args, state.context, {})[1]
    return tags.is_known(tag)


def _output(tag: Tag, text: str, state: tags.State) -> Result:
    call = _CALL.fullmatch(tag.args)
    if call:
        if not state.is_template and not _NAMED_ONLY.fullmatch(call["args"]):
            return None
        found = tags.called(call["name"], call["args"])
        if found is None:
            state.notes.removed(text[tag.start : tag.end], f"{{{{ {call['name']}() }}}}")
        return found or ""
    value, certain = expressions.evaluate(tag.args, state.context, state.variables)
    if not certain and (not state.is_template or not expressions.is_expression(tag.args)):
        return None
    if value is None:
        state.notes.removed(text[tag.start : tag.end], text[tag.start : tag.end])
        return ""
    if "markdownify" in tag.args and text[max(0, tag.start - 99) : tag.start].rstrip()[-1:] == ">":
        return f"\n\n{value.strip()}\n\n"
    if not value and text[tag.end : tag.end + 1] in {")", '"', "'", ">"}:
        return f"{state.context.home}/"  # an address of nothing would be this very article
    return value
