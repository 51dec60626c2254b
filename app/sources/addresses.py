"""Which addresses may be fetched: none inside this machine or its network, whatever name they hide behind."""

from __future__ import annotations

import ipaddress
import socket

from app.errors import SourceError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def checked(host: str, port: int, where: str, *, allow_private: bool) -> str:
    """The address of a host as digits; whoever connects must connect there and resolve nothing again.

    Raises SourceError where the host has no address or any of its addresses is private, loopback, link-local,
    multicast or reserved.
    """
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise SourceError(f"there is no host {host!r}", where) from None
    for one in found:
        if not allow_private and not is_public(ipaddress.ip_address(one.partition("%")[0])):
            raise SourceError(f"{host} is at {one}, inside a private or reserved network: not fetched", where)
    return found[0]


def is_public(address: _Address) -> bool:
    """Whether an address is one of the open internet, and so is the one that it carries inside."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _TRANSLATED:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if carried and not is_public(carried):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
