"""Pages of events and commitments, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlmodel import Session

from app.store import cursor as cursors
from app.store import dialect, prepared, query
from app.store.asked import CommitmentQuery, EventQuery

Q = TypeVar("Q", EventQuery, CommitmentQuery)


@dataclass(frozen=True, slots=True)
class Page:
    """Ids and documents of one page, and the cursor of the next."""

    records: tuple[tuple[str, str], ...]
    cursor: str | None


Statement = Callable[[Q, query.After, int, dialect.Plan], Select[Any]]


_digest = lru_cache(4096)(lambda asked: asked.digest())


def _page(
    session: Session, noun: dialect.Noun, statement: Statement[Q], asked: Q, slice_: tuple[str | None, int, bytes]
) -> Page:
    cursor, limit, secret = slice_
    of = _digest(asked)
    after = cursors.decode(cursor, of, secret)[0] if cursor is not None else None
    system = dialect.of(session)
    if system.PLANS_ALONE:
        rows = prepared.rows(session, (noun, statement, asked, limit + 1), after)
    else:
        plan = dialect.planned(system, session, noun, asked)
        rows = list(session.execute(statement(asked, after, limit + 1, plan)).all())
    shown = rows[:limit]
    following = cursors.encode((shown[-1][0],), of, secret) if len(rows) > limit else None
    return Page(tuple((id_, document) for _, id_, document in shown), following)


def events(session: Session, asked: EventQuery, cursor: str | None, limit: int, secret: bytes) -> Page:
    """One page of the events asked for. Raises InvalidCursorError."""
    return _page(session, dialect.Noun.event, query.events, asked, (cursor, limit, secret))


def commitments(session: Session, asked: CommitmentQuery, cursor: str | None, limit: int, secret: bytes) -> Page:
    """One page of the commitments asked for. Raises InvalidCursorError."""
    return _page(session, dialect.Noun.commitment, query.commitments, asked, (cursor, limit, secret))


def count_events(session: Session, asked: EventQuery, cap: int | None) -> int:
    """How many events match, as far as a cap."""
    plan = dialect.planned(dialect.of(session), session, dialect.Noun.event, asked)
    return session.scalar(query.counted(query.matching(asked, plan)[0], cap)) or 0


def count_commitments(session: Session, asked: CommitmentQuery, cap: int | None) -> int:
    """How many commitments match, as far as a cap."""
    plan = dialect.planned(dialect.of(session), session, dialect.Noun.commitment, asked)
    return session.scalar(query.counted(query.matching_commitments(asked, plan)[0], cap)) or 0
