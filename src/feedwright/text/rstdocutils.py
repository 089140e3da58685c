"""The only import of docutils: its settings, and directives and roles as feeds need them.

Imported late, by `rst`.
"""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docutils import nodes
from docutils.core import publish_parts
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives import images, tables
from docutils.parsers.rst.languages import en
from docutils.utils import unescape
from docutils.writers import html5_polyglot

from feedwright.text.patterns import lazy

_SETTINGS = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,  # our own directive passes HTML on
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": False,
    "docinfo_xform": False,
    "initial_header_level": 2,
    "syntax_highlight": "none",
    "math_output": "MathML",
    "line_length_limit": 1_000_000,
    "footnote_references": "superscript",
    "toc_backlinks": False,
    "embed_stylesheet": False,
    "image_loading": "link",
    "language_code": "en",
}
_TITLE = lazy(r'<p class="admonition-title">([^\n]*?)</p>')

_NAMES = lazy(r"\.\.[ \t]+(?:\|[^|\n]{1,200}\|[ \t]+)?([\w.+:-]{1,60}?)[ \t]?::(?=\s|\Z)")
_ROLES = lazy(r":([A-Za-z][\w.+:-]{0,60}):`|`:([A-Za-z][\w.+:-]{0,60}):")
_NEW_ROLE = lazy(r"\.\.[ \t]+role::[ \t]+([\w.+-]{1,60})")
_TARGET = lazy(r"(.*\S)\s*<[^<>]*>", re.DOTALL)
_CODE_ROLE_NAMES = """
    kbd file program command envvar option samp makevar mailheader newsgroup mimetype regexp
    func class meth attr mod data const exc obj token keyword opcode cmd
"""
_CODE_ROLES = frozenset(_CODE_ROLE_NAMES.split())
_BAD = object()
"""The value of an option that cannot be read."""


def render(source: str) -> str:
    """Return the HTML of a text. Odd input can make docutils raise almost anything."""
    _prepare(source)
    parts = publish_parts(source, writer=_Writer(), settings_overrides=dict(_SETTINGS))
    title, subtitle = parts["title"], parts["subtitle"]
    head = f"<h1>{title}</h1>\n" if title else ""
    head += f"<h2>{subtitle}</h2>\n" if subtitle else ""
    return head + _TITLE.sub(r"<p><strong>\1</strong></p>", str(parts["body"])).strip()


class _Translator(html5_polyglot.HTMLTranslator):  # type: ignore[misc]  # docutils has no types
    """Writes what stands without style sheets: the class of an element is nothing in a feed."""

    def visit_literal(self, node: nodes.literal) -> None:
        self.body.append(f"<code>{html.escape(node.astext(), quote=False)}</code>")
        raise nodes.SkipNode


class _Writer(html5_polyglot.Writer):  # type: ignore[misc]  # docutils has no types
    def __init__(self) -> None:
        super().__init__()
        self.translator_class = _Translator


def _prepare(source: str) -> None:
    """Tell docutils what to do with the directives and roles of a text that it does not know.

    Roles that an earlier text defined live on in its registry: each one that is used here and not
    defined here is registered anew.
    """
    for name in {found.lower() for found in _NAMES.findall(source)} - _KNOWN - _OURS.keys():
        directives.register_directive(name, _Unknown)
    used = {name.lower() for pair in _ROLES.findall(source) for name in pair if name}
    defined = {found.lower() for found in _NEW_ROLE.findall(source)}
    for name in used - defined - en.roles.keys():
        roles.register_local_role(name, _text_role)


# ---------------------------------------------------------------- options


class _Options(dict[str, Any]):
    """Takes any option: one that is not known is no reason to lose a picture."""

    def __missing__(self, name: str) -> Any:
        return directives.unchanged


def _forgiving(convert: Any) -> Any:
    def converted(argument: str | None) -> Any:
        try:
            return convert(argument)
        except (ValueError, TypeError):
            return _BAD

    return converted


def _tolerant(base: Any, *without: str) -> Any:
    """Return a directive that passes over the options it does not know or cannot read."""
    known = {name: _forgiving(convert) for name, convert in base.option_spec.items()}

    class Tolerant(base):  # type: ignore[misc]  # docutils has no types
        option_spec = _Options(known)

        def run(self) -> Any:
            options: dict[str, Any] = vars(self)["options"]
            self.options = {
                name: value
                for name, value in options.items()
                if name in known and name not in without and value is not _BAD
            }
            return super().run()

    return Tolerant


# ---------------------------------------------------------------- directives


class _Taking(Directive):  # type: ignore[misc]  # docutils has no types
    """Takes anything: any arguments, any options, any content."""

    optional_arguments = 100
    final_argument_whitespace = True
    has_content = True
    option_spec = _Options(name=directives.unchanged)

    def run(self) -> Sequence[nodes.Node]:
        return []

    def argument(self) -> str:
        return " ".join(self.arguments).strip()


