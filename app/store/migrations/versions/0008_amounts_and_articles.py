"""All amounts of commitments are compared; articles that report no event are found by their own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.store import dialect, silent

revision = "0008"
down_revision = "0007"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 500
_commitment = sa.table("commitment", *map(sa.column, ("key", "document", "unit", "amount")))
_amount = sa.table("amount", *map(sa.column, ("commitment_key", "position", "unit", "value")))


def upgrade() -> None:
    """Adds the tables and fills them."""
    connection = op.get_bind()
    op.create_table(
        "amount",
        _part_of("commitment", "commitment_key"),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_amount_unit", "amount", ["unit", "value"])
    for rows in _with_amounts(connection):
        found = [_row(row.key, place, one) for row in rows for place, one in enumerate(_amounts(row.document))]
        connection.execute(sa.insert(_amount), found)
    op.drop_index("ix_commitment_amount", "commitment")
    for name in ("unit", "amount"):
        op.drop_column("commitment", name)
    columns = (sa.Column(name, sa.Text(), nullable=False) for name in ("names", "words", "tags"))
    op.create_table("article_words", _part_of("article", "article_key"), *columns)
    for statement in dialect.of(connection).create_search[dialect.Noun.article]:
        op.execute(statement)
    silent.fill(connection)


def _part_of(table: str, name: str) -> sa.Column[int]:
    target = sa.ForeignKey(f"{table}.key", ondelete="CASCADE")
    return sa.Column(name, _KEY, target, primary_key=True, autoincrement=False)


def _with_amounts(connection: sa.Connection) -> Iterator[list[Any]]:
    chosen = sa.select(_commitment.c.key, _commitment.c.document).where(_commitment.c.unit.is_not(None))
    batch = chosen.order_by(_commitment.c.key).limit(_BATCH)
    last = -1
    while rows := list(connection.execute(batch.where(_commitment.c.key > last))):
        last = rows[-1].key
        yield rows


def _amounts(document: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(document)["amounts"]
    return found


def _row(key: int, place: int, amount: dict[str, Any]) -> dict[str, Any]:
    return {"commitment_key": key, "position": place, "unit": amount["unit"], "value": amount["value"]}


def downgrade() -> None:
    """Only the first amount is compared, and articles are found through their events alone."""
    connection = op.get_bind()
    for statement in dialect.of(connection).drop_search[dialect.Noun.article]:
        op.execute(statement)
    op.drop_table("article_words")
    op.add_column("commitment", sa.Column("unit", sa.String()))
    op.add_column("commitment", sa.Column("amount", sa.Float()))
    for column, value in (("unit", "unit"), ("amount", "value")):
        op.execute(
            f"UPDATE commitment SET {column} = (SELECT {value} FROM amount"  # noqa: S608  names of ours
            " WHERE commitment_key = commitment.key AND position = 0)"
        )
    op.create_index("ix_commitment_amount", "commitment", ["unit", "amount"])
    op.drop_table("amount")
