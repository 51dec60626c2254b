"""Who asks: the address behind trusted proxies, and whether it is this machine itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.types import Scope

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_FORWARDING = (b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via", b"x-forwarded-host")
"""Headers that proxies add."""

_SHORT = 500
"""Bytes of headers of a client that is remembered."""

_HOST = re.compile(r"(\[[^\]]*\]|[^:]*)(:\d*)?")


@dataclass(frozen=True, slots=True)
class Client:
    """Whoever sent a request."""

    address: str
    """IP address; empty where the server does not know it, as behind a Unix socket."""
    local: bool
    """Whether a program on this machine asks for itself: over loopback, under a name of this machine, through no
    proxy. A web page of another site in a browser here is not local either."""


@lru_cache(maxsize=16)
def networks(written: tuple[str, ...]) -> tuple[Network, ...]:
    """Addresses and networks as the settings have them. Raises ValueError."""
    return tuple(ip_network(one, strict=False) for one in written)


def client_of(scope: Scope, trusted: tuple[str, ...], public_url: str | None = None) -> Client:
    """Whoever sent a request. `X-Forwarded-For` counts only as far as trusted proxies wrote it."""
    headers = dict(scope["headers"])
    told = tuple(headers.get(name) for name in (b"x-forwarded-for", b"host", b"origin"))
    through_proxy = any(name in headers for name in _FORWARDING)
    peer = (scope.get("client") or ("", 0))[0]
    known = _client if sum(len(one) for one in told if one) <= _SHORT else _client.__wrapped__
    found: Client = known(peer, told, through_proxy, trusted, public_url)
    return found


@lru_cache(maxsize=4096)
def _client(
    peer: str, told: tuple[bytes | None, ...], through_proxy: bool, trusted: tuple[str, ...], public_url: str | None
) -> Client:
    forwarded, host, origin = told
    address = _address(peer)
    if address is None:
        return Client("", False)
    known = networks(trusted)
    if _within(address, known):
        # Each proxy adds the address it was asked by; the last one that is no proxy of ours is the client.
        passed = [part.strip() for part in (forwarded or b"").decode("latin-1").split(",")]
        return Client(str(_last_unknown(passed, known) or address), False)
    return Client(str(address), address.is_loopback and not through_proxy and _from_here(host, origin, public_url))


def _address(written: str) -> Address | None:
    try:
        found = ip_address(written.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _within(address: Address, known: Iterable[Network]) -> bool:
    return any(address in network for network in known)


def _last_unknown(passed: list[str], known: tuple[Network, ...]) -> Address | None:
    found = None
    for written in reversed(passed):
        address = _address(written)
        if address is None:
            break
        found = address
        if not _within(address, known):
            break
    return found


def _from_here(host: bytes | None, origin: bytes | None, public_url: str | None) -> bool:
    """Whether a request over loopback is meant for this machine: a page of another site may point its own name at
    127.0.0.1, or post a form here from a browser of this machine."""
    if not _names_this_machine((host or b"").decode("latin-1"), public_url):
        return False
    return origin is None or _names_this_machine(_host_of(origin.decode("latin-1")), public_url)


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return "?."


def _names_this_machine(host: str, public_url: str | None) -> bool:
    found = _HOST.fullmatch(host)
    name = found[1].strip("[]").lower() if found else "?."
    if public_url and name == (urlsplit(public_url).hostname or ""):
        return True
    address = _address(name)
    # Nobody can own a name without a dot in the public tree of names.
    return address.is_loopback if address else bool(name) and ("." not in name or name.endswith(".localhost"))
