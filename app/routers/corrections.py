"""Corrections of events by people: made, listed, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Header, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from app.errors import ConflictError, GoneError, InvalidHeaderError, Issue, NotFoundError
from app.records import Record
from app.routers.deps import LimiterDep, StoreDep, no_query
from app.routers.problems import BODY, documented
from app.routers.readouts import EventId, known
from app.store import correcting
from app.store.correcting import StoredCorrection
from app.store.corrections import Correction
from app.store.engine import Store

router = APIRouter(tags=["events"])


class CorrectionInput(Correction):
    """What is to be changed of an event, by whom and why."""

    by: Annotated[str, Field(min_length=1, max_length=100, examples=["Desk editor"])]
    """Who corrects it, for everybody to read."""


class CorrectionList(Record):
    """Corrections of an event."""

    data: tuple[StoredCorrection, ...]
    """In the order in which they were made."""


class Reverting(BaseModel):
    """Who takes a correction back, and why."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    by: Annotated[str, Field(min_length=1, max_length=100)]
    """Who, for everybody to read."""
    why: Annotated[str, Field(min_length=1, max_length=1000)]
    """The reason."""


_Seen = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=r'^"\d{1,9}(-[0-9a-f]{16})?"$',
        description='The `ETag` of the event that you saw, or the number of its revision in quotes: `"3"`. Where it is '
        "another by now, nothing is changed.",
    ),
]


def _revision(seen: str | None) -> int | None:
    """The revision that an entity tag begins with."""
    return int(seen.strip('"').partition("-")[0]) if seen else None


@router.post(
    "/events/{event_id}/corrections",
    operation_id="create_correction",
    summary="Correct an event",
    status_code=201,
    responses=documented(NotFoundError, GoneError, ConflictError, InvalidHeaderError, *BODY),
    dependencies=[no_query],
)
async def create_correction(
    *, event_id: EventId, posted: CorrectionInput, store: StoreDep, limiter: LimiterDep, seen: _Seen = None
) -> StoredCorrection:
    """Sets a value, hides the event or a part of it, merges it with others or splits readouts off. The correction stays
    when articles are read anew or come in, and can be taken back."""
    expected = _revision(seen)
    return await anyio.to_thread.run_sync(_correct, store, known(event_id), posted, expected, limiter=limiter)


def _correct(store: Store, event_id: str, posted: CorrectionInput, expected: int | None) -> StoredCorrection:
    asked = Correction(**posted.model_dump(exclude={"by"}))
    with store.write() as session:
        made = correcting.correct(session, event_id, asked, posted.by, expected)
        return next(one for one in correcting.made_on(session, event_id) if one.id == made)


@router.get(
    "/events/{event_id}/corrections",
    operation_id="list_corrections",
    summary="Read what was corrected",
    responses=documented(NotFoundError, GoneError),
    dependencies=[no_query],
)
async def list_corrections(event_id: EventId, store: StoreDep) -> CorrectionList:
    """The corrections of an event, those taken back too."""
    with store.read() as session:
        return CorrectionList(data=tuple(correcting.made_on(session, known(event_id))))


@router.delete(
    "/events/{event_id}/corrections/{correction_id}",
    operation_id="delete_correction",
    summary="Take a correction back",
    status_code=204,
    responses=documented(NotFoundError, GoneError, ConflictError, InvalidHeaderError),
)
async def delete_correction(
    *,
    event_id: EventId,
    correction_id: Annotated[str, Path(description="Id of the correction.", examples=["co_0123456789abcdef"])],
    asked: Annotated[Reverting, Query()],
    store: StoreDep,
    limiter: LimiterDep,
    seen: _Seen = None,
) -> None:
    """The event is again what its readouts and its other corrections make. Who took it back and why is kept: nothing is
    removed, so that whoever may correct may do it."""
    taken = _Taken(known(event_id), known(correction_id), asked, _revision(seen))
    await anyio.to_thread.run_sync(_revert, store, taken, limiter=limiter)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A correction that is to be taken back."""

    event_id: str
    correction_id: str
    asked: Reverting
    expected: int | None


def _revert(store: Store, taken: _Taken) -> None:
    event_id, correction_id, asked = taken.event_id, taken.correction_id, taken.asked
    with store.write() as session:
        if taken.expected is not None:
            correcting.check_revision(session, event_id, taken.expected)
        if correction_id not in {one.id for one in correcting.made_on(session, event_id)}:
            detail = f"There is no correction {correction_id!r} of the event {event_id!r}."
            hint = f"/events/{event_id}/corrections has those there are."
            raise NotFoundError(detail, (Issue(detail, hint=hint),))
        correcting.revert(session, correction_id, asked.by, asked.why)
