"""Pages of events."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from app.store import cursor as cursors
from app.store import dialect, query
from app.store.asked import EventQuery


@dataclass(frozen=True, slots=True)
class Page:
    """Ids and documents of one page, and the cursor of the next."""

    events: tuple[tuple[str, str], ...]
    cursor: str | None


def events(session: Session, asked: EventQuery, cursor: str | None, limit: int, secret: bytes) -> Page:
    """One page of the events asked for. Raises InvalidCursorError."""
    of = asked.digest()
    before = cursors.decode(cursor, of, secret)[0] if cursor is not None else None
    plan = dialect.of(session).plan(session, dialect.Noun.event, asked.wanted())
    rows = session.execute(query.events(asked, before, limit + 1, plan)).all()
    shown = rows[:limit]
    following = cursors.encode((shown[-1].key,), of, secret) if len(rows) > limit else None
    return Page(tuple((row.id, row.document) for row in shown), following)
