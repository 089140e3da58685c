"""Which addresses a message may go to. Pure.

An endpoint is somebody else's URL, and so might point into the network of who publishes. What is
refused are addresses of special purpose (IANA's registries, RFC 6890), in every disguise: numbers
in place of a dotted quad, and IPv4 inside of IPv6.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from feedwright.text.patterns import lazy

# IANA's registries of special-purpose addresses, as of 2024. `ipaddress.is_global` is not asked:
# what it says differs between versions of Python.
_SPECIAL_4 = tuple(
    (IPv4Network(block), kind)
    for block, kind in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a provider's customers"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.31.196.0/24", "for protocols"),
        ("192.52.193.0/24", "for protocols"),
        ("192.88.99.0/24", "a relay of 6to4"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "for protocols"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_SPECIAL_6 = tuple(
    (IPv6Network(block), kind)
    for block, kind in (
        ("::/128", "this host"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4 in disguise"),
        ("::ffff:0:0:0/96", "IPv4 in disguise"),
        ("::/96", "IPv4 in disguise"),
        ("64:ff9b:1::/48", "a translation into a private network"),
        ("100::/64", "for discarding"),
        ("2001::/23", "for protocols"),
        ("2001:db8::/32", "for documentation"),
        ("2620:4f:8000::/48", "for protocols"),
        ("3fff::/20", "for documentation"),
        ("5f00::/16", "for routing inside of networks"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)
_GLOBAL_6 = (IPv6Network("2000::/3"), IPv6Network("64:ff9b::/96"))
_NAT64 = IPv6Network("64:ff9b::/96")
_6TO4 = IPv6Network("2002::/16")

# What inet_aton(3), and so a resolver, reads as an IPv4 address: up to four parts, each decimal,
# octal or hexadecimal. WHATWG's URL standard goes by the last label alone, and so do we.
_NUMBER = lazy(r"(?:[0-9]+|0[xX][0-9A-Fa-f]*)")
_QUAD = lazy(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}")


def refused_host(host: str) -> str:
    """Return why a host as written in an address is not allowed; empty when a look-up may decide.

    `host` may stand in the brackets of IPv6.
    """
    name = host.strip().strip("[]").rstrip(".").lower()
    if not name:
        return "there is no host"
    if ":" in name:
        return refused_address(name)
    if name == "localhost" or name.endswith(".localhost"):
        return f"{name} is this machine"
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        if not _QUAD.fullmatch(name):
            return f"{name} is an address in disguise"
        return refused_address(name)
    return ""


def refused_address(text: str) -> str:
    """Return why a numeric address is not allowed; empty when it is."""
    bare, _, zone = text.partition("%")
    try:
        address = ip_address(bare)
    except ValueError:
        return f"{bare} is no address"
    if zone:
        return f"{bare} is link-local"
    kind = _kind_4(address) if isinstance(address, IPv4Address) else _kind_6(address)
    return f"{bare} is not public: {kind}" if kind else ""


def refused(addresses: Iterable[str]) -> str:
    """Return why one of the addresses of a name is not allowed; empty when all of them are.

    One bad address spoils them all: who answers with a public address and a private one hopes that
    the second is tried.
    """
    return next(filter(None, map(refused_address, addresses)), "")


def _kind_4(address: IPv4Address) -> str:
    return next((kind for block, kind in _SPECIAL_4 if address in block), "")


def _kind_6(address: IPv6Address) -> str:
    special = next((kind for block, kind in _SPECIAL_6 if address in block), "")
    if special:
        return special
    if not any(address in block for block in _GLOBAL_6):
        return "reserved"
    inner = _inner(address)
    kind = _kind_4(inner) if inner is not None else ""
    return f"{kind} ({inner} in disguise)" if kind else ""


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a network would make of this one."""
    number = int(address)
    if address in _NAT64:
        return IPv4Address(number & 0xFFFFFFFF)
    if address in _6TO4:
        return IPv4Address(number >> 80 & 0xFFFFFFFF)
    if number >> 32 & 0xFCFFFFFF == 0x5EFE:  # ISATAP (RFC 5214, section 6.1)
        return IPv4Address(number & 0xFFFFFFFF)
    return None
