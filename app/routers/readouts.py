"""What each source said of an event, side by side, and what the event was before."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import Field

from app.errors import GoneError, NotFoundError
from app.records import Record
from app.routers import examples, lists
from app.routers.days import Moment
from app.routers.deps import StoreDep, given_once
from app.routers.display import Display, DisplayDep, Shown
from app.routers.past import moment_of
from app.routers.problems import documented
from app.store import history
from app.store.accounts import Accounts, accounts, accounts_as_of
from app.store.history import EventRevision
from app.store.missing import not_there
from app.store.read import may_be_an_id

router = APIRouter(tags=["events"])

EventId = Annotated[str, Path(description="Id of the event.", examples=[examples.SAMPLE_EVENT_ID])]


class RevisionList(Record):
    """The revisions of an event."""

    data: tuple[EventRevision, ...]
    """The latest first."""


class ReadoutsShown(Shown):
    """How to show readouts."""

    as_of: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """The event as it was known at this moment, with the readouts it was made of. Those of articles that were replaced,
    removed or read anew since are not kept; an event with one of them is answered with 410."""


def known(event_id: str) -> str:
    """An id that can be one of ours. Raises NotFoundError."""
    if not may_be_an_id(event_id):
        raise not_there("event", event_id)
    return event_id


def _answer(record: Accounts | RevisionList, display: Display) -> Response:
    """The records of events in it, shown as events are."""
    body: dict[str, Any] = record.model_dump(mode="json")
    for one in body["data"]:
        one["event"] = display.fields(one["event"])
    return Response(orjson.dumps(body), media_type=lists.JSON, headers=display.headers)


@router.get(
    "/events/{event_id}/readouts",
    operation_id="list_readouts",
    summary="Compare what each source says of an event",
    response_model=Accounts,
    responses=documented(NotFoundError, GoneError),
    dependencies=[given_once],
)
async def list_readouts(
    event_id: EventId, asked: Annotated[ReadoutsShown, Query()], store: StoreDep, display: DisplayDep
) -> Response:
    """The readouts of an event side by side, what only one of them reports, and why they are taken to speak of the same
    occurrence."""
    at = moment_of(asked, alone=(), orders=None)
    with store.read() as session:
        id_ = known(event_id)
        found = accounts(session, id_) if at is None else accounts_as_of(session, id_, at)
    return _answer(found, display)


@router.get(
    "/events/{event_id}/revisions",
    operation_id="list_revisions",
    summary="Read what an event was before",
    response_model=RevisionList,
    responses=documented(NotFoundError, GoneError),
    dependencies=[given_once],
)
async def list_revisions(
    event_id: EventId, _: Annotated[Shown, Query()], store: StoreDep, display: DisplayDep
) -> Response:
    """Every revision of an event with what ended it, the latest first; also of one that is no more."""
    with store.read() as session:
        return _answer(RevisionList(data=tuple(history.revisions(session, known(event_id)))), display)
