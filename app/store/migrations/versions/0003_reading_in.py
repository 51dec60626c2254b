"""Where the date of an article comes from; how far reading in has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds a column and a table."""
    op.add_column("article", sa.Column("published_basis", sa.String()))
    op.create_table(
        "ingest_state",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Removes them."""
    op.drop_table("ingest_state")
    op.drop_column("article", "published_basis")
