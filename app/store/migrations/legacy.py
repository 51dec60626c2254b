"""The full-text index as it was up to revision 0002, for the revisions that speak of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.store import lexemes

_CREATE = {
    "sqlite": (
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
    ),
    "postgresql": (
        """CREATE TABLE event_search (
            event_key bigint PRIMARY KEY REFERENCES event_words ON DELETE CASCADE, lexemes tsvector NOT NULL
        ) WITH (toast_tuple_target = 128)""",
        """CREATE INDEX ix_event_search_lexemes ON event_search USING gin (lexemes)
            WITH (gin_pending_list_limit = 1024)""",
        """CREATE FUNCTION event_search_few(wanted tsquery, most integer) RETURNS SETOF bigint
            LANGUAGE sql STABLE ROWS 100
            SET enable_seqscan = off SET enable_indexscan = off SET work_mem = '32MB'
            AS 'SELECT event_key FROM event_search WHERE lexemes @@ wanted LIMIT most'""",
    ),
}
_DROP = {
    "sqlite": ("DROP TABLE IF EXISTS event_search",),
    "postgresql": (
        "DROP FUNCTION IF EXISTS event_search_few(tsquery, integer)",
        "DROP TABLE IF EXISTS event_search",
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What an event could be found by: folded names and words, and its facets."""

    key: int
    names: str
    words: str
    facets: tuple[tuple[str, str], ...]


def create_search(connection: Connection) -> None:
    """Makes the full-text index beside `event_words`."""
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def drop_search(connection: Connection) -> None:
    """Takes it away."""
    for statement in _DROP[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def index(connection: Connection, events: Iterable[Found]) -> None:
    """Enters events, whose words are stored; on SQLite the triggers did it."""
    rows = [
        {"key": one.key, "lexemes": lexemes.of_entry(one.names, one.words, (f"{a}={b}" for a, b in one.facets))}
        for one in events
    ]
    if rows and connection.dialect.name == "postgresql":
        connection.execute(
            text(
                "INSERT INTO event_search (event_key, lexemes)"
                " VALUES (:key, array_to_tsvector(CAST(:lexemes AS text[])))"
                " ON CONFLICT (event_key) DO UPDATE SET lexemes = excluded.lexemes"
            ),
            rows,
        )
