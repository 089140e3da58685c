"""Cards of Ghost's editors as HTML: of Lexical (`kg-default-nodes`) and of mobiledoc alike.

Both keep the same values in a card; few have another name. Captions, headings and texts of
callouts, toggles and the like are HTML there, titles and descriptions are not. Nothing here is
sanitized.
"""

import html
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from feedwright.text import markdown
from feedwright.text.patterns import lazy

Card = Mapping[str, Any]
Render = Callable[[Card], str]

_TAGS = lazy(r"<[a-zA-Z/!]")
_SILENT = frozenset(("paywall", "email", "email-cta", "transistor", "zwnj"))
"""What says nothing on the web: a line where the text for all ends, what only mails show, and a
player that is another one for each member."""
_WORDS = ("heading", "header", "title", "subheader", "text", "textValue", "content", "description")
_WORDS_OF_UNKNOWN = (*_WORDS, "html", "caption")
"""Where a card that is not known may have its words."""


def to_html(name: str, card: Card) -> str | None:
    """Render a card; None for one that is not known."""
    name = _OTHER_NAMES.get(name, name)
    render = _CARDS.get(name)
    if name not in _SILENT and render is None:
        return None
    return render(card) if render is not None and is_for_all(card) else ""


def words_of(card: Card) -> str:
    """Give the words of a card that is not known."""
    if not is_for_all(card):
        return ""
    texts = (text(card, key) for key in _WORDS_OF_UNKNOWN)
    return "".join(_paragraph(each if _TAGS.search(each) else escape(each)) for each in texts)


def is_for_all(card: Card) -> bool:
    """Whether a card may be seen by who is no member; what cannot be read is not for all."""
    visibility = card.get("visibility")
    if visibility is None:
        return True
    if not isinstance(visibility, dict):
        return False
    web = visibility.get("web")
    if isinstance(web, dict) and "nonMember" in web:
        return web["nonMember"] is True
    # An older form, in which nothing said is for all.
    return visibility.get("showOnWeb") is not False and visibility.get("emailOnly") is not True


def text(card: Card, key: str) -> str:
    """Give a value that is text; an empty one for any other."""
    value = card.get(key)
    return value.strip() if isinstance(value, str) else ""


def escape(words: str) -> str:
    """Give plain text as HTML."""
    return html.escape(words, quote=False)


def attributes(**values: object) -> str:
    """Give attributes with a blank before each; those without a value go."""
    return "".join(
        f' {name}="{html.escape(str(value))}"'
        for name, value in values.items()
        if isinstance(value, str | int) and not isinstance(value, bool) and value != ""
    )


def link(address: str, inner: str) -> str:
    """Put HTML into a link; without an address it stays as it is."""
    return f"<a{attributes(href=address)}>{inner}</a>" if address else inner


def _paragraph(inner: str) -> str:
    return f"<p>{inner}</p>" if inner else ""


def _figure(inner: str, caption: str) -> str:
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{inner}{caption}</figure>" if inner else ""


def _picture(card: Card) -> str:
    address = text(card, "src")
    if not address:
        return ""
    sizes = {key: card.get(key) for key in ("width", "height")}
    title = attributes(title=text(card, "title"), **sizes)
    alt = html.escape(text(card, "alt"))
    return link(text(card, "href"), f'<img{attributes(src=address)} alt="{alt}"{title}>')


# ---------------------------------------------------------------- one function per card


def _image(card: Card) -> str:
    return _figure(_picture(card), text(card, "caption"))


def _gallery(card: Card) -> str:
    images = card.get("images")
    pictures = (_picture(each) for each in _mappings(images if isinstance(images, list) else ()))
    return _figure("".join(pictures), text(card, "caption"))


def _before_after(card: Card) -> str:
    images = (card.get("beforeImage"), card.get("afterImage"))
    return _figure("".join(map(_picture, _mappings(images))), text(card, "caption"))


def _mappings(values: Any) -> Iterator[Card]:
    return (each for each in values if isinstance(each, dict))


def _embed(card: Card) -> str:
    address = text(card, "url")
    title = text(_metadata(card), "title") or address
    inner = text(card, "html") or link(address, escape(title))
    return _figure(inner, text(card, "caption"))


def _metadata(card: Card) -> Card:
    value = card.get("metadata")
    return value if isinstance(value, dict) else {}


