"""What each source said of an event, side by side, and what the event was before."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from app.errors import GoneError, NotFoundError
from app.records import Record
from app.routers import examples
from app.routers.deps import StoreDep, no_query
from app.routers.problems import documented
from app.store import history
from app.store.accounts import Accounts, accounts
from app.store.history import EventRevision
from app.store.read import may_be_an_id

router = APIRouter(tags=["events"])

EventId = Annotated[str, Path(description="Id of the event.", examples=[examples.EVENT_ID])]


class RevisionList(Record):
    """The revisions of an event."""

    data: tuple[EventRevision, ...]
    """The latest first."""


def known(event_id: str) -> str:
    """An id that can be one of ours. Raises NotFoundError."""
    if not may_be_an_id(event_id):
        raise NotFoundError(f"There is no event {event_id!r}.")
    return event_id


@router.get(
    "/events/{event_id}/readouts",
    operation_id="list_readouts",
    summary="Compare what each source says of an event",
    responses=documented(NotFoundError, GoneError),
    dependencies=[no_query],
)
async def list_readouts(event_id: EventId, store: StoreDep) -> Accounts:
    """The readouts of an event side by side, what only one of them reports, and why they are taken to speak of the same
    occurrence."""
    with store.read() as session:
        return accounts(session, known(event_id))


@router.get(
    "/events/{event_id}/revisions",
    operation_id="list_revisions",
    summary="Read what an event was before",
    responses=documented(NotFoundError, GoneError),
    dependencies=[no_query],
)
async def list_revisions(event_id: EventId, store: StoreDep) -> RevisionList:
    """Every revision of an event with what ended it, the latest first; also of one that is no more."""
    with store.read() as session:
        return RevisionList(data=tuple(history.revisions(session, known(event_id))))
