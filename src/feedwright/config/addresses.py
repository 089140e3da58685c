"""Kinds of addresses, and resolving them against `site.url`. Pure."""

import re

from feedwright.config.values import Kind, ValueMistakeError
from feedwright.text import urls
from feedwright.text.patterns import lazy

_SPLIT = lazy(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?")
_PORT = lazy(r"(.*?)(?::([0-9]*))?", re.DOTALL)
_HOST_LABEL = lazy(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_IP6 = lazy(r"\[[0-9A-Fa-f:.]{2,45}\]")
_LOOKS_LIKE_HOST = lazy(
    r"(?:www\.[^/]+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|info|eu|uk|de|fr|es|it|nl|ch|at))"
    r"(?::[0-9]+)?(?:/.*)?",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = lazy(r"/[^/]+\.(?:html?|xhtml|php|aspx?|jsp|md|xml|json)", re.IGNORECASE)
_LABELS = lazy(r"\{(?:slug|label)\}")


class _Parts:
    """An address taken apart; every way in which it is none raises ValueMistakeError."""

    def __init__(self, value: str, cure: str) -> None:
        if re.search(r"[\s\x00-\x1f\x7f<>\"]", value):
            raise ValueMistakeError("has a blank or a character that no address has", cure)
        match = _SPLIT.fullmatch(value)
        if match is None:
            raise ValueMistakeError("is no address", cure)
        self.scheme = (match[1] or "").lower()
        self.authority: str | None = match[2]
        self.path: str = match[3]
        self.query = bool(match[4])
        self.fragment = bool(match[5])

    def check_host(self, cure: str) -> None:
        authority = self.authority or ""
        if "@" in authority:
            raise ValueMistakeError("has a user name or password", "take it out")
        match = _PORT.fullmatch(authority)
        host, port = (match[1], match[2]) if match is not None else (authority, None)
        if port is not None and port and int(port[:9]) not in range(1, 65536):
            raise ValueMistakeError("has a port that does not exist", "write one up to 65535")
        if not host:
            raise ValueMistakeError("has no host", cure)
        labels = host.removesuffix(".").split(".")
        if not _IP6.fullmatch(host) and not all(_HOST_LABEL.fullmatch(each) for each in labels):
            raise ValueMistakeError("has a host that cannot be", cure)


def _web(value: str, cure: str) -> _Parts:
    """Take apart an absolute http or https address."""
    parts = _Parts(value, cure)
    if parts.authority is None or parts.scheme not in {"http", "https"}:
        suggestion = ""
        if parts.authority is not None and not parts.scheme:
            suggestion = f"https:{value}"
        elif _LOOKS_LIKE_HOST.fullmatch(value):
            suggestion = f"https://{value}"
        raise ValueMistakeError("is not an absolute http or https address", cure, suggestion)
    parts.check_host(cure)
    return parts


def _folder(value: str, parts: _Parts, cure: str) -> str:
    """End a folder's address with a slash."""
    if parts.query or parts.fragment:
        raise ValueMistakeError("has a ? or a #, but other addresses are built on it", cure)
    if _PAGE.search(parts.path) and not parts.path.endswith("/"):
        raise ValueMistakeError("is a page, but other addresses are built on it", cure)
    return urls.encode(value if value.endswith("/") else value + "/")


_SITE_CURE = "write the home page, such as https://example.org/"


def _site_url(value: str) -> str:
    return _folder(value, _web(value, _SITE_CURE), _SITE_CURE)


SITE_URL = Kind(_site_url, {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"})

_REFERENCE_CURE = "write an address such as https://example.org/x, or /x on the site"


def _reference(value: str) -> str:
    parts = _Parts(value, _REFERENCE_CURE)
    if not parts.scheme and parts.authority is None:
        if "\\" in value:
            raise ValueMistakeError("has a backslash", "write /")
        if _LOOKS_LIKE_HOST.fullmatch(value):
            what = "has no https://, so it would be a path on the site"
            raise ValueMistakeError(what, _REFERENCE_CURE, f"https://{value}")
        return value
    if parts.scheme not in {"", "http", "https"}:
        raise ValueMistakeError("is no http or https address", _REFERENCE_CURE)
    parts.check_host(_REFERENCE_CURE)
    return value


_ADDRESS = {"type": "string", "pattern": r"^[^\s\\<>\"]+$"}
REFERENCE = Kind(_reference, _ADDRESS)
"""An address as it may stand in the file: absolute, or relative to `site.url`."""


def _labelled_reference(value: str) -> str:
    _reference(_LABELS.sub("x", value))
    return value


LABELLED_REFERENCE = Kind(_labelled_reference, _ADDRESS)
"""A reference that may hold `{slug}` and `{label}`."""


def _feeds_url(value: str) -> str:
    _reference(value)
    _folder(value, _Parts(value, _REFERENCE_CURE), "write the folder, such as /feeds/")
    return value if value.endswith("/") else value + "/"


FEEDS_URL = Kind(_feeds_url, _ADDRESS)

_ENDPOINT_CURE = "write an https address, such as https://hooks.example.net/feeds"


def _endpoint(value: str) -> str:
    parts = _web(value, _ENDPOINT_CURE)
    if parts.fragment:
        raise ValueMistakeError("has a #, which is never sent", "take it out")
    return urls.encode(value)


ENDPOINT = Kind(_endpoint, {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://|\\$\\{"})
"""Where messages are sent: absolute; http and private hosts are `checks`' matter."""

_PROXY_CURE = "write http://host:port or https://host:port; other kinds of proxies are not known"


def _proxy(value: str) -> str:
    parts = _Parts(value, _PROXY_CURE)
    if parts.scheme not in {"http", "https"} or not parts.authority:
        raise ValueMistakeError("is no address of a proxy", _PROXY_CURE)
    # A proxy's user and password are usual, and are never shown.
    parts.authority = parts.authority.rpartition("@")[2]
    parts.check_host(_PROXY_CURE)
    return value


PROXY = Kind(
    _proxy, {"type": "string", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss]5[Hh]?)://"}
)


def absolute(base: str, reference: str) -> str:
    """Resolve a reference against the site's address; nothing stays nothing."""
    return urls.absolute(base, reference) if reference else ""


def absolute_labelled(base: str, reference: str) -> str:
    """Resolve a reference and keep its `{slug}` and `{label}` readable."""
    resolved = absolute(base, reference)
    return resolved.replace("%7Bslug%7D", "{slug}").replace("%7Blabel%7D", "{label}")


def is_private_host(url: str) -> bool:
    """Tell whether an address names this machine or a private network as it stands.

    Names are not looked up here: the sender checks every address that it connects to.
    """
    host = urls.host(url).strip("[]").removesuffix(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    if not (":" in host or host.replace(".", "").isdigit()):
        return False
    import ipaddress  # noqa: PLC0415 - few configurations name an address by number

    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return True
