"""Events: the list with its filters, and one by its id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from app.errors import GoneError, InvalidCursorError, InvalidParameterError, Issue, NotFoundError
from app.routers import examples, include, including, listing, lists, relevance, updated
from app.routers.asking import event_query
from app.routers.days import Moment
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep, given_once
from app.routers.display import Display, DisplayDep, Shown
from app.routers.filters import EventFilters, Updated
from app.routers.past import AsOf
from app.routers.problems import documented
from app.store import history, page, past, ranking, read, updates
from app.store.documents import StoredEvent
from app.store.quick import Quick
from app.store.served import served_events

router = APIRouter(tags=["events"])

MOVED: dict[str, Any] = {
    "description": "The event has another id now, by which it is served there",
    "headers": {"Location": {"description": "Address of the event", "schema": {"type": "string", "format": "uri"}}},
}
"""The answer to an id that leads to another."""


class EventPage(lists.Page[StoredEvent], updated.Updates, relevance.Relevance):
    """One page of a list of events."""


class EventList(EventFilters, Updated, AsOf, lists.Paged):
    """Which events to list. All conditions must hold; a parameter that is not named here is an error."""

    include: Annotated[list[including.Names], including.described(including.OF_EVENTS, "what belongs to it")]
    sort: listing.DateOrder = listing.DateOrder.newest
    """`-date`: newest first, those without a date last. `date`: the other way round. `updated`: in the order in which
    they were written, with those that are gone, for who keeps a copy; the default with `updated_since`. `relevance`:
    those first in which the words of `q` stand in a name or in the title; of the newest 1000 matches."""


def _ready(found: include.Documents, display: Display, base: str) -> list[bytes]:
    records = served_events(found, base)
    return records if display.namer is None else [display.event(one) for one in records]


def _records(within: include.Within, found: include.Documents, names: Sequence[str]) -> list[bytes]:
    return within.events(found, names) if names else _ready(found, within.display, within.base)


_EVENTS = listing.Noun(
    "events",
    StoredEvent,
    including.OF_EVENTS,
    page.events,
    past.events,
    updates.events,
    ranking.events,
    Quick.events,
    page.count_events,
    shows_alone=True,
    ready=_ready,
    records=_records,
)


@router.get(
    "/events",
    operation_id="list_events",
    summary="List events",
    response_model=EventPage,
    responses={
        **lists.documented(example=examples.PAGE),
        **documented(InvalidCursorError),
    },
    dependencies=[given_once],
)
async def list_events(
    request: Request,
    asked: Annotated[EventList, Query()],
    countries: CountriesDep,
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Response:
    """Events that fit all filters, newest first, those without a date last. `next` leads to the following page."""
    wanted = event_query(asked, countries, knowledge, ascending=asked.sort is listing.DateOrder.oldest)
    by = listing.Asking(request, store, knowledge, base, display)
    return await listing.listed(_EVENTS, asked, wanted, by)


class EventShown(Shown):
    """How to show an event."""

    include: Annotated[list[including.Names], including.described(including.OF_EVENTS, "what belongs to it")]

    as_of: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """As it was known at this moment."""


@router.get(
    "/events/{event_id}",
    operation_id="get_event",
    summary="Read an event",
    response_model=StoredEvent,
    responses={200: examples.shown(examples.EVENT), 307: MOVED, **documented(NotFoundError, GoneError)},
    dependencies=[given_once],
)
async def get_event(
    request: Request,
    event_id: Annotated[str, Path(description="Id of the event.", examples=[examples.SAMPLE_EVENT_ID])],
    asked: Annotated[EventShown, Query()],
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Response:
    """One event by its id. An id from before readouts were merged or corrected leads to the event as it is now. Its
    `ETag` begins with its revision, and is what `If-Match` takes when the event is corrected."""
    names = including.wanted(asked.include, including.OF_EVENTS)
    if names and asked.as_of is not None:
        detail = "What belongs to an event is known as it is now only."
        raise InvalidParameterError(detail, (Issue(detail, parameter="include", hint="Leave out include or as_of."),))
    plain = asked.as_of is None and not names
    if plain and (found_quickly := await store.quickly(lambda quick: quick.event(event_id, base))) is not None:
        return _shown(request, display, display.event(found_quickly[0]), found_quickly[1])
    with store.read() as session:
        if asked.as_of is not None:
            found = history.served_as_of(session, event_id, asked.as_of, base)
            return Response(display.event(found), media_type=lists.JSON, headers=display.headers)
        try:
            found, revision = read.event(session, event_id, base)
        except read.MovedError as moved:
            query = request.url.query
            return RedirectResponse(f"{base}/events/{moved.event_id}" + (f"?{query}" if query else ""), 307)
        body = display.event(found)
        if names:
            kept = [(event_id, read.event_documents(session, [event_id])[event_id])]
            [body] = include.Within(session, knowledge, display, base).events(kept, names)
    return _shown(request, display, body, revision)


def _shown(request: Request, display: Display, body: bytes, revision: int) -> Response:
    headers = display.headers | {"etag": tag_of(revision, body, request.headers.get("accept-encoding", ""))}
    return Response(body, media_type=lists.JSON, headers=headers)


def tag_of(revision: int, body: bytes, encoding: str) -> str:
    """The entity tag of an event: its revision, and what tells one form of it from another."""
    digest = hashlib.sha256(encoding.encode() + b"\n" + body).hexdigest()
    return f'"{revision}-{digest[:16]}"'
