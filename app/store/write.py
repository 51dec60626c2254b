"""Writes events with all that is found beside them, each kind of row in one statement, in the order of keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlmodel import Session

from app.store import dialect, ids
from app.store.columns import core
from app.store.dialect.among import among
from app.store.readouts import Readout
from app.store.rows import EventRows, Moment, Stored
from app.store.tables import (
    AmountRow,
    CommitmentRow,
    CommitmentWords,
    Counter,
    EventRow,
    EventWords,
    Moved,
    ReadoutBlock,
    ReadoutRow,
    Revision,
)
from app.store.words import with_texts

_event, _event_words, _readout, _block = core(EventRow), core(EventWords), core(ReadoutRow), core(ReadoutBlock)
_commitment, _commitment_words = core(CommitmentRow), core(CommitmentWords)
_revision, _moved, _counter = core(Revision), core(Moved), core(Counter)

UPDATED = "updated"
"""The counter of changes."""


LONGEST = "longest"
"""The counter of the days between the first and the last of the longest event there was."""


def measure(session: Session) -> None:
    """Begins to count how long events are; from then on all of them must be written by `events`."""
    session.execute(delete(_counter).where(_counter.c.name == LONGEST))
    session.execute(insert(_counter).values(name=LONGEST, value=0))


class Draft(NamedTuple):
    """An event as it is to be."""

    id: str
    of_day: int
    """A key of its day."""
    days: int
    """How long it lasts."""
    rows: EventRows | None = None
    """None where it is not other than what is stored."""
    texts: tuple[str, ...] = ()
    """The folded texts of the articles that report it."""


def _measured(session: Session, drafts: Iterable[Draft]) -> None:
    longest = max((one.days for one in drafts), default=0)
    if longest:
        grown = update(_counter).where(_counter.c.name == LONGEST, _counter.c.value < longest)
        session.execute(grown.values(value=longest))


def events(session: Session, old: Mapping[str, Stored], drafts: Sequence[Draft], moment: Moment) -> dict[str, int]:
    """Writes the drafts that changed. The keys of all of them by id."""
    _measured(session, drafts)
    changed = [(one.rows, one.texts) for one in drafts if one.rows]
    keys = {one.id: old[one.id].key for one in drafts if one.id in old and ids.same_day(old[one.id].key, one.of_day)}
    keys |= _new_keys(session, _event, {one.id: one.wished for one, _ in changed if one.id not in keys})
    moving = [old[one.id] for one, _ in changed if one.id in old]
    remember(session, moving, moment)
    # An event that goes to another day makes room for its new row under the same id.
    leaving = [one for one in moving if keys[one.id] != one.key]
    _rename(session, leaving)
    staying = {one.id for one in drafts if not one.rows}
    _take_out_commitments(session, [one.key for id_, one in old.items() if id_ not in staying])
    earlier = _earlier_revisions(session, [one.id for one, _ in changed if one.id not in old])
    number = _numbers(session, UPDATED, len(changed))
    changed.sort(key=lambda one: keys[one[0].id])
    rows = []
    for place, (one, _) in enumerate(changed):
        revision = 1 + (old[one.id].revision if one.id in old else earlier.get(one.id, 0))
        numbers = (revision, number + place, moment.at)
        rows.append(
            (keys[one.id], one.id, one.end, one.confidence, one.latitude, one.longitude, *numbers, one.document)
        )
    present = {one.key for one in moving if keys[one.id] == one.key}
    _put(session, _event, _EVENT, rows, present)
    entries = [dialect.Entry(keys[one.id], one.names, with_texts(one.words, texts), one.tags) for one, texts in changed]
    _put(session, _event_words, ("event_key", *_WORDS), entries, present)
    dialect.of(session).index(session.connection(), dialect.Noun.event, entries)
    _commitments(session, [one for one, _ in changed], keys)
    return keys


_EVENT = ("key", "id", "date_end", "confidence", "latitude", "longitude", "revision", "updated", "at", "document")
_WORDS = ("names", "words", "tags")
_COMMITMENT = ("key", "id", "event_key", "position", "deadline", "document")


def _new_keys(session: Session, table: Table, wishes: Mapping[str, int]) -> dict[str, int]:
    """Free keys for ids: the wished ones, or the next of the day that is free."""
    if not wishes:
        return {}
    taken = set(session.scalars(select(table.c.key).where(among(table.c.key, wishes.values()))))
    found: dict[str, int] = {}
    for id_, wish in sorted(wishes.items()):
        key = wish
        while key in taken:
            key = ids.next_key(key)
            if session.scalar(select(table.c.key).where(table.c.key == key)) is not None:
                taken.add(key)
        taken.add(key)
        found[id_] = key
    return found


def _numbers(session: Session, name: str, count: int) -> int:
    """Takes numbers of a counter. The first of them."""
    last = session.scalar(select(_counter.c.value).where(_counter.c.name == name))
    if last is None:
        session.execute(insert(_counter).values(name=name, value=count))
    elif count:
        session.execute(update(_counter).where(_counter.c.name == name).values(value=last + count))
    return (last or 0) + 1


def _earlier_revisions(session: Session, event_ids: Sequence[str]) -> dict[str, int]:
    """How often events that are not there now were written when they were."""
    if not event_ids:
        return {}
    session.execute(delete(_moved).where(among(_moved.c.old_id, event_ids)))
    last = select(_revision.c.event_id, func.max(_revision.c.number)).where(among(_revision.c.event_id, event_ids))
    return {row[0]: row[1] for row in session.execute(last.group_by(_revision.c.event_id))}


def remember(session: Session, stored: Sequence[Stored], moment: Moment) -> None:
    """Keeps events as they are for whoever asks for the past, as revisions that end at a moment."""
    rows = [(one.id, one.revision, one.at, moment.at, moment.cause, one.key, one.document) for one in stored]
    columns = ("event_id", "number", "since", "until", "cause", "key", "document")
    dialect.of(session).put(session.connection(), _revision, columns, rows)


def _rename(session: Session, leaving: Sequence[Stored]) -> None:
    for one in leaving:
        session.execute(update(_event).where(_event.c.key == one.key).values(id=f"{one.id} leaves {one.key}"))


def _take_out_commitments(session: Session, event_keys: Sequence[int]) -> None:
    """Of events that change or go: others may have the same commitments now."""
    if event_keys:
        session.execute(delete(_commitment).where(_commitment.c.event_key.in_(event_keys)))


def _put(
    session: Session, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], present: set[int]
) -> None:
    """Inserts rows, whose first column is their key, or changes those whose key is there."""
    new = [row for row in rows if row[0] not in present] if present else rows
    dialect.of(session).put(session.connection(), table, columns, new)
    if present:
        key, *others = columns
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in others}
        change = update(table).where(table.c[key] == bindparam(f"new_{key}")).values(values)
        named = [f"new_{name}" for name in columns]
        session.execute(change, [dict(zip(named, row, strict=True)) for row in rows if row[0] in present])


def _commitments(session: Session, changed: Sequence[EventRows], keys: Mapping[str, int]) -> None:
    places = _new_keys(session, _commitment, {one.id: one.wished for event in changed for one in event.commitments})
    if not places:
        return
    given = [
        (places[one.id], position, one, event) for event in changed for position, one in enumerate(event.commitments)
    ]
    given.sort(key=itemgetter(0))
    entries = [dialect.Entry(key, event.names, one.words, one.tags) for key, _, one, event in given]
    system, connection = dialect.of(session), session.connection()
    rows = [(key, one.id, keys[event.id], at, one.deadline, one.document) for key, at, one, event in given]
    system.put(connection, _commitment, _COMMITMENT, rows)
    amounts = [(key, at, *amount) for key, _, one, _ in given for at, amount in enumerate(one.amounts)]
    system.put(connection, core(AmountRow), ("commitment_key", "position", "unit", "value"), amounts)
    system.put(connection, _commitment_words, ("commitment_key", *_WORDS), entries)
    system.index(connection, dialect.Noun.commitment, entries)


def readouts(session: Session, added: Sequence[Readout], homes: Mapping[int, int | None]) -> None:
    """Inserts new readouts that were made ready, with the keys of their events, and what they are found by when others
    are merged."""
    ready = [(one, account) for one in added if (account := one.account)]
    rows = [
        (one.key, one.id, one.article_key, one.position, homes[one.key], account.document) for one, account in ready
    ]
    columns = ("key", "id", "article_key", "position", "event_key", "document")
    dialect.of(session).put(session.connection(), _readout, columns, rows)
    put_blocks(session, {one.key: account.blocks for one, account in ready})


def put_blocks(session: Session, blocks: Mapping[int, Iterable[int]]) -> None:
    """Enters what readouts, by key, are found by when others are to be merged with them."""
    rows = sorted([(block, key) for key, found in blocks.items() for block in found])
    dialect.of(session).put(session.connection(), _block, ("block", "readout_key"), rows)


def homes(session: Session, to: Mapping[int, int | None]) -> None:
    """Makes stored readouts part of other events."""
    if to:
        change = update(_readout).where(_readout.c.key == bindparam("of")).values(event_key=bindparam("to"))
        session.execute(change, [{"of": key, "to": home} for key, home in to.items()])


def gone(
    session: Session, old: Mapping[str, Stored], placed: Mapping[str, int], followers: Mapping[int, str], moment: Moment
) -> None:
    """Removes the events that are no more, and leaves word where to go."""
    leaving = [one for one in old.values() if placed.get(one.id) != one.key]
    away = [one for one in leaving if one.id not in placed]
    remember(session, away, moment)
    number = _numbers(session, UPDATED, len(away)) if away else 0
    rows = [
        {
            "old_id": one.id,
            "new_id": followers.get(one.key),
            "at": moment.at,
            "why": moment.cause,
            "updated": number + place,
        }
        for place, one in enumerate(away)
    ]
    if rows:
        session.execute(insert(_moved), rows)
    if leaving:
        session.execute(delete(_event).where(_event.c.key.in_(sorted(one.key for one in leaving))))
