"""What the tables are made of, and how they are named in statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, ForeignKey, Integer, Table, Text, bindparam
from sqlmodel import SQLModel

# SQLite autoincrements and orders by rowid only for INTEGER; other databases need the 64 bits spelt out.
Key = BigInteger().with_variant(Integer, "sqlite")


def text() -> Column[str]:
    """Text of any length that is always there."""
    return Column(Text, nullable=False)


def part_of(table: str, **given: Any) -> Column[int]:
    """The key of the row that this one goes with."""
    return Column(Key, ForeignKey(f"{table}.key", ondelete="CASCADE"), nullable=False, **given)


def core(table: type[SQLModel]) -> Table:
    """The table itself: rows are read and written in bulk, past the unit of work."""
    return SQLModel.metadata.tables[str(table.__tablename__)]


def among(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column has one of some values; `in_` would look at each of thousands by itself first."""
    return column.in_(bindparam(None, list(values), type_=column.type, expanding=True))
