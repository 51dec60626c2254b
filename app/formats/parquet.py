"""Parquet: the columns of the table with their kinds, lists as lists, and the whole record as JSON in the last one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import orjson

from app.formats.about import About
from app.formats.table import Json, Kind, Table

_ROWS = 2000
"""Records in one row group: a few megabytes in memory."""

WHOLE = "record"
"""The column with the whole record."""


class _Drain:
    """A file that gives out what was written to it; the writer asks only where it is."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0

    def write(self, data: Any) -> int:
        """Takes a part of the file."""
        part = bytes(data)
        self._parts.append(part)
        self._at += len(part)
        return len(part)

    def tell(self) -> int:
        """How much was written in all."""
        return self._at

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """What was written can still be taken."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _schema(table: Table) -> Any:
    import pyarrow  # noqa: PLC0415  fifty megabytes, for those who ask for Parquet

    kinds = {
        Kind.text: pyarrow.string(),
        Kind.texts: pyarrow.list_(pyarrow.string()),
        Kind.integer: pyarrow.int64(),
        Kind.number: pyarrow.float64(),
        Kind.day: pyarrow.date32(),
    }
    fields = [
        pyarrow.field(column.name, kinds[column.kind], metadata={"description": column.description})
        for column in table.columns
    ]
    return pyarrow.schema([*fields, pyarrow.field(WHOLE, pyarrow.string(), metadata={"description": "All of it"})])


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.day:
        return date.fromisoformat(value)
    if kind is Kind.texts:
        return [str(one) for one in value]
    return str(value) if kind is Kind.text else value


def _columns(batch: list[Json], table: Table) -> dict[str, list[Any]]:
    parsed = [orjson.loads(record) for record in batch]
    columns = {column.name: [_value(column.kind, column.of(record)) for record in parsed] for column in table.columns}
    return columns | {WHOLE: [one.decode() if isinstance(one, bytes) else one for one in batch]}


def write(records: Iterable[Json], about: About) -> Iterator[bytes]:
    """A file, compressed with Zstandard; a row group at a time is in memory."""
    import pyarrow  # noqa: PLC0415
    import pyarrow.parquet  # noqa: PLC0415

    schema, drain, remaining = _schema(about.table), _Drain(), iter(records)
    with pyarrow.parquet.ParquetWriter(drain, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _ROWS)):
            writer.write_table(pyarrow.table(_columns(batch, about.table), schema=schema))
            yield drain.taken()
    yield drain.taken()
