"""`Idempotency-Key`: the same request sent again gets the answer of the first, and is not done twice. A failure did
nothing: the request, or a better one, may be sent again.

As draft-ietf-httpapi-idempotency-key-header has it: the key comes from the client; with another request it is an error.
"""

from __future__ import annotations

import hashlib
import re

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import DragomanError, IdempotencyError, InvalidHeaderError, Issue
from app.routers.problems import answer
from app.store import remembered
from app.store.engine import Store

_LONGEST_ANSWER = 4_000_000
_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEY = re.compile(r"[!-~]{1,255}")


class Idempotency:
    """Pure ASGI middleware; inside what reads the body, which comes in one message then."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._working: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what was answered before by itself."""
        headers = dict(scope.get("headers", ()))
        written = headers.get(b"idempotency-key")
        if scope["type"] != "http" or written is None or scope["method"] not in _METHODS:
            await self._app(scope, receive, send)
            return
        try:
            name = _name(scope, headers, written.decode("latin-1").strip())
            await self._once(name, scope, receive, send)
        except DragomanError as error:
            await answer(error, scope["path"])(scope, receive, send)

    async def _once(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        print_ = _fingerprint(scope, message.get("body", b""))
        store: Store = scope["app"].state.store
        if name in self._working:
            detail = "The first request with this Idempotency-Key is still being worked on."
            raise IdempotencyError(detail, (Issue(detail, hint="Wait for its answer, or try again later."),))
        self._working.add(name)
        try:
            before = await anyio.to_thread.run_sync(remembered.find, store, name)
            if before is not None:
                await _replay(before, print_, send)
                return
            kept = _Kept(send)
            await self._app(scope, _first(message, receive), kept.send)
            if (done := kept.answer(print_)) is not None:
                await anyio.to_thread.run_sync(remembered.keep, store, name, done)
        finally:
            self._working.discard(name)
        await kept.end()


def _name(scope: Scope, headers: dict[bytes, bytes], written: str) -> str:
    """What the answer is kept under: the key of the client, for the client and the operation alone."""
    key = written[1:-1] if len(written) > 1 and written[0] == written[-1] == '"' else written
    if not _KEY.fullmatch(key):
        detail = "An Idempotency-Key has 1 to 255 visible ASCII characters, and no spaces."
        raise InvalidHeaderError(detail, (Issue(detail, hint="Send a UUID."),))
    whose = headers.get(b"authorization", b"")
    return hashlib.sha256(b"\0".join((whose, scope["method"].encode(), scope["path"].encode(errors="replace"),
                                      key.encode()))).hexdigest()  # fmt: skip


def _fingerprint(scope: Scope, body: bytes) -> str:
    return hashlib.sha256(scope.get("query_string", b"") + b"\0" + body).hexdigest()


def _first(message: Message, receive: Receive) -> Receive:
    pending = [message]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again


async def _replay(before: remembered.Answer, fingerprint: str, send: Send) -> None:
    if before.fingerprint != fingerprint:
        detail = "This Idempotency-Key was used for another request."
        raise IdempotencyError(detail, (Issue(detail, hint="Take a new key for each new request."),))
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in before.headers]
    headers.append((b"idempotency-replayed", b"true"))
    await send({"type": "http.response.start", "status": before.status, "headers": headers})
    await send({"type": "http.response.body", "body": before.body})


class _Kept:
    """Passes an answer on and keeps it, unless it is very long. The last of it waits until it is kept: who has it all
    may ask again."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()
        self._whole = False
        self._last: Message | None = None

    async def send(self, message: Message) -> None:
        """One message of the answer."""
        if message["type"] == "http.response.start":
            # A copy: what is around this may add to the headers.
            self._start = {**message, "headers": list(message["headers"])}
        elif message["type"] == "http.response.body":
            if len(self._body) <= _LONGEST_ANSWER:
                self._body += message.get("body", b"")
            self._whole = not message.get("more_body", False)
        if self._whole:
            self._last = message
        else:
            await self._send(message)

    async def end(self) -> None:
        """Sends what is held back."""
        if self._last is not None:
            await self._send(self._last)

    def answer(self, fingerprint: str) -> remembered.Answer | None:
        """What there is to remember; None where a second try should be made."""
        if self._start is None or not self._whole or len(self._body) > _LONGEST_ANSWER:
            return None
        status = self._start["status"]
        if status >= 400:
            return None
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in self._start["headers"])
        return remembered.Answer(fingerprint, status, headers, bytes(self._body))
