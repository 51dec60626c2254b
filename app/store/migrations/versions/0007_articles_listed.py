"""Articles as a list: in the order of their dates and of their coming, with word of those that went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_INDEXES = (
    ("article", "published", "key"),
    ("article", "added"),
    ("article", "publisher"),
    ("revision", "since"),
)


def upgrade() -> None:
    """Adds a table with those that were replaced up to now, and indexes."""
    op.create_table(
        "gone_article",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("next_id", sa.String()),
        sa.Column("at", sa.String(), nullable=False, index=True),
        sa.Column("why", sa.String(), nullable=False),
    )
    op.execute(
        "INSERT INTO gone_article (id, next_id, at, why)"
        " SELECT id, max(next_id), max(gone), 'Another text came under its address.' FROM past_article"
        " WHERE id NOT IN (SELECT id FROM article) GROUP BY id"
    )
    for table, *columns in _INDEXES:
        op.create_index(_name(table, columns), table, columns)


def downgrade() -> None:
    """Removes them."""
    for table, *columns in _INDEXES:
        op.drop_index(_name(table, columns), table)
    op.drop_table("gone_article")


def _name(table: str, columns: list[str]) -> str:
    return f"ix_{table}_{columns[0]}"
