"""What Alembic runs: the revisions, all in the one transaction of the connection that was handed over."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from app.store import tables

assert tables.EventRow.metadata is SQLModel.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
