"""The HTML that reduced tags become: pictures, links, quotations, code. Attributes are escaped."""

import html
import re

from feedwright.normalize.remains.pairs import Block
from feedwright.text import mediatypes, urls
from feedwright.text.patterns import lazy
from feedwright.text.shielding import shield, unshield

_MARKS = lazy(r"[*_`\[~]|https?://")
_LANGUAGE = lazy(r"[\w.#+-]+")
_LINK = lazy(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_TAG = lazy(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = lazy(r"\*+|\b__|__\b")
_STARTS_TAG = lazy(r"\s*<[A-Za-z!]")
_KEEPS_LINES = lazy(r"<(?:pre|textarea|script|style)\b", re.IGNORECASE)
_CODE = lazy(r"`([^`]+)`")


def escaped(text: str) -> str:
    """Escape a text for an element or an attribute."""
    return html.escape(html.unescape(text))


def image(source: str, alt: str = "", title: str = "") -> str:
    """Give an image."""
    named = f' title="{escaped(title)}"' if title else ""
    return f'<img src="{escaped(source)}" alt="{escaped(alt)}"{named}>'


def link(address: str, text: str = "") -> str:
    """Give a link; without a text it shows its address."""
    return f'<a href="{escaped(address)}">{text or escaped(address)}</a>'


def alone(markup: str) -> Block:
    """Give inline HTML that is a paragraph where it stands on a line of its own."""
    return Block(f"<p>{markup}</p>", inline=markup)


def figure(
    source: str, *, alt: str = "", title: str = "", caption: str = "", target: str = ""
) -> Block:
    """Give a picture with its caption (Markdown); a mere picture when there is none."""
    picture = image(source, alt or plain(caption or title))
    if target:
        picture = link(target, picture)
    words = "<br>".join(part for part in (f"<strong>{inline(title)}</strong>", caption) if part)
    return _captioned(picture, words if title else caption)


def _captioned(shown: str, caption: str) -> Block:
    """Put a caption below: Markdown, if it looks like that."""
    if not caption:
        return alone(shown)
    opening, closing = f"<figure>{shown}<figcaption>", "</figcaption></figure>"
    in_line = f"{shown} <small>{caption}</small>"
    if _MARKS.search(caption):
        return Block(opening, caption, closing, inline=in_line)
    return Block(f"{opening}{caption}{closing}", inline=in_line)


def media(source: str, *, poster: str = "", caption: str = "") -> Block:
    """Give a video or a sound by its name's ending."""
    kind = "audio" if mediatypes.is_audio(mediatypes.media_type(source)) else "video"
    shown = f' poster="{escaped(poster)}"' if poster and kind == "video" else ""
    element = f'<{kind} controls src="{escaped(source)}"{shown}></{kind}>'
    return _captioned(element, caption)


def code(text: str, language: str = "") -> Block:
    """Give a block of code; `text` may be shielded, and nothing in it is touched any more."""
    language = language if _LANGUAGE.fullmatch(language) else ""
    named = f' class="language-{language}"' if language else ""
    return Block(f"<pre><code{named}>", text.strip("\n"), "</code></pre>", is_code=True)


def quote(inner: str, title: str = "", *, source: str = "") -> Block:
    """Give a quotation or an aside: its title, the text, perhaps whose words they are."""
    opening = f"<blockquote><p><strong>{inline(title)}</strong></p>" if title else "<blockquote>"
    closing = f"<p>{source}</p></blockquote>" if source else "</blockquote>"
    return Block(opening, inner, closing)


def details(inner: str, title: str = "") -> Block:
    """Give a text that can be folded."""
    return Block(f"<details><summary>{inline(title) or '…'}</summary>", inner, "</details>")


def section(inner: str, title: str) -> Block:
    """Give a text under a name: a tab, a card."""
    return Block(f"<p><strong>{inline(title)}</strong></p>", inner)


def inline(title: str) -> str:
    """Give a short text as HTML: code stays code, other marks go."""
    return _CODE.sub(r"<code>\1</code>", html.escape(html.unescape(_unmarked(unshield(title)))))


def raw_html(text: str, *, is_html: bool) -> str | Block:
    """Give HTML that is no Markdown: neither indented nor with blank lines, which would end it."""
    shown = unshield(text)
    if is_html or not _STARTS_TAG.match(shown) or _KEEPS_LINES.search(shown):
        return text
    return Block(shield("\n".join(line.strip() for line in shown.split("\n") if line.strip())))


def literal(text: str) -> str:
    """Give a text that is shown as it stands: no markup in it, and no family looks at it again."""
    return shield(html.escape(text, quote=False))


def plain(text: str) -> str:
    """Take tags and Markdown's marks off a caption, for `alt`."""
    return _unmarked(unshield(text)).replace("`", "")


def _unmarked(text: str) -> str:
    return " ".join(_EMPHASIS.sub("", _LINK.sub(r"\1", _TAG.sub("", text))).split())


def is_picture(reference: str) -> bool:
    """Tell whether a reference names an image by its ending."""
    return mediatypes.is_image(_type(reference))


def is_media(reference: str) -> bool:
    """Tell whether a reference names a video or a sound by its ending."""
    kind = _type(reference)
    return mediatypes.is_audio(kind) or mediatypes.is_video(kind)


def is_web(reference: str) -> bool:
    """Tell whether a reference is an address of the web with a host."""
    return reference.startswith(("http://", "https://")) and bool(urls.host(reference))


def _type(reference: str) -> str:
    return mediatypes.media_type(reference.partition("?")[0].partition("#")[0])
