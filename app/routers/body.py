"""Refuses long bodies before anything parses them, with or without a Content-Length."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BodyTooLargeError, Issue
from app.routers.problems import answer

_PATIENCE = 16
"""How many times the longest body is taken in before the connection is cut."""

_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl")
"""What a body of several records is announced as."""


def is_batch(scope: Scope) -> bool:
    """Whether a request is announced to carry several records, one a line."""
    announced = dict(scope["headers"]).get(b"content-type", b"").decode("latin-1")
    return announced.partition(";")[0].strip().lower() in NDJSON


class BodyLimit:
    """Pure ASGI middleware: reads the body up to a limit and hands it on in one piece."""

    def __init__(self, app: ASGIApp, limit: int, batch_limit: int) -> None:
        self._app = app
        self._limit = limit
        self._batch_limit = batch_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 413 by itself, else lets the application answer."""
        if scope["type"] != "http" or scope["method"] not in _WITH_BODY:
            await self._app(scope, receive, send)
            return
        limit = self._batch_limit if is_batch(scope) else self._limit
        body = await _read(scope, receive, limit)
        if body is None:
            detail = f"The body is longer than {limit} bytes."
            batch = f"up to {self._batch_limit} bytes as NDJSON (Content-Type: application/x-ndjson), an article a line"
            hint = "Send it in parts." if limit == self._batch_limit else f"Send one article at a time, or {batch}."
            error = BodyTooLargeError(detail, (Issue(detail, hint=hint),))
            await answer(error, scope["path"], {"connection": "close"})(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)


async def _read(scope: Scope, receive: Receive, limit: int) -> bytes | None:
    """The body; None where it is too long. What is too long is still taken in up to a bound, and thrown away: a client
    that is cut off while it sends would never see the answer."""
    headers = dict(scope["headers"])
    announced = headers.get(b"content-length", b"")
    too_long = announced.isdigit() and int(announced) > limit
    if too_long and (b"expect" in headers or int(announced) > _PATIENCE * limit):
        return None
    body, length, more = bytearray(), 0, True
    while more and length <= _PATIENCE * limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        part = message.get("body", b"")
        length += len(part)
        if length <= limit:
            body += part
        more = message.get("more_body", False)
    return None if length > limit else bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body as one message, then whatever the connection says next."""
    pending = [body]

    async def replay() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replay