class _Unknown(_Taking):
    """Shows the content of a directive, below its arguments as a title."""

    def run(self) -> Sequence[nodes.Node]:
        if not self.content:
            return []
        box = nodes.container()
        title = self.argument()
        if title and "\n" not in title:
            box += nodes.paragraph("", "", nodes.strong(title, title))
        self.state.nested_parse(self.content, self.content_offset, box)
        return list(box.children)


class _Content(_Taking):
    """Shows the content alone."""

    def run(self) -> Sequence[nodes.Node]:
        box = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, box)
        return list(box.children)


class _Code(_Taking):
    """Shows code with its language."""

    def run(self) -> Sequence[nodes.Node]:
        code = "\n".join(self.content)
        language = re.sub(r"[^\w.#+-]", "", self.argument())[:40]
        known = f' class="language-{language}"' if language else ""
        text = f"<pre><code{known}>{html.escape(code, quote=False)}</code></pre>"
        return [nodes.raw("", text, format="html")] if code.strip() else []


class _Raw(_Taking):
    """Passes HTML on that stands in the text itself."""

    def run(self) -> Sequence[nodes.Node]:
        if "html" not in self.argument().lower().split() or {"file", "url"} & self.options.keys():
            return []
        return [nodes.raw("", "\n".join(self.content), format="html")]


class _Pictures(_Taking):
    """Shows the pictures whose addresses stand on lines of their own."""

    def run(self) -> Sequence[nodes.Node]:
        addresses = [line.strip() for line in self.content if line.strip()]
        return [nodes.paragraph("", "", nodes.image(uri=each)) for each in addresses]


class _Elsewhere(_Taking):
    """Links to what another site shows within the page."""

    def run(self) -> Sequence[nodes.Node]:
        words = self.argument().split()
        if not words:
            return []
        pattern = _SITES[self.name.lower()]
        address = words[0] if "://" in words[0] else pattern.format(words[0])
        link = nodes.reference(address, address, refuri=address)
        return [nodes.paragraph("", "", link)]


_SITES: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "asciinema": "https://asciinema.org/a/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "media": "{}",
}
_GROUPS: Mapping[str, Any] = {
    "code code-block sourcecode code-cell prompt ipython testcode doctest console cmd": _Code,
    "raw": _Raw,
    "date contents sectnum section-numbering header footer meta target-notes toctree index tags "
    "highlight highlights-off post-list post update todo todolist literalinclude listing include "
    "mermaid graphviz digraph graph plantuml uml chart vega plot automodule autoclass "
    "currentmodule module sectionauthor codeauthor template-string comment": _Taking,
    "only ifconfig container compound pull-quote-box row column": _Content,
    "slides gallery-images": _Pictures,
    "thumbnail": _tolerant(images.Figure, "loading", "target"),
    "image": _tolerant(images.Image, "loading"),
    "figure": _tolerant(images.Figure, "loading", "figwidth"),
    "table": _tolerant(tables.RSTTable),
    "list-table": _tolerant(tables.ListTable),
    "csv-table": _tolerant(tables.CSVTable),
    " ".join(_SITES): _Elsewhere,
}
_OURS: Mapping[str, Any] = {
    name: directive for names, directive in _GROUPS.items() for name in names.split()
}
_KNOWN = frozenset(en.directives)


# ---------------------------------------------------------------- roles


def _text_role(
    name: str, rawtext: str, text: str, *_more: Any, **_options: Any
) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """Show the text of a role that only another tool knows; `Title <target>` is its title."""
    shown = unescape(text)
    found = _TARGET.fullmatch(shown)
    shown = found[1] if found is not None else shown
    kind = name.rpartition(":")[2].lower()
    if ":" in name or kind in _CODE_ROLES:
        shown = shown.rpartition(".")[2] if shown.startswith("~") else shown.lstrip("!")
        return [nodes.literal(rawtext, shown)], []
    return [nodes.Text(shown)], []


def _raw_role(
    _name: str, rawtext: str, text: str, *_more: Any, options: Any = None, **_rest: Any
) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """Pass HTML on: `.. role:: raw-html(raw)`."""
    # docutils gives the options in the fourth place behind the text, or by name.
    found = options or next((each for each in _more if isinstance(each, dict)), {})
    if "html" not in str(found.get("format", "")).lower().split():
        return [], []
    return [nodes.raw(rawtext, unescape(text, restore_backslashes=True), format="html")], []


_raw_role.options = {"format": directives.unchanged}  # type: ignore[attr-defined]  # its way
for _name, _directive in _OURS.items():
    directives.register_directive(_name, _directive)
roles.register_canonical_role("raw", _raw_role)
