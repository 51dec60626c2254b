"""A connection to PostgreSQL that only reads: one way there and back for a statement."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from app.store.dialect.lexeme_index import is_soon_full
from app.store.dialect.system import Noun
from app.store.wanted import Wanted

if TYPE_CHECKING:
    from psycopg import Connection

_PREPARED = 200
"""Statements that the server keeps ready, after they were asked some times."""
_WALKING = (
    *(f"enable_{way} = off" for way in ("seqscan", "hashjoin", "mergejoin", "sort")),
    *(f"{order}_collapse_limit = 1" for order in ("from", "join")),
)
"""Pages are read in the order of keys, record by record, until they are full: all that first goes through what will not
be shown looks cheaper to a planner who thinks that little is found, and is not."""
_KNOWN_SECONDS = 600
"""How long the statistics of the server are believed."""
_COMMON = """SELECT c.reltuples, s.most_common_elems::text::text[], s.most_common_elem_freqs
    FROM pg_class c LEFT JOIN pg_stats s ON s.tablename = c.relname AND s.schemaname = current_schema()
    AND s.attname = 'lexemes' WHERE c.oid = to_regclass(%s)"""
"""Records, and the parts of them in which the most common lexemes stand, as ANALYZE found them; behind the parts are
three that say something else."""


class ServerReader:
    """Asked one statement after the other, each of which sees a moment of its own."""

    def __init__(self, engine: Engine) -> None:
        # The driver is there where an engine is.
        from psycopg.adapt import Loader  # noqa: PLC0415
        from psycopg.pq import Format  # noqa: PLC0415

        class Utf8(Loader):
            """Texts as they come: documents go out so."""

            format = Format.BINARY

            def load(self, data: Any) -> bytes:
                return bytes(data)

        lent = engine.raw_connection()
        connection: Connection[Any] = lent.driver_connection  # type: ignore[assignment]
        lent.detach()
        connection.autocommit = True
        connection.execute("SET default_transaction_read_only = on")
        for way in _WALKING:
            connection.execute(f"SET {way}".encode())
        connection.prepared_max = _PREPARED
        for kind in ("text", "varchar"):
            connection.adapters.register_loader(kind, Utf8)
        self._connection = connection
        self._cursor = connection.cursor(binary=True)
        self._common: dict[Noun, tuple[float, float, dict[str, float]]] = {}

    @property
    def is_lost(self) -> bool:
        """Whether the server or somebody between has cut it."""
        return self._connection.closed

    def first_way(self, noun: Noun, wanted: Wanted) -> int:
        """A walk without a look at the index, where by what the server knows a page is soon full on it."""
        until, records, common = self._common.get(noun, (0.0, 0.0, {}))
        if until < time.monotonic():
            until, records, common = self._common[noun] = self._known(noun)
        return 1 if is_soon_full(wanted, records, common) else 0

    def _known(self, noun: Noun) -> tuple[float, float, dict[str, float]]:
        [(records, lexemes, parts)] = self.rows(_COMMON, (f"{noun}_search",))
        named = (one.decode() for one in lexemes or ())
        return time.monotonic() + _KNOWN_SECONDS, records, dict(zip(named, parts or (), strict=False))

    def rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        return self._cursor.execute(sql.encode(), values).fetchall()

    def close(self) -> None:
        """Closes it."""
        self._connection.close()
