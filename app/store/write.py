"""Writes events with all that is found beside them, each kind of row in one statement, in the order of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlmodel import Session

from app.store import dialect, ids
from app.store.columns import core
from app.store.dialect.among import among
from app.store.readouts import Readout
from app.store.rows import Draft, Moment, Stored, commitments, event_entry, event_row, words_row
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


def _measured(session: Session, drafts: Iterable[Draft]) -> None:
    dates = [one.written.event.date for one in drafts]
    longest = max((date.end - date.start for date in dates if date), default=None)
    if longest:
        grown = update(_counter).where(_counter.c.name == LONGEST, _counter.c.value < longest.days)
        session.execute(grown.values(value=longest.days))


def events(session: Session, old: Mapping[str, Stored], drafts: Iterable[Draft], moment: Moment) -> dict[str, int]:
    """Writes the drafts that changed. The keys of all of them by id."""
    given = list(drafts)
    _measured(session, given)
    changed = [one for one in given if one.changed]
    keys = {one.id: old[one.id].key for one in given if one.id in old and _same_day(old[one.id].key, one.day)}
    keys |= _new_keys(session, _event, {one.id: one.day for one in changed if one.id not in keys})
    moving = [old[one.id] for one in changed if one.id in old]
    remember(session, moving, moment)
    # An event that goes to another day makes room for its new row under the same id.
    leaving = [one for one in moving if keys[one.id] != one.key]
    _rename(session, leaving)
    staying = {one.id for one in given if not one.changed}
    _take_out_commitments(session, [one.key for id_, one in old.items() if id_ not in staying])
    earlier = _earlier_revisions(session, [one.id for one in changed if one.id not in old])
    number = _numbers(session, UPDATED, len(changed))
    ordered = sorted(changed, key=lambda one: keys[one.id])
    rows = []
    for place, one in enumerate(ordered):
        revision = 1 + (old[one.id].revision if one.id in old else earlier.get(one.id, 0))
        rows.append(event_row(one, keys[one.id], revision, number + place, moment.at))
    present = {one.key for one in moving if keys[one.id] == one.key}
    _put(session, _event, "key", rows, present)
    entries = [event_entry(one, keys[one.id]) for one in ordered]
    _put(session, _event_words, "event_key", [words_row("event_key", one) for one in entries], present)
    dialect.of(session).index(session.connection(), dialect.Noun.event, entries)
    _commitments(session, ordered, keys)
    return keys


def _same_day(key: int, day: date | None) -> bool:
    return ids.first_key(day) <= key < ids.beyond_key(day)


def _new_keys(session: Session, table: Table, days: Mapping[str, date | None]) -> dict[str, int]:
    """Free keys for ids: the wished ones, or the next of the day that is free."""
    wished = {id_: ids.wished_key(day, id_) for id_, day in sorted(days.items())}
    if not wished:
        return {}
    taken = set(session.scalars(select(table.c.key).where(among(table.c.key, wished.values()))))
    found: dict[str, int] = {}
    for id_, wish in wished.items():
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
    rows = [
        {
            "event_id": one.id,
            "number": one.revision,
            "since": one.at,
            "until": moment.at,
            "cause": moment.cause,
            "key": one.key,
            "document": one.document,
        }
        for one in stored
    ]
    dialect.of(session).put(session.connection(), _revision, rows)


def _rename(session: Session, leaving: Sequence[Stored]) -> None:
    for one in leaving:
        session.execute(update(_event).where(_event.c.key == one.key).values(id=f"{one.id} leaves {one.key}"))


def _take_out_commitments(session: Session, event_keys: Sequence[int]) -> None:
    """Of events that change or go: others may have the same commitments now."""
    if event_keys:
        session.execute(delete(_commitment).where(_commitment.c.event_key.in_(event_keys)))


def _put(session: Session, table: Table, key: str, rows: Sequence[dict[str, Any]], present: set[int]) -> None:
    """Inserts rows, or changes those whose key is there."""
    new = [row for row in rows if row[key] not in present]
    dialect.of(session).put(session.connection(), table, new)
    changed = [{f"new_{name}": value for name, value in row.items()} for row in rows if row[key] in present]
    if changed:
        values: dict[str, Any] = {
            column.name: bindparam(f"new_{column.name}") for column in table.c if column.name != key
        }
        session.execute(update(table).where(table.c[key] == bindparam(f"new_{key}")).values(values), changed)


def _commitments(session: Session, drafts: Sequence[Draft], keys: Mapping[str, int]) -> None:
    days = {one.id: draft.day for draft in drafts for one in draft.written.promises}
    if not days:
        return
    places = _new_keys(session, _commitment, days)
    made = [one for draft in drafts for one in commitments(draft, keys[draft.id], places)]
    made.sort(key=lambda one: one.entry.key)
    entries = [one.entry for one in made]
    system, connection = dialect.of(session), session.connection()
    system.put(connection, _commitment, [one.row for one in made])
    system.put(connection, core(AmountRow), [row for one in made for row in one.amounts])
    system.put(connection, _commitment_words, [words_row("commitment_key", one) for one in entries])
    system.index(connection, dialect.Noun.commitment, entries)


def readouts(
    session: Session, placed: Sequence[tuple[Readout, str, int | None]], blocks: Callable[[Readout], Iterable[int]]
) -> None:
    """Inserts new readouts, each with its JSON and the key of its event, and what they are found by when others are
    merged."""
    rows = [
        {
            "key": one.key,
            "id": one.id,
            "article_key": one.article_key,
            "position": one.position,
            "event_key": event_key,
            "document": document,
        }
        for one, document, event_key in placed
    ]
    if rows:
        dialect.of(session).put(session.connection(), _readout, rows)
        put_blocks(session, [one for one, *_ in placed], blocks)


def put_blocks(session: Session, given: Iterable[Readout], blocks: Callable[[Readout], Iterable[int]]) -> None:
    """Enters what readouts are found by when others are to be merged with them."""
    rows = [{"block": block, "readout_key": one.key} for one in given for block in blocks(one)]
    dialect.of(session).put(session.connection(), _block, sorted(rows, key=lambda row: row["block"]))


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
