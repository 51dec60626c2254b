"""What the tables are made of, and how they are named in statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text
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
