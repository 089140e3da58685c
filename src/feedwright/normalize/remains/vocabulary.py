"""What names of tags mean in every template language: data, and what each kind becomes.

`figure`, `note`, `tabs`, `details`, `youtube`: themes and plugins call the same things the same.
"""

from collections.abc import Callable

from feedwright.normalize.remains import outputs
from feedwright.normalize.remains.arguments import Arguments
from feedwright.normalize.remains.context import words
from feedwright.normalize.remains.embeds import embed, folded, picture
from feedwright.normalize.remains.pairs import Block

KINDS = words(
    """
    abstract attention bug caution check cite danger done error example fail failure faq help hint
    important info information missing note notes notice primary question quote secondary seealso
    success summary tip tips tldr todo warn warning
    """
)
"""What an aside may be: its title when it has none."""
UNTITLED = words("quote cite primary secondary default none")
_ASIDES = words(
    """
    admonition alert alertbox aside banner box callout infobox message msg notification
    pageinfo panel
    """
) | (KINDS - words("abstract check cite done example help missing primary quote secondary todo"))
_QUOTES = words("quote blockquote pullquote pq centerquote cq epigraph bq blockquotecite quotation")
_PLACES = words("left right center")
_FOLDS = words(
    """
    accordion accordionitem collapse collapsible collapsibleitem details expand expander fold
    folding hideme spoiler spoilers togglebox toggle dropdown
    """
)
_SECTIONS = words(
    "tab tabitem tabpane tabpanel codetab contenttab card step accordiontab linkcard subtabs"
)
_CODE = words("highlight code codeblock codelisting sourcecode prism mermaid plantuml uml viz")
_DIAGRAMS = words("mermaid plantuml uml viz")
_SILENT = words(
    """
    toc tableofcontents tocinline contents ads ad adsense adsbygoogle googleads analytics basepath
    mathjax katexjs head footer comments disqus share sharing socialshare sharebuttons clear
    clearfix clearboth linebreak br newline icon fa fontawesome faicon hr divider spacer anchor
    pagebreak script style css js seo feedmeta feed metadata cachebust nbsp more
    relatedposts subscribe newsletter signup recentposts navigation nav
    """
)
"""What a reader of a feed does not miss."""
_DROPPED = words("comment script style css js head javascript stylesheet hidden ignore noprint")
_KEPT = words(
    """
    raw rawhtml html unsafe unsafehtml center centered lead div span section column columns col row
    grid block content markdown markdownify md small big large mark sub sup u ins del kbd align
    alignleft right left tabs tabset tabgroup codetabs tabbed steps steplist cards cardgroup
    accordions accordiongroup container wrapper fragment typeit gallery figuregroup slider carousel
    indent nowrap para p strong em latex math katex mathjax tex asciimath chem poem verse filter
    autoescape spaceless call cache with cached trans color font underline rtl ltr lang language
    dir article main header label browserwindow terminal dropcap intro abstract
    """
)
"""What only gives a form to the text within it."""


def reduced(name: str, args: Arguments, inner: str | None) -> str | Block | None:
    """Give what a tag means by its name and values; None when nobody knows.

    `inner` is what stands within a pair, already reduced; None when the tag stands alone.
    """
    word = folded(name)
    for names, reduce in _TABLE:
        if word in names:
            found = reduce(word, args, inner)
            if found is not None:
                return found
    found = embed(name, args) or picture(name, args, inner=inner or "")
    if found is not None:
        return found
    if word in _KEPT and inner is not None:
        return inner
    return _button(word, args, inner)


def aside(word: str, args: Arguments, inner: str | None) -> Block | None:
    """Give a note, a warning, a tip: quoted, under its title or its kind."""
    text, values = inner, list(args.values)
    if text is None:
        text = args.get("content", "text", "body", "message", "description", "markdown")
        if not text and values:
            text = values.pop()
        if not text:
            return None
    kind = args.get("type", "kind", "level", "class", "style", "status", "color", "variant").lower()
    if values and values[0].lower() in KINDS:
        kind = values.pop(0).lower()
    kind = kind if kind in KINDS else word if word in KINDS else ""
    title = args.get("title", "header", "heading", "summary", "label")
    if not title and values and (word in KINDS or kind) and " " not in word:
        title = "" if values[0].lower() in {"true", "false"} else " ".join(values)
    return outputs.quote(text, title or title_of(kind))


def title_of(kind: str) -> str:
    """Give the title of an aside that has none of its own."""
    return "" if kind in UNTITLED else kind.capitalize()


def _quote(_word: str, args: Arguments, inner: str | None) -> Block | None:
    if inner is None:
        inner = args.get("text", "quote", "content") or args.at(0)
        if not inner:
            return None
    who = args.get("author", "by", "cite", "attribution", "source", "name", "caption", "person")
    where = args.get("link", "url", "href", "sourcelink", "source_url", "citelink")
    if not who and not where and args.values:
        where = next(filter(outputs.is_web, args.values), "")
        who = args.written.replace(where, "").strip(" ,\"'`") if where else args.written
        who = "" if who.lower() in _PLACES else who.strip(" ,\"'`")
    named = outputs.inline(who) or where
    shown = f"— {outputs.link(where, named) if where else named}" if named else ""
    return outputs.quote(inner, source=shown)


def _fold(_word: str, args: Arguments, inner: str | None) -> Block | None:
    if inner is None:
        return None
    title = args.get("title", "summary", "label", "header", "heading") or args.rest(0)
    return outputs.details(inner, title)


def _section(_word: str, args: Arguments, inner: str | None) -> Block | None:
    title = args.get("name", "title", "label", "header", "heading", "tabname", "value")
    title = title or args.rest(0)
    address = args.get("link", "href", "url")
    if inner is None:
        text = args.get("description", "text", "subtitle", "content")
        shown = outputs.link(address, outputs.inline(title)) if address and title else ""
        return outputs.alone(shown) if shown and not text else _titled(text, title)
    return _titled(inner, title) or Block("<div>", inner, "</div>")


def _titled(text: str, title: str) -> Block | None:
    return outputs.section(text, title) if title else None


def _code(word: str, args: Arguments, inner: str | None) -> Block | None:
    if inner is None:
        return None
    language = args.get("lang", "language", "codelang")
    if not language and word != "codeblock":  # there a title comes first
        language = args.at(0) or args.get("type", "class")
    return outputs.code(inner, word if word in _DIAGRAMS else language.lower())


def _silent(_word: str, _args: Arguments, inner: str | None) -> str | None:
    return "" if inner is None else None


def _dropped(_word: str, _args: Arguments, inner: str | None) -> str | None:
    return "" if inner is not None else None


def _button(_word: str, args: Arguments, inner: str | None) -> str | None:
    """Give a link, if the tag has an address and a text."""
    address = args.get("href", "url", "link", "to", "relref", "ref")
    text = (inner or "").strip() or outputs.inline(args.get("text", "label", "title", "name"))
    if not address or not text or " " in address or "\n\n" in text:
        return None
    return text if "<a " in text else outputs.link(address, text)


_Reduce = Callable[[str, Arguments, str | None], str | Block | None]
_TABLE: tuple[tuple[frozenset[str], _Reduce], ...] = (
    (_DROPPED, _dropped),
    (_SILENT, _silent),
    (_CODE, _code),
    (_ASIDES, aside),
    (_QUOTES, _quote),
    (_FOLDS, _fold),
    (_SECTIONS, _section),
)