def _bookmark(card: Card) -> str:
    page = _metadata(card)
    address = text(card, "url") or text(page, "url")
    if not address:
        return ""
    by = " · ".join(filter(None, (text(page, "publisher"), text(page, "author"))))
    picture = _picture({"src": text(page, "thumbnail")})
    inner = (
        _paragraph(link(address, escape(text(page, "title") or address)))
        + _paragraph(escape(text(page, "description")))
        + _paragraph(escape(by))
        + _paragraph(picture and link(address, picture))
    )
    return _figure(inner, text(card, "caption"))


def _html(card: Card) -> str:
    return text(card, "html")


def _markdown(card: Card) -> str:
    return markdown.to_html(text(card, "markdown"))


def _code(card: Card) -> str:
    code = card.get("code")
    if not isinstance(code, str) or not code.strip():
        return ""
    language = text(card, "language")
    kind = attributes(**{"class": language and f"language-{language}"})
    inner = f"<pre><code{kind}>{escape(code)}</code></pre>"
    caption = text(card, "caption")
    return _figure(inner, caption) if caption else inner


def _callout(card: Card) -> str:
    words = (escape(text(card, "calloutEmoji")), text(card, "calloutText"))
    inner = " ".join(filter(None, words)) if words[1] else ""
    return f"<aside>{_paragraph(inner)}</aside>" if inner else ""


def _toggle(card: Card) -> str:
    heading, content = text(card, "heading"), text(card, "content")
    if not heading and not content:
        return ""
    if not _TAGS.match(content):
        content = _paragraph(content)
    return f"<details><summary>{heading}</summary>{content}</details>"


def _button(card: Card) -> str:
    address = text(card, "buttonUrl")
    return _paragraph(address and link(address, escape(text(card, "buttonText") or address)))


def _rule(_card: Card) -> str:
    return "<hr>"


def _video(card: Card) -> str:
    address = text(card, "src")
    poster = text(card, "customThumbnailSrc") or text(card, "thumbnailSrc")
    known = {key: card.get(key) for key in ("width", "height")}
    found = attributes(src=address, poster=poster, **known)
    return _figure(address and f"<video{found} controls></video>", text(card, "caption"))


def _audio(card: Card) -> str:
    address = text(card, "src")
    player = address and f"<audio{attributes(src=address)} controls></audio>"
    return _figure(player, escape(text(card, "title")) if player else "")


def _file(card: Card) -> str:
    address = text(card, "src")
    title = text(card, "fileTitle") or text(card, "fileName") or address
    caption = _paragraph(escape(text(card, "fileCaption")))
    return _paragraph(link(address, escape(title))) + caption if address else ""


def _header(card: Card) -> str:
    heading, below = text(card, "header"), text(card, "subheader")
    shown = card.get("buttonEnabled") is True
    return (
        (f"<h2>{heading}</h2>" if heading else "")
        + _paragraph(below)
        + _picture({"src": text(card, "backgroundImageSrc")})
        + (_button(card) if shown else "")
    )


def _signup(card: Card) -> str:
    return _header({key: text(card, key) for key in ("header", "subheader")})


def _product(card: Card) -> str:
    title, address = text(card, "productTitle"), text(card, "productUrl")
    button = {"buttonUrl": address, "buttonText": text(card, "productButton")}
    return (
        _picture({"src": text(card, "productImageSrc")})
        + (f"<h4>{title}</h4>" if title else "")
        + text(card, "productDescription")
        + (_button(button) if card.get("productButtonEnabled") is True else "")
    )


def _call_to_action(card: Card) -> str:
    label = text(card, "sponsorLabel") if card.get("hasSponsorLabel") is True else ""
    picture = _picture({"src": text(card, "imageUrl")})
    button = _button(card) if card.get("showButton") is True else ""
    return label + picture + text(card, "textValue") + button


_OTHER_NAMES: Mapping[str, str] = {
    "card-markdown": "markdown",
    "image-card": "image",
    "code": "codeblock",
    "hr": "horizontalrule",
}
"""Names in mobiledoc, old and less old, and those of Lexical."""
_CARDS: Mapping[str, Render] = {
    "audio": _audio,
    "before-after": _before_after,
    "bookmark": _bookmark,
    "button": _button,
    "call-to-action": _call_to_action,
    "callout": _callout,
    "codeblock": _code,
    "embed": _embed,
    "file": _file,
    "gallery": _gallery,
    "header": _header,
    "horizontalrule": _rule,
    "html": _html,
    "image": _image,
    "markdown": _markdown,
    "product": _product,
    "signup": _signup,
    "toggle": _toggle,
    "video": _video,
}
