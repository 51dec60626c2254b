"""What each source said of an event, side by side, and why they are taken to speak of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from sqlalchemy import select
from sqlmodel import Session

from app.errors import GoneError
from app.records import Event, Record
from app.store import history, readouts
from app.store.columns import core
from app.store.documents import ArticleSummary, Document, KeptEvent
from app.store.neighbours import Neighbourhood
from app.store.readouts import Readout
from app.store.tables import ArticleRow, EventRow, ReadoutRow
from app.store.whereabouts import event_now

_event, _readout, _article = core(EventRow), core(ReadoutRow), core(ArticleRow)

_MOST = 40
"""Readouts that are compared with one another; of more, those with the first."""


class Account(Record):
    """A readout in full."""

    id: str
    """Id of the readout."""
    article: ArticleSummary
    """The article; the evidence counts in its text."""
    event: Event
    """What it says, as it was read."""
    copy_of: str | None
    """The readout of which this one's article is a copy."""
    only: tuple[str, ...]
    """Ids of the commitments that no other readout reports."""


class Ground(Record):
    """What speaks for or against two readouts being of the same occurrence."""

    points: float
    """For, where it is above zero; 4 in all are enough."""
    reason: str
    """In plain words."""


class Comparison(Record):
    """Why two readouts are taken to speak of the same occurrence."""

    readouts: tuple[str, str]
    """The two."""
    score: float
    """The sum of the points."""
    grounds: tuple[Ground, ...]
    """What it is made of."""


class Accounts(Record):
    """The readouts of an event side by side."""

    event: str
    """Id of the event."""
    data: tuple[Account, ...]
    """The readouts, in the order of the event."""
    why: tuple[Comparison, ...]
    """Why they were merged; what people decided stands among the corrections of the event."""


def accounts(session: Session, event_id: str) -> Accounts:
    """The readouts of an event, also by an id that leads to it. Raises NotFoundError, GoneError."""
    now = event_now(session, event_id)
    row = session.execute(select(_event.c.key, _event.c.document).where(_event.c.id == now)).one()
    event = KeptEvent.model_validate_json(row.document)
    stored = {one.id: one for one in readouts.load(session, _readout.c.event_key == row.key).values()}
    return _told(session, now, event, stored)


def accounts_as_of(session: Session, event_id: str, at: str) -> Accounts:
    """The readouts that an event had at a moment, ISO 8601 in UTC. Raises NotFoundError where it was not there then,
    InvalidParameterError for a moment of which nothing is known, and GoneError where a readout is not kept any more:
    its article was replaced, removed or read anew since."""
    event = KeptEvent.model_validate_json(history.as_of(session, event_id, at))
    wanted = [one.id for one in event.readouts]
    kept = select(_readout.c.key).join(_article, _article.c.key == _readout.c.article_key)
    kept = kept.where(_readout.c.id.in_(wanted), _article.c.added <= at)
    stored = {one.id: one for one in readouts.load(session, _readout.c.key.in_(kept)).values()}
    lost = [one.article.id for one in event.readouts if one.id not in stored]
    if lost:
        raise GoneError(
            f"What {', '.join(lost)} said of the event at {at} is not kept: replaced, removed or read anew since. "
            f"The event as it was is at /events/{event_id} with as_of."
        )
    return _told(session, event_id, event, stored)


def _told(session: Session, event_id: str, event: KeptEvent, stored: Mapping[str, Readout]) -> Accounts:
    data = _side_by_side(event, stored)
    near = Neighbourhood(session, stored.values(), {})
    seen = [stored[one.id] for one in data]
    pairs = combinations(seen, 2) if len(seen) <= _MOST else ((seen[0], other) for other in seen[1:])
    why = []
    for first, second in pairs:
        found = near.compare(first, second)
        grounds = tuple(Ground(points=reason.points, reason=reason.words) for reason in found.reasons)
        why.append(Comparison(readouts=(first.id, second.id), score=found.score, grounds=grounds))
    return Accounts(event=event_id, data=data, why=tuple(why))


def of_events(session: Session, events: Sequence[tuple[str, Document]]) -> dict[str, tuple[Account, ...]]:
    """The readouts of some events, given by id and document, side by side."""
    parsed = {id_: KeptEvent.model_validate_json(document) for id_, document in events}
    wanted = [one.id for event in parsed.values() for one in event.readouts]
    stored = {one.id: one for one in readouts.load(session, _readout.c.id.in_(wanted)).values()}
    return {id_: _side_by_side(event, stored) for id_, event in parsed.items()}


def _side_by_side(event: KeptEvent, stored: Mapping[str, Readout]) -> tuple[Account, ...]:
    alone: dict[str, list[str]] = {}
    for promise in event.commitments:
        if len(promise.readouts) == 1:
            alone.setdefault(promise.readouts[0], []).append(promise.id)
    return tuple(
        Account(
            id=one.id,
            article=one.article,
            event=stored[one.id].event,
            copy_of=one.copy_of,
            only=tuple(alone.get(one.id, ())),
        )
        for one in event.readouts
        if one.id in stored
    )
