"""Makes everything that is derived anew from the readouts."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import Session

from app.store import derive, readouts, silent, write
from app.store.clock import now
from app.store.columns import core
from app.store.neighbours import blocks_of
from app.store.rows import Moment
from app.store.tables import ReadoutBlock

_BATCH = 200
"""Articles at a time, so that memory stays flat."""


def rebuild(session: Session, cause: str = "The events were derived anew.") -> None:
    """Derives all events from the readouts. What stays the same is not written again; what changes has a revision."""
    session.execute(delete(core(ReadoutBlock)))
    for batch in readouts.of_articles(session, _BATCH):
        write.put_blocks(session, {key: blocks_of(one) for key, one in batch.items()})
    silent.fill(session.connection())
    write.measure(session)
    moment = Moment(now(), cause)
    for batch in readouts.of_articles(session, _BATCH):
        derive.derive(session, derive.Change(moment, loose=list(batch.values())))
