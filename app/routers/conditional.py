"""`ETag`, `Last-Modified`, 304 and `HEAD` for everything that is read.

The tag is made from the request and from the number of the last change of the database, so that a request that has it
already is answered before anything is asked of the database: no route, no query, no JSON. Whoever writes between the
reading of the number and of the data makes the tag older than the data, never newer.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from types import MappingProxyType

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import DragomanError
from app.routers.again import NOTE, Note
from app.routers.display import language_of
from app.routers.kept import TAG
from app.store.engine import HEAD, Store
from app.version import VERSION

_CHOOSING = (b"host", b"accept", b"accept-encoding")
"""Headers that an answer depends on; of the languages only which of ours is wanted."""

_VARY = "Accept, Accept-Language, Accept-Encoding"
_STREAM = "text/event-stream"
_TAGS = 4096
"""Tags that are remembered with the requests they are of; what they are hangs on nothing else."""
_LONGEST = 2000
"""Characters of an address that is worth remembering."""


def _now() -> datetime:
    return datetime.now(UTC)


class _EnoughError(Exception):
    """The head of an answer is all that was asked for."""


class Conditional:
    """Pure ASGI middleware around everything that compresses or makes answers."""

    def __init__(self, app: ASGIApp, clock: Callable[[], datetime] = _now) -> None:
        self._app = app
        self._clock = clock
        self._started = clock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 304 by itself."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        store: Store = scope["app"].state.store
        try:
            changed = store.changed()
        except DragomanError:
            # What needs the database says so itself; the rest is served.
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        now = self._clock()
        tag = _tag(scope, headers, store.secret, changed, now)
        note: Note | None = scope.get(NOTE)
        if note is not None:
            note.tag, note.changed = tag, changed
        since = self._since(changed, now)
        known = headers.get(b"if-none-match")
        if known is not None and tag in _tags(known):
            await _not_modified(send, [(b"etag", tag.encode()), *_fresh(since)])
            return
        answer = _Answer(scope, send, tag, since, headers)
        try:
            await self._app({**scope, "method": "GET", TAG: tag}, receive, answer.send)
        except Exception:
            if not answer.done:
                raise

    def _since(self, changed: int, now: datetime) -> datetime | None:
        return _unchanged_since(changed, now.replace(microsecond=0), self._started)


@lru_cache(64)
def _unchanged_since(changed: int, now: datetime, started: datetime) -> datetime | None:
    """Since when nothing has changed: the data, the day (deadlines pass) or the program. None within the second of a
    change, which the header cannot tell from the next change in it; `now` is a whole second."""
    midnight = now.replace(hour=0, minute=0, second=0)
    latest = max(datetime.fromtimestamp(changed / 1e6, UTC), midnight, started).replace(microsecond=0)
    return latest if latest < now else None


def _tag(scope: Scope, headers: dict[bytes, bytes], secret: bytes, changed: int, now: datetime) -> str:
    state = changed, now.toordinal(), language_of(scope).value
    chosen = tuple([headers.get(name, b"") for name in _CHOOSING])
    asked = scope["path"], scope.get("query_string", b""), scope["scheme"], chosen
    return (_digest if len(asked[0]) + len(asked[1]) <= _LONGEST else _digest.__wrapped__)(secret, state, asked)


@lru_cache(_TAGS)
def _digest(secret: bytes, state: tuple[int, int, str], asked: tuple[str, bytes, str, tuple[bytes, ...]]) -> str:
    path, query, scheme, chosen = asked
    said = " ".join((VERSION, HEAD, *map(str, state))).encode()
    parts = b"\n".join((path.encode(errors="surrogatepass"), query, scheme.encode(), said, *chosen))
    return f'"{hmac.digest(secret, parts, "sha256").hex()[:32]}"'


def _tags(header: bytes) -> list[str]:
    return [one.strip().removeprefix("W/") for one in header.decode("latin-1").split(",")]


@lru_cache(64)
def _freshness(since: datetime | None) -> Mapping[str, str]:
    said = {"cache-control": "no-cache", "vary": _VARY}
    return MappingProxyType(said | ({"last-modified": format_datetime(since, usegmt=True)} if since else {}))


@lru_cache(64)
def _fresh(since: datetime | None) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode(), value.encode("latin-1")) for name, value in _freshness(since).items())


async def _not_modified(send: Send, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


class _Answer:
    """Passes an answer on: with its tag and dates, without its body where only the head counts."""

    def __init__(self, scope: Scope, send: Send, tag: str, since: datetime | None, headers: dict[bytes, bytes]) -> None:
        self._head = scope["method"] == "HEAD"
        self._send = send
        self._tag = tag
        self._since = since
        self._asked = headers
        self.done = False

    async def send(self, message: Message) -> None:
        """One message of the answer."""
        if self.done:
            # A long answer is being made that nobody reads: this ends it.
            raise _EnoughError
        if message["type"] != "http.response.start":
            await self._send(message)
            return
        if message["status"] == 200:
            headers = MutableHeaders(scope=message)
            if not headers.get("content-type", "").startswith(_STREAM):
                self._complete(headers)
                if self._is_known(headers):
                    kept = [pair for pair in headers.raw if pair[0] in (b"etag", b"cache-control", b"vary")]
                    await _not_modified(self._send, kept)
                    self.done = True
                    return
        await self._send(message)
        if self._head:
            await self._send({"type": "http.response.body", "body": b""})
            self.done = True

    def _complete(self, headers: MutableHeaders) -> None:
        headers.setdefault("etag", self._tag)
        for name, value in _freshness(self._since).items():
            if name == "vary" and headers.get("vary", "Accept-Encoding") == "Accept-Encoding":
                headers[name] = value
            elif name == "vary":
                headers.add_vary_header(value)
            else:
                headers.setdefault(name, value)

    def _is_known(self, headers: MutableHeaders) -> bool:
        """Whether the client has this very answer: by the tag that the handler gave it, else by its date."""
        known = self._asked.get(b"if-none-match")
        if known is not None:
            return known.strip() == b"*" or headers["etag"].removeprefix("W/") in _tags(known)
        asked = self._asked.get(b"if-modified-since")
        if asked is None or self._since is None or headers["etag"] != self._tag:
            return False
        try:
            return parsedate_to_datetime(asked.decode("latin-1")) >= self._since
        except (ValueError, TypeError):
            return False
