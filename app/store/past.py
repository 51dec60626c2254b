"""The store as it was at a moment: what has not been written since, and the revisions of what has.

What is as it was is found by the index. Revisions are in no index: they are walked through in order and compared one by
one, so many for a page at most; a page then ends where the walk does, and the next goes on there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import Select, select
from sqlmodel import Session

from app.errors import NotFoundError
from app.store import cursor as cursors
from app.store import dialect, fits, history, ids, query
from app.store.asked import CommitmentQuery, EventQuery
from app.store.columns import core
from app.store.documents import KeptEvent
from app.store.fold import fold
from app.store.missing import not_there
from app.store.page import Page
from app.store.read import may_be_an_id
from app.store.served import commitment_document
from app.store.tables import ArticleRow, CommitmentRow, EventRow, PastArticle, Revision

_event, _revision, _article, _past = core(EventRow), core(Revision), core(ArticleRow), core(PastArticle)
_commitment = core(CommitmentRow)

_CHUNK = 200
"""Revisions that are read at once."""
_MOST = 2000
"""Revisions that are compared for one page."""
_EVENTS = 100
"""Events whose commitments are looked at together."""
_STEPS = 10
"""How often, for one page."""

_Row = tuple[int, str, str]
"""Key, id and document."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some events in order."""

    rows: Sequence[_Row]
    end: int | None
    """The key up to which these are all; None where there are no more."""


def events(session: Session, asked: EventQuery, at: str, cursor: str | None, limit: int, secret: bytes) -> Page:
    """A page of the events asked for as they were at a moment, ISO 8601 in UTC. Raises InvalidCursorError, and
    InvalidParameterError for a moment of which nothing is known."""
    history.known(session, at)
    of = cursors.digest({"order": "past", "at": at, "asked": asked.digest()})
    after = cursors.decode(cursor, of, secret)[0] if cursor is not None else None
    found = _stretch(session, asked, at, after, limit)
    following = cursors.encode((found.end,), of, secret) if found.end is not None else None
    return Page(tuple((id_, document) for _, id_, document in found.rows), following)


def commitments(
    session: Session, asked: CommitmentQuery, at: str, cursor: str | None, limit: int, secret: bytes
) -> Page:
    """The same of commitments, in the order of their events and within them. Raises as `events`."""
    history.known(session, at)
    of = cursors.digest({"order": "past", "at": at, "asked": asked.digest()})
    after, done = cursors.decode(cursor, of, secret) if cursor is not None else (None, 0)
    wanted = events_of(asked)
    shown: list[tuple[str, str]] = []
    for _ in range(_STEPS):
        found = _stretch(session, wanted, at, after, _EVENTS)
        for key, id_, document in found.rows:
            event = KeptEvent.model_validate_json(document)
            own = [one for one in event.commitments if fits.commitment(asked, one, event)]
            made = [(one.id, commitment_document(one, id_, event)) for one in own[done:]]
            room = limit - len(shown)
            if len(made) > room:
                before = _before(key, ascending=asked.ascending)
                return Page((*shown, *made[:room]), cursors.encode((before, done + room), of, secret))
            shown += made
            done = 0
        if found.end is None:
            return Page(tuple(shown), None)
        after = found.end
    return Page(tuple(shown), cursors.encode((after, 0), of, secret))


def commitment(session: Session, commitment_id: str, at: str) -> tuple[str, str]:
    """Id and document of a commitment as it was at a moment, ISO 8601 in UTC. Raises NotFoundError, and
    InvalidParameterError for a moment of which nothing is known."""
    history.known(session, at)
    if not may_be_an_id(commitment_id):
        raise not_there("commitment", commitment_id)
    own = select(_commitment.c.document, _event.c.id, _event.c.at).join(_event, _event.c.key == _commitment.c.event_key)
    present = session.execute(own.where(_commitment.c.id == commitment_id)).first()
    if present is not None and present.at <= at:
        return commitment_id, present.document
    then = select(_revision.c.event_id, _revision.c.document)
    then = then.where(_revision.c.since <= at, _revision.c.until > at)
    near = [then.where(_revision.c.event_id == present.id)] if present is not None else []
    # Where its event was merged or split since, or is gone, the id stands in what was written then.
    far = then.where(_revision.c.document.contains(f'"{commitment_id}"', autoescape=True)).limit(_STEPS)
    for revisions in (*near, far):
        if found := _in_one_of(session, revisions, commitment_id):
            return found
    raise NotFoundError(f"There was no commitment {commitment_id!r} at {at}.")


