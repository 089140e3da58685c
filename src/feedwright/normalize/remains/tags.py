"""What each tag of Liquid, Nunjucks, Hexo and Tera becomes."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from feedwright.normalize.remains import expressions, outputs, vocabulary
from feedwright.normalize.remains.arguments import Arguments, parse
from feedwright.normalize.remains.context import Context, Notes, words
from feedwright.normalize.remains.embeds import folded, picture
from feedwright.normalize.remains.pairs import Block, Result, Tag
from feedwright.text import shielding
from feedwright.text.patterns import lazy


class Unknown:
    """What nobody knows."""


UNKNOWN: Final = Unknown()

_ELSE, _ELSE_END = "\ufffe", "\uffff"
"""Mark a branch of an `if`; no clean text holds them."""
_BRANCH = lazy(f"{_ELSE}[^{_ELSE_END}]*{_ELSE_END}")
_ASSIGNMENT = lazy(r"\s*(?P<name>[A-Za-z_][\w.-]*)\s*=\s*(?P<value>[\s\S]*)")
_FILE = lazy(r"\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s,]+))")
_VARIABLE = lazy(r"(?<==)(\s*)((?:page|site|include|post|layout|theme)\.[\w.-]+)(?=[\s,]|$)")
_OUTPUT = lazy(r"\{\{([^{}]*)\}\}")


class State(NamedTuple):
    """What is known while one text is read from front to back."""

    context: Context
    notes: Notes
    variables: dict[str, str]
    is_template: bool
    """Whether the article shows that its generator reads it as a template."""


def reduced(tag: Tag, inner: str | None, state: State) -> Result | Unknown:
    """Give what a tag becomes; None: it stays as it stands."""
    if tag.closes:
        return None  # no generator would have taken it
    if tag.key:
        found = called(tag.name, tag.args, inner)
        return UNKNOWN if found is None else found
    reduce = _TAGS.get(tag.name)
    if reduce is not None:
        return reduce(tag, inner, state)
    args = parse(_with_values(tag.args, state))
    found = vocabulary.reduced(tag.name, args, inner)
    return UNKNOWN if found is None else found


def called(name: str, args: str, inner: str | None = None) -> Result:
    """Give what a shortcode of Zola becomes."""
    return vocabulary.reduced(name, parse(args), inner)


def stands_alone(name: str, args: str) -> bool:
    """Tell whether a tag has no closing one, though its like may have."""
    return name in _SINGLES or (name == "set" and "=" in args)


def is_known(tag: Tag) -> bool:
    """Tell whether a tag is one that nobody writes who only talks about templates."""
    return tag.name in _SINGLES and bool(tag.args) and tag.name not in _BRANCHES


def without_branches(text: str) -> str:
    """Give the marks of branches that belong to no `if` as they stood."""
    return text.replace(_ELSE, "").replace(_ELSE_END, "") if _ELSE in text else text


# ---------------------------------------------------------------- blocks


def _raw(_tag: Tag, inner: str | None, _state: State) -> Result:
    return inner


def _dropped(_tag: Tag, inner: str | None, _state: State) -> Result:
    return None if inner is None else ""


def _kept(_tag: Tag, inner: str | None, _state: State) -> Result:
    return inner


def _if(tag: Tag, inner: str | None, state: State) -> Result:
    if inner is None or (not tag.args and tag.name != "ifchanged"):
        return None
    branches = _BRANCH.split(inner)
    _note(tag, state)
    return branches[0]


def _case(tag: Tag, inner: str | None, state: State) -> Result:
    if inner is None or not tag.args:
        return None
    branches = _BRANCH.split(inner)
    _note(tag, state)
    return branches[1] if len(branches) > 1 else ""


def _loop(tag: Tag, inner: str | None, state: State) -> Result:
    if inner is None or not tag.args:
        return None
    _note(tag, state)
    return ""


def _branch(tag: Tag, _inner: str | None, _state: State) -> Result:
    args = f" {tag.args}" if tag.args else ""
    return f"{_ELSE}{{% {tag.name}{args} %}}{_ELSE_END}"


def _capture(tag: Tag, inner: str | None, state: State) -> Result:
    assigned = _ASSIGNMENT.fullmatch(tag.args)
    if inner is None:
        if not assigned:
            return None
        value, _ = expressions.evaluate(
            assigned["value"].rstrip("-"), state.context, state.variables
        )
        if value is not None:
            state.variables[assigned["name"]] = value
        return ""
    state.variables[parse(tag.args).at(0)] = inner.strip()
    return ""


def _nothing(tag: Tag, inner: str | None, state: State) -> Result:
    if not tag.args and inner is None:
        return None
    _note(tag, state)
    return inner or ""


def _mathematics(_tag: Tag, inner: str | None, state: State) -> Result:
    if inner is None or "$" in shielding.unshield(inner):
        return inner
    text = shielding.unshield(inner)
    return outputs.literal(text) if state.context.is_html else shielding.literal(text)


# ---------------------------------------------------------------- addresses


def _post_address(tag: Tag, _inner: str | None, state: State) -> Result:
    path = parse(tag.args).written.strip("\"'")
    return state.context.article(path) if path else None


def _link(tag: Tag, inner: str | None, state: State) -> Result | Unknown:
    """Read Jekyll's `link path`, an address, or Hexo's `link text address`, a link."""
    args = parse(_with_values(tag.args, state))
    place = next((i for i, value in enumerate(args.values) if outputs.is_web(value)), 0)
    if place:
        return outputs.link(args.values[place], outputs.inline(" ".join(args.values[:place])))
    path = args.written.strip("\"'")
    if not path or args.named:
        found = vocabulary.reduced("link", args, inner)
        return UNKNOWN if found is None else found
    if outputs.is_web(args.at(0)):
        return outputs.alone(outputs.link(args.at(0)))
    is_article = re.search(r"\.(?:md|markdown|html?)$", path)
    found_address = state.context.article(path) if is_article else ""
    return found_address or state.context.below_home(path).replace(" ", "%20")


def _post_link(tag: Tag, _inner: str | None, state: State) -> Result:
    args = parse(tag.args)
    if not args.values:
        return None
    address = state.context.article(args.at(0))
    texts = [value for value in args.values[1:] if value not in {"true", "false"}]
    name = args.at(0).rpartition("/")[2].partition("#")[0]
    shown = outputs.inline(" ".join(texts) or name.replace("-", " "))
    return outputs.link(address, shown) if address else shown


def _asset(tag: Tag, _inner: str | None, _state: State) -> Result:
    args = parse(tag.args)
    if not args.values:
        return None
    if tag.name == "asset_path":
        return args.written.strip("\"'").replace(" ", "%20")
    return outputs.link(args.at(0), outputs.inline(args.rest(1) or args.at(0)))


# ---------------------------------------------------------------- includes


def _include(tag: Tag, inner: str | None, state: State) -> Result | Unknown:
    """Read an include by its name and values: a figure, a video, a note."""
    file = _FILE.match(shielding.unshield(tag.args))
    if file is None:
        return None
    name = file["double"] or file["single"] or file["bare"] or ""
    args = parse(_with_values(shielding.unshield(tag.args)[file.end() :], state))
    found = vocabulary.reduced(name, args, inner) if "." not in folded(name) else None
    if found is None:
        found = _by_content(name, args)
    if found is None:
        state.notes.removed(f"{{% {tag.name}", f"{{% {tag.name} {name} %}}")
        return inner or ""
    return found


def _by_content(name: str, args: Arguments) -> Block | None:
    """Read an include whose name says nothing: its picture, else its text."""
    shown = picture(name, args)
    text = args.get("content", "text", "body", "message")
    if shown is None and text:
        return outputs.quote(text, args.get("title", "header"))
    return shown


def _with_values(args: str, state: State) -> str:
    """Put values in place of variables among the arguments."""
    args = shielding.unshield(args)

    def value(expression: str) -> str:
        found, _ = expressions.evaluate(expression, state.context, state.variables)
        return found or ""

    if "{{" in args:
        args = _OUTPUT.sub(lambda match: value(match[1]), args)
    if "." in args:
        args = _VARIABLE.sub(lambda match: f'{match[1]}"{value(match[2])}"', args)
    if state.variables:
        args = _known_variables(args, state.variables)
    return args


def _known_variables(args: str, variables: Mapping[str, str]) -> str:
    return re.sub(
        r"(?<==)([A-Za-z_][\w-]*)(?=[\s,]|$)",
        lambda match: f'"{variables[match[1]]}"' if match[1] in variables else match[0],
        args,
    )


def _note(tag: Tag, state: State) -> None:
    state.notes.removed(f"{{% {tag.name}", f"{{% {tag.name} {tag.args} %}}".replace("  ", " "))


_Reduce = Callable[[Tag, str | None, State], Result | Unknown]
_TAGS: Mapping[str, _Reduce] = {
    "raw": _raw,
    "verbatim": _raw,
    "comment": _dropped,
    "macro": _dropped,
    "if": _if,
    "unless": _if,
    "ifchanged": _if,
    "case": _case,
    "switch": _case,
    "for": _loop,
    "tablerow": _loop,
    "asyncEach": _loop,
    "asyncAll": _loop,
    "else": _branch,
    "elsif": _branch,
    "elseif": _branch,
    "elif": _branch,
    "when": _branch,
    "capture": _capture,
    "assign": _capture,
    "set": _capture,
    "block": _kept,
    "include": _include,
    "include_relative": _include,
    "include_cached": _include,
    "render": _include,
    "partial": _include,
    "render_partial": _include,
    "import": _nothing,
    "from": _nothing,
    "extends": _nothing,
    "layout": _nothing,
    "cycle": _nothing,
    "increment": _nothing,
    "decrement": _nothing,
    "liquid": _nothing,
    "echo": _nothing,
    "math": _mathematics,
    "katex": _mathematics,
    "latex": _mathematics,
    "post_url": _post_address,
    "post_path": _post_address,
    "link": _link,
    "post_link": _post_link,
    "asset_path": _asset,
    "asset_link": _asset,
}
_BRANCHES = words("else elsif elseif elif when")
_SINGLES = _BRANCHES | words(
    """
    assign include include_relative include_cached render
    partial render_partial import from extends layout cycle increment decrement liquid echo
    post_url post_path link post_link asset_path asset_link asset_img
    """
)
