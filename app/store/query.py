"""What is asked of the database, as pure functions: arguments in, statement out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, func, select
from sqlmodel import SQLModel

from app.store import ids
from app.store.asked import EventQuery
from app.store.dialect import Plan
from app.store.tables import ArticleRow, EventRow, ReadoutRow


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


_article, _event, _readout = _table(ArticleRow), _table(EventRow), _table(ReadoutRow)


def events(query: EventQuery, before: int | None, limit: int, plan: Plan) -> Select[tuple[int, str, str]]:
    """Key, id and document of the events asked for, newest first, from below the key `before` on.

    What the plan puts in front gives the order: so the database walks one index and stops at the limit.
    """
    order: ColumnElement[int] = _event.c.key
    source: FromClause = _event
    if plan.source is not None and plan.key is not None:
        order = plan.key
        source = plan.source.join(_event, order == _event.c.key)
    statement = select(_event.c.key, _event.c.id, _event.c.document).select_from(source).where(*plan.conditions)
    if before is not None:
        statement = statement.where(order < before)
    if query.date_to:
        # Undated events have the lowest keys; a date asked for leaves them out.
        statement = statement.where(order < ids.beyond_key(query.date_to))
    if query.date_from:
        statement = statement.where(_event.c.date_end >= query.date_from)
    if query.date_to or query.date_from:
        statement = statement.where(order >= ids.beyond_key(None))
    return statement.order_by(order.desc()).limit(limit)


def event(event_id: str) -> Select[tuple[str, str]]:
    """Id and document of an event."""
    return select(_event.c.id, _event.c.document).where(_event.c.id == event_id)


def article(article_id: str) -> Select[Any]:
    """All columns of an article."""
    return select(_article).where(_article.c.id == article_id)


def events_of(article_key: int) -> Select[tuple[str, str]]:
    """Ids and documents of an article's events, in order of appearance."""
    wanted = select(_event.c.id, _event.c.document).join(_readout, _readout.c.event_key == _event.c.key)
    return wanted.where(_readout.c.article_key == article_key).order_by(_readout.c.position)


def counts() -> Select[tuple[int, int]]:
    """How many articles and events there are."""
    articles = select(func.count()).select_from(_article).scalar_subquery()
    number = select(func.count()).select_from(_event).scalar_subquery()
    return select(articles, number)
