"""Changes: what was written and what went, in order, so that a copy elsewhere can be kept in step."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from app.errors import InvalidCursorError, InvalidParameterError, Issue
from app.records import Record
from app.routers import lists, selection
from app.routers.deps import BaseUrlDep, StoreDep, given_once
from app.routers.display import Display, DisplayDep
from app.routers.problems import documented
from app.store import cursor, following
from app.store.documents import StoredEvent
from app.store.following import Change
from app.store.served import served

router = APIRouter(tags=["events"])

MOST = 2**62
"""The highest number of a change."""


class EventChange(Record):
    """An event that was written, or a tombstone of one that is gone."""

    number: Annotated[int, Field(ge=1, examples=[17])]
    """Grows with every change."""
    at: datetime
    """When it happened, in UTC."""
    id: str
    """Id of the event."""
    gone: bool
    """Whether there is no event of this id any more: throw it away."""
    moved_to: str | None
    """Id of the event that took its place, where one did."""
    why: str | None
    """Why it is gone, in plain words."""
    event: StoredEvent | None
    """The event as it is now; null where it is gone."""


class ChangePage(lists.Page[EventChange]):
    """One page of a list of changes."""

    latest: int
    """Number of the last change on this page: ask with it as `since` when you come again."""
    newest: int
    """Number of the newest change of all: as far as a copy can come, and where `/events/stream?since=` begins with what
    is new."""


class ChangeList(lists.Paged):
    """Which changes to list."""

    since: Annotated[int, Field(ge=0, le=MOST, examples=[0])] = 0
    """Those with greater numbers: `latest` of the last page that you have; 0 for everything there is. A number above
    `newest` is an error, since it is of another database."""


def _known(since: int, newest: int) -> None:
    """Raises InvalidParameterError for a number that no change has yet: a copy of another database, or of one that was
    put back, would wait for ever."""
    if since > newest:
        detail = f"There is no change of the number {since}: the newest is {newest}."
        hint = "The number is of another database, or from before it was restored: read everything anew with since=0."
        raise InvalidParameterError(detail, (Issue(detail, parameter="since", hint=hint),))


def _record(one: Change, base: str, display: Display) -> bytes:
    event = display.fields(orjson.loads(served(one.document, one.id, base))) if one.document is not None else None
    shown = {"number": one.number, "at": one.at, "id": one.id, "gone": event is None}
    return orjson.dumps({**shown, "moved_to": one.new_id, "why": one.why, "event": event})


@router.get(
    "/changes",
    operation_id="list_changes",
    summary="List changes",
    response_model=ChangePage,
    responses={**lists.documented(), **documented(InvalidCursorError)},
    dependencies=[given_once],
)
async def list_changes(
    request: Request, asked: Annotated[ChangeList, Query()], store: StoreDep, base: BaseUrlDep, display: DisplayDep
) -> Response:
    """Events in the order in which they were last written, with tombstones of those that are gone. Follow `next` to the
    end, keep `latest`, and ask again with `since` set to it: the copy is in step."""
    chosen = selection.chosen(asked.fields, EventChange)
    of = cursor.digest({"list": "changes", "since": asked.since})
    after = cursor.decode(asked.cursor, of, store.secret)[0] if asked.cursor is not None else asked.since
    with store.read() as session:
        found = following.changes(session, after, asked.limit + 1)
        newest = following.latest(session)
        _known(asked.since, newest)
        count = lists.counted(asked.count, lambda cap: following.count(session, asked.since, cap))
    shown = found[: asked.limit]
    latest = shown[-1].number if shown else after
    next_page = cursor.encode((latest,), of, store.secret) if len(found) > asked.limit else None
    records = [_record(one, base, display) for one in shown]
    more = {"latest": latest, "newest": newest}
    return lists.answer(request, base, lists.Found(records, next_page, count, more, display.language), chosen)
