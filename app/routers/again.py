"""The same request again: answered at the door, where it was answered before and nothing was written since.

A request is the same where all of it is, every header, so that whatever the way inwards makes of them is the same, too.
A client that has only so many requests is counted here as well.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import DragomanError
from app.routers.kept import Answers
from app.routers.rates import Standing
from app.store.engine import Store

NOTE = "dragoman.note"
"""Key of an ASGI scope: a `Note` that the way inwards writes on."""

_ROOM = 4096
"""Requests that are remembered; the bodies of their answers are kept elsewhere."""
_LONGEST = 4000
"""Bytes of a request that is remembered."""
_DAY = 86_400

_COUNTED = (b"ratelimit", b"ratelimit-policy")
"""Headers that are another's with each request."""

_Request = tuple[Any, ...]
Take = Callable[[], Standing | None]


@dataclass(slots=True)
class Note:
    """What is found out about a request on its way."""

    tag: str | None = None
    """What its answer is kept under."""
    changed: int = 0
    """Number of the last change before it was answered."""
    take: Take | None = None
    """Counts another request of its client, which has only so many; None where nobody counts."""


@dataclass(frozen=True, slots=True)
class _Head:
    tag: str
    changed: int
    day: int
    """Days since 1970: what is due today is not tomorrow."""
    start: Message
    has_body: bool
    take: Take | None


class Again:
    """Pure ASGI middleware around everything."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self._app = app
        self._answers = answers
        self._heads: OrderedDict[_Request, _Head] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends what was sent before, or remembers what is sent."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        request = _request(scope)
        head = self._heads.get(request)
        if head is not None and (body := self._body(head, scope)) is not None:
            self._heads.move_to_end(request)
            standing = head.take() if head.take else None
            if standing is None or not standing.wait:
                counted = (
                    [(name.encode(), value.encode()) for name, value in standing.headers().items()] if standing else ()
                )
                await send({**head.start, "headers": [*head.start["headers"], *counted]})
                await send({"type": "http.response.body", "body": body})
                return
        note = Note()
        watched = _Watched(send)
        await self._app({**scope, NOTE: note}, receive, watched.send)
        self._remember(request, note, watched)

    def _body(self, head: _Head, scope: Scope) -> bytes | None:
        """The body that goes with a head; None where that is not the answer any more."""
        store: Store = scope["app"].state.store
        try:
            fresh = head.changed == store.changed() and head.day == time.time() // _DAY
        except DragomanError:
            return None
        return (self._answers.body(head.tag) if head.has_body else b"") if fresh else None

    def _remember(self, request: _Request, note: Note, watched: _Watched) -> None:
        start = watched.start
        if note.tag is None or start is None or not watched.whole or _size(request) > _LONGEST:
            return
        if not any(name == b"last-modified" for name, _ in start["headers"]):
            # It may have one in a second.
            return
        kept = {**start, "headers": tuple(one for one in start["headers"] if one[0] not in _COUNTED)}
        day = int(time.time() // _DAY)
        self._heads[request] = _Head(note.tag, note.changed, day, kept, watched.has_body, note.take)
        if len(self._heads) > _ROOM:
            self._heads.popitem(last=False)


def _request(scope: Scope) -> _Request:
    where = scope["scheme"], scope.get("root_path", ""), scope.get("server"), (scope.get("client") or ("",))[0]
    return scope["method"], scope["path"], scope["query_string"], *where, *scope["headers"]


def _size(request: _Request) -> int:
    return sum(map(len, request[1:3])) + sum(len(name) + len(value) for name, value in request[7:])


class _Watched:
    """Passes an answer on and sees whether it is one to remember."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.start: Message | None = None
        self.whole = False
        """Whether it came in one piece."""
        self._pieces = 0
        self.has_body = False

    async def send(self, message: Message) -> None:
        """One message of the answer."""
        if message["type"] == "http.response.start":
            self.start = message if message["status"] in (200, 304) else None
        else:
            self.whole = not self._pieces and not message.get("more_body", False)
            self._pieces += 1
            self.has_body = bool(message.get("body"))
        await self._send(message)
