"""Where an id leads that is no event's now: to the event that its readout is part of, or to what took its place."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from app.errors import GoneError
from app.store import ids
from app.store.columns import core
from app.store.missing import not_there
from app.store.tables import EventRow, Moved, ReadoutRow

_event, _readout, _moved = core(EventRow), core(ReadoutRow), core(Moved)

_STEPS = 100
"""More moves than any id has made."""


def event_now(session: Session, event_id: str) -> str:
    """The id of the event that this id leads to. Raises GoneError where there is none any more, NotFoundError where
    there never was."""
    wanted, why = event_id, None
    for _ in range(_STEPS):
        if session.scalar(select(_event.c.id).where(_event.c.id == wanted)):
            return wanted
        joined = select(_event.c.id).join(_readout, _readout.c.event_key == _event.c.key)
        if found := session.scalar(joined.where(_readout.c.id == ids.readout_of(wanted))):
            return str(found)
        row = session.execute(select(_moved).where(_moved.c.old_id == wanted)).mappings().first()
        if row is None:
            break
        why = f"{row['why']} ({row['at']})"
        if row["new_id"] is None:
            break
        wanted = row["new_id"]
    if why:
        raise GoneError(f"There is no event {event_id!r} any more: {why}")
    raise not_there("event", event_id)
