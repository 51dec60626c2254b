"""All rows of a database as lines of JSON, the same for every database system, and back.

The first line says what it is and at which revision; then, for each table, a line with its columns and a line for each
row; the last line has the number of rows of each table and the SHA-256 of all lines before it. The full-text indexes
are no part of it: they are made anew.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, Date, LargeBinary, MetaData, Table, insert, select

from app.errors import SourceError
from app.version import VERSION

FORMAT = 1
"""Grows when older programs could not read the lines any more."""

_BATCH = 500
_OWN = "dragoman backup"
_OURS = ("alembic_version",)
_INDEXES = ("event_search", "commitment_search", "article_search", "event_facet", "commitment_facet", "article_facet")


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says."""

    revision: str
    """Of the tables."""
    at: str
    """When it was made, ISO 8601 in UTC."""
    version: str
    """Of the program that made it."""


def tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database, each after those it refers to."""
    found = MetaData()
    found.reflect(connection, resolve_fks=False, only=lambda name, _: not name.startswith(_INDEXES + _OURS))
    return found.sorted_tables


def dump(connection: Connection, revision: str, at: str) -> Iterator[bytes]:
    """The lines of a database, all of one moment if the connection's transaction is."""
    digest = hashlib.sha256()
    counts: dict[str, int] = {}

    def line(value: object) -> bytes:
        made = orjson.dumps(value, default=_plain) + b"\n"
        digest.update(made)
        return made

    yield line({_OWN: FORMAT, "revision": revision, "at": at, "version": VERSION})
    for table in tables(connection):
        name = str(table.name)
        yield line({"table": name, "columns": [column.name for column in table.columns]})
        counts[name] = 0
        streamed = connection.execution_options(stream_results=True, yield_per=_BATCH)
        for row in streamed.execute(select(table).order_by(*table.primary_key.columns)):
            counts[name] += 1
            yield line(list(row))
    yield orjson.dumps({"rows": counts, "sha256": digest.hexdigest()}) + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table."""

    table: str
    columns: list[str]
    rows: list[list[Any]]


class Lines:
    """Lines that `dump` made. Reading to the end proves that they are whole; raises SourceError where they are not."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._digest = hashlib.sha256()
        self.counts: dict[str, int] = {}
        """Rows read up to now, by table."""
        first = self._next()
        if not isinstance(first, dict) or _OWN not in first:
            raise SourceError("This is no backup of Dragoman.")
        if first[_OWN] > FORMAT:
            raise SourceError(f"The backup was made by a newer version of Dragoman ({first['version']}).")
        self.header = Header(first["revision"], first["at"], first["version"])

    def __iter__(self) -> Iterator[Batch]:
        batch = Batch("", [], [])
        while True:
            line = self._next()
            if isinstance(line, list):
                batch.rows.append(line)
                self.counts[batch.table] += 1
            if batch.rows and (isinstance(line, dict) or len(batch.rows) == _BATCH):
                yield batch
                batch = Batch(batch.table, batch.columns, [])
            if "table" in line:
                batch = Batch(line["table"], line["columns"], [])
                self.counts[batch.table] = 0
            elif "rows" in line:
                self._check_end(line)
                return

    def _next(self) -> Any:
        line = next(self._lines, None)
        if line is None:
            raise _damaged("its end is missing")
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError:
            raise _damaged("a line is not JSON") from None
        if isinstance(value, list) or "sha256" not in value:
            self._digest.update(line)
        return value

    def _check_end(self, line: dict[str, Any]) -> None:
        if line["sha256"] != self._digest.hexdigest():
            raise _damaged("it is not what was written")
        if line["rows"] != self.counts or next(self._lines, None) is not None:
            raise _damaged("rows are missing or too many")


def _damaged(why: str) -> SourceError:
    return SourceError(f"The backup is damaged: {why}.")


def load(connection: Connection, lines: Lines) -> None:
    """Puts the rows into tables of the same revision, in place of those there."""
    known = {table.name: table for table in tables(connection)}
    for table in reversed(known.values()):
        connection.execute(table.delete())
    for batch in lines:
        into = known.get(batch.table)
        if into is None or {*batch.columns} != {*into.columns.keys()}:
            raise SourceError(f"The backup has a table that this version of Dragoman does not know: {batch.table}.")
        connection.execute(insert(into), [_row(into, batch.columns, row) for row in batch.rows])


def _row(table: Table, columns: list[str], row: list[Any]) -> dict[str, Any]:
    return {name: _value(table.columns[name].type, value) for name, value in zip(columns, row, strict=True)}


def _value(kind: object, value: Any) -> Any:
    if value is not None and isinstance(kind, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if value is not None and isinstance(kind, LargeBinary) else value
