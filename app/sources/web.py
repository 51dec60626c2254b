"""Pages from the web: bounded in size and time, never from inside our own network, and politely.

The name of a host is resolved once, the address checked, and the connection made to that address: a name that
answers differently the second time gains nothing. Redirects are followed by hand, each checked like the first.
"""

from __future__ import annotations

import ipaddress
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from app.errors import SourceError
from app.sources import addresses
from app.version import VERSION

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

    import httpx

AGENT = f"dragoman/{VERSION}"
_REDIRECTS = 5
_PATIENCE = 10.0
"""Seconds without any answer."""
_LONGEST = 60.0
"""Seconds for all of one page."""
_RETRY_MOST = 30.0
"""So many seconds we wait where a server asks us to come later; where it asks for more, we leave it."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent."""

    url: str
    """The address that it came from in the end."""
    data: bytes
    media_type: str
    charset: str | None
    headers: Mapping[str, str]
    unchanged: bool = False
    """The server says that nothing is new since the last time."""


@dataclass
class Web:
    """Fetches pages. One for a run: it remembers which host was asked when, and what its robots.txt says."""

    longest: int = 16 << 20
    """Bytes of a page."""
    allow_private: bool = False
    pause: float = 1.0
    """Seconds between two requests to one host."""
    robots: bool = True
    """Whether what robots.txt forbids is left alone."""
    _asked: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, RobotFileParser | None] = field(default_factory=dict)

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx  # noqa: PLC0415  a tenth of a second, needed only for the web

        # No proxy of the environment: it would resolve names by itself, past our check.
        # A connection serves one host: at one address another host could be met under the first one's certificate.
        alone = httpx.Limits(max_keepalive_connections=0)
        return httpx.Client(timeout=_PATIENCE, trust_env=False, follow_redirects=False, limits=alone)

    def page(self, url: str) -> Answer:
        """A page that robots.txt lets us read. Raises SourceError."""
        if self.robots and not self._may(url):
            raise SourceError("robots.txt of the site forbids it", url)
        return self.get(url)

    def get(self, url: str, since: Mapping[str, str] | None = None) -> Answer:
        """What is at an address; `since` are headers that ask only for what is new. Raises SourceError."""
        given, end = url, time.monotonic() + _LONGEST
        for _ in range(_REDIRECTS + 1):
            answer = self._one(url, since or {}, given, end)
            if isinstance(answer, Answer):
                return answer
            url = answer
        raise SourceError(f"more than {_REDIRECTS} redirects", given)

    def _one(self, url: str, since: Mapping[str, str], given: str, end: float) -> Answer | str:
        """The answer of one server, or where it sends us."""
        import httpx  # noqa: PLC0415

        host, pinned = self._pinned(url, given)
        headers = {
            "Host": host,
            "User-Agent": AGENT,
            "Accept-Encoding": "gzip",
            "Accept": "text/html,*/*;q=0.5",
            **since,
        }
        extensions = {"sni_hostname": urlsplit(url).hostname}
        for attempt in range(2):
            self._wait(host)
            try:
                with self._client.stream("GET", pinned, headers=headers, extensions=extensions) as response:
                    if response.status_code in _MOVED and "location" in response.headers:
                        return urljoin(url, response.headers["location"])
                    if response.status_code not in _BUSY or attempt:
                        return self._answer(response, url, given, end)
                    later = _later(response.headers.get("retry-after"))
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                raise SourceError(str(error) or type(error).__name__, given) from None
            if later > min(_RETRY_MOST, end - time.monotonic()):
                raise SourceError(f"the server asks to come back in {later:.0f} seconds", given)
            time.sleep(later)
        raise AssertionError("the second attempt returns or raises")

    def _pinned(self, url: str, given: str) -> tuple[str, str]:
        """The host as the server expects it, and the address with the checked digits in its place."""
        try:
            parts = urlsplit(url)
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise SourceError(str(error), given) from None
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            raise SourceError(f"only http and https are fetched, not {url[:100]!r}", given)
        digits = addresses.checked(parts.hostname, port, given, allow_private=self.allow_private)
        shown = f"[{digits}]" if ipaddress.ip_address(digits.partition("%")[0]).version == 6 else digits
        name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        host = name if port == _DEFAULT_PORTS[parts.scheme] else f"{name}:{port}"
        return host, parts._replace(netloc=f"{shown}:{port}", fragment="").geturl()

    def _answer(self, response: httpx.Response, url: str, given: str, end: float) -> Answer:
        kind = response.headers.get("content-type", "")
        headers = dict(response.headers)
        if response.status_code == 304:
            return Answer(url, b"", "", None, headers, unchanged=True)
        if response.status_code != 200:
            raise SourceError(f"the server answers {response.status_code} {response.reason_phrase}".rstrip(), given)
        data = bytearray()
        for part in response.iter_raw():
            data += part
            if len(data) > self.longest:
                raise SourceError(f"longer than {self.longest} bytes", given)
            if time.monotonic() > end:
                raise SourceError(f"not all there after {_LONGEST:.0f} seconds", given)
        plain = _unpacked(bytes(data), response.headers.get("content-encoding", ""), self.longest, given)
        media_type, _, rest = kind.partition(";")
        _, _, charset = rest.partition("charset=")
        return Answer(url, plain, media_type.strip().lower(), charset.partition(";")[0].strip(" \"'") or None, headers)

    def _wait(self, host: str) -> None:
        """Leaves a pause between two requests to one host."""
        rest = self._asked.get(host, 0.0) + self.pause - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        self._asked[host] = time.monotonic()

    def _may(self, url: str) -> bool:
        """Whether robots.txt allows it; a site without one allows all."""
        from urllib.robotparser import RobotFileParser  # noqa: PLC0415

        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if site not in self._rules:
            try:
                rules = RobotFileParser()
                text = self.get(f"{site}/robots.txt").data[: 1 << 19].decode("utf-8", "replace")
                rules.parse(text.splitlines())
                self._rules[site] = rules
            except SourceError:
                self._rules[site] = None
        known = self._rules[site]
        return known is None or known.can_fetch(AGENT, url)


def _later(value: str | None) -> float:
    """Seconds that Retry-After asks for; a date in it is too long for us."""
    return float(value) if value and value.strip().isdigit() else (_RETRY_MOST + 1 if value else 1.0)


def _unpacked(data: bytes, encoding: str, longest: int, where: str) -> bytes:
    """The body without its compression, which may not hide more than a page may be long."""
    if encoding.lower() in ("", "identity"):
        return data
    if encoding.lower() not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(f"the compression {encoding!r} was not asked for", where)
    try:
        plain = zlib.decompressobj(47 if encoding.lower() != "deflate" else 15).decompress(data, longest + 1)
    except zlib.error as error:
        raise SourceError(f"broken compression: {error}", where) from None
    if len(plain) > longest:
        raise SourceError(f"longer than {longest} bytes", where)
    return plain
