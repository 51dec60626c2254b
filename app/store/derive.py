"""Events out of readouts: which belong together is found anew wherever something changed, and only the difference to
what is stored is written, with a revision of what it was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from app.store import anchors, corrections, ids, readouts, rows, silent, write, written
from app.store.columns import core
from app.store.dialect.among import among
from app.store.documents import Corrected
from app.store.fold import fold
from app.store.merged import kept
from app.store.neighbours import Neighbourhood
from app.store.readouts import Readout
from app.store.rows import EventRows, Moment, Stored
from app.store.tables import EventRow, ReadoutRow
from app.store.write import Draft
from app.store.written import Written

_event, _readout = core(EventRow), core(ReadoutRow)

_Events = dict[str, list[Readout]]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the readouts."""

    moment: Moment
    added: Sequence[Readout] = ()
    """New ones, not stored yet."""
    loose: Sequence[Readout] = ()
    """Stored ones that are to be put into events anew."""
    withdrawn: Sequence[Readout] = ()
    """Former ones, which are not stored any more."""
    touched: frozenset[int] = frozenset()
    """Keys of the events that these were part of."""
    texts: Mapping[int, str] = field(default_factory=dict)
    """Texts of articles that are at hand anyway."""
    folded: Mapping[int, str] = field(default_factory=dict)
    """The same, folded."""


class _Made(NamedTuple):
    """What the event of a group is to be."""

    document: str
    of_day: int
    """The first key of its day."""
    days: int
    """How long it lasts."""
    rows: EventRows | None
    """None where they are those that are stored."""


def derive(session: Session, change: Change) -> None:
    """Brings the events in step with the readouts."""
    near = Neighbourhood(session, (*change.added, *change.loose), change.texts)
    added = {one.key for one in change.added}
    homes, corrected = _grow(session, near, change, added)
    old = _stored(session, change.touched | {home for home in homes.values() if home is not None})
    groups = near.clusters(anchors.wishes(corrected))
    events: _Events = {ids.event_of(one.id for one in group): group for group in groups}
    changes = anchors.by_group(corrected, events)
    events = {id_: group for id_, group in events.items() if not corrections.hides(changes.get(id_, ()))}
    near.sign(events.values())
    made = {id_: _made(id_, group, near, changes.get(id_), old.get(id_)) for id_, group in events.items()}
    placed = write.events(session, old, _drafts(session, events, made, change), change.moment)
    to: dict[int, int | None] = dict.fromkeys(near.members)
    to |= {one.key: placed[id_] for id_, group in events.items() for one in group}
    write.readouts(session, change.added, to)
    before = dict.fromkeys(added, -1) | homes
    write.homes(session, {key: home for key, home in to.items() if key not in added and homes.get(key) != home})
    silent.follow(session, [key for key, home in to.items() if (home is None) != (before.get(key) is None)])
    write.gone(session, old, placed, _followers(homes, to, placed), change.moment)


def _made(
    id_: str,
    group: Sequence[Readout],
    near: Neighbourhood,
    changes: list[tuple[corrections.CorrectionChange, Corrected]] | None,
    old: Stored | None,
) -> _Made:
    """The event of a group."""
    if len(group) == 1 and not changes and group[0].account:
        ready = group[0].account.alone(group[0].brief)
        same = old is not None and old.document == ready.document
        return _Made(ready.document, ready.wished, ready.days, None if same else ready)
    made = _written(group, near, changes)
    for one in group:
        # A batch may touch events of any number of readouts.
        one.forget()
    when = made.event.date
    same = old is not None and old.document == made.document
    day = ids.first_key(when.start if when else None)
    return _Made(made.document, day, rows.length(made.event), None if same else rows.of_event(id_, made))


def _written(
    group: Sequence[Readout],
    near: Neighbourhood,
    changes: list[tuple[corrections.CorrectionChange, Corrected]] | None,
) -> Written:
    if len(group) == 1 and not changes:
        (one,) = group
        return written.single(one.id, one.event, one.brief, written.parts(one.event))
    event = kept(group, near.originals(group))
    return written.kept(corrections.applied(event, changes) if changes else event)


