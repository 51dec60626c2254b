"""Makes corrections and takes them back; each is worked into the events at once, in the caller's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from app.errors import ConflictError, InvalidBodyError, Issue, NotFoundError
from app.records import Record
from app.store import anchors, corrections, derive, readouts
from app.store.clock import now
from app.store.columns import core
from app.store.corrections import Action, Correction
from app.store.documents import Corrected, KeptEvent
from app.store.readouts import Readout
from app.store.rows import Moment
from app.store.tables import CorrectionAnchor, CorrectionRow, EventRow, ReadoutRow
from app.store.whereabouts import event_now

_event, _readout = core(EventRow), core(ReadoutRow)
_correction, _anchor = core(CorrectionRow), core(CorrectionAnchor)


class StoredCorrection(Record):
    """A correction with who made it, when, and whether it was taken back."""

    id: str
    """Id of the correction."""
    event: str
    """Id that the event had when it was made."""
    at: str
    """When, ISO 8601 in UTC."""
    by: str
    """Who."""
    why: str
    """The reason."""
    what: corrections.CorrectionChange
    """What was changed, its parts named by content."""
    reverted_at: str | None = None
    """When it was taken back."""
    reverted_by: str | None = None
    """By whom."""
    reverted_why: str | None = None
    """Why."""


def correct(session: Session, event_id: str, asked: Correction, by: str, expected: int | None = None) -> str:
    """Corrects an event and gives the id of the correction. `expected` is the revision that was seen.

    Raises NotFoundError, GoneError, InvalidBodyError, and ConflictError where the event has another revision by now.
    """
    row = _open(session, event_id, expected)
    event = KeptEvent.model_validate_json(row["document"])
    one = corrections.kept(asked, event)
    at, id_ = now(), f"co_{secrets.token_hex(8)}"
    if one.action is Action.set or one.field:
        corrections.checked(event, one, Corrected(id=id_, by=by, at=at, why=asked.why))
    sides = _sides(session, row["key"], asked)
    number = (session.scalar(select(func.max(_correction.c.number))) or 0) + 1
    values = {"id": id_, "number": number, "at": at, "by": by, "why": asked.why, "event_id": row["id"]}
    session.execute(insert(_correction).values(document=one.model_dump_json(), **values))
    session.execute(insert(_anchor), [{"correction_id": id_, **anchor} for anchor in anchors.rows(session, sides)])
    _work_in(session, [one for side in sides for one in side], Moment(at, f"Corrected by {by}: {asked.why}"))
    return id_


def revert(session: Session, correction_id: str, by: str, why: str) -> None:
    """Takes a correction back. Raises NotFoundError where there is none in force."""
    at = now()
    taken = (
        update(_correction)
        .where(_correction.c.id == correction_id, _correction.c.reverted_at.is_(None))
        .values(reverted_at=at, reverted_by=by, reverted_why=why)
        .returning(_correction.c.id)
    )
    if session.execute(taken).first() is None:
        raise NotFoundError(f"There is no correction {correction_id!r} in force.")
    sides = anchors.resolve(session, [correction_id])[correction_id]
    _work_in(session, [one for side in sides for one in side], Moment(at, f"A correction was reverted by {by}: {why}"))


def made_on(session: Session, event_id: str) -> list[StoredCorrection]:
    """The corrections that hold on to an event, those taken back too, in their order. Raises NotFoundError, GoneError
    where there is neither the event nor a correction of it."""
    own = set(session.scalars(select(_correction.c.id).where(_correction.c.event_id == event_id)))
    document = session.scalar(select(_event.c.document).where(_event.c.id == event_id))
    if document is not None:
        own |= {one.id for one in KeptEvent.model_validate_json(document).corrections}
    elif not own:
        event_now(session, event_id)
    chosen = select(_correction).where(_correction.c.id.in_(own)).order_by(_correction.c.number)
    return [_shown(row) for row in session.execute(chosen).mappings()]


def _shown(row: Any) -> StoredCorrection:
    reverted = {name: row[name] for name in ("reverted_at", "reverted_by", "reverted_why")}
    given = {name: row[name] for name in ("id", "at", "by", "why")}
    what = corrections.CorrectionChange.model_validate_json(row["document"])
    return StoredCorrection(event=row["event_id"], what=what, **given, **reverted)


def check_revision(session: Session, event_id: str, expected: int) -> None:
    """Raises ConflictError where an event has another revision by now. One that is not there has none, so that what hid
    it can be taken back by whoever saw it last."""
    revision = session.scalar(select(_event.c.revision).where(_event.c.id == event_id))
    if revision is not None and revision != expected:
        raise _changed(revision, expected)


def _changed(revision: int, expected: int) -> ConflictError:
    return ConflictError(f"The event is at revision {revision} by now, not {expected}. Read it again.")


def _open(session: Session, event_id: str, expected: int | None) -> Any:
    columns = (_event.c.key, _event.c.id, _event.c.revision, _event.c.document)
    row = session.execute(select(*columns).where(_event.c.id == event_id)).mappings().first()
    if row is None:
        moved = event_now(session, event_id)
        raise ConflictError(f"The event is {moved} by now. Read it again before you correct it.")
    if expected is not None and row["revision"] != expected:
        raise _changed(row["revision"], expected)
    return row


def _sides(session: Session, event_key: int, asked: Correction) -> tuple[list[Readout], ...]:
    """The readouts of the event and, for merging and splitting, the others."""
    own = list(readouts.load(session, _readout.c.event_key == event_key).values())
    if asked.action is Action.merge:
        keys = list(session.scalars(select(_event.c.key).where(_event.c.id.in_(asked.events))))
        if not asked.events or len(keys) < len(set(asked.events)) or event_key in keys:
            raise _wrong("Name other events to merge with, each by its present id.", "/events")
        return own, list(readouts.load(session, _readout.c.event_key.in_(keys)).values())
    if asked.action is Action.split_off:
        off = [one for one in own if one.id in asked.readouts]
        if not off or len(off) < len(set(asked.readouts)) or len(off) == len(own):
            raise _wrong("Name some of the event's readouts, and not all of them.", "/readouts")
        return [one for one in own if one not in off], off
    return (own,)


def _wrong(detail: str, pointer: str) -> InvalidBodyError:
    return InvalidBodyError(detail, (Issue(detail, pointer=pointer),))


def _work_in(session: Session, found: Sequence[Readout], moment: Moment) -> None:
    derive.derive(session, derive.Change(moment, loose=list({one.key: one for one in found}.values())))
