"""What a feed reader cannot show, made something that it can. Works on HTML as nh3 writes it."""

import re

from feedwright.text.patterns import lazy
from feedwright.text.policy import EMBED_HOSTS, LAZY
from feedwright.text.urls import host

_ATTRIBUTES = r"([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)"
_FRAME = lazy(rf"<iframe\b{_ATTRIBUTES}>(.*?)</iframe>", re.DOTALL)
_ELEMENT = lazy(rf"<(img|source|video|audio|object|embed|input)\b{_ATTRIBUTES}>|</object>")
_ATTRIBUTE = lazy(r"([^\s=\"]+)=\"([^\"]*)\"")
_PLACEHOLDER = lazy(
    r"data:|about:|.*(?:^|[/_.-])(?:placeholder|blank|spacer|loading|lazy|pixel|transparent|grey|gray|1x1)"
    r"[^/]*\.(?:gif|png|svg|jpe?g|webp)(?:\?.*)?$",
    re.IGNORECASE | re.DOTALL,
)


def mended(html: str) -> str:
    """Make lazy images images, unknown frames links, checkboxes characters; drop empty images."""
    if "\r" in html:
        html = html.replace("\r", "\n")
    if "<iframe" in html:
        html = _FRAME.sub(_frame, html)
    return _ELEMENT.sub(_element, html)


def _element(match: re.Match[str]) -> str:
    name, written = match[1], match[2] or ""
    if name == "input":
        return _checkbox(dict(_ATTRIBUTE.findall(written)))
    if name in ("object", "embed", None):
        return _embedded(dict(_ATTRIBUTE.findall(written)))
    plainly = 'src="' in written and 'src=""' not in written
    if "data-" not in written and (plainly or name != "img"):
        return match[0]
    attributes = _loaded(written)
    if name == "img" and not (attributes.get("src") or attributes.get("srcset")):
        return ""
    return f"<{name}{_written(attributes)}>"


def _checkbox(attributes: dict[str, str]) -> str:
    if attributes.get("type", "").lower() != "checkbox":
        return ""
    return "☑ " if "checked" in attributes else "☐ "


def _embedded(attributes: dict[str, str]) -> str:
    """Make an `object` or `embed` an image or a link; the content of an `object` stands behind."""
    address = attributes.get("data") or attributes.get("src") or ""
    title = attributes.get("title", "")
    if address and attributes.get("type", "").startswith("image/"):
        return f'<img src="{address}" alt="{title}">'
    return _link(address, title)


def _loaded(written: str) -> dict[str, str]:
    """Put what a script would load where it belongs; other `data-` attributes are gone."""
    attributes: dict[str, str] = dict(_ATTRIBUTE.findall(written))
    for name, lazy_names in LAZY:
        lazy = next((attributes[lazy] for lazy in lazy_names if attributes.get(lazy)), "")
        present = attributes.get(name, "")
        if lazy and (not present or _PLACEHOLDER.match(present)):
            attributes[name] = lazy
    return {name: value for name, value in attributes.items() if not name.startswith("data-")}


def _frame(match: re.Match[str]) -> str:
    """Keep the frame of a known host, over https; make any other a link."""
    attributes = _loaded(match[1])
    address = attributes.get("src", "").strip()
    if address.startswith("//"):
        address = f"https:{address}"
    elif address.lower().startswith("http:"):
        address = f"https:{address[5:]}"
    if not _is_known(address):
        return _link(attributes.get("src", ""), attributes.get("title", ""))
    attributes["src"] = address
    return f"<iframe{_written(attributes)}></iframe>"


def _is_known(address: str) -> bool:
    if not address.lower().startswith("https://"):
        return False
    name = host(address)
    path = EMBED_HOSTS.get(name) or EMBED_HOSTS.get(name.removeprefix("www."))
    rest = address[8:].partition("/")
    return path is not None and f"/{rest[2]}".startswith(path)


def _link(address: str, title: str) -> str:
    return f'<a href="{address}">{title.strip() or address}</a>' if address.strip() else ""


def _written(attributes: dict[str, str]) -> str:
    return "".join([f' {name}="{value}"' for name, value in attributes.items()])
