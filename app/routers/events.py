"""Events: the list with its filters, and one by its id."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.errors import GoneError, InvalidCursorError, NotFoundError
from app.routers import examples, lists, selection
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep, given_once, no_query
from app.routers.filters import EventFilters, Updated, event_query
from app.routers.problems import documented
from app.store import page, read
from app.store.documents import StoredEvent, served

router = APIRouter(tags=["events"])

MOVED: dict[str, Any] = {
    "description": "The event has another id now, by which it is served there",
    "headers": {"Location": {"description": "Address of the event", "schema": {"type": "string", "format": "uri"}}},
}
"""The answer to an id that leads to another."""


class DateOrder(StrEnum):
    """Orders by date of the event."""

    newest = "-date"
    oldest = "date"


class EventPage(lists.Page[StoredEvent]):
    """One page of a list of events."""


class EventList(EventFilters, Updated, lists.Paged):
    """Which events to list. All conditions must hold; a parameter that is not named here is an error."""

    sort: DateOrder = DateOrder.newest
    """`-date`: newest first, those without a date last. `date`: the other way round."""


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
) -> Response:
    """Events that fit all filters, newest first, those without a date last. `next` leads to the following page."""
    wanted = event_query(asked, countries, knowledge, ascending=asked.sort is DateOrder.oldest)
    chosen = selection.chosen(asked.fields, StoredEvent)

    def ask(session: Session) -> tuple[page.Page, lists.Counted | None]:
        found = page.events(session, wanted, asked.cursor, asked.limit, store.secret)
        return found, lists.counted(asked.count, lambda cap: page.count_events(session, wanted, cap))

    found, count = await store.ask(ask, long=asked.count is lists.Count.exact)
    records = [served(document, id_, base).encode() for id_, document in found.records]
    return lists.answer(request, base, lists.Found(records, found.cursor, count), chosen)


@router.get(
    "/events/{event_id}",
    operation_id="get_event",
    summary="Read an event",
    response_model=StoredEvent,
    responses={200: examples.shown(examples.EVENT), 307: MOVED, **documented(NotFoundError, GoneError)},
    dependencies=[no_query],
)
async def get_event(
    event_id: Annotated[str, Path(description="Id of the event.", examples=[examples.EVENT_ID])],
    store: StoreDep,
    base: BaseUrlDep,
) -> Response:
    """One event by its id. An id from before readouts were merged or corrected leads to the event as it is now."""
    with store.read() as session:
        try:
            return Response(read.event(session, event_id, base), media_type=lists.JSON)
        except read.MovedError as moved:
            return RedirectResponse(f"{base}/events/{moved.event_id}", 307)
