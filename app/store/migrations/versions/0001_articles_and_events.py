"""Articles, events, what they are found by, and the key that signs cursors."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from app.store.migrations import legacy

revision = "0001"
down_revision = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LINKS = {"event_country": "country", "event_topic": "topic", "event_actor": "actor"}


def _event_key() -> sa.Column[int]:
    event = sa.ForeignKey("event.key", ondelete="CASCADE")
    return sa.Column("event_key", _KEY, event, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "article",
        sa.Column("key", _KEY, primary_key=True),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        sa.Column("sha256", sa.String(), nullable=False, unique=True),
        sa.Column("url_key", sa.String(), unique=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String()),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("headline", sa.String()),
        sa.Column("publisher", sa.String()),
        sa.Column("published", sa.Date()),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "event",
        sa.Column("key", _KEY, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        sa.Column("article_key", _KEY, sa.ForeignKey("article.key", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("date_end", sa.Date()),
        sa.Column("document", sa.Text(), nullable=False),
    )
    for column in ("article_key", "type", "language"):
        op.create_index(f"ix_event_{column}", "event", [column])
    for table, value in _LINKS.items():
        op.create_table(table, sa.Column(value, sa.String(), primary_key=True), _event_key(), sqlite_with_rowid=False)
        # A cascade looks for the links of an event by its key alone.
        op.create_index(f"ix_{table}_event_key", table, ["event_key"])
    op.create_table(
        "event_words",
        _event_key(),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    legacy.create_search(op.get_bind())
    secret = op.create_table(
        "secret", sa.Column("name", sa.String(), primary_key=True), sa.Column("value", sa.String(), nullable=False)
    )
    op.bulk_insert(secret, [{"name": "cursor", "value": secrets.token_hex(32)}])


def downgrade() -> None:
    """Back to an empty database."""
    legacy.drop_search(op.get_bind())
    for table in ("secret", "event_words", *_LINKS, "event", "article"):
        op.drop_table(table)
