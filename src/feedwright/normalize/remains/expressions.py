"""Values of Liquid and Nunjucks, as far as an article alone can know them."""

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from feedwright.normalize.remains.context import Context, words
from feedwright.normalize.values import squash
from feedwright.text.patterns import lazy
from feedwright.text.shielding import unshield

_STRING = r"\"[^\"]*+\"|'[^']*+'"
_PATH = r"[A-Za-z_][\w-]*(?:\.[\w-]+|\[[\w\"'.-]*\])*"
_OPERAND = lazy(rf"\s*(?:(?P<string>{_STRING})|(?P<path>{_PATH})|(?P<number>-?\d[\d.]*))\s*")
_FILTER = lazy(
    rf"\|\s*(?P<name>[A-Za-z_]\w*)\s*"
    rf"(?P<args>(?:[:(]\s*)?(?:(?:{_STRING}|[^|\"'])++)?)"
)
_LONGEST = 2_000
_ROOTS = words(
    """
    site page post layout include jekyll paginator content metadata collections eleventy pkg
    base_path loop forloop config theme
    """
)
"""Names that only a template means."""


def evaluate(
    expression: str, context: Context, variables: Mapping[str, str]
) -> tuple[str | None, bool]:
    """Give an expression's value, and whether only a template can have meant it.

    The value is None when nothing but the generator knows it.
    """
    operand, filters = _parsed(expression)
    if operand is None:
        return None, False
    path = operand["path"]
    if path:
        certain = path.partition(".")[0] in _ROOTS or path in variables
        value = _variable(path, context, variables)
    else:
        certain = any(name in _FILTERS for name, _ in filters)
        value = operand["number"] or unquoted(operand["string"])
    for name, argument in filters:
        reduce = _FILTERS.get(name)
        if name == "default" and not value:
            value = _argument(argument, context, variables)
        elif value is not None and reduce is not None:
            value = reduce(value, _argument(argument, context, variables) or "", context)
    return value, certain


def is_expression(text: str) -> bool:
    """Tell whether a text has the form of one."""
    return _parsed(text)[0] is not None


def unquoted(text: str) -> str:
    """Take the quotes off a string."""
    return text[1:-1] if text[:1] in {'"', "'"} and text[-1:] == text[:1] else text


def _parsed(expression: str) -> tuple[re.Match[str] | None, list[tuple[str, str]]]:
    text = unshield(expression[:_LONGEST])
    operand = _OPERAND.match(text)
    if operand is None or len(expression) > _LONGEST:
        return None, []
    filters: list[tuple[str, str]] = []
    at = operand.end()
    while at < len(text):
        found = _FILTER.match(text, at)
        if found is None:
            return None, []
        filters.append((found["name"], found["args"].strip()))
        at = found.end()
    return operand, filters


def _argument(written: str, context: Context, variables: Mapping[str, str]) -> str | None:
    """Give the first argument of a filter: a string, or a variable."""
    operand = _OPERAND.match(written.lstrip(":( "))
    if operand is None:
        return None
    if operand["path"]:
        return _variable(operand["path"], context, variables)
    return operand["number"] or unquoted(operand["string"])


def _variable(path: str, context: Context, variables: Mapping[str, str]) -> str | None:
    if path in variables:
        return variables[path]
    known = {
        "site.url": context.root,
        "site.baseurl": context.base,
        "site.github.url": context.home,
        "base_path": context.home,
        "metadata.url": context.home,
        "site.title": context.site_title,
        "site.name": context.site_title,
        "metadata.title": context.site_title,
        "config.title": context.site_title,
        "page.title": context.title,
        "post.title": context.title,
        "title": context.title,
        "page.url": context.permalink.removeprefix(context.root),
        "page.permalink": context.permalink,
        "post.url": context.permalink,
    }
    if path in known:
        return known[path]
    top, dot, key = path.partition(".")
    if top in {"page", "post"} and dot:
        return context.variables.get(squash(key))
    return None if dot else context.variables.get(squash(path))


def _relative(value: str, _argument: str, context: Context) -> str:
    if "//" in value or value.startswith(("#", "mailto:")):
        return value
    return f"{context.base}/{value.lstrip('/')}"


def _absolute(value: str, _argument: str, context: Context) -> str:
    return context.below_home(value)


_Filter = Callable[[str, str, Context], str]
_FILTERS: Mapping[str, _Filter] = {
    "relative_url": _relative,
    "url": _relative,
    "absolute_url": _absolute,
    "htmlBaseUrl": _absolute,
    "prepend": lambda value, other, _: other + value,
    "append": lambda value, other, _: value + other,
    "upcase": lambda value, _, __: value.upper(),
    "upper": lambda value, _, __: value.upper(),
    "downcase": lambda value, _, __: value.lower(),
    "lower": lambda value, _, __: value.lower(),
    "capitalize": lambda value, _, __: value.capitalize(),
    "strip": lambda value, _, __: value.strip(),
    "trim": lambda value, _, __: value.strip(),
    "remove": lambda value, other, _: value.replace(other, "") if other else value,
    "escape": lambda value, _, __: html.escape(value),
    "xml_escape": lambda value, _, __: html.escape(value),
    "cgi_escape": lambda value, _, __: quote(value),
    "uri_escape": lambda value, _, __: quote(value, safe="/:?#&=%"),
    "url_encode": lambda value, _, __: quote(value),
    "markdownify": lambda value, _, __: value,
    "safe": lambda value, _, __: value,
    "date": lambda value, _, __: value,
    "default": lambda value, _, __: value,
    "asset_url": _relative,
}
"""Filters by name. One that is not here leaves the value as it is."""
