"""Looks whether a database is as it must be, and makes anew what can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.errors import StoreError
from app.store import dialect, schema
from app.store.checks import CHECKS, Check
from app.store.engine import HEAD, opened
from app.store.rebuild import rebuild

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


def repair(url: str) -> Iterator[Result]:
    """Makes events, commitments and all they are found by anew from the readouts, then checks; in one transaction,
    which is kept unless something fails. Raises StoreError."""
    with _session(url) as session:
        # First too: nothing can be taken out of an index that does not have it.
        dialect.of(session).reindex(session.connection())
        rebuild(session, "The database was repaired.")
        dialect.of(session).reindex(session.connection())
        yield from _results(session, url)
        session.commit()


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
