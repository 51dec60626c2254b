"""PostgreSQL looks for one of many facets of a record at one place of an index."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds the facet to the index of keys."""
    _index("{noun}_key, facet")


def downgrade() -> None:
    """Takes it out."""
    _index("{noun}_key")


def _index(columns: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for noun in ("event", "commitment", "article"):
        op.execute(f"DROP INDEX ix_{noun}_facet_{noun}_key")
        op.execute(f"CREATE INDEX ix_{noun}_facet_{noun}_key ON {noun}_facet ({columns.format(noun=noun)})")