def _in_one_of(session: Session, revisions: Select[Any], commitment_id: str) -> tuple[str, str] | None:
    for row in session.execute(revisions):
        event = KeptEvent.model_validate_json(row.document)
        for one in event.commitments:
            if one.id == commitment_id:
                return one.id, commitment_document(one, row.event_id, event)
    return None


def _before(key: int, *, ascending: bool) -> int:
    """What comes after it begins with a key."""
    return key - 1 if ascending else key + 1


def events_of(asked: CommitmentQuery) -> EventQuery:
    """The events that can have the commitments asked for."""
    return replace(
        asked.event or EventQuery(),
        countries=asked.countries,
        countries_any=asked.countries_any,
        countries_not=asked.countries_not,
        participants=asked.participants,
        kinds=asked.kinds,
        types=asked.types,
        statuses=asked.statuses,
        languages=asked.languages,
        promised=asked.promised,
        date_from=asked.date_from,
        date_to=asked.date_to,
        ascending=asked.ascending,
    )


def _stretch(session: Session, asked: EventQuery, at: str, after: int | None, limit: int) -> _Stretch:
    """The events beyond a key, at most so many."""
    plan = dialect.planned(session, dialect.Noun.event, asked)
    unchanged = query.events(replace(asked, written_by=at), after, limit + 1, plan)
    rows: list[_Row] = [(row[0], row[1], row[2]) for row in session.execute(unchanged)]
    earlier, end = _revisions(session, asked, at, after, limit)
    rows = sorted((*rows, *earlier), reverse=not asked.ascending)
    if end is not None:
        rows = [row for row in rows if (row[0] <= end if asked.ascending else row[0] >= end)]
    if len(rows) > limit:
        return _Stretch(rows[:limit], rows[limit - 1][0])
    return _Stretch(rows, end)


def _revisions(
    session: Session, asked: EventQuery, at: str, after: int | None, limit: int
) -> tuple[list[_Row], int | None]:
    """Revisions of the moment that are asked for, beyond a key; and how far was looked, where not to the end."""
    key = _revision.c.key
    chosen = select(key, _revision.c.event_id, _revision.c.document)
    chosen = chosen.where(_revision.c.since <= at, _revision.c.until > at)
    if asked.date_to is not None:
        chosen = chosen.where(key < ids.beyond_key(asked.date_to))
    chosen = chosen.order_by(key if asked.ascending else key.desc()).limit(_CHUNK)
    found: list[_Row] = []
    looked, last = 0, after
    while looked < _MOST and len(found) <= limit:
        beyond = chosen if last is None else chosen.where(key > last if asked.ascending else key < last)
        rows = session.execute(beyond).all()
        events = [(row, KeptEvent.model_validate_json(row.document)) for row in rows]
        told = texts(session, [event for _, event in events]) if asked.phrases else {}
        for row, event in events:
            if fits.event(asked, event, [told.get(one.article.id, "") for one in event.readouts]):
                found.append((row.key, row.event_id, row.document))
        if len(rows) < _CHUNK:
            return found, None
        looked, last = looked + len(rows), rows[-1].key
    return found, last


def texts(session: Session, events: Iterable[KeptEvent]) -> dict[str, str]:
    """The folded texts of the articles of events, those that were replaced since too."""
    wanted = {one.article.id for event in events for one in event.readouts}
    there = select(_article.c.id, _article.c.text).where(_article.c.id.in_(wanted))
    found: dict[str, str] = {row.id: fold(row.text) for row in session.execute(there)}
    gone = select(_past.c.id, _past.c.document).where(_past.c.id.in_(wanted - found.keys()))
    replaced: Iterable[Any] = session.execute(gone)
    return found | {row.id: fold(orjson.loads(row.document)["text"]) for row in replaced}
