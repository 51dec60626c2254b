"""What is asked of the database, as pure functions: arguments in, statement out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, exists, func, select
from sqlmodel import SQLModel

from app.store import ids
from app.store.asked import EventQuery
from app.store.dialect import Plan
from app.store.tables import ArticleRow, EventCountry, EventRow, EventTopic


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


_article, _event = _table(ArticleRow), _table(EventRow)
_country, _topic = _table(EventCountry), _table(EventTopic)


def _has_any(table: Table, column: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    return exists().where(table.c.event_key == _event.c.key, table.c[column].in_(values))


def _links(query: EventQuery) -> Iterator[tuple[FromClause, ColumnElement[int], ColumnElement[bool]]]:
    """Tables that hold the keys of matching events in order, each with its key column and its condition."""
    for table, column, values in ((_country, "country", query.countries), (_topic, "topic", query.topics)):
        for value in values:
            link = table.alias()
            yield link, link.c.event_key, link.c[column] == value


def _conditions(query: EventQuery) -> Iterator[ColumnElement[bool]]:
    """Conditions on the event itself."""
    if query.types:
        yield _event.c.type.in_(query.types)
    if query.languages:
        yield _event.c.language.in_(query.languages)
    if query.countries_any:
        yield _has_any(_country, "country", query.countries_any)


def events(query: EventQuery, before: int | None, limit: int, plan: Plan) -> Select[tuple[int, str, str]]:
    """Key, id and document of the events asked for, newest first, from below the key `before` on.

    What the plan puts in front, else the first link table, gives the order, the others are looked into for each of its
    keys: so the database walks one index and stops at the limit, whatever it thinks of the others.
    """
    links = [] if plan.settled else list(_links(query))
    conditions = [*plan.conditions, *(() if plan.settled else _conditions(query))]
    order: ColumnElement[int] = _event.c.key
    source: FromClause = _event
    first = plan.source
    if first is not None and plan.key is not None:
        order = plan.key
    elif links:
        first, order, leading = links.pop(0)
        conditions.append(leading)
    if first is not None:
        source = first.join(_event, order == _event.c.key)
        conditions += [exists().where(key == order, condition).correlate(first) for _, key, condition in links]
    statement = select(_event.c.key, _event.c.id, _event.c.document).select_from(source).where(*conditions)
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
    wanted = select(_event.c.id, _event.c.document).where(_event.c.article_key == article_key)
    return wanted.order_by(_event.c.position)


def counts() -> Select[tuple[int, int]]:
    """How many articles and events there are."""
    articles = select(func.count()).select_from(_article).scalar_subquery()
    number = select(func.count()).select_from(_event).scalar_subquery()
    return select(articles, number)
