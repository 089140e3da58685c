"""Shortcodes of WordPress: `[caption …]`, `[embed]`, `[youtube …]`.

In an export whatever has values or a pair is one, since `[sic]` is a word. Elsewhere only known
names are: exporters leave them in Markdown.
"""

import html
import re

from feedwright.normalize.remains import outputs, vocabulary
from feedwright.normalize.remains.arguments import Arguments, parse
from feedwright.normalize.remains.context import Context, Notes, words
from feedwright.normalize.remains.embeds import embed
from feedwright.normalize.remains.pairs import Block, Result, Tag, replaced
from feedwright.text import shielding
from feedwright.text.patterns import lazy
from feedwright.text.spans import RawBlock

NAMES = words(
    """
    caption wp_caption gallery embed youtube vimeo audio video playlist code sourcecode
    googlemaps soundcloud spotify instagram twitter tweet gist dailymotion wpvideo slideshow
    archives more contact-form contact-form-7 polldaddy gravityform
    """
)
_PATTERN = (
    r"(?:(?<![\[\\\w])\[|\[(?=/))(?P<close>/?)(?P<name>[A-Za-z][\w-]*)"
    r"(?P<args>(?:[\s=:](?:\"[^\"\[\]]*+\"|[^\[\]\"])*+)?)\]"
)
_TAG = lazy(_PATTERN + r"(?![(\[:])")
"""What Markdown does not take for a link."""
_TAG_OF_EXPORT = lazy(_PATTERN)
_ESCAPED = lazy(r"\[(\[/?[A-Za-z][\w-]*[^\[\]\n]*\])\]")
_LANGUAGES = "bash|css|html|java|javascript|js|perl|php|plain|python|ruby|shell|sql|text|xml"
_CODE = rf"code|sourcecode|source|{_LANGUAGES}"
RAW = (RawBlock(rf"\[(?P<name>{_CODE})(?:\s[^\[\]\n]*)?\]", r"\[/NAME\]"),)
RAW_OF_KNOWN = (RawBlock(r"\[(?P<name>code|sourcecode)(?:\s[^\[\]\n]*)?\]", r"\[/NAME\]"),)
_CODE_NAMES = frozenset(_CODE.split("|"))
_QUOTES = str.maketrans("“”„″‘’′", '""""\'\'\'')
_PICTURE = lazy(r"(?:<a\b[^<>]*>\s*)?(?:<img\b[^<>]*>|!\[[^\[\]\n]*\]\([^()\n]*\))(?:\s*</a>)?")
_LINKED = lazy(r"\[!\[[^\[\]\n]*\]\([^()\n]*\)\]\([^()\n]*\)")
_VALUED = lazy(r"[\w-]+\s*=\s*\S")
_SOURCES = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "mov", "url")


def reduce(text: str, context: Context, notes: Notes) -> str:
    """Put what readers should see in place of shortcodes."""
    exported = context.markup == "wordpress"
    tags = [_tag(match) for match in (_TAG_OF_EXPORT if exported else _TAG).finditer(text)]
    if not exported:
        tags = [tag for tag in tags if tag.name in NAMES]
    if tags:

        def handle(tag: Tag, inner: str | None) -> Result:
            if tag.closes:
                return None
            found = _known(tag, inner)
            if found is not None:
                return found
            if tag.name not in NAMES and not _means_one(tag, inner):
                return None
            if not exported and inner is None and not _VALUED.search(tag.args):
                return None
            notes.removed(text[tag.start : tag.end], f"[{tag.name}]")
            return inner or ""

        text = replaced(text, tags, handle, html=context.is_html)
    return _ESCAPED.sub(lambda match: outputs.literal(match[1]), text) if exported else text


def _tag(match: re.Match[str]) -> Tag:
    args = match["args"].strip()
    return Tag(
        match.start(),
        match.end(),
        match["name"].lower(),
        args.removesuffix("/"),
        closes=bool(match["close"]),
        stands_alone=args.endswith("/"),
    )


def _means_one(tag: Tag, inner: str | None) -> bool:
    """Tell whether brackets nobody knows are a shortcode: they have values, or a name of two."""
    return bool(_VALUED.search(tag.args)) or (inner is not None and not tag.args) or "_" in tag.name


def _known(tag: Tag, inner: str | None) -> Result:
    args = _arguments(tag)
    if tag.name in {"caption", "wp_caption"} and inner is not None:
        return _caption(args, inner)
    if tag.name in _CODE_NAMES:
        return _code(tag.name, args, inner)
    if tag.name in {"audio", "video", "wpvideo"}:
        source = args.get(*_SOURCES) or args.at(0) or (inner or "").strip()
        if outputs.is_media(source):
            return outputs.media(source, poster=args.get("poster"))
    if inner is not None and outputs.is_web(inner.strip()):
        return outputs.alone(outputs.link(inner.strip()))
    if tag.args or inner is not None:
        values = (inner.strip(), *args.values) if inner and not args.values else args.values
        found = embed(tag.name, Arguments(values, args.named, args.written))
        if found is not None:
            return found
    if tag.name not in NAMES and not _means_one(tag, inner):
        return None
    return vocabulary.reduced(tag.name, args, inner) if tag.args or inner is not None else None


def _arguments(tag: Tag) -> Arguments:
    """Read the values; `[youtube=address]` has one of its own, and quotes may be typographic."""
    return parse(tag.args.lstrip("=: ").translate(_QUOTES).replace("&quot;", '"'))


def _caption(args: Arguments, inner: str) -> Block:
    """Read a picture and the text behind it, which older versions have among the values."""
    picture = _LINKED.search(inner) or _PICTURE.search(inner)
    shown = picture[0] if picture else ""
    words = inner.replace(shown, "", 1).strip() or args.get("caption")
    if not shown:
        return Block("<p>", words, "</p>", inline=words)
    if shown.startswith(("!", "[")):
        return Block("<figure>", f"{shown}\n\n{words}", "</figure>", inline=f"{shown} {words}")
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return Block(f"<figure>{shown}{caption}</figure>", inline=f"{shown} {words}".strip())


def _code(name: str, args: Arguments, inner: str | None) -> Block | None:
    if inner is None:
        return None
    language = args.get("lang", "language") or args.at(0)
    if not language and name not in {"code", "sourcecode", "source"}:
        language = name
    if "<" not in shielding.unshield(inner):  # some versions export it escaped
        inner = html.unescape(shielding.unshield(inner))
    return outputs.code(inner, language.lower())
