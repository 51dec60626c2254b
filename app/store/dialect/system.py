"""What the store asks of a database system."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, Protocol

from sqlalchemy import ColumnElement, Connection, Dialect, Engine, FromClause, Table, select
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlmodel import Session

from app.store.wanted import Wanted

WRITE = "dragoman_write"
"""Execution option of connections that will write: the transaction takes the write lock at once."""

LOCK_SECONDS = 10
"""How long a writer waits for another."""


QUESTION_SECONDS = 10
"""How long a question may take; writing may take longer."""

TOO_LONG = (
    f"The question takes the database more than {QUESTION_SECONDS} seconds. Narrow it: name a country, a participant or"
    " a word, take a shorter span of days, or leave out the count."
)


class Noun(StrEnum):
    """What can be searched for. `<noun>_words` holds what it is found by, `<noun>_search` indexes that."""

    event = "event"
    commitment = "commitment"
    article = "article"
    """Only those that report no event: the words of the others are found through their events."""


class Entry(NamedTuple):
    """What a record is found by: folded names and words, and its facets as tokens."""

    key: int
    names: str
    words: str
    tags: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How the records that hold what is wanted are come by."""

    source: FromClause | None = None
    """Stands in front, where there is one, and holds keys in order."""
    key: ColumnElement[int] | None = None
    """The keys in `source`."""
    conditions: tuple[ColumnElement[bool], ...] = ()
    """What is left to ask of each record."""
    compared: ColumnElement[int] | None = None
    """The keys, where they are to be compared with many and not to be looked up one by one; None where it is the
    system that decides."""
    refused: ColumnElement[bool] | None = None
    """Whether there are more than `source` takes, which is empty then: another plan is to be followed."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table with a row for each facet of each record, led by the facet."""

    source: FromClause
    key: ColumnElement[int]
    facet: ColumnElement[str]


class Reader(Protocol):
    """A connection that only reads, for one thread."""

    @property
    def is_lost(self) -> bool:
        """Whether it leads nowhere any more, and another one may."""

    def first_way(self, noun: Noun, wanted: Wanted) -> int:
        """Which of the ways to what is wanted is worth trying first."""

    def rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement; texts are UTF-8. Raises the error of the driver."""

    def close(self) -> None:
        """Closes it."""


class System(ABC):
    """A database system."""

    IN_PLACE: ClassVar[bool]
    """Whether it answers in less time than it takes to wake a thread."""
    FOLDS_FACETS: ClassVar[bool]
    """Whether ASCII letters of facets lose their case in the index."""
    how: ClassVar[Dialect]
    """How statements are spelt that go past the layers to the driver: their values have places, and no names."""
    create_search: ClassVar[Mapping[Noun, tuple[str, ...]]]
    """Makes the full-text index beside the words of a noun."""
    drop_search: ClassVar[Mapping[Noun, tuple[str, ...]]]
    """Takes it away."""
    meanings: ClassVar[Mapping[str, str]]
    """SQLSTATE, or part of a message in lower case, and what it says in plain words."""

    def is_there(self, url: URL) -> bool:  # noqa: ARG002  a server can tell only when it is asked
        """Whether there may be a database at an address: what is not there is not made by looking."""
        return True

    @abstractmethod
    def engine(self, url: URL) -> Engine:
        """An engine whose connections are set up; nothing is connected to yet. Raises StoreError."""

    @abstractmethod
    def readers(self, engine: Engine) -> Engine:
        """The engine for transactions that only read and see one moment of the database."""

    @abstractmethod
    def reader(self, engine: Engine) -> Reader:
        """A connection past the layers that lead to the database, beside those that the engine lends."""

    stamp: Callable[[DBAPIConnection], object] | None = None
    """Something that is another after each write of any connection, asked of a connection that writes nothing."""

    @abstractmethod
    def prepare(self, engine: Engine) -> None:
        """Makes a database ready for its first tables. Raises StoreError where it will not do."""

    @abstractmethod
    def loaded(self, connection: Connection) -> None:
        """After rows were put into tables with their keys: makes what the system itself makes of new rows."""

    @abstractmethod
    def reindex(self, connection: Connection) -> None:
        """Makes the full-text indexes anew from the words of each noun."""

    @abstractmethod
    def tidy(self, connection: Connection) -> None:
        """Brings the full-text indexes, and what is known of them, into the order that is quickest to read."""

    @abstractmethod
    def damage(self, connection: Connection) -> Iterator[str]:
        """What the system itself finds wrong with what it keeps."""

    @abstractmethod
    def index_faults(self, connection: Connection) -> Iterator[str]:
        """Where the full-text indexes are not those of the words."""

    @abstractmethod
    def put(
        self, connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Inserts rows of these columns."""

    @abstractmethod
    def index(self, connection: Connection, noun: Noun, entries: Iterable[Entry]) -> None:
        """Enters records, whose words are stored, into the full-text index."""

    @abstractmethod
    def plans(self, noun: Noun, wanted: Wanted) -> tuple[Plan, ...]:
        """Ways to come by what is wanted, each for when the one before is refused. The last never is."""

    def plan(self, session: Session, noun: Noun, wanted: Wanted) -> Plan:
        """The way to come by what is wanted."""
        *others, last = self.plans(noun, wanted)
        return next((one for one in others if one.refused is None or not session.scalar(select(one.refused))), last)

    @abstractmethod
    def held(self, noun: Noun) -> Held:
        """The facets of all records of a noun."""

    @abstractmethod
    def month(self, key: ColumnElement[int]) -> ColumnElement[str]:
        """The month, `2021-11`, of the day that a key begins with."""
