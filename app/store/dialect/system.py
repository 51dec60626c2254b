"""What the store asks of a database system."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, Engine, FromClause
from sqlalchemy.engine import URL
from sqlmodel import Session, SQLModel

from app.store import lexemes
from app.store.asked import EventQuery
from app.store.tables import EventActor, EventRow, EventWords

WRITE = "dragoman_write"
"""Execution option of connections that will write: the transaction takes the write lock at once."""

LOCK_SECONDS = 10
"""How long a writer waits for another."""

EVENT, WORDS, ACTOR = (SQLModel.metadata.tables[str(one.__tablename__)] for one in (EventRow, EventWords, EventActor))


@dataclass(frozen=True, slots=True)
class Found:
    """What an event can be found by: folded names and words, and its facets."""

    key: int
    names: str
    words: str
    facets: tuple[lexemes.Facet, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the events that hold the words asked for are come by."""

    source: FromClause | None = None
    """Stands in front, where there is one, and holds keys in order."""
    key: ColumnElement[int] | None = None
    """The keys in `source`."""
    conditions: tuple[ColumnElement[bool], ...] = ()
    """What is left to ask of each event."""
    settled: bool = False
    """Whether `source` already looks at parties, topics, types and languages too."""


class System(ABC):
    """A database system."""

    create_search: ClassVar[tuple[str, ...]]
    """Makes the full-text index beside `event_words`."""
    drop_search: ClassVar[tuple[str, ...]]
    """Takes it away."""
    meanings: ClassVar[Mapping[str, str]]
    """SQLSTATE, or part of a message in lower case, and what it says in plain words."""

    @abstractmethod
    def engine(self, url: URL) -> Engine:
        """An engine whose connections are set up; nothing is connected to yet. Raises StoreError."""

    @abstractmethod
    def readers(self, engine: Engine) -> Engine:
        """The engine for transactions that only read and see one moment of the database."""

    @abstractmethod
    def prepare(self, engine: Engine) -> None:
        """Makes a database ready for its first tables. Raises StoreError where it will not do."""

    @abstractmethod
    def index(self, connection: Connection, events: Iterable[Found]) -> None:
        """Enters events, whose words are stored, into the full-text index."""

    @abstractmethod
    def plan(self, session: Session, asked: EventQuery) -> Plan:
        """How to come by the words that are asked for."""
