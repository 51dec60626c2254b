"""What is asked of the database, as pure functions: arguments in, statement out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, exists, func, or_, select
from sqlmodel import SQLModel

from app.store import dialect, ids
from app.store.tables import ArticleRow, EventActor, EventCountry, EventRow, EventTopic


@dataclass(frozen=True, slots=True)
class Name:
    """A participant asked for: part of a name, or an id."""

    folded: str
    actor: str


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are asked for; every condition must hold."""

    countries: tuple[str, ...] = ()
    """All of these are parties."""
    countries_any: tuple[str, ...] = ()
    """At least one of these is a party."""
    types: tuple[str, ...] = ()
    """It is of one of these types."""
    participants: tuple[Name, ...] = ()
    """All of these take part."""
    topics: tuple[str, ...] = ()
    """It is about all of these."""
    languages: tuple[str, ...] = ()
    """The article is in one of these."""
    date_from: date | None = None
    """It ends on this day or later."""
    date_to: date | None = None
    """It begins on this day or earlier."""
    phrases: tuple[str, ...] = ()
    """All of these folded phrases are found in it."""

    def digest(self) -> bytes:
        """Eight bytes that tell one query from another, whatever the order of its values."""
        plain = {name: sorted(map(str, value)) if isinstance(value, tuple) else str(value)
                 for name, value in asdict(self).items()}  # fmt: skip
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).digest()[:8]


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


_article, _event = _table(ArticleRow), _table(EventRow)
_country, _topic, _actor = _table(EventCountry), _table(EventTopic), _table(EventActor)


def _has_any(table: Table, column: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    return exists().where(table.c.event_key == _event.c.key, table.c[column].in_(values))


def _named(name: Name) -> ColumnElement[bool]:
    """By id, or by part of a name."""
    by_id = select(_actor.c.event_key).where(_actor.c.actor == name.actor)
    if not name.folded:
        return _event.c.key.in_(by_id)
    by_name = select(dialect.SEARCH_KEY).where(dialect.matches((name.folded,), ()))
    return or_(_event.c.key.in_(by_id), _event.c.key.in_(by_name))


def _links(query: EventQuery) -> Iterator[tuple[FromClause, ColumnElement[int], ColumnElement[bool]]]:
    """Tables that hold the keys of matching events in order, each with its key column and its condition."""
    if query.phrases:
        yield dialect.SEARCH, dialect.SEARCH_KEY, dialect.matches((), query.phrases)
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
    if query.date_from:
        yield _event.c.date_end >= query.date_from
    yield from map(_named, query.participants)


def events(query: EventQuery, before: int | None, limit: int) -> Select[tuple[int, str, str]]:
    """Key, id and document of the events asked for, newest first, from below the key `before` on.

    The first link table stands in front and gives the order, the others are looked into for each of its keys: so the
    database walks one index and stops at the limit, whatever it thinks of the others.
    """
    links = list(_links(query))
    order: ColumnElement[int] = _event.c.key
    source: FromClause = _event
    conditions = list(_conditions(query))
    if links:
        first, order, leading = links[0]
        source = first.join(_event, order == _event.c.key)
        conditions.append(leading)
        conditions += [exists().where(key == order, condition).correlate(first) for _, key, condition in links[1:]]
    statement = select(_event.c.key, _event.c.id, _event.c.document).select_from(source).where(*conditions)
    if before is not None:
        statement = statement.where(order < before)
    if query.date_to:
        # Undated events have the lowest keys; a date asked for leaves them out.
        statement = statement.where(order < ids.beyond_key(query.date_to))
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
