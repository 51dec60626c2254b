"""Events: the list with its filters, and one by its id."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.errors import InvalidCursorError, NotFoundError
from app.routers import examples, lists
from app.routers.deps import BaseUrlDep, StoreDep, given_once, no_query
from app.routers.filters import AskedDep
from app.routers.problems import documented
from app.store import page, read
from app.store.documents import EventPage, StoredEvent, served

router = APIRouter(tags=["events"])


@router.get(
    "/events",
    operation_id="list_events",
    summary="List events",
    response_model=EventPage,
    responses={
        **lists.documented(example=examples.PAGE.model_dump(mode="json"), events=True),
        **documented(InvalidCursorError),
    },
    dependencies=[given_once],
)
async def list_events(request: Request, asked: AskedDep, store: StoreDep, base: BaseUrlDep) -> Response:
    """Events that fit all filters, newest first, those without a date last. `next` leads to the following page."""
    with store.read() as session:
        found = page.events(session, asked.events, asked.cursor, asked.limit, store.secret)
    records = [served(document, id_, base).encode() for id_, document in found.events]
    return lists.answer(request, base, lists.Found(records, found.cursor))


@router.get(
    "/events/{event_id}",
    operation_id="get_event",
    summary="Read an event",
    response_model=StoredEvent,
    responses={200: examples.shown(examples.EVENT), **documented(NotFoundError)},
    dependencies=[no_query],
)
async def get_event(
    event_id: Annotated[str, Path(description="Id of the event.", examples=[examples.EVENT_ID])],
    store: StoreDep,
    base: BaseUrlDep,
) -> Response:
    """One event by its id."""
    with store.read() as session:
        return Response(read.event(session, event_id, base), media_type=lists.JSON)
