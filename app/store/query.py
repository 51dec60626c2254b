"""What is asked of the database, as pure functions: arguments in, statement out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    func,
    literal,
    or_,
    select,
)

from app.store import ids
from app.store.asked import CommitmentQuery, EventQuery
from app.store.columns import core
from app.store.dialect import Plan
from app.store.tables import AmountRow, ArticleRow, CommitmentRow, Counter, EventRow, ReadoutRow
from app.store.wanted import Box, Promised
from app.store.write import LONGEST

_article, _event, _readout, _commitment = core(ArticleRow), core(EventRow), core(ReadoutRow), core(CommitmentRow)
_counter, _amount = core(Counter), core(AmountRow)

Range = tuple[date | None, date | None]
After = int | BindParameter[int] | None
"""The key of the last record of the page before."""


def _events_within(statement: Select[Any], order: ColumnElement[int], days: Range) -> Select[Any]:
    """Only events that overlap a span of days; undated ones, whose keys are lowest, are left out where one is given."""
    first, last = days
    if last is not None:
        statement = statement.where(order < ids.beyond_key(last))
    if first is not None:
        # What begins earlier than the longest event is long cannot reach there: the walk ends.
        statement = statement.where(_event.c.date_end >= first, order >= _reaching(first))
    return statement.where(order >= ids.beyond_key(None)) if first or last else statement


def _reaching(day: date) -> ColumnElement[int]:
    """The lowest key that an event which goes on until a day can have."""
    longest = select(_counter.c.value).where(_counter.c.name == LONGEST).scalar_subquery()
    days = literal(day.toordinal(), BigInteger) - func.coalesce(longest, literal(date.max.toordinal(), BigInteger))
    return days * literal(1 << ids.SEQUENCE_BITS, BigInteger)


def _amounts(asked: Promised) -> Iterator[ColumnElement[bool]]:
    """Conditions on one amount of a commitment."""
    if asked.unit is not None:
        yield _amount.c.unit == asked.unit
    if asked.amount_min is not None:
        yield _amount.c.value >= asked.amount_min
    if asked.amount_max is not None:
        yield _amount.c.value <= asked.amount_max


def _promises(asked: Promised) -> Iterator[ColumnElement[bool]]:
    """Conditions on the row of a commitment."""
    if amounts := tuple(_amounts(asked)):
        yield select(_amount.c.commitment_key).where(_amount.c.commitment_key == _commitment.c.key, *amounts).exists()
    if asked.deadline_from is not None:
        yield _commitment.c.deadline >= asked.deadline_from
    if asked.deadline_to is not None:
        yield _commitment.c.deadline <= asked.deadline_to


def _box(box: Box) -> Iterator[ColumnElement[bool]]:
    latitude, longitude = _event.c.latitude, _event.c.longitude
    yield latitude.between(box.south, box.north)
    if box.west <= box.east:
        yield longitude.between(box.west, box.east)
    else:
        yield or_(longitude >= box.west, longitude <= box.east)


def _compared(asked: EventQuery) -> Iterator[ColumnElement[bool]]:
    """Conditions on the row of an event."""
    if asked.min_confidence:
        yield _event.c.confidence >= asked.min_confidence
    if asked.box is not None:
        yield from _box(asked.box)
    if asked.articles:
        reported = select(_readout.c.event_key).join(_article, _article.c.key == _readout.c.article_key)
        # Spelt out: values of a list of any length could not be put into SQL that is kept.
        yield _event.c.key.in_(reported.where(or_(*(_article.c.id == one for one in asked.articles))))
    if asked.updated_since is not None:
        yield _event.c.at >= asked.updated_since
    if asked.written_by is not None:
        yield _event.c.at <= asked.written_by
    if asked.promised:
        # Of each event by itself: the index leaves few that have none like this.
        own = select(_commitment.c.key).where(_commitment.c.event_key == _event.c.key, *_promises(asked.promised))
        yield own.exists()


def _compared_key(plan: Plan, order: ColumnElement[int]) -> ColumnElement[int]:
    return order if plan.compared is None else plan.compared


def _changed(number: int) -> Select[tuple[int]]:
    """The keys of events that were written from a change on."""
    other = _event.alias()
    return select(other.c.key).where(other.c.updated >= number)


def matching(asked: EventQuery, plan: Plan, *columns: ColumnElement[Any]) -> tuple[Select[Any], ColumnElement[int]]:
    """Columns of the events asked for, and the key that orders them.

    What the plan puts in front gives the order: so the database walks one index and stops where it is told to. The rows
    of events are looked at only where that is needed.
    """
    compared = tuple(_compared(asked))
    needed = bool(compared) or asked.date_from is not None or any(one.table is _event for one in columns)
    order: ColumnElement[int] = _event.c.key
    source: FromClause = _event
    if plan.source is not None and plan.key is not None:
        order = plan.key
        source = plan.source.join(_event, order == _event.c.key) if needed else plan.source
    statement = select(order.label("key"), *columns).select_from(source).where(*plan.conditions, *compared)
    if asked.changed_from is not None:
        statement = statement.where(
            (order if plan.compared is None else plan.compared).in_(_changed(asked.changed_from))
        )
    return _events_within(statement, order, (asked.date_from, asked.date_to)), order


def events(asked: EventQuery, after: After, limit: int, plan: Plan) -> Select[tuple[int, str, str]]:
    """Key, id and document of the events asked for, in their order, from beyond the key `after` on."""
    statement, order = matching(asked, plan, _event.c.id, _event.c.document)
    return _sliced(statement, order, after, limit, ascending=asked.ascending)


def _sliced(
    statement: Select[Any], order: ColumnElement[int], after: After, limit: int, *, ascending: bool
) -> Select[Any]:
    if after is not None:
        statement = statement.where(order > after if ascending else order < after)
    return statement.order_by(order if ascending else order.desc()).limit(limit)


def counted(statement: Select[Any], cap: int | None) -> Select[Any]:
    """How many rows a statement gives, as far as a cap."""
    return select(func.count()).select_from(statement.limit(cap).subquery())


def matching_commitments(
    asked: CommitmentQuery, plan: Plan, *columns: ColumnElement[Any]
) -> tuple[Select[Any], ColumnElement[int]]:
    """Columns of the commitments asked for, and the key that orders them by the date of their event."""
    order: ColumnElement[int] = _commitment.c.key
    source: FromClause = _commitment
    if plan.source is not None and plan.key is not None:
        order = plan.key
        source = plan.source.join(_commitment, order == _commitment.c.key)
    of_event = list(_compared(asked.event)) if asked.event is not None else []
    if asked.updated_since is not None:
        of_event.append(_event.c.at >= asked.updated_since)
    if asked.written_by is not None:
        of_event.append(_event.c.at <= asked.written_by)
    if asked.date_from is not None or of_event:
        source = source.join(_event, _event.c.key == _commitment.c.event_key)
    conditions = [*plan.conditions, *_promises(asked.promised), *of_event]
    statement = select(order.label("key"), *columns).select_from(source).where(*conditions)
    if asked.changed_from is not None:
        other = _commitment.alias()
        own = select(other.c.key).where(other.c.event_key.in_(_changed(asked.changed_from)))
        statement = statement.where(_compared_key(plan, order).in_(own))
    return _events_within(statement, order, (asked.date_from, asked.date_to)), order


def commitments(asked: CommitmentQuery, after: After, limit: int, plan: Plan) -> Select[tuple[int, str, str]]:
    """Key, id and document of the commitments asked for, in their order, from beyond the key `after` on."""
    statement, order = matching_commitments(asked, plan, _commitment.c.id, _commitment.c.document)
    return _sliced(statement, order, after, limit, ascending=asked.ascending)


def commitment(commitment_id: str) -> Select[tuple[str, str]]:
    """Id and document of a commitment."""
    return select(_commitment.c.id, _commitment.c.document).where(_commitment.c.id == commitment_id)


def event(event_id: str) -> Select[tuple[str, int, str]]:
    """Id, revision and document of an event."""
    return select(_event.c.id, _event.c.revision, _event.c.document).where(_event.c.id == event_id)


def events_by_id(ids: Sequence[str]) -> Select[tuple[str, str]]:
    """Ids and documents of some events."""
    return select(_event.c.id, _event.c.document).where(_event.c.id.in_(ids))


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
