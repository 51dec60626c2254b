"""Server-sent events: what is new, changed, merged or gone, as it happens, from the same log as `/changes`."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import anyio
import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field
from starlette.types import Receive, Scope, Send

from app.errors import DragomanError, InvalidHeaderError, Issue, StreamsFullError
from app.records import Record
from app.routers import examples, selection
from app.routers.asking import event_query
from app.routers.changes import MOST, EventChange
from app.routers.client import Client, client_of
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, given_once
from app.routers.filters import EventFilters
from app.routers.log import Log
from app.routers.problems import documented
from app.settings import Settings
from app.store import fits
from app.store.asked import EventQuery
from app.store.documents import StoredEvent
from app.store.following import Happening
from app.store.served import served

router = APIRouter(tags=["events"])

MEDIA_TYPE = "text/event-stream"
HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it is there."""
RETRY = 2000
"""Milliseconds after which a client that lost the stream is to come again."""
_LAST = "last-event-id"
_NUMBER = re.compile("[0-9]{1,18}")


class What(StrEnum):
    """What happened to an event: the `event` of a message."""

    new = "new"
    changed = "changed"
    left = "left"
    merged = "merged"
    deleted = "deleted"
    reset = "reset"


_MEANINGS = {
    What.new: "it was not there before",
    What.changed: "it is another now; new to you, where you were away when it came",
    What.left: "it changed and does not fit the filters any more: throw it away, if you have it",
    What.merged: "it is part of another event now, `moved_to`",
    What.deleted: "it is gone, and nothing took its place",
    What.reset: "the database is not the one that your number is from: read everything anew",
}


class StreamedChange(EventChange):
    """The `data` of a message of the stream. `gone`, `moved_to`, `why` and `event` are those of `/changes`; `event` is
    null also in messages of the kind `left`."""


class StreamedSelection(Record):
    """The `data` of a message where `fields` was given: of the event only the fields chosen."""

    number: Annotated[int, Field(ge=1, examples=[17])]
    """Grows with every change."""
    at: datetime
    """When, in UTC."""
    id: Annotated[str, Field(examples=[examples.EVENT_ID])]
    """Id of the event."""
    gone: bool
    """Whether the event is no more under this id."""
    moved_to: str | None
    """Id of the event that took its place, where one did."""
    why: str | None
    """Why it is gone, in plain words."""
    event: dict[str, Any] | None
    """Fields of the event, those within others as they stand there; null as in `StreamedChange`."""


class StreamReset(Record):
    """The `data` of a message `reset`."""

    number: Annotated[int, Field(ge=0, examples=[17])]
    """Number of the newest change there is: the stream goes on behind it."""
    why: str
    """Why what you have is of no use, in plain words."""


class StreamFilters(EventFilters):
    """Of which events to tell. All conditions must hold; a parameter that is not named here is an error."""

    since: Annotated[int | None, Field(ge=0, le=MOST, examples=[0])] = None
    """Begin after the change of this number: `latest` of `/changes`, or the id of a message; 0 for everything there is.
    Without it, with what happens from now on. The header `Last-Event-ID` counts more."""
    fields: Annotated[list[Annotated[str, Field(max_length=500)]], Field(default=[], max_length=20)]
    """Only these fields of each event, separated by commas; those within others with a point, as in `date.start`."""


