"""What events were: their revisions, and any of them as of a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import orjson
from pydantic import WithJsonSchema
from sqlalchemy import func, select
from sqlmodel import Session

from app.errors import InvalidParameterError, Issue, NotFoundError
from app.records import Record
from app.store.clock import moment_text, now
from app.store.columns import core
from app.store.missing import not_there
from app.store.read import may_be_an_id
from app.store.served import served
from app.store.tables import EventRow, Revision
from app.store.whereabouts import event_now

_event, _revision = core(EventRow), core(Revision)


class EventRevision(Record):
    """What an event was for some time."""

    number: int
    """From 1."""
    since: str
    """From when on, ISO 8601 in UTC."""
    until: str | None
    """Until when; null for what it is now."""
    cause: str | None
    """What ended it; null for what it is now."""
    event: Annotated[dict[str, Any], WithJsonSchema({"allOf": [{"$ref": "#/components/schemas/KeptEvent"}]})]
    """The record as it was served, without its id and address."""


def revisions(session: Session, event_id: str) -> list[EventRevision]:
    """All revisions of an event, the latest first. Raises NotFoundError, GoneError for an id that never had one."""
    past = select(_revision).where(_revision.c.event_id == event_id).order_by(_revision.c.number.desc())
    found = [_past(row) for row in session.execute(past).mappings()]
    row = session.execute(select(_event).where(_event.c.id == event_id)).mappings().first()
    if row is not None:
        now = EventRevision(
            number=row["revision"], since=row["at"], until=None, cause=None, event=_parsed(row["document"])
        )
        return [now, *found]
    if not found:
        event_now(session, event_id)
        raise NotFoundError(f"The event {event_id!r} has no revisions of its own.")
    return found


def as_of(session: Session, event_id: str, at: str) -> str:
    """The document that an event had at a moment. Raises NotFoundError where it was not there then, and
    InvalidParameterError for a moment that the store does not know of."""
    known(session, at)
    now = select(_event.c.document).where(_event.c.id == event_id, _event.c.at <= at)
    then = select(_revision.c.document).where(
        _revision.c.event_id == event_id, _revision.c.since <= at, _revision.c.until > at
    )
    document = session.scalar(now) or session.scalar(then)
    if document is None:
        raise NotFoundError(f"There was no event {event_id!r} at {at}.")
    return str(document)


def documents_as_of(session: Session, ids: Iterable[str], at: str) -> dict[str, str]:
    """The documents that events had at a moment, by id; those that were not there then are left out."""
    wanted = list(ids)
    now = select(_event.c.id, _event.c.document).where(_event.c.id.in_(wanted), _event.c.at <= at)
    then = select(_revision.c.event_id, _revision.c.document).where(
        _revision.c.event_id.in_(wanted), _revision.c.since <= at, _revision.c.until > at
    )
    return {id_: document for chosen in (then, now) for id_, document in session.execute(chosen)}


def served_as_of(session: Session, event_id: str, moment: datetime, base: str) -> bytes:
    """The JSON of an event as it was at a moment, its address under `base`. Raises NotFoundError,
    InvalidParameterError."""
    if not may_be_an_id(event_id):
        raise not_there("event", event_id)
    return served(as_of(session, event_id, moment_text(moment)), event_id, base)


def began(session: Session) -> str | None:
    """When the first event was written, ISO 8601 in UTC; None where none ever was."""
    first = select(_event.c.at).order_by(_event.c.updated).limit(1)
    found = [session.scalar(first), session.scalar(select(func.min(_revision.c.since)))]
    return min((one for one in found if one is not None), default=None)


def known(session: Session, at: str) -> None:
    """Raises InvalidParameterError for a moment before the first event was written, or after now: no revision tells of
    it."""
    first = began(session)
    if first is None or at < first:
        said = f"The first event was written at {first}." if first else "No event was ever written."
        raise _beyond(f"Nothing is known of what the store was at {at}: it lies before its beginning. {said}", first)
    if at > now():
        raise _beyond(f"Nothing is known of what the store will be at {at}.", "now, by leaving it out")


def _beyond(detail: str, first: str | None) -> InvalidParameterError:
    hint = f"Ask for {first}, or later." if first and first[0].isdigit() else f"Ask for {first}." if first else None
    return InvalidParameterError(detail, (Issue(detail, parameter="as_of", hint=hint),))


def _past(row: Any) -> EventRevision:
    return EventRevision(
        number=row["number"], since=row["since"], until=row["until"], cause=row["cause"], event=_parsed(row["document"])
    )


def _parsed(document: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(document)
    return found
