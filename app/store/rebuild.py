"""Makes everything that is derived anew from the readouts."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlmodel import Session

from app.store import derive, readouts, write
from app.store.clock import now
from app.store.tables import EventRow, ReadoutBlock, ReadoutRow, core

_event, _readout, _block = core(EventRow), core(ReadoutRow), core(ReadoutBlock)

_BATCH = 200
"""Articles at a time, so that memory stays flat."""


def rebuild(session: Session, cause: str = "The events were derived anew.") -> None:
    """Derives all events from the readouts. What stays the same keeps its revision."""
    stored = list(session.scalars(select(_event.c.key).limit(1)))
    session.execute(update(_readout).values(event_key=None))
    session.execute(delete(_block))
    if stored:
        session.execute(delete(_event))
    moment = write.Moment(now(), cause)
    for batch in readouts.of_articles(session, _BATCH):
        loose = list(batch.values())
        write.put_blocks(session, loose)
        derive.derive(session, derive.Change(moment, loose=loose))
