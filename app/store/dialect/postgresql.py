"""PostgreSQL: a server, ready lexemes in a GIN index, one writer at a time by an advisory lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    String,
    cast,
    column,
    create_engine,
    event,
    func,
    literal,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import URL
from sqlmodel import Session

from app.errors import StoreError
from app.store import lexemes
from app.store.asked import EventQuery
from app.store.dialect.system import ACTOR, EVENT, LOCK_SECONDS, WORDS, WRITE, Found, Plan, System


class Postgresql(System):
    """A server. Full text as `tsvector` of our own lexemes, facets among them, in a GIN index.

    The planner cannot know how many events hold several things at once, and walks through a million of them by date
    to find three. So the index is counted first: where it gives at most FEW, they are sorted; where it gives more, a
    page is soon full on the way from the newest event on.
    """

    FEW = 50_000

    _LOCK = 0x647261676F6D616E  # "dragoman" in ASCII
    _SETTINGS = f"-c lock_timeout={LOCK_SECONDS}s -c jit=off -c plan_cache_mode=force_custom_plan"
    _SEARCH = table("event_search", column("event_key", BigInteger), column("lexemes"))

    # The lexemes are kept apart from the rows, which the index leads to by the thousand. The function forbids its
    # one statement all ways but the GIN index: a filter on lexemes that must be fetched costs more than planners think.
    create_search = (
        """CREATE TABLE event_search (
            event_key bigint PRIMARY KEY REFERENCES event_words ON DELETE CASCADE, lexemes tsvector NOT NULL
        ) WITH (toast_tuple_target = 128)""",
        """CREATE INDEX ix_event_search_lexemes ON event_search USING gin (lexemes)
            WITH (gin_pending_list_limit = 1024)""",
        """CREATE FUNCTION event_search_few(wanted tsquery, most integer) RETURNS SETOF bigint
            LANGUAGE sql STABLE ROWS 100
            SET enable_seqscan = off SET enable_indexscan = off SET work_mem = '32MB'
            AS 'SELECT event_key FROM event_search WHERE lexemes @@ wanted LIMIT most'""",
    )
    drop_search = (
        "DROP FUNCTION IF EXISTS event_search_few(tsquery, integer)",
        "DROP TABLE IF EXISTS event_search",
    )
    meanings: ClassVar[Mapping[str, str]] = {
        "28P01": "The database server refuses the password.",
        "password authentication failed": "The database server refuses the password.",
        "no password supplied": "The database server asks for a password.",
        "28000": "The database server does not let this user in.",
        "no pg_hba.conf entry": "The database server does not let this user in from here.",
        "42501": "This user may not do that in the database.",
        "55P03": "The database is locked by another program; try again.",
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
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({self._LOCK})")

    def readers(self, engine: Engine) -> Engine:
        """Transactions that see one moment and cannot write."""
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def prepare(self, engine: Engine) -> None:
        """Only checks that every text can be stored."""
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise StoreError(f"The database must be created with ENCODING 'UTF8'; this one has {encoding}.")

    def index(self, connection: Connection, events: Iterable[Found]) -> None:
        """In place of what was there."""
        rows = [{"key": one.key, "lexemes": lexemes.of_event(one.names, one.words, one.facets)} for one in events]
        if rows:
            connection.execute(
                text(
                    "INSERT INTO event_search (event_key, lexemes)"
                    " VALUES (:key, array_to_tsvector(CAST(:lexemes AS text[])))"
                    " ON CONFLICT (event_key) DO UPDATE SET lexemes = excluded.lexemes"
                ),
                rows,
            )

    def plan(self, session: Session, asked: EventQuery) -> Plan:
        """The few that the index gives in front, or a look at each event on the way."""
        spoken, facets = list(self._spoken(asked)), list(self._facets(asked))
        if not spoken and len(facets) < 2:
            return Plan()
        unsettled = tuple(self._unsettled(asked))
        few = func.event_search_few(self._query([*spoken, *facets]), self.FEW + 1).table_valued(
            column("event_key", BigInteger)
        )
        found = few.render_derived(name="few")
        if (session.scalar(select(func.count()).select_from(found)) or 0) <= self.FEW:
            # The offset keeps the sorting here, before documents are looked up.
            fenced = select(found.c.event_key).order_by(found.c.event_key.desc()).offset(0).subquery("found")
            return Plan(fenced, fenced.c.event_key, unsettled, settled=True)
        return Plan(conditions=(*(self._holds(spoken) if spoken else ()), *unsettled))

    def _spoken(self, asked: EventQuery) -> Iterator[str]:
        """What must be found of words and names, as parts of a `tsquery`."""
        yield from (self._all(lexemes.of_phrase(phrase)) for phrase in asked.phrases)
        for name in asked.participants:
            by_id = self._all((lexemes.facet("actor", name.actor),))
            yield f"({by_id} | {self._all(lexemes.of_name(name.folded))})" if name.folded else by_id

    def _facets(self, asked: EventQuery) -> Iterator[str]:
        """What must be found of parties, topics, types and languages, as parts of a `tsquery`."""
        for field, values in (("country", asked.countries), ("topic", asked.topics)):
            yield from (self._all((lexemes.facet(field, value),)) for value in values)
        some = {"country": asked.countries_any, "type": asked.types, "language": asked.languages}
        for field, values in some.items():
            if values:
                yield f"({' | '.join(self._all((lexemes.facet(field, value),)) for value in values)})"

    def _all(self, parts: Sequence[str]) -> str:
        quoted = ("'" + part.replace("\\", "\\\\").replace("'", "''") + "'" for part in parts)
        return f"({' & '.join(quoted)})"

    def _query(self, parts: Iterable[str]) -> ColumnElement[Any]:
        return cast(literal(" & ".join(parts), String), TSQUERY)

    def _holds(self, parts: Iterable[str]) -> Iterator[ColumnElement[bool]]:
        # The function behind @@, and a scalar subquery: neither lets the planner take another way than by the key.
        matches = func.ts_match_vq(self._SEARCH.c.lexemes, self._query(parts))
        yield select(matches).where(self._SEARCH.c.event_key == EVENT.c.key).scalar_subquery().is_(True)

    def _unsettled(self, asked: EventQuery) -> Iterator[ColumnElement[bool]]:
        """Phrases and names that are more than their lexemes, looked for in the folded text itself."""
        for phrase in asked.phrases:
            if not lexemes.phrase_is_settled(phrase):
                yield or_(self._contains("names", phrase), self._contains("words", phrase))
        for name in asked.participants:
            if name.folded and not lexemes.name_is_settled(name.folded):
                by_id = select(ACTOR.c.event_key).where(ACTOR.c.actor == name.actor, ACTOR.c.event_key == EVENT.c.key)
                yield or_(by_id.exists(), self._contains("names", name.folded))

    def _contains(self, where: str, folded: str) -> ColumnElement[bool]:
        place = func.strpos(func.concat(" ", WORDS.c[where], " "), f" {folded} ")
        return select(place > 0).where(WORDS.c.event_key == EVENT.c.key).scalar_subquery().is_(True)
