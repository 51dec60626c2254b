"""What changed, in the order in which it did: so that a copy elsewhere can be kept in step."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from app.store.tables import EventRow, Moved, core

_event, _moved = core(EventRow), core(Moved)


@dataclass(frozen=True, slots=True)
class Change:
    """An event that was written, or an id that is no more."""

    number: int
    at: str
    id: str
    document: str | None
    """The event as it is now; None where it is gone."""
    new_id: str | None = None
    why: str | None = None


def changes(session: Session, after: int, limit: int) -> list[Change]:
    """The changes with numbers above one. An event that changed several times stands at the last of them only."""
    columns = (_event.c.updated, _event.c.at, _event.c.id, _event.c.document)
    written = select(*columns).where(_event.c.updated > after).order_by(_event.c.updated).limit(limit)
    tombstone = (_moved.c.updated, _moved.c.at, _moved.c.old_id, _moved.c.new_id, _moved.c.why)
    gone = select(*tombstone).where(_moved.c.updated > after).order_by(_moved.c.updated).limit(limit)
    found = [Change(*row) for row in session.execute(written)]
    found += [Change(row[0], row[1], row[2], None, row[3], row[4]) for row in session.execute(gone)]
    return sorted(found, key=lambda one: (one.number, one.id))[:limit]


def count(session: Session, after: int, cap: int | None) -> int:
    """How many changes have numbers above one, as far as a cap."""
    found = 0
    for table in (_event, _moved):
        chosen = select(table.c.updated).where(table.c.updated > after).limit(cap).subquery()
        found += session.scalar(select(func.count()).select_from(chosen)) or 0
    return found if cap is None else min(found, cap)
