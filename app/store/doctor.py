"""Looks whether a database is as it must be, and makes anew what can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.errors import StoreError
from app.store import dialect, schema
from app.store.checks import CHECKS, Check, commitments, events, found_by, readable
from app.store.clock import now
from app.store.columns import core
from app.store.engine import HEAD, opened
from app.store.rebuild import rebuild
from app.store.rows import Moment, Stored
from app.store.tables import CommitmentRow, EventRow, ReadoutRow
from app.store.write import remember

_event, _commitment, _readout = core(EventRow), core(CommitmentRow), core(ReadoutRow)
_BATCH = 500
_CAUSE = "The database was repaired."

SHOWN = 5
"""Findings of a check that are told one by one."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found."""

    check: Check
    shown: tuple[str, ...]
    """The first findings."""
    number: int
    """How many there are."""


def examine(url: str) -> Iterator[Result]:
    """Makes one check after the other, all of one moment of the database; nothing is changed. Raises StoreError."""
    with _session(url) as session:
        yield from _results(session, url)
        session.rollback()


def tidy(url: str) -> None:
    """Brings the full-text indexes into the order that is quickest to read, in one transaction; what is found stays the
    same. Raises StoreError."""
    with _session(url) as session:
        dialect.of(session).tidy(session.connection())
        session.commit()


def repair(url: str) -> Iterator[Result]:
    """Makes events, commitments and all they are found by anew from the readouts, then checks; in one transaction,
    which is kept unless something fails. Raises StoreError."""
    with _session(url) as session:
        # First too: nothing can be taken out of an index that does not have it.
        dialect.of(session).reindex(session.connection())
        _set_aside(session)
        rebuild(session, _CAUSE)
        dialect.of(session).reindex(session.connection())
        yield from _results(session, url)
        session.commit()


def _set_aside(session: Session) -> None:
    """Takes away the events with a fault, so that they are derived like new ones; what can be read of them is
    remembered as a revision."""
    named = {line.partition(":")[0] for check in (events, commitments, found_by) for line in check(session)}
    of_commitments = session.scalars(
        select(_event.c.id)
        .join(_commitment, _commitment.c.event_key == _event.c.key)
        .where(_commitment.c.id.in_(named))
    )
    faulty = sorted({*named, *of_commitments})
    for start in range(0, len(faulty), _BATCH):
        columns = (_event.c.key, _event.c.id, _event.c.revision, _event.c.at, _event.c.document)
        some = session.execute(select(*columns).where(_event.c.id.in_(faulty[start : start + _BATCH]))).all()
        keys = [row.key for row in some]
        known = [Stored(*row) for row in some if readable(row)]
        remember(session, known, Moment(now(), _CAUSE))
        session.execute(update(_readout).where(_readout.c.event_key.in_(keys)).values(event_key=None))
        session.execute(delete(_event).where(_event.c.key.in_(keys)))


@contextmanager
def _session(url: str) -> Iterator[Session]:
    """A session that nobody else writes beside: one of the checks has to be a writer."""
    with opened(url) as (_, engine):
        at = schema.revision(engine, dialect.shown(url))
        if at is None:
            raise StoreError(f"The database is empty: {dialect.shown(url)}")
        if at != HEAD:
            schema.check_known(at, "The database")
            raise StoreError(
                f"The database is at revision {at}, and this version of Dragoman works with {HEAD}; the other commands "
                f"bring it up to date. Nothing was changed: {dialect.shown(url)}"
            )
        with Session(engine.execution_options(**{dialect.WRITE: True})) as session:
            yield session


def _results(session: Session, url: str) -> Iterator[Result]:
    for check in CHECKS:
        number = 0
        shown: list[str] = []
        try:
            with session.begin_nested():
                found = check.find(session)
                shown += islice(found, SHOWN)
                number = len(shown) + sum(1 for _ in found)
        except DBAPIError as error:
            shown.append(f"This could not be checked. {dialect.explained(error, url)}")
            number += 1
        yield Result(check, tuple(shown), number)
