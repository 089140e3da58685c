"""Addresses: percent-encoding, resolving, slugs (RFC 3986, RFC 3987). Nothing here raises.

Own patterns stand in for `urllib.parse`, which raises on `http://[`, leaves characters that are no
URI, and costs more at start-up and on each link than this.
"""

import re
import unicodedata
from functools import lru_cache

from feedwright.text.patterns import lazy

_PARTS = lazy(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?"  # scheme
    r"(?://([^/?#]*))?"  # authority
    r"([^?#]*)"  # path
    r"(?:\?([^#]*))?"  # query
    r"(?:\#(.*))?",  # fragment
    re.DOTALL,
)
_UNRESERVED = r"A-Za-z0-9._~!$&'()*+,;=:@/\-"
_IS_CLEAN = lazy(
    rf"(?:https?://[a-z0-9.-]+(?::[0-9]+)?(?=[/?\#]|\Z))?(?!//|[^/?\#]*:)"
    rf"(?:[{_UNRESERVED}]++|%[0-9A-Fa-f]{{2}})*+"
    rf"(?:\?(?:[{_UNRESERVED}?]++|%[0-9A-Fa-f]{{2}})*+)?"
    rf"(?:\#(?:[{_UNRESERVED}?]++|%[0-9A-Fa-f]{{2}})*+)?"
).fullmatch
"""Most addresses; they are returned as they are."""
_NOT_IN_PATH = lazy(rf"%(?![0-9A-Fa-f]{{2}})|[^{_UNRESERVED}%]")
_NOT_IN_QUERY = lazy(rf"%(?![0-9A-Fa-f]{{2}})|[^{_UNRESERVED}%?]")
_NOT_IN_HOST = lazy(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=%-]")
_NOT_IN_USER = lazy(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=%:-]")
_IP_LITERAL = lazy(r"\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\]")
_DROPPED = lazy("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_DOTS = lazy(r"(?:^|/)\.{1,2}(?:/|$)")
_SCHEME = lazy(r"([A-Za-z][A-Za-z0-9+.-]+):")
_IRI_REST = lazy(r"[^\x00-\x20\x7f-\xa0<>\"{}|\\^`\ud800-\udfff\ufffe\uffff]+")
_TAG = lazy(r"(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:.*", re.DOTALL)
_URN = lazy(
    r"(?!uuid:(?![0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\Z))[a-z0-9][a-z0-9-]{1,31}:.+",
    re.DOTALL | re.IGNORECASE,
)
_HOST_LITERAL = lazy(r"//(?:[^/?#@\[\]]*@)?\[[^/?#\[\]]*\]")
_ASCII_RUN = lazy(r"[^a-z0-9]+")
_APOSTROPHE = lazy(r"(?<=\w)['’](?=\w)")
_SLUG_BYTES = 200
"""A slug is also a folder name: with a suffix it stays below the 255 bytes of file systems."""

_HIERARCHICAL = frozenset({"http", "https", "ftp"})


def encode(url: str) -> str:
    """Make a URI of an address as people write it; what is encoded already stays.

    Control characters and white space around go, other characters that are no URI (RFC 3986,
    section 2) are percent-encoded as UTF-8, a `%` that begins no escape becomes `%25`, scheme and
    host become lower case, the host becomes ASCII (IDNA). Encoding twice changes nothing.
    Relative references are encoded alike.
    """
    if _IS_CLEAN(url):
        return url
    return _join(*_split(url))


def absolute(base: str, reference: str) -> str:
    """Resolve a reference against an absolute address (RFC 3986, section 5.2) and encode it.

    `mailto:`, `data:`, `tel:` and other addresses with a scheme stay what they are. An `http`
    address whose host is none (`//`, `http://[`, `http://a b/`) gives the empty string. A base
    that is not absolute is used for what it is worth.
    """
    if _IS_CLEAN(reference) and "/." not in reference:  # most links
        if reference.startswith(("https://", "http://")):
            return reference
        if reference[:1] not in ("", ".", "?", "#"):
            origin, folder = _prefixes(base)
            if origin:
                return f"{origin}{'' if reference[0] == '/' else folder}{reference}"
    scheme, authority, path, query, fragment = _split(reference)
    if scheme:
        if authority is not None:
            path = _without_dots(path)
        return _with_host(_join(scheme, authority, path, query, fragment))
    base_scheme, base_authority, base_path, base_query, _ = _split_base(base)
    if authority is None:
        authority = base_authority
        if not path:
            path = base_path
            query = base_query if query is None else query
        elif not path.startswith("/"):
            folder = base_path.rpartition("/")[0] + "/" if "/" in base_path else ""
            path = _without_dots((folder or ("/" if authority else "")) + path)
        else:
            path = _without_dots(path)
    else:
        path = _without_dots(path)
    resolved = _join(base_scheme, authority, path, query, fragment)
    return _with_host(resolved if authority else encode(resolved))


def _with_host(address: str) -> str:
    """Give an encoded address, or nothing when it needs a host and has none that can be."""
    if not address.startswith(("http:", "https:")):
        return address
    name = host(address)
    return address if name and "%" not in name else ""


def is_absolute_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI as it stands: `https://…`, `tag:…`, `urn:…`, ….

    Nothing is mended first: white space or a character that no IRI has says no, and so do an
    `http:` without host, a `tag:` without a date (RFC 4151), a `urn:` without a namespace, a
    `urn:uuid:` without a UUID, brackets that are not around the host, and a scheme of one letter,
    which is a drive.
    """
    match = _SCHEME.match(text)
    if not match:
        return False
    rest = text[match.end() :]
    if not _IRI_REST.fullmatch(rest):
        return False
    if "[" in rest or "]" in rest:
        behind = _HOST_LITERAL.sub("", rest, count=1)
        if "[" in behind or "]" in behind:
            return False
    scheme = match[1].lower()
    if scheme in _HIERARCHICAL:
        return rest.startswith("//") and rest[2:3] != "/" and bool(host(text))
    if scheme == "tag":
        return bool(_TAG.fullmatch(rest))
    if scheme == "urn":
        return bool(_URN.fullmatch(rest))
    return bool(rest.strip("/"))


def host(url: str) -> str:
    """Give the host of an address in lower case, without user and port; empty when none."""
    authority = _split(url)[1]
    if not authority:
        return ""
    return _host_and_port(authority.rpartition("@")[2])[0]


def slugify(text: str) -> str:
    """Make a URL segment of a title or label: lower-case letters and digits of any script.

    Every other run becomes one `-`; an apostrophe within a word goes. Composed (NFC), at most 200
    bytes of UTF-8; empty when the text has no letter or digit.
    """
    text = _APOSTROPHE.sub("", text)
    if text.isascii():
        slug = _ASCII_RUN.sub("-", text.lower())
    else:
        lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
        slug = "".join([c if unicodedata.category(c)[0] in "LMN" else " " for c in lowered])
        slug = "-".join(slug.split())
    slug = slug.strip("-")
    if len(slug) > _SLUG_BYTES // 4:
        slug = slug.encode("utf-8", "ignore")[:_SLUG_BYTES].decode("utf-8", "ignore").rstrip("-")
    return slug


def _split(url: str) -> tuple[str, str | None, str, str | None, str | None]:
    """Take an address apart: scheme in lower case, authority, path, query, fragment."""
    text = _DROPPED.sub("", url).strip()
    if "\\" in text:
        text = _without_backslashes(text)
    if text.startswith("///"):
        text = "//" + text.lstrip("/")
    match = _PARTS.fullmatch(text)
    if match is None:  # cannot be: every part may be empty, and the rest takes all
        return "", None, text, None, None
    scheme, authority, path, query, fragment = match.groups()
    scheme = (scheme or "").lower()
    if not authority and scheme in _HIERARCHICAL and path.strip("/"):
        # `https:/example.org/x`, `https:///example.org`: browsers mend the slashes.
        return _split(f"{scheme}://{text[len(scheme) + 1 :].lstrip('/')}")
    return scheme, authority, path, query, fragment


_split_base = lru_cache(maxsize=8)(_split)
"""All links of an article have one base."""


@lru_cache(maxsize=8)
def _prefixes(base: str) -> tuple[str, str]:
    """Give what stands before `/x` and, behind it, before `x` in an address resolved against it."""
    scheme, authority, path, _, _ = _split(base)
    if not scheme or not authority:
        return "", ""
    folder = _without_dots(path.rpartition("/")[0] + "/")
    return _join(scheme, authority, "", None, None), _NOT_IN_PATH.sub(_escape, folder)


def _without_backslashes(text: str) -> str:
    """Read a backslash before query and fragment as `/`, as browsers do."""
    match = _SCHEME.match(text)
    if match and match[1].lower() not in _HIERARCHICAL:
        return text
    end = min((i for i in (text.find("?"), text.find("#")) if i >= 0), default=len(text))
    return text[:end].replace("\\", "/") + text[end:]


def _join(
    scheme: str, authority: str | None, path: str, query: str | None, fragment: str | None
) -> str:
    """Put an address together, encoded. What would read as something else is kept apart."""
    path = _NOT_IN_PATH.sub(_escape, path)
    if authority is not None:
        authority = _encoded_authority(authority, scheme)
        if path and not path.startswith("/"):
            path = "/" + path
    elif path.startswith("//"):
        path = "/." + path  # RFC 3986, section 3.3: else its beginning would be an authority
    elif not scheme and ":" in path.partition("/")[0]:
        path = "./" + path  # RFC 3986, section 4.2
    return "".join(
        [
            f"{scheme}:" if scheme else "",
            "" if authority is None else f"//{authority}",
            path,
            "" if query is None else "?" + _NOT_IN_QUERY.sub(_escape, query),
            "" if fragment is None else "#" + _NOT_IN_QUERY.sub(_escape, fragment),
        ]
    )


def _encoded_authority(authority: str, scheme: str) -> str:
    user, at, rest = authority.rpartition("@")
    name, port = _host_and_port(rest)
    if not _IP_LITERAL.fullmatch(name):
        name = _ascii_host(name) if scheme in _HIERARCHICAL or not scheme else name
        name = _NOT_IN_HOST.sub(_escape, name).lower()
    return f"{_NOT_IN_USER.sub(_escape, user)}{at}{name}{port}"


def _host_and_port(authority: str) -> tuple[str, str]:
    """Split `example.org:8080` into `example.org` and `:8080`."""
    name, colon, port = authority.rpartition(":")
    if colon and (not port or (port.isascii() and port.isdigit())):
        return name.lower(), f":{port}"
    return authority.lower(), ""


def _ascii_host(name: str) -> str:
    """Give the ASCII form of a host name (IDNA 2008, else 2003); one that has none stays."""
    if name.isascii() or len(name) > 253:
        return name
    import idna  # noqa: PLC0415 - its tables cost start-up, and few hosts need them

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        pass
    try:
        return name.encode("idna").decode("ascii").lower()  # symbols: i❤.ws
    except UnicodeError:
        return name


def _without_dots(path: str) -> str:
    """Take `.` and `..` out of a path (RFC 3986, section 5.2.4)."""
    if not _DOTS.search(path):
        return path
    rooted = path.startswith("/")
    segments = path[1:].split("/") if rooted else path.split("/")
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return ("/" if rooted else "") + "/".join(kept)


def _escape(match: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in match[0].encode()])
