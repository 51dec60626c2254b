"""What was written since a moment, in the order in which it was, with word of what is to be thrown away: so that a copy
of a part of the store can be kept in step.

All that fits now and was written comes as a record. What fitted at any time since, and does not any more, or is gone,
comes as a tombstone. Changes are walked through by their number, some hundred at a time; a page ends where it is full,
or where enough was walked through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlmodel import Session

from app.store import cursor as cursors
from app.store import dialect, fits, query
from app.store.asked import CommitmentQuery, EventQuery
from app.store.columns import core
from app.store.documents import KeptEvent
from app.store.tables import CommitmentRow, EventRow, Moved, Revision

_event, _moved, _revision, _commitment = core(EventRow), core(Moved), core(Revision), core(CommitmentRow)

_CHUNK = 200
"""Changes that are looked at together."""
_MOST = 2000
"""Changes that are looked at for one page."""
_WITHDRAWN = "It is other than what is asked for by now."
_GONE = "It is said no more, or at another event."

Q = TypeVar("Q", EventQuery, CommitmentQuery)


@dataclass(frozen=True, slots=True)
class Gone:
    """Something to be thrown away."""

    id: str
    at: str
    """Since when, ISO 8601 in UTC."""
    moved_to: str | None
    """Id of what took its place."""
    why: str


@dataclass(frozen=True, slots=True)
class Updates:
    """A page of what was written."""

    records: tuple[tuple[str, str], ...]
    """Ids and documents."""
    gone: tuple[Gone, ...]
    cursor: str | None
    until: str | None
    """When the last change was made that was looked at; None where there was none."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A change, by its number."""

    number: int
    at: str
    id: str
    key: int | None
    """Of the event; None where it is gone."""
    revision: int = 1
    moved_to: str | None = None
    why: str = ""


_Item = tuple[str, str] | Gone


def events(session: Session, asked: EventQuery, cursor: str | None, limit: int, secret: bytes) -> Updates:
    """A page of the events asked for that were written since a moment. Raises InvalidCursorError."""
    return _page(session, asked, (cursor, limit, secret), lambda found, plain: _of_events(session, plain, found))


def commitments(session: Session, asked: CommitmentQuery, cursor: str | None, limit: int, secret: bytes) -> Updates:
    """The same of commitments: those of an event are written with it."""
    return _page(session, asked, (cursor, limit, secret), lambda found, plain: _of_commitments(session, plain, found))


def _page(
    session: Session,
    asked: Q,
    slice_: tuple[str | None, int, bytes],
    items: Callable[[Sequence[_Change], Q], dict[int, list[_Item]]],
) -> Updates:
    cursor, limit, secret = slice_
    of = cursors.digest({"order": "updated", "asked": asked.digest()})
    start = cursors.decode(cursor, of, secret) if cursor is not None else [_before(session, asked.updated_since) + 1, 0]
    number, skipped = start
    # Those before are out of the walk anyway, and the past is compared with the rest.
    plain = replace(asked, updated_since=None)
    shown: list[_Item] = []
    until: str | None = None
    looked = 0
    while looked < _MOST:
        found = _changes(session, number - 1)
        if not found:
            return _updates(shown, None, until)
        listed = items(found, plain)
        for change in found:
            own: list[_Item] = listed.get(change.number, [])
            rest: list[_Item] = own[skipped:] if change.number == number else own
            if len(shown) + len(rest) > limit:
                room: int = limit - len(shown)
                done = len(own) - len(rest) + room
                return _updates([*shown, *rest[:room]], cursors.encode((change.number, done), of, secret), until)
            shown += rest
            until = change.at
        looked += len(found)
        number, skipped = found[-1].number + 1, 0
    return _updates(shown, cursors.encode((number, 0), of, secret), until)


def _updates(shown: Sequence[_Item], cursor: str | None, until: str | None) -> Updates:
    records = tuple(one for one in shown if not isinstance(one, Gone))
    return Updates(records, tuple(one for one in shown if isinstance(one, Gone)), cursor, until)


