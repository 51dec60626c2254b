"""Events: the list with its filters, and one by its id."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.errors import GoneError, InvalidCursorError, NotFoundError
from app.routers import examples, lists, selection, updated
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep, given_once, no_query
from app.routers.filters import EventFilters, Updated, event_query
from app.routers.problems import documented
from app.store import page, read, updates
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
    updated = "updated"


class EventPage(lists.Page[StoredEvent], updated.Updates):
    """One page of a list of events."""


class EventList(EventFilters, Updated, lists.Paged):
    """Which events to list. All conditions must hold; a parameter that is not named here is an error."""

    sort: DateOrder = DateOrder.newest
    """`-date`: newest first, those without a date last. `date`: the other way round. `updated`: in the order in which
    they were written, with those that are gone, for who keeps a copy; the default with `updated_since`."""

    @property
    def follows(self) -> bool:
        """Whether it is to be in the order of writing."""
        return self.sort is DateOrder.updated or (
            self.updated_since is not None and "sort" not in self.model_fields_set
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
) -> Response:
    """Events that fit all filters, newest first, those without a date last. `next` leads to the following page."""
    wanted = event_query(asked, countries, knowledge, ascending=asked.sort is DateOrder.oldest)
    chosen = selection.chosen(asked.fields, StoredEvent)

    follows = asked.follows

    def ask(session: Session) -> tuple[page.Page | updates.Updates, lists.Counted | None]:
        ordered = updates.events if follows else page.events
        found = ordered(session, wanted, asked.cursor, asked.limit, store.secret)
        return found, lists.counted(asked.count, lambda cap: page.count_events(session, wanted, cap))

    long = asked.count is lists.Count.exact or follows or asked.updated_since is not None
    found, count = await store.ask(ask, long=long)
    records = [served(document, id_, base).encode() for id_, document in found.records]
    if isinstance(found, updates.Updates):
        return updated.answer(request, base, updated.Part(records, found, count, "events", asked.updated_since), chosen)
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
