"""PostgreSQL: a server, ready lexemes in a GIN index, one writer at a time by an advisory lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Engine,
    Integer,
    Table,
    cast,
    column,
    create_engine,
    delete,
    event,
    func,
    inspect,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from app.errors import StoreError
from app.store import ids, lexemes
from app.store.dialect.lexeme_index import created, dropped, facets_of, plans
from app.store.dialect.server_reader import ServerReader
from app.store.dialect.system import (
    LOCK_SECONDS,
    QUESTION_SECONDS,
    TOO_LONG,
    WRITE,
    Entry,
    Held,
    Noun,
    Plan,
    Reader,
    System,
)
from app.store.wanted import Wanted

_BATCH = 500
"""Records that are entered at once when the index is made anew."""


class Postgresql(System):
    """A server. Full text as `tsvector` of our own lexemes, facets among them, in a GIN index.

    The planner cannot know how many events hold several things at once, and walks through a million of them by date
    to find three. So the index is counted first: where it gives at most FEW, they are sorted; where it gives more, a
    page is soon full on the way from the newest event on.
    """

    FEW = 20_000

    _LOCK = 0x647261676F6D616E  # "dragoman" in ASCII
    _SETTINGS = (
        f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout={QUESTION_SECONDS}s"
        " -c jit=off -c plan_cache_mode=force_custom_plan"
    )

    IN_PLACE = False
    how = PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]
    FOLDS_FACETS = False
    create_search: ClassVar[Mapping[Noun, tuple[str, ...]]] = {noun: created(noun) for noun in Noun}
    drop_search: ClassVar[Mapping[Noun, tuple[str, ...]]] = {noun: dropped(noun) for noun in Noun}
    _SERIAL = (
        "SELECT attname AS key, pg_get_serial_sequence(%s, attname) AS sequence FROM pg_attribute"
        " WHERE attrelid = CAST(%s AS regclass) AND attidentity = '' AND atthasdef AND NOT attisdropped"
    )
    meanings: ClassVar[Mapping[str, str]] = {
        "28P01": "The database server refuses the password.",
        "password authentication failed": "The database server refuses the password.",
        "no password supplied": "The database server asks for a password.",
        "28000": "The database server does not let this user in.",
        "no pg_hba.conf entry": "The database server does not let this user in from here.",
        "42501": "This user may not do that in the database.",
        "55P03": "The database is locked by another program; try again.",
        "57014": TOO_LONG,
        "53100": "The disk of the database server is full; nothing was changed.",
        "53300": "The database server has no connection left; try again.",
        "too many clients": "The database server has no connection left; try again.",
        "25006": "The database cannot be written: it is read-only.",
        "connection refused": "No database server answers there.",
        "no such file or directory": "No database server answers there.",
        "timeout expired": "The database server does not answer.",
        "connection timeout": "The database server does not answer.",
        "failed to resolve host": "There is no host of this name.",
        "could not translate host name": "There is no host of this name.",
        "server closed the connection": "The database server closed the connection; try again.",
        "57P01": "The database server closed the connection; try again.",
        "57P03": "The database server is starting or stopping; try again.",
    }

    def engine(self, url: URL) -> Engine:
        """An engine on a server, with the one driver there is."""
        options = url.query.get("options", "")
        given = options if isinstance(options, str) else " ".join(options)
        arguments = {"options": f"{self._SETTINGS} {given}".strip(), "client_encoding": "utf8"}
        arguments |= {} if "connect_timeout" in url.query else {"connect_timeout": str(LOCK_SECONDS)}
        try:
            engine = create_engine(
                url.set(drivername="postgresql+psycopg"),
                connect_args=arguments,
                pool_pre_ping=True,
                use_native_hstore=False,
            )
        except ImportError:
            raise StoreError("PostgreSQL needs its driver: pip install 'dragoman[postgres]'") from None
        event.listen(engine, "begin", self._begin)
        return engine

    def _begin(self, connection: Connection) -> None:
        if connection.get_execution_options().get(WRITE):
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({self._LOCK})")

    def readers(self, engine: Engine) -> Engine:
        """Transactions that see one moment and cannot write."""
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def reader(self, engine: Engine) -> Reader:
        """A connection whose statements are a transaction each."""
        return ServerReader(engine)

    def prepare(self, engine: Engine) -> None:
        """Only checks that every text can be stored."""
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise StoreError(f"The database must be created with ENCODING 'UTF8'; this one has {encoding}.")

    def loaded(self, connection: Connection) -> None:
        """Lets the sequences of keys go on after the highest, and makes the index."""
        for name in inspect(connection).get_table_names():
            found = connection.exec_driver_sql(self._SERIAL, (name, name)).first()
            if found:
                restart = func.setval(found.sequence, func.max(column(found.key, BigInteger)))
                connection.execute(select(restart).select_from(table(name)))
        self.reindex(connection)

    def reindex(self, connection: Connection) -> None:
        """Some records at a time."""
        for noun in Noun:
            connection.execute(delete(table(f"{noun}_search")))
            connection.execute(delete(facets_of(noun)))
            for entries in self._entries(connection, noun):
                self.index(connection, noun, entries)

    def tidy(self, connection: Connection) -> None:
        """Enters what waits beside the indexes, and counts what stands in the tables."""
        for noun in Noun:
            connection.execute(select(func.gin_clean_pending_list(f"ix_{noun}_search_lexemes")))
        connection.exec_driver_sql("ANALYZE")

    def _entries(self, connection: Connection, noun: Noun) -> Iterator[list[Entry]]:
        words = table(f"{noun}_words", column(f"{noun}_key", BigInteger), *map(column, ("names", "words", "tags")))
        key = words.c[f"{noun}_key"]
        batch = select(words).order_by(key).limit(_BATCH)
        last = -1
        while rows := connection.execute(batch.where(key > last)).all():
            last = rows[-1][0]
            yield [Entry(*row) for row in rows]

    def damage(self, connection: Connection) -> Iterator[str]:  # noqa: ARG002
        """Nothing: a server reports damage when it reads, and every row is read by the other checks."""
        return iter(())

    def index_faults(self, connection: Connection) -> Iterator[str]:
        """Compares lexemes and facets with the words they are made of."""
        for noun in Noun:
            search, facets, number = table(f"{noun}_search"), facets_of(noun), 0
            for entries in self._entries(connection, noun):
                number += len(entries)
                yield from self._faults(connection, noun, entries)
            if connection.scalar(select(func.count()).select_from(search)) != number:
                yield f"the index of {noun}s has entries of none"
            if connection.scalar(select(func.count(facets.c[f"{noun}_key"].distinct())).select_from(facets)) != number:
                yield f"the facets of {noun}s are not those of all of them"

    def _faults(self, connection: Connection, noun: Noun, entries: Sequence[Entry]) -> Iterator[str]:
        key, keys = f"{noun}_key", [one.key for one in entries]
        search, facets = table(f"{noun}_search", column(key, BigInteger), column("lexemes")), facets_of(noun)
        kept = select(search.c[key], func.tsvector_to_array(search.c.lexemes)).where(search.c[key].in_(keys))
        found = dict(map(tuple, connection.execute(kept)))
        tagged: dict[int, set[str]] = {one: set() for one in keys}
        for of, facet in connection.execute(select(facets.c[key], facets.c.facet).where(facets.c[key].in_(keys))):
            tagged[of].add(facet)
        for one in entries:
            tags = one.tags.split()
            if {*found.get(one.key, ())} != {*lexemes.of_entry(one.names, one.words, tags)}:
                yield f"{noun} {one.key}: its lexemes are not those of its words"
            elif tagged[one.key] != {*tags}:
                yield f"{noun} {one.key}: its facets are not those of its words"

    def put(
        self, connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """By COPY, which takes rows as they come."""
        if rows:
            self._copy(connection, table.name, columns, rows)

    def _copy(self, connection: Connection, into: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        quoted = connection.dialect.identifier_preparer.quote
        statement = f"COPY {quoted(into)} ({', '.join(map(quoted, columns))}) FROM STDIN"
        try:
            with driver.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except connection.dialect.loaded_dbapi.Error as error:
            base = connection.dialect.loaded_dbapi.Error
            raise DBAPIError.instance(statement, None, error, base, dialect=connection.dialect) from error

    def index(self, connection: Connection, noun: Noun, entries: Iterable[Entry]) -> None:
        """In place of what was there."""
        known = list(entries)
        if not known:
            return
        rows = [{"key": one.key, "lexemes": lexemes.of_entry(one.names, one.words, one.tags.split())} for one in known]
        connection.execute(
            text(
                f"INSERT INTO {noun}_search ({noun}_key, lexemes)"  # noqa: S608  a word of ours
                " VALUES (:key, array_to_tsvector(CAST(:lexemes AS text[])))"
                f" ON CONFLICT ({noun}_key) DO UPDATE SET lexemes = excluded.lexemes"
            ),
            rows,
        )
        facets = facets_of(noun)
        connection.execute(delete(facets).where(facets.c[f"{noun}_key"].in_([one.key for one in known])))
        tags = ((tag, one.key) for one in known for tag in one.tags.split())
        self._copy(connection, f"{noun}_facet", ["facet", f"{noun}_key"], tags)

    def plans(self, noun: Noun, wanted: Wanted) -> tuple[Plan, ...]:
        """The few that the index gives in front; where they are many, a look at each record on the way."""
        return plans(noun, wanted, self.FEW)

    def held(self, noun: Noun) -> Held:
        """The table of facets."""
        facets = facets_of(noun).alias()
        return Held(facets, facets.c[f"{noun}_key"], facets.c.facet)

    def month(self, key: ColumnElement[int]) -> ColumnElement[str]:
        """By counting days from the first of all."""
        days = cast(key // (1 << ids.SEQUENCE_BITS), Integer) - 1
        return func.to_char(cast(literal("0001-01-01"), Date) + days, "YYYY-MM")