def _before(session: Session, since: str | None) -> int:
    """The number of the last change before a moment. Numbers grow with time, so that halving finds it."""
    if since is None:
        return 0
    low, high = 0, max(session.scalar(select(func.max(table.c.updated))) or 0 for table in (_event, _moved))
    while low < high:
        middle = (low + high + 1) // 2
        found = [row for row in (_first(session, table, middle) for table in (_event, _moved)) if row]
        if found and min(found)[1] < since:
            low = min(found)[0]
        else:
            high = middle - 1
    return low


def _first(session: Session, table: Any, number: int) -> tuple[int, str] | None:
    chosen = select(table.c.updated, table.c.at).where(table.c.updated >= number).order_by(table.c.updated).limit(1)
    row = session.execute(chosen).first()
    return (row[0], row[1]) if row else None


def _changes(session: Session, after: int) -> list[_Change]:
    """Some changes beyond a number."""
    columns = (_event.c.updated, _event.c.at, _event.c.id, _event.c.key, _event.c.revision)
    written = select(*columns).where(_event.c.updated > after).order_by(_event.c.updated).limit(_CHUNK)
    left = (_moved.c.updated, _moved.c.at, _moved.c.old_id, _moved.c.new_id, _moved.c.why)
    gone = select(*left).where(_moved.c.updated > after).order_by(_moved.c.updated).limit(_CHUNK)
    found = [_Change(*row) for row in session.execute(written)]
    found += [_Change(row[0], row[1], row[2], None, moved_to=row[3], why=row[4]) for row in session.execute(gone)]
    return sorted(found, key=lambda one: one.number)[:_CHUNK]


def _keys(found: Sequence[_Change]) -> list[int]:
    return [one.key for one in found if one.key is not None]


def _past(session: Session, found: Sequence[_Change]) -> Iterator[tuple[_Change, KeptEvent]]:
    """What events were before that are gone, or were written more than once."""
    earlier = {one.id: one for one in found if one.key is None or one.revision > 1}
    chosen = select(_revision.c.event_id, _revision.c.document).where(_revision.c.event_id.in_(earlier))
    for row in session.execute(chosen):
        yield earlier[row.event_id], KeptEvent.model_validate_json(row.document)


def _of_events(session: Session, asked: EventQuery, found: Sequence[_Change]) -> dict[int, list[_Item]]:
    plan = dialect.planned(session, dialect.Noun.event, asked)
    statement, order = query.matching(asked, plan, _event.c.id, _event.c.document)
    documents = {row.id: row.document for row in session.execute(statement.where(order.in_(_keys(found))))}
    items: dict[int, list[_Item]] = {one.number: [(one.id, documents[one.id])] for one in found if one.id in documents}
    others = [one for one in found if one.number not in items]
    for change, event in _past(session, others):
        if change.number not in items and fits.event(asked, event):
            why = change.why if change.key is None else _WITHDRAWN
            items[change.number] = [Gone(change.id, change.at, change.moved_to, why)]
    return items


def _of_commitments(session: Session, asked: CommitmentQuery, found: Sequence[_Change]) -> dict[int, list[_Item]]:
    plan = dialect.planned(session, dialect.Noun.commitment, asked)
    statement, _ = query.matching_commitments(
        asked, plan, _commitment.c.id, _commitment.c.document, _commitment.c.event_key, _commitment.c.position
    )
    rows = session.execute(statement.where(_commitment.c.event_key.in_(_keys(found)))).all()
    by_event: dict[int, list[Any]] = {}
    for row in sorted(rows, key=lambda row: row.position):
        by_event.setdefault(row.event_key, []).append(row)
    items: dict[int, list[_Item]] = {
        one.number: [(row.id, row.document) for row in by_event.get(one.key or 0, ())] for one in found
    }
    former: dict[str, _Change] = {}
    for change, event in _past(session, found):
        former |= {one.id: change for one in event.commitments if fits.commitment(asked, one, event)}
    still = set(session.scalars(statement.where(_commitment.c.id.in_(former)).with_only_columns(_commitment.c.id)))
    for id_, change in sorted(former.items()):
        if id_ not in still:
            items[change.number].append(Gone(id_, change.at, None, change.why or _GONE))
    return items
