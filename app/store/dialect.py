"""What differs between database systems: how a connection is set up, how words are looked for, what errors mean."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, FromClause, column, event, literal_column, table
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import StoreError

SUPPORTED = ("sqlite",)
WRITE = "dragoman_write"
"""Execution option of connections that will write: the transaction takes the write lock at once."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
)

SEARCH: FromClause = table("event_search", column("rowid"), column("names"), column("words"))
"""The full-text index over `event_words`."""

SEARCH_KEY: ColumnElement[int] = SEARCH.c.rowid

# A full-text table over event_words that keeps no copy of it; triggers hold the two together, cascades included.
# Words come folded and separated, so the tokenizer has nothing to do but to split at spaces.
CREATE_SEARCH = (
    """CREATE VIRTUAL TABLE event_search USING fts5(
        names, words, content='event_words', content_rowid='event_key', tokenize="unicode61 remove_diacritics 0")""",
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


def _connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, SqliteConnection)
    # The driver would begin transactions late and not at all around DDL; `_begin` does it instead.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def set_up(engine: Engine) -> None:
    """Prepares an engine so that each connection has foreign keys on, waits for locks and really begins."""
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begin)


def use_wal(engine: Engine) -> None:
    """Turns on the write-ahead log, which stays on in the file: readers and the writer do not block each other."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _phrase(folded: str) -> str:
    return f'"{folded}"'


def matches(names: Sequence[str], words: Sequence[str]) -> ColumnElement[bool]:
    """Whether each folded phrase of `names` is part of a name and each of `words` is anywhere in the event."""
    terms = [f"names : {_phrase(name)}" for name in names] + [_phrase(word) for word in words]
    # The table itself, not a column, is what MATCH wants on its left.
    return literal_column("event_search").op("MATCH", is_comparison=True)(" AND ".join(terms))


_MEANINGS = {
    "database is locked": "The database is locked by another program; try again.",
    "file is not a database": "The file is not a database.",
    "disk image is malformed": "The database file is damaged.",
    "unable to open database file": "The database file cannot be opened or created.",
    "readonly database": "The database cannot be written: the file or its folder is read-only.",
    "database or disk is full": "The disk is full; nothing was changed.",
    "disk i/o error": "The disk reports an error.",
}


def explained(error: DBAPIError, url: str) -> StoreError:
    """A database failure in plain words, with the database's address."""
    cause: Any = error.orig
    message = str(cause).lower()
    meaning = next((plain for part, plain in _MEANINGS.items() if part in message), f"The database says: {cause}.")
    return StoreError(f"{meaning} ({url})")
