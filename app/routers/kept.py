"""Keeps answers, as they went out, for as long as nothing is written."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

TAG = "dragoman.tag"
"""Key of an ASGI scope: what the answer depends on, request and data together, as one text."""

_OVERHEAD = 1000
"""Bytes that an answer takes beside its body: headers, tag, objects."""
_SHARE = 8
"""An answer that takes more than this part of the room is not kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes out."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def size(self) -> int:
        """The bytes it takes."""
        return len(self.body) + _OVERHEAD


class Answers:
    """Answers by their tags, which change with every write, so that nothing has to be thrown away for being old: what
    was not asked for longest goes when the room is full."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self.size = 0
        """Bytes that are kept."""

    def find(self, tag: str) -> Answer | None:
        """The answer with a tag."""
        found = self._answers.get(tag)
        if found is not None:
            self._answers.move_to_end(tag)
        return found

    def body(self, tag: str) -> bytes | None:
        """Its body."""
        found = self.find(tag)
        return found.body if found is not None else None

    def keep(self, tag: str, answer: Answer) -> None:
        """Keeps an answer, in place of those that were not asked for longest."""
        if answer.size > self._room // _SHARE or tag in self._answers:
            return
        self._answers[tag] = answer
        self.size += answer.size
        while self.size > self._room:
            _, oldest = self._answers.popitem(last=False)
            self.size -= oldest.size


class Kept:
    """Pure ASGI middleware around what makes and compresses answers."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self._app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends what is kept, or keeps what is sent."""
        tag = scope.get(TAG)
        if tag is None:
            await self._app(scope, receive, send)
        elif (found := self._answers.find(tag)) is not None:
            await send({"type": "http.response.start", "status": 200, "headers": list(found.headers)})
            await send({"type": "http.response.body", "body": found.body})
        else:
            await self._app(scope, receive, _Listening(self._answers, tag, send).send)


class _Listening:
    """Passes an answer on and hears whether it is whole, good, and of one piece."""

    def __init__(self, answers: Answers, tag: str, send: Send) -> None:
        self._answers = answers
        self._tag = tag
        self._send = send
        self._headers: tuple[tuple[bytes, bytes], ...] | None = None

    async def send(self, message: Message) -> None:
        """One message of the answer."""
        if message["type"] == "http.response.start":
            # What is outside of here adds to the headers of the message.
            headers = tuple(message["headers"])
            self._headers = headers if message["status"] == 200 and not _private(headers) else None
        elif self._headers is not None and not message.get("more_body", False):
            self._answers.keep(self._tag, Answer(self._headers, message.get("body", b"")))
        else:
            self._headers = None
        await self._send(message)


def _private(headers: tuple[tuple[bytes, bytes], ...]) -> bool:
    return any(
        name == b"set-cookie" or (name == b"cache-control" and (b"no-store" in value or b"private" in value))
        for name, value in headers
    )
