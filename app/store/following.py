"""What changed, in the order in which it did: so that a copy elsewhere can be kept in step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select
from sqlmodel import Session

from app.store.columns import core
from app.store.documents import KeptEvent
from app.store.tables import Counter, EventRow, EventWords, Moved
from app.store.write import UPDATED

_event, _words, _moved, _counter = core(EventRow), core(EventWords), core(Moved), core(Counter)


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


@dataclass(frozen=True)
class Held:
    """An event that was written, with what it is found by."""

    document: str
    names: str
    words: str
    tags: str

    @cached_property
    def event(self) -> KeptEvent:
        """The event, read when it is first asked for."""
        return KeptEvent.model_validate_json(self.document)


@dataclass(frozen=True, slots=True)
class Happening:
    """A change with all that tells whether somebody wants to hear of it."""

    change: Change
    revision: int
    """How often the event was written; 0 where it is gone."""
    held: Held | None
    """None where it is gone."""


def changes(session: Session, after: int, limit: int) -> list[Change]:
    """The changes with numbers above one. An event that changed several times stands at the last of them only."""
    columns = (_event.c.updated, _event.c.at, _event.c.id, _event.c.document)
    written = select(*columns).where(_event.c.updated > after).order_by(_event.c.updated).limit(limit)
    found = [Change(*row) for row in session.execute(written)]
    found += _gone(session, after, limit)
    return sorted(found, key=lambda one: (one.number, one.id))[:limit]


def _gone(session: Session, after: int, limit: int) -> list[Change]:
    tombstone = (_moved.c.updated, _moved.c.at, _moved.c.old_id, _moved.c.new_id, _moved.c.why)
    gone = select(*tombstone).where(_moved.c.updated > after).order_by(_moved.c.updated).limit(limit)
    return [Change(row[0], row[1], row[2], None, row[3], row[4]) for row in session.execute(gone)]


def happenings(session: Session, after: int, limit: int) -> list[Happening]:
    """The same changes, with what their events are found by."""
    change = (_event.c.updated, _event.c.at, _event.c.id, _event.c.document)
    found_by = (_words.c.names, _words.c.words, _words.c.tags)
    chosen = select(*change, _event.c.revision, *found_by)
    joined = chosen.join(_words, _words.c.event_key == _event.c.key).where(_event.c.updated > after)
    rows = session.execute(joined.order_by(_event.c.updated).limit(limit))
    found = [Happening(Change(*row[:4]), row[4], Held(row[3], *row[5:])) for row in rows]
    found += [Happening(one, 0, None) for one in _gone(session, after, limit)]
    return sorted(found, key=lambda one: (one.change.number, one.change.id))[:limit]


def latest(session: Session) -> int:
    """The last number that was given to a change; 0 where there was none."""
    return session.scalar(select(_counter.c.value).where(_counter.c.name == UPDATED)) or 0


def count(session: Session, after: int, cap: int | None) -> int:
    """How many changes have numbers above one, as far as a cap."""
    found = 0
    for table in (_event, _moved):
        chosen = select(table.c.updated).where(table.c.updated > after).limit(cap).subquery()
        found += session.scalar(select(func.count()).select_from(chosen)) or 0
    return found if cap is None else min(found, cap)
