"""What differs between database systems: connections, locks, full-text search, what errors mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from app.errors import StoreError
from app.store.asked import CommitmentQuery, EventQuery
from app.store.dialect.postgresql import Postgresql
from app.store.dialect.sqlite import Sqlite
from app.store.dialect.system import WRITE, Entry, Held, Noun, Plan, Reader, System

__all__ = [
    "WRITE",
    "Entry",
    "Held",
    "Noun",
    "Plan",
    "Reader",
    "System",
    "explained",
    "of",
    "planned",
    "shown",
    "system_at",
]

_EXAMPLES = "write sqlite:///path/to/file.db or postgresql+psycopg://user:password@host/database"
_PASSWORD = re.compile(r"(?<=:)(?!//).+(?=@)|(?<=password=)[^&]+")

_SYSTEMS: Mapping[str, System] = {"sqlite": Sqlite(), "postgresql": Postgresql(), "postgres": Postgresql()}


def shown(url: str) -> str:
    """The address of a database as it may be shown: without its password."""
    return _PASSWORD.sub("***", url)


def system_at(url: str) -> tuple[System, URL]:
    """The system that an address speaks of, and the address in parts. Raises StoreError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"Not the address of a database: {shown(url)!r}; {_EXAMPLES}") from None
    name = parsed.drivername.partition("+")[0]
    if name not in _SYSTEMS:
        raise StoreError(f"{name} is not supported; {_EXAMPLES}")
    return _SYSTEMS[name], parsed


def of(database: Session | Connection) -> System:
    """The system that a session or connection works on."""
    bind = database.get_bind() if isinstance(database, Session) else database
    return _SYSTEMS[bind.dialect.name]


def planned(session: Session, noun: Noun, asked: EventQuery | CommitmentQuery) -> Plan:
    """How to come by what is asked for."""
    return of(session).plan(session, noun, asked.wanted())


def explained(error: Exception, url: str) -> StoreError:
    """A database failure in plain words on one line, with the database's address."""
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)
    said = " ".join((primary or str(cause)).split()).rpartition("FATAL: ")[2].rstrip(".")
    meanings = system_at(url)[0].meanings
    state = getattr(cause, "sqlstate", None)
    known = (plain for part, plain in meanings.items() if part == state or part in said.lower())
    return StoreError(f"{next(known, None) or f'The database says: {said}.'} ({shown(url)})")