def hidden(session: Session, given: Sequence[Readout]) -> set[str]:
    """Those of some stored readouts, by id, that are of events which people have hidden."""
    near = Neighbourhood(session, given, {})
    _, corrected = _grow(session, near, Change(Moment("", ""), loose=given), set())
    events = {ids.event_of(one.id for one in group): group for group in near.clusters(anchors.wishes(corrected))}
    changes = anchors.by_group(corrected, events)
    return {one.id for id_, group in events.items() if corrections.hides(changes.get(id_, ())) for one in group}


def _grow(
    session: Session, near: Neighbourhood, change: Change, added: set[int]
) -> tuple[dict[int, int | None], list[anchors.Held]]:
    """Takes in all that the change bears upon. The event that each of the stored readouts is part of, and the
    corrections that hold on to any of them."""
    near.grow((*near.members.values(), *change.withdrawn), frozenset(one.key for one in change.withdrawn))
    homes: dict[int, int | None] = {}
    events = set(change.touched)
    while True:
        homes |= _homes(session, near.members.keys() - homes.keys() - added)
        open_ = {home for home in homes.values() if home is not None} | events
        rest = _rest(session, open_, near.members) if open_ else {}
        corrected, known = anchors.held(session, near.members, change.added)
        rest |= {key: one for key, one in known.items() if key not in near.members}
        if not rest:
            return homes, corrected
        near.know(rest)
        near.members |= rest
        near.grow(rest.values())


def _homes(session: Session, keys: Iterable[int]) -> dict[int, int | None]:
    wanted = list(keys)
    if not wanted:
        return {}
    chosen = select(_readout.c.key, _readout.c.event_key).where(among(_readout.c.key, wanted))
    return {row.key: row.event_key for row in session.execute(chosen)}


def _rest(session: Session, events: Iterable[int], known: Mapping[int, Readout]) -> dict[int, Readout]:
    """The readouts of some events that are not known yet."""
    chosen = set(session.scalars(select(_readout.c.key).where(among(_readout.c.event_key, events)))) - known.keys()
    return readouts.load(session, among(_readout.c.key, chosen)) if chosen else {}


def _stored(session: Session, keys: Iterable[int]) -> dict[str, Stored]:
    """Events by id."""
    wanted = list(keys)
    if not wanted:
        return {}
    columns = (_event.c.key, _event.c.id, _event.c.revision, _event.c.at, _event.c.document)
    return {row.id: Stored(*row) for row in session.execute(select(*columns).where(among(_event.c.key, wanted)))}


def _drafts(
    session: Session, events: Mapping[str, Sequence[Readout]], made: Mapping[str, _Made], change: Change
) -> list[Draft]:
    """The events as they are to be, with the words of their articles where something changed."""
    changed = {id_ for id_, one in made.items() if one.rows}
    missing = {one.article_key for id_ in changed for one in events[id_]} - change.folded.keys()
    given = {key: change.texts[key] for key in missing if key in change.texts}
    unread = missing - given.keys()
    given |= readouts.texts(session, unread) if unread else {}
    folded = {**change.folded, **{key: fold(text) for key, text in given.items()}}
    drafts = []
    for id_, group in events.items():
        words = tuple(dict.fromkeys([folded[one.article_key] for one in group])) if id_ in changed else ()
        drafts.append(Draft(id_, made[id_].of_day, made[id_].days, made[id_].rows, words))
    return drafts


def _followers(
    homes: Mapping[int, int | None], to: Mapping[int, int | None], placed: Mapping[str, int]
) -> dict[int, str]:
    """For each former event the one that most of its readouts are part of now."""
    ids_of = {key: id_ for id_, key in placed.items()}
    votes: dict[int, Counter[str]] = {}
    for readout, home in homes.items():
        now = to[readout]
        if home is not None and now is not None:
            votes.setdefault(home, Counter())[ids_of[now]] += 1
    return {home: min(count, key=lambda id_: (-count[id_], id_)) for home, count in votes.items()}
