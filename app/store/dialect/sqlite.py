"""SQLite: a file, FTS5, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import ClassVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    column,
    create_engine,
    event,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from app.errors import StoreError
from app.store.asked import EventQuery, Name
from app.store.dialect.system import ACTOR, EVENT, LOCK_SECONDS, WRITE, Found, Plan, System


class Sqlite(System):
    """A file. Full text with FTS5, over `event_words` and without a copy of it; triggers hold the two together."""

    _PRAGMAS = (
        "PRAGMA foreign_keys = ON",
        f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA temp_store = MEMORY",
    )
    _SEARCH = table("event_search", column("rowid"), column("names"), column("words"))

    # Words come folded and separated, so the tokenizer has nothing to do but to split at spaces.
    create_search = (
        """CREATE VIRTUAL TABLE event_search USING fts5(
            names, words, content='event_words', content_rowid='event_key',
            tokenize="unicode61 remove_diacritics 0")""",
        """CREATE TRIGGER event_words_added AFTER INSERT ON event_words BEGIN
            INSERT INTO event_search(rowid, names, words) VALUES (new.event_key, new.names, new.words); END""",
        """CREATE TRIGGER event_words_removed AFTER DELETE ON event_words BEGIN
            INSERT INTO event_search(event_search, rowid, names, words)
            VALUES ('delete', old.event_key, old.names, old.words); END""",
        """CREATE TRIGGER event_words_changed AFTER UPDATE ON event_words BEGIN
            INSERT INTO event_search(event_search, rowid, names, words)
            VALUES ('delete', old.event_key, old.names, old.words);
            INSERT INTO event_search(rowid, names, words) VALUES (new.event_key, new.names, new.words); END""",
    )
    drop_search = ("DROP TABLE IF EXISTS event_search",)
    meanings: ClassVar[Mapping[str, str]] = {
        "database is locked": "The database is locked by another program; try again.",
        "file is not a database": "The file is not a database.",
        "disk image is malformed": "The database file is damaged.",
        "unable to open database file": "The database file cannot be opened or created.",
        "readonly database": "The database cannot be written: the file or its folder is read-only.",
        "database or disk is full": "The disk is full; nothing was changed.",
        "disk i/o error": "The disk reports an error.",
    }

    def engine(self, url: URL) -> Engine:
        """An engine on a file, whose folder is made."""
        if not url.database or url.database == ":memory:":
            raise StoreError("The database must be a file: sqlite:///path/to/file.db")
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"The folder {folder} cannot be created: {error.strerror}") from error
        engine = create_engine(url.set(drivername="sqlite"), connect_args={"check_same_thread": False})
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "begin", self._begin)
        return engine

    def _connected(self, connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        assert isinstance(connection, SqliteConnection)
        # The driver would begin transactions late and not at all around DDL; `_begin` does it instead.
        connection.isolation_level = None
        for pragma in self._PRAGMAS:
            connection.execute(pragma)

    def _begin(self, connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    def readers(self, engine: Engine) -> Engine:
        """The engine itself: a transaction sees one moment anyway."""
        return engine

    def prepare(self, engine: Engine) -> None:
        """Turns on the write-ahead log, which stays on in the file: readers and the writer do not block each other."""
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()

    def index(self, connection: Connection, events: Iterable[Found]) -> None:
        """Nothing: the triggers did it."""

    def plan(self, session: Session, asked: EventQuery) -> Plan:  # noqa: ARG002  others look first
        """The index in front for the words, looked into for each name."""
        names = tuple(self._named(name) for name in asked.participants)
        if not asked.phrases:
            return Plan(conditions=names)
        key: ColumnElement[int] = self._SEARCH.c.rowid
        return Plan(self._SEARCH, key, (self._matches(map(self._quoted, asked.phrases)), *names))

    def _named(self, name: Name) -> ColumnElement[bool]:
        by_id = EVENT.c.key.in_(select(ACTOR.c.event_key).where(ACTOR.c.actor == name.actor))
        if not name.folded:
            return by_id
        matching = self._matches((f"names : {self._quoted(name.folded)}",))
        return or_(by_id, EVENT.c.key.in_(select(self._SEARCH.c.rowid).where(matching)))

    def _quoted(self, folded: str) -> str:
        return f'"{folded}"'

    def _matches(self, terms: Iterable[str]) -> ColumnElement[bool]:
        # The table itself, not a column, is what MATCH wants on its left.
        return literal_column("event_search").op("MATCH", is_comparison=True)(" AND ".join(terms))
