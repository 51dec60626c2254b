"""SQLite: a file, FTS5, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Engine,
    Integer,
    String,
    Table,
    column,
    create_engine,
    event,
    func,
    insert,
    literal_column,
    table,
)
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import StoreError
from app.store import ids, lexemes
from app.store.dialect import held
from app.store.dialect.file_reader import FileReader
from app.store.dialect.patience import STEPS, Patience
from app.store.dialect.system import LOCK_SECONDS, TOO_LONG, WRITE, Entry, Held, Noun, Plan, Reader, System
from app.store.wanted import Name, Wanted

_GATHERED = 1 << 24
"""Bytes of the index that are gathered before they are written."""
_PAGE = 8192
"""Bytes of a page of a new file: of the documents, which take some three thousand, one of 4096 holds but one."""


def _search(noun: Noun) -> tuple[str, ...]:
    """What makes the index of a noun's words. They come folded and separated, so that the tokenizer has nothing to do
    but to split at spaces, for which it need not know Unicode; the punctuation it keeps is that of facets. What a batch
    enters is gathered in memory and written as one segment."""
    return (
        f"""CREATE VIRTUAL TABLE {noun}_search USING fts5(
            names, words, tags, content='{noun}_words', content_rowid='{noun}_key',
            tokenize="ascii tokenchars '=_.:+-'")""",
        f"INSERT INTO {noun}_search({noun}_search, rank) VALUES ('hashsize', {_GATHERED})",  # noqa: S608  words of ours
        *forgetting(noun),
    )


def forgetting(noun: str) -> tuple[str, ...]:
    """What takes words out of the index when they change or go. New ones are entered by `Sqlite.index`, many at once: a
    trigger would make FTS5 write a segment of its own for each, which takes three times as long."""
    key = f"{noun}_key"
    into = f"INSERT INTO {noun}_search"
    forget = f"""{into}({noun}_search, rowid, names, words, tags)
            VALUES ('delete', old.{key}, old.names, old.words, old.tags);"""
    return (
        f"CREATE TRIGGER {noun}_words_removed AFTER DELETE ON {noun}_words BEGIN {forget} END",
        f"CREATE TRIGGER {noun}_words_changed AFTER UPDATE ON {noun}_words BEGIN {forget} END",
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_BOUNDED = "dragoman_bounded"
"""Execution option of connections whose statements are broken off when they take too long."""
_PATIENCE = "patience"
_WRITES = "writes"


class Sqlite(System):
    """A file. Full text and facets with FTS5, over the words of each noun and without a copy of them; triggers take
    out what goes."""

    _PRAGMAS = (
        "PRAGMA foreign_keys = ON",
        f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA temp_store = MEMORY",
        # Pages of the log until it is written back: several batches of a load, which change the same pages of an index.
        "PRAGMA wal_autocheckpoint = 4000",
    )

    _CACHE = 32_768
    """Kilobytes of pages that a connection keeps which has written: indexes are written all over."""

    IN_PLACE = True
    how = SQLiteDialect_pysqlite()
    FOLDS_FACETS = True
    create_search: ClassVar[Mapping[Noun, tuple[str, ...]]] = {noun: _search(noun) for noun in Noun}
    drop_search: ClassVar[Mapping[Noun, tuple[str, ...]]] = {
        noun: (f"DROP TABLE IF EXISTS {noun}_search",) for noun in Noun
    }
    meanings: ClassVar[Mapping[str, str]] = {
        "database is locked": "The database is locked by another program; try again.",
        "file is not a database": "The file is not a database.",
        "disk image is malformed": "The database file is damaged.",
        "unable to open database file": "The database file cannot be opened or created.",
        "readonly database": "The database cannot be written: the file or its folder is read-only.",
        "database or disk is full": "The disk is full; nothing was changed.",
        "disk i/o error": "The disk reports an error.",
        "interrupted": TOO_LONG,
    }

    def is_there(self, url: URL) -> bool:
        """Whether the file is there."""
        return bool(url.database) and Path(str(url.database)).exists()

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
        event.listen(engine, "before_cursor_execute", self._asked)
        event.listen(engine, "commit", held.enter)
        event.listen(engine, "rollback", held.let_go)
        return engine

    def _connected(self, connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        assert isinstance(connection, SqliteConnection)
        entry.info[_PATIENCE] = patience = Patience()
        connection.set_progress_handler(patience.is_over, STEPS)
        # The driver would begin transactions late and not at all around DDL; `_begin` does it instead.
        connection.isolation_level = None
        for pragma in self._PRAGMAS:
            connection.execute(pragma)
        for noun in Noun:
            # A view of the index by facet. It holds nothing, so that it need not be in the file.
            connection.execute(
                f"CREATE VIRTUAL TABLE temp.{noun}_facet USING fts5vocab('main', '{noun}_search', 'instance')"
            )

    def _asked(self, connection: Connection, cursor: object, statement: str, *_: object) -> None:  # noqa: ARG002  given
        """Before each statement: those that only read have a time of their own from here on."""
        held.before(connection, statement)
        patience = connection.info.get(_PATIENCE)
        if patience is not None:
            patience.begin(bounded=_BOUNDED in connection.get_execution_options())

    def _begin(self, connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITE)
        if writes and not connection.info.get(_WRITES):
            connection.exec_driver_sql(f"PRAGMA cache_size = -{self._CACHE}")
            connection.info[_WRITES] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    def readers(self, engine: Engine) -> Engine:
        """The engine itself, whose transactions see one moment anyway, with a bound to the time of a statement."""
        return engine.execution_options(**{_BOUNDED: True})

    def reader(self, engine: Engine) -> Reader:
        """A connection that stays on its pages of the file."""
        lent = engine.raw_connection()
        connection, patience = lent.driver_connection, lent.info[_PATIENCE]
        assert isinstance(connection, SqliteConnection)
        lent.detach()
        return FileReader(connection, patience)

    @staticmethod
    def stamp(connection: DBAPIConnection) -> object:
        """SQLite counts the writes of all other connections, in memory that they share."""
        cursor = connection.cursor()
        cursor.execute("PRAGMA data_version")
        return cursor.fetchone()

    def prepare(self, engine: Engine) -> None:
        """Sets the size of pages, if nothing was written yet, and turns on the write-ahead log, which stays on in the
        file: readers and the writer do not block each other."""
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            for pragma in (f"page_size = {_PAGE}", "journal_mode = WAL"):
                cursor.execute(f"PRAGMA {pragma}")
        finally:
            connection.close()

    def loaded(self, connection: Connection) -> None:
        """Makes the index; new keys come after the highest by themselves."""
        self.reindex(connection)

    def reindex(self, connection: Connection) -> None:
        """By the means of the index itself."""
        self._command(connection, "rebuild")
        self.tidy(connection)

    def tidy(self, connection: Connection) -> None:
        """All of an index in one segment: in each of several, what comes before a page is passed by anew, so that the
        last page of a long list takes several times as long as the first."""
        self._command(connection, "optimize")

    def _command(self, connection: Connection, step: str) -> None:
        for noun in Noun:
            search = table(f"{noun}_search", column(f"{noun}_search"))
            connection.execute(insert(search).values({f"{noun}_search": step}))

    def damage(self, connection: Connection) -> Iterator[str]:
        """Reads all pages of the file."""
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        return iter([one for one in found if one != "ok"])

    def index_faults(self, connection: Connection) -> Iterator[str]:
        """FTS5 compares its index with the words."""
        for noun in Noun:
            search = table(f"{noun}_search", column(f"{noun}_search"), column("rank"))
            try:
                with connection.begin_nested():
                    connection.execute(insert(search).values({f"{noun}_search": "integrity-check", "rank": 1}))
            except DatabaseError:
                yield f"the index of {noun}s is not that of their words"

    def put(
        self, connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Past the compiler of statements, which takes longer over a row than SQLite does."""
        if rows:
            for place, name in enumerate(columns):
                if isinstance(table.c[name].type, Date):
                    rows = [(*row[:place], _iso(row[place]), *row[place + 1 :]) for row in rows]
            places = ", ".join("?" for _ in columns)
            given = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608  names of ours
            connection.exec_driver_sql(given, list(rows))

    def index(self, connection: Connection, noun: Noun, entries: Iterable[Entry]) -> None:
        """When the transaction ends. Where there were other words, a trigger took them out."""
        held.hold(connection, noun, [entry.key for entry in entries])

    def plans(self, noun: Noun, wanted: Wanted) -> tuple[Plan, ...]:
        """The index in front: words and facets in one question, answered in the order of keys."""
        if not wanted:
            return (Plan(),)
        search = table(f"{noun}_search", column("rowid"))
        # The table itself, not a column, is what MATCH wants on its left.
        matches = literal_column(f"{noun}_search").op("MATCH", is_comparison=True)(self._expression(wanted))
        key: ColumnElement[int] = search.c.rowid
        return (Plan(search, key, (matches,), compared=key + 0),)

    def _expression(self, wanted: Wanted) -> str:
        parts = [f'"{phrase}"' for phrase in wanted.phrases]
        parts += [self._named(name) for name in wanted.names]
        parts += [self._any(group) for group in wanted.facets]
        found = " AND ".join(parts) or self._any(wanted.everything)
        return f"({found}) NOT {self._any(wanted.without)}" if wanted.without else found

    def _named(self, name: Name) -> str:
        by_id = f'"{lexemes.facet("actor", name.actor)}"'
        by_name = f'"{lexemes.pairs_of_name(name.folded) or name.folded}"'
        return f"(names : {by_name} OR {by_id})" if name.folded else by_id

    def _any(self, facets: Iterable[str]) -> str:
        return "(" + " OR ".join(f'"{one}"' for one in facets) + ")"

    def held(self, noun: Noun) -> Held:
        """What the index knows of each word; only facets have an equals sign. They are in lower case there."""
        words = table(f"{noun}_facet", column("doc", Integer), column("term", String), schema="temp").alias()
        return Held(words, words.c.doc, words.c.term)

    def month(self, key: ColumnElement[int]) -> ColumnElement[str]:
        """By the Julian day."""
        # 1 January of the year 1, ordinal 1, is Julian day 1721425.5.
        return func.strftime("%Y-%m", key.bitwise_rshift(ids.SEQUENCE_BITS) + 1721424.5)
