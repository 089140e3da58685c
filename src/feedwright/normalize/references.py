"""Addresses as people declare them: which can be used at all."""

from feedwright.model import RawValue
from feedwright.normalize.values import flag
from feedwright.text import urls
from feedwright.text.patterns import lazy

_TEMPLATE = lazy(r"\{\{|\{%|<%|\$\{")
_NO_ADDRESS = lazy(r"[\n<>\"]")
_SCHEME = lazy(r"([A-Za-z][A-Za-z0-9+.-]*):|(?=//)")
_HOST = lazy(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")


def usable(value: RawValue) -> str:
    """Give a web address as declared, absolute or relative; else the empty string.

    Switches, templates, prose, `data:` and other schemes, and hosts that cannot be are no use.
    """
    if not isinstance(value, str) or flag(value) is not None:
        return ""
    address = value.strip()
    if _TEMPLATE.search(address) or _NO_ADDRESS.search(address):
        return ""
    return address if is_relative(address) or is_web(address) else ""


def is_relative(address: str) -> bool:
    """Tell whether an address has neither scheme nor host."""
    return not _SCHEME.match(address)


def is_web(address: str) -> bool:
    """Tell whether an address has a host that can be, and http, https or no scheme."""
    scheme = _SCHEME.match(address)
    if not scheme or (scheme[1] or "http").casefold() not in {"http", "https"}:
        return False
    return bool(_HOST.fullmatch(urls.host(urls.encode(address))))
