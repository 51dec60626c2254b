"""Pages of events and commitments, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlmodel import Session

from app.store import cursor as cursors
from app.store import dialect, prepared, query, since
from app.store.asked import CommitmentQuery, EventQuery
from app.store.documents import Document

Q = TypeVar("Q", EventQuery, CommitmentQuery)


@dataclass(frozen=True, slots=True)
class Page:
    """Ids and documents of one page, and the cursor of the next."""

    records: tuple[tuple[str, Document], ...]
    cursor: str | None


Statement = Callable[[Q, query.After, int, dialect.Plan], Select[Any]]


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list a page is."""

    of: bytes
    """Digest of the question."""
    after: int | None
    limit: int
    secret: bytes


_digest = lru_cache(4096)(lambda asked: asked.digest())


def slice_of(asked: EventQuery | CommitmentQuery, cursor: str | None, limit: int, secret: bytes) -> Slice:
    """What begins at a cursor. Raises InvalidCursorError."""
    of = _digest(asked)
    return Slice(of, cursors.decode(cursor, of, secret)[0] if cursor is not None else None, limit, secret)


def cut(rows: Sequence[Any], slice_: Slice) -> Page:
    """The page out of its rows, key, id and document, of which there is one more where another page follows."""
    shown = rows[: slice_.limit]
    more = len(rows) > slice_.limit
    following = cursors.encode((shown[-1][0],), slice_.of, slice_.secret) if more else None
    return Page(tuple((id_, document) for _, id_, document in shown), following)


def _page(session: Session, noun: dialect.Noun, statement: Statement[Q], asked: Q, slice_: Slice) -> Page:
    connection = session.connection()

    def ask(sql: str, values: Sequence[Any]) -> list[Any]:
        return list(connection.exec_driver_sql(sql, tuple(values)).all())

    system = dialect.of(session)
    question = (noun, statement, since.narrowed(ask, system, asked), slice_.limit + 1)
    return cut(prepared.rows(ask, system, question, slice_.after), slice_)


def events(session: Session, asked: EventQuery, cursor: str | None, limit: int, secret: bytes) -> Page:
    """One page of the events asked for. Raises InvalidCursorError."""
    return _page(session, dialect.Noun.event, query.events, asked, slice_of(asked, cursor, limit, secret))


def commitments(session: Session, asked: CommitmentQuery, cursor: str | None, limit: int, secret: bytes) -> Page:
    """One page of the commitments asked for. Raises InvalidCursorError."""
    return _page(session, dialect.Noun.commitment, query.commitments, asked, slice_of(asked, cursor, limit, secret))


def count_events(session: Session, asked: EventQuery, cap: int | None) -> int:
    """How many events match, as far as a cap."""
    plan = dialect.planned(session, dialect.Noun.event, asked)
    return session.scalar(query.counted(query.matching(asked, plan)[0], cap)) or 0


def count_commitments(session: Session, asked: CommitmentQuery, cap: int | None) -> int:
    """How many commitments match, as far as a cap."""
    plan = dialect.planned(session, dialect.Noun.commitment, asked)
    return session.scalar(query.counted(query.matching_commitments(asked, plan)[0], cap)) or 0