def _message(what: What, number: int, data: dict[str, Any]) -> bytes:
    # JSON has its line breaks escaped, so that the data is one line.
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, what.value.encode(), orjson.dumps(data))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a listener wants to hear of, and how."""

    query: EventQuery
    base: str
    """Start of absolute URLs."""
    fields: selection.Chosen | None = None

    def messages(self, happened: Sequence[Happening]) -> Iterator[bytes]:
        """What to say of some changes."""
        for one in happened:
            if (said := self._said(one)) is not None:
                yield said

    def _said(self, one: Happening) -> bytes | None:
        change = one.change
        data: dict[str, Any] = {"number": change.number, "at": change.at, "id": change.id, "gone": one.held is None}
        data |= {"moved_to": change.new_id, "why": change.why, "event": None}
        if one.held is None or change.document is None:
            return _message(What.merged if change.new_id else What.deleted, change.number, data)
        if not fits.held(self.query, one.held):
            return _message(What.left, change.number, data) if one.revision > 1 else None
        event = served(change.document, change.id, self.base)
        event = event if self.fields is None else selection.pick(event, self.fields)
        data["event"] = orjson.Fragment(event)
        return _message(What.new if one.revision == 1 else What.changed, change.number, data)


class EventStream(Response):
    """A stream of messages that lasts until the client leaves, the server goes, or its time is over."""

    media_type = MEDIA_TYPE

    def __init__(self, log: Log, client: Client, asked: Asked, *, after: int, newest: int, seconds: float) -> None:
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._log = log
        self._client = client
        self._asked = asked
        self._position = after
        self._newest = newest
        self._end = time.monotonic() + seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  as ASGI has it
        """Speaks while the client listens."""
        with self._log.listening(self._client):
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async with anyio.create_task_group() as group:
                group.start_soon(self._await_leaving, receive, group.cancel_scope)
                await self._speak(send)
                group.cancel_scope.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _await_leaving(self, receive: Receive, scope: anyio.CancelScope) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        scope.cancel()

    async def _speak(self, send: Send) -> None:
        greeting = b"retry: %d\n" % RETRY
        if self._position > self._newest:
            self._position = self._newest
            reset = StreamReset(number=self._newest, why="The database holds no change of such a number.")
            greeting += _message(What.reset, self._newest, reset.model_dump())
        else:
            greeting += b"id: %d\n\n" % self._position
        await _say(send, greeting)
        while not self._log.closed:
            try:
                happened = await self._log.after(self._position)
            except DragomanError:
                # The client comes again, and then hears what is wrong.
                return
            if happened:
                self._position = happened[-1].change.number
                await _say(send, b"".join(self._asked.messages(happened)))
                continue
            left = self._end - time.monotonic()
            if left <= 0 and self._position >= self._newest:
                return
            quiet = min(HEARTBEAT, max(left, 0.01))
            if not await self._log.wait(self._position, quiet) and quiet == HEARTBEAT:
                # The number goes on also where nothing was said of the changes.
                await _say(send, b": still here\nid: %d\n\n" % self._position)


async def _say(send: Send, words: bytes) -> None:
    if words:
        await send({"type": "http.response.body", "body": words, "more_body": True})


def _last_seen(request: Request) -> int | None:
    """The number in the header `Last-Event-ID`; None where there is none. Raises InvalidHeaderError."""
    written = request.headers.get(_LAST, "").strip()
    if not written:
        return None
    if not _NUMBER.fullmatch(written):
        detail = "The header Last-Event-ID is not the id of a message of this stream."
        raise InvalidHeaderError(detail, (Issue(detail, hint="Send the id as it came, or leave the header out."),))
    return int(written)


_HEADER = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "The id of the last message that was received; a browser sends it by itself when it comes again. "
    "Empty is as good as none.",
    "schema": {"type": "string", "pattern": "^[0-9]{0,18}$"},
}
_EXAMPLE = b"retry: %d\nid: 16\n\n" % RETRY + _message(
    What.new,
    17,
    {
        "number": 17,
        "at": "2021-11-02T08:00:00.000000+00:00",
        "id": examples.EVENT_ID,
        "gone": False,
        "moved_to": None,
        "why": None,
        "event": {"id": examples.EVENT_ID, "title": examples.EVENT.title},
    },
)
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "One message of the stream.",
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9]+$"},
        "event": {"type": "string", "enum": [what.value for what in What]},
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {
                "anyOf": [
                    {"$ref": f"#/components/schemas/{one}"}
                    for one in ("StreamedChange", "StreamedSelection", "StreamReset")
                ]
            },
        },
        "retry": {"type": "integer"},
    },
}
_KINDS = "; ".join(f"`{what.value}`: {meaning}" for what, meaning in _MEANINGS.items())


@router.get(
    "/events/stream",
    operation_id="stream_events",
    summary="Follow events",
    status_code=200,
    response_class=EventStream,
    responses={
        200: {
            "description": f"Messages, each with the number of a change as its `id`. Kinds (`event`): {_KINDS}.",
            "content": {MEDIA_TYPE: {"schema": _SCHEMA, "example": _EXAMPLE.decode()}},
        },
        **documented(InvalidHeaderError, StreamsFullError),
    },
    dependencies=[given_once],
    openapi_extra={"parameters": [_HEADER]},
)
async def stream_events(
    request: Request,
    asked: Annotated[StreamFilters, Query()],
    countries: CountriesDep,
    knowledge: KnowledgeDep,
    base: BaseUrlDep,
) -> Response:
    """What is new, changed, merged or gone, as server-sent events, in order and for as long as the client stays. Who
    comes again with `Last-Event-ID`, as browsers do, goes on where the stream broke off. The `data` of a message is a
    `StreamedChange`, with `fields` a `StreamedSelection`, that of `reset` a `StreamReset`. `merged` and `deleted` are
    told whatever the filters; ids that you do not know can be ignored."""
    query = event_query(asked, countries, knowledge)
    wanted = Asked(query, base, selection.chosen(asked.fields, StoredEvent))
    settings: Settings = request.app.state.settings
    log: Log = request.app.state.log
    last = _last_seen(request)
    newest = await log.newest()
    after = last if last is not None else newest if asked.since is None else asked.since
    client = client_of(request.scope, settings.trusted_proxies, settings.public_url)
    log.admit(client)
    return EventStream(log, client, wanted, after=after, newest=newest, seconds=settings.stream_seconds)
